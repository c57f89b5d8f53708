package frame

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"stoke/model/text"
)

// Width is the width of one line in cells, escape sequences not counted.
func Width(s string) int { return ansi.StringWidth(s) }

// Fit cuts or pads one line to exactly w cells. A cut ends in an ellipsis.
func Fit(s string, w int) string { return fit(s, w, "…") }

// Clip cuts or pads one line to exactly w cells and cuts without a sign.
func Clip(s string, w int) string { return fit(s, w, "") }

func fit(s string, w int, tail string) string {
	if w <= 0 {
		return ""
	}
	have := ansi.StringWidth(s)
	if have > w {
		s = ansi.Truncate(s, w, tail)
		have = ansi.StringWidth(s)
	}
	return s + Spaces(w-have)
}

// Right pads on the left; what is too long loses its end.
func Right(s string, w int) string {
	if have := ansi.StringWidth(s); have <= w {
		return Spaces(w-have) + s
	}
	return Fit(s, w)
}

// Ends puts one text at the left and one at the right of w cells. The left one
// gives way.
func Ends(left, right string, w int) string {
	room := w - ansi.StringWidth(right)
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

// Blank says that a line shows nothing.
func Blank(line string) bool { return strings.TrimSpace(ansi.Strip(line)) == "" }
