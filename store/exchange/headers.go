package exchange

import (
	"strings"

	"stoke/model/text"
)

// meaning is what a column holds.
type meaning int

const (
	free meaning = iota // a field of the rep's own
	ignored
	email
	name
	firstName
	middleName
	lastName
	company
	jobTitle
	title // a job title, or the Mr and Ms of Outlook
	phone
	country
	zone
	language
	tags
	notes
	optOut
)

// meanings are the headers of the usual tools, folded and without anything but letters and digits.
var meanings = map[string]meaning{
	"email": email, "emailaddress": email, "emails": email, "mail": email, "emailwork": email, "workemail": email,
	"emailaddresses": email, "businessemail": email, "primaryemail": email, "secondaryemail": email, "personalemail": email,
	"privateemail": email, "email1": email, "email2": email, "email3": email, "email2address": email, "email3address": email,
	"email1value": email, "email2value": email, "email3value": email, "emailhome": email, "emailother": email,
	"adressemail": email, "correo": email, "correoelectronico": email,

	"name": name, "fullname": name, "contact": name, "contactname": name, "displayname": name, "person": name, "personname": name,
	"firstname": firstName, "givenname": firstName, "first": firstName, "vorname": firstName, "prenom": firstName,
	"middlename": middleName, "additionalname": middleName,
	"lastname": lastName, "surname": lastName, "familyname": lastName, "last": lastName, "nachname": lastName,

	"company": company, "companyname": company, "organization": company, "organisation": company, "organizationname": company,
	"organization1name": company, "account": company, "accountname": company, "employer": company, "associatedcompany": company,
	"firma": company, "societe": company, "empresa": company,
	"companynameforemails": ignored, // Apollo: no person and no new company

	"jobtitle": jobTitle, "position": jobTitle, "role": jobTitle, "organizationtitle": jobTitle, "organization1title": jobTitle,
	"title": title,

	"phone": phone, "phonenumber": phone, "telephone": phone, "tel": phone, "mobile": phone, "mobilephone": phone,
	"mobilephonenumber": phone, "cell": phone, "workphone": phone, "businessphone": phone, "directphone": phone,
	"workdirectphone": phone, "phonework": phone, "phonemobile": phone, "phone1value": phone, "primaryphone": phone,
	"telefon": phone, "telefono": phone,

	"country": country, "countryregion": country, "countrycode": country, "mailingcountry": country, "land": country,
	"businesscountryregion": country, "pays": country, "pais": country,
	"timezone": zone, "tz": zone, "language": language, "preferredlanguage": language,
	"tags": tags, "tag": tags, "labels": tags, "label": tags, "groupmembership": tags, "categories": tags,
	"notes": notes, "note": notes, "comments": notes, "description": notes,

	"optout": optOut, "optedout": optOut, "emailoptout": optOut, "emailoptedout": optOut, "hasoptedoutofemail": optOut,
	"unsubscribed": optOut, "unsubscribe": optOut, "unsubscribedfromallemail": optOut, "donotcontact": optOut, "dnc": optOut,
	"donotemail": optOut, "nocontact": optOut, "marketingstatus": optOut, "optoutdate": optOut, "unsubscribedate": optOut,
	"unsubscribedat": optOut,
}

// column is one column of a file.
type column struct {
	means meaning
	key   string // of a free field
}

// columnsOf reads a header row and tells how many of its cells are known ones. people tells whether a person could be
// recognised by it: without an address, a phone or a name there is nobody.
func columnsOf(cells []string) (columns []column, known int, people bool) {
	for _, c := range cells {
		label := text.Line(unread(c))
		means, ok := meanings[bare(label)]
		if ok {
			known++
		}
		people = people || means == email || means == phone
		columns = append(columns, column{means: means, key: fieldKey(label)})
	}
	return columns, known, people
}

// bare keeps the letters and digits of a header.
func bare(label string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text.Fold(label))
}

// fieldKey is a header as a template names it: {{ fields.favourite_colour }}.
func fieldKey(label string) string {
	words := strings.FieldsFunc(text.Fold(label), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	key := strings.Join(words, "_")
	return key[:min(len(key), 64)]
}
