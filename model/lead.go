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
	Message string
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

// usual is what forms call their fields in the languages that stoke reads.
var usual = map[string][]string{
	"name":    {"name", "full name", "your name", "contact name", "contact", "vor- und nachname", "nom", "nom complet", "nombre", "nombre completo", "nome", "nome completo", "namn", "naam"},
	"first":   {"first name", "firstname", "given name", "vorname", "prenom", "primeiro nome", "fornamn", "voornaam"},
	"last":    {"last name", "lastname", "surname", "family name", "nachname", "nom de famille", "apellido", "apellidos", "sobrenome", "apelido", "efternamn", "achternaam"},
	"email":   {"from", "email", "e-mail", "mail", "email address", "e-mail address", "your email", "work email", "business email", "e-mail-adresse", "emailadresse", "courriel", "adresse e-mail", "correo", "correo electronico", "e-post", "epost", "e-mailadres"},
	"company": {"company", "company name", "organisation", "organization", "firma", "unternehmen", "societe", "entreprise", "empresa", "foretag", "bedrijf"},
	"phone":   {"phone", "phone number", "telephone", "mobile", "mobile number", "telefon", "telefonnummer", "handy", "numero de telephone", "telefono", "telefone", "telemovel", "mobil", "telefoon", "telefoonnummer"},
	"message": {"message", "your message", "message body", "comments", "comment", "question", "how can we help", "how can we help?", "nachricht", "ihre nachricht", "mensaje", "mensagem", "meddelande", "bericht", "vraag"},
}

// addressed finds an address in a text.
var addressed = regexp.MustCompile(`[\w.+'-]+@[\w-]+(?:\.[\w-]+)+`)

// columns part a label from its value where both stand in one row of a table.
var columns = regexp.MustCompile(` {2,}| ?\| ?`)

// Read takes a form mail apart: lines of "label: value", or a label on a line of its own and the value below it. Where no
// field has the address, it is that of Reply-To, else the only one in the text. own are addresses that are nobody's lead: the
// rep's. ok is false where there is none.
func (r LeadRule) Read(in Inbound, own []string) (lead Lead, ok bool) {
	if !in.isForm() {
		return lead, false
	}
	fields := r.fields(in.Verdict.Text + "\n" + in.Verdict.Quoted)
	lead = Lead{Kind: r.Kind, Name: firstOf(fields["name"], strings.TrimSpace(fields["first"]+" "+fields["last"])),
		Company: fields["company"], Phone: fields["phone"], Message: fields["message"]}
	if before, _, ok := strings.Cut(fields["email"], "<"); ok { // as mail programs write it
		lead.Name = firstOf(lead.Name, strings.Trim(text.Line(before), `" `))
	}
	mine := func(address string) bool {
		address = strings.ToLower(address)
		return address == strings.ToLower(in.From.Addr) || slices.Contains(own, address)
	}
	candidates := addressed.FindAllString(fields["email"], -1)
	for _, a := range in.ReplyTo {
		candidates = append(candidates, a.Addr)
		lead.Name = firstOf(lead.Name, text.Line(a.Name))
	}
	candidates = append(candidates, addressed.FindAllString(in.Verdict.Text, -1)...)
	for _, a := range candidates {
		if !mine(a) {
			lead.Email = strings.ToLower(a)
			return lead, true
		}
	}
	return lead, false
}

// fields are the values of a form by what they are, each on one line but for the message.
func (r LeadRule) fields(body string) map[string]string {
	own := map[string]string{"name": r.Labels.Name, "email": r.Labels.Email, "company": r.Labels.Company, "phone": r.Labels.Phone, "message": r.Labels.Message}
	labels := map[string]string{}
	for field, names := range usual {
		for _, name := range names {
			labels[name] = field
		}
	}
	for field, name := range own {
		if name != "" {
			labels[labelOf(name)] = field
		}
	}
	out, open := map[string]string{}, ""
	for line := range strings.SplitSeq(text.Clean(body), "\n") {
		row := strings.Trim(line, " |")
		label, value, colon := strings.Cut(row, ":")
		if at := columns.FindStringIndex(row); !colon && at != nil {
			label, value = row[:at[0]], row[at[1]:]
		}
		field, is := labels[labelOf(label)]
		switch line = strings.TrimSpace(line); {
		case is && out[field] == "":
			open, out[field] = field, strings.Trim(value, " *_|")
		case is, open == "":
		case open == "message":
			out[open] += "\n" + line
		case line != "" && out[open] == "":
			out[open] = line
		case line != "":
			open = "" // a label that nobody knows
		}
	}
	for field, value := range out {
		if out[field] = strings.TrimSpace(value); field != "message" {
			out[field] = text.Summary(value, 120)
		}
	}
	return out
}

// labelOf is a label without its case, accents, marks and blanks.
func labelOf(s string) string { return strings.Trim(text.Fold(text.Line(s)), " *_:|-•>") }

// Asked is what a form that somebody filled in does to them, as logged for the moment at which its mail came. Of somebody new
// it is history where it is older than Rules.InquiryOld: then they wait to be sorted.
func (b Rulebook) Asked(d Dossier, lead Lead, in Inbound, now time.Time) (Outcome, error) {
	at := in.At
	if at.After(now) {
		at = now
	}
	note := firstOf(lead.Message, text.Line(in.Subject))
	f := d.Contact.FollowUp
	if i := (Interaction{Contact: d.Contact.ID, Kind: lead.Kind, Direction: In, At: at, Summary: text.Summary(note, 120), Text: note, Account: in.Account}); !f.Sorted && b.late(i, now) {
		return Outcome{FollowUp: b.settle(d, f, now, i), Add: []Interaction{i}}, nil
	}
	out, err := Log{Kind: lead.Kind, At: at, Note: note}.Decide(b, d, now)
	if err != nil {
		return out, err
	}
	out.Add[0].Account, out.FollowUp.Unread = in.Account, true
	out.Says = d.Contact.Called() + " " + out.Add[0].Did()
	return out, nil
}

// isForm tells whether a mail that a rule knows may be a form at all: what a mail server reports is none.
func (in Inbound) isForm() bool {
	return in.Verdict.Kind != signal.Bounce && in.Verdict.Kind != signal.Complaint
}
