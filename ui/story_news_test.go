package ui_test

import (
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/ui"
	"stoke/ui/frame"
)

func messageRow(s *stage, h int) string { return strings.TrimSpace(s.Line(h - 3)) }

func TestNewsWaitsUntilAnUndoHasEnded(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("s", "2", "enter")
	s.Wait(time.Second)
	s.Send(model.Event{Kind: model.EventReplied, Contact: s.who["Dana"], Text: "Dana replied"})
	s.Send(model.Event{Kind: model.EventChanged, Contact: s.who["Hal"], Text: "Hal is out of office"})
	s.Send(model.Event{Kind: model.EventReplied, Contact: s.who["Dana"], Text: "Dana replied again"})
	s.Wait(3 * time.Second)
	s.Sees("u undo")
	s.SeesNot("Dana replied", "out of office")
	s.Wait(5 * time.Second)
	s.Sees("Hal is out of office")
	s.Wait(4 * time.Second)
	s.Sees("Dana replied again")
	s.Wait(9 * time.Second)
	if row := messageRow(s, 24); row != "" {
		t.Errorf("everything was said, and yet: %q", row)
	}
}

func TestAnEventWithoutWordsSaysNothing(t *testing.T) {
	s := perform(t, 80, 24)
	for _, kind := range []model.EventKind{model.EventReplied, model.EventChanged, model.EventSent} {
		s.Send(model.Event{Kind: kind, Contact: s.who["Dana"]})
		if row := messageRow(s, 24); row != "" {
			t.Errorf("%s: %q", kind, row)
		}
	}
}

func TestTheMinutesLeftRunDown(t *testing.T) {
	s := perform(t, 80, 24)
	s.Sees("asked for a demo, 22 min left", "22 min left of the first hour")
	s.Press("j")
	loads := s.desk.Calls["Rows"]
	s.Wait(25 * time.Second)
	before := s.desk.Calls["Rows"]
	s.Wait(3 * time.Second)
	if s.desk.Calls["Rows"] != before || loads == 0 {
		t.Error("a second must not load a list")
	}
	s.Wait(95 * time.Second)
	s.Sees("asked for a demo, 20 min left")
	s.Press("k")
	s.Sees("20 min left of the first hour")
}

func TestTheWheelTurnsOnlyBesideALongSync(t *testing.T) {
	s := perform(t, 80, 24, func(o *ui.Options) { o.Glyphs = frame.ASCII })
	s.Send(model.Event{Kind: model.EventSyncing, Account: "acme", Done: 1, Total: 9})
	s.Sees(" reading mail, 1 of 9")
	before := lastLines(s)
	s.Wait(400 * time.Millisecond)
	if lastLines(s) != before {
		t.Error("something turned at once")
	}
	s.Wait(200 * time.Millisecond)
	turned := map[string]bool{}
	for range 8 {
		s.Wait(120 * time.Millisecond)
		turned[lastLines(s)] = true
	}
	if len(turned) < 3 {
		t.Errorf("the wheel stands still: %v", turned)
	}
	s.Send(model.Event{Kind: model.EventSynced, Account: "acme", At: s.Now()})
	s.Wait(time.Second)
	s.Sees("synced now")
}

func lastLines(s *stage) string { return s.Line(22) }

func TestFollowUpEnrolsMovesAndStops(t *testing.T) {
	s := perform(t, 80, 24, func(o *ui.Options) { o.Rulebook = func() *model.Rulebook { return &model.Rulebook{} } })
	s.Press("f")
	s.Sees("There is no sequence to enrol in")
	s = perform(t, 80, 24)
	set := s.desk.Rules.Sequences.List()
	s.Press("j", "f", "1")
	s.Sees("Dana waits for your answer.")
	s.Press("G", "f")
	s.Sees("Follow-up for Mei", "sales", "touches in")
	s.SeesNot("stop")
	s.Press("2")
	in := func() string { return s.contact("Mei").FollowUp.Enrolment.Sequence }
	if in() != set[1].Name {
		t.Fatalf("enrolled in %q:\n%s", in(), s.Screen())
	}
	s.Press("7", "/")
	s.Type("mei")
	s.Press("enter", "f")
	s.Sees("stop "+set[1].Name, "(now: starts over)")
	s.Press("1")
	if in() != set[0].Name {
		t.Errorf("moved to %q", in())
	}
	s.Press("f", "x")
	if in() != "" {
		t.Errorf("still in %q", in())
	}
	s.Press("u")
	if in() != set[0].Name {
		t.Errorf("undone to %q", in())
	}
}

func TestWhatCannotBeDoneYetSaysSo(t *testing.T) {
	s := perform(t, 80, 24)
	for _, c := range []struct{ key, says string }{{"backspace", "backspace does nothing here"}} {
		s.Press(c.key)
		s.Sees(c.says)
	}
	s.Press("2", ">")
	s.Sees("Only the queue has groups")
	s.Press("6", "tab")
	s.Sees("The outbox has one pane")
}

func TestANewReplyAboveLeavesTheCursorOnItsContact(t *testing.T) {
	for _, size := range sizes {
		s := perform(t, size.w, size.h)
		s.Press("G", "k")
		s.Sees("▌ ○ Marc")
		s.desk.Hear(s.who["Luis"], "Can we talk?")
		s.Send(model.Event{Kind: model.EventReplied, Contact: s.who["Luis"], Text: "Luis replied"})
		s.Wait(200 * time.Millisecond)
		s.Sees("▌ ○ Marc", "Luis replied", "1 new above")
		for range 3 { // not idle
			s.Press("K")
			s.Wait(3 * time.Second)
		}
		s.Sees("1 new above", "R sorts", "▌ ○ Marc")
		s.SeesNot("Luis replied")
		s.Wait(4 * time.Second)
		s.SeesNot("1 new above")
		s.Sees("▌ ○ Marc", "NOW 4")
	}
}

func TestTenThousandPastedLinesWithTabsAndCRLF(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("r", "ctrl+u")
	start := time.Now()
	s.Paste(strings.Repeat("a\tline that was pasted\r\n", 10_000))
	s.Press("x")
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("pasting took %v", took)
	}
	s.Wait(time.Second)
	d := s.saved("Ines")
	if d == nil || strings.Count(d.Body, "a    line that was pasted\n") != 10_000 || strings.ContainsAny(d.Body, "\r\t") {
		t.Fatal("the text did not arrive as it was pasted")
	}
	s.Press("ctrl+z", "ctrl+z", "ctrl+z")
	s.Wait(time.Second)
	if d := s.saved("Ines"); strings.Contains(d.Body, "pasted") {
		t.Error("undo left some of it")
	}
}

func TestAWindowStaysWhileTheScreenChanges(t *testing.T) {
	s := perform(t, 120, 40)
	for _, open := range []string{"?", "w", "s", "d", "t", ":", "l"} {
		s.Press(open)
		for _, size := range []struct{ w, h int }{{60, 15}, {59, 14}, {200, 60}, {80, 24}, {120, 40}} {
			s.Resize(size.w, size.h)
		}
		s.Sees("esc ")
		s.Press("esc")
	}
	s.Sees("▌ ● Ines")
}

func TestAStatusThatIsTooLongKeepsWhatTheRepMustDecide(t *testing.T) {
	s := perform(t, 60, 20)
	s.desk.Queue(model.Outgoing{Contact: s.who["Dana"], Subject: "Re: pricing", State: model.AskRep, Approved: monday, DotAt: monday})
	s.Send(model.Event{Kind: model.EventChanged})
	s.Send(model.Event{Kind: model.EventTrouble, Account: "acme", Text: "No network."})
	s.Wait(200 * time.Millisecond)
	s.Sees("1 to decide: 6", "not connected")
}
