package cli

import (
	"context"
	"errors"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stoke/model"
	"stoke/model/signal"
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

func syncedOf(r Synced) syncedJSON {
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
		if s.Sync == nil {
			return model.Errorf(model.BadConfig, "The config has no account to sync. `stoke setup` says how to add one.")
		}
		all := []syncedJSON{}
		var first error
		err := s.Sync(ctx, watch, func(r Synced) {
			if first == nil {
				first = r.Err
			}
			switch {
			case c.flags.JSON && watch:
				c.print(syncedOf(r))
			case c.flags.JSON:
				all = append(all, syncedOf(r))
			default:
				c.writeSynced(r)
			}
			if r.Err != nil {
				c.grumble(r.Err)
			}
		})
		if watch && ctx.Err() != nil && errors.Is(err, context.Canceled) {
			return nil // it was ended, as it should be
		}
		if c.flags.JSON && !watch {
			c.print(all)
		}
		switch {
		case err != nil && c.flags.JSON && !watch: // the one document is out already
			c.grumble(err)
			return &exit{exitOf(err)}
		case err != nil:
			return err
		case first != nil && !watch:
			return &exit{exitOf(first)}
		}
		return nil
	})
	return cmd
}

func (c *command) writeSynced(r Synced) {
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
		j := importJSON{Source: args[0], Rows: done.Rows, New: done.New, Updated: done.Updated, Duplicates: done.Duplicates,
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

func (c *command) writeImport(done Imported, dry bool) {
	if dry {
		c.say("Nothing was written. It would be:")
	}
	c.say("%d rows: %d new, %d updated, %d more than once, %d skipped.", done.Rows, done.New, done.Updated, done.Duplicates, len(done.Skipped))
	const shown = 20
	for i, r := range done.Skipped {
		if i == shown {
			c.say("  and %d more; --json lists them all.", len(done.Skipped)-shown)
			break
		}
		c.say("  row %d: %s", r.Row, r.Reason)
	}
}

type verdictJSON struct {
	File              string     `json:"file"`
	Kind              string     `json:"kind"`
	Severity          *string    `json:"severity"`
	Recipients        []string   `json:"recipients"`
	OriginalMessageID string     `json:"original_message_id"`
	ReturnDate        *string    `json:"return_date"`
	Text              string     `json:"text"`
	AsksQuestion      bool       `json:"asks_question"`
	Dates             []dateJSON `json:"dates"`
	Reason            string     `json:"reason"`
}

type dateJSON struct {
	At       string `json:"at"`
	Words    string `json:"words"`
	Sentence string `json:"sentence"`
}

func verdictOf(file string, v signal.Verdict) verdictJSON {
	j := verdictJSON{File: file, Kind: string(v.Kind), Recipients: list(v.Recipients), OriginalMessageID: v.OriginalMessageID, Text: v.Text,
		AsksQuestion: v.AsksQuestion, Dates: []dateJSON{}, Reason: v.Reason}
	if v.Severity != "" {
		s := string(v.Severity)
		j.Severity = &s
	}
	if !v.ReturnDate.IsZero() {
		at := v.ReturnDate.Format(time.RFC3339)
		j.ReturnDate = &at
	}
	for _, d := range v.Dates {
		j.Dates = append(j.Dates, dateJSON{d.At.Format(time.RFC3339), d.Words, d.Sentence})
	}
	return j
}

func (c *command) explain() *cobra.Command {
	return &cobra.Command{Use: "explain FILE…", Short: "What a mail is: a person's words, a bounce, an automatic answer", Args: between(1, -1, "FILE…"),
		RunE: func(cmd *cobra.Command, files []string) error {
			code := ExitDone
			for _, file := range files {
				if err := cmd.Context().Err(); err != nil {
					return err
				}
				if err := c.explainOne(file); err != nil {
					c.grumble(err)
					if c.flags.JSON {
						c.print(struct {
							File  string    `json:"file"`
							Error errorJSON `json:"error"`
						}{file, errorOf(err)})
					}
					code = exitOf(err)
				}
			}
			if code != ExitDone {
				return &exit{code}
			}
			return nil
		}}
}

func (c *command) explainOne(file string) error {
	raw, err := c.readFile(file, largestMail)
	if err != nil {
		return err
	}
	v, err := c.app.Explain(raw)
	if err != nil {
		return err
	}
	if c.flags.JSON {
		c.print(verdictOf(file, v))
		return nil
	}
	c.say("%s: %s. %s", file, strings.ReplaceAll(string(v.Kind), "_", " "), v.Reason)
	if v.Severity != "" {
		c.say("  %s: %s", v.Severity, strings.Join(v.Recipients, ", "))
	}
	if !v.ReturnDate.IsZero() {
		c.say("  back on %s", v.ReturnDate.Format("Mon 2 Jan 2006"))
	}
	c.block("  ", v.Text)
	return nil
}
