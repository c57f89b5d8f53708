package exchange

import (
	"fmt"
	"strings"

	"stoke/model"
	"stoke/model/text"
)

// table turns rows into contacts, each person once.
type table struct {
	columns []column
	zones   zones
	seen    map[string]int // addresses and phone numbers of the contacts so far, with their index
	p       Preview
}

// person is a row while it is read.
type person struct {
	model.Contact
	first, middle, last string
	bad                 string // a word in an address column that is no address
	out, empty          bool
}

func (t *table) take(row int, cells []string) {
	p := t.read(cells)
	keys := append([]string(nil), p.Emails...)
	if len(keys) == 0 && digits(p.Phone) != "" {
		keys = []string{"tel:" + digits(p.Phone)}
	}
	switch {
	case p.empty:
		t.skip(row, "the row is empty")
		return
	case len(p.Emails) == 0 && p.bad != "":
		t.skip(row, fmt.Sprintf("%q is no mail address", shortened(p.bad, 60)))
		return
	case len(keys) == 0:
		t.skip(row, "neither a mail address nor a phone number")
		return
	}
	at := -1
	for _, k := range keys {
		if first, twice := t.seen[k]; twice {
			at = first
			break
		}
	}
	t.p.Rows++
	if at >= 0 {
		t.p.Duplicates++
		known := &t.p.Contacts[at]
		known.FollowUp.OptedOut = known.FollowUp.OptedOut || p.out
		for _, a := range p.Emails { // one person's further addresses, which may be the ones not to mail
			owner, taken := t.seen[a]
			switch {
			case !taken:
				t.seen[a], known.Emails = at, append(known.Emails, a)
			case owner != at && p.out:
				t.p.OptedOut = append(t.p.OptedOut, a)
			}
		}
		return
	}
	for _, k := range keys {
		t.seen[k] = len(t.p.Contacts)
	}
	p.FollowUp.OptedOut = p.out
	t.p.Contacts = append(t.p.Contacts, p.Contact)
	t.p.RowOf = append(t.p.RowOf, row)
}

func (t *table) skip(row int, reason string) {
	t.p.Rows++
	t.p.Skipped = append(t.p.Skipped, model.SkippedRow{Row: row, Reason: reason})
}

func (t *table) read(cells []string) person {
	p := person{empty: true}
	var courtesy string
	for i, cell := range cells {
		if i >= len(t.columns) || cell == "" {
			continue
		}
		c := t.columns[i]
		if c.means == notes {
			p.empty = t.note(&p, cell) && p.empty
			continue
		}
		s := line(cell, longestField)
		if s == "" {
			continue
		}
		p.empty = false
		switch c.means {
		case email:
			good, bad := addresses(s)
			for _, a := range good {
				p.Emails = added(p.Emails, a)
			}
			if p.bad == "" {
				p.bad = bad
			}
		case name:
			keep(&p.Name, s, longestName)
		case firstName:
			keep(&p.first, s, longestName)
		case middleName:
			keep(&p.middle, s, longestName)
		case lastName:
			keep(&p.last, s, longestName)
		case company:
			keep(&p.Company, s, longestName)
		case jobTitle:
			keep(&p.Title, s, longestName)
		case title:
			courtesy = s
		case phone:
			if digits(s) != "" {
				keep(&p.Phone, s, 60)
			}
		case country:
			if code := countryOf(s); code != "" {
				keep(&p.Country, code, 2)
			} else {
				p.field("country", s)
			}
		case zone:
			if t.zones.known(s) {
				keep(&p.TZ, s, 60)
			} else {
				p.field("time_zone", s)
			}
		case language:
			keep(&p.Language, strings.ToLower(s), 16)
		case tags:
			for _, tag := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == ',' || r == '|' }) {
				if tag = strings.TrimSpace(tag); tag != "" && !strings.HasPrefix(tag, "* ") { // Google's own groups
					p.Tags = added(p.Tags, shortened(tag, 60))
				}
			}
		case optOut:
			p.out = p.out || optsOut(s)
		case free:
			p.field(c.key, s)
		}
	}
	if courtesy != "" && !salutation(courtesy) {
		keep(&p.Title, courtesy, longestName)
	}
	if p.Name == "" {
		p.Name = shortened(strings.Join(strings.Fields(p.first+" "+p.middle+" "+p.last), " "), longestName)
	}
	return p
}

// note keeps the one cell that may have several lines; it tells whether the cell was empty.
func (t *table) note(p *person, cell string) bool {
	s := strings.TrimSpace(shortened(text.Clean(unread(cell)), longestField))
	p.field("notes", s)
	return s == ""
}

// keep sets a text unless an earlier column has done so.
func keep(to *string, s string, most int) {
	if *to == "" && !nothing(s) {
		*to = shortened(s, most)
	}
}

func (p *person) field(key, s string) {
	if key == "" || nothing(s) {
		return
	}
	if p.Fields == nil {
		p.Fields = map[string]string{}
	}
	if _, taken := p.Fields[key]; !taken {
		p.Fields[key] = s
	}
}

func added(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}
