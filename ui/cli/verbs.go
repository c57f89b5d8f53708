package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stoke/model"
	"stoke/model/text"
)

func (c *command) snooze() *cobra.Command {
	return c.verb("snooze WHO WHEN", "Hide somebody until a date, or \"until they reply\"", whenLast, func(s *Session, when string) (model.Verb, error) {
		switch strings.NewReplacer("-", " ", "_", " ").Replace(strings.ToLower(when)) {
		case "until they reply", "until reply", "they reply", "reply":
			return model.SnoozeTo{UntilReply: true}, nil
		case "cadence":
			return model.SnoozeTo{Cadence: true}, nil
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

func (c *command) hold() *cobra.Command {
	return c.verb("hold WHO", "Keep the mail that a sequence would send by itself for your own key", whoOnly, fixed(model.HoldStep{Why: model.HeldByHand}), c.touch)
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
		sequence, who := args[len(args)-1], args[:len(args)-1]
		v := model.Enrol{Sequence: sequence}
		if at != "" {
			if v.At, err = s.moment(at); err != nil {
				return err
			}
		}
		all, err := c.do(ctx, s, v, dry, who...)
		if err != nil {
			return err
		}
		return c.report(all, c.touch)
	})
	return cmd
}
