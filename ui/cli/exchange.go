package cli

import (
	"cmp"
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"stoke/model"
)

type syncedJSON struct {
	Account     string     `json:"account"`
	Fetched     int        `json:"fetched"`
	Matched     int        `json:"matched"`
	Replies     int        `json:"replies"`
	AutoReplies int        `json:"auto_replies"`
	Bounces     int        `json:"bounces"`
	OptOuts     int        `json:"opt_outs"`
	SentFound   int        `json:"sent_found"`
	Sent        int        `json:"sent"`
	DurationMS  int64      `json:"duration_ms"`
	Elsewhere   bool       `json:"elsewhere"`
	Error       *errorJSON `json:"error"`
}

func syncedOf(r model.Synced) syncedJSON {
	j := syncedJSON{Account: r.Account, Fetched: r.Fetched, Matched: r.Matched, Replies: r.Replies, AutoReplies: r.AutoReplies,
		Bounces: r.Bounces, OptOuts: r.OptOuts, SentFound: r.SentFound, Sent: r.Sent, DurationMS: r.Took.Milliseconds(), Elsewhere: r.Elsewhere}
	if r.Err != nil {
		e := errorOf(r.Err)
		j.Error = &e
	}
	return j
}

func (c *command) sync() *cobra.Command {
	var watch bool
	cmd := &cobra.Command{Use: "sync", Short: "Fetch mail, and deliver what the outbox owes"}
	cmd.Flags().BoolVar(&watch, "watch", false, "go on until it is ended; with --json one line an account and sync")
	cmd.RunE = c.desk(func(ctx context.Context, s *Session, _ []string) error {
		if len(c.settings.Config.Accounts) == 0 {
			return model.Errorf(model.BadConfig, "The config has no account to sync. `stoke setup` says how to add one.")
		}
		var first error
		tell := func(r model.Synced) {
			first = cmp.Or(first, r.Err)
			if !c.flags.JSON {
				c.writeSynced(r)
			} else if watch {
				c.print(syncedOf(r))
			}
			if r.Err != nil {
				c.grumble(r.Err)
			}
		}
		if watch {
			err := s.Watch(ctx, tell)
			if ctx.Err() != nil && errors.Is(err, context.Canceled) {
				return nil // it was ended, as it should be
			}
			return err
		}
		all := []syncedJSON{}
		for _, r := range s.Sync(ctx) {
			tell(r)
			all = append(all, syncedOf(r))
		}
		if c.flags.JSON {
			c.print(all)
		}
		if first != nil {
			return &exit{exitOf(first)}
		}
		return nil
	})
	return cmd
}

func (c *command) writeSynced(r model.Synced) {
	if r.Elsewhere {
		c.say("%s: another stoke is open and does this.", r.Account)
		return
	}
	c.say("%s: %d sent; %d new mails, %d of your people: %d replies, %d automatic, %d bounces, %d opt-outs.",
		r.Account, r.Sent, r.Fetched, r.Matched, r.Replies, r.AutoReplies, r.Bounces, r.OptOuts)
}

type importJSON struct {
	Source     string        `json:"source"`
	Rows       int           `json:"rows"`
	New        int           `json:"new"`
	Updated    int           `json:"updated"`
	Duplicates int           `json:"duplicates"`
	Suppressed int           `json:"suppressed"` // of the contacts: their address must not be mailed
	Skipped    []skippedJSON `json:"skipped"`
	Contacts   []contactJSON `json:"contacts"`
	DryRun     bool          `json:"dry_run"`
}

type skippedJSON struct {
	Row    int    `json:"row"`
	Reason string `json:"reason"`
}

func (c *command) importing() *cobra.Command {
	var dry bool
	cmd := &cobra.Command{Use: "import FILE", Short: "Bring people in from a CSV file", Args: between(1, 1, "FILE [--dry-run]")}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "only count what would happen")
	cmd.RunE = c.desk(func(ctx context.Context, s *Session, args []string) error {
		file := c.app.In
		if args[0] != "-" {
			f, err := os.Open(args[0])
			if err != nil {
				return model.Errorf(model.NotFound, "Could not read %s: %w.", args[0], bareCause(err))
			}
			defer f.Close()
			file = f
		}
		done, err := s.Import(ctx, file, dry)
		if err != nil {
			return err
		}
		if !c.flags.JSON {
			c.writeImport(done, dry)
			return nil
		}
		j := importJSON{Source: args[0], Rows: done.Rows, New: done.New, Updated: done.Updated, Duplicates: done.Duplicates, Suppressed: done.Barred,
			Skipped: []skippedJSON{}, Contacts: []contactJSON{}, DryRun: dry}
		for _, r := range done.Skipped {
			j.Skipped = append(j.Skipped, skippedJSON(r))
		}
		for _, who := range done.Contacts {
			j.Contacts = append(j.Contacts, c.contactOf(who))
		}
		c.print(j)
		return nil
	})
	return cmd
}

func (c *command) writeImport(done model.Imported, dry bool) {
	if dry {
		c.say("Nothing was written. It would be:")
	}
	c.say("%d rows: %d new, %d updated, %d known already, %d skipped.", done.Rows, done.New, done.Updated, done.Duplicates, len(done.Skipped))
	if done.Barred > 0 {
		c.say("%d of them must not be mailed; they are shown so, and nothing is sent to them.", done.Barred)
	}
	const shown = 20
	for i, r := range done.Skipped {
		if i == shown {
			c.say("  and %d more; --json lists them all.", len(done.Skipped)-shown)
			break
		}
		c.say("  row %d: %s", r.Row, r.Reason)
	}
}
