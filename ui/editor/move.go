package editor

// moveTo sets the cursor, ends the word that was being typed and lets go of a
// chosen blank.
func (e *Editor) moveTo(p place) {
	e.at, e.want, e.typing = p, -1, false
	e.letGo()
	e.follow()
}

// next and previous are the neighbouring places, the same one at the ends.
func (e *Editor) next(p place) place {
	text := e.lines[p.row].text
	switch {
	case p.col < len(text):
		size, _ := cluster(text[p.col:])
		return place{p.row, p.col + size}
	case p.row+1 < len(e.lines):
		return place{p.row + 1, 0}
	}
	return p
}

func (e *Editor) previous(p place) place {
	switch {
	case p.col > 0:
		text, last := e.lines[p.row].text, 0
		for pos := 0; pos < p.col; {
			last = pos
			size, _ := cluster(text[pos:])
			pos += size
		}
		return place{p.row, last}
	case p.row > 0:
		return place{p.row - 1, len(e.lines[p.row-1].text)}
	}
	return p
}

// nextWord is the place behind the word at or after p.
func (e *Editor) nextWord(p place) place {
	for q := e.next(p); q != p && e.gapAt(p); q = e.next(p) {
		p = q
	}
	for q := e.next(p); q != p && !e.gapAt(p); q = e.next(p) {
		p = q
	}
	return p
}

// previousWord is the place before the word at or before p.
func (e *Editor) previousWord(p place) place {
	for q := e.previous(p); q != p && e.gapAt(q); q = e.previous(p) {
		p = q
	}
	for q := e.previous(p); q != p && !e.gapAt(q); q = e.previous(p) {
		p = q
	}
	return p
}

// gapAt says that no word stands at p: a space or the end of a line.
func (e *Editor) gapAt(p place) bool {
	text := e.lines[p.row].text
	return p.col >= len(text) || text[p.col] == ' '
}

// column is how many cells a place is from the left of its row.
func (e *Editor) column(p place) int {
	from, _ := e.rowText(p.row, e.rowOf(p))
	return cells(e.lines[p.row].text[from:p.col])
}

// vertical moves the cursor by rows and keeps aiming for the column it came
// from.
func (e *Editor) vertical(by int, extend bool) {
	want := e.want
	if want < 0 {
		want = e.column(e.at)
	}
	row, sub := e.at.row, e.rowOf(e.at)
	for ; by > 0; by-- {
		if sub+1 < len(e.rows(row)) {
			sub++
		} else if row+1 < len(e.lines) {
			row, sub = row+1, 0
		}
	}
	for ; by < 0; by++ {
		if sub > 0 {
			sub--
		} else if row > 0 {
			row--
			sub = len(e.rows(row)) - 1
		}
	}
	e.step(e.placeIn(row, sub, want), extend)
	e.want = want
}

// placeIn is the place in a row nearest to a column.
func (e *Editor) placeIn(row, sub, column int) place {
	from, to := e.rowText(row, sub)
	last := sub+1 == len(e.rows(row))
	text := e.lines[row].text
	pos, x := from, 0
	for pos < to {
		size, width := cluster(text[pos:])
		if x+width > column || !last && pos+size >= to {
			break
		}
		pos, x = pos+size, x+width
	}
	return place{row, pos}
}

// rowStart and rowEnd are the ends of the row the cursor is in.
func (e *Editor) rowStart() place {
	from, _ := e.rowText(e.at.row, e.rowOf(e.at))
	return place{e.at.row, from}
}

func (e *Editor) rowEnd() place {
	sub := e.rowOf(e.at)
	_, to := e.rowText(e.at.row, sub)
	if sub+1 < len(e.rows(e.at.row)) {
		return e.previous(place{e.at.row, to})
	}
	return place{e.at.row, to}
}
