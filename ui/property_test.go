package ui_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/themes"
	"stoke/ui"
	"stoke/ui/frame"
	"stoke/ui/keys"
	"stoke/ui/uitest"
)

// odd are the pieces of the worst names, subjects and mails.
var odd = []string{"Dana", " ", "日本語株式会社", "é", "e\u0301\u0323", "👩‍👩‍👧", "❄️", "🔥", "שלום", "مرحبا", "\u202eevil", "\t", "\r\n", "\r", "\x1b[31m", "\x1b[2J",
	"\x1b]52;c;aGk=\x07", "\x1b]0;title", "\x1bP1;2|x\x1b\\", "\x9b31m", "\u0090q", "क्षि", "🇩🇪", "👍🏽", "ﷺ", "\u200d", "ｗ", "\x00", "\xff", "{{ blank }}", "{{", strings.Repeat("long", 30), strings.Repeat("\u0301", 40)}

// dice draws with a seed, so that a failure can be played again.
type dice struct{ *rand.Rand }

func (d dice) between(lo, hi int) int { return lo + d.IntN(hi-lo+1) }

func draw[T any](d dice, from []T) T { return from[d.IntN(len(from))] }

func (d dice) oddText() string {
	var out strings.Builder
	for range d.IntN(9) {
		out.WriteString(draw(d, odd))
	}
	return out.String()
}

func (d dice) oddPerson(now time.Time) (model.Contact, []model.Interaction) {
	kind := draw(d, []model.TouchKind{model.TouchReply, model.TouchInquiry, model.TouchStep, model.TouchFirst, model.TouchAlive, model.TouchNurture})
	c := model.Contact{Name: d.oddText(), Company: d.oddText(), Title: d.oddText(), Phone: d.oddText(),
		Emails: []string{"a@b.example"}, Tags: []string{d.oddText()}, Fields: map[string]string{d.oddText(): d.oddText()},
		FollowUp: model.FollowUp{Sorted: d.IntN(6) > 0, Next: model.Touch{Kind: kind, Since: now.Add(-time.Hour), ReadyAt: now.Add(-time.Hour), DueAt: now.Add(time.Duration(d.between(-90, 90)) * time.Minute)}}}
	var happened []model.Interaction
	for range d.IntN(5) {
		happened = append(happened, model.Interaction{Kind: draw(d, []model.Kind{model.Mail, model.Mail, model.Note, model.Call}), Direction: draw(d, []model.Direction{model.In, model.Out}),
			At: now.Add(-2 * time.Hour), Subject: d.oddText(), Text: d.oddText(), Quoted: d.oddText(), MessageID: "a@b"})
	}
	return c, happened
}

var presses = []string{"j", "k", "g", "G", "ctrl+d", "ctrl+u", ">", "<", "tab", "shift+tab", "enter", "enter", "esc", "esc", "r", "r", "c", "t", "s", "d", "l", "i", "e", "w", "?", ":", "/",
	"p", "P", "1", "2", "3", "4", "5", "6", "7", "space", "v", "+", "-", "u", "U", "R", "S", "D", "y", "Y", "J", "K", "ctrl+t", "ctrl+z", "ctrl+y", "f1", "f3", "ctrl+x", "ctrl+s", "n", "N",
	"backspace", "down", "up", "x", "日", "a", "ctrl+left", "home", "end", "pgdown", "pgup", "delete", "ctrl+w",
	"resize", "paste", "wait", "news", "reply"}

// The driver checks after every message that the view is exactly h lines of w
// cells and that the cursor lies inside; here everything around that is drawn
// at random: people, sizes, themes, keys, pastes, news.
func TestEveryFrameIsExactWhateverComes(t *testing.T) {
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			d := dice{rand.New(rand.NewPCG(seed, 1))}
			screen := uitest.NewDriver(t, monday)
			desk := uitest.NewDesk(t, screen.Now)
			var ids []int64
			for range d.IntN(7) {
				c, happened := d.oddPerson(monday)
				ids = append(ids, desk.Put(c, happened...))
			}
			theme, err := themes.Load(draw(d, themes.Names()))
			if err != nil {
				t.Fatal(err)
			}
			screen.Start(ui.New(ui.Options{Ctx: t.Context(), Desk: desk, Wire: &uitest.Wire{}, Rulebook: func() *model.Rulebook { return &desk.Rules }, Now: screen.Now, After: screen.After, Theme: theme,
				Glyphs: draw(d, []frame.Glyphs{frame.Unicode, frame.ASCII}), Keys: keys.Default(), Account: d.oddText(), Demo: d.IntN(2) == 0}), d.between(60, 210), d.between(15, 64))
			for range 80 {
				play(d, screen, desk, ids)
				harmless(t, screen.View().Content)
				harmless(t, screen.View().WindowTitle)
			}
		})
	}
}

// play does one thing that a rep, a terminal or the mail may do.
func play(d dice, screen *uitest.Driver, desk *uitest.Desk, ids []int64) {
	switch p := draw(d, presses); p {
	case "resize":
		if d.IntN(4) == 0 {
			screen.Resize(d.between(1, 70), d.between(1, 20))
		} else {
			screen.Resize(d.between(60, 210), d.between(15, 64))
		}
	case "paste":
		screen.Paste(d.oddText())
	case "wait":
		screen.Wait(3 * time.Second)
	case "news":
		screen.Send(model.Event{Kind: draw(d, []model.EventKind{model.EventTrouble, model.EventFailed, model.EventSynced, model.EventStandby, model.EventSyncing, model.EventSent}),
			Account: d.oddText(), Text: d.oddText(), At: screen.Now(), Done: d.IntN(9), Total: d.IntN(9)})
	case "reply":
		if len(ids) > 0 {
			desk.Hear(draw(d, ids), d.oddText()+"?")
			screen.Send(model.Event{Kind: model.EventReplied, Text: d.oddText(), Hot: true})
		}
	default:
		screen.Press(p)
	}
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
	s.desk.Put(model.Contact{Name: "Long", Emails: []string{"l@long.example"}, FollowUp: model.FollowUp{Sorted: true, Next: model.Touch{Kind: model.TouchReply, About: model.Mail, Since: monday.Add(-time.Hour), ReadyAt: monday.Add(-time.Hour), DueAt: monday.Add(time.Hour)}}},
		model.Interaction{Kind: model.Mail, Direction: model.In, At: monday.Add(-time.Hour), Subject: "long", Text: strings.Repeat("a word and another\n", 10_000), Quoted: strings.Repeat("> > > deep\n", 10_000)})
	start := time.Now()
	s.open(t, 120, 40)
	s.Press("enter", "enter", "K", "g", "G", "r")
	if took := time.Since(start); took > time.Second {
		t.Errorf("it took %v", took)
	}
}
