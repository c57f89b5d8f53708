package auth

import (
	"errors"
	"strings"
	"testing"

	"github.com/emersion/go-sasl"
)

func TestWhatTheBearerMechanismsSay(t *testing.T) {
	l := NewBearer("ines,=@stoke.example", "t0ken", "imap.stoke.example", 993)
	for mechanism, want := range map[string]string{
		"XOAUTH2":     "user=ines,=@stoke.example\x01auth=Bearer t0ken\x01\x01",
		"OAUTHBEARER": "n,a=ines=2C=3D@stoke.example,\x01host=imap.stoke.example\x01port=993\x01auth=Bearer t0ken\x01\x01",
	} {
		x, err := l.Choose(func(m string) bool { return m == mechanism })
		if err != nil {
			t.Fatal(err)
		}
		name, initial, err := x.Start()
		if name != mechanism || string(initial) != want || err != nil {
			t.Errorf("%s says %q, %v", name, initial, err)
		}
		for _, s := range []string{l.Redact("you said " + string(initial)), l.Redact("t0ken!")} {
			if strings.Contains(s, "t0ken") {
				t.Errorf("the token is in %q", s)
			}
		}
	}
}

// The library's own server (RFC 7628) understands us.
func TestOAuthBearerIsUnderstood(t *testing.T) {
	var got sasl.OAuthBearerOptions
	server := sasl.NewOAuthBearerServer(func(o sasl.OAuthBearerOptions) *sasl.OAuthBearerError { got = o; return nil })
	_, initial, _ := NewBearer("ines@stoke.example", "t0ken", "smtp.stoke.example", 465).oauthBearer().Start()
	if _, done, err := server.Next(initial); !done || err != nil {
		t.Fatalf("done %v, %v", done, err)
	}
	if want := (sasl.OAuthBearerOptions{Username: "ines@stoke.example", Token: "t0ken", Host: "smtp.stoke.example", Port: 465}); got != want {
		t.Errorf("got %+v", got)
	}
}

func TestARefusalIsToldInPlainWords(t *testing.T) {
	for challenge, want := range map[string]string{
		`{"status":"401","schemes":"bearer mac","scope":"https://mail.google.com/"}`: "has run out or was withdrawn",
		`{"status":401}`: "has run out or was withdrawn",
		`{"status":"invalid_token","openid-configuration":"https://x"}`: "has run out or was withdrawn",
		`{"status":"insufficient_scope"}`:                               "does not allow mail",
		`{"status":"400","schemes":"Bearer"}`:                           "could not read",
		`{"status":"\u001b[31m"}`:                                       "did not say why",
		"":                                                              "did not say why",
		"nonsense":                                                      "did not say why",
	} {
		for _, mechanism := range []string{"XOAUTH2", "OAUTHBEARER"} {
			x, err := NewBearer("i@stoke.example", "t", "h", 1).Choose(func(m string) bool { return m == mechanism })
			if err != nil {
				t.Fatal(err)
			}
			reply, err := x.Next([]byte(challenge))
			if err != nil || reply == nil || mechanism == "XOAUTH2" && len(reply) != 0 || mechanism == "OAUTHBEARER" && string(reply) != "\x01" {
				t.Errorf("%s takes leave with %q, %v", mechanism, reply, err)
			}
			if got := x.Refusal(); !strings.Contains(got, want) {
				t.Errorf("%q is told as %q", challenge, got)
			}
			if _, err := x.Next([]byte(challenge)); err == nil {
				t.Error("a second challenge was answered")
			}
		}
	}
}

func TestTheMechanismIsChosenByConfigAndOffer(t *testing.T) {
	password, token := NewLogin("i@stoke.example", "p"), NewBearer("i@stoke.example", "t", "h", 1)
	for _, tt := range []struct {
		login   Login
		only    string
		offered string
		want    string
	}{
		{password, "", "XOAUTH2 OAUTHBEARER PLAIN LOGIN", "PLAIN"},
		{password, "", "XOAUTH2 LOGIN", "LOGIN"},
		{password, "login", "PLAIN LOGIN", "LOGIN"},
		{password, "plain", "LOGIN", ""},
		{password, "", "XOAUTH2 OAUTHBEARER", ""},
		{token, "", "PLAIN LOGIN XOAUTH2 OAUTHBEARER", "OAUTHBEARER"},
		{token, "", "PLAIN LOGIN XOAUTH2", "XOAUTH2"},
		{token, "xoauth2", "PLAIN XOAUTH2 OAUTHBEARER", "XOAUTH2"},
		{token, "xoauth2", "PLAIN OAUTHBEARER", ""},
		{token, "", "PLAIN LOGIN", ""},
	} {
		x, err := tt.login.Only(tt.only).Choose(func(m string) bool { return strings.Contains(" "+tt.offered+" ", " "+m+" ") })
		got := ""
		if err == nil {
			got, _, _ = x.Start()
		} else if !errors.Is(err, ErrNoMechanism) {
			t.Error(err)
		}
		if got != tt.want {
			t.Errorf("%v restricted to %q, offered %q: %q, want %q", tt.login.Bearer(), tt.only, tt.offered, got, tt.want)
		}
	}
}

// A token that went out as a password would lie in the log of every failed log-in.
func TestATokenIsNeverAPassword(t *testing.T) {
	told := func(string, string) error { t.Error("it was shown"); return nil }
	if err := NewBearer("i@stoke.example", "t", "h", 1).Bare(told); !errors.Is(err, ErrNoMechanism) {
		t.Error(err)
	}
	if err := NewLogin("i@stoke.example", "p").Only("PLAIN").Bare(told); !errors.Is(err, ErrNoMechanism) {
		t.Error(err)
	}
}
