package compose

import tea "charm.land/bubbletea/v2"

// Press answers a key that no binding took.
func (p *Pane) Press(press tea.KeyPressMsg) {
	f := p.fields[p.focus]
	switch press.String() {
	case "up":
		if f.AtTop() && p.focus > to {
			p.step(-1)
			return
		}
	case "down":
		if f.AtBottom() && p.focus < body {
			p.step(1)
			return
		}
	case "enter":
		if p.focus < body {
			p.step(1)
			return
		}
	case "ctrl+w":
		if p.Cut() != "" {
			return
		}
	}
	before := f.Version()
	f.Press(press)
	if f.Version() != before {
		p.touched()
	}
}

// Paste writes text at the cursor.
func (p *Pane) Paste(text string) {
	p.fields[p.focus].Insert(text)
	p.touched()
}

func (p *Pane) history(changed bool) bool {
	if changed {
		p.touched()
	}
	return changed
}

// NextBlank goes to the next blank of subject and body; without any, to the
// next field.
func (p *Pane) NextBlank() {
	if p.Blanks() == 0 {
		p.step(1)
		return
	}
	start := p.focus
	if start < subject {
		start = subject
		p.fields[subject].ToStart()
	}
	f := p.fields[start]
	if f.Blanks() > 0 && (!f.LastBlankPassed() || p.fields[subject+body-start].Blanks() == 0) {
		p.focus = start
		f.NextBlank()
		return
	}
	p.focus = subject + body - start
	p.fields[p.focus].ToStart()
	p.fields[p.focus].NextBlank()
}

// PrevField goes to the field above.
func (p *Pane) PrevField() { p.step(-1) }

func (p *Pane) step(by int) {
	p.focus = (p.focus + by + fieldCount) % fieldCount
	if p.focus == cc {
		p.showCc = true
	}
	p.resize()
}

// Blanks is how many tags are still to be filled.
func (p *Pane) Blanks() int { return p.fields[subject].Blanks() + p.fields[body].Blanks() }
