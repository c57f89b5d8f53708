package auth

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever a server or a provider says, the rep reads one clean line, and no secret.
func FuzzWhatProvidersSay(f *testing.F) {
	f.Add(`{"status":"401"}`, "invalid_grant", "AADSTS50076: s3cret")
	f.Add("{", "", "\x1b]0;x\x07")
	f.Add(`{"status":{"a":[1]}}`, "x\r\ny", strings.Repeat("é", 300))
	f.Fuzz(func(t *testing.T, challenge, code, why string) {
		b := &bearer{mechanism: XOAuth2, farewell: []byte{}}
		if _, err := b.Next([]byte(challenge)); err != nil {
			t.Fatal(err)
		}
		c := Client{Secret: "s3cret"}
		for _, said := range []string{b.Refusal(), c.clean(code, nil), c.clean(why, []string{"refr3sh"})} {
			if strings.ContainsFunc(said, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }) || !utf8.ValidString(said) || len(said) > 210 ||
				strings.Contains(said, "s3cret") || strings.Contains(said, "refr3sh") {
				t.Errorf("%q", said)
			}
		}
	})
}

// Whatever is pasted: only an answer with our state is taken.
func FuzzPastedAddresses(f *testing.F) {
	f.Add("http://127.0.0.1/?code=a&state=OURSTATE")
	f.Add("http://127.0.0.1/?code=a&state=ourstate")
	f.Add("%zz?state=OURSTATE&error=access_denied")
	f.Fuzz(func(t *testing.T, line string) {
		a, err := (&back{state: "OURSTATE"}).read(line)
		if err == nil && (!strings.Contains(line, "state") || a.code == "" && a.err == "") {
			t.Errorf("%q was taken: %+v", line, a)
		}
	})
}
