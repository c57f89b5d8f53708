package model

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"stoke/model/signal"
	"stoke/model/text"
)

// LeadRule knows the mails in which a form on a web site tells of somebody who asked for something (DOMAIN.md, "Finding
// contacts"). Of mail from strangers only what a rule knows is stored.
type LeadRule struct {
	From    string // the address that the form writes from, or "@domain"; lower-case
	Subject string // words of the subject, in any case; "" for any
	Kind    Kind   // what they did: Inquiry, Demo, Pricing, Download
	Labels  Labels // of this form; what has none is found by the usual ones
}

// Labels are what a form calls its fields, in any case and without the colon.
type Labels struct{ Name, Email, Company, Phone, Message string }

// Lead is somebody who filled in a form.
type Lead struct {
	Kind    Kind
	Name    string
	Email   string // lower-case
	Company string
	Phone   string
	Message string // what they wrote, and below it the lines that no field takes
}

// LeadRule is the rule that knows a mail by its header; ok is false where none does. An answer is no form.
func (b Rulebook) LeadRule(h Header) (rule LeadRule, ok bool) {
	if len(b.Leads) == 0 || h.InReplyTo != "" || len(h.References) > 0 || h.StokeID != "" {
		return rule, false
	}
	from := strings.ToLower(h.From.Addr)
	for _, r := range b.Leads {
		sent := r.From == from || strings.HasPrefix(r.From, "@") && strings.HasSuffix(from, r.From)
		if sent && strings.Contains(text.Fold(h.Subject), text.Fold(r.Subject)) {
			return r, true
		}
	}
	return rule, false
}

// LeadKey is under which a form mail is known once it was taken in. It is no Message-ID: nobody answers the form.
func (h Header) LeadKey() string {
	if h.MessageID == "" {
		return ""
	}
	return "lead:" + h.MessageID
}

// IsForm tells whether a mail that a rule knows may be a form: no report of a mail server, and nothing that the rep wrote to
// others. own are the rep's addresses, lower-case; a form may write from one of them.
func (in Inbound) IsForm(own []string) bool {
	if in.Verdict.Kind == signal.Bounce || in.Verdict.Kind == signal.Complaint {
		return false
	}
	return !in.Own || !slices.ContainsFunc(slices.Concat(in.To, in.Cc), func(a Address) bool { return !slices.Contains(own, strings.ToLower(a.Addr)) })
}

// usual is what forms call their fields in the languages that stoke reads. Where a field ends the form, nothing below it is of
// the person.
var usual = map[string][]string{
	"name":    {"name", "full name", "your name", "contact name", "vor- und nachname", "nom", "nom complet", "nombre", "nombre completo", "nome", "nome completo", "namn", "naam"},
	"first":   {"first name", "firstname", "given name", "vorname", "prenom", "primeiro nome", "fornamn", "voornaam"},
	"last":    {"last name", "lastname", "surname", "family name", "nachname", "nom de famille", "apellido", "apellidos", "sobrenome", "apelido", "efternamn", "achternaam"},
	"email":   {"from", "email", "e-mail", "mail", "email address", "e-mail address", "your email", "work email", "business email", "e-mail-adresse", "emailadresse", "courriel", "adresse e-mail", "correo", "correo electronico", "e-post", "epost", "e-mailadres"},
	"company": {"company", "company name", "organisation", "organization", "firma", "unternehmen", "societe", "entreprise", "empresa", "foretag", "bedrijf"},
	"phone":   {"phone", "phone number", "telephone", "mobile", "mobile number", "telefon", "telefonnummer", "handy", "numero de telephone", "telefono", "telefone", "telemovel", "mobil", "telefoon", "telefoonnummer"},
	"message": {"message", "your message", "message body", "comments", "comment", "comment or message", "question", "how can we help", "how can we help?", "nachricht", "ihre nachricht", "mensaje", "mensagem", "meddelande", "bericht", "vraag"},
	"end":     {"---", "--", "page url", "source url", "remote ip", "ip address", "user agent", "sent via", "powered by"},
}

// longestForm is how many octets of a form's text are read: a visitor can send any number.
const longestForm = 16 << 10

var (
	// addressed finds an address in a text.
	addressed = regexp.MustCompile(`\w[\w.+'-]*@[\w-]+(?:\.[\w-]+)+`)
	// columns part a label from its value where both stand in one row of a table.
	columns = regexp.MustCompile(` {2,}| ?\| ?`)
	// labelled is a line that has a label, whatever it is.
	labelled = regexp.MustCompile(`^[^:@]{1,40}:(?: |$)`)
	// remark is what stands behind a label in parentheses: "(required)".
	remark = regexp.MustCompile(`\([^)]*\)`)
)

// Read takes a form mail apart: lines of "label: value", or a label on a line of its own and the value below it. Where no
// field has the address, it is that of Reply-To, or else the only one in the text; those of the rep and of whoever runs the
// form are none. own are the rep's addresses, lower-case. ok is false where there is nobody.
func (r LeadRule) Read(in Inbound, own []string) (lead Lead, ok bool) {
	f := r.fields(in.Verdict.Text + "\n" + in.Verdict.Quoted)
	lead = Lead{Kind: r.Kind, Name: firstOf(f.of["name"], strings.TrimSpace(f.of["first"]+" "+f.of["last"])), Company: f.of["company"], Phone: f.of["phone"], Message: f.message()}
	before, _, _ := strings.Cut(f.of["email"], "<") // as mail programs write it: Dana <dana@northwind.example>
	if before = strings.Trim(before, `" `); lead.Name == "" && before != f.of["email"] && !strings.Contains(before, "@") {
		lead.Name = text.Line(before)
	}
	ours := []string{CompanyDomain(in.From.Addr)}
	for _, a := range own {
		ours = append(ours, CompanyDomain(a))
	}
	mine := func(address string) bool {
		return strings.EqualFold(address, in.From.Addr) || slices.Contains(own, strings.ToLower(address))
	}
	house := func(address string) bool {
		domain := CompanyDomain(address)
		return mine(address) || domain != "" && slices.Contains(ours, domain)
	}
	named := slices.DeleteFunc(addressed.FindAllString(strings.Join(f.emails, " "), -1), mine)
	for _, a := range in.ReplyTo {
		if len(named) == 0 && !house(a.Addr) || slices.ContainsFunc(named, func(n string) bool { return strings.EqualFold(n, a.Addr) }) {
			lead.Email, lead.Name = a.Addr, firstOf(lead.Name, text.Line(a.Name))
			break
		}
	}
	if lead.Email == "" && len(named) == 0 {
		for _, a := range addressed.FindAllString(f.all, -1) {
			if !house(a) && !slices.ContainsFunc(named, func(n string) bool { return strings.EqualFold(n, a) }) {
				named = append(named, a)
			}
		}
		if len(named) > 1 {
			return lead, false
		}
	}
	if lead.Email == "" && len(named) > 0 {
		lead.Email = named[0]
	}
	lead.Email = strings.ToLower(lead.Email)
	return lead, lead.Email != ""
}

// fields are what a form says, by its labels.
type fields struct {
	of     map[string]string // each on one line
	emails []string          // all lines that an address is asked for in
	wrote  []string          // the lines of the message
	rest   []string          // those that nobody asked for
	all    string
}

func (f fields) message() string {
	return strings.TrimSpace(strings.TrimSpace(strings.Join(f.wrote, "\n")) + "\n\n" + strings.TrimSpace(strings.Join(f.rest, "\n")))
}

func (r LeadRule) fields(body string) fields {
	labels := map[string]string{}
	for field, names := range usual {
		for _, name := range names {
			labels[labelOf(name)] = field
		}
	}
	for field, name := range map[string]string{"name": r.Labels.Name, "email": r.Labels.Email, "company": r.Labels.Company, "phone": r.Labels.Phone, "message": r.Labels.Message} {
		if name != "" {
			labels[labelOf(name)] = field
		}
	}
	f := fields{of: map[string]string{}, all: text.Clean(strings.ToValidUTF8(body[:min(len(body), longestForm)], ""))}
	open, seen := "", map[string]bool{} // open is the field whose value is awaited, or goes on
	for line := range strings.SplitSeq(f.all, "\n") {
		row := strings.Trim(line, " |")
		label, value, colon := strings.Cut(row, ":")
		if at := columns.FindStringIndex(row); !colon && at != nil {
			label, value = row[:at[0]], row[at[1]:]
		}
		field, is := labels[labelOf(label)]
		value = strings.Trim(value, " *_|")
		switch {
		case is && field == "end":
			open, f.rest = "", append(f.rest, row)
		case is && field == "email" && value != "" && (open != "message" || strings.Contains(value, "@")):
			f.emails = append(f.emails, value)
			if open, seen[field] = "", true; f.of[field] == "" {
				f.of[field] = value
			}
		case is && !seen[field] && (field != "email" || open != "message"):
			open, seen[field] = field, true
			if field == "message" && value != "" {
				f.wrote = append(f.wrote, value)
			} else if field != "message" {
				f.of[field] = value
			}
		case open == "message":
			f.wrote = append(f.wrote, row)
		case open != "" && f.of[open] == "" && row == "":
		case open != "" && f.of[open] == "" && !labelled.MatchString(row):
			if f.of[open] = row; open == "email" {
				f.emails = append(f.emails, row)
			}
			open = ""
		case row != "":
			open, f.rest = "", append(f.rest, row)
		}
	}
	for field, value := range f.of {
		f.of[field] = text.Summary(value, 120)
	}
	return f
}

// labelOf is a label without its case, accents, marks and remarks.
func labelOf(s string) string {
	if bare := strings.TrimSpace(s); bare == "---" || bare == "--" {
		return bare
	}
	return strings.Trim(text.Fold(remark.ReplaceAllString(s, "")), " *_:|-•>")
}

// Asked is what a form that somebody filled in does to them, as logged for the moment at which its mail came. What is older
// than Rules.InquiryOld, or than the last mail between them and the rep, is history; so of somebody new, who then waits to be
// sorted. Who asks twice waits since the first time.
func (b Rulebook) Asked(d Dossier, lead Lead, in Inbound, now time.Time) (Outcome, error) {
	at := in.At
	if at.After(now) {
		at = now
	}
	note := firstOf(lead.Message, text.Line(in.Subject))
	f := d.Contact.FollowUp
	i := Interaction{Contact: d.Contact.ID, Kind: lead.Kind, Direction: In, At: at, Summary: text.Summary(note, 120), Text: note, Account: in.Account}
	waits := f.Next.Kind == TouchInquiry && !at.Before(f.Next.Since)
	old := b.late(i, now) || at.Before(lastAt(d.Happened, Interaction.wrote).Add(-clockSkew)) || at.Before(lastAt(d.Happened, Interaction.heard).Add(-clockSkew)) ||
		f.Next.Kind == TouchInquiry && at.Before(f.Next.Since)
	out := Outcome{Add: []Interaction{i}}
	switch {
	case old:
		out.FollowUp = b.settle(d, f, now, i)
		return out, nil
	case waits:
		out.FollowUp = b.settle(d, f, now, i)
	default:
		var err error
		if out, err = (Log{Kind: lead.Kind, At: at, Note: note}).Decide(b, d, now); err != nil {
			return out, err
		}
		out.Add[0].Account = in.Account
	}
	out.FollowUp.Unread = true
	out.Says = d.Contact.Called() + " " + i.Did()
	return out, nil
}
