package compose

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/model/coach"
	"stoke/ui/editor"
	"stoke/ui/field"
	"stoke/ui/frame"
)

// The fields, in the order in which tab visits them.
const (
	to = iota
	cc
	subject
	body
	fieldCount
)

// Pane is the draft to one contact.
type Pane struct {
	look   frame.Look
	w, h   int
	draft  model.Draft
	loaded bool
	fields [fieldCount]writer
	focus  int
	active bool
	dirty  bool
	showCc bool
	// notices say what has changed since the draft was made.
	notices []string
	saved   time.Time
	// signature is what stands below the text when it leaves; quoted says how
	// many lines of the answered mail go along.
	signature string
	quoted    int
	// clip is what was cut or copied here last.
	clip string
	// filled are the changes of the template that can be undone, unfilled those
	// that were.
	filled, unfilled []filling
	// coached is what the coach says to the text as it stands.
	coached coached
}

// writer is what the rep types into: a field of one line, or the editor of the
// body.
type writer interface {
	SetSize(w, h int)
	View() []string
	Cursor() (x, y int)
	Press(tea.KeyPressMsg) bool
	Insert(string)
	SetText(string)
	Replace(string)
	Text() string
	Empty() bool
	Version() uint64
	Undo() bool
	Redo() bool
	Blanks() int
	NextBlank() bool
	LastBlankPassed() bool
	Selected() string
	Cut() string
	ToggleMark() bool
	SelectAll()
	Unselect()
	ToStart()
	Jump(at int)
	AtTop() bool
	AtBottom() bool
}

// New returns an empty draft.
func New(look frame.Look) *Pane {
	p := &Pane{look: look, focus: body}
	p.coached.aims = coach.DefaultAims()
	for i := range p.fields {
		if i == body {
			p.fields[i] = editor.New(look.Theme)
		} else {
			p.fields[i] = field.New(look.Theme)
		}
	}
	return p
}

// Show takes a draft. While the rep has typed something that is not saved yet,
// or stands in the text of the same contact, it is refused and false returned.
func (p *Pane) Show(d model.Draft) bool {
	if p.dirty || p.active && p.loaded && d.Contact == p.draft.Contact {
		return false
	}
	p.load(d)
	return true
}

func (p *Pane) load(d model.Draft) {
	same := p.loaded && p.draft.Contact == d.Contact
	p.draft, p.loaded, p.dirty, p.saved = d, true, false, d.Saved
	p.showCc = len(d.Cc) > 0
	if !same {
		p.notices, p.focus, p.quoted, p.filled, p.unfilled = nil, body, 0, nil, nil
	}
	for i, text := range [fieldCount]string{addresses(d.To), addresses(d.Cc), d.Subject, d.Body} {
		// A field that comes back as it is keeps what can be undone in it.
		if !same || p.fields[i].Text() != text {
			p.fields[i].SetText(text)
		}
	}
	p.resize()
}

// Clear forgets the draft.
func (p *Pane) Clear() {
	p.dirty, p.active, p.loaded, p.notices, p.quoted = false, false, false, nil, 0
	p.draft = model.Draft{}
	p.saved = time.Time{}
}

// Loaded says that a draft is shown.
func (p *Pane) Loaded() bool { return p.loaded }

// Contact is whose draft is shown, zero for none.
func (p *Pane) Contact() int64 {
	if !p.loaded {
		return 0
	}
	return p.draft.Contact
}

// SetBody takes what an outer editor wrote, as one step.
func (p *Pane) SetBody(text string) {
	p.fields[body].Replace(strings.TrimRight(text, "\n"))
	p.touched()
}

// Body is the text as it stands.
func (p *Pane) Body() string { return p.fields[body].Text() }

// Unthread makes the draft a new message: no mail before it, and a subject of
// its own to write.
func (p *Pane) Unthread() {
	if p.draft.InReplyTo == "" {
		return
	}
	p.draft.InReplyTo, p.draft.References, p.draft.Quote, p.quoted = "", nil, false, 0
	p.fields[subject].Replace("")
	p.focus = subject
	p.touched()
}

// Dirty says that something was typed since the last Taken.
func (p *Pane) Dirty() bool { return p.dirty }

// Taken marks the text as handed over for saving.
func (p *Pane) Taken() { p.dirty = false }

// Kept says when the text handed over was saved.
func (p *Pane) Kept(at time.Time) { p.saved = at }

// Unkept says that it could not be saved and has to be handed over again.
func (p *Pane) Unkept() { p.dirty = true }

// Notice says above the text what has changed since the draft was made; none
// takes the lines away.
func (p *Pane) Notice(sentences []string) {
	p.notices = sentences
	p.resize()
}

// BasedOn is the newest answer the draft knows of.
func (p *Pane) BasedOn() int64 { return p.draft.BasedOn }

func (p *Pane) touched() { p.dirty = true }

// Enter puts the cursor into the draft: at the first blank, else at the start
// of the body.
func (p *Pane) Enter() {
	p.active = true
	if p.fields[subject].Blanks() > 0 {
		p.focus = subject
		p.fields[subject].ToStart()
		p.fields[subject].NextBlank()
		return
	}
	if p.fields[subject].Empty() {
		p.focus = subject
		return
	}
	p.focus = body
	if p.fields[body].Blanks() > 0 {
		p.fields[body].ToStart()
		p.fields[body].NextBlank()
	}
}

// Leave takes the cursor out; the text stays as it is.
func (p *Pane) Leave() { p.active = false }

// Active says that keys go into the draft.
func (p *Pane) Active() bool { return p.active }
