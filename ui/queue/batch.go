package queue

import (
	"strconv"

	"stoke/model"
	"stoke/themes"
	"stoke/ui/frame"
)

// batchRows is how many people to sort are shown at once (DOMAIN.md, "The
// queue"): so many can be looked at before the next ones come.
const batchRows = 20

// batch is the people to sort that are shown together.
type batch struct {
	ids []int64
	// size is how many it began with.
	size int
}

func (b *batch) has(id int64) bool {
	for _, one := range b.ids {
		if one == id {
			return true
		}
	}
	return false
}

// batched says that the list shows its people so many at a time.
func (p *Pane) batched() bool { return p.view == model.ViewUnsorted && p.search == "" }

// cut leaves of a page what belongs to the batch, and begins one where there is
// none. Who comes back by an undo joins it.
func (p *Pane) cut(rows []model.Row) []model.Row {
	if len(p.batch.ids) == 0 {
		for _, r := range rows[:min(batchRows, len(rows))] {
			p.batch.ids = append(p.batch.ids, r.Contact.ID)
		}
		p.batch.size = len(p.batch.ids)
	}
	var kept []model.Row
	for _, r := range rows {
		if r.Contact.ID == p.selected && !p.batch.has(p.selected) {
			p.batch.ids = append(p.batch.ids, p.selected)
			p.batch.size++
		}
		if p.batch.has(r.Contact.ID) {
			kept = append(kept, r)
		}
	}
	return kept
}

// NextBatch makes the next page begin another batch.
func (p *Pane) NextBatch() { p.batch = batch{} }

// BatchDone says that all of a batch are sorted, and others are not.
func (p *Pane) BatchDone() bool {
	return p.batched() && p.loaded && p.shown() == 0 && p.batch.size > 0 && p.counts.Unsorted > 0
}

// title is the line above a list that has one: how far the sorting is, or what
// the list was narrowed to.
func (p *Pane) title() (left, right string) {
	if p.batched() && p.batch.size > 0 {
		done := p.batch.size - p.shown()
		left := max(p.counts.Unsorted, p.shown())
		return "TO SORT", strconv.Itoa(min(done+1, p.batch.size)) + " of " + strconv.Itoa(p.batch.size) + " " + p.look.Glyphs.Dot + " " + frame.Count(left) + " left"
	}
	return "", ""
}

// titleLines is how many lines of the pane the title takes.
func (p *Pane) titleLines() int {
	if left, _ := p.title(); left != "" && p.h > 4 {
		return 1
	}
	return 0
}

func (p *Pane) titled() string {
	left, right := p.title()
	return frame.Rule(p.look.Theme, p.look.Glyphs, themes.TextStrong, left, right, p.w)
}

// room is the lines that rows can take.
func (p *Pane) room() int { return p.h - p.titleLines() }
