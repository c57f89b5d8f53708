package story

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stoke/mail/mailtest"
)

const (
	me       = "robin@acme.test"
	password = "open sesame"
)

// rep is one rep's machine: a config, data, and the binary, against servers of the story's own.
type rep struct {
	t      testing.TB
	server *mailtest.Server // nil with real servers
	config string
	data   string
	env    []string
}

// newRep starts a loopback provider and writes a config for it.
func newRep(t testing.TB, o mailtest.Options) *rep {
	t.Helper()
	o.Users = []mailtest.User{{Address: me, Password: password}}
	o.Now = time.Now
	server, err := mailtest.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	security := map[mailtest.Security]string{mailtest.Plain: "none", mailtest.STARTTLS: "starttls", mailtest.ImplicitTLS: "tls"}[o.Security]
	r := &rep{t: t, server: server}
	r.configure(account{user: me, address: me, imap: server.IMAP.Addr(), smtp: server.SMTP.Addr(), imapSecurity: security, smtpSecurity: security, ca: server.CAPEM()})
	return r
}

// account says how a config reaches its servers.
type account struct {
	user, address, imap, smtp, imapSecurity, smtpSecurity string
	ca                                                    []byte
	password                                              string
}

func (r *rep) configure(a account) {
	r.t.Helper()
	dir := r.t.TempDir()
	r.config, r.data = filepath.Join(dir, "config.toml"), filepath.Join(dir, "data")
	if a.password == "" {
		a.password = password
	}
	ca := filepath.Join(dir, "ca.pem")
	server := func(kind, addr, security string) string {
		_, port, err := net.SplitHostPort(addr)
		if err != nil {
			r.t.Fatal(err)
		}
		return fmt.Sprintf("[account.%s]\nhost = \"localhost\"\nport = %s\nsecurity = %q\n", kind, port, security)
	}
	text := fmt.Sprintf("name = \"Robin Vale\"\n[[account]]\nname = \"work\"\naddress = %q\nuser = %q\npassword_env = \"STORY_PASSWORD\"\n", a.address, a.user)
	if a.ca != nil {
		text += fmt.Sprintf("ca_file = %q\n", ca)
		r.write(ca, a.ca)
	}
	r.write(r.config, []byte(text+server("imap", a.imap, a.imapSecurity)+server("smtp", a.smtp, a.smtpSecurity)))
	r.env = []string{"STOKE_CONFIG=" + r.config, "STOKE_DATA=" + r.data, "STORY_PASSWORD=" + a.password, "HOME=" + dir, "XDG_STATE_HOME=" + dir, "TZ=Europe/Berlin"}
}

func (r *rep) write(path string, content []byte) {
	r.t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		r.t.Fatal(err)
	}
}

// command is the binary with arguments, in the rep's environment.
func (r *rep) command(args ...string) *exec.Cmd {
	cmd := exec.Command(stoke(r.t), args...)
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8"}, r.env...)
	return cmd
}

// says runs a command that must succeed and gives what it prints.
func (r *rep) says(args ...string) string {
	r.t.Helper()
	out, errs, code := r.tries(args...)
	if code != 0 {
		r.t.Fatalf("stoke %s: exit %d\n%s%s", strings.Join(args, " "), code, out, errs)
	}
	return out
}

// tries runs a command and gives what it prints, what it complains of, and its exit code.
func (r *rep) tries(args ...string) (stdout, stderr string, code int) {
	r.t.Helper()
	cmd := r.command(args...) // the first one is built here, which takes its time
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	defer cancel()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	stop := context.AfterFunc(ctx, func() { _ = cmd.Process.Kill() })
	defer stop()
	err := cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		r.t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// asks runs a command with --json and decodes what it prints.
func (r *rep) asks(into any, args ...string) {
	r.t.Helper()
	out := r.says(append(args, "--json")...)
	if err := json.Unmarshal([]byte(out), into); err != nil {
		r.t.Fatalf("stoke %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// screen opens stoke in a terminal.
func (r *rep) screen(width, height int) *terminal {
	r.t.Helper()
	return open(r.t, width, height, append([]string{}, r.env...), stoke(r.t))
}

// owed is a mail as `stoke outbox --json` gives it.
type owed struct {
	ID        int64  `json:"id"`
	State     string `json:"state"`
	MessageID string `json:"message_id"`
	Attempts  int    `json:"attempts"`
	Error     string `json:"error"`
}

func (r *rep) outbox() []owed {
	r.t.Helper()
	var all []owed
	r.asks(&all, "outbox", "list")
	return all
}

// dana is a known contact who has just asked something.
func (r *rep) dana() {
	r.t.Helper()
	r.says("add", "dana@northwind.example", "--name", "Dana Whitfield", "--company", "Northwind", "--country", "NL")
	r.arrives(mailOf("ask@northwind.example", "", "Pricing for 40 seats", "Can you do 40 seats at the old price?"))
	var done []struct{ Replies int }
	r.asks(&done, "sync")
	if len(done) != 1 || done[0].Replies != 1 {
		r.t.Fatalf("the first sync found %+v", done)
	}
}

// arrives puts a mail into the rep's inbox.
func (r *rep) arrives(raw []byte) {
	r.t.Helper()
	if err := r.server.Deliver(me, "INBOX", raw); err != nil {
		r.t.Fatal(err)
	}
}

// mailOf is a mail from Dana as her program would make it.
func mailOf(id, answers, subject, text string) []byte {
	return letter("dana@northwind.example", me, id, answers, subject, text)
}

// letter is a mail from Dana with addresses of the story's own.
func letter(from, to, id, answers, subject, text string) []byte {
	threading := ""
	if answers != "" {
		threading = fmt.Sprintf("In-Reply-To: <%s>\r\nReferences: <%s>\r\n", answers, answers)
	}
	return []byte(fmt.Sprintf("From: Dana Whitfield <%s>\r\nTo: Robin Vale <%s>\r\nSubject: %s\r\nDate: %s\r\nMessage-ID: <%s>\r\n%sMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n",
		from, to, subject, time.Now().Format(time.RFC1123Z), id, threading, text))
}

// adjusts writes one more section into the config.
func (r *rep) adjusts(section string) {
	r.t.Helper()
	text, err := os.ReadFile(r.config)
	if err != nil {
		r.t.Fatal(err)
	}
	r.write(r.config, append(text, section...))
}
