package ui

import (
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"strings"

	tea "charm.land/bubbletea/v2"

	"stoke/themes"
	"stoke/ui/frame"
	"stoke/ui/keys"
	"stoke/ui/modal"
)

// runText does what the control keys of the draft stand for.
func (r *Root) runText(id keys.ID) (tea.Cmd, bool) {
	switch id {
	case keys.NextBlank:
		r.draft.NextBlank()
		return nil, true
	case keys.PrevField:
		r.draft.PrevField()
		return nil, true
	case keys.TextUndo:
		if !r.draft.Undo() {
			return r.say(toastWarn, "Nothing is left to undo in this field."), true
		}
		return r.typed(), true
	case keys.TextRedo:
		if !r.draft.Redo() {
			return r.say(toastWarn, "Nothing is left to redo in this field."), true
		}
		return r.typed(), true
	case keys.External:
		return r.openEditor(), true
	case keys.Coach:
		r.modal = modal.NewCoach(r.look, r.draft.Report())
		return nil, true
	case keys.Attach:
		return r.say(toastWarn, "stoke cannot attach files yet. A link in the text does it."), true
	case keys.Leaving:
		return r.showLeaving(), true
	case keys.Discard:
		return r.askDiscard(), true
	case keys.Keep:
		r.goTo(r.from)
		return tea.Batch(r.saveNow(), r.follow()), true
	}
	return nil, false
}

// lost says why no text came back from the rep's editor.
func lost(err error) string {
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended):
		return fmt.Sprintf("Your editor gave up (%s).", ended.ProcessState)
	case errors.Is(err, exec.ErrNotFound):
		return "Your editor was not found; VISUAL or EDITOR names it."
	case errors.Is(err, fs.ErrNotExist):
		return "Your editor left no file."
	}
	return "The text could not be taken from your editor."
}

func (r *Root) openEditor() tea.Cmd {
	if len(r.o.Editor) == 0 {
		return r.say(toastWarn, "No editor is set: export VISUAL or EDITOR, then start stoke again.")
	}
	return prepareEditor(r.draft.Contact(), r.draft.Body())
}

func (r *Root) editorReady(m editorReadyMsg) tea.Cmd {
	if m.err != nil {
		return r.fail("open your editor", m.err)
	}
	return runEditor(r.o.Editor, m.contact, m.path)
}

func (r *Root) edited(m editedMsg) tea.Cmd {
	if m.err != nil {
		r.o.Log("take the text from the editor", m.err)
		return r.say(toastError, lost(m.err)+" The draft is as it was.")
	}
	if m.contact != r.draft.Contact() {
		return r.say(toastWarn, "The draft was another one by then, so the text was not taken.")
	}
	r.draft.SetBody(m.text)
	return r.typed()
}

// showLeaving shows the mail as it leaves.
func (r *Root) showLeaving() tea.Cmd {
	d, err := r.draft.Draft()
	if err != nil {
		return r.fail("show the mail", err)
	}
	look := r.look
	r.modal = modal.NewReader(look, "As it leaves", func(w int) []string {
		var lines []string
		add := func(label, value string) {
			if value != "" {
				lines = append(lines, look.Paint(themes.TextDim, frame.Fit(label, 10))+look.Paint(themes.Text, frame.Plain(value)))
			}
		}
		to := make([]string, len(d.To))
		for i, a := range d.To {
			to[i] = a.String()
		}
		copies := make([]string, len(d.Cc))
		for i, a := range d.Cc {
			copies[i] = a.String()
		}
		add("From", r.o.Account)
		add("To", strings.Join(to, ", "))
		add("Cc", strings.Join(copies, ", "))
		add("Subject", d.Subject)
		if d.InReplyTo != "" {
			add("Answers", "the newest mail of the thread")
		}
		lines = append(lines, look.Paint(themes.Border, strings.Repeat(look.Glyphs.Dots, w)))
		for _, l := range frame.Wrap(frame.PlainText(d.Body), w) {
			lines = append(lines, look.Paint(themes.Text, l))
		}
		return lines
	})
	return nil
}
