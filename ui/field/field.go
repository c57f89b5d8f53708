package field

import (
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"stoke/themes"
	"stoke/ui/frame"
)

// Field is a line with a cursor. Make one with New.
type Field struct {
	theme   themes.Theme
	input   textinput.Model
	w, left int
	version uint64
	// chosen is the blank or the selection that the next letter replaces, in
	// runes; equal for none.
	chosen [2]int
	// selecting says that chosen is a selection, which reaches from anchor to
	// the cursor; marking that every move extends it, without shift.
	selecting, marking bool
	anchor             int
	history            history
}

// New returns an empty field.
func New(theme themes.Theme) *Field {
	f := &Field{theme: theme, input: textinput.New(), w: 2}
	f.input.Prompt = ""
	f.input.SetVirtualCursor(false)
	off := key.NewBinding(key.WithDisabled())
	keys := &f.input.KeyMap
	keys.Paste, keys.DeleteWordForward = off, off
	keys.AcceptSuggestion, keys.NextSuggestion, keys.PrevSuggestion = off, off, off
	f.input.Focus()
	return f
}

// SetSize sets the cells to draw into; a field has one row, whatever h is.
func (f *Field) SetSize(w, _ int) {
	f.w = max(w, 2)
	f.follow()
}

// Text is what is written.
func (f *Field) Text() string { return f.input.Value() }

// Empty says that nothing is written.
func (f *Field) Empty() bool { return f.input.Value() == "" }

// Version is another number after every change of the text.
func (f *Field) Version() uint64 { return f.version }

// SetText starts over with a text, the cursor before it and no history.
func (f *Field) SetText(s string) {
	f.set(s, 0)
	f.history = history{}
}

// Replace changes the whole text in one step that can be undone, as a chosen
// template does.
func (f *Field) Replace(s string) {
	if s = clean(s); s == f.Text() {
		return
	}
	f.history.keep(f.now())
	f.set(s, 0)
}

// Insert writes text at the cursor as a paste does: line ends and tabs become
// spaces, other control characters vanish.
func (f *Field) Insert(s string) {
	if s = clean(s); s == "" {
		return
	}
	before := f.now()
	f.dropChosen()
	f.update(tea.PasteMsg{Content: s})
	f.changed(before, false)
}

// Press answers a key and says whether it meant anything here. Enter, escape,
// tab, up and down are the caller's.
func (f *Field) Press(press tea.KeyPressMsg) bool {
	if f.extends(press) {
		return true
	}
	before, chosen := f.now(), f.chosen
	typed := press.Key().Text != "" && press.Key().Mod&(tea.ModCtrl|tea.ModAlt|tea.ModMeta|tea.ModSuper) == 0
	name := press.String()
	erases := name == "backspace" || name == "delete"
	if typed || erases {
		f.dropChosen()
	}
	times := 1
	switch {
	case erases && chosen[0] != chosen[1]:
		times = 0
	case name == "left" || name == "backspace":
		times = f.letterBefore()
	case name == "right" || name == "delete":
		times = f.letterBehind()
	}
	for range times {
		f.update(press)
	}
	if f.Text() != before.text {
		f.changed(before, typed)
		return true
	}
	if f.input.Position() != before.at {
		f.letGo()
		f.history.typing = false
		return true
	}
	return false
}

// Undo takes the last step back; false when there is none.
func (f *Field) Undo() bool {
	s, ok := f.history.back(f.now())
	return f.restore(s, ok)
}

// Redo brings back what Undo took; false when there is none.
func (f *Field) Redo() bool {
	s, ok := f.history.forth(f.now())
	return f.restore(s, ok)
}

// ToEnd puts the cursor behind the last letter.
func (f *Field) ToEnd() { f.moveTo(utf8.RuneCountInString(f.Text())) }

// ToStart puts the cursor before the first letter.
func (f *Field) ToStart() { f.moveTo(0) }

// AtTop says that up leads out of the field, as it always does.
func (f *Field) AtTop() bool { return true }

// AtBottom says that down leads out of the field, as it always does.
func (f *Field) AtBottom() bool { return true }

func (f *Field) moveTo(at int) {
	f.input.SetCursor(at)
	f.letGo()
	f.history.typing = false
	f.follow()
}

func (f *Field) now() state { return state{f.Text(), f.input.Position()} }

func (f *Field) set(s string, at int) {
	f.input.SetValue(clean(s))
	f.letGo()
	f.input.SetCursor(at)
	f.version++
	f.follow()
}

func (f *Field) restore(s state, ok bool) bool {
	if ok {
		f.set(s.text, s.at)
	}
	return ok
}

// update hands a message to the input, whose only command would be that of a
// cursor that blinks.
func (f *Field) update(msg tea.Msg) { f.input, _ = f.input.Update(msg) }

func (f *Field) changed(before state, typed bool) {
	f.history.step(before, f.now(), typed)
	f.letGo()
	f.version++
	f.follow()
}

// letterBefore and letterBehind are the runes of the letter beside the cursor.
func (f *Field) letterBefore() int {
	text := f.before()
	n := 0
	for text != "" {
		cluster, _ := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		n, text = utf8.RuneCountInString(cluster), text[len(cluster):]
	}
	return n
}

func (f *Field) letterBehind() int {
	cluster, _ := ansi.FirstGraphemeCluster(f.Text()[len(f.before()):], ansi.GraphemeWidth)
	return utf8.RuneCountInString(cluster)
}

// before is the text left of the cursor.
func (f *Field) before() string { return upTo(f.Text(), f.input.Position()) }

// upTo is the first n runes of a text.
func upTo(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// clean makes outside text fit for one line.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r < 0x20 || r >= 0x7f && r <= 0x9f:
			return -1
		case r == '\u2028' || r == '\u2029':
			return ' '
		}
		return r
	}, lineEnds.Replace(strings.ToValidUTF8(s, "\uFFFD")))
}

var lineEnds = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")

// View draws the line: exactly the cells of SetSize.
func (f *Field) View() []string {
	return []string{frame.Clip(ansi.TruncateLeft(f.painted(), f.left, ""), f.w)}
}

// painted is the whole text with its blanks in their colour, and what is chosen.
func (f *Field) painted() string {
	text := f.Text()
	return frame.PaintBlanks(f.theme, text, 0, len(text), len(upTo(text, f.chosen[0])), len(upTo(text, f.chosen[1])))
}

// Cursor returns the cell of the cursor.
func (f *Field) Cursor() (x, y int) { return min(max(0, f.column()-f.left), f.w-1), 0 }

func (f *Field) column() int { return frame.Width(frame.Plain(f.before())) }

// follow scrolls until the cursor is seen; one cell stays free for it.
func (f *Field) follow() {
	x := f.column()
	f.left = min(f.left, x)
	f.left = max(f.left, x-f.w+1)
	f.left = min(f.left, max(0, frame.Width(frame.Plain(f.Text()))-f.w+1))
}
