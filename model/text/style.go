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
	shown   bool // it says itself that it is there
	legible bool // it sets a size that can be read again
	tight   bool // a paragraph without space around it

	ink, ground string // its colours, as element has them
	typed       bool
	signature   bool // what a mail program puts the signature in
}

func lookOf(t html.Token) look {
	var l look
	for _, a := range t.Attr {
		switch a.Key {
		case "hidden":
			l.gone = true
		case "bgcolor":
			l.ground = colour(a.Val)
		case "background":
			l.ground = unknown
		case "color":
			l.ink = colour(a.Val)
		case "id":
			l.signature = l.signature || signatureIDs[a.Val]
		case "class":
			l.typed = l.typed || hasWord(a.Val, "elementToProof")
			l.signature = l.signature || hasWord(a.Val, "gmail_signature") || hasWord(a.Val, "moz-signature")
			// Word writes every line as a paragraph of this class, and empty
			// ones where it means a gap.
			l.tight = l.tight || strings.Contains(a.Val, "MsoNormal") || strings.Contains(a.Val, "MsoPlainText")
		case "style":
			l.style(a.Val)
		}
	}
	return l
}

// signatureIDs are how Outlook and Apple Mail name the place of the signature.
var signatureIDs = map[string]bool{"Signature": true, "ms-outlook-mobile-signature": true, "AppleMailSignature": true}

func hasWord(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}

func (l *look) style(css string) {
	if len(css) > 4096 {
		css = css[:4096]
	}
	away, taken, flat, cut := false, false, false, false // far out, out of the flow, without height or width, nothing shown beyond it
	for declaration := range strings.SplitSeq(strings.ToLower(css), ";") {
		property, value, _ := strings.Cut(declaration, ":")
		value = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important"))
		switch strings.TrimSpace(property) {
		case "display":
			l.gone = l.gone || value == "none"
			l.shown = value != "none"
		case "mso-hide":
			l.gone = l.gone || value == "all"
		case "max-height", "opacity":
			l.gone = l.gone || size(value) == 0
		case "max-width", "height", "width":
			flat = flat || size(value) == 0
		case "overflow":
			cut = value == "hidden"
		case "position":
			taken = value == "absolute" || value == "fixed"
		case "left", "top", "right":
			away = away || beyond(value)
		case "text-indent", "margin-left", "margin-top":
			l.gone = l.gone || beyond(value)
		case "visibility":
			l.faint = l.faint || value == "hidden" || value == "collapse"
		case "font-size":
			n := size(value)
			l.faint = l.faint || n >= 0 && n < 2
			l.legible = n >= 2 || n < 0
		case "font":
			l.faint = l.faint || strings.HasPrefix(value, "0/") || strings.HasPrefix(value, "0px")
		case "margin":
			l.tight = l.tight || size(value) == 0
		case "color":
			l.ink = colour(value)
		case "background", "background-color", "background-image":
			if c := colour(value); c != "" { // no picture leaves the colour that was named before
				l.ground = c
			}
		}
	}
	l.gone = l.gone || away && taken || flat && cut
}

// beyond tells whether a length puts something off the page.
func beyond(value string) bool { return strings.HasPrefix(value, "-") && size(value[1:]) >= 100 }

// unknown is a colour, or a picture, of which nobody can say what stands out from it.
const unknown = "?"

// colour is a CSS colour as #rrggbb, or unknown for one that is not plain.
func colour(value string) string {
	value = strings.ToLower(strings.TrimSpace(value))
	switch value {
	case "white":
		return "#ffffff"
	case "black":
		return "#000000"
	case "", "inherit", "initial", "unset", "transparent", "none", "windowtext", "currentcolor":
		return ""
	}
	if inside, ok := strings.CutPrefix(value, "rgb("); ok {
		out := "#"
		for part := range strings.SplitSeq(strings.TrimSuffix(inside, ")"), ",") {
			n, err := strconv.Atoi(strings.TrimSpace(part))
			if err != nil || n < 0 || n > 255 || len(out) > 5 {
				return unknown
			}
			out += string("0123456789abcdef"[n>>4]) + string("0123456789abcdef"[n&15])
		}
		return out
	}
	switch {
	case len(value) == 4 && value[0] == '#':
		return string([]byte{'#', value[1], value[1], value[2], value[2], value[3], value[3]})
	case len(value) == 7 && value[0] == '#':
		return value
	}
	return unknown
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
