package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stoke/model"
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

// leftJSON is one of several contacts about whom a verb was refused.
type leftJSON struct {
	Contact int64     `json:"contact"`
	Name    string    `json:"name"`
	Error   errorJSON `json:"error"`
}

// did is what a verb did to a contact, or would do.
type did struct {
	model.Dossier
	says    string
	change  *int64
	added   *model.Interaction
	dry     bool
	refused error // about this one of several
	session *Session
}

// words are how the arguments of a verb are shared out: a name may have several words without quotes.
type words int

const (
	whoOnly  words = iota // all are the name
	lastWord              // the last one, or the last two for one with a hyphen, is the verb's, the others the name
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
		return c.report(all, show)
	})
	return cmd
}

func shared(s *Session, args []string, share words, of func(*Session, string) (model.Verb, error)) (string, model.Verb, error) {
	switch share {
	case whoOnly:
		v, err := of(s, "")
		return strings.Join(args, " "), v, err
	case lastWord:
		if cut := len(args) - 2; cut > 0 { // "no answer" for no-answer
			if v, err := of(s, args[cut]+"-"+args[cut+1]); err == nil {
				return strings.Join(args[:cut], " "), v, nil
			}
		}
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
		trials, err := s.Desk.Try(ctx, v, ids...)
		if err != nil {
			return nil, err
		}
		for _, d := range before {
			at := slices.IndexFunc(trials, func(t model.Trial) bool { return t.Contact == d.Contact.ID })
			all = append(all, would(s, d, trials[at]))
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
		for _, t := range change.Left {
			if t.Contact == id {
				done.refused = t.Refused
			}
		}
		all = append(all, done)
	}
	return all, nil
}

// would is a contact as a verb would leave it.
func would(s *Session, d model.Dossier, t model.Trial) did {
	out := t.Outcome
	done := did{Dossier: d, says: out.Says, dry: true, session: s, refused: t.Refused}
	if t.Refused != nil {
		return done
	}
	done.Contact.FollowUp = out.FollowUp
	if out.Deal != nil {
		done.Contact.Deal = out.Deal
	}
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

// report says what was done, or would be. It ends with ExitFailed where somebody was left out.
func (c *command) report(all []did, show func(did) any) error {
	var left error
	if slices.ContainsFunc(all, func(d did) bool { return d.refused != nil }) {
		left = &exit{ExitFailed}
	}
	if c.flags.JSON {
		each := make([]any, len(all))
		for i, d := range all {
			if each[i] = show(d); d.refused != nil {
				each[i] = leftJSON{Contact: d.Contact.ID, Name: d.Contact.Name, Error: errorOf(d.refused)}
			}
		}
		if len(each) == 1 {
			c.print(each[0])
			return left
		}
		c.print(each)
		return left
	}
	said := false
	for _, d := range all {
		switch {
		case d.refused != nil:
			c.grumble(d.refused)
		case !said, d.dry:
			said = true
			c.said(d.says, d.dry)
		}
	}
	return left
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
	j := stateJSON{itemJSON: c.itemOf(d.session.Rulebook.Row(d.Dossier, now), d.session.Rulebook.Rules),
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
