package mail

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"

	"stoke/mail/mailtest"
	"stoke/model"
)

// lettered is a machine with a database on disk that reads a mailbox, after the first mail to Dana has gone out.
type lettered struct {
	*crossing
	server *mailtest.Server
	sent   string // the Message-ID of what went out
}

func newLettered(t *testing.T) *lettered {
	t.Helper()
	c, s := newServed(t, false)
	l := &lettered{crossing: c, server: s}
	l.syncs()
	m := l.row()
	if m.State != model.Sent {
		t.Fatalf("the first mail is %s", m.State)
	}
	l.sent = m.MessageID
	return l
}

// syncs lets a process look into the mailboxes, and gives what it reported.
func (l *lettered) syncs() model.Synced {
	l.t.Helper()
	return l.report(l.t.Context(), l.open(), (&net.Dialer{}).DialContext, "sync")
}

// answer is a mail from Dana to what went out. With an empty id it has no Message-ID.
func (l *lettered) answer(id, more string) []byte {
	if id != "" {
		id = "Message-ID: <" + id + ">\r\n"
	}
	return fmt.Appendf(nil, "From: Dana <%s>\r\nTo: <%s>\r\nSubject: Re: The slots you asked for\r\nDate: Wed, 4 Nov 2026 09:31:00 +0000\r\n%sIn-Reply-To: <%s>\r\n%s\r\nTuesday at ten is fine.\r\n", prospect, rep, id, l.sent, more)
}

func (l *lettered) arrives(mailbox string, raw []byte) {
	l.t.Helper()
	if err := l.server.Deliver(rep, mailbox, raw); err != nil {
		l.t.Fatal(err)
	}
}

// replies are the answers of people that Dana's thread shows.
func (l *lettered) replies() (n int) {
	l.t.Helper()
	d, err := l.open().Open(l.t.Context(), l.row().Contact)
	if err != nil {
		l.t.Fatal(err)
	}
	for _, i := range d.Interactions {
		if i.Kind == model.Mail && i.Direction == model.In {
			n++
		}
	}
	return n
}

func (l *lettered) wants(replies int, when string) {
	l.t.Helper()
	if n := l.replies(); n != replies {
		l.t.Errorf("%s: %d answers, want %d", when, n, replies)
	}
}

// What reading a mailbox must keep to, each with the tests that show it, and what those leave open here, on a database on
// disk.
func TestInvariantsOfSync(t *testing.T) {
	for _, tc := range []struct {
		invariant string
		shown     []string // path:test
		here      func(l *lettered)
	}{
		{"S1 identity is (account, mailbox, UIDVALIDITY, UID); a message is matched by Message-ID + date + size + header hash.",
			[]string{"../store/receive_test.go:TestAMailCountsOnce"}, func(l *lettered) {
				l.arrives("INBOX", l.answer("a@prospect.example", ""))
				l.arrives("INBOX", l.answer("", "X-One: 1\r\n"))
				l.syncs()
				l.wants(2, "one with an id, one without")
				l.arrives("Archive", l.answer("a@prospect.example", ""))
				l.arrives("Archive", l.answer("", "X-One: 1\r\n"))
				l.syncs()
				l.wants(2, "the same in another folder")
				l.arrives("Archive", l.answer("", "X-Two: 2\r\n"))
				l.syncs()
				l.wants(3, "another one without an id")
			}},
		{"S2 a UIDVALIDITY change re-scans and fires no event twice.", []string{"catchup_test.go:TestARenumberedMailboxHappensOnce"}, func(l *lettered) {
			l.arrives("INBOX", l.answer("a@prospect.example", ""))
			l.syncs()
			if err := l.server.NewUIDValidity(rep, "INBOX"); err != nil {
				l.t.Fatal(err)
			}
			l.arrives("INBOX", l.answer("b@prospect.example", ""))
			if r := l.syncs(); r.Err != nil || r.Replies != 1 {
				l.t.Errorf("after the renumbering: %+v", r)
			}
			l.wants(2, "after the renumbering")
		}},
		{"S3 a crash between fetch and commit resumes; events are idempotent.", []string{"catchup_test.go:TestTheFirstSyncIsBoundedAndResumes"}, func(l *lettered) {
			for i, point := range []string{"before Receive", "after Receive"} {
				l.arrives("INBOX", l.answer(fmt.Sprintf("%d@prospect.example", i), ""))
				l.dies(newVictim(), point, "dies "+point)
				l.syncs()
				l.wants(i+1, "dead "+point)
				if r := l.syncs(); r.Replies != 0 {
					l.t.Errorf("told again: %+v", r)
				}
			}
		}},
		{"S4 expunge or move of a reply does not undo \"replied\".", nil, func(l *lettered) {
			l.arrives("INBOX", l.answer("a@prospect.example", ""))
			l.syncs()
			l.wants(1, "before")
			if err := l.server.Expunge(rep, "INBOX", 1); err != nil {
				l.t.Fatal(err)
			}
			l.arrives("Archive", l.answer("a@prospect.example", ""))
			if r := l.syncs(); r.Err != nil || r.Replies != 0 {
				l.t.Errorf("moved: %+v", r)
			}
			l.wants(1, "moved")
		}},
		{"S5 Gmail labels and All Mail: one message, one event; a reply that landed in Junk or Archive is still a reply.",
			[]string{"catchup_test.go:TestAReplyInJunkOrTheArchiveIsAReply", "drafts_test.go:TestADraftInTheArchiveWasNotSent"}, func(l *lettered) {
				for _, box := range []string{"INBOX", "Archive", "Junk"} {
					l.arrives(box, l.answer("a@prospect.example", ""))
				}
				if r := l.syncs(); r.Err != nil || r.Replies != 1 {
					l.t.Errorf("one message in three folders: %+v", r)
				}
				l.wants(1, "one message in three folders")
			}},
		{"S6 threads by References, In-Reply-To, alias table for rewritten ids, then (address + normalised subject, 30 days) marked guessed; a colleague in our thread counts.",
			[]string{"../store/receive_test.go:TestAnswersToARewrittenIdAreOurs", "../store/colleague_test.go:TestAnotherContactAnswersInTheThread",
				"../model/guess_test.go:TestAMailThatNamesNoneIsPutIntoItsThreadByItsSubject", "../model/guess_test.go:TestAnOldMailKeepsWhatItAnswers"}, func(l *lettered) {
				raw := strings.Replace(string(l.answer("a@elsewhere.example", "")), prospect, "boss@elsewhere.example", 1)
				l.arrives("INBOX", []byte(strings.Replace(raw, "In-Reply-To: ", "References: <x@y.example> ", 1)))
				l.syncs()
				l.wants(1, "an unknown colleague, by References alone")
			}},
		{"S7 time is the server's INTERNALDATE bounded to now + 1 day; where its reply cannot be parsed the top Received date.",
			[]string{"catchup_test.go:TestTimeIsBounded", "catchup_test.go:TestADateNobodyCanRead"}, nil},
		{"S8 folders by SPECIAL-USE, then name; localised, renamed, gone: ask, never create.", []string{"imap_test.go:TestRolesOfMailboxes"}, func(l *lettered) {
			l.syncs()
			if heard := strings.ToUpper(strings.Join(l.imap.Heard(), "\n")); strings.Contains(heard, "CREATE") || strings.Contains(heard, "SUBSCRIBE") {
				l.t.Errorf("said %s", heard)
			}
		}},
		{"S9 BODY.PEEK[HEADER] first, then for matched mails the first 256 KB of BODY.PEEK[], attachments never fetched whole.",
			[]string{"catchup_test.go:TestALiteralWithoutEnd", "imap_test.go:TestSessionReadsWithoutLeavingATrace"}, nil},
		{"S10 a hostile or silent server: limits on literals, nesting, lines, untagged data; own read deadlines.",
			[]string{"hostile_test.go:TestHostileServers", "hostile_test.go:TestAServerThatDripsIsGivenUp", "imap_test.go:TestSessionFaults"}, nil},
		{"S11 IDLE renewed before 29 minutes, dead peer found within 90 s of wake.",
			[]string{"imap_test.go:TestIdle", "catchup_test.go:TestAWakingMachineReadsAnew", "feed_test.go:TestWatchingKeepsItsConnectionAndReportsEachLook",
				"listen_test.go:TestADeafListenerIsFoundAfterASleep", "listen_test.go:TestAListenerThatBreaksIsReplaced"}, func(l *lettered) {
				if d := (Limits{}).withDefaults(); d.Idle >= 10*60e9 || clockTick+clockJump+d.Command > 90e9 {
					l.t.Errorf("an IDLE lasts %v, a sleep and a dead peer are found after %v", d.Idle, clockTick+clockJump+d.Command)
				}
			}},
		{"S12 read-only: EXAMINE and BODY.PEEK; stoke never sets \\Seen and never deletes.", nil, func(l *lettered) {
			l.arrives("INBOX", l.answer("a@prospect.example", ""))
			l.syncs()
			l.wants(1, "read")
			stored, err := l.server.Stored(rep, "INBOX")
			if err != nil || len(stored) != 1 {
				l.t.Fatal(stored, err)
			}
			for _, flag := range stored[0].Flags {
				if flag == imap.FlagSeen || flag == imap.FlagDeleted {
					l.t.Errorf("the mail became %s", flag)
				}
			}
			for _, line := range l.imap.Heard() {
				for _, word := range strings.Fields(strings.ToUpper(line)) {
					switch word {
					case "SELECT", "STORE", "EXPUNGE", "CLOSE", "DELETE", "RENAME", "MOVE", "COPY":
						l.t.Errorf("said %q", line)
					}
				}
			}
		}},
		{"S13 own mail, own auto-replies, lists and forwards are not replies.",
			[]string{"../store/late_test.go:TestTheRepsOtherAccountIsNotTheContact", "../model/surprise_test.go:TestTheRepsOwnAutoReplyIsNoTouch", "../model/guess_test.go:TestAMailThatIsPassedOnIsNoReply"}, func(l *lettered) {
				own := strings.Replace(string(l.answer("own@stoke.example", "")), "From: Dana <"+prospect+">", "From: Ines <"+rep+">", 1)
				l.arrives("INBOX", []byte(own))
				if r := l.syncs(); r.Err != nil || r.Replies != 0 {
					l.t.Errorf("own mail: %+v", r)
				}
				l.arrives("INBOX", l.answer("away@prospect.example", "Auto-Submitted: auto-replied\r\n"))
				if r := l.syncs(); r.Err != nil || r.Replies != 0 {
					l.t.Errorf("a robot: %+v", r)
				}
				l.arrives("INBOX", l.answer("list@prospect.example", "List-Id: <docks.lists.example>\r\nPrecedence: list\r\n"))
				if r := l.syncs(); r.Err != nil || r.Replies != 0 {
					l.t.Errorf("a list: %+v", r)
				}
				passed := fmt.Sprintf("From: Dana <%s>\r\nTo: boss@prospect.example\r\nCc: %s\r\nSubject: Fwd: The slots you asked for\r\nMessage-ID: <fwd@prospect.example>\r\nReferences: <%s>\r\n\r\n---------- Forwarded message ---------\r\nFrom: Ines <%s>\r\nSubject: The slots you asked for\r\nTo: Dana <%s>\r\n\r\nWhich slot suits you?\r\n", prospect, rep, l.sent, rep, prospect)
				l.arrives("INBOX", []byte(passed))
				if r := l.syncs(); r.Err != nil || r.Replies != 0 || r.Matched != 1 {
					l.t.Errorf("a forward: %+v", r)
				}
				l.wants(0, "own mail, robots, lists and forwards")
			}},
		{"S14 first sync of 100,000 mails is bounded, resumable and shows progress.",
			[]string{"catchup_test.go:TestTheFirstSyncIsBoundedAndResumes", "history_test.go:TestAnOldMailboxIsReadFromItsEnd", "../ui/story/sync_bench_test.go:BenchmarkFirstSyncFromDovecot",
				"../ui/story/firstsync_test.go:TestAFirstSyncFromDovecotThatIsKilledGoesOn", "../ui/story/firstsync_test.go:TestTheFirstSyncKeepsNobodyWaiting"}, nil},
		{"S15 suppression survives re-import.", []string{"../store/people_test.go:TestSuppressionOutlivesItsContact"}, nil},
	} {
		name, _, _ := strings.Cut(tc.invariant, " ")
		t.Run(name, func(t *testing.T) {
			for _, shown := range tc.shown {
				file, test, _ := strings.Cut(shown, ":")
				source, err := os.ReadFile(filepath.FromSlash(file))
				if err != nil || !strings.Contains(string(source), "func "+test+"(") {
					t.Errorf("%s\nis said to be shown by %s, which is not there (%v)", tc.invariant, shown, err)
				}
			}
			if tc.here != nil {
				tc.here(newLettered(t))
			} else if len(tc.shown) == 0 {
				t.Errorf("nothing shows: %s", tc.invariant)
			}
		})
	}
}
