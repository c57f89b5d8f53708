package mail

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// standing is how an account stands with its provider, on disk beside the database, so that no process
// goes on asking for what another was refused: a provider locks an account after a few wrong log-ins, and
// `stoke sync` may run every minute. Whoever has the account's lock writes it; `stoke login`, a doctor
// that was let in, and the rep's R take it away.
type standing struct {
	Refused map[string]refusal `json:"refused,omitempty"` // by Server.at
	Until   time.Time          `json:"until,omitzero"`    // nothing is sent before: the provider wants a pause
	Why     string             `json:"why,omitempty"`     // what the rep is told about the pause
}

// refusal is one refused log-in. Print tells whether a secret is still the refused one; it is so short
// that it tells next to nothing about the secret.
type refusal struct {
	Salt  string    `json:"salt,omitempty"`
	Print string    `json:"print,omitempty"` // "": there was no secret to try
	Says  string    `json:"says"`
	Brief string    `json:"brief"`
	Tries int       `json:"tries,omitempty"` // refused so often
	At    time.Time `json:"at,omitzero"`     // the last time
}

// patienceAfter is how long another process waits before it tries a refused log-in again, by how often it was
// refused. The second try is free: a rep who runs a command again means it. So cron makes a handful of tries a
// day, where providers lock an account after five to ten in a row.
func patienceAfter(tries int) time.Duration {
	switch tries {
	case 0, 1:
		return 0
	case 2:
		return time.Hour
	case 3:
		return 6 * time.Hour
	}
	return 24 * time.Hour
}

// rests tells whether it is too early for another process to try again.
func (r refusal) rests(now time.Time) bool {
	since := now.Sub(r.At)
	return since >= 0 && since < patienceAfter(r.Tries)
}

func standingPath(dir, account string) string {
	return filepath.Join(dir, "standing-"+url.PathEscape(account)+".json")
}

// readStanding gives how an account stands; what cannot be read stands for nothing.
func readStanding(dir, account string) standing {
	s := standing{}
	raw, err := os.ReadFile(standingPath(dir, account))
	if err != nil || json.Unmarshal(raw, &s) != nil {
		return standing{}
	}
	return s
}

func (s standing) good() bool { return len(s.Refused) == 0 && s.Until.IsZero() }

// write keeps it, or takes the file away where there is nothing to keep.
func (s standing) write(dir, account string) error {
	if s.good() {
		return ForgetStanding(dir, account)
	}
	raw, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return os.WriteFile(standingPath(dir, account), raw, 0o600)
}

// ForgetStanding lets an account be tried again, also by engines that run: its secret was changed, or
// the rep wants it. dir is LockDir.
func ForgetStanding(dir, account string) error {
	err := os.Remove(standingPath(dir, account))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// at is how a server is known here: two of them may have one name.
func (s Server) at() string { return net.JoinHostPort(s.Host, strconv.Itoa(s.Port)) }

// printOf is 16 bits of a keyed hash: one in 65,536 other secrets looks the same, and is then tried
// when the rep asks for it.
func printOf(salt string, s Server, secret string) string {
	h := hmac.New(sha256.New, []byte(salt))
	for _, part := range []string{s.at(), s.User, s.Mechanism, secret} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:2])
}

func newRefusal(s Server, secret, says string, before refusal, now time.Time) refusal {
	r := refusal{Says: says, Brief: "not connected, R tries the log-in again", Tries: 1, At: now}
	if before.same(s, secret) {
		r.Tries = before.Tries + 1
	}
	if s.Bearer {
		r.Brief = "sign in again"
	}
	if secret != "" {
		r.Salt = rand.Text()
		r.Print = printOf(r.Salt, s, secret)
	}
	return r
}

// same tells whether this is the log-in that was refused.
func (r refusal) same(s Server, secret string) bool {
	return r.Print != "" && r.Print == printOf(r.Salt, s, secret)
}
