package compose

// Copy remembers the selected text and gives it; "" where nothing is selected.
func (p *Pane) Copy() string {
	text := p.fields[p.focus].Selected()
	if text != "" {
		p.clip = text
		p.fields[p.focus].Unselect()
	}
	return text
}

// Cut takes the selected text out and remembers it; "" where nothing is
// selected.
func (p *Pane) Cut() string {
	text := p.fields[p.focus].Cut()
	if text != "" {
		p.clip = text
		p.touched()
	}
	return text
}

// Selecting says that something is selected.
func (p *Pane) Selecting() bool { return p.fields[p.focus].Selected() != "" }

// Mark begins a selection that every move extends, or lets go of one.
func (p *Pane) Mark() bool { return p.fields[p.focus].ToggleMark() }

// SelectAll selects the field with the cursor.
func (p *Pane) SelectAll() { p.fields[p.focus].SelectAll() }

// Keep remembers text that had no place to go to, for PasteKept.
func (p *Pane) Keep(text string) { p.clip = text }

// PasteKept writes what was cut, copied or kept last; false for nothing.
func (p *Pane) PasteKept() bool {
	if p.clip == "" {
		return false
	}
	p.Paste(p.clip)
	return true
}
