package signal

import "strings"

// This file reads the lines of a calendar (RFC 5545 section 3.1). It is lenient on purpose: the calendars in mails are
// cut, folded by gateways and written by many programs, and one bad line must not cost the start of a meeting. The
// libraries that were tried refuse the whole calendar then, or panic on a line without a colon.

// Limits on a calendar; what lies beyond them is not looked at.
const (
	maxCalendar = 256 << 10 // the start may stand behind a long description
	maxNesting  = 10        // a calendar, an event, an alarm: three are used
	maxPeople   = 50
	maxOnsets   = 20      // of one zone
	maxValue    = 2 << 10 // octets of one value
)

// property is one content line. Names of properties and parameters are upper-case.
type property struct {
	name   string
	params map[string]string // nil without any
	value  string
}

// param is a parameter's value without quotes, or "".
func (p property) param(name string) string { return p.params[name] }

// contentLines calls f with each line that can be read, unfolded.
func contentLines(raw string, f func(property)) {
	var line strings.Builder
	end := func() {
		if p, ok := contentLine(line.String()); ok {
			f(p)
		}
		line.Reset()
	}
	for l := range strings.Lines(raw) {
		l = strings.TrimRight(l, "\r\n")
		if l != "" && (l[0] == ' ' || l[0] == '\t') {
			l = l[1:] // folded
		} else {
			end()
		}
		if line.Len() < 2*maxValue {
			line.WriteString(cut(l, 2*maxValue))
		}
	}
	end()
}

// contentLine takes `NAME;PARAM="v":value` apart.
func contentLine(line string) (property, bool) {
	at := strings.IndexAny(line, ";:")
	if at < 1 {
		return property{}, false
	}
	p := property{name: strings.ToUpper(line[:at])}
	rest := line[at:]
	for strings.HasPrefix(rest, ";") {
		end := paramEnd(rest)
		if key, v, ok := strings.Cut(rest[1:end], "="); ok {
			if p.params == nil {
				p.params = map[string]string{}
			}
			p.params[strings.ToUpper(key)] = strings.Trim(v, `"`)
		}
		rest = rest[end:]
	}
	if !strings.HasPrefix(rest, ":") {
		return property{}, false
	}
	p.value = cut(rest[1:], maxValue)
	return p, true
}

// paramEnd is where the parameter that begins at 0 ends: at a ";" or ":" outside of quotes.
func paramEnd(s string) int {
	quoted := false
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ';' || c == ':'):
			return i
		}
	}
	return len(s)
}

// unescape undoes the escapes of a text (RFC 5545 section 3.3.11).
var unescape = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";").Replace

// calendar is what is read of one: its method, its first event, its own zones.
type calendar struct {
	method, zone string
	event        event
	zones        map[string][]onset
}

// event is a meeting as the calendar tells it.
type event struct {
	start     property
	summary   string
	status    string
	sequence  string
	organizer string // bare address, lower-case
	attendees []attendee
}

type attendee struct{ address, partstat string }

// readCalendar never fails; what cannot be read is empty. The event is the first one that has a start, else the last.
func readCalendar(raw []byte) calendar {
	r := reading{calendar: calendar{zones: map[string][]onset{}}}
	contentLines(string(raw[:min(len(raw), maxCalendar)]), r.take)
	r.leave("VEVENT") // the mail may be cut inside of it
	return r.calendar
}

// reading is a calendar that is being read, and where in it the reader stands.
type reading struct {
	calendar
	inside []string
	now    event
	tzid   string
}

func (r *reading) take(p property) {
	switch p.name {
	case "BEGIN":
		r.enter(strings.ToUpper(p.value))
		return
	case "END":
		r.leave(strings.ToUpper(p.value))
		return
	}
	in := ""
	if len(r.inside) > 0 {
		in = r.inside[len(r.inside)-1]
	}
	switch zones := r.zones[r.tzid]; {
	case in == "VEVENT":
		r.now.take(p)
	case in == "VTIMEZONE" && p.name == "TZID":
		r.tzid = p.value
	case (in == "STANDARD" || in == "DAYLIGHT") && len(zones) > 0:
		zones[len(zones)-1].take(p)
	case in == "VCALENDAR" && p.name == "METHOD":
		r.method = strings.ToUpper(strings.TrimSpace(p.value))
	case in == "VCALENDAR" && p.name == "X-WR-TIMEZONE":
		r.zone = p.value
	}
}

func (r *reading) enter(part string) {
	switch part {
	case "VEVENT":
		r.now = event{}
	case "VTIMEZONE":
		r.tzid = ""
	case "STANDARD", "DAYLIGHT":
		if len(r.zones[r.tzid]) < maxOnsets {
			r.zones[r.tzid] = append(r.zones[r.tzid], onset{})
		}
	}
	if len(r.inside) < maxNesting {
		r.inside = append(r.inside, part)
	}
}

func (r *reading) leave(part string) {
	for i := len(r.inside) - 1; i >= 0; i-- {
		if r.inside[i] == part {
			r.inside = r.inside[:i]
			break
		}
	}
	if part == "VEVENT" && r.event.start.value == "" {
		r.event = r.now
	}
}

// take keeps a property of an event that stoke asks for.
func (e *event) take(p property) {
	switch p.name {
	case "DTSTART":
		if last := strings.LastIndexByte(p.value, ':'); last >= 0 && p.params != nil { // TZID=(UTC+01:00) Berlin, without quotes
			p.params["TZID"] += ":" + p.value[:last]
			p.value = p.value[last+1:]
		}
		e.start = p
	case "SUMMARY":
		e.summary = unescape(p.value)
	case "STATUS":
		e.status = strings.ToUpper(strings.TrimSpace(p.value))
	case "SEQUENCE":
		e.sequence = strings.TrimSpace(p.value)
	case "ORGANIZER":
		e.organizer = mailbox(p)
	case "ATTENDEE":
		if len(e.attendees) < maxPeople {
			e.attendees = append(e.attendees, attendee{mailbox(p), strings.ToUpper(p.param("PARTSTAT"))})
		}
	}
}

// mailbox is the address of a person in a calendar (RFC 5545 section 3.3.3): the value, else what Exchange writes beside it.
func mailbox(p property) string {
	if _, address, ok := strings.Cut(p.value, ":"); ok && len(p.value) > 7 && strings.EqualFold(p.value[:7], "mailto:") {
		return strings.ToLower(strings.TrimSpace(cut(address, 254)))
	}
	return strings.ToLower(cut(p.param("EMAIL"), 254))
}
