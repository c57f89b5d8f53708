package ui_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
)

func TestSyncMovesNothing(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("j", "j", "j") // Aiko
	s.Sees("▌ ◐ Aiko")
	before := lineWith(s, "▌ ◐ Aiko")
	s.desk.Hear(s.who["Mei"], "Good moment. Can we talk tomorrow?")
	s.Send(model.Event{Kind: model.EventReplied, Contact: s.who["Mei"], Text: "Mei replied", At: s.Now()})
	s.Wait(200 * time.Millisecond)
	s.Sees("Mei replied")
	if after := lineWith(s, "▌ ◐ Aiko"); after != before {
		t.Fatalf("the cursor's row moved from line %d to %d:\n%s", before, after, s.Screen())
	}
	s.Wait(9 * time.Second)
	s.Sees("▌ ◐ Aiko", "NOW 4")
	s.desk.Hear(s.who["Hanne"], "Yes, what does it cost?")
	s.Press("K")
	s.Send(model.Event{Kind: model.EventChanged})
	s.Wait(200 * time.Millisecond)
	s.Sees("1 new above", "▌ ◐ Aiko")
	s.Press("R")
	s.Sees("NOW 5")
	if s.wire.Syncs != 1 {
		t.Error("R did not ask for a sync")
	}
}

func lineWith(s *stage, text string) int {
	for y, l := range strings.Split(s.Screen(), "\n") {
		if strings.Contains(l, text) {
			return y
		}
	}
	return -1
}

func TestAnAnswerThatComesWhileWritingIsAnnouncedAndAskedAbout(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("j", "r")
	s.Type("My answer. ")
	s.desk.Hear(s.who["Dana"], "Never mind, the board said no. Is that all right?")
	s.Send(model.Event{Kind: model.EventReplied, Contact: s.who["Dana"], Text: "Dana replied"})
	s.Wait(200 * time.Millisecond)
	s.Sees("My answer.", "wrote while you were writing", "the board said no")
	fill(s)
	s.Press("ctrl+s")
	if n := len(s.desk.Mails()); n != 0 {
		t.Fatal("a blind send went through")
	}
	s.Sees("My answer.", "ctrl+s again sends it")
	s.Press("ctrl+s")
	if n := len(s.desk.Mails()); n != 1 {
		t.Fatalf("the confirmed send did not go:\n%s", s.Screen())
	}
}

func TestWhatAnotherStokeChangedIsSeenWithoutAKey(t *testing.T) {
	s := perform(t, 120, 40)
	if _, err := s.desk.Do(t.Context(), model.Retire{Reason: model.ReasonNoFit}, s.who["Tom"]); err != nil {
		t.Fatal(err)
	}
	s.Wait(time.Minute)
	s.SeesNot("Tom Okafor")
}

func TestFromTheOutboxToTheContact(t *testing.T) {
	s := perform(t, 80, 24)
	s.desk.Queue(model.Outgoing{Contact: s.who["Greg"], To: []model.Address{{Addr: "greg@palmer.example"}}, Subject: "List", State: model.Failed, Error: "The server said no.", Approved: monday})
	s.Press("6", "G", "ctrl+u")
	s.Sees("Could not send to greg@palmer.example: The server said no.")
	s.Press("enter")
	s.Sees("‹ Outbox", "Greg Palmer", "Is this still on your list?")
	s.Press("q", "q", "6", "r")
	if s.desk.Mails()[0].State != model.Queued {
		t.Error("r tries a failed mail again")
	}
}

func TestTheOutboxLetsTheRepDecide(t *testing.T) {
	s := perform(t, 80, 24)
	id := s.desk.Queue(model.Outgoing{Contact: s.who["Tom"], To: []model.Address{{Name: "Tom Okafor", Addr: "tom@halden.example"}}, Subject: "Proposal", Text: "x",
		State: model.AskRep, Approved: monday, DotAt: monday})
	s.Press("6")
	s.Sees("Proposal", "no copy was found")
	s.Press("e", "s")
	if s.desk.Mails()[0].State != model.Sent {
		t.Errorf("mail %d is %s", id, s.desk.Mails()[0].State)
	}
	s.Sees("Marked as sent.")
	s.Press("e")
	s.Sees("nothing to decide")
}

func TestTroubleStaysInSightAndEndsByItself(t *testing.T) {
	s := perform(t, 80, 24)
	s.Send(model.Event{Kind: model.EventTrouble, Account: "acme", Text: "Could not reach imap.acme.test: no network. Everything you send waits."})
	s.Sees("Could not reach imap.acme.test", "not connected")
	s.Wait(20 * time.Second)
	s.SeesNot("Could not reach")
	s.Sees("acme: not connected")
	s.Send(model.Event{Kind: model.EventSynced, Account: "acme", At: s.Now()})
	s.Sees("Connected again.", "synced now")
}

// What only the rep can mend stays in sight until it is mended: a sync that works is no sign of that.
func TestARequestStaysInSight(t *testing.T) {
	s := perform(t, 80, 24)
	s.Send(model.Event{Kind: model.EventRequest, Account: "acme", Text: "acme: The provider ended the sign-in. Sign in again: stoke login acme.", Brief: "sign in again"})
	s.Sees("Sign in again: stoke login acme", "acme: sign in again")
	s.Wait(20 * time.Second)
	s.SeesNot("stoke login acme")
	s.Send(model.Event{Kind: model.EventSynced, Account: "acme", At: s.Now()})
	s.Sees("acme: sign in again")
	s.Send(model.Event{Kind: model.EventRequest, Account: "acme"})
	s.SeesNot("acme: sign in again")
	s.Sees("synced")
}

func TestOnlyAHotReplyRingsAndOnlyWhenNobodyLooks(t *testing.T) {
	s := perform(t, 80, 24)
	if got := s.View().WindowTitle; got != "stoke" {
		t.Errorf("title %q", got)
	}
	hot := model.Event{Kind: model.EventReplied, Contact: s.who["Dana"], Text: "Dana \x1b]0;x\x07replied", Hot: true}
	s.Send(hot)
	if s.Rung != "" {
		t.Error("it rang in the rep's face")
	}
	s.Send(blur)
	cold := hot
	cold.Hot = false
	s.Send(cold)
	if s.Rung != "" {
		t.Error("a cold reply rang")
	}
	s.Send(hot)
	if !strings.Contains(s.Rung, "\a") || strings.Count(s.Rung, "\x1b]") != 1 {
		t.Errorf("rung: %q", s.Rung)
	}
}

var blur = tea.BlurMsg{}
