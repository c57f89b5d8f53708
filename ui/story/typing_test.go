package story

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"stoke/mail/mailtest"
)

// typist types numbered words into a session, each letter once the one before is on the screen, and remembers when each
// letter left her fingers.
type typist struct {
	words int
	text  strings.Builder
	at    []time.Time // of every byte of text
}

func (w *typist) types(t *testing.T, s *session, d time.Duration) {
	t.Helper()
	for end := time.Now().Add(d); time.Now().Before(end); w.words++ {
		for _, key := range fmt.Sprintf("w%04d ", w.words) {
			w.text.WriteRune(key)
			w.at = append(w.at, time.Now())
			s.press(t, string(key))
			s.first(t)
		}
	}
}

// until is what she had typed by a moment.
func (w *typist) until(moment time.Time) string {
	n := len(w.at)
	for n > 0 && w.at[n-1].After(moment) {
		n--
	}
	return w.text.String()[:n]
}

// A process that is killed while the rep types has lost at most the last second of it; the next start shows the rest, and
// she goes on in it. A rep who never pauses is no worse off, so the moments lie before, at and long after the first save.
func TestKilledWhileTyping(t *testing.T) {
	r := newRep(t, mailtest.Options{})
	r.dana()
	const end = "\x1b[1;5F" // ctrl+end
	type draft struct{ Body string }
	words, before := 0, draft{}
	r.asks(&before, "draft", "dana")
	for _, moment := range []time.Duration{100 * time.Millisecond, 1100 * time.Millisecond, 1700 * time.Millisecond, 2500 * time.Millisecond, 4 * time.Second} {
		var after draft
		s := start(t, 100, 40, r.env, stoke(t))
		s.shows(t, "Dana Whitfield")
		s.press(t, "r")
		s.shows(t, "keep & back")
		s.press(t, end)
		s.press(t, "\r")
		s.quiet(50 * time.Millisecond)
		w := typist{words: words}
		w.types(t, s, moment)
		killed := time.Now()
		s.end()

		r.asks(&after, "draft", "dana")
		kept, ok := strings.CutPrefix(strings.TrimRight(after.Body, "\n"), strings.TrimRight(before.Body, "\n"))
		kept = strings.TrimPrefix(kept, "\n")
		safe := strings.TrimRight(w.until(killed.Add(-time.Second)), " ")
		if !ok || !strings.HasPrefix(w.text.String(), kept) || len(kept) < len(safe) {
			t.Errorf("killed after %s: before %q, typed %q, older than a second %q, kept %q", moment, before.Body, w.text.String(), safe, after.Body)
		}
		t.Logf("killed after %s: %d letters typed, %d older than a second, %d kept", moment, w.text.Len(), len(safe), len(kept))
		words = w.words
		before = after
	}
	again := r.screen(100, 60)
	again.sees("Dana Whitfield")
	again.press("r")
	lines := strings.Split(strings.TrimSpace(before.Body), "\n")
	again.sees(lines[0], lines[len(lines)-1][:60])
}
