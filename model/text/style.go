package text

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func atoms(list ...atom.Atom) map[atom.Atom]bool {
	m := make(map[atom.Atom]bool, len(list))
	for _, a := range list {
		m[a] = true
	}
	return m
}

var (
	void = atoms(atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input,
		atom.Link, atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr)
	// unseen holds no words for a reader.
	unseen = atoms(atom.Head, atom.Script, atom.Style, atom.Title, atom.Template, atom.Svg, atom.Object,
		atom.Iframe, atom.Noframes, atom.Select, atom.Textarea, atom.Audio, atom.Video, atom.Canvas, atom.Datalist)
	inHead = atoms(atom.Base, atom.Link, atom.Meta, atom.Noscript, atom.Script, atom.Style, atom.Template, atom.Title)
	block  = atoms(atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Center, atom.Dd,
		atom.Details, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2,
		atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hr, atom.Li, atom.Main, atom.Nav, atom.Ol, atom.P,
		atom.Pre, atom.Section, atom.Table, atom.Tr, atom.Ul)
	paragraph = atoms(atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Pre)
)

// look is what the attributes of an element say about its being seen.
type look struct {
	gone    bool // it and everything inside is hidden
	faint   bool // its own text cannot be read
	legible bool // it sets a size that can be read again
	tight   bool // a paragraph without space around it
}

func lookOf(t html.Token) look {
	var l look
	for _, a := range t.Attr {
		switch a.Key {
		case "hidden":
			l.gone = true
		case "class":
			// Word writes every line as a paragraph of this class, and empty
			// ones where it means a gap.
			l.tight = l.tight || strings.Contains(a.Val, "MsoNormal") || strings.Contains(a.Val, "MsoPlainText")
		case "style":
			l.style(a.Val)
		}
	}
	return l
}

func (l *look) style(css string) {
	if len(css) > 4096 {
		css = css[:4096]
	}
	for declaration := range strings.SplitSeq(strings.ToLower(css), ";") {
		property, value, _ := strings.Cut(declaration, ":")
		value = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important"))
		switch strings.TrimSpace(property) {
		case "display":
			l.gone = l.gone || value == "none"
		case "mso-hide":
			l.gone = l.gone || value == "all"
		case "max-height":
			l.gone = l.gone || size(value) == 0
		case "opacity":
			l.gone = l.gone || size(value) == 0
		case "visibility":
			l.faint = l.faint || value == "hidden" || value == "collapse"
		case "font-size":
			n := size(value)
			l.faint = l.faint || n >= 0 && n < 2
			l.legible = n >= 2 || n < 0
		case "margin":
			l.tight = l.tight || size(value) == 0
		}
	}
}

// size is a CSS length in about pixels, or -1 where it cannot be read.
func size(value string) float64 {
	end := 0
	for end < len(value) && (value[end] >= '0' && value[end] <= '9' || value[end] == '.') {
		end++
	}
	n, err := strconv.ParseFloat(value[:end], 64)
	if err != nil {
		return -1
	}
	switch unit := value[end:]; {
	case strings.HasPrefix(unit, "em"), strings.HasPrefix(unit, "rem"):
		n *= 16
	case strings.HasPrefix(unit, "%"):
		n *= 0.16
	}
	return n
}
