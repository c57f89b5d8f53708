package modal

import (
	tea "charm.land/bubbletea/v2"

	"stoke/ui/action"
	"stoke/ui/field"
)

// finder is a chooser whose options are those that fit what is typed.
type finder struct {
	chooser
	found func(words string) []option
}

func find(c chooser, found func(words string) []option) finder {
	c.field = field.New(c.look.Theme)
	f := finder{chooser: c, found: found}
	f.narrow()
	return f
}

func (f *finder) narrow() { f.options, f.at = f.found(f.words()), 0 }

// Lines implements Modal.
func (f *finder) Lines(w, h int) []string { return f.lines(w, min(h, 20)) }

// Press implements Modal.
func (f *finder) Press(press tea.KeyPressMsg) action.Action {
	chosen, did := f.press(press)
	if did == typed {
		f.narrow()
	}
	return chosen
}

// Paste implements Modal.
func (f *finder) Paste(text string) action.Action {
	f.chooser.Paste(text)
	f.narrow()
	return nil
}
