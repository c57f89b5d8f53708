package frame

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"stoke/model/text"
)

// Width is the width of one line in cells, escape sequences not counted.
func Width(s string) int {
	if w, plain := plainWidth(s); plain {
		return w
	}
	return ansi.StringWidth(s)
}

// plainWidth measures what most lines are: ASCII, Latin letters, frames and
// colours. Taking such a line apart into graphemes cost two thirds of a frame
// with a window over it. Anything else, and whatever could join or follow a
// letter, is not plain.
func plainWidth(s string) (w int, plain bool) {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case ' ' <= c && c <= '~':
			w, i = w+1, i+1
		case c == '\x1b':
			end := colour(s[i:])
			if end == 0 {
				return 0, false
			}
			i += end
		case c < utf8.RuneSelf:
			return 0, false
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if !oneCell(r) {
				return 0, false
			}
			w, i = w+1, i+size
		}
	}
	return w, true
}

// oneCell says that a rune outside ASCII is a cell of its own in a text of
// nothing else than such runes: Latin letters and marks, dashes and dots,
// arrows, frames, blocks and shapes.
func oneCell(r rune) bool {
	switch {
	case 0xa1 <= r && r <= 0x17f:
		return r != 0xad // the soft hyphen
	case 0x2010 <= r && r <= 0x2027, 0x2190 <= r && r <= 0x21ff, 0x2500 <= r && r <= 0x25fc:
		return true
	}
	return r == '‹' || r == '›'
}

// colour is the length of the SGR sequence that s begins with, zero for none.
func colour(s string) int {
	if len(s) < 3 || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case (c < '0' || c > '9') && c != ';' && c != ':':
			return 0
		}
	}
	return 0
}

// Fit cuts or pads one line to exactly w cells. A cut ends in an ellipsis.
func Fit(s string, w int) string { return fit(s, w, "…") }

// Clip cuts or pads one line to exactly w cells and cuts without a sign.
func Clip(s string, w int) string { return fit(s, w, "") }

func fit(s string, w int, tail string) string {
	if w <= 0 {
		return ""
	}
	have := Width(s)
	if have > w {
		s = ansi.Truncate(s, w, tail)
		have = Width(s)
	}
	line := s + Spaces(w-have)
	if s != "" && s[len(s)-1] >= utf8.RuneSelf { // a sign that stands before a number takes the first blank into its cell
		line += Spaces(w - Width(line))
	}
	return line
}

// Right pads on the left; what is too long loses its end.
func Right(s string, w int) string {
	if have := Width(s); have <= w {
		return Spaces(w-have) + s
	}
	return Fit(s, w)
}

// Ends puts one text at the left and one at the right of w cells. The left one
// gives way.
func Ends(left, right string, w int) string {
	room := w - Width(right)
	if room <= 0 {
		return Fit(right, w)
	}
	return Fit(left, room) + right
}

const blanks = "                                                                                                                                "

// Spaces returns n spaces, none for a negative n.
func Spaces(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(blanks):
		return blanks[:n]
	default:
		return strings.Repeat(" ", n)
	}
}

// Plain makes outside text safe to stand in one line of a screen: no control
// characters, no direction marks, line breaks and tabs as one space, and no
// glyph whose width terminals disagree about (an emoji joined of several is
// shown as its first, a variation selector is dropped).
func Plain(s string) string {
	if isPlainASCII(s) {
		return s
	}
	return plain(s, false)
}

// PlainText does the same to a text of several lines and keeps its line
// breaks.
func PlainText(s string) string { return plain(s, true) }

func isPlainASCII(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

func plain(s string, lines bool) string {
	s = ansi.Strip(strings.ToValidUTF8(s, "\uFFFD"))
	var out strings.Builder
	out.Grow(len(s))
	for s != "" {
		cluster, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		if cluster == "" {
			_, size := utf8.DecodeRuneInString(s)
			cluster = s[:size]
		}
		s = s[len(cluster):]
		switch cluster {
		case "\r\n", "\n", "\r":
			if lines {
				out.WriteByte('\n')
			} else {
				out.WriteByte(' ')
			}
		case "\t":
			out.WriteByte(' ')
		default:
			writeCluster(&out, cluster)
		}
	}
	return out.String()
}

func writeCluster(out *strings.Builder, cluster string) {
	for i, r := range cluster {
		switch {
		case text.Forbidden(r):
			continue
		case i > 0 && isPictograph(r), r == 0x200d && i > 0 && startsPictograph(cluster):
			return
		}
		out.WriteRune(r)
	}
}

func isPictograph(r rune) bool { return r >= 0x1f300 && r <= 0x1faff || r >= 0xe0020 && r <= 0xe007f }

func startsPictograph(cluster string) bool {
	r, _ := utf8.DecodeRuneInString(cluster)
	return r >= 0x2190 && r <= 0x2bff || isPictograph(r)
}

// Wrap breaks a plain text into lines of at most w cells, at words where it
// can.
func Wrap(s string, w int) []string {
	if w <= 0 {
		return nil
	}
	return strings.Split(ansi.Wrap(s, w, ""), "\n")
}

// Block makes exactly h lines of exactly w cells out of the lines given.
func Block(lines []string, w, h int) []string {
	out := make([]string, h)
	for i := range out {
		if i < len(lines) {
			out[i] = Clip(lines[i], w)
		} else {
			out[i] = Spaces(w)
		}
	}
	return out
}

// Tail is a line without its first cells.
func Tail(line string, cells int) string { return ansi.TruncateLeft(line, cells, "") }

// Blank says that a line shows nothing.
func Blank(line string) bool { return strings.TrimSpace(ansi.Strip(line)) == "" }
