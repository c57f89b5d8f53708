package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stoke/model"
	"stoke/model/coach"
	"stoke/model/schedule"
	"stoke/model/text"
)

func (c *command) draft() *cobra.Command {
	var template string
	cmd := &cobra.Command{Use: "draft WHO", Short: "The draft of the next mail to somebody", Args: between(1, -1, "WHO [--template NAME]")}
	cmd.Flags().StringVar(&template, "template", "", "the template's `NAME` (default: the kept draft, else the best fitting template)")
	cmd.RunE = c.desk(func(ctx context.Context, s *Session, args []string) error {
		if err := c.knows(template); err != nil {
			return err
		}
		to, d, err := s.draft(ctx, strings.Join(args, " "), template)
		if err != nil {
			return err
		}
		c.tellDraft(d, &to)
		return nil
	})
	return cmd
}

// knows says what is wrong with a template that was named; "" names none.
func (c *command) knows(template string) error {
	if template == "" {
		return nil
	}
	_, err := c.settings.template(template)
	return err
}

// draft is the mail that would be sent: the draft as the rep left it, or a fresh one.
func (s *Session) draft(ctx context.Context, who, template string) (model.Dossier, model.Draft, error) {
	d, err := s.dossier(ctx, who)
	if err != nil {
		return d, model.Draft{}, err
	}
	if d.Draft != nil && template == "" {
		return d, *d.Draft, nil
	}
	draft, err := s.Desk.Compose(ctx, d.Contact.ID, template)
	return d, draft, err
}

// writeDraft shows a draft as it would leave, and what the coach says to it where the contact is known.
func (c *command) writeDraft(to *model.Dossier, d model.Draft) {
	c.say("To: %s", people(d.To))
	if len(d.Cc) > 0 {
		c.say("Cc: %s", people(d.Cc))
	}
	c.say("Subject: %s", d.Subject)
	c.sayFiles(d.Attachments)
	fmt.Fprintln(c.app.Out)
	c.block("", d.Body)
	if blanks := d.Blanks(); len(blanks) > 0 {
		fmt.Fprintln(c.app.Out)
		c.say("Blanks to fill: %s", strings.Join(blanks, ", "))
	}
	if to == nil {
		return
	}
	if r := c.aims().Judge(to.Coached(d)); r.Note != "" || len(r.Hints) > 0 && r.Hints[0].Level != coach.Good {
		fmt.Fprintln(c.app.Out)
		c.writeHints(d.Subject, d.Body, r, false)
	}
}

func people(all []model.Address) string {
	var each []string
	for _, a := range all {
		each = append(each, a.String())
	}
	return strings.Join(each, ", ")
}

// sending is what the flags of send say.
type sending struct {
	template, subject, bodyFile, at string
	files                           []string // paths
	yes, dry, force                 bool
}

type sentJSON struct {
	OutboxID  *int64     `json:"outbox_id"`
	State     string     `json:"state"`
	MessageID *string    `json:"message_id"`
	SendAfter *string    `json:"send_after"`
	Change    *int64     `json:"change"`
	DryRun    bool       `json:"dry_run"`
	Draft     *draftJSON `json:"draft,omitempty"`
	// What was written where the template has blanks, and could be kept with `edit`: by the name of the fact.
	Filled map[string]string `json:"filled,omitempty"`
}

func (c *command) send() *cobra.Command {
	var o sending
	cmd := &cobra.Command{Use: "send WHO", Short: "Send the next mail to somebody", Args: between(1, -1, "WHO [--template NAME] [--body-file F|-] [--attach F] [--yes]")}
	f := cmd.Flags()
	f.StringVar(&o.template, "template", "", "the template's `NAME`")
	f.StringVar(&o.subject, "subject", "", "another subject")
	f.StringVar(&o.bodyFile, "body-file", "", "read the text from `FILE`, - for the input; the subject stays")
	f.StringArrayVar(&o.files, "attach", nil, "a `FILE` that goes along, 25 MB in all; can be said several times")
	f.StringVar(&o.at, "at", "", "`WHEN` it leaves, or best: in their next good hour (default: after the undo window)")
	f.BoolVar(&o.yes, "yes", false, "do not ask")
	f.BoolVar(&o.dry, "dry-run", false, "only say whether it could be sent, and show it")
	f.BoolVar(&o.force, "force", false, "overrule the touch limit, an answer that you have read, a file that has changed")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if !o.yes && !o.dry && (!c.app.Terminal || c.flags.JSON) {
			return usagef("Nobody is there to ask. Add --yes to send, or --dry-run to see what would be sent.")
		}
		if o.bodyFile == "-" && !o.yes && !o.dry {
			return usagef("The text comes from the input, so nobody can be asked. Add --yes.")
		}
		given := cmd.Flags().Changed("subject")
		return c.desk(func(ctx context.Context, s *Session, args []string) error {
			return c.sendOne(ctx, s, strings.Join(args, " "), o, given)
		})(cmd, args)
	}
	return cmd
}

func (c *command) sendOne(ctx context.Context, s *Session, who string, o sending, subject bool) error {
	if err := c.knows(o.template); err != nil {
		return err
	}
	d, draft, err := s.draft(ctx, who, o.template)
	if err != nil {
		return err
	}
	if subject {
		draft.Subject, draft.Edited = text.Line(o.subject), true
	}
	if o.bodyFile != "" {
		body, err := c.readText(o.bodyFile)
		if err != nil {
			return err
		}
		draft.Body, draft.Edited = body, true
	}
	if err := s.attach(ctx, &draft, o.files); err != nil {
		return err
	}
	a := model.Approval{Draft: draft, Force: o.force, Single: true}
	if o.at != "" {
		if o.at == "best" {
			if at := s.Rulebook.Calendar.Best(c.clock(), d.Contact.Zone(c.clock().Location())); at.After(c.clock()) {
				a.At = at // else the good hour is now
			}
		} else if a.At, err = s.moment(o.at); err != nil {
			return err
		}
		if !a.At.IsZero() && !a.At.After(c.clock()) {
			return usagef("%s lies in the past. Leave --at out to send now.", schedule.Say(a.At.In(c.clock().Location()), c.clock()))
		}
	}
	if err := s.Desk.Gate(ctx, a); err != nil {
		return confirmable(err)
	}
	if o.dry {
		c.wouldSend(s, d, a)
		return nil
	}
	if !o.yes {
		c.writeDraft(&d, draft)
		if !c.asks("Send this to " + d.Contact.Called() + "?") {
			c.say("Nothing was sent.")
			return &exit{ExitFailed}
		}
	}
	change, out, err := s.Desk.Send(ctx, a)
	if err != nil {
		return confirmable(err)
	}
	if c.flags.JSON {
		c.print(sentJSON{OutboxID: &out.ID, State: string(out.State), MessageID: &out.MessageID, SendAfter: c.stamp(out.SendAfter), Change: &change.ID, Filled: change.Filled})
		return nil
	}
	c.say("%s.", change.Says)
	c.say("It leaves %s, by an open stoke or the next `stoke sync`. `stoke undo` takes it back until then.", c.saidAt(out))
	if keeps := fieldFlags(change.Filled); keeps != "" {
		c.say("To have what you filled in in the next draft, too: stoke edit %d%s", d.Contact.ID, keeps)
	}
	return nil
}

// fieldFlags are the flags that keep free fields, for a shell.
func fieldFlags(facts map[string]string) string {
	var flags strings.Builder
	for _, name := range slices.Sorted(maps.Keys(facts)) {
		if field, ok := strings.CutPrefix(name, "fields."); ok {
			flags.WriteString(" --field '" + strings.ReplaceAll(field+"="+facts[name], "'", `'\''`) + "'")
		}
	}
	return flags.String()
}

func (c *command) saidAt(o model.Outgoing) string {
	now := c.clock()
	if wait := o.SendAfter.Sub(now); wait < schedule.Morning/8 {
		return fmt.Sprintf("in %d s", max(0, int(wait.Seconds()+0.999)))
	}
	return schedule.Say(o.SendAfter.In(now.Location()), now)
}

func (c *command) wouldSend(s *Session, to model.Dossier, a model.Approval) {
	at := s.Rulebook.Letter(to, a, model.Envelope{}, c.clock()).SendAfter
	if c.flags.JSON {
		draft := c.draftOf(a.Draft, &to)
		c.print(sentJSON{State: string(model.Queued), SendAfter: c.stamp(at), DryRun: true, Draft: &draft})
		return
	}
	c.writeDraft(&to, a.Draft)
	fmt.Fprintln(c.app.Out)
	if !a.At.IsZero() {
		c.say("It would leave %s.", schedule.Say(at.In(c.clock().Location()), c.clock()))
	}
	c.say("This could be sent. Nothing was sent.")
}

// asks puts a question to the person at the terminal; only a plain yes is one.
func (c *command) asks(question string) bool {
	fmt.Fprint(c.app.Out, text.Line(question)+" [y/N] ")
	answer, err := bufio.NewReader(c.app.In).ReadString('\n')
	if err != nil && answer == "" {
		fmt.Fprintln(c.app.Out)
		return false
	}
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return true
	}
	return false
}

// largestText bounds the text of one mail.
const largestText = 1 << 20

// readText reads a text that the rep wrote.
func (c *command) readText(file string) (string, error) {
	raw, err := c.readFile(file, largestText)
	return strings.TrimRight(text.Clean(string(raw)), "\n") + "\n", err
}

// readFile reads a file that the rep names; - is the input.
func (c *command) readFile(file string, most int64) ([]byte, error) {
	from := c.app.In
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, model.Errorf(model.NotFound, "Could not read %s: %w.", file, bareCause(err))
		}
		defer f.Close()
		from = f
	}
	raw, err := io.ReadAll(io.LimitReader(from, most+1))
	switch {
	case err != nil:
		return nil, model.Errorf(model.NotFound, "Could not read %s: %w.", file, bareCause(err))
	case int64(len(raw)) > most:
		return nil, model.Errorf(model.Conflict, "%s is larger than %d MB.", file, most>>20)
	}
	return raw, nil
}
