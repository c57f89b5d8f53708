package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/model/text"
)

type showJSON struct {
	Contact      contactJSON       `json:"contact"`
	Place        itemJSON          `json:"place"`
	Heat         heatJSON          `json:"heat"`
	Next         *nextJSON         `json:"next"`
	Rhythm       *struct{}         `json:"rhythm"`
	Interactions []interactionJSON `json:"interactions"`
	Suppressed   *suppressionJSON  `json:"suppressed"`
	Draft        *draftJSON        `json:"draft"`
	Script       *scriptJSON       `json:"script"`
}

// scriptJSON is for a call or a text that is due, or a call that is suggested.
type scriptJSON struct {
	Channel  string `json:"channel"`
	Template string `json:"template"`
	Number   string `json:"number"`
	Text     string `json:"text"`
	Due      bool   `json:"due"`
	Why      string `json:"why"`
}

type heatJSON struct {
	Now         float64      `json:"now"`
	Temperature string       `json:"temperature"`
	Pinned      bool         `json:"pinned"`
	PinnedUntil *string      `json:"pinned_until"`
	Signals     []signalJSON `json:"signals"`
}

type signalJSON struct {
	Kind   string  `json:"kind"`
	At     string  `json:"at"`
	Points float64 `json:"points"`
	Now    float64 `json:"now"`
	Why    string  `json:"why"`
}

func (c *command) show() *cobra.Command {
	return &cobra.Command{Use: "show WHO", Short: "Everything about a contact", Args: between(1, -1, "WHO"),
		RunE: c.desk(func(ctx context.Context, s *Session, args []string) error {
			d, err := s.dossier(ctx, strings.Join(args, " "))
			if err != nil {
				return err
			}
			j := c.showOf(d, s.Rulebook)
			if c.flags.JSON {
				c.print(j)
				return nil
			}
			c.writeShow(d, j)
			return nil
		})}
}

func (c *command) showOf(d model.Dossier, b model.Rulebook) showJSON {
	now, f := c.clock(), d.Contact.FollowUp
	row := b.Row(d, now)
	j := showJSON{Contact: c.contactOf(d.Contact), Place: c.itemOf(row, b.Rules), Next: c.nextOf(f), Interactions: []interactionJSON{},
		Heat: heatJSON{Now: points(f.Heat.Points(now, b.Rules)), Temperature: row.Temperature.String(), Signals: []signalJSON{}}}
	if now.Before(f.Pin.Until) {
		j.Heat.Pinned, j.Heat.PinnedUntil = true, c.stamp(f.Pin.Until)
	}
	for _, s := range model.Signals(d.Happened, b.Calendar.Zone(), now, b.Rules) {
		j.Heat.Signals = append(j.Heat.Signals, signalJSON{Kind: string(s.Kind), At: c.moment(s.At), Points: s.Points, Now: points(s.Now), Why: s.Why})
	}
	for _, i := range d.Interactions {
		j.Interactions = append(j.Interactions, c.interactionOf(i))
	}
	if d.Suppressed != nil {
		s := c.suppressionOf(*d.Suppressed)
		j.Suppressed = &s
	}
	if d.Draft != nil {
		draft := c.draftOf(*d.Draft, &d)
		j.Draft = &draft
	}
	if s := d.Script; s != nil {
		j.Script = &scriptJSON{s.Channel, s.Template, s.Number, s.Body, s.Asked, s.Why}
	}
	return j
}

func (c *command) writeShow(d model.Dossier, j showJSON) {
	now, who := c.clock(), d.Contact
	c.say("%d %s", who.ID, describe(who))
	for _, fact := range [][2]string{{"title", who.Title}, {"phone", who.Phone}, {"country", who.Country}, {"time zone", who.TZ},
		{"tags", strings.Join(who.Tags, ", ")}} {
		if fact[1] != "" {
			c.say("%s: %s", fact[0], fact[1])
		}
	}
	if deal := who.Deal; deal != nil {
		c.say("deal: %s", dealSays(*deal))
	}
	for _, key := range slices.Sorted(maps.Keys(who.Fields)) {
		c.say("%s: %s", key, text.Line(who.Fields[key]))
	}
	c.say("%s, heat %v: %s", j.Heat.Temperature, j.Heat.Now, j.Place.Why)
	for _, s := range j.Heat.Signals {
		c.say("  %+v now of %+v: %s", s.Now, s.Points, s.Why)
	}
	if d.Suppressed != nil {
		c.say("Never mailed: %s, %s.", d.Suppressed.What, d.Suppressed.Why)
	}
	if d.Draft != nil {
		c.say("A draft is kept: %s", d.Draft.Subject)
	}
	if s := d.Script; s != nil && s.Asked {
		c.say("%s:", s.Why)
		for line := range strings.Lines(text.Clean(s.Body)) {
			c.say("  %s", strings.TrimRight(line, "\n"))
		}
	} else if s != nil {
		c.say("A call may do more: %s.", s.Why)
	}
	fmt.Fprintln(c.app.Out)
	var rows [][]string
	for _, i := range d.Interactions {
		rows = append(rows, []string{schedule.Ago(now.Sub(i.At)), arrow(i), i.Did(), i.Summary})
	}
	c.table(rows)
}

// dealSays is a deal in one line: what it is about, what it is worth, how far it is.
func dealSays(d model.Deal) string {
	parts := []string{d.Title, "", d.Stage, "", d.Closed}
	if d.Value > 0 {
		parts[1] = strconv.FormatInt(d.Value, 10)
	}
	if !d.Close.IsZero() && d.Open() {
		parts[3] = "expected " + d.Close.Format(time.DateOnly)
	}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " · ")
}

// arrow says who acted, in characters that every terminal has.
func arrow(i model.Interaction) string {
	switch i.Direction {
	case model.In:
		return "<-"
	case model.Out:
		return "->"
	}
	return "  "
}
