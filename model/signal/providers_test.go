package signal_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stoke/model/signal"
)

// TestMailsAsProvidersSendThem reads whole mails laid out as the large providers lay them out, each written before the
// classifier was looked at.
func TestMailsAsProvidersSendThem(t *testing.T) {
	var all []sample
	for _, p := range pieces(t, filepath.Join("testdata", "providers", "mails.txt")) {
		all = append(all, sample{name: p.name, want: p.want, raw: letter(p.body)})
	}
	within(t, all)
	for _, s := range all {
		v := explain(t, s.raw)
		if want := s.want["refusal"]; want != "" && (want == "yes") != v.Refusal {
			t.Errorf("%s: refusal %v", s.name, v.Refusal)
		}
		if want := s.want["notnow"]; want != "" && (!v.NotNow || v.NotNowUntil.Format("2006-01") != want) {
			t.Errorf("%s: not now %v, until %v, want %s", s.name, v.NotNow, v.NotNowUntil, want)
		}
	}
}

// TestWhatPeopleSayOfTheDeal reads mails of one or two sentences in seven languages: a no, a not now and its day, a wish
// for no more mail, or nothing of the kind.
func TestWhatPeopleSayOfTheDeal(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("testdata", "providers", "moods.txt"))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]*tally{"later": {}, "refusal": {}, "opt_out": {}, "plain": {}}
	for line := range strings.Lines(string(raw)) {
		want, words, found := strings.Cut(strings.TrimSpace(line), " | ")
		if !found || line[0] == '#' {
			continue
		}
		want, when, _ := strings.Cut(want, " ")
		v := explain(t, letter("Content-Type: text/plain; charset=utf-8\n\n"+words+"\n"))
		said := "plain"
		switch {
		case v.Kind == signal.OptOut:
			said = "opt_out"
		case v.Kind != signal.Human:
			said = string(v.Kind)
		case v.Refusal:
			said = "refusal"
		case v.NotNow:
			said = "later"
		}
		until := v.NotNowUntil.Format(time.DateOnly)
		got[want].add(said == want && (when == "" || strings.HasPrefix(until, when)), words, said+" "+until)
	}
	for what, least := range map[string]float64{"later": 0.95, "refusal": 0.95, "opt_out": 0.92, "plain": 0.95} {
		s := got[what]
		t.Logf("%-8s %3d of %3d, at least %.2f", what, s.right, s.of, least)
		for _, w := range s.wrong {
			t.Logf("    %s", w)
		}
		if s.of < 20 || s.share() < least {
			t.Errorf("%s: %d of %d", what, s.right, s.of)
		}
	}
}
