package model

import (
	"slices"
	"strings"
)

// Everyone gives the recipients of an answer to all of the mail that a draft answers (RFC 5322 section 3.6.3): its writer,
// where they asked for it the address that answers go to, and behind them everybody else who got it. own are the rep's addresses,
// which are left out; nobody is named twice. An answer to the rep's own mail goes to whom that went to. The error says
// that nothing is known of who else got it.
func (d Dossier) Everyone(draft Draft, own []string) (to, cc []Address, err error) {
	answered, ok := d.newest(func(i Interaction) bool { return i.MessageID != "" && i.MessageID == draft.InReplyTo })
	if !ok {
		return nil, nil, Errorf(NotFound, "This draft answers no mail, so there is nobody to answer beside %s. Cc stands above the text.", d.Contact.Called())
	}
	if len(answered.To)+len(answered.Cc) == 0 {
		return nil, nil, Errorf(NotFound, "Who else got that mail is not known: stoke read it before it kept that. Cc stands above the text.")
	}
	seen := map[string]bool{}
	for _, a := range own {
		seen[strings.ToLower(a)] = true
	}
	take := func(lists ...[]Address) (all []Address) {
		for _, a := range slices.Concat(lists...) {
			a.Addr = strings.ToLower(a.Addr)
			if a.Addr == "" || seen[a.Addr] {
				continue
			}
			seen[a.Addr] = true
			all = append(all, a)
		}
		return all
	}
	switch {
	case answered.Direction == Out:
		to, cc = take(answered.To), take(answered.Cc)
	case len(answered.ReplyTo) > 0:
		to, cc = take(answered.ReplyTo), take(answered.To, answered.Cc)
	default:
		to, cc = take([]Address{answered.From}), take(answered.To, answered.Cc)
	}
	if len(to) == 0 {
		to, cc = cc, nil
	}
	if len(to) == 0 {
		to = draft.To
	}
	return to, cc, nil
}
