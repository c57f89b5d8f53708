package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"stoke/model"
)

func (c *command) delete() *cobra.Command {
	var erase, yes, dry bool
	cmd := &cobra.Command{Use: "delete WHO", Short: "Forget somebody, with everything about them", Args: between(1, -1, "WHO [--erase --yes]"),
		Long: `Forget somebody, with everything about them. "stoke undo" brings them back for 30 days.

With --erase nothing comes back, and nothing can be read of them in stoke's files
any more. A hash of each address stays, so that they are not written to by mistake.`}
	cmd.Flags().BoolVar(&erase, "erase", false, "for good: it cannot be undone")
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "only say who it would be")
	cmd.RunE = c.desk(func(ctx context.Context, s *Session, args []string) error {
		who, err := s.who(ctx, strings.Join(args, " "))
		if err != nil {
			return err
		}
		did := "Deleted"
		if erase {
			did = "Erased"
		}
		if dry {
			if c.flags.JSON {
				c.print(c.contactOf(who))
				return nil
			}
			c.said(strings.ToLower(did)+" "+describe(who), true)
			return nil
		}
		switch {
		case erase && !yes && (!c.app.Terminal || c.flags.JSON):
			return usagef("What is erased never comes back, and nobody is there to ask. Add --yes, or leave --erase out: a deletion can be undone.")
		case erase && !yes && !c.asks("Erase everything about "+describe(who)+"? It never comes back."):
			c.say("Nothing was erased.")
			return &exit{ExitFailed}
		}
		if err := remove(ctx, s, who, erase); err != nil {
			return err
		}
		if c.flags.JSON {
			c.print(c.contactOf(who))
			return nil
		}
		if erase {
			c.say("Erased %s. Nobody can be written to at their addresses; `stoke unsuppress` lifts that.", describe(who))
			return nil
		}
		c.say("Deleted %s. `stoke undo` brings them back, for 30 days.", describe(who))
		return nil
	})
	return cmd
}

func remove(ctx context.Context, s *Session, who model.Contact, erase bool) error {
	if erase {
		return s.Desk.EraseContact(ctx, who.ID)
	}
	_, err := s.Desk.DeleteContact(ctx, who.ID)
	return err
}
