package mail

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"stoke/mail/mailtest"
	"stoke/model"
)

// The rep puts yesterday's backup back, in which a mail still waits that left since: it does not go out again, because
// its copy lies in Sent.
func TestARestoredDatabaseSendsNothingTwice(t *testing.T) {
	for _, saves := range []bool{true, false} {
		for _, age := range []time.Duration{10 * time.Minute, 3 * time.Hour, 26 * time.Hour} {
			t.Run(fmt.Sprintf("after %v, provider saves=%v", age, saves), func(t *testing.T) {
				c := newCrossing(t, saves)
				backup := filepath.Join(t.TempDir(), "backup.db")
				if err := c.open().Backup(t.Context(), backup); err != nil {
					t.Fatal(err)
				}
				if m := c.settles(); m.State != model.Sent || c.deliveries() != 1 {
					t.Fatalf("it is %s, %d deliveries", m.State, c.deliveries())
				}
				c.clock.move(age)
				raw, err := os.ReadFile(backup)
				if err != nil {
					t.Fatal(err)
				}
				c.dir = t.TempDir()
				if err := os.WriteFile(filepath.Join(c.dir, "stoke.db"), raw, 0o600); err != nil {
					t.Fatal(err)
				}
				if m := c.settles(); m.State != model.Sent || c.deliveries() != 1 || c.copies() != 1 {
					t.Errorf("it is %s (%s), %d deliveries, %d copies", m.State, m.Error, c.deliveries(), c.copies())
				}
			})
		}
	}
}

// The power goes while a transaction of a send is being written: its part of the log is there, in part or torn, and no
// word after it was said on the wire. Another process starts on what the disk kept; what the provider has is what the
// outbox says, then and in the end.
func TestThePowerGoesInEveryTransactionOfASend(t *testing.T) {
	n := 0
	for _, method := range []string{"Claim", "Freeze", "Commit", "Settle", "Receive", "Looked", "Copied"} {
		for _, cut := range logCuts() {
			n++
			for _, saves := range kinds(n) {
				t.Run(fmt.Sprintf("%s, %s, provider saves=%v", method, cut.name, saves), func(t *testing.T) {
					t.Parallel()
					c := newCrossing(t, saves)
					if method == "Looked" {
						c.smtp.Set(mailtest.DropRST(mailtest.AfterDot).Times(1)) // nobody looks where nothing is in doubt
					}
					v, before := newVictim(), int64(-1)
					v.watch = func(called string) {
						if called == method {
							before = c.logged()
						}
					}
					c.dies(v, "after "+method, "first")
					if method == "Copied" && saves {
						return // nobody writes down a copy that the provider made
					}
					if before < 0 || c.logged() <= before {
						t.Fatalf("%s wrote nothing: %d octets before, %d after", method, before, c.logged())
					}
					c.loses(before, cut.of)
					c.judge(c.row(), "when the power is back")
					c.judge(c.settles(), "in the end")
				})
			}
		}
	}
}

// logged is how long SQLite's log is.
func (c *crossing) logged() int64 {
	info, err := os.Stat(filepath.Join(c.dir, "stoke.db-wal"))
	if err != nil {
		return 0
	}
	return info.Size()
}

// loses moves the rep to another machine that has what the disk of this one kept. The files are read by another process,
// for who opens and closes them in this one takes SQLite's locks away.
func (c *crossing) loses(before int64, cut func(log []byte, before int64) []byte) {
	c.t.Helper()
	dir := c.t.TempDir()
	for _, name := range []string{"stoke.db", "stoke.db-wal"} {
		raw, err := exec.Command("cat", filepath.Join(c.dir, name)).Output()
		if err != nil {
			c.t.Fatal(err)
		}
		if name == "stoke.db-wal" {
			raw = cut(raw, before)
		}
		if err := os.WriteFile(filepath.Join(dir, name), raw, 0o600); err != nil {
			c.t.Fatal(err)
		}
	}
	c.dir = dir
}

// logCut is one way in which the last transaction's part of the log can reach the disk.
type logCut struct {
	name string
	of   func(log []byte, before int64) []byte
}

func logCuts() []logCut {
	const header, frame = 32, 24 + 4096 // sqlite.org/walformat.html
	return []logCut{
		{"nothing of it", func(log []byte, before int64) []byte { return log[:before] }},
		{"one octet", func(log []byte, before int64) []byte { return log[:before+1] }},
		{"its first page", func(log []byte, before int64) []byte { return log[:min(int64(len(log)), max(before, header)+frame)] }},
		{"half of it", func(log []byte, before int64) []byte { return log[:(before+int64(len(log)))/2] }},
		{"all but the last octet", func(log []byte, _ int64) []byte { return log[:len(log)-1] }},
		{"all but a sector of zeros", func(log []byte, before int64) []byte {
			clear(log[max(before, int64(len(log))-512):])
			return log
		}},
		{"all", func(log []byte, _ int64) []byte { return log }},
	}
}
