package model

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"stoke/model/signal"
	"stoke/model/template"
	"stoke/model/text"
)

// vars are the values of the tags that a template may use (DOMAIN.md, "Templates and drafts"; template.Values lists them).
func (b Rulebook) vars(d Dossier, now time.Time) template.Vars {
	c := d.Contact
	fields := tagged(c.Fields)
	ask := maps.Clone(fields)
	delete(ask, onlyOnce)
	vars := template.Vars{}
	for name, value := range fields {
		vars[name] = value
	}
	maps.Copy(vars, template.Vars{
		"name": c.Name, "first_name": c.FirstName(), "last_name": c.lastName(), "company": c.Company, "title": c.Title, "email": c.Email(),
		"phone": c.Phone, "country": c.Country, "fields": fields, "ask": ask,
		"me": map[string]any{"name": b.Me.Name, "first_name": Contact{Name: b.Me.Name}.FirstName(), "email": b.Me.Addr, "company": b.MyCompany},
	})
	// What is not there yet must not be taken from a free field of that name.
	for _, group := range []string{"last", "talk", "event", "purchase", "download", "deal"} {
		delete(vars, group)
	}
	if last := d.lastMail(now); last != nil {
		vars["last"] = last
	}
	for name, kinds := range map[string][]Kind{"event": {EventSeen, Met}, "purchase": {Purchase}, "download": {Download}} {
		if i, ok := d.newest(func(i Interaction) bool { return slices.Contains(kinds, i.Kind) }); ok {
			vars[name] = map[string]any{"name": i.Subject, "when": sayDay(i.At, now)}
		}
	}
	if i, ok := d.newest(Interaction.talked); ok {
		vars["talk"] = map[string]any{"when": sayDay(i.At, now), "noted": i.Text != ""} // the note stays with the rep
	}
	if deal := c.Deal; deal != nil {
		vars["deal"] = map[string]any{"title": deal.Title, "stage": deal.Stage, "value": amount(deal.Value), "close": futureDay(deal.Close, now)}
	}
	return vars
}

// lastMail is what a mail may say about the one before it. Only what the contact wrote is ever quoted to them; what the
// rep noted down stays with the rep.
func (d Dossier) lastMail(now time.Time) map[string]any {
	wrote, ok := d.newest(func(i Interaction) bool {
		return i.Direction == In && i.MessageID != "" && i.Kind != AutoReply && i.Kind != Bounce
	})
	if ok {
		asked := question(wrote.Text)
		return map[string]any{
			"subject": bareSubject(wrote.Subject), "when": sayDay(wrote.At, now), "summary": text.Summary(firstParagraph(wrote.Text), 120),
			"quote": firstLine(wrote.Text), "question": text.Summary(asked, 160),
			"time": signal.NamedTime(firstOf(asked, wrote.Text), wrote.At.In(now.Location()), now),
		}
	}
	mailed, ok := d.newest(func(i Interaction) bool { return i.Kind == Mail })
	if !ok {
		return nil
	}
	return map[string]any{"subject": bareSubject(mailed.Subject), "when": sayDay(mailed.At, now)}
}

// tagged gives free fields the names that tags can write: "Lead Source" is lead_source. Where two become one, the first in
// the order of the alphabet stays.
func tagged(fields map[string]string) map[string]any {
	all := make(map[string]any, len(fields))
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		name := TagOf(key)
		if _, taken := all[name]; name != "" && !taken {
			all[name] = fields[key]
		}
	}
	return all
}

// TagOf is the name under which a template finds a free field.
func TagOf(field string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(field) {
		switch {
		case r >= 'a' && r <= 'z', b.Len() > 0 && unicode.IsDigit(r) && r < 0x80:
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	return strings.Trim(b.String(), "_")
}

// lastName is what stands behind the first name; "" when the contact has one name only.
func (c Contact) lastName() string {
	if last, first, ok := strings.Cut(c.Name, ","); ok && strings.TrimSpace(first) != "" {
		return strings.TrimSpace(last)
	}
	words := strings.Fields(c.Name)
	if len(words) < 2 {
		return ""
	}
	return words[len(words)-1]
}

// question is the last question in a text, as one line; "" when it asks none. Only its first 4 KB are looked at.
func question(s string) (asked string) {
	if len(s) > 4<<10 {
		s = strings.ToValidUTF8(s[:4<<10], "")
	}
	for line := range strings.SplitSeq(unbroken(s), "\n") {
		from := 0
		for i, r := range line {
			end := i + len(string(r))
			switch ends := strings.ContainsRune(".!?…", r) && (end == len(line) || line[end] == ' '); {
			case r == '？', r == '؟', r == '?' && ends:
				asked = strings.TrimSpace(line[from:end])
				from = end
			case r == '。', ends:
				from = end
			}
		}
	}
	return asked
}

// unbroken joins the lines that a mail program broke: those of more than 50 bytes that go on below.
func unbroken(s string) string {
	var b strings.Builder
	long := false
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		switch {
		case b.Len() == 0:
		case long && line != "":
			b.WriteByte(' ')
		default:
			b.WriteByte('\n')
		}
		b.WriteString(line)
		long = len(line) > 50
	}
	return b.String()
}

// amount is a sum as a mail writes it: 24,000. No sum is no value.
func amount(n int64) string {
	if n <= 0 {
		return ""
	}
	s := strconv.FormatInt(n, 10)
	for at := len(s) - 3; at > 0; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return s
}

// futureDay names an expected day; one that has passed is nothing to remind anybody of.
func futureDay(t, now time.Time) string {
	if t.IsZero() || t.Before(now) {
		return ""
	}
	return t.In(now.Location()).Format("2 January 2006")
}

// firstParagraph leaves out what comes behind the first empty line: a second thought, or a name.
func firstParagraph(s string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(s), "\n\n")
	return first
}

func firstLine(s string) string {
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return ""
}
