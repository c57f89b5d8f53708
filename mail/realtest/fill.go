package realtest

import (
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// Fill puts n mails into the INBOX of an account that nobody has used before, straight onto the disk: a delivery each
// would take minutes. mail gives the bytes of the i-th and when it arrived, which is the INTERNALDATE that Dovecot tells.
func (s *Servers) Fill(t testing.TB, account string, n int, mail func(i int) (raw []byte, arrived time.Time)) {
	t.Helper()
	u, err := user.Lookup(mailUser)
	if err != nil {
		t.Fatal(err)
	}
	for _, sub := range []string{"tmp", "new", "cur"} {
		if err := mkdirFor(filepath.Join(s.maildir(account, "INBOX"), sub), mailUser); err != nil {
			t.Fatal(err)
		}
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	for _, dir := range []string{s.home(account), s.maildir(account, "INBOX")} {
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	for i := range n {
		raw, arrived := mail(i)
		path := filepath.Join(s.maildir(account, "INBOX"), "cur", fmt.Sprintf("%d.M%06dP%d.fill:2,", arrived.Unix(), i%1_000_000, i))
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chown(path, uid, gid); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, arrived, arrived); err != nil {
			t.Fatal(err)
		}
	}
}
