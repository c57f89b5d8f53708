package model

import (
	"fmt"
	"strings"
	"time"
)

// Script is what the rep has at hand for a call or a text: the number, and the words of a template for the channel.
type Script struct {
	Channel  string // "call" or "text"
	Template string // "" where no template fits
	Body     string // Markdown; blanks stay visible as in a draft
	Number   string // "" when none is known
	Why      string // "step 2 of sales is a call", or what speaks for one
	Asked    bool   // by a step of a sequence; false: it is a suggestion beside the mail
}

// channel is how a touch can be made: a call or a text needs a number, and becomes a mail where only an address is known.
func (c Contact) channel(t Touch) string {
	if c.Phone == "" && c.Email() != "" && t.Channel != "" {
		return "mail"
	}
	return t.Channel
}

// Script gives the script where the contact's next touch is a call or a text, and where a call is suggested instead of
// the next mail: an open deal of value or a thread gone stale, but never a fresh customer (DOMAIN.md, "Calls and texts").
func (b Rulebook) Script(d Dossier, now time.Time) (Script, bool) {
	f := d.Contact.FollowUp
	s := Script{Channel: d.Contact.channel(f.Next), Number: d.Contact.Phone, Asked: true}
	switch {
	case !f.Live(now):
		return Script{}, false
	case s.Channel == "call" || s.Channel == "text":
		s.Why = fmt.Sprintf("step %d of %s is a %s", f.Next.Step, f.Next.Sequence, s.Channel)
	default:
		s.Channel, s.Asked = "call", false
		if s.Why = b.callInstead(d, now); s.Why == "" {
			return Script{}, false
		}
	}
	t, named := b.Templates.Find(f.Next.Template)
	if !named || t.Channel != s.Channel {
		w := b.want(d, now)
		w.Channel = s.Channel
		t, _, named = b.Templates.Choose(w)
	}
	if named {
		if filled, err := t.Fill(b.vars(d, now)); err == nil {
			s.Template, s.Body = t.Key(), strings.TrimSpace(filled.Body)
		}
	}
	return s, true
}

// callInstead says what speaks for a call instead of the next mail, or "".
func (b Rulebook) callInstead(d Dossier, now time.Time) string {
	f, deal := d.Contact.FollowUp, d.Contact.Deal
	switch {
	case d.Contact.Phone == "", f.WarmUntil.After(now), f.Next.ReadyAt.After(now):
		return ""
	case f.Next.Kind != TouchStep && f.Next.Kind != TouchAlive && f.Next.Kind != TouchNext:
		return "" // they wait for an answer, or nothing was tried yet
	case f.Attempts >= b.Rules.CallAfter:
		return fmt.Sprintf("%d attempts went unanswered", f.Attempts)
	case deal.Open() && deal.Value >= int64(b.Rules.CallValue) && f.Attempts > 0:
		return "an open deal, last mail unanswered"
	}
	return ""
}
