package cli

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stoke/model"
	"stoke/model/schedule"
)

type outgoingJSON struct {
	ID        int64    `json:"id"`
	Account   string   `json:"account"`
	Contact   int64    `json:"contact"`
	To        []string `json:"to"`
	Subject   string   `json:"subject"`
	State     string   `json:"state"`
	MessageID string   `json:"message_id"`
	Attempts  int      `json:"attempts"`
	SendAfter *string  `json:"send_after"`
	NextAt    *string  `json:"next_at"`
	Reply     string   `json:"reply"`
	Error     string   `json:"error"`
}

// letterJSON is one mail whole.
type letterJSON struct {
	outgoingJSON
	From       string     `json:"from"`
	Cc         []string   `json:"cc"`
	Text       string     `json:"text"`
	InReplyTo  string     `json:"in_reply_to"`
	References []string   `json:"references"`
	Date       *string    `json:"date"`
	DotAt      *string    `json:"dot_at"`
	Settled    *string    `json:"settled"`
	Template   string     `json:"template"` // that the text was made from
	Says       string     `json:"says"`
	Files      []fileJSON `json:"files"`
}

func (c *command) outgoingOf(o model.Outgoing) outgoingJSON {
	j := outgoingJSON{ID: o.ID, Account: o.Account, Contact: o.Contact, To: addresses(o.To), Subject: o.Subject, State: string(o.State),
		MessageID: o.MessageID, Attempts: o.Attempts, SendAfter: c.stamp(o.SendAfter), Reply: o.Reply, Error: o.Error}
	if o.State.Owed() {
		j.NextAt = c.stamp(o.NextAt)
	}
	return j
}

func (c *command) letterOf(o model.Outgoing) letterJSON {
	return letterJSON{outgoingJSON: c.outgoingOf(o), From: o.From.Addr, Cc: addresses(o.Cc), Text: o.Text, InReplyTo: o.InReplyTo,
		References: list(o.References), Date: c.stamp(o.Date), DotAt: c.stamp(o.DotAt), Settled: c.stamp(o.Settled), Template: o.Template, Says: c.line(o),
		Files: c.filesOf(o.Attachments)}
}

func (c *command) line(o model.Outgoing) string {
	now := c.clock()
	return o.Line(func(t time.Time) string { return schedule.Say(t.In(now.Location()), now) })
}

func (c *command) outbox() *cobra.Command {
	cmd := &cobra.Command{Use: "outbox", Short: "Mail on its way, in doubt, failed, and sent lately", Args: noArgs, RunE: c.desk(c.outboxList)}
	cmd.AddCommand(
		&cobra.Command{Use: "list", Short: "All of it, newest first", RunE: c.desk(c.outboxList)},
		&cobra.Command{Use: "show ID", Short: "One mail whole", Args: between(1, 1, "ID"), RunE: c.desk(c.outboxShow)},
		&cobra.Command{Use: "cancel ID", Short: "Do not send it; its text is a draft again", Args: between(1, 1, "ID"),
			RunE: c.judging(func(o model.Outgoing) (model.Turn, error) { return back(o), nil })},
		&cobra.Command{Use: "edit ID", Short: "Do not send it yet: show its draft, to send it again", Args: between(1, 1, "ID"), RunE: c.desk(c.outboxEdit)},
		&cobra.Command{Use: "retry ID", Short: "Send again what has failed", Args: between(1, 1, "ID"),
			RunE: c.judging(func(o model.Outgoing) (model.Turn, error) {
				return model.TurnAgain, doubtful(o)
			})},
		&cobra.Command{Use: "resolve ID sent|drop|again", Short: "Decide about a mail that may have gone out", Args: between(2, 2, "ID sent|drop|again"),
			RunE: func(cmd *cobra.Command, args []string) error {
				turn := model.Turn(args[1])
				switch turn {
				case model.TurnSaysSent, model.TurnDrop, model.TurnAgain:
					return c.judging(func(model.Outgoing) (model.Turn, error) { return turn, nil })(cmd, args[:1])
				}
				return usagef("%q is no decision. Say sent (it went out), drop (forget it) or again (send it again).", args[1])
			}},
	)
	return cmd
}

func (c *command) outboxList(ctx context.Context, s *Session, _ []string) error {
	mails, err := s.Desk.Outbox(ctx, 100)
	if err != nil {
		return err
	}
	all, rows := []outgoingJSON{}, [][]string{}
	for _, o := range mails {
		all = append(all, c.outgoingOf(o))
		rows = append(rows, []string{strconv.FormatInt(o.ID, 10), string(o.State), strings.Join(addresses(o.To), ", "), o.Subject, c.line(o)})
	}
	if c.flags.JSON {
		c.print(all)
		return nil
	}
	if len(rows) == 0 {
		c.say("The outbox is empty.")
	}
	c.table(rows)
	return nil
}

func (c *command) outboxShow(ctx context.Context, s *Session, args []string) error {
	id, err := number(args[0])
	if err != nil {
		return err
	}
	o, err := s.Desk.Outgoing(ctx, id)
	if err != nil {
		return err
	}
	c.tellMail(o, true)
	return nil
}

// back is the turn that makes a mail a draft again.
func back(o model.Outgoing) model.Turn {
	if o.State == model.Queued {
		return model.TurnUndo
	}
	return model.TurnDrop
}

// doubtful refuses a mail that may have gone out.
func doubtful(o model.Outgoing) error {
	if o.State == model.AskRep || o.State == model.Uncertain {
		return model.Errorf(model.Conflict, "That mail may have gone out. Look whether it did, then: stoke outbox resolve %d sent|drop|again", o.ID)
	}
	return nil
}

// outboxEdit takes a mail back and shows its text, which is a draft again.
func (c *command) outboxEdit(ctx context.Context, s *Session, args []string) error {
	id, err := number(args[0])
	if err != nil {
		return err
	}
	o, err := s.Desk.Outgoing(ctx, id)
	if err == nil {
		err = doubtful(o)
	}
	if err == nil {
		_, err = s.Desk.Judge(ctx, id, back(o))
	}
	if err != nil {
		return err
	}
	d, err := s.Desk.Open(ctx, o.Contact)
	if err != nil {
		return err
	}
	if d.Draft == nil {
		return model.Errorf(model.Conflict, "The mail is taken back, and left no draft. Its text: stoke outbox show %d", id)
	}
	c.tellDraft(*d.Draft, &d)
	if !c.flags.JSON {
		c.say("")
		c.say("It is a draft again. stoke send %d --body-file FILE sends it with another text.", o.Contact)
	}
	return nil
}

// judging makes a command that decides about one mail.
func (c *command) judging(of func(model.Outgoing) (model.Turn, error)) func(*cobra.Command, []string) error {
	return c.desk(func(ctx context.Context, s *Session, args []string) error {
		id, err := number(args[0])
		if err != nil {
			return err
		}
		o, err := s.Desk.Outgoing(ctx, id)
		if err != nil {
			return err
		}
		turn, err := of(o)
		if err != nil {
			return err
		}
		if o, err = s.Desk.Judge(ctx, id, turn); err != nil {
			return err
		}
		c.tellMail(o, false)
		return nil
	})
}

func (c *command) tellMail(o model.Outgoing, whole bool) {
	if c.flags.JSON {
		c.print(c.letterOf(o))
		return
	}
	c.say("%d to %s: %s", o.ID, people(o.To), c.line(o))
	if o.Reply != "" {
		c.say("The server said: %s", o.Reply)
	}
	if whole {
		c.say("Subject: %s", o.Subject)
		c.sayFiles(o.Attachments)
		c.block("  ", o.Text)
	}
}
