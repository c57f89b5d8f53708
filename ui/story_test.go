package ui_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui"
	"stoke/ui/uitest"
)

func TestARepWorksTheWholeLoop(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("j") // Dana
	s.Press("r")
	s.Sees("Dana Whitfield", "Re: pricing for 40 seats")
	s.Press("ctrl+end")
	s.Type("\nPS: yes, 40 seats.")
	for s.desk.Dossier(s.who["Dana"]).Draft == nil {
		s.Wait(100 * time.Millisecond)
		if s.Now().Sub(monday) > 2*time.Second {
			t.Fatal("the draft was not saved within a second of typing")
		}
	}
	fill(s)
	s.Press("ctrl+s")
	mails := s.desk.Mails()
	if len(mails) != 1 {
		t.Fatalf("%d mails in the outbox:\n%s", len(mails), s.Screen())
	}
	if m := mails[0]; !strings.HasSuffix(m.Text, "\nPS: yes, 40 seats.") || m.To[0].Addr != "dana@northwind.example" || m.InReplyTo == "" || m.Contact != s.who["Dana"] {
		t.Errorf("what was queued is not what was written: %+v", m)
	}
	if s.wire.Kicks == 0 {
		t.Error("the engine was not woken")
	}
	s.Sees("Sending to Dana", "u undo", "Hal Brooks")
	if strings.Contains(s.Screen(), "▌ ● Dana") {
		t.Error("the cursor stays with Dana")
	}

	s.Press("u")
	s.Sees("Undone")
	if d := s.desk.Dossier(s.who["Dana"]).Draft; d == nil || !strings.Contains(d.Body, "PS: yes, 40 seats.") {
		t.Error("the text is not back in the draft")
	}
	s.Sees("▌ ● Dana Whitfield")
}

// fill writes something into every blank of the draft.
func fill(s *stage) {
	for range 9 {
		if !strings.Contains(s.Screen(), "left: tab jumps") {
			return
		}
		s.Press("tab")
		s.Type("x")
	}
}

func TestEscapeKeepsTheDraftAlways(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("r")
	s.Type("Zebra ")
	s.Press("esc")
	if d := s.desk.Dossier(s.who["Ines"]).Draft; d == nil || !strings.HasPrefix(d.Body, "Zebra ") {
		t.Fatal("escape lost the text")
	}
	s.Press("j", "k", "r")
	s.Sees("Zebra")
}

func TestTextTypedBeforeTheCursorMovesIsNeverLost(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("r")
	s.Type("Kept")
	s.Hold = true
	s.Press("esc", "j")
	s.Release()
	if d := s.desk.Dossier(s.who["Ines"]).Draft; d == nil || !strings.HasPrefix(d.Body, "Kept") {
		t.Fatal("the text did not reach the desk")
	}
	if d := s.desk.Dossier(s.who["Dana"]).Draft; d != nil {
		t.Fatal("and not into somebody else's draft")
	}
}

func TestAKeyNeverActsOnTheContactBefore(t *testing.T) {
	s := perform(t, 120, 40)
	s.Hold = true
	s.Press("j", "r")
	s.Release()
	s.Sees("To       Dana Whitfield")
	s.Type("For Dana only. ")
	s.Press("esc")
	if s.desk.Dossier(s.who["Ines"]).Draft != nil || s.desk.Dossier(s.who["Dana"]).Draft == nil {
		t.Error("the text went to the wrong draft")
	}
}

func TestSnoozing(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("s", "2")
	s.Sees("Snoozed Ines until tomorrow 08:30", "u undo · 8s", "▌ ● Dana")
	s.Wait(3 * time.Second)
	s.Sees("u undo · 6s")
	if !s.desk.Dossier(s.who["Ines"]).Contact.FollowUp.Snoozed(s.Now()) {
		t.Error("Ines is not snoozed")
	}
	s.Press("s")
	s.Type("fri 2pm")
	s.Sees("= Fri 27 Nov 14:00")
	s.Press("enter")
	s.Sees("Snoozed Dana until Fri 27 Nov 14:00")
	s.Press("S")
	s.Sees("Snoozed Hal until Fri 27 Nov 14:00")
	s.Press("u")
	s.Sees("▌ ○ Hal Brooks")
	s.Press("s")
	s.Type("xyzzy")
	s.Press("enter")
	s.Sees("try: fri 2pm")
	s.Press("esc", "3")
	s.Sees("[3 Snoozed 3]", "Sara Benali", "Dana Whitfield", "Ines Duarte")
	s.Press("D")
	s.Sees("is back")
}

func TestRetiringAsksForTheReasonAndTheirDate(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("d", "4")
	s.Sees("Retired Ines: not a fit")
	s.Press("d", "2")
	s.Sees("When is a good time for Dana?")
	s.Type("jan 5")
	s.Press("enter")
	s.Sees("Retired Dana: bad timing, back")
	if r := s.desk.Dossier(s.who["Dana"]).Contact.FollowUp; r.Retired.Reason != model.ReasonTiming || r.Promise.At.Month() != time.January {
		t.Errorf("retired as %+v", r.Retired)
	}
	s.Press("5")
	s.Sees("Dana Whitfield", "Greg Palmer")
}

func TestVerbsActOnTheMarked(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("space", "space")
	s.Sees("2 marked")
	s.Press("e")
	for _, name := range []string{"Ines", "Dana"} {
		if at := s.desk.Dossier(s.who[name]).Contact.FollowUp.Next.ReadyAt; !at.After(s.Now()) {
			t.Errorf("%s was not handled", name)
		}
	}
	s.Sees("▌ ○ Hal")
	s.Press("u")
	s.Sees("Ines", "Dana")
	s.Wait(9 * time.Second)
	s.Press("g", "x", "j", "j", "v")
	s.Sees("4 marked")
	s.Press("ctrl+s")
	s.Sees("one by one")
	s.Press("esc", "esc")
	s.SeesNot("marked")
}

func TestLogging(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("j", "l", "c")
	s.Sees("we spoke")
	s.Type("wants SSO")
	s.Press("enter")
	s.Sees("Logged for Dana")
	happened := s.desk.Dossier(s.who["Dana"]).Interactions
	if last := happened[len(happened)-1]; last.Kind != model.Call || last.Text != "wants SSO" {
		t.Errorf("logged %+v", last)
	}
}

func TestPromiseAndPins(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("i")
	s.Type("fri 3pm")
	s.Press("enter")
	s.Sees("Promised Ines for Fri 27 Nov 15:00")
	s.Press("g", "+")
	s.Sees("hot already")
	s.Press("-")
	s.Sees("pinned warm")
}

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
	s.Sees("My answer. ", "wrote while you were writing", "the board said no")
	fill(s)
	s.Press("ctrl+s")
	if n := len(s.desk.Mails()); n != 0 {
		t.Fatal("a blind send went through")
	}
	s.Sees("My answer. ", "ctrl+s again sends it")
	s.Press("ctrl+s")
	if n := len(s.desk.Mails()); n != 1 {
		t.Fatalf("the confirmed send did not go:\n%s", s.Screen())
	}
}

func TestABlankIsFilledBeforeAnythingLeaves(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("j", "j") // Hal: an opener with a blank
	s.Sees("to fill")
	s.Press("ctrl+s")
	s.Sees("Fill the blank first")
	if len(s.desk.Mails()) != 0 {
		t.Fatal("a mail with a blank was queued")
	}
	fill(s)
	s.Press("ctrl+s")
	if mails := s.desk.Mails(); len(mails) != 1 || strings.Contains(mails[0].Text, "{{") {
		t.Errorf("after filling: %+v\n%s", mails, s.Screen())
	}
}

func TestATemplateKeepsTheTypedTextUndoable(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("r")
	s.Type("Mine ")
	s.Press("ctrl+t")
	s.Sees("Template", "1-9 pick")
	s.Press("7")
	s.SeesNot("Mine Hi")
	s.Press("ctrl+z")
	s.Sees("Mine Hi")
}

func TestATemplateTakenFromTheListCanStillBeUndoneInTheDraft(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("r")
	s.Type("Mine ")
	s.Press("esc", "t", "7")
	s.Wait(2 * time.Minute)
	s.SeesNot("Mine Hi")
	s.Press("r", "ctrl+z")
	s.Sees("Mine Hi")
}

func TestWhatAnotherStokeChangedIsSeenWithoutAKey(t *testing.T) {
	s := perform(t, 120, 40)
	if _, err := s.desk.Do(t.Context(), model.Retire{Reason: model.ReasonNoFit}, s.who["Tom"]); err != nil {
		t.Fatal(err)
	}
	s.Wait(time.Minute)
	s.SeesNot("Tom Okafor")
}

func TestTheHistoryUndoesOneOfMany(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("U")
	s.Sees("Nothing has been done yet.")
	s.Press("d", "4", "s", "2")
	s.Sees("Snoozed Dana")
	s.Wait(9 * time.Second)
	s.Press("U")
	s.Sees("Retired Ines: not a fit", "Snoozed Dana until tomorrow 08:30")
	s.Press("j", "enter")
	s.Sees("Undone: Retired Ines", "▌ ● Ines")
	if s.desk.Dossier(s.who["Dana"]).Contact.FollowUp.Snooze.Until.IsZero() {
		t.Error("Dana's snooze was undone with it")
	}
}

func TestDiscardingAsksFirst(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("r")
	s.Type("Rubbish ")
	s.Press("ctrl+x")
	s.Sees("Discard the draft to Ines?")
	s.Press("k")
	s.Sees("Rubbish")
	s.Wait(time.Second)
	s.Press("ctrl+x", "d")
	s.Sees("The draft is discarded.")
	if s.desk.Dossier(s.who["Ines"]).Draft != nil {
		t.Error("the draft is still there")
	}
	s.Press("r")
	s.SeesNot("Rubbish")
}

func TestTheFieldsAboveTheText(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("r", "up", "end")
	s.Type(" soon")
	s.Press("up")
	s.Type("x@y.example, ")
	s.Press("shift+tab", "f3")
	s.Sees("As it leaves", "x@y.example", "Your question, Mareverde soon")
	s.Press("esc", "up", "home")
	s.Type("not an address,")
	s.Press("ctrl+s")
	s.Sees("holds no address")
	s.Press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+y", "esc")
	if d := s.desk.Dossier(s.who["Ines"]).Draft; d == nil || d.Subject != "Your question, Mareverde soon" {
		t.Errorf("kept %+v", d)
	}
}

func TestANewMessageLeavesTheThread(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("j", "c")
	s.Type("Another matter")
	s.Press("tab", "tab", "esc")
	if d := s.desk.Dossier(s.who["Dana"]).Draft; d == nil || d.InReplyTo != "" || d.Subject != "Another matter" {
		t.Errorf("the new message is %+v", d)
	}
}

func TestTheThreadFoldsScrollsAndKeepsItsPlace(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("j", "enter")
	s.SeesNot("Proposal v2 attached.")
	if s.desk.Dossier(s.who["Dana"]).Contact.FollowUp.Unread {
		t.Error("opened, and still unread")
	}
	s.Press("enter")
	s.Sees("│ Proposal v2 attached.")
	s.Press("g")
	s.Sees("Intro and deck")
	s.desk.Hear(s.who["Dana"], "One more thing.")
	s.Send(model.Event{Kind: model.EventReplied, Contact: s.who["Dana"], Text: "Dana replied"})
	s.Wait(time.Second)
	s.Sees("Intro and deck")
	s.Press("G")
	s.Sees("One more thing.")
	s.Press("ctrl+u", "ctrl+d", "K", "J", "esc")
	s.Sees("[1 Queue")
}

func TestFromTheOutboxToTheContact(t *testing.T) {
	s := perform(t, 80, 24)
	s.desk.Queue(model.Outgoing{Contact: s.who["Greg"], To: []model.Address{{Addr: "greg@palmer.example"}}, Subject: "List", State: model.Failed, Error: "The server said no.", Approved: monday})
	s.Press("6", "G", "ctrl+u")
	s.Sees("Could not send to greg@palmer.example: The server said no.")
	s.Press("enter")
	s.Sees("People", "Greg Palmer", "Is this still on your list?")
	s.Press("q", "q", "6", "r")
	if s.desk.Mails()[0].State != model.Queued {
		t.Error("r tries a failed mail again")
	}
}

func TestWithoutAnEditorTheKeySaysSo(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("r", "ctrl+o")
	s.Sees("export VISUAL or EDITOR")
}

func TestWhatFailsIsSaidOnceAndLosesNothing(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("r")
	s.Type("Precious ")
	s.desk.Fails = errors.New("disk I/O error (5)")
	s.Wait(time.Second)
	s.Sees("Could not save the draft; details in the log.", "Precious ")
	s.SeesNot("disk I/O")
	if len(s.logs) == 0 || !strings.Contains(s.logs[0], "disk I/O error") {
		t.Errorf("the log has %q", s.logs)
	}
	s.desk.Fails = nil
	s.Wait(2 * time.Second)
	if d := s.desk.Dossier(s.who["Ines"]).Draft; d == nil || !strings.HasPrefix(d.Body, "Precious ") {
		t.Error("the text was not saved once it could be")
	}
	s.Press("esc")
	s.desk.Fails = model.Errorf(model.Conflict, "Another stoke changed Ines just now. Look again.")
	s.Press("e")
	s.Sees("Another stoke changed Ines just now.", "Ines Duarte")
}

func TestLeaving(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("q")
	if !s.Quit {
		t.Error("q on the queue leaves")
	}
	s = perform(t, 80, 24)
	s.Press("r")
	s.Type("Not saved yet")
	s.Press("ctrl+c")
	if d := s.desk.Dossier(s.who["Ines"]).Draft; !s.Quit || d == nil || !strings.HasPrefix(d.Body, "Not saved yet") {
		t.Error("ctrl+c leaves at once and keeps the text")
	}
	s = perform(t, 80, 24)
	s.Press("j", "r")
	fill(s)
	s.Press("ctrl+s", "q")
	s.Sees("1 mail has not left yet")
	s.Press("w")
	if s.Quit {
		t.Fatal("it was to wait")
	}
	if err := s.desk.Turn(s.desk.Mails()[0].ID, model.TurnClaim); err != nil {
		t.Fatal(err)
	}
	for _, turn := range []model.Turn{model.TurnCommit, model.TurnAccepted} {
		if err := s.desk.Turn(s.desk.Mails()[0].ID, turn); err != nil {
			t.Fatal(err)
		}
	}
	s.Send(model.Event{Kind: model.EventSent, Contact: s.who["Dana"]})
	s.Wait(time.Second)
	if !s.Quit {
		t.Error("the mail is out, and stoke still waits")
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

func TestTheDemoTeachesOneThingAfterTheOther(t *testing.T) {
	s := perform(t, 80, 24, func(o *ui.Options) { o.Demo = true })
	s.Sees("press r to put the cursor into the draft")
	s.Press("r")
	s.Sees("ctrl+s sends it")
	fill(s)
	s.Press("ctrl+s")
	s.Wait(9 * time.Second)
	s.Sees("they answer in some seconds")
	s.Send(model.Event{Kind: model.EventReplied, Contact: s.who["Ines"], Text: "Ines replied"})
	s.Wait(9 * time.Second)
	s.Sees("s snoozes somebody")
}

func TestHelpPaletteAndFilter(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("?")
	s.Type("pin")
	s.Sees("Pin warmer")
	s.SeesNot("Retire the contact")
	s.Press("esc", ":")
	s.Type("snoozed")
	s.Press("enter")
	s.Sees("[3 Snoozed")
	s.Press("1", "/")
	s.Type("whit")
	s.Press("enter")
	s.Sees("▌ ● Dana")
	s.SeesNot("Mei Chen")
	s.Press("esc")
	s.Sees("Mei Chen")
	s.Press("Q")
	s.Sees("Q does nothing here")
}

func TestADraftIsSavedEvenWhenTheScreenBecomesTooSmall(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("r")
	s.Type("Small ")
	s.Resize(40, 10)
	s.Type("screen")
	s.Wait(time.Second)
	if d := s.desk.Dossier(s.who["Ines"]).Draft; d == nil || !strings.HasPrefix(d.Body, "Small screen") {
		t.Error("the draft was not saved behind the guard")
	}
	s.Resize(80, 24)
	s.Sees("Small screen")
}

func TestCopying(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("y")
	if s.Copied != "ines@mareverde.example" {
		t.Errorf("copied %q", s.Copied)
	}
	s.Press("Y")
	if s.Copied != "We would like to see a demo next week." {
		t.Errorf("copied %q", s.Copied)
	}
}

var blur = tea.BlurMsg{}

func TestSortingTheUnsorted(t *testing.T) {
	s := empty(t)
	s.who = uitest.Cast(s.desk)
	for _, name := range []string{"Nora Unsorted", "Owen Unsorted"} {
		s.desk.Put(model.Contact{Name: name, Emails: []string{"x@y.example"}})
	}
	s.open(t, 80, 24)
	s.Sees("+ 2 people to sort")
	s.Press("G", "enter")
	s.Sees("Nora Unsorted", "Nobody here gets mail yet")
	s.Press("D")
	s.Sees("Kept Nora", "▌ ○ Owen")
	s.Press("d", "4")
	s.Sees("Everybody is sorted.")
	s.Press("q")
	s.Sees("[1 Queue 10]", "Nora Unsorted")
}

func TestColourObeysFlagThenNoColor(t *testing.T) {
	for _, c := range []struct {
		flag, noColor string
		options       int
	}{{"auto", "", 0}, {"", "", 0}, {"auto", "yes", 1}, {"", "1", 1}, {"never", "", 1}, {"always", "yes", 1}} {
		if got := len(ui.Colour(c.flag, []string{"TERM=xterm-256color"}, c.noColor)); got != c.options {
			t.Errorf("--color=%q NO_COLOR=%q: %d options", c.flag, c.noColor, got)
		}
	}
}

func TestAPickerTakesTheKeyOfAQuickRep(t *testing.T) {
	for _, key := range []string{"1", "2"} {
		s := perform(t, 80, 24)
		s.Hold = true
		s.Press("s", key)
		s.Release()
		s.Sees("Snoozed Ines until")
	}
	s := perform(t, 80, 24)
	s.Hold = true
	s.Press("s", "down")
	s.Release()
	s.Sees("Snooze Ines", "wakes early")
}

func TestNothingOvertakesASave(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("r")
	s.Type("Slow ")
	s.Hold = true
	s.Wait(time.Second) // the save is on its way
	s.Press("ctrl+x", "d")
	s.Release()
	if s.desk.Dossier(s.who["Ines"]).Draft != nil {
		t.Error("the save came after the discard, and the draft is back")
	}

	s = perform(t, 80, 24)
	s.Press("r")
	s.Type("Slow ")
	s.Hold = true
	s.Wait(time.Second)
	s.Press("ctrl+s")
	s.Release()
	if len(s.desk.Mails()) != 1 || s.desk.Dossier(s.who["Ines"]).Draft != nil {
		t.Error("the save came after the send")
	}

	s = perform(t, 80, 24)
	s.Press("r")
	s.Type("Slow ")
	s.Hold = true
	s.Wait(time.Second)
	s.Type("and more")
	s.Press("ctrl+c")
	s.Release()
	if d := s.desk.Dossier(s.who["Ines"]).Draft; !s.Quit || d == nil || !strings.HasPrefix(d.Body, "Slow and more") {
		t.Errorf("left with %+v", d)
	}
}
