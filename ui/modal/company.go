package modal

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/themes"
	"stoke/ui/action"
	"stoke/ui/frame"
)

// Company lists everybody at a company, who was last in touch first, and opens
// whom the rep chooses.
type Company struct {
	chooser
	now    time.Time
	people []model.Row
	says   string
}

// NewCompany returns the list with the cursor on a contact.
func NewCompany(look frame.Look, now time.Time, company model.Company, contact int64) *Company {
	title := frame.Plain(company.Name)
	if title == "" {
		title = "No company is known"
	}
	c := &Company{now: now, people: company.People, says: company.Says(now),
		chooser: chooser{look: look, title: title, foot: "enter opens · esc back", width: 96}}
	for i, r := range company.People {
		key := ""
		if i < 9 {
			key = strconv.Itoa(i + 1)
		}
		if r.Contact.ID == contact {
			c.at = i
		}
		c.options = append(c.options, option{key: key, does: action.Visit{Contact: r.Contact.ID}})
	}
	return c
}

// Lines implements Modal.
func (c *Company) Lines(w, h int) []string {
	inner := min(c.width, w) - 4
	for i, r := range c.people {
		c.options[i].label, c.options[i].right = c.person(r, inner-8)
	}
	block := c.lines(w, max(6, min(h-1, len(c.options)+7)))
	line := " " + c.look.Paint(themes.TextDim, frame.Clip(frame.Plain(c.says), inner))
	return insert(block, line, c.look)
}

// insert puts a line and an empty one below the title of a framed block.
func insert(block []string, line string, look frame.Look) []string {
	if len(block) < 3 {
		return block
	}
	framed := frame.Framed(look.Theme, look.Glyphs, "", []string{line, ""}, frame.Width(block[0]))
	return append(append(append([]string(nil), block[0]), framed[1:len(framed)-1]...), block[1:]...)
}

// person is one of them: who, what they do, who of the two spoke last and what.
func (c *Company) person(r model.Row, w int) (label, right string) {
	last := r.Contact.FollowUp.Last
	name := max(12, w/4)
	label = frame.Fit(r.Contact.Called(), name)
	if r.Contact.Name != "" {
		label = frame.Fit(frame.Plain(r.Contact.Name), name)
	}
	words := string(r.Place.View)
	if last.Kind != "" {
		sign := c.look.Glyphs.Out
		if last.Direction == model.In {
			sign = c.look.Glyphs.In
		}
		words = sign + " " + last.Summary
		right = schedule.Ago(c.now.Sub(last.At))
	}
	if d := r.Contact.Deal; d != nil && d.Value > 0 {
		right = strings.TrimSpace(strings.Join([]string{frame.Count(int(d.Value)), d.Closed}, " ")) + "  " + right
	}
	if w >= 60 {
		label += " " + frame.Fit(frame.Plain(r.Contact.Title), w/5)
	}
	room := max(0, w-frame.Width(label)-frame.Width(right)-4)
	return label + " " + frame.Fit(frame.Plain(words), room), right
}

// Press implements Modal.
func (c *Company) Press(press tea.KeyPressMsg) action.Action {
	if press.String() == "C" {
		return action.Close{}
	}
	return c.chooser.Press(press)
}
