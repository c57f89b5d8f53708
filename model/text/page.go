package text

import (
	"strconv"
	"strings"
	"unicode"
)

// page collects the lines of a text: it owes breaks and spaces until the next
// visible word comes, so that nothing piles up and nothing trails.
type page struct {
	out        strings.Builder
	breaks     int  // line breaks owed, at most 2
	space      bool // a space is owed
	started    bool // a word of the present line stands
	quotes     int  // depth of quoting from here on
	lastQuotes int  // depth of the line that was written last
	lists      int
	item       string // list mark owed
	cells      bool   // a word of the present table row stands
}

func (p *page) block(n int) {
	if p.out.Len() > 0 {
		p.breaks = max(p.breaks, n)
	}
	p.started, p.space, p.cells = false, false, false
}

func (p *page) lineBreak() {
	if p.out.Len() > 0 {
		p.breaks = min(p.breaks+1, 2)
	}
	p.started, p.space, p.cells = false, false, false
}

// mark owes the mark of a list item: its number, or a dash for 0.
func (p *page) mark(number int) {
	p.item = "- "
	if number > 0 {
		p.item = strconv.Itoa(number) + ". "
	}
}

func (p *page) cell() {
	p.space = p.space || p.started
	p.cells = p.started
}

func (p *page) text(s string, pre bool) {
	if pre {
		for i, line := range strings.Split(s, "\n") {
			if i > 0 {
				p.lineBreak()
			}
			if strings.TrimSpace(line) != "" {
				p.word(strings.TrimRight(line, " "))
			}
		}
		return
	}
	fields := strings.Fields(s)
	if len(fields) == 0 && !p.started && strings.Contains(s, "\u00a0") {
		p.lineBreak() // how mail programs keep an empty line open
		return
	}
	if strings.TrimLeftFunc(s, unicode.IsSpace) != s {
		p.space = p.space || p.started
	}
	for i, f := range fields {
		if i > 0 {
			p.space = true
		}
		p.word(f)
	}
	if strings.TrimRightFunc(s, unicode.IsSpace) != s {
		p.space = p.space || p.started
	}
}

func (p *page) word(s string) {
	if !p.started {
		p.newLine()
	} else if p.space {
		p.out.WriteByte(' ')
		if p.cells {
			p.out.WriteByte(' ')
		}
	}
	p.space, p.cells, p.started = false, false, true
	p.out.WriteString(s)
}

// newLine pays the breaks owed and writes what stands before the first word.
func (p *page) newLine() {
	quotes := min(p.quotes, maxDepth)
	if p.breaks > 1 {
		p.out.WriteByte('\n')
		p.out.WriteString(strings.TrimRight(strings.Repeat("> ", min(quotes, p.lastQuotes)), " "))
	}
	if p.breaks > 0 {
		p.out.WriteByte('\n')
	}
	p.out.WriteString(strings.Repeat("> ", quotes))
	if p.lists > 1 {
		p.out.WriteString(strings.Repeat("  ", min(p.lists, maxDepth)-1))
	}
	p.out.WriteString(p.item)
	p.item, p.breaks, p.lastQuotes = "", 0, quotes
}

// empty tells whether no word stands on the page.
func (p *page) empty() bool { return p.out.Len() == 0 }

// String is the page, cleaned once more: what was clean in pieces could form
// a run of marks where the pieces meet.
func (p *page) String() string { return Clean(p.out.String()) }
