package ui

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strings"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/model/text"
)

// The rep's own editor: the text goes into a file that only the rep can read,
// the editor gets the terminal, and the text comes back. Whatever happens, the
// draft is never worse than before, and what the rep has written into the file
// is in the draft or still in the file.

// edit is one visit of the text to an editor.
type edit struct {
	contact int64
	path    string
	given   string // the text as the editor got it
}

// editedMost is the most bytes of text that are taken; a mail has far less.
const editedMost = 1 << 20

var errTooLarge = errors.New("the text is too large")

func (r *Root) openEditor() tea.Cmd {
	if len(r.o.Editor) == 0 {
		return r.say(toastWarn, "No editor is set: export VISUAL or EDITOR, then start stoke again.")
	}
	return tea.Batch(r.saveNow(), prepareEditor(r.draft.Contact(), r.draft.Body()))
}

func (r *Root) editorReady(m editorReadyMsg) tea.Cmd {
	if m.err != nil {
		return r.fail("open your editor", m.err)
	}
	return runEditor(r.o.Editor, m.edit)
}

// edited takes the text, or says why not, and where it is.
func (r *Root) edited(m editedMsg) tea.Cmd {
	kept := ""
	if m.other {
		kept = " What you wrote is in " + m.edit.path + "."
	}
	switch {
	case m.err != nil:
		r.o.Log("take the text from the editor", m.err)
		return tea.Batch(r.say(toastError, lost(m.err)+" The draft is as it was."+kept), r.tidy(m))
	case m.edit.contact != r.draft.Contact():
		return tea.Batch(r.say(toastWarn, "The draft was another one by then, so the text was not taken."+kept), r.tidy(m))
	}
	r.draft.SetBody(m.text)
	m.other = m.mixed // what was taken out is only in the file
	if m.mixed {
		r.say(toastWarn, "Not all that your editor wrote is text; it is whole in "+m.edit.path+".")
	}
	return tea.Batch(r.typed(), r.tidy(m))
}

// tidy removes the file, unless it holds what is nowhere else.
func (r *Root) tidy(m editedMsg) tea.Cmd {
	if m.other || m.edit.path == "" {
		return nil
	}
	return removeFile(r.o, m.edit.path)
}

// lost says why no text came back from the rep's editor.
func lost(err error) string {
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended):
		return fmt.Sprintf("Your editor gave up (%s).", ended.ProcessState)
	case errors.Is(err, errTooLarge):
		return "Your editor left more than " + model.SaySize(editedMost) + ", too much for a mail."
	case errors.Is(err, exec.ErrNotFound):
		return "Your editor was not found; VISUAL or EDITOR names it."
	case errors.Is(err, fs.ErrNotExist):
		return "Your editor left no file."
	}
	return "The text could not be taken from your editor."
}

// prepareEditor writes the text into a file that only the rep can read.
func prepareEditor(contact int64, text string) tea.Cmd {
	return func() tea.Msg {
		f, err := os.CreateTemp("", "stoke-*.txt")
		if err != nil {
			return editorReadyMsg{err: err}
		}
		_, err = f.WriteString(text)
		if e := f.Close(); err == nil {
			err = e
		}
		return editorReadyMsg{edit{contact, f.Name(), text}, err}
	}
}

// runEditor hands the terminal to the rep's editor, as argv without a shell.
func runEditor(argv []string, e edit) tea.Cmd {
	command := exec.Command(argv[0], append(argv[1:len(argv):len(argv)], e.path)...)
	return lend(command, func(err error) tea.Msg { return editorDoneMsg{e, err} })
}

// EditFile lets the rep change a file in their own editor, on the terminal that
// the program has. The error is a sentence.
func EditFile(ctx context.Context, path string) error {
	argv := Editor(os.Getenv, exec.LookPath)
	if len(argv) == 0 {
		return model.Errorf(model.NotFound, "No editor is set: export VISUAL or EDITOR. The file is %s.", path)
	}
	command := exec.CommandContext(ctx, argv[0], append(argv[1:len(argv):len(argv)], path)...)
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := command.Run(); err != nil {
		return model.Errorf(model.Conflict, "%s", lost(err))
	}
	return nil
}

// readEdited reads what the editor left. It removes nothing.
func readEdited(e edit, failed error) tea.Cmd {
	return func() tea.Msg {
		m := editedMsg{edit: e}
		info, err := os.Stat(e.path)
		switch {
		case err != nil:
			m.err, m.edit.path = err, ""
		case !info.Mode().IsRegular():
			m.err = errors.New("the editor left something that is no file")
		case info.Size() > editedMost:
			m.err, m.other = errTooLarge, true
		default:
			var raw []byte
			raw, m.err = os.ReadFile(e.path)
			m.text, m.mixed = plainText(string(raw))
			m.other = m.err != nil || m.mixed || strings.TrimRight(m.text, "\n") != strings.TrimRight(e.given, "\n")
		}
		var missing *exec.Error
		if failed != nil && (m.err == nil || errors.As(failed, &missing)) {
			m.err = failed
		}
		return m
	}
}

// plainText takes out what is no text: control characters, escape sequences as
// a whole, octets that are no UTF-8. mixed says that there were any.
func plainText(s string) (plain string, mixed bool) {
	s = strings.ReplaceAll(strings.TrimPrefix(s, "\ufeff"), "\r\n", "\n")
	plain = strings.ToValidUTF8(s, "\uFFFD")
	if strings.ContainsFunc(plain, func(r rune) bool {
		return r < 0x20 && r != '\n' && r != '\t' && r != '\r' && r != '\f' || r >= 0x7f && r <= 0x9f
	}) {
		plain = text.Clean(plain)
	}
	return plain, plain != s
}

func removeFile(o Options, path string) tea.Cmd {
	return func() tea.Msg {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			o.Log("remove the editor's file", err)
		}
		return nil
	}
}
