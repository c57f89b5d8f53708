package store

import (
	"database/sql"
	"slices"
	"strings"

	"stoke/model"
)

// known is what the database knows of the ids and addresses in a batch of mails, looked up for just those.
type known struct {
	byMessage map[string]int64 // Message-ID of a mail, theirs or ours, to its contact
	byAddress map[string]int64 // address to its contact; the rep's own are left out
	ours      map[string]int64 // Message-ID, alias or mark of a mail in the outbox to its id
	stored    map[string]bool  // Message-IDs and hashes of mails that are interactions already
	own       []string
}

// wanted collects what to look up.
type wanted struct {
	rules                         *model.Rulebook
	ids, marks, addresses, hashes []string
}

func (w *wanted) header(h model.Header) {
	w.ids = append(append(w.ids, h.MessageID, h.InReplyTo, h.OriginalID), h.References...)
	w.marks = append(w.marks, h.StokeID)
	if _, ok := w.rules.LeadRule(h); ok {
		w.hashes = append(w.hashes, h.LeadKey())
	}
	w.addresses = append(w.addresses, strings.ToLower(h.From.Addr))
	for _, a := range slices.Concat(h.To, h.Cc, h.ReplyTo) {
		w.addresses = append(w.addresses, strings.ToLower(a.Addr))
	}
}

func (w *wanted) mail(in model.Inbound) {
	w.header(in.Header)
	w.ids = append(w.ids, in.Verdict.OriginalMessageID)
	for _, a := range slices.Concat(in.Verdict.Recipients, in.Verdict.Meeting.Behalf) {
		w.addresses = append(w.addresses, strings.ToLower(a))
	}
	w.hashes = append(w.hashes, in.Hash)
}

func (t *tx) know(w wanted) (known, error) {
	k := known{byMessage: map[string]int64{}, byAddress: map[string]int64{}, ours: map[string]int64{}, stored: map[string]bool{}, own: t.o.OwnAddresses()}
	ours := func(id string, outgoing, contact int64) { k.ours[id], k.byMessage[id] = outgoing, contact }
	for _, look := range []struct {
		keys  []string
		query string
		found func(key string, id, contact int64)
	}{
		{w.ids, "SELECT message_id, id, contact FROM outgoing WHERE message_id IN ", ours},
		{w.marks, "SELECT stoke_id, id, contact FROM outgoing WHERE stoke_id IN ", ours},
		{w.ids, "SELECT alias.message_id, outgoing.id, outgoing.contact FROM alias JOIN outgoing ON outgoing.id = alias.outgoing WHERE alias.message_id IN ", ours},
		{w.ids, "SELECT message_id, id, contact FROM interaction WHERE message_id <> '' AND message_id IN ",
			func(id string, _, contact int64) { k.byMessage[id], k.stored[id] = contact, true }},
		{w.hashes, "SELECT hash, id, contact FROM interaction WHERE hash <> '' AND hash IN ",
			func(hash string, _, _ int64) { k.stored[hash] = true }},
		{w.addresses, "SELECT address, 0, contact FROM email WHERE address IN ", func(address string, _, contact int64) {
			if !slices.Contains(k.own, address) {
				k.byAddress[address] = contact
			}
		}},
	} {
		if err := t.lookUp(look.keys, look.query, look.found); err != nil {
			return k, err
		}
	}
	return k, nil
}

// lookUp asks for keys in portions of one size, so that few statements are parsed.
func (t *tx) lookUp(keys []string, query string, found func(string, int64, int64)) error {
	keys = slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return k == "" })
	slices.Sort(keys)
	keys = slices.Compact(keys)
	for portion := range slices.Chunk(keys, 250) {
		in, args := these(portion)
		err := t.each(query+in, args, func(rows *sql.Rows) error {
			var key string
			var id, contact int64
			err := rows.Scan(&key, &id, &contact)
			found(key, id, contact)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// mailOf is the mail of the outbox of which in is a copy; 0 when it is none.
func (k known) mailOf(h model.Header) int64 {
	for _, id := range []string{h.StokeID, h.MessageID, h.OriginalID} {
		if o := k.ours[id]; id != "" && o != 0 {
			return o
		}
	}
	return 0
}

// quoted are the mails of the outbox that in answers or reports on.
func (k known) quoted(in model.Inbound) []int64 {
	var all []int64
	for _, id := range append([]string{in.Verdict.OriginalMessageID, in.InReplyTo}, in.References...) {
		if o := k.ours[id]; o != 0 && !slices.Contains(all, o) {
			all = append(all, o)
		}
	}
	return all
}
