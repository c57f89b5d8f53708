package compose

import "stoke/model"

// source is what a text was made from, and the text as it was made.
type source struct {
	draft model.Draft // its template, step and basis count
	text  [fieldCount]string
}

// filling is one change of the template.
type filling struct{ was, is source }

func (p *Pane) source() source {
	s := source{draft: p.draft}
	for i, f := range p.fields {
		s.text[i] = f.Text()
	}
	return s
}

// Fill puts a template's subject and body in place of the text, as one step
// that can be undone.
func (p *Pane) Fill(d model.Draft) {
	was := p.source()
	p.fields[subject].Replace(d.Subject)
	p.fields[body].Replace(d.Body)
	p.madeFrom(d)
	p.filled, p.unfilled = append(p.filled, filling{was, p.source()}), nil
	p.touched()
}

func (p *Pane) madeFrom(d model.Draft) {
	p.draft.Template, p.draft.WhyTemplate = d.Template, d.WhyTemplate
	p.draft.Sequence, p.draft.Step, p.draft.Basis = d.Sequence, d.Step, d.Basis
}

// Template is what the draft was made from.
func (p *Pane) Template() string { return p.draft.Template }

// Undo takes the last change back: typing in the field with the cursor, or a
// change of the template in both fields. False when nothing is left to take
// back.
func (p *Pane) Undo() bool {
	if n := len(p.filled); n > 0 && p.turn(p.filled[n-1].is, p.filled[n-1].was, writer.Undo, writer.Redo) {
		p.unfilled = append(p.unfilled, p.filled[n-1])
		p.filled = p.filled[:n-1]
		return true
	}
	return p.history(p.fields[p.focus].Undo())
}

// Redo brings back what Undo took.
func (p *Pane) Redo() bool {
	if n := len(p.unfilled); n > 0 && p.turn(p.unfilled[n-1].was, p.unfilled[n-1].is, writer.Redo, writer.Undo) {
		p.filled = append(p.filled, p.unfilled[n-1])
		p.unfilled = p.unfilled[:n-1]
		return true
	}
	return p.history(p.fields[p.focus].Redo())
}

// turn goes from one source to another by one step in the fields where they
// differ; back takes a step again that led elsewhere. It is false, and nothing
// has changed, when the last step was another one.
func (p *Pane) turn(from, to source, step, back func(writer) bool) bool {
	first, second := p.focus, subject+body-p.focus
	if first < subject || p.fields[first].Text() != from.text[first] {
		return false
	}
	if from.text[first] == to.text[first] {
		first, second = second, first
	}
	if !p.reaches(first, from, to, step, back) {
		return false
	}
	p.reaches(second, from, to, step, back) // what was typed there since stays
	p.madeFrom(to.draft)
	p.touched()
	return true
}

func (p *Pane) reaches(field int, from, to source, step, back func(writer) bool) bool {
	f := p.fields[field]
	if from.text[field] == to.text[field] || f.Text() != from.text[field] || !step(f) {
		return false
	}
	if f.Text() != to.text[field] {
		back(f)
		return false
	}
	return true
}
