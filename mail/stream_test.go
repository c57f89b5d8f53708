package mail

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"stoke/mail/mailtest"
)

// Long texts are fetched and stored in parts, which leave the cursor where it is: whoever dies between two of them goes on
// from there, and nothing happens twice.
func TestLongTextsAreStoredInParts(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.patient()
	w.syncOnce()
	before := w.box.cursors["INBOX"]
	const mails = 24
	for n := range mails {
		deliver(t, w.server, "INBOX", append(from(prospect, n), strings.Repeat("A line of what they have to say about the docks.\r\n", 5200)...))
	}
	stored := 0
	w.box.breaks("Receive", func() error {
		if stored++; stored == 2 {
			return fmt.Errorf("disk full")
		}
		return nil
	})
	if rep := w.syncOnce(); rep.Err == nil {
		t.Fatal("a full disk was not told")
	}
	some := len(w.box.receivedIDs())
	if some == 0 || some == mails || w.box.cursors["INBOX"] != before {
		t.Fatalf("%d of %d mails are stored, the cursor is %+v", some, mails, w.box.cursors["INBOX"])
	}
	w.box.breaks("Receive", nil)
	if rep := w.syncOnce(); rep.Err != nil || rep.Replies != mails-some {
		t.Errorf("%+v, with %d before", rep, some)
	}
	ids := w.box.receivedIDs()
	slices.Sort(ids)
	if len(ids) != mails || len(slices.Compact(ids)) != mails {
		t.Errorf("%d mails, want each of %d once", len(ids), mails)
	}
	for _, c := range w.server.IMAP.Heard() {
		if _, set, ok := strings.Cut(c, "UID FETCH "); ok && strings.Contains(c, "BODY.PEEK[]") && strings.Count(set, ",") > textBatch {
			t.Errorf("asked for too much at once: %s", c)
		}
	}
}

// What fails or breaks in one stage of reading ends the others, too, and is told; nothing is left running (start looks).
func TestAFaultInAnyStageEndsTheSync(t *testing.T) {
	for _, stage := range []string{"Interesting", "Receive", "Cursor"} {
		for _, panics := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, panics: %v", stage, panics), func(t *testing.T) {
				w := newWorld(t, mailtest.Options{})
				w.patient()
				w.limits.Batch = 5
				for n := range 60 {
					deliver(t, w.server, "INBOX", from(prospect, n))
				}
				calls := 0
				w.box.breaks(stage, func() error {
					if calls++; calls < 4 {
						return nil
					}
					if panics {
						panic("a fault of ours")
					}
					return fmt.Errorf("disk full")
				})
				if rep := w.syncOnce(); rep.Err == nil || strings.Contains(rep.Err.Error(), "a fault of ours") {
					t.Errorf("it is told as %v", rep.Err)
				}
				w.box.breaks(stage, nil)
				if rep := w.syncOnce(); rep.Err != nil {
					t.Fatal(rep.Err)
				}
				if n := len(w.box.receivedIDs()); n != 60 {
					t.Errorf("%d of 60 mails", n)
				}
			})
		}
	}
}

// A slow disk is asked seldom: the first portion of an old mailbox is stored at once, and those that come soon after together.
func TestPortionsThatComeSoonAreStoredTogether(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.patient()
	w.limits.Batch, w.limits.Commit = 5, patience
	const mails = 200
	for n := range mails {
		deliver(t, w.server, "INBOX", from(prospect, n))
	}
	writes := 0
	w.box.breaks("Receive", func() error { writes++; return nil })
	if rep := w.syncOnce(); rep.Err != nil || rep.Replies != mails {
		t.Fatalf("%+v", rep)
	}
	if writes > 12 { // one a small mailbox, the newest, the first portion, the rest, and what ends the first look
		t.Errorf("%d mails of INBOX were stored in %d writes", mails, writes)
	}
	if c := w.box.cursors["INBOX"]; c.Below != 0 || c.UIDNext != mails+1 {
		t.Errorf("the cursor is %+v", c)
	}
}
