package mail

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// header is the head of one mail in the open mailbox.
type header struct {
	uid     uint32
	arrived time.Time // INTERNALDATE; zero where it was not asked for or not given
	size    int64     // RFC822.SIZE
	draft   bool      // \Draft: it was never sent, though it may lie beside what was
	raw     []byte    // the header's octets as stored, at most limits.HeaderSize
}

// uidsSince lists the mails that arrived on or after a day, in ascending order. Where the server
// will not search, it lists all: too much is safe, too little is not.
func (s *session) uidsSince(ctx context.Context, day time.Time) ([]uint32, error) {
	var uids []uint32
	err := s.ask(ctx, "search the mailbox", imapBudget+12<<20, func() error {
		d, err := s.client.UIDSearch(&imap.SearchCriteria{Since: day}, nil).Wait()
		if err != nil {
			return err
		}
		uids, err = numbersOf(d.All)
		return err
	})
	if _, said := errors.AsType[*imap.Error](err); said {
		return s.uidsFrom(ctx, 1)
	}
	slices.Sort(uids)
	return slices.Compact(uids), err
}

// maxFound bounds what a SEARCH may find. A server can claim four billion mails in twelve octets.
const maxFound = 2 << 20

// numbersOf lists the UIDs of a set.
func numbersOf(set imap.NumSet) (uids []uint32, err error) {
	ranges, _ := set.(imap.UIDSet)
	for _, r := range ranges {
		if r.Start == 0 || r.Stop < r.Start || int64(r.Stop-r.Start)+int64(len(uids)) >= maxFound {
			return nil, errors.New("a SEARCH found more mails than a mailbox holds")
		}
		for uid := r.Start; ; uid++ {
			uids = append(uids, uint32(uid))
			if uid == r.Stop {
				break
			}
		}
	}
	return uids, nil
}

// stillThere tells which of the mails exist, by a FETCH of their UIDs alone.
func (s *session) stillThere(ctx context.Context, uids []uint32) (there []uint32, err error) {
	var set imap.UIDSet
	for _, uid := range uids {
		set.AddNum(imap.UID(uid))
	}
	err = s.ask(ctx, "list its mails", imapBudget+int64(len(uids))*256, func() error {
		cmd := s.client.Fetch(set, &imap.FetchOptions{UID: true})
		for m := cmd.Next(); m != nil; m = cmd.Next() {
			for item := m.Next(); item != nil; item = m.Next() {
				if uid, ok := item.(imapclient.FetchItemDataUID); ok {
					there = append(there, uint32(uid.UID))
				}
			}
		}
		return cmd.Close()
	})
	slices.Sort(there)
	return slices.Compact(there), err
}

// newest lists the last mails of the open mailbox, at most so many, ascending.
func (s *session) newest(ctx context.Context, box mailbox, most int) ([]uint32, error) {
	first := max(int(box.count)-most, 0) + 1
	return s.numbers(ctx, imap.SeqSet{imap.SeqRange{Start: uint32(first)}}, 1) // Stop 0 is "*"
}

// uidsFrom lists the mails with at least this UID, ascending, found by a FETCH of UIDs alone:
// SEARCH is not reliable on every server. The server's "*" always names the last mail, also when it
// is older; those are dropped here.
func (s *session) uidsFrom(ctx context.Context, first uint32) ([]uint32, error) {
	return s.numbers(ctx, imap.UIDSet{imap.UIDRange{Start: imap.UID(first)}}, first) // Stop 0 is "*"
}

// numbers lists the UIDs of a set, from a first one on, ascending.
func (s *session) numbers(ctx context.Context, set imap.NumSet, first uint32) ([]uint32, error) {
	var uids []uint32
	err := s.ask(ctx, "list new mails", imapBudget+64<<20, func() error {
		cmd := s.client.Fetch(set, &imap.FetchOptions{UID: true})
		for m := cmd.Next(); m != nil; m = cmd.Next() {
			for item := m.Next(); item != nil; item = m.Next() {
				if uid, ok := item.(imapclient.FetchItemDataUID); ok && uint32(uid.UID) >= first {
					uids = append(uids, uint32(uid.UID))
				}
			}
		}
		return cmd.Close()
	})
	slices.Sort(uids)
	return slices.Compact(uids), err
}

// wanted is what one FETCH asks for. got runs for each mail as it arrives, in the server's order, also when the rest then
// fails.
type wanted struct {
	uids []uint32
	opts imap.FetchOptions
	most int64 // octets of a literal
	got  func(header)
}

// headers asks for the heads of mails, each with one BODY.PEEK[HEADER]. Without dated, INTERNALDATE is not asked for: a date
// that go-imap cannot parse costs the connection.
func (s *session) headers(uids []uint32, dated bool, got func(header)) wanted {
	section := &imap.FetchItemBodySection{Specifier: imap.PartSpecifierHeader, Peek: true, Partial: &imap.SectionPartial{Size: s.limits.HeaderSize}}
	opts := imap.FetchOptions{UID: true, Flags: true, RFC822Size: true, InternalDate: dated, BodySection: []*imap.FetchItemBodySection{section}}
	return wanted{uids, opts, s.limits.HeaderSize, got}
}

// texts asks for the beginning of mails, so many octets of each: header, text and the start of what is attached.
func (s *session) texts(uids []uint32, most int64, got func(uid uint32, raw []byte)) wanted {
	section := &imap.FetchItemBodySection{Peek: true, Partial: &imap.SectionPartial{Size: most}}
	opts := imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}}
	return wanted{uids, opts, most, func(h header) { got(h.uid, h.raw) }}
}

// fetch asks for everything at once and reads what comes, so that the server need not wait for us in between. No mail may be
// in two of them: an answer names its mail and not the command.
func (s *session) fetch(ctx context.Context, all ...wanted) error {
	all = slices.DeleteFunc(all, func(w wanted) bool { return len(w.uids) == 0 })
	budget := int64(imapBudget)
	for _, w := range all {
		budget += int64(len(w.uids)) * (w.most + 4096)
	}
	if len(all) == 0 {
		return nil
	}
	return s.ask(ctx, "give its mails", budget, func() error {
		errs := make([]error, len(all))
		var panics failures
		var reading sync.WaitGroup // side by side, because a server may answer the second before the first is through
		for i, w := range all {
			var set imap.UIDSet
			for _, uid := range w.uids {
				set.AddNum(imap.UID(uid))
			}
			cmd := s.client.Fetch(set, &w.opts)
			reading.Go(func() {
				defer panics.recover("reading of a mail of "+s.server.host, func() {
					s.link.Close()
					cmd.Close() // or the reader of the library waits for ever for somebody to take the rest
				})
				errs[i] = s.read(cmd, w)
			})
		}
		reading.Wait()
		if err := panics.err(); err != nil {
			panic(err)
		}
		return errors.Join(errs...)
	})
}

// read takes in what one FETCH gives.
func (s *session) read(cmd *imapclient.FetchCommand, w wanted) error {
	for m := cmd.Next(); m != nil; m = cmd.Next() {
		h, whole, err := readHead(m.Next, w.most)
		switch {
		case errors.Is(err, errTooLong):
			s.link.Close() // the rest of the literal is not worth reading
			cmd.Close()
			return err
		case err != nil:
			// The library would read the literal once more while its reader goes on, so the
			// reader must be gone first; it is not long, the connection is broken.
			s.link.Close()
			<-s.client.Closed()
			cmd.Close()
			return err
		case whole && h.uid != 0:
			w.got(h)
		}
	}
	return cmd.Close()
}

// errTooLong marks a literal longer than what was asked for. As an answer it is unreadable.
var errTooLong = errors.New("a literal longer than asked for")

// readHead reads what FETCH gave of one mail. A literal that is longer than was asked for (errTooLong)
// or that broke off is an error; without any the mail is not whole.
func readHead(next func() imapclient.FetchItemData, most int64) (h header, whole bool, err error) {
	for item := next(); item != nil; item = next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			h.uid = uint32(item.UID)
		case imapclient.FetchItemDataInternalDate:
			h.arrived = item.Time
		case imapclient.FetchItemDataFlags:
			h.draft = slices.Contains(item.Flags, imap.FlagDraft)
		case imapclient.FetchItemDataRFC822Size:
			h.size = item.Size
		case imapclient.FetchItemDataBodySection:
			if item.Literal == nil {
				continue
			}
			if item.Literal.Size() > most {
				return h, false, errTooLong
			}
			text := bytes.NewBuffer(make([]byte, 0, item.Literal.Size()+bytes.MinRead)) // so that it need not grow
			_, err = text.ReadFrom(item.Literal)
			if h.raw = text.Bytes(); err == nil && int64(len(h.raw)) < item.Literal.Size() {
				err = io.ErrUnexpectedEOF
			}
			if err != nil {
				return h, false, err
			}
			whole = true
		}
	}
	return h, whole, nil
}
