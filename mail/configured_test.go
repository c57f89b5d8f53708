package mail

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"stoke/mail/auth"
	"stoke/mail/mailtest/authserver"
	"stoke/model"
	"stoke/model/config"
)

// IDLE ends before any provider drops it in silence, and saved copies are left to those who save them.
func TestWhatIsKnownOfProvidersIsUsed(t *testing.T) {
	idle := Limits{}.withDefaults().Idle
	for _, name := range config.Presets() {
		p, _ := config.ProviderNamed(name)
		if p.Idle > 0 && idle >= time.Duration(p.Idle)*time.Minute {
			t.Errorf("%s drops an IDLE after %d minutes, and ours lasts %v", name, p.Idle, idle)
		}
		c, err := config.Parse("c", []byte("[[account]]\naddress = \"a@b.example\"\npreset = \""+name+"\"\nkeyring = true"), func(string) string { return "" })
		if err != nil {
			t.Fatal(err)
		}
		all, err := AccountsOf(c)
		if err != nil || len(all) != 1 {
			t.Fatal(err)
		}
		a := all[0]
		if a.wantsCopy() == p.SavesSent || a.IMAP.Host != p.IMAP.Host || a.SMTP.Port != p.SMTP.Port || a.SMTP.User != "a@b.example" || a.SMTP.Bearer {
			t.Errorf("%s: %+v", name, a)
		}
	}
	c, err := config.Parse("c", []byte("[[account]]\naddress = \"a@b.example\"\npreset = \"gmail\"\noauth.client_id = \"x\""), func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	all, err := AccountsOf(c)
	if err != nil || !all[0].IMAP.Bearer || !all[0].SMTP.Bearer || all[0].SMTP.Mechanism != "xoauth2" {
		t.Errorf("%+v, %v", all, err)
	}
}

func secretsOf(t *testing.T, source string) (*Secrets, SecretOptions) {
	t.Helper()
	c, err := config.Parse("c", []byte("[[account]]\nname = \"work\"\naddress = \""+rep+"\"\nimap.host = \"i.example\"\nsmtp.host = \"s.example\"\n"+source), func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	o := SecretOptions{Lookup: func(string) (string, bool) { return "from env", true }, LockDir: dir, FileDir: filepath.Join(dir, "secrets"), Now: time.Now}
	return NewSecrets(c, o), o
}

// Each way in which an account may say where its secret is; and what is kept is given, and forgotten.
func TestSecretsComeFromWhereTheConfigSays(t *testing.T) {
	keyring.MockInitWithError(errors.New("no keyring on this machine")) // whoever runs this keeps their own
	echo := `["printf", "from a command\nand more"]`
	for source, want := range map[string]string{
		"password_command = " + echo:                                   "from a command",
		"token_command = " + echo:                                      "from a command",
		"password_env = \"P\"":                                         "from env",
		"password = \" plain \"\nallow_plaintext = true":               " plain ",
		"keyring = true\nallow_plaintext = true\npassword_env = \"P\"": "from env",
	} {
		s, _ := secretsOf(t, source)
		if got, err := s.Fetch(t.Context(), "work"); got != want || err != nil {
			t.Errorf("%s: %q, %v", source, got, err)
		}
	}
	s, o := secretsOf(t, "keyring = true\nallow_plaintext = true\npassword_env = \"P\"")
	if err := (standing{Refused: map[string]refusal{"x": {Says: "refused"}}}).write(o.LockDir, "work"); err != nil {
		t.Fatal(err)
	}
	where, err := s.SignIn(t.Context(), "work", SignIn{Password: func(context.Context) (string, error) { return "typed", nil }})
	if err != nil || where == "" {
		t.Fatalf("%q, %v", where, err)
	}
	if got, err := s.Fetch(t.Context(), "work"); got != "typed" || err != nil {
		t.Errorf("what is kept comes before the environment: %q, %v", got, err)
	}
	if !readStanding(o.LockDir, "work").good() {
		t.Error("what was refused still stands")
	}
	if err := s.SignOut(t.Context(), "work"); err != nil {
		t.Fatal(err)
	}
	if got, _ := s.Fetch(t.Context(), "work"); got != "from env" {
		t.Errorf("after signing out: %q", got)
	}
	if _, err := s.SignIn(t.Context(), "work", SignIn{Password: func(context.Context) (string, error) { return "", nil }}); model.CodeOf(err) != model.Invalid {
		t.Errorf("nothing typed: %v", err)
	}
	s, _ = secretsOf(t, "password_env = \"P\"")
	if _, err := s.SignIn(t.Context(), "work", SignIn{}); model.CodeOf(err) != model.BadConfig || !strings.Contains(err.Error(), "the environment variable P") {
		t.Errorf("nothing to sign in to: %v", err)
	}
	if _, err := s.Fetch(t.Context(), "home"); model.CodeOf(err) != model.NotFound {
		t.Errorf("no such account: %v", err)
	}
}

// A provider that is away is no reason to sign in again: it is told as trouble that passes.
func TestAProviderThatIsAwayIsTroubleThatPasses(t *testing.T) {
	keyring.MockInitWithError(errors.New("no keyring on this machine"))
	provider, err := authserver.Start(rep)
	if err != nil {
		t.Fatal(err)
	}
	access, refresh, _ := provider.Issue()
	provider.Close()
	s, o := secretsOf(t, "allow_plaintext = true\noauth.client_id = \"x\"\noauth.auth_url = \""+provider.URL+"/a\"\noauth.token_url = \""+provider.URL+"/token\"")
	vault := auth.FileVault{Dir: o.FileDir}
	if err := vault.Put(t.Context(), "work/sign-in", `{"access":"`+access+`","refresh":"`+refresh+`","expires":"2020-01-01T00:00:00Z"}`); err != nil {
		t.Fatal(err)
	}
	e, err := New(Options{
		Box: newMemBox(time.Now), Accounts: []Account{{Name: "work", SMTP: Server{Host: "127.0.0.1", Port: 1, User: rep, Bearer: true}}},
		Secret: s.Fetch, TokenRefused: s.TokenRefused, Dial: (&net.Dialer{}).DialContext, Now: time.Now, Owner: "x", LockDir: o.LockDir,
	})
	if err != nil {
		t.Fatal(err)
	}
	_, smtp := e.Probe(testContext(t), "work")
	if model.CodeOf(smtp) != model.Offline || strings.Contains(smtp.Error(), "Sign in again") || strings.Contains(smtp.Error(), refresh) {
		t.Errorf("got %v", smtp)
	}
	if _, err := os.Stat(standingPath(o.LockDir, "work")); !os.IsNotExist(err) {
		t.Error("it stands against the account")
	}
}

// A sign-in that cannot be renewed is told at once, not an hour later.
func TestASignInThatWillNotLast(t *testing.T) {
	keyring.MockInitWithError(errors.New("no keyring on this machine"))
	provider, err := authserver.Start(rep)
	if err != nil {
		t.Fatal(err)
	}
	defer provider.Close()
	s, _ := secretsOf(t, "allow_plaintext = true\noauth.client_id = \""+authserver.ClientID+"\"\noauth.client_secret = \""+authserver.ClientSecret+"\"\noauth.device_url = \""+provider.URL+"/device\"\noauth.token_url = \""+provider.URL+"/token\"")
	for _, lasts := range []bool{true, false} {
		if !lasts {
			provider.NoRefresh()
		}
		where, err := s.SignIn(testContext(t), "work", SignIn{Device: true, Show: func(string, string) { provider.Device() }})
		if err != nil || strings.Contains(where, "nothing to renew it with") == lasts {
			t.Errorf("it is kept in %q, %v", where, err)
		}
		if token, err := s.Fetch(t.Context(), "work"); err != nil || token == "" {
			t.Errorf("%q, %v", token, err)
		}
	}
}
