package cli

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/model/text"
)

func (c *command) suppress() *cobra.Command {
	var dry bool
	var why string
	cmd := &cobra.Command{Use: "suppress ADDRESS|@DOMAIN", Short: "Never mail an address or a domain again", Args: between(1, 1, "ADDRESS|@DOMAIN [--why TEXT]")}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "only say what would happen")
	cmd.Flags().StringVar(&why, "why", "", "the reason, for later")
	cmd.RunE = c.desk(func(ctx context.Context, s *Session, args []string) error {
		what, err := suppressible(args[0])
		if err != nil {
			return err
		}
		done := model.Suppression{What: what, Why: cmp.Or(text.Line(why), "you said so"), At: c.clock()}
		if !dry {
			if done, err = s.Desk.Suppress(ctx, what, done.Why); err != nil {
				return err
			}
		}
		if c.flags.JSON {
			c.print(c.suppressionOf(done))
			return nil
		}
		c.said(what+" is never mailed again", dry)
		return nil
	})
	return cmd
}

func (c *command) unsuppress() *cobra.Command {
	var dry bool
	cmd := &cobra.Command{Use: "unsuppress ADDRESS|@DOMAIN", Short: "Allow mail to an address or a domain again", Args: between(1, 1, "ADDRESS|@DOMAIN")}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "only say what would happen")
	cmd.RunE = c.desk(func(ctx context.Context, s *Session, args []string) error {
		what, err := suppressible(args[0])
		if err != nil {
			return err
		}
		if !dry {
			if err := s.Desk.Unsuppress(ctx, what); err != nil {
				return err
			}
		}
		if c.flags.JSON {
			c.print(struct {
				What string `json:"what"`
			}{what})
			return nil
		}
		c.said(what+" may be mailed again", dry)
		return nil
	})
	return cmd
}

// suppressible reads an address, or a domain written @example.test.
func suppressible(word string) (string, error) {
	if domain, ok := strings.CutPrefix(strings.TrimSpace(word), "@"); ok {
		if domain == "" || strings.ContainsAny(domain, "@ \t\r\n<>") {
			return "", usagef("%q is no domain. Write it like @northwind.example.", word)
		}
		return "@" + text.Host(domain), nil
	}
	return address(word)
}

func (c *command) undo() *cobra.Command {
	var dry bool
	cmd := &cobra.Command{Use: "undo [ID]", Short: "Take the last change back, or the one with this number", Args: between(0, 1, "[ID]")}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "only say what would be taken back")
	cmd.RunE = c.desk(func(ctx context.Context, s *Session, args []string) error {
		var id int64
		if len(args) == 1 {
			var err error
			if id, err = number(args[0]); err != nil {
				return err
			}
		}
		if dry {
			return c.wouldUndo(ctx, s, id)
		}
		change, says, err := s.Desk.Undo(ctx, id)
		if err != nil {
			return err
		}
		if c.flags.JSON {
			j := c.changeOf(change)
			j.Says = says
			c.print(j)
			return nil
		}
		c.say("%s", says)
		return nil
	})
	return cmd
}

func (c *command) wouldUndo(ctx context.Context, s *Session, id int64) error {
	changes, err := s.Desk.History(ctx, 1000)
	if err != nil {
		return err
	}
	for _, change := range changes {
		if change.Undone && id == 0 || id != 0 && change.ID != id {
			continue
		}
		if change.Undone {
			return model.Errorf(model.Conflict, "That was taken back already.")
		}
		if c.flags.JSON {
			c.print(c.changeOf(change))
			return nil
		}
		c.said("taken back: "+change.Says, true)
		return nil
	}
	return model.Errorf(model.NotFound, "There is nothing to take back.")
}

func (c *command) history() *cobra.Command {
	var limit int
	cmd := &cobra.Command{Use: "history", Short: "What was done, newest first"}
	cmd.Flags().IntVar(&limit, "limit", 50, "at most so many")
	cmd.RunE = c.desk(func(ctx context.Context, s *Session, _ []string) error {
		if limit < 1 {
			return usagef("--limit must be 1 or more.")
		}
		changes, err := s.Desk.History(ctx, limit)
		if err != nil {
			return err
		}
		all, rows := []changeJSON{}, [][]string{}
		for _, change := range changes {
			all = append(all, c.changeOf(change))
			undone := ""
			if change.Undone {
				undone = "taken back"
			}
			rows = append(rows, []string{strconv.FormatInt(change.ID, 10), schedule.Ago(c.clock().Sub(change.At)), undone, change.Says})
		}
		if c.flags.JSON {
			c.print(all)
			return nil
		}
		if len(rows) == 0 {
			c.say("Nothing was done yet.")
		}
		c.table(rows)
		return nil
	})
	return cmd
}

func (c *command) when() *cobra.Command {
	return &cobra.Command{Use: "when TEXT", Short: "What words mean as a date", Args: between(1, -1, "TEXT"),
		RunE: func(_ *cobra.Command, args []string) error {
			settings := c.lenient()
			calendar, err := settings.Config.Calendar()
			if err != nil {
				return err
			}
			words := strings.Join(args, " ")
			at, ok := exact(words)
			if !ok {
				if at, err = calendar.Parse(words, c.clock()); err != nil {
					return usagef("%s", sentence(err.Error())+".")
				}
			}
			at = at.In(c.clock().Location())
			if !at.After(c.clock()) {
				return usagef("%q is past. Try \"fri 2pm\" or \"in 3 days\".", words)
			}
			if c.flags.JSON {
				c.print(struct {
					At string `json:"at"`
				}{at.Format(time.RFC3339)})
				return nil
			}
			c.say("%s", at.Format("Mon 2 Jan 2006 15:04 MST"))
			return nil
		}}
}

// lenient gives the settings as far as they can be read, for what needs no config.
func (c *command) lenient() Settings {
	s, _ := c.app.Settings(c.flags) // its error is about a config that is not needed here; `config check` tells it
	c.settings = &s
	return s
}

func number(word string) (int64, error) {
	n, err := strconv.ParseInt(word, 10, 64)
	if err != nil || n < 1 {
		return 0, usagef("%q is no number. `stoke history` and `stoke outbox` show them.", word)
	}
	return n, nil
}
