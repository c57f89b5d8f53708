package compose

import (
	"strings"

	"stoke/model"
	"stoke/model/coach"
)

// coached is what the coach said last, and to which text.
type coached struct {
	about  model.Dossier
	aims   coach.Aims
	report coach.Report
	said   heard
	stale  bool // more is known since
}

// heard is what a report depends on.
type heard struct {
	contact  int64
	versions [fieldCount]uint64
	files    int
	thread   bool
}

// About tells whom the draft is to, so that the coach knows what was said last,
// and what the rep aims for.
func (p *Pane) About(d model.Dossier, aims coach.Aims) {
	p.coached.about, p.coached.aims, p.coached.stale = d, aims, true
}

// Report is what the coach says to the draft as it stands. It is made anew only
// when something of the draft has changed.
func (p *Pane) Report() coach.Report {
	now := heard{contact: p.draft.Contact, files: len(p.draft.Attachments), thread: p.draft.InReplyTo != ""}
	for i, f := range p.fields {
		now.versions[i] = f.Version()
	}
	if p.coached.stale || p.coached.said != now {
		about := p.coached.about
		if about.Contact.ID != p.draft.Contact {
			about = model.Dossier{}
		}
		d, err := p.Draft()
		if err != nil {
			d = p.asTyped() // the address is mended later
		}
		p.coached.report, p.coached.said, p.coached.stale = p.coached.aims.Judge(about.Coached(d)), now, false
	}
	return p.coached.report
}

// Size says how long the text is: words and questions.
func (p *Pane) Size() string {
	r := p.Report()
	return plural(r.Words, "word") + " " + p.look.Glyphs.Dot + " " + plural(r.Questions, "question")
}

// advice is the coach's most pressing hint, "" where nothing is written or all
// is well.
func (p *Pane) advice() (says string, warn bool) {
	r := p.Report()
	worst, ok := r.Worst()
	if !ok || r.Words == 0 {
		return "", false
	}
	sign := p.look.Glyphs.Dot
	if warn = worst.Level == coach.Warn; warn {
		sign = p.look.Glyphs.Warning
	}
	return sign + " " + worst.Message + " F2", warn
}

// Jump puts the cursor where a hint of the coach points to; a blank there is
// chosen, so that what is typed fills it.
func (p *Pane) Jump(at coach.Place) {
	p.focus = body
	if at.Part == coach.InSubject {
		p.focus = subject
	}
	f := p.fields[p.focus]
	f.Jump(at.From)
	if text := f.Text(); at.From < len(text) && strings.HasPrefix(text[at.From:], "{{") {
		f.NextBlank()
	}
}
