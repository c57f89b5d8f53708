package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stoke/model"
	"stoke/model/text"
)

// stateJSON is how a contact stands after a verb.
type stateJSON struct {
	itemJSON
	SnoozedUntil *string      `json:"snoozed_until"`
	UntilReply   bool         `json:"until_reply"`
	PromisedFor  *string      `json:"promised_for"`
	Retired      *retiredJSON `json:"retired"`
	PinnedUntil  *string      `json:"pinned_until"`
	Next         *nextJSON    `json:"next"`
	Says         string       `json:"says"`
	Change       *int64       `json:"change"` // its id in the history; null when nothing was written
	DryRun       bool         `json:"dry_run"`
}

type retiredJSON struct {
	Reason string  `json:"reason"`
	At     string  `json:"at"`
	Until  *string `json:"until"`
}

// touchJSON is the next touch of a contact.
type touchJSON struct {
	Contact int64  `json:"contact"`
	Name    string `json:"name"`
	nextJSON
	Says   string `json:"says"`
	Change *int64 `json:"change"`
	DryRun bool   `json:"dry_run"`
}

// did is what a verb did to a contact, or would do.
type did struct {
	model.Dossier
	says    string
	change  *int64
	added   *model.Interaction
	dry     bool
	session *Session
}

// words are how the arguments of a verb are shared out: a name may have several words without quotes.
type words int

const (
	whoOnly  words = iota // all are the name
	lastWord              // the last one is the verb's, the others the name
	whenLast              // the name is the shortest that leaves a date behind it
)

// verb makes a command out of a verb of model.
func (c *command) verb(use, short string, share words, of func(*Session, string) (model.Verb, error), show func(did) any) *cobra.Command {
	var dry bool
	least := 2
	if share == whoOnly {
		least = 1
	}
	_, rest, _ := strings.Cut(use, " ")
	cmd := &cobra.Command{Use: use, Short: short, Args: between(least, -1, rest)}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "only say what would happen")
	cmd.RunE = c.desk(func(ctx context.Context, s *Session, args []string) error {
		who, v, err := shared(s, args, share, of)
		if err != nil {
			return err
		}
		all, err := c.do(ctx, s, v, dry, who)
		if err != nil {
			return err
		}
		c.report(all, show)
		return nil
	})
	return cmd
}

func shared(s *Session, args []string, share words, of func(*Session, string) (model.Verb, error)) (string, model.Verb, error) {
	switch share {
	case whoOnly:
		v, err := of(s, "")
		return strings.Join(args, " "), v, err
	case lastWord:
		v, err := of(s, args[len(args)-1])
		return strings.Join(args[:len(args)-1], " "), v, err
	}
	var first error
	for cut := 1; cut < len(args); cut++ {
		v, err := of(s, strings.Join(args[cut:], " "))
		if err == nil {
			return strings.Join(args[:cut], " "), v, nil
		}
		if first == nil {
			first = err
		}
	}
	return "", nil, first
}

// do applies a verb to contacts, or decides what it would do.
func (c *command) do(ctx context.Context, s *Session, v model.Verb, dry bool, who ...string) ([]did, error) {
	var before []model.Dossier
	var ids []int64
	for _, w := range who {
		d, err := s.dossier(ctx, w)
		if err != nil {
			return nil, err
		}
		before, ids = append(before, d), append(ids, d.Contact.ID)
	}
	var all []did
	if dry {
		for _, d := range before {
			out, err := v.Decide(s.Rulebook, d, c.clock())
			if err != nil {
				return nil, err
			}
			all = append(all, would(s, d, out))
		}
		return all, nil
	}
	change, err := s.Desk.Do(ctx, v, ids...)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		d, err := s.Desk.Open(ctx, id)
		if err != nil {
			return nil, err
		}
		done := did{Dossier: d, says: change.Says, change: &change.ID, session: s}
		for _, step := range change.Steps {
			if step.Contact == id && len(step.Added) > 0 {
				done.added = find(d.Interactions, step.Added[0])
			}
		}
		all = append(all, done)
	}
	return all, nil
}

// would is a contact as an outcome would leave it.
func would(s *Session, d model.Dossier, out model.Outcome) did {
	d.Contact.FollowUp = out.FollowUp
	if out.Deal != nil {
		d.Contact.Deal = out.Deal
	}
	done := did{Dossier: d, says: out.Says, dry: true, session: s}
	if len(out.Add) > 0 {
		done.added = &out.Add[0]
	}
	return done
}

func find(all []model.Interaction, id int64) *model.Interaction {
	for i := range all {
		if all[i].ID == id {
			return &all[i]
		}
	}
	return nil
}

func (c *command) report(all []did, show func(did) any) {
	if !c.flags.JSON {
		for i, d := range all {
			if i == 0 || d.dry {
				c.said(d.says, d.dry)
			}
		}
		return
	}
	if len(all) == 1 {
		c.print(show(all[0]))
		return
	}
	var each []any
	for _, d := range all {
		each = append(each, show(d))
	}
	c.print(each)
}

func (c *command) said(says string, dry bool) {
	if dry {
		c.say("Would be: %s.", says)
		return
	}
	c.say("%s.", says)
}

func (c *command) state(d did) any {
	f := d.Contact.FollowUp
	now := c.clock()
	j := stateJSON{itemJSON: c.itemOf(rowOf(d.Dossier, d.session.Rulebook.Rules, now), d.session.Rulebook.Rules),
		PromisedFor: c.stamp(f.Promise.At), Next: c.nextOf(f), Says: d.says, Change: d.change, DryRun: d.dry}
	if f.Snoozed(now) {
		j.SnoozedUntil, j.UntilReply = c.stamp(f.Snooze.Until), f.Snooze.UntilReply
	}
	if !f.Live(now) {
		j.Retired = &retiredJSON{Reason: string(f.Retired.Reason), At: c.moment(f.Retired.At), Until: c.stamp(f.Retired.Until)}
	}
	if now.Before(f.Pin.Until) {
		j.PinnedUntil = c.stamp(f.Pin.Until)
	}
	return j
}

func (c *command) touch(d did) any {
	j := touchJSON{Contact: d.Contact.ID, Name: d.Contact.Name, Says: d.says, Change: d.change, DryRun: d.dry}
	if next := c.nextOf(d.Contact.FollowUp); next != nil {
		j.nextJSON = *next
	}
	return j
}

func (c *command) snooze() *cobra.Command {
	return c.verb("snooze WHO WHEN", "Hide somebody until a date, or \"until they reply\"", whenLast, func(s *Session, when string) (model.Verb, error) {
		switch strings.NewReplacer("-", " ", "_", " ").Replace(strings.ToLower(when)) {
		case "until they reply", "until reply", "they reply", "reply":
			return model.SnoozeTo{UntilReply: true}, nil
		}
		at, err := s.moment(when)
		return model.SnoozeTo{Until: at}, err
	}, c.state)
}

func (c *command) promise() *cobra.Command {
	return c.verb("promise WHO WHEN", "Promise a date: somebody stays visible and comes up on that day", whenLast, func(s *Session, when string) (model.Verb, error) {
		at, err := s.moment(when)
		return model.PromiseFor{At: at}, err
	}, c.touch)
}

func (c *command) done() *cobra.Command {
	return c.verb("done WHO", "Handled without mail; the next touch sets itself", whoOnly, fixed(model.HandledWithout{}), c.state)
}

func (c *command) revive() *cobra.Command {
	return c.verb("revive WHO", "Bring somebody retired back, or wake somebody snoozed", whoOnly, fixed(model.Revive{}), c.state)
}

func (c *command) stop() *cobra.Command {
	return c.verb("stop WHO", "Take somebody out of their sequence", whoOnly, fixed(model.StopSequence{}), c.touch)
}

func fixed(v model.Verb) func(*Session, string) (model.Verb, error) {
	return func(*Session, string) (model.Verb, error) { return v, nil }
}

func (c *command) retire() *cobra.Command {
	var until string
	cmd := c.verb("retire WHO REASON", "Take somebody out: no-answer timing competitor no-fit wrong-person left opt-out lost", lastWord,
		func(s *Session, word string) (model.Verb, error) {
			reason, err := model.ParseReason(word)
			if err != nil {
				return nil, err
			}
			v := model.Retire{Reason: reason}
			if until != "" {
				v.Until, err = s.moment(until)
			}
			return v, err
		}, c.state)
	cmd.Flags().StringVar(&until, "until", "", "`WHEN` they come back")
	return cmd
}

func (c *command) pin() *cobra.Command {
	return c.verb("pin WHO hot|warm|cold|none", "Set the temperature by hand, for 30 days", lastWord, func(_ *Session, word string) (model.Verb, error) {
		if word == "none" {
			return model.PinTo{}, nil
		}
		t, err := model.ParseTemperature(word)
		return model.PinTo{Temperature: &t}, err
	}, c.state)
}

func (c *command) log() *cobra.Command {
	var at, note string
	cmd := c.verb("log WHO KIND", "Record what happened outside of mail: call, meeting, demo, purchase …", lastWord,
		func(s *Session, word string) (model.Verb, error) {
			kind, err := model.ParseKind(word)
			if err != nil {
				return nil, err
			}
			v := model.Log{Kind: kind, Note: text.Clean(note)}
			if at != "" {
				v.At, err = s.past(at, c.clock())
			}
			return v, err
		}, c.logged)
	cmd.Flags().StringVar(&at, "at", "", "`WHEN` it happened: \"yesterday 15:00\", 2026-11-20, or RFC 3339 (default: now)")
	cmd.Flags().StringVar(&note, "note", "", "what to remember of it")
	return cmd
}

func (c *command) logged(d did) any {
	if d.added == nil {
		return interactionJSON{At: c.moment(time.Time{})}
	}
	return c.interactionOf(*d.added)
}

func (c *command) enrol() *cobra.Command {
	var at string
	var dry bool
	cmd := &cobra.Command{Use: "enrol WHO… SEQUENCE", Short: "Start a sequence", Args: between(2, -1, "WHO… SEQUENCE [--at WHEN]")}
	cmd.Flags().StringVar(&at, "at", "", "`WHEN` the first step is due")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "only say what would happen")
	cmd.RunE = c.desk(func(ctx context.Context, s *Session, args []string) (err error) {
		v := model.Enrol{Sequence: args[len(args)-1]}
		if at != "" {
			if v.At, err = s.moment(at); err != nil {
				return err
			}
		}
		all, err := c.do(ctx, s, v, dry, args[:len(args)-1]...)
		if err == nil {
			c.report(all, c.touch)
		}
		return err
	})
	return cmd
}
