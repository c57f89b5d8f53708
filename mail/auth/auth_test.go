package auth

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// TestMain lets the test binary be the password command, so that no shell is needed.
func TestMain(m *testing.M) {
	switch os.Getenv("AUTH_TEST") {
	case "print":
		fmt.Print(os.Getenv("AUTH_TEST_PRINTS"))
	case "args":
		fmt.Println(strings.Join(os.Args[1:], "|"))
	case "fail":
		fmt.Fprintln(os.Stderr, "s3cret is locked")
		os.Exit(3)
	case "hang":
		<-time.After(time.Minute)
	case "token":
		os.Exit(printToken())
	default:
		os.Exit(m.Run())
	}
}

func command(t *testing.T, mode string, args ...string) []string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("AUTH_TEST", mode)
	return append([]string{self}, args...)
}

func none(string) (string, bool) { return "", false }

func TestSecretFromACommand(t *testing.T) {
	for name, tt := range map[string]struct{ prints, want string }{
		"a line":           {"s3cret\n", "s3cret"},
		"CRLF":             {"s3cret\r\n", "s3cret"},
		"without an end":   {"s3cret", "s3cret"},
		"more lines":       {"s3cret\nuser: ines\n", "s3cret"},
		"spaces belong":    {" s3 cret \n", " s3 cret "},
		"nothing":          {"", ""},
		"an empty line":    {"\nx\n", ""},
		"more than enough": {strings.Repeat("x", 1<<20), strings.Repeat("x", maxSecret)},
	} {
		t.Run(name, func(t *testing.T) {
			argv := command(t, "print")
			t.Setenv("AUTH_TEST_PRINTS", tt.prints[:min(len(tt.prints), 100<<10)])
			got, err := Source{Command: argv}.Fetch(t.Context(), none)
			if got != tt.want || (err != nil) != (tt.want == "") {
				t.Errorf("got %d octets, %v", len(got), err)
			}
			if err != nil && !errors.Is(err, ErrNoSecret) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// T8: an argument is an argument; nothing expands it.
func TestNoShellSeesTheCommand(t *testing.T) {
	got, err := Source{Command: command(t, "args", "$HOME", "`id`", "a b", ";", "*")}.Fetch(t.Context(), none)
	if err != nil || got != "$HOME|`id`|a b|;|*" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestWhatACommandSaysStaysWithIt(t *testing.T) {
	_, err := Source{Command: command(t, "fail")}.Fetch(t.Context(), none)
	if !errors.Is(err, ErrNoSecret) || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("got %v", err)
	}
	if _, err := (Source{Command: []string{"no-such-command-anywhere"}}).Fetch(t.Context(), none); !errors.Is(err, ErrNoSecret) || !strings.Contains(err.Error(), "not installed") {
		t.Errorf("got %v", err)
	}
}

func TestACommandThatHangsIsEnded(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err := Source{Command: command(t, "hang")}.Fetch(ctx, none)
	if !errors.Is(err, ErrNoSecret) || time.Since(began) > 5*time.Second {
		t.Errorf("got %v after %v", err, time.Since(began))
	}
}

func TestSecretFromTheEnvironment(t *testing.T) {
	lookup := func(name string) (string, bool) { return "s3cret", name == "STOKE_PASSWORD" }
	if got, err := (Source{Env: "STOKE_PASSWORD"}).Fetch(t.Context(), lookup); got != "s3cret" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	for _, s := range []Source{{Env: "OTHER"}, {}} {
		if _, err := s.Fetch(t.Context(), lookup); !errors.Is(err, ErrNoSecret) {
			t.Errorf("%+v: %v", s, err)
		}
	}
	if _, err := (Source{Env: "UNSET"}).Fetch(t.Context(), none); !errors.Is(err, ErrNoSecret) || !strings.Contains(err.Error(), "UNSET") {
		t.Errorf("got %v", err)
	}
}

func TestALoginKeepsItsSecret(t *testing.T) {
	l := NewLogin("ines@stoke.example", "s3cret")
	for _, s := range []string{
		fmt.Sprint(l), fmt.Sprintf("%v %+v %#v %s", l, l, l, l),
		l.Redact("you said s3cret"), l.Redact(base64.StdEncoding.EncodeToString([]byte("\x00ines@stoke.example\x00s3cret"))), l.Redact(base64.StdEncoding.EncodeToString([]byte("s3cret"))),
	} {
		if strings.Contains(s, "s3cret") || strings.Contains(s, base64.StdEncoding.EncodeToString([]byte("s3cret"))[:6]) {
			t.Errorf("the secret is in %q", s)
		}
	}
}

func TestChoose(t *testing.T) {
	l := NewLogin("ines@stoke.example", "s3cret")
	for offered, want := range map[string]string{"PLAIN LOGIN": "PLAIN", "LOGIN": "LOGIN", "GSSAPI": ""} {
		mech, err := l.Choose(func(m string) bool { return strings.Contains(" "+offered+" ", " "+m+" ") })
		if want == "" {
			if !errors.Is(err, ErrNoMechanism) {
				t.Errorf("%s: %v", offered, err)
			}
			continue
		}
		if name, _, err := mech.Start(); name != want || err != nil {
			t.Errorf("%s: %s, %v", offered, name, err)
		}
	}
	if !(Login{}).None() || l.None() {
		t.Error("None is wrong")
	}
}
