package editor

import "strings"

// change is one step of the history: what stood at a place, what stands there
// now, and where the cursor was. Undoing it is its exact inverse.
type change struct {
	at             place
	removed, added string
	cursor         place
}

// historySize is how many bytes of steps are kept, the oldest go first; a step
// is about a word, so that this is far more than a person types in a day.
const (
	historySize = 16 << 20
	stepSize    = 96 // of a step beside its texts
)

func (c change) size() int { return stepSize + len(c.removed) + len(c.added) }

// change replaces a reach by text and remembers it. A typed letter joins the
// step before it when it continues the same word.
func (e *Editor) change(r reach, text string, typed bool) {
	step := change{at: r.from, removed: e.slice(r), added: text, cursor: e.at}
	e.apply(r, text)
	e.redo, e.want = nil, -1
	e.letGo()
	if typed && e.typing && e.join(step) {
		return
	}
	e.typing = typed
	e.undo, e.kept = append(e.undo, step), e.kept+step.size()
	for e.kept > historySize && len(e.undo) > 1 {
		e.kept -= e.undo[0].size()
		e.undo = e.undo[1:]
	}
}

// join grows the last step by the new one and says whether it could.
func (e *Editor) join(step change) bool {
	if len(e.undo) == 0 {
		return false
	}
	last := &e.undo[len(e.undo)-1]
	switch {
	case step.removed == "" && step.at == after(last.at, last.added):
		if startsWord(last.added, step.added) {
			return false
		}
		last.added += step.added
		e.kept += len(step.added)
	case step.added == "" && last.added == "" && after(step.at, step.removed) == last.at:
		if startsWord(step.removed, last.removed) {
			return false
		}
		last.at, last.removed = step.at, step.removed+last.removed
		e.kept += len(step.removed)
	default:
		return false
	}
	return true
}

// startsWord says that a word begins where the two texts meet.
func startsWord(left, right string) bool {
	return left != "" && right != "" && isGap(left[len(left)-1]) && !isGap(right[0])
}

func isGap(b byte) bool { return b == ' ' || b == '\n' }

// Undo takes the last step back; false when there is none.
func (e *Editor) Undo() bool {
	if len(e.undo) == 0 {
		return false
	}
	step := e.undo[len(e.undo)-1]
	e.undo = e.undo[:len(e.undo)-1]
	e.apply(reach{step.at, after(step.at, step.added)}, step.removed)
	e.redo, e.kept = append(e.redo, step), e.kept-step.size()
	e.moveTo(step.cursor)
	return true
}

// Redo brings back the step that Undo took last; false when there is none.
func (e *Editor) Redo() bool {
	if len(e.redo) == 0 {
		return false
	}
	step := e.redo[len(e.redo)-1]
	e.redo = e.redo[:len(e.redo)-1]
	e.apply(reach{step.at, after(step.at, step.removed)}, step.added)
	e.undo, e.kept = append(e.undo, step), e.kept+step.size()
	e.moveTo(after(step.at, step.added))
	return true
}

// after is the place behind a text that begins at p.
func after(p place, text string) place {
	n := strings.Count(text, "\n")
	if n == 0 {
		return place{p.row, p.col + len(text)}
	}
	return place{p.row + n, len(text) - strings.LastIndexByte(text, '\n') - 1}
}

// slice returns the text of a reach.
func (e *Editor) slice(r reach) string {
	if r.from.row == r.to.row {
		return e.lines[r.from.row].text[r.from.col:r.to.col]
	}
	var out strings.Builder
	out.WriteString(e.lines[r.from.row].text[r.from.col:])
	for i := r.from.row + 1; i < r.to.row; i++ {
		out.WriteByte('\n')
		out.WriteString(e.lines[i].text)
	}
	out.WriteByte('\n')
	out.WriteString(e.lines[r.to.row].text[:r.to.col])
	return out.String()
}

// apply replaces a reach without remembering it, the cursor behind the text.
func (e *Editor) apply(r reach, text string) {
	e.version++
	joined := splitLines(e.lines[r.from.row].text[:r.from.col] + text + e.lines[r.to.row].text[r.to.col:])
	if len(joined) == 1 && r.from.row == r.to.row {
		e.lines[r.from.row] = joined[0]
	} else {
		rest := append(joined, e.lines[r.to.row+1:]...)
		e.lines = append(e.lines[:r.from.row:r.from.row], rest...)
	}
	e.at = after(r.from, text)
}
