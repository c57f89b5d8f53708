package story

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"stoke/mail/mailtest"
	"stoke/mail/mailtest/authserver"
)

// signingIn is a rep whose account has a sign-in at a provider of the story's own, on a machine without a keyring.
func signingIn(t *testing.T) (*rep, *authserver.Server) {
	t.Helper()
	provider, err := authserver.Start(me)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(provider.Close)
	r := newRep(t, mailtest.Options{Security: mailtest.ImplicitTLS, Mechanisms: []string{"PLAIN", "XOAUTH2"}, Token: provider.Valid})
	r.env = append(r.env, noKeyring)
	r.logsIn(fmt.Sprintf(`allow_plaintext = true
[account.oauth]
client_id = %q
client_secret = %q
auth_url = %q
token_url = %q
device_url = %q
scopes = ["mail"]
`, authserver.ClientID, authserver.ClientSecret, provider.URL+"/authorize", provider.URL+"/token", provider.URL+"/device"))
	return r, provider
}

// noKeyring keeps a story out of the keyring of whoever runs it.
const noKeyring = "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent/bus"

// logsIn puts other lines where the config named the password's variable.
func (r *rep) logsIn(lines string) {
	r.t.Helper()
	text, err := os.ReadFile(r.config)
	if err != nil {
		r.t.Fatal(err)
	}
	ca := regexp.MustCompile(`(?m)^ca_file.*\n`).FindString(string(text)) // before the tables
	rest := strings.Replace(string(text), ca, "", 1)
	r.write(r.config, []byte(strings.Replace(rest, "password_env = \"STORY_PASSWORD\"\n", ca+lines, 1)))
}

var linkRe = regexp.MustCompile(`http://127\.0\.0\.1:\d+/(?:authorize\S+|enter)`)

// begins starts a login without a terminal and gives the link that it shows; ends waits for its exit code.
func (r *rep) begins(args ...string) (link string, ends func() (string, int)) {
	r.t.Helper()
	cmd := r.command(args...)
	var out bytes.Buffer
	cmd.Stdout = &out
	errs, err := cmd.StderrPipe()
	if err != nil {
		r.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { _ = cmd.Process.Kill() })
	var seen []byte
	for link == "" {
		chunk := make([]byte, 4096)
		n, err := errs.Read(chunk)
		seen = append(seen, chunk[:n]...)
		if m := linkRe.Find(seen); m != nil && bytes.Contains(seen, []byte("Waiting")) {
			link = string(m)
		}
		if err != nil && link == "" {
			r.t.Fatalf("no link in %q: %v", seen, err)
		}
	}
	return link, func() (string, int) {
		rest, _ := io.ReadAll(errs)
		_ = cmd.Wait() // its code says it
		return out.String() + string(rest), cmd.ProcessState.ExitCode()
	}
}

// words waits like shows, and gives what was written until then.
func (s *session) words(t *testing.T, want string) string {
	t.Helper()
	over := time.After(patience)
	for !bytes.Contains(s.seen, []byte(want)) {
		select {
		case chunk, ok := <-s.read:
			if !ok {
				t.Fatalf("it ended before it said %q: %q", want, s.seen)
			}
			s.seen = append(s.seen, chunk...)
		case <-over:
			t.Fatalf("it never said %q: %q", want, s.seen)
		}
	}
	said := string(s.seen)
	s.seen = nil
	return said
}

// The browser comes back to stoke by itself; then everything works without a password.
func TestSigningInWithTheBrowser(t *testing.T) {
	t.Parallel()
	r, provider := signingIn(t)
	if _, errs, code := r.tries("sync"); code != 77 || !strings.Contains(errs, "stoke login work") {
		t.Errorf("before: exit %d, %s", code, errs)
	}
	link, ends := r.begins("login")
	page, err := http.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	page.Body.Close()
	if said, code := ends(); code != 0 || !strings.Contains(said, "Receiving: logged in.") || !strings.Contains(said, "Sending: logged in.") {
		t.Fatalf("exit %d\n%s", code, said)
	}
	r.dana()
	r.says("send", "dana", "--body-file", r.file("body", "Yes, I can."), "--subject", "Re: Pricing", "--yes")
	r.says("sync")
	r.delivered(1)
	if n := len(provider.Asked()); n != 1 {
		t.Errorf("the provider was asked %d times, want once: a token is good for an hour, and for all processes", n)
	}
}

// On a terminal, over SSH: the address of the browser's page is pasted.
func TestSigningInByPasting(t *testing.T) {
	t.Parallel()
	r, _ := signingIn(t)
	s := start(t, 100, 30, r.env, stoke(t), "login", "work")
	defer s.end()
	link := linkRe.FindString(s.words(t, "Waiting"))
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	page, err := browser.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	page.Body.Close()
	s.press(t, "no idea\r")
	s.shows(t, "copy it from the browser's address bar")
	s.press(t, page.Header.Get("Location")+"\r")
	s.shows(t, "Sending: logged in.")
}

func TestSigningInWithACode(t *testing.T) {
	t.Parallel()
	r, provider := signingIn(t)
	link, ends := r.begins("login", "work", "--device", "--json")
	if !strings.HasSuffix(link, "/enter") {
		t.Errorf("the link is %s", link)
	}
	provider.Device("authorization_pending")
	said, code := ends()
	var done struct {
		Kept      string
		Receiving string `json:"receiving_error"`
	}
	if err := json.Unmarshal([]byte(said), &done); err != nil || code != 0 || !strings.Contains(done.Kept, "a file that only you can read") || done.Receiving != "" {
		t.Errorf("exit %d, %v\n%s", code, err, said)
	}
	r.says("sync")

	provider.Deny()
	_, ends = r.begins("login", "work", "--device")
	if said, code := ends(); code != 77 || !strings.Contains(said, "declined") {
		t.Errorf("declined: exit %d\n%s", code, said)
	}
	r.says("sync") // the sign-in before is not lost
	r.says("logout", "work")
	if _, errs, code := r.tries("sync"); code != 77 || !strings.Contains(errs, "stoke login work") {
		t.Errorf("signed out: exit %d, %s", code, errs)
	}
}

// A password is typed without showing, and the terminal is as before, also after ctrl+c.
func TestAPasswordDoesNotShow(t *testing.T) {
	t.Parallel()
	r := newRep(t, mailtest.Options{Security: mailtest.ImplicitTLS})
	r.env = append(r.env, noKeyring)
	r.logsIn("keyring = true\nallow_plaintext = true\n")
	s := start(t, 100, 30, r.env, "sh", "-c", "trap : INT; "+stoke(t)+` login; echo "exit $?"; stty -a | tr ' ;' '\n\n' | grep -x -e echo -e -echo | sed 's/^/terminal: /'`)
	defer s.end()
	s.shows(t, "it does not show")
	s.press(t, "\x03")
	if said := s.words(t, "terminal: echo"); !strings.Contains(said, "Stopped") || !strings.Contains(said, "exit 1") {
		t.Errorf("it says %q", said)
	}

	s = start(t, 100, 30, r.env, stoke(t), "login")
	defer s.end()
	s.shows(t, "it does not show")
	s.press(t, password+"\r")
	if said := s.words(t, "Sending: logged in."); strings.Contains(said, password) {
		t.Errorf("the terminal showed %q", said)
	}
	r.says("sync")
}

// The provider ends the sign-in while the screen is open: it stays in sight, and stoke login in another window is enough.
func TestAnEndedSignInStaysInSight(t *testing.T) {
	t.Parallel()
	r, provider := signingIn(t)
	link, ends := r.begins("login")
	visit(t, link)
	ends()
	x := r.screen(120, 30)
	x.sees("synced")
	provider.Revoke()
	r.server.IMAP.Drop()
	x.sees("work: sign in again")
	asked := len(provider.Asked())
	x.press("R")
	x.sees("Sign in again: stoke login work")
	if n := len(provider.Asked()); n > asked {
		t.Errorf("the provider was asked %d times more", n-asked)
	}
	provider.Issue() // the rep's account at the provider is good again
	link, ends = r.begins("login")
	visit(t, link)
	if said, code := ends(); code != 0 {
		t.Fatalf("exit %d\n%s", code, said)
	}
	x.lost("sign in again")
	x.sees("synced")
}

func visit(t *testing.T, link string) {
	t.Helper()
	page, err := http.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	page.Body.Close()
}

// After everything that can happen to an account, what lies in the data and the state holds none of its secrets, nor does
// what was said.
func TestNoSecretIsLeftBehind(t *testing.T) {
	t.Parallel()
	r, provider := signingIn(t)
	var said strings.Builder
	run := func(args ...string) {
		out, errs, code := r.tries(args...)
		fmt.Fprintf(&said, "$ stoke %s: exit %d\n%s%s", strings.Join(args, " "), code, out, errs)
	}
	link, ends := r.begins("login")
	visit(t, link)
	words, _ := ends()
	said.WriteString(words)
	r.dana()
	run("send", "dana", "--body-file", r.file("body", "Yes, I can."), "--subject", "Re: Pricing", "--yes")
	run("sync")
	r.delivered(1)
	provider.Expire() // refused by the servers, renewed, taken
	run("sync")
	for _, status := range []int{400, 500} { // a provider that repeats what it was sent
		provider.Expire()
		last := provider.Issued()[len(provider.Issued())-1]
		provider.Fail(status, `{"error":"invalid_client","error_description":"`+authserver.ClientSecret+" "+last+`"}`)
		run("doctor")
	}
	provider.Revoke()
	run("sync")
	run("doctor", "--json")
	run("config", "check")
	run("logout")

	r.logsOut() // the same with a password, right and wrong
	run("sync")
	r.server.SMTP.Set(mailtest.Reply(mailtest.Auth, "535 5.7.8 no: "+password), mailtest.DropRST(mailtest.Mail))
	r.server.IMAP.Set(mailtest.Reply(mailtest.Login, "NO [AUTHENTICATIONFAILED] no: "+password))
	run("sync")
	run("doctor")

	secrets := append(provider.Issued(), password, authserver.ClientSecret)
	if len(secrets) < 8 {
		t.Fatalf("only %d secrets were made", len(secrets))
	}
	for _, secret := range secrets {
		if strings.Contains(said.String(), secret) {
			t.Errorf("%q was said:\n%s", secret, said.String())
		}
	}
	looked := 0
	home := filepath.Dir(r.config)
	err := filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if path == r.config || filepath.Dir(path) == filepath.Join(home, "secrets") {
			return nil // the rep's own words, and what the rep allowed
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		looked++
		for _, secret := range secrets {
			if bytes.Contains(raw, []byte(secret)) {
				t.Errorf("%q is in %s", secret, path)
			}
		}
		return nil
	})
	if err != nil || looked < 3 {
		t.Errorf("%d files were looked at, %v", looked, err)
	}
	for _, want := range []string{"stoke.db", "stoke.log"} {
		if found, _ := filepath.Glob(filepath.Join(home, "*", want)); len(found) != 1 {
			t.Errorf("no %s was looked at", want)
		}
	}
	if left, _ := os.ReadDir(filepath.Join(home, "secrets")); len(left) != 0 {
		t.Errorf("after logout: %v", left)
	}
}

// logsOut gives the account its password's variable back.
func (r *rep) logsOut() {
	r.t.Helper()
	text, err := os.ReadFile(r.config)
	if err != nil {
		r.t.Fatal(err)
	}
	oauth := regexp.MustCompile(`(?s)allow_plaintext.*scopes = \["mail"\]\n`)
	r.write(r.config, oauth.ReplaceAll(text, []byte("password_env = \"STORY_PASSWORD\"\n")))
}

func (r *rep) file(name, content string) string {
	path := filepath.Join(r.t.TempDir(), name)
	r.write(path, []byte(content))
	return path
}
