package text

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	maxHTML  = 1 << 20 // bytes of HTML that are read; the rest is cut off
	maxLinks = 1000
	maxDepth = 8 // levels of quotes and lists that are drawn
)

// Link is a link of an HTML mail: what it shows and where it really leads.
type Link struct {
	Text, Target string
}

// FromHTML turns the HTML part of a mail into clean text and its links. It
// reads the first MB, fetches nothing and has no nesting limit to trip over.
// Blocks break lines, quotes get "> ", lists get marks. What the sender hid
// from the reader (display:none, tiny type, the hidden attribute) is left out,
// and a link whose text names another host than its target shows the target.
func FromHTML(source string) (string, []Link) {
	if len(source) > maxHTML {
		source = source[:maxHTML]
	}
	w := walk(source, true)
	if w.page.empty() && w.inked {
		// A writer whose program is dark writes in white; nothing else stands
		// there, so it hides nothing. Outlook does it above visible quotes and
		// marks its place.
		w = walk(source, false)
	}
	return w.page.String(), w.links
}

// walk goes through the source once. byInk hides words in the colour of their
// ground.
func walk(source string, byInk bool) *walker {
	w := &walker{count: map[string]int{}, byInk: byInk}
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			w.endLink()
			return w
		case html.TextToken:
			switch {
			case !w.gone():
				w.text(string(z.Text()))
			case w.top().name == "style":
				w.sheet.read(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			w.start(z.Token())
		case html.EndTagToken:
			name, _ := z.TagName()
			w.end(string(name))
		}
	}
}

// element is one open element. gone hides it and all inside; faint is type
// too small to read, which an inner element can undo.
type element struct {
	name        string
	gone, faint bool
	blank       bool   // its own text has the colour of its ground
	typed       bool   // Outlook's own mark of what was typed
	ink, ground string // colours as #rrggbb; "" is what the reader's program takes, "?" cannot be told
	pre         bool
	items       int // numbered so far; -1 where the list has no numbers
}

type walker struct {
	page  page
	open  []element
	count map[string]int // how many of each name are open
	sheet sheet
	byInk bool
	inked bool // something was hidden by its colour
	link  *Link
	shown strings.Builder // the text of the open link
	links []Link
}

func (w *walker) top() element {
	if len(w.open) == 0 {
		return element{items: -1}
	}
	return w.open[len(w.open)-1]
}

func (w *walker) gone() bool { return w.top().unseen() }

func (e element) unseen() bool { return e.gone || e.faint || e.blank }

func (w *walker) text(s string) {
	s = Clean(s)
	if w.link != nil && w.shown.Len() < 1024 {
		w.shown.WriteString(s)
	}
	w.page.text(s, w.top().pre)
}

func (w *walker) start(t html.Token) {
	name := t.Data
	w.closeImplied(t.DataAtom)
	e := w.top()
	e.name, e.items = name, -1
	look := lookOf(t)
	w.sheet.apply(t, &look)
	e.gone = e.gone || look.gone || unseen[t.DataAtom]
	e.faint = look.faint || e.faint && !look.legible
	w.paint(&e, look)
	e.pre = e.pre || t.DataAtom == atom.Pre
	if !e.unseen() {
		w.draw(t, look)
	}
	if t.DataAtom == atom.Ol {
		e.items = 0
	}
	if !void[t.DataAtom] {
		w.open = append(w.open, e)
		w.count[name]++
	}
}

// paint gives an element its colours, which it has from the one around it, and
// hides what has the colour of its ground.
func (w *walker) paint(e *element, look look) {
	if look.ground != "" {
		e.ground = look.ground
	}
	if look.ink != "" {
		e.ink = look.ink
	}
	const paper = "#ffffff"
	ground := e.ground
	if ground == "" {
		ground = paper
	}
	e.typed = e.typed || look.typed
	e.blank = w.byInk && e.ink == ground && ground != unknown && !e.typed
	w.inked = w.inked || e.blank
}

// draw draws the beginning of a visible element.
func (w *walker) draw(t html.Token, look look) {
	switch t.DataAtom {
	case atom.Br:
		w.page.lineBreak()
	case atom.Hr:
		w.page.block(1)
		w.page.text("---", false)
		w.page.block(1)
	case atom.Blockquote:
		w.page.block(1)
		w.page.quotes++
	case atom.Ul, atom.Ol:
		w.page.block(1)
		w.page.lists++
	case atom.Li:
		w.page.block(1)
		w.page.mark(w.nextItem())
	case atom.Td, atom.Th:
		w.page.cell()
	case atom.A:
		w.endLink()
		if target := targetOf(t); target != "" && len(w.links) < maxLinks {
			w.link = &Link{Target: target}
		}
	default:
		if look.signature {
			w.page.block(1)
			w.page.text("--", false)
		}
		if paragraph[t.DataAtom] && !look.tight {
			w.page.block(2)
		} else if block[t.DataAtom] {
			w.page.block(1)
		}
	}
}

// nextItem numbers an item of the innermost list; 0 means no numbers.
func (w *walker) nextItem() int {
	for i := len(w.open) - 1; i >= 0 && i >= len(w.open)-16; i-- {
		switch w.open[i].name {
		case "ul":
			return 0
		case "ol":
			w.open[i].items++
			return w.open[i].items
		}
	}
	return 0
}

// closeImplied ends what HTML lets authors leave open: a paragraph before a
// block, an item before the next one, the head before the body.
func (w *walker) closeImplied(next atom.Atom) {
	switch {
	case next == atom.Li || next == atom.Td || next == atom.Th || next == atom.Tr:
		w.endNear(next.String(), "ul", "ol", "table")
	case w.top().name == "head" && !inHead[next]:
		w.end("head")
	}
	if block[next] {
		w.endNear("p", "div", "td", "th", "li", "blockquote", "table")
	}
}

// endNear ends the nearest open element of that name unless one of the
// others lies between. It looks at few, so that a heap of open tags stays cheap.
func (w *walker) endNear(name string, bounds ...string) {
	if w.count[name] == 0 {
		return
	}
	for i := len(w.open) - 1; i >= 0 && i >= len(w.open)-16; i-- {
		if w.open[i].name == name {
			w.end(name)
			return
		}
		for _, b := range bounds {
			if w.open[i].name == b {
				return
			}
		}
	}
}

// end closes the nearest element of that name with all inside it. A stray end
// tag closes nothing. Every element is popped once: linear over the whole.
func (w *walker) end(name string) {
	for w.count[name] > 0 {
		e := w.top()
		w.open = w.open[:len(w.open)-1]
		w.count[e.name]--
		if !e.unseen() {
			w.close(e.name)
		}
		if e.name == name {
			return
		}
	}
}

// close draws the end of a visible element.
func (w *walker) close(name string) {
	switch a := atom.Lookup([]byte(name)); {
	case a == atom.A:
		w.endLink()
	case a == atom.Blockquote:
		w.page.block(1)
		w.page.quotes = max(0, w.page.quotes-1)
	case a == atom.Ul || a == atom.Ol:
		w.page.block(1)
		w.page.lists = max(0, w.page.lists-1)
	case paragraph[a] && a != atom.P:
		w.page.block(2)
	case block[a]:
		w.page.block(1)
	}
}

func (w *walker) endLink() {
	if w.link == nil {
		return
	}
	l := *w.link
	l.Text = Line(w.shown.String())
	w.link = nil
	w.shown.Reset()
	w.links = append(w.links, l)
	if misleads(l) {
		w.page.text(" <"+l.Target+">", false)
	}
}
