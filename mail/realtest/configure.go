package realtest

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"
)

//go:embed *.conf *.cf
var configs embed.FS

// accounts is how many tests of one process can have a rep and a prospect of
// their own. Postfix reads its list of recipients once, so all exist from the
// start; an account costs two lines.
const accounts = 300

const password = "correct horse"

// mailUser owns the mailboxes: Debian's own, without rights elsewhere.
const mailUser = "mail"

func repAddress(n int) string      { return fmt.Sprintf("rep%d@stoke.test", n) }
func prospectAddress(n int) string { return fmt.Sprintf("dana%d@prospect.test", n) }

// setting is what the configuration files are filled with.
type setting struct {
	Dir                           string // all state
	Home                          string // of the one server
	Protocol                      string // of the one Dovecot: imap or lmtp
	Introspect                    string // where tokens are asked about
	IMAP, IMAPS, Submission, SMTP int
}

// configure writes every file and says how each server is started. There are
// two Dovecots, so that a test can take IMAP away without taking delivery and
// the logins of SMTP with it.
func (h *house) configure(bin binaries) error {
	base := setting{
		Dir: h.dir, Introspect: h.auth.URL + "/introspect", IMAP: h.ports.imap, IMAPS: h.ports.imaps,
		Submission: h.ports.submission, SMTP: h.ports.smtps,
	}
	for _, protocol := range []string{"imap", "lmtp"} {
		s := base
		s.Protocol, s.Home = protocol, filepath.Join(h.dir, protocol)
		for _, name := range []string{"dovecot.conf", "oauth2.conf"} {
			if err := s.write(name); err != nil {
				return err
			}
		}
	}
	s := base
	s.Home = filepath.Join(h.dir, "postfix")
	for _, name := range []string{"main.cf", "master.cf"} {
		if err := s.write(name); err != nil {
			return err
		}
	}
	if err := h.writeAccounts(); err != nil {
		return err
	}
	for path, owner := range map[string]string{"mail": mailUser, "postfix/data": "postfix"} {
		if err := mkdirFor(filepath.Join(h.dir, path), owner); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(filepath.Join(h.dir, "postfix/queue"), 0o755); err != nil {
		return err
	}
	dovecot := func(name string, listen ...string) daemon {
		home := filepath.Join(h.dir, name)
		return daemon{
			name:   "Dovecot (" + name + ")",
			argv:   []string{bin.dovecot, "-c", filepath.Join(home, "dovecot.conf")},
			pid:    filepath.Join(home, "run/master.pid"),
			log:    filepath.Join(home, "log"),
			listen: listen,
		}
	}
	h.imapLogin = dovecot("imap", local(h.ports.imap), local(h.ports.imaps))
	h.lmtp = dovecot("lmtp", h.socket())
	h.master = daemon{
		name:   "Postfix",
		argv:   []string{bin.postfix, "-c", s.Home, "start"},
		pid:    filepath.Join(s.Home, "queue/pid/master.pid"),
		log:    filepath.Join(s.Home, "log"),
		listen: []string{local(h.ports.submission), local(h.ports.smtps)},
	}
	return nil
}

// socket is where Dovecot takes deliveries.
func (h *house) socket() string { return filepath.Join(h.dir, "lmtp/deliver") }

// home is the folder of an account.
func (h *house) home(account string) string { return filepath.Join(h.dir, "mail", account) }

// write fills the embedded file of that name into the server's home.
func (s setting) write(name string) error {
	t, err := template.ParseFS(configs, name)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(s.Home, 0o755); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(s.Home, name))
	if err != nil {
		return err
	}
	if err := t.Execute(f, s); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

// writeAccounts lists the logins for Dovecot (a passwd file: name, password,
// uid, gid, -, home) and the known recipients for Postfix. Left is only in the
// second.
func (h *house) writeAccounts() error {
	u, err := user.Lookup(mailUser)
	if err != nil {
		return err
	}
	var logins, recipients strings.Builder
	fmt.Fprintf(&recipients, "%s known\n", Left)
	for n := range accounts {
		for _, a := range []string{repAddress(n + 1), prospectAddress(n + 1)} {
			fmt.Fprintf(&logins, "%s:{PLAIN}%s:%s:%s::%s\n", a, password, u.Uid, u.Gid, h.home(a))
			fmt.Fprintf(&recipients, "%s known\n", a)
		}
	}
	if err := os.WriteFile(filepath.Join(h.dir, "users"), []byte(logins.String()), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(h.dir, "postfix/recipients"), []byte(recipients.String()), 0o644)
}

// mkdirFor makes a folder that belongs to one of the servers' users.
func mkdirFor(path, owner string) error {
	u, err := user.Lookup(owner)
	if err != nil {
		return err
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(path, fs.FileMode(0o755)); err != nil {
		return err
	}
	return os.Chown(path, uid, gid)
}
