package ui_test

import (
	"sort"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/store/storetest"
	"stoke/ui"
	"stoke/ui/uitest"
)

// Update and View together must stay below 4 ms at the 99th percentile on a
// real store, with 100,000 people for the promise's figure; commands run
// outside the clock, as they do outside the update loop, but the collector
// sweeps up after them inside it.
func BenchmarkKeyToFrame(b *testing.B) {
	desk := storetest.Open(b)
	n, m := storetest.BenchSize()
	storetest.Seed(b, desk, n, m)
	s := empty(b)
	s.open(b, 200, 60, func(o *ui.Options) { o.Desk, o.Now, o.Rulebook = desk, desk.Now, desk.Rules })
	for _, c := range []struct {
		name  string
		begin []string
		keys  []string
	}{
		{"move", nil, []string{"j"}},
		{"half-page", nil, []string{"ctrl+d", "ctrl+d", "ctrl+u"}},
		{"mark", nil, []string{"space"}},
		{"type", []string{"g", "r"}, []string{"a", "b", "space", "c", "backspace", "enter"}},
		{"filter", []string{"esc", "g", "/"}, []string{"a", "n", "n", "backspace", "backspace", "backspace"}},
		{"snooze-picker", []string{"esc", "esc", "g"}, []string{"s", "esc"}},
		{"help", nil, []string{"?", "esc"}},
		{"help-search", []string{"?"}, []string{"s", "n", "backspace", "backspace"}},
		{"palette", []string{"esc", ":"}, []string{"s", "n", "backspace", "backspace"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			s.Press(c.begin...)
			var took []time.Duration
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				took = append(took, s.Timed(time.Now, uitest.Key(c.keys[i%len(c.keys)])))
			}
			report(b, took)
		})
	}
	const plain, wide = "A line as long as lines in mails are, with {{a blank}} in it.\n", "お見積りの件 👩🏽‍💻 with {{a blank}}, e\u0301te\u0301, 다음 주에 שלום 🇳🇱 in it.\n"
	for _, c := range []struct {
		name  string
		lines int
		line  string
	}{{"draft-of-100-lines", 100, plain}, {"draft-of-100-wide-lines", 100, wide}, {"draft-of-400-lines", 400, plain}, {"draft-of-400-wide-lines", 400, wide}} {
		b.Run(c.name, func(b *testing.B) {
			s.Press("esc", "esc", "esc", "g", "r", "ctrl+home", "ctrl+space", "ctrl+end", "delete")
			s.Paste(strings.Repeat(c.line, c.lines))
			var took []time.Duration
			for b.Loop() {
				took = append(took, s.Timed(time.Now, uitest.Key("x")))
			}
			report(b, took)
			s.Press("esc")
		})
	}
	b.Run("event", func(b *testing.B) {
		var took []time.Duration
		for b.Loop() {
			took = append(took, s.Timed(time.Now, model.Event{Kind: model.EventChanged}))
		}
		report(b, took)
	})
}

func report(b *testing.B, took []time.Duration) {
	b.Helper()
	sort.Slice(took, func(i, j int) bool { return took[i] < took[j] })
	at := func(share float64) float64 {
		return float64(took[min(len(took)-1, int(share*float64(len(took))))].Microseconds()) / 1000
	}
	b.ReportMetric(at(0.50), "ms-p50")
	b.ReportMetric(at(0.99), "ms-p99")
}
