package ui_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stoke/model"
	"stoke/ui"
	"stoke/ui/frame"
	"stoke/ui/keys"
	"stoke/ui/uitest"

	"stoke/themes"
)

// odd are the pieces of the worst names, subjects and mails.
var odd = []string{"Dana", " ", "日本語株式会社", "é", "e\u0301\u0323", "👩‍👩‍👧", "❄️", "🔥", "שלום", "مرحبا", "\u202eevil", "\t", "\r\n", "\r", "\x1b[31m", "\x1b[2J",
	"\x1b]52;c;aGk=\x07", "\x1b]0;title", "\x1bP1;2|x\x1b\\", "\x9b31m", "\u0090q", "क्षि", "🇩🇪", "👍🏽", "ﷺ", "\u200d", "ｗ", "\x00", "\xff", "{{ blank }}", "{{", strings.Repeat("long", 30), strings.Repeat("\u0301", 40)}

func oddText(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(odd), 0, 8).Draw(t, label), "")
}

func oddPerson(t *rapid.T, now time.Time) (model.Contact, []model.Interaction) {
	c := model.Contact{Name: oddText(t, "name"), Company: oddText(t, "company"), Title: oddText(t, "title"), Phone: oddText(t, "phone"),
		Emails: []string{"a@b.example"}, Tags: []string{oddText(t, "tag")}, Fields: map[string]string{oddText(t, "field"): oddText(t, "value")},
		FollowUp: model.FollowUp{Sorted: true, Next: model.Touch{Kind: model.TouchReply, Since: now.Add(-time.Hour), ReadyAt: now.Add(-time.Hour), DueAt: now.Add(time.Hour)}}}
	var happened []model.Interaction
	for range rapid.IntRange(0, 4).Draw(t, "mails") {
		happened = append(happened, model.Interaction{Kind: rapid.SampledFrom([]model.Kind{model.Mail, model.Note, model.Call}).Draw(t, "kind"), Direction: model.In,
			At: now.Add(-2 * time.Hour), Subject: oddText(t, "subject"), Text: oddText(t, "text"), Quoted: oddText(t, "quoted")})
	}
	return c, happened
}

// The driver checks after every message that the view is exactly h lines of w
// cells and that the cursor lies inside; here everything around that is drawn
// at random: people, sizes, themes, keys, pastes, news.
func TestEveryFrameIsExactWhateverComes(t *testing.T) {
	presses := []string{"j", "k", "g", "G", "ctrl+d", ">", "<", "tab", "enter", "esc", "esc", "r", "c", "t", "s", "d", "l", "i", "e", "w", "?", ":", "/", "p", "P", "1", "2", "3",
		"4", "5", "6", "7", "space", "v", "+", "-", "u", "R", "S", "D", "y", "Y", "J", "K", "ctrl+t", "ctrl+z", "ctrl+y", "f3", "ctrl+x", "ctrl+s", "n", "backspace", "down", "up", "x", "日"}
	rapid.Check(t, func(rt *rapid.T) {
		d := uitest.NewDriver(t, monday)
		desk := uitest.NewDesk(t, d.Now)
		var ids []int64
		for range rapid.IntRange(0, 5).Draw(rt, "people") {
			c, happened := oddPerson(rt, monday)
			ids = append(ids, desk.Put(c, happened...))
		}
		theme, err := themes.Load(rapid.SampledFrom(themes.Names()).Draw(rt, "theme"))
		if err != nil {
			t.Fatal(err)
		}
		glyphs := rapid.SampledFrom([]frame.Glyphs{frame.Unicode, frame.ASCII}).Draw(rt, "glyphs")
		size := func() (int, int) { return rapid.IntRange(1, 210).Draw(rt, "w"), rapid.IntRange(1, 64).Draw(rt, "h") }
		w, h := size()
		d.Start(ui.New(ui.Options{Ctx: t.Context(), Desk: desk, Wire: &uitest.Wire{}, Rules: desk.Rules.Rules, Now: d.Now, After: d.After, Theme: theme,
			Glyphs: glyphs, Keys: keys.Default(), Account: oddText(rt, "account"), Demo: rapid.Bool().Draw(rt, "demo")}), w, h)
		for _, p := range rapid.SliceOfN(rapid.SampledFrom(append(presses, "resize", "paste", "wait", "news", "reply")), 0, 25).Draw(rt, "keys") {
			switch p {
			case "resize":
				d.Resize(size())
			case "paste":
				d.Paste(oddText(rt, "paste"))
			case "wait":
				d.Wait(3 * time.Second)
			case "news":
				d.Send(model.Event{Kind: rapid.SampledFrom([]model.EventKind{model.EventTrouble, model.EventFailed, model.EventSynced, model.EventStandby}).Draw(rt, "event"), Account: oddText(rt, "a"), Text: oddText(rt, "news"), At: d.Now()})
			case "reply":
				if len(ids) > 0 {
					desk.Hear(rapid.SampledFrom(ids).Draw(rt, "who"), oddText(rt, "reply")+"?")
					d.Send(model.Event{Kind: model.EventReplied, Text: oddText(rt, "says")})
				}
			default:
				d.Press(p)
			}
			harmless(t, d.View().Content)
			harmless(t, d.View().WindowTitle)
		}
	})
}

// harmless fails on anything in a frame that a terminal obeys, beside colours
// and line ends of our own.
func harmless(t *testing.T, content string) {
	t.Helper()
	for i := 0; i < len(content); {
		rest := content[i:]
		if strings.HasPrefix(rest, "\x1b[") {
			end := strings.IndexFunc(rest[2:], func(r rune) bool { return r >= 0x40 && r <= 0x7e })
			if end < 0 || rest[2+end] != 'm' {
				t.Fatalf("a frame holds %.12q", rest)
			}
			i += 2 + end + 1
			continue
		}
		r := []rune(rest[:min(4, len(rest))])[0]
		if r < 0x20 && r != '\n' || r == 0x7f || r >= 0x80 && r <= 0x9f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			t.Fatalf("a frame holds %U near %.20q", r, rest)
		}
		i += max(1, len(string(r)))
		if r == 0xfffd {
			i = i - len(string(r)) + 1
		}
	}
}

func TestTenThousandQuotedLinesDoNotStallTheScreen(t *testing.T) {
	s := empty(t)
	s.desk.Put(model.Contact{Name: "Long", Emails: []string{"l@long.example"}, FollowUp: model.FollowUp{Sorted: true, Next: model.Touch{Kind: model.TouchReply, Since: monday.Add(-time.Hour), ReadyAt: monday.Add(-time.Hour), DueAt: monday.Add(time.Hour)}}},
		model.Interaction{Kind: model.Mail, Direction: model.In, At: monday.Add(-time.Hour), Subject: "long", Text: strings.Repeat("a word and another\n", 10_000), Quoted: strings.Repeat("> > > deep\n", 10_000)})
	start := time.Now()
	s.open(t, 120, 40)
	s.Press("enter", "enter", "K", "g", "G", "r")
	if took := time.Since(start); took > time.Second {
		t.Errorf("it took %v", took)
	}
}
