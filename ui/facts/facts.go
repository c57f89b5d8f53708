package facts

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/themes"
	"stoke/ui/frame"
)

// Sheet is what is shown of one contact.
type Sheet struct {
	Look    frame.Look
	Dossier model.Dossier
	Row     *model.Row // nil when the list does not hold the contact
	Rules   model.Rules
	Now     time.Time
}

// Lines draws the facts pane: exactly w by h cells.
func (s Sheet) Lines(w, h int) []string {
	lines := []string{s.Look.Rule("facts", "", w)}
	lines = append(lines, s.person(w)...)
	lines = append(lines, "", s.Look.Rule("why", "", w))
	lines = append(lines, s.Why(w)...)
	return frame.Block(lines, w, h)
}

// person is who the contact is.
func (s Sheet) person(w int) []string {
	c := s.Dossier.Contact
	var lines []string
	add := func(label, value string) {
		if value == "" {
			return
		}
		room := max(4, w-11)
		for i, part := range frame.Wrap(frame.Plain(value), room) {
			if i > 0 {
				label = ""
			}
			lines = append(lines, " "+s.Look.Paint(themes.TextDim, frame.Fit(label, 9))+s.Look.Paint(themes.Text, part))
		}
	}
	add("name", c.Name)
	add("title", c.Title)
	add("company", c.Company)
	for _, mail := range c.Emails {
		add("mail", mail)
	}
	add("phone", c.Phone)
	if zone := c.Zone(nil); zone != nil {
		add("time", s.Now.In(zone).Format("15:04")+" there")
	}
	add("country", c.Country)
	add("tags", strings.Join(c.Tags, ", "))
	if d := c.Deal; d != nil {
		add("deal", strings.TrimSpace(d.Title+" "+frame.Count(int(d.Value))+" "+d.Stage+" "+d.Closed))
	}
	fields := make([]string, 0, len(c.Fields))
	for k := range c.Fields {
		fields = append(fields, k)
	}
	sort.Strings(fields)
	for _, k := range fields {
		add(frame.Plain(k), c.Fields[k])
	}
	return lines
}

// Why is the whole sum: what brought the contact here, every signal with its
// age and points, and what would change it.
func (s Sheet) Why(w int) []string {
	f := s.Dossier.Contact.FollowUp
	var lines []string
	say := func(role themes.Role, text string) {
		for _, part := range frame.Wrap(frame.Plain(text), max(4, w-2)) {
			lines = append(lines, " "+s.Look.Paint(role, part))
		}
	}
	if s.Row != nil {
		say(themes.TextStrong, upperFirst(s.Row.Why(s.Now)))
		say(themes.TextDim, fmt.Sprintf("attempt %d of %d · %s in %d days", min(f.Attempts+1, max(s.Row.Limit, 1)), s.Row.Limit, count(s.Row.Touches, "touch", "touches"), s.Rules.AttemptWindow))
	}
	if s.Dossier.Suppressed != nil {
		say(themes.Error, "must not be mailed: "+s.Dossier.Suppressed.Why)
	}
	temperature, changes := f.Temperature(s.Dossier.Contact.Deal.Open(), s.Now, s.Rules)
	say(themes.Text, "")
	say(tone(temperature), fmt.Sprintf("%s, %.0f points", temperature, f.Heat.Points(s.Now, s.Rules)))
	signals := model.Signals(s.Dossier.Happened, s.Now.Location(), s.Now, s.Rules)
	for i := len(signals) - 1; i >= 0; i-- {
		lines = append(lines, s.signal(signals[i], w))
	}
	if len(signals) == 0 {
		say(themes.TextDim, "Nothing has happened that carries points.")
	}
	lines = append(lines, "")
	say(themes.TextDim, fmt.Sprintf("hot from %.0f, warm from %.0f; points halve every %d days", s.Rules.HotFrom, s.Rules.WarmFrom, int(s.Rules.HalfLife.Hours()/24)))
	if s.Now.Before(f.Pin.Until) {
		say(themes.TextDim, "pinned "+f.Pin.Temperature.String()+" by you until "+schedule.Say(f.Pin.Until.In(s.Now.Location()), s.Now))
	}
	if !changes.IsZero() {
		say(themes.TextDim, "left alone, it changes "+schedule.Say(changes.In(s.Now.Location()), s.Now))
	}
	if f.Enrolment.Sequence != "" {
		say(themes.TextDim, "in the sequence "+f.Enrolment.Sequence+", "+count(f.Enrolment.Done, "step", "steps")+" taken")
	}
	return lines
}

func count(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + more
}

func (s Sheet) signal(g model.Signal, w int) string {
	right := fmt.Sprintf("%+.0f", g.Now)
	if fmt.Sprintf("%+.0f", g.Points) != right {
		right = fmt.Sprintf("%+.0f of %+.0f", g.Now, g.Points)
	}
	left := " " + frame.Right(schedule.Ago(s.Now.Sub(g.At)), 4) + "  " + frame.Plain(g.Why)
	room := w - frame.Width(right) - 2
	return s.Look.Paint(themes.Text, frame.Fit(left, room)) + s.Look.Paint(themes.TextDim, " "+right+" ")
}

func tone(t model.Temperature) themes.Role {
	switch t {
	case model.Hot:
		return themes.Hot
	case model.Warm:
		return themes.Warm
	default:
		return themes.Cold
	}
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
