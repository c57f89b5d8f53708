package compose

import (
	"slices"
	"strings"

	"stoke/model"
)

// What goes along with the text: files, the signature, the mail that is
// answered, and everybody else who got it.

// Files are those that go with the draft.
func (p *Pane) Files() []model.Attachment { return p.draft.Attachments }

// Attach adds a file; one of the same path is taken anew. The error says that
// they are too much for one mail.
func (p *Pane) Attach(a model.Attachment) error {
	files, err := model.Attached(p.draft.Attachments, a)
	if err != nil {
		return err
	}
	p.setFiles(files)
	return nil
}

// Detach takes a file out again.
func (p *Pane) Detach(path string) {
	p.setFiles(slices.DeleteFunc(slices.Clone(p.draft.Attachments), func(a model.Attachment) bool { return a.Path == path }))
}

func (p *Pane) setFiles(files []model.Attachment) {
	p.draft.Attachments = files
	p.resize()
	p.touched()
}

// SetSignature says what stands below the text when it leaves.
func (p *Pane) SetSignature(s string) {
	if s != p.signature {
		p.signature = s
		p.resize()
	}
}

// SetQuote says that the answered mail goes along, in so many lines, or with 0
// that it does not.
func (p *Pane) SetQuote(lines int) {
	if p.draft.Quote = lines > 0; p.quoted != lines {
		p.quoted = lines
		p.resize()
	}
}

// Quoting says that the answered mail goes along.
func (p *Pane) Quoting() bool { return p.draft.Quote }

// Quote lets the answered mail go along, in so many lines, or not, as the rep
// wants it.
func (p *Pane) Quote(lines int) {
	p.SetQuote(lines)
	p.touched()
}

// Answer names the recipients anew, as one step that can be undone in each
// field.
func (p *Pane) Answer(recipients, copies []model.Address) {
	p.fields[to].Replace(addresses(recipients))
	p.fields[cc].Replace(addresses(copies))
	p.showCc = p.showCc || len(copies) > 0
	p.resize()
	p.touched()
}

// Snippet is the name of the snippet that is typed before the cursor, perhaps
// not all of it yet: "price" where ";price" stands there. typed says that there
// is one.
func (p *Pane) Snippet() (name string, typed bool) {
	e, ok := p.fields[p.focus].(snippets)
	if !ok {
		return "", false
	}
	return strings.CutPrefix(e.WordBefore(), ";")
}

// Expand puts a snippet's text in the place of its name.
func (p *Pane) Expand(text string) {
	if e, ok := p.fields[p.focus].(snippets); ok {
		e.ReplaceWord(text)
		p.touched()
	}
}

// snippets is a writer in which names of snippets can be typed.
type snippets interface {
	WordBefore() string
	ReplaceWord(text string)
}
