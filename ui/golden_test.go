package ui_test

import (
	"fmt"
	"testing"
	"time"

	"stoke/model"
	"stoke/ui"
	"stoke/ui/frame"
	"stoke/ui/uitest"
)

var sizes = []struct{ w, h int }{{80, 24}, {120, 40}, {200, 60}}

func TestPictures(t *testing.T) {
	scenes := []struct {
		name string
		play func(*stage)
	}{
		{"queue", func(s *stage) {}},
		{"draft", func(s *stage) { s.Press("r"); s.Type("Hi") }},
		{"thread", func(s *stage) { s.Press("enter", "enter") }},
		{"snooze", func(s *stage) { s.Press("s"); s.Type("in 3d") }},
		{"retire", func(s *stage) { s.Press("d") }},
		{"templates", func(s *stage) { s.Press("t") }},
		{"help", func(s *stage) { s.Press("?") }},
		{"palette", func(s *stage) { s.Press(":"); s.Type("snooze") }},
		{"why", func(s *stage) { s.Press("w") }},
		{"snoozed-toast", func(s *stage) { s.Press("s", "2", "enter"); s.Wait(2 * time.Second) }},
		{"find", func(s *stage) { s.Press("/"); s.Type("hal") }},
		{"waiting", func(s *stage) { s.Press("2") }},
		{"outbox-empty", func(s *stage) { s.Press("6") }},
		{"outbox", func(s *stage) {
			s.desk.Queue(model.Outgoing{Contact: s.who["Dana"], To: []model.Address{{Name: "Dana Whitfield", Addr: "dana@northwind.example"}}, Subject: "Re: pricing", State: model.AskRep, Approved: monday.Add(-2 * time.Hour), DotAt: monday.Add(-2 * time.Hour)})
			s.desk.Queue(model.Outgoing{Contact: s.who["Tom"], To: []model.Address{{Addr: "tom@halden.example"}}, Subject: "Proposal", State: model.Queued, Approved: monday, SendAfter: monday.Add(8 * time.Second)})
			s.Press("6", "j", "e")
		}},
	}
	for _, scene := range scenes {
		for _, size := range sizes {
			name := fmt.Sprintf("%s-%dx%d", scene.name, size.w, size.h)
			t.Run(name, func(t *testing.T) {
				s := perform(t, size.w, size.h)
				scene.play(s)
				uitest.Golden(t, name, s.Screen())
			})
		}
	}
}

func TestEmptyStatesSayWhatNow(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprint(size.w), func(t *testing.T) {
			s := empty(t)
			s.open(t, size.w, size.h)
			s.Sees("No people yet.", "stoke add")
			uitest.Golden(t, fmt.Sprintf("empty-%dx%d", size.w, size.h), s.Screen())
		})
	}
	s := perform(t, 80, 24)
	s.Press("4")
	s.Sees("Nobody is in nurture.")
	s.Press("1", "/")
	s.Type("zzz")
	s.Sees("Nobody here matches", "esc shows everybody")
}

func TestGuard(t *testing.T) {
	s := perform(t, 59, 20)
	uitest.Golden(t, "guard-59x20", s.Screen())
	s.Resize(80, 14)
	s.Sees("stoke needs 60×15")
}

func TestAsciiGlyphs(t *testing.T) {
	s := perform(t, 80, 24, func(o *ui.Options) { o.Glyphs = frame.ASCII })
	uitest.Golden(t, "queue-ascii-80x24", s.Screen())
	for _, r := range s.Screen() {
		if r >= 0x80 {
			t.Fatalf("%q is no ASCII", r)
		}
	}
}
