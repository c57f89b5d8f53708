package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/model/template"
	"stoke/themes"
	"stoke/ui/frame"
	"stoke/ui/keys"
	"stoke/ui/modal"
	"stoke/ui/prose"
)

// runAlong does what concerns what goes along with the text, and what is
// selected in it.
func (r *Root) runAlong(id keys.ID) (tea.Cmd, bool) {
	switch id {
	case keys.Attach:
		return r.pickFile(), true
	case keys.Quote:
		return r.quote(), true
	case keys.TextMark:
		if r.draft.Mark() {
			return r.say(toastNews, "Selecting: moves extend it, alt+c copies, alt+x cuts."), true
		}
		r.toast = toast{}
		return nil, true
	case keys.TextAll:
		r.draft.SelectAll()
		return nil, true
	case keys.TextCopy:
		text := r.draft.Copy()
		if text == "" {
			return r.say(toastWarn, "Nothing is selected. ctrl+space begins a selection."), true
		}
		return tea.Batch(tea.SetClipboard(text), r.say(toastDone, "Copied. ctrl+v puts it in.")), true
	case keys.TextCut:
		return r.cutSelected(), true
	case keys.TextPaste:
		if !r.draft.PasteKept() {
			return r.say(toastWarn, "Nothing was cut or copied here. Your terminal pastes what other programs copied."), true
		}
		return r.typed(), true
	}
	return nil, false
}

func (r *Root) cutSelected() tea.Cmd {
	text := r.draft.Cut()
	if text == "" {
		return r.say(toastWarn, "Nothing is selected. ctrl+space begins a selection.")
	}
	return tea.Batch(tea.SetClipboard(text), r.typed(), r.say(toastDone, "Cut. ctrl+v puts it in."))
}

// pickFile asks for a file to attach.
func (r *Root) pickFile() tea.Cmd {
	if r.folder == "" {
		r.folder = "~/"
	}
	w := modal.NewAttach(r.look, r.folder, r.draft.Files())
	r.modal = w
	return r.act(w.Ask())
}

func (r *Root) attached(m attachedMsg) tea.Cmd {
	switch {
	case m.err != nil:
		return r.fail("attach the file", m.err)
	case m.contact != r.draft.Contact():
		return r.say(toastWarn, "The draft was another one by then, so "+m.file.Name+" was not attached.")
	}
	if err := r.draft.Attach(m.file); err != nil {
		return r.fail("attach the file", err)
	}
	return tea.Batch(r.typed(), r.say(toastDone, "Attached "+m.file.Says()+"."))
}

// answerAll names everybody who got the mail that the draft answers.
func (r *Root) answerAll(d model.Dossier) {
	draft, _ := r.draft.Draft()
	to, cc, err := d.Everyone(draft, r.o.Own)
	switch n := len(to) + len(cc); {
	case err != nil:
		r.say(toastWarn, sentence(err))
	case n == 1:
		r.say(toastNews, "Nobody else got that mail, so the answer goes to "+d.Contact.Called()+" alone.")
	default:
		r.draft.Answer(to, cc)
		r.say(toastDone, fmt.Sprintf("The answer goes to %d people.", n))
	}
}

// quote lets the mail that is answered go along below the text, or not. It is
// off until the rep wants it: who is answered has that mail, in its thread.
func (r *Root) quote() tea.Cmd {
	if r.draft.Quoting() {
		r.draft.Quote(0)
		return tea.Batch(r.typed(), r.say(toastDone, "The mail you answer does not go along any more."))
	}
	lines := r.quotedLines()
	if lines == 0 {
		return r.say(toastWarn, "This draft answers no mail, so there is nothing to quote.")
	}
	r.draft.Quote(lines)
	return tea.Batch(r.typed(), r.say(toastDone, "The mail you answer goes along below the text. F3 shows it."))
}

// quotedLines is how many lines of the answered mail would go along. The zone
// moves the hour in the first of them, and not their number.
func (r *Root) quotedLines() int {
	d, ok := r.thread.Dossier()
	draft, _ := r.draft.Draft()
	if !ok || draft.Contact != d.Contact.ID {
		return 0
	}
	return strings.Count(d.Quote(draft, time.UTC), "\n")
}

// showAlong brings up to date what the draft says goes along.
func (r *Root) showAlong() {
	draft, _ := r.draft.Draft()
	r.draft.SetSignature(r.o.Rulebook().Signature(draft.Account))
	if r.draft.Quoting() {
		r.draft.SetQuote(r.quotedLines())
	}
}

// expand puts a snippet in the place of its name, with what stands behind it.
// Asked is that of a key which is for snippets among others, so that it says
// which there are when the name is none.
func (r *Root) expand(behind string, asked bool) (cmd tea.Cmd, expanded bool) {
	name, typed := r.draft.Snippet()
	d, ok := r.thread.Dossier()
	if !typed || !ok || name != "" && !template.SnippetName(name) {
		return nil, false
	}
	book := r.o.Rulebook()
	text, known, err := book.Snippet(d, name, r.now)
	switch {
	case err != nil:
		return r.fail("use the snippet", err), asked
	case known:
		r.draft.Expand(text + behind)
		return r.typed(), true
	case !asked:
		return nil, false
	}
	names := book.SnippetNames()
	if len(names) == 0 {
		if name == "" {
			return nil, false
		}
		return r.say(toastWarn, "There are no snippets. A file snippets/"+name+".md beside your templates makes one."), true
	}
	return r.say(toastWarn, "Snippets: ;"+strings.Join(names, " ;")), true
}

// gotLeaving shows the mail as it leaves: its headers, and its text in the 72
// columns that most people read mail in. It is plain text, so nothing is drawn
// as Markdown, but for the page that goes beside it where the account wants one.
func (r *Root) gotLeaving(m leavingMsg) tea.Cmd {
	r.opening = false
	switch {
	case m.err != nil:
		return r.fail("show the mail", m.err)
	case m.contact != r.draft.Contact() || r.modal != nil:
		return nil
	}
	look, page := r.look, r.o.Page != nil && r.o.Page(m.mail.Account)
	r.modal = modal.NewReader(look, "As it leaves", func(w int) []string {
		lines := letterLines(look, m.mail, w)
		if page {
			var p prose.Page
			lines = append(lines, "", look.Rule("and as a page, for who reads HTML", "", w))
			lines = append(lines, p.Lines(look.Theme, m.mail.Text, min(w, textColumns))...)
		}
		return lines
	})
	return nil
}

// textColumns is how wide the text of a mail is shown that the recipient reads.
const textColumns = 72

func letterLines(look frame.Look, mail model.Outgoing, w int) []string {
	var lines []string
	add := func(label, value string) {
		if value == "" {
			return
		}
		for i, l := range frame.Wrap(frame.Plain(value), max(10, w-10)) {
			if i > 0 {
				label = ""
			}
			lines = append(lines, look.Paint(themes.TextDim, frame.Fit(label, 10))+look.Paint(themes.Text, l))
		}
	}
	add("From", mail.From.String())
	add("To", people(mail.To))
	add("Cc", people(mail.Cc))
	add("Subject", mail.Subject)
	if mail.InReplyTo != "" {
		add("Answers", "the newest mail of the thread")
	}
	if mail.Sequence != "" {
		add("Leaving", "a List-Unsubscribe line, by mail to you")
	}
	for i, f := range mail.Attachments {
		label := "Files"
		if i > 0 {
			label = ""
		}
		add(label, f.Says())
	}
	lines = append(lines, look.Paint(themes.Border, strings.Repeat(look.Glyphs.Dots, w)))
	for _, l := range frame.Wrap(frame.PlainText(mail.Text), min(w, textColumns)) {
		lines = append(lines, look.Paint(themes.Text, l))
	}
	return lines
}

func people(all []model.Address) string {
	each := make([]string, len(all))
	for i, a := range all {
		each[i] = a.String()
	}
	return strings.Join(each, ", ")
}
