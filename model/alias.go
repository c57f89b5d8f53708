package model

import (
	"slices"
	"strings"
)

// writesAs is the From of a mail from an account: the further address of it that the newest mail with the contact came to
// or left from, so that an answer comes from where it was asked; else the account's own.
func (b Rulebook) writesAs(d Dossier, account string, own Address) Address {
	aliases := b.Aliases[account]
	if len(aliases) == 0 {
		return own
	}
	used := own
	d.newest(func(i Interaction) bool {
		if i.Account != account {
			return false
		}
		ends := slices.Concat(i.To, i.Cc)
		if i.Direction == Out {
			ends = []Address{i.From}
		}
		at := slices.IndexFunc(ends, func(a Address) bool {
			return strings.EqualFold(a.Addr, own.Addr) || slices.ContainsFunc(aliases, func(alias string) bool { return strings.EqualFold(alias, a.Addr) })
		})
		if at >= 0 && !strings.EqualFold(ends[at].Addr, own.Addr) {
			used.Addr = strings.ToLower(ends[at].Addr)
		}
		return at >= 0
	})
	return used
}
