package config_test

import (
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"stoke/model/config"
)

// What is built in must be whole: a rep has no line of their own to mend.
func TestEveryProviderIsWhole(t *testing.T) {
	names := config.Presets()
	for _, want := range []string{"gmail", "microsoft365", "outlook", "fastmail", "icloud", "zoho", "yahoo", "proton-bridge"} {
		if !slices.Contains(names, want) {
			t.Errorf("there is no preset %s", want)
		}
	}
	for _, name := range names {
		p, _ := config.ProviderNamed(name)
		for protocol, s := range map[string]config.Server{"imap": p.IMAP, "smtp": p.SMTP} {
			if s.Host == "" || s.Port == 0 || s.Security != config.TLS && s.Security != config.StartTLS {
				t.Errorf("%s %s: %+v", name, protocol, s)
			}
		}
		if p.Says == "" || len(p.MX) == 0 || p.Password == "" || p.Daily < 0 || p.Idle < 0 {
			t.Errorf("%s: %+v", name, p)
		}
		if p.PasswordsEnd != "" {
			if _, err := time.Parse(time.DateOnly, p.PasswordsEnd); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if o := p.OAuth; o.TokenURL != "" {
			for _, raw := range []string{o.AuthURL, o.TokenURL} {
				if u, err := url.Parse(raw); err != nil || u.Scheme != "https" || u.Host == "" {
					t.Errorf("%s: %q", name, raw)
				}
			}
			if len(o.Scopes) == 0 {
				t.Errorf("%s asks for nothing", name)
			}
		}
		got, ok := config.ProviderOf("acme.example", []string{"MX1." + strings.ToUpper(p.MX[0]) + "."})
		if !ok || got.Name != name {
			t.Errorf("the MX of %s is taken for %q", name, got.Name)
		}
	}
	for domain, want := range map[string]string{"Gmail.com": "gmail", "hotmail.com": "outlook", "me.com": "icloud", "acme.example": ""} {
		if got, _ := config.ProviderOf(domain, []string{"mx.acme.example.", "notgoogle.com."}); got.Name != want {
			t.Errorf("%s is taken for %q", domain, got.Name)
		}
	}
}

func TestAPresetFillsWhatIsNotSet(t *testing.T) {
	a := parse(t, "name = \"R\"\n[[account]]\naddress = \"robin@acme.example\"\npreset = \"gmail\"\nkeyring = true").Accounts[0]
	if want := (config.Server{Host: "imap.gmail.com", Port: 993, Security: config.TLS}); a.IMAP != want {
		t.Errorf("imap is %+v", a.IMAP)
	}
	if want := (config.Server{Host: "smtp.gmail.com", Port: 465, Security: config.TLS}); a.SMTP != want {
		t.Errorf("smtp is %+v", a.SMTP)
	}
	if !a.SavesSent || a.SignsIn() || a.Mechanism != "" || a.Secretless() || a.Preset != "gmail" || a.OAuth.ClientID != "" {
		t.Errorf("got %+v", a)
	}
	a = parse(t, "[[account]]\naddress = \"robin@acme.example\"\npreset = \"microsoft365\"\nsmtp.port = 465\nimap.host = \"proxy.acme.example\"\n"+
		"oauth.client_id = \"id\"\noauth.client_secret = \"cs\"\noauth.redirect = \"http://localhost:8400\"").Accounts[0]
	if want := (config.Server{Host: "smtp.office365.com", Port: 465, Security: config.TLS}); a.SMTP != want {
		t.Errorf("smtp is %+v", a.SMTP)
	}
	if want := (config.Server{Host: "proxy.acme.example", Port: 993, Security: config.TLS}); a.IMAP != want {
		t.Errorf("imap is %+v", a.IMAP)
	}
	if !a.SignsIn() || a.Mechanism != "xoauth2" || a.OAuth.ClientID != "id" || a.OAuth.Redirect != "http://localhost:8400" ||
		!strings.HasPrefix(a.OAuth.DeviceURL, "https://login.microsoftonline.com/") || !slices.Contains(a.OAuth.Scopes, "offline_access") {
		t.Errorf("got %+v", a)
	}
}

// What one rep sets must not show in the next account of the same preset.
func TestAPresetIsNotChangedByAnAccount(t *testing.T) {
	before, _ := config.ProviderNamed("gmail")
	parse(t, "[[account]]\naddress = \"a@b.example\"\npreset = \"gmail\"\nmechanism = \"oauthbearer\"\noauth.client_id = \"id\"\noauth.scopes = [\"x\"]\noauth.token_url = \"https://t.example/\"")
	if after, _ := config.ProviderNamed("gmail"); !reflect.DeepEqual(before, after) {
		t.Errorf("got %+v", after)
	}
}

func TestASignInWithoutAPreset(t *testing.T) {
	a := parse(t, account[:strings.Index(account, "password_env")]+`mechanism = "oauthbearer"
[account.oauth]
client_id = "id"
auth_url  = "https://id.acme.example/authorize"
token_url = "https://id.acme.example/token"
scopes    = ["mail"]
`).Accounts[0]
	want := config.OAuth{ClientID: "id", AuthURL: "https://id.acme.example/authorize", TokenURL: "https://id.acme.example/token", Scopes: []string{"mail"}}
	if !reflect.DeepEqual(a.OAuth, want) || a.Mechanism != "oauthbearer" || !a.SignsIn() {
		t.Errorf("got %+v", a)
	}
	a = parse(t, account[:strings.Index(account, "password_env")]+"token_command = [\"mail-token\", \"work\"]").Accounts[0]
	if !a.SignsIn() || !reflect.DeepEqual(a.TokenCommand, []string{"mail-token", "work"}) {
		t.Errorf("got %+v", a)
	}
}

func TestMistakesAboutSignIns(t *testing.T) {
	bare := account[:strings.Index(account, "password_env")]
	for _, c := range []struct{ name, src, want string }{
		{"unknown preset", "[[account]]\naddress = \"a@b.example\"\npreset = \"gmial\"\nkeyring = true", `config.toml:3: there is no preset "gmial"; did you mean "gmail"? It is one of fastmail, gmail, `},
		{"no client", "[[account]]\naddress = \"a@b.example\"\npreset = \"gmail\"\noauth.scopes = [\"x\"]", `config.toml:4: there is no client_id. Register a client of your own with the provider (Gmail and Google Workspace) and write its id here.`},
		{"no endpoints", bare + "oauth.client_id = \"id\"", `config.toml:6: [account.oauth] needs token_url, and auth_url or device_url. A preset brings them along for gmail, microsoft365, outlook, yahoo.`},
		{"in clear", bare + "oauth.client_id = \"id\"\noauth.auth_url = \"https://x.example/\"\noauth.token_url = \"http://x.example/\"", `config.toml:8: token_url must be an address that begins with https://.`},
		{"redirect elsewhere", bare + "oauth.client_id = \"id\"\noauth.auth_url = \"https://x.example/\"\noauth.token_url = \"https://x.example/\"\noauth.redirect = \"http://evil.example\"", `config.toml:9: redirect must be an http address on this machine, like "http://127.0.0.1" or "http://localhost:8400/back".`},
		{"a key of the sign-in", bare + "[account.oauth]\nclient_id = \"id\"\nauth_url = \"https://x.example/\"\ntoken_url = \"https://x.example/\"\nclient_sceret = \"x\"", `config.toml:10: there is no key "client_sceret" in [account.oauth]; did you mean "client_secret"?`},
		{"a sign-in and a password", account + "token_command = [\"t\"]", `config.toml:7: token_command and password_env are both set: a sign-in needs no password. Keep one.`},
		{"a sign-in and the keyring", bare + "keyring = true\ntoken_command = [\"t\"]", `config.toml:7: token_command and keyring are both set: a sign-in needs no password. Keep one.`},
		{"two sign-ins", bare + "token_command = [\"t\"]\noauth.client_id = \"id\"\noauth.auth_url = \"https://x.example/\"\noauth.token_url = \"https://x.example/\"", `config.toml:7: token_command and oauth are both set. Keep one.`},
		{"empty command", bare + "token_command = [\" \"]", `config.toml:6: token_command names no program. Write it like ["mail-token", "work"].`},
		{"a token's mechanism", account + "mechanism = \"xoauth2\"", `config.toml:7: xoauth2 shows a token, and this account has a password. Add [account.oauth] or token_command, or leave mechanism out.`},
		{"a password's mechanism", bare + "token_command = [\"t\"]\nmechanism = \"plain\"", `config.toml:7: plain shows a password, and this account signs in with a token. Leave mechanism out, or write xoauth2 or oauthbearer.`},
		{"unknown mechanism", account + "mechanism = \"xoauth\"", `config.toml:7: mechanism cannot be "xoauth": it is "plain", "login", "xoauth2" or "oauthbearer"; did you mean "xoauth2"?`},
		{"keyring as text", bare + "keyring = \"yes\"\npassword_env = \"P\"", `config.toml:6: keyring must be true or false, not a text.`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := config.Parse("config.toml", []byte(c.src), env())
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("\ngot  %v\nwant %s", err, c.want)
			}
		})
	}
}

// All mistakes of an account are told at once.
func TestMistakesAboutSignInsAreToldTogether(t *testing.T) {
	_, err := config.Parse("config.toml", []byte("[[account]]\naddress = \"a@b.example\"\npreset = \"x\"\nmechanism = \"y\"\n[account.oauth]\nauth_url = \"z\""), env())
	for _, line := range []string{":3:", ":4:", ":5:", ":6:"} {
		if err == nil || !strings.Contains(err.Error(), "config.toml"+line) {
			t.Errorf("nothing about line %s in\n%v", line, err)
		}
	}
}

func TestHintsAboutTheProvider(t *testing.T) {
	c := parse(t, "name = \"R\"\n[[account]]\naddress = \"a@b.example\"\npreset = \"microsoft365\"\nkeyring = true\n[[account]]\naddress = \"c@d.example\"\npreset = \"gmail\"\nkeyring = true\n[outbox]\npace_day = 600")
	var said []string
	for _, h := range c.Hints {
		said = append(said, h.String())
	}
	want := []string{
		"config.toml:4: Microsoft 365 takes passwords for sending until 31 December 2026; afterwards only a sign-in works. Register a client and add [account.oauth].",
		"config.toml:8: pace_day is 600, and Gmail and Google Workspace takes 500 mails in 24 hours.",
	}
	if !slices.Equal(said, want) {
		t.Errorf("got %q", said)
	}
}
