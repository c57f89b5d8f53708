package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestCleanTakesOutWhatATerminalObeys(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"plain text stays":               {"Hello Ana,\n\n1 < 2 & 3.\n", "Hello Ana,\n\n1 < 2 & 3.\n"},
		"accents stay":                   {"Grüße, señor, naïve 日本語", "Grüße, señor, naïve 日本語"},
		"line ends":                      {"a\r\nb\rc\n", "a\nb\nc\n"},
		"tab":                            {"a\tb", "a b"},
		"colour":                         {"\x1b[31mred\x1b[0m", "red"},
		"colour with a C1 introducer":    {"\u009b31mred", "red"},
		"raw C1 byte":                    {"\x9b31mred", "\uFFFDred"},
		"OSC title with BEL":             {"a\x1b]0;evil\x07b", "ab"},
		"OSC title with ST":              {"a\x1b]0;evil\x1b\\b", "ab"},
		"OSC 52 with C1 ends":            {"a\u009d52;c;ZXZpbA==\u009cb", "ab"},
		"OSC that never ends":            {"a\x1b]0;the rest\nand more", "a0;the rest\nand more"},
		"DCS":                            {"a\x1bP$q\"p\x1b\\b", "ab"},
		"DCS that never ends":            {"a\x1bPrest", "arest"},
		"APC, PM, SOS":                   {"\x1b_x\x1b\\a\x1b^y\x1b\\b\x1bXz\x1b\\c", "abc"},
		"charset switch":                 {"a\x1b(0b", "ab"},
		"reset":                          {"a\x1bcb", "ab"},
		"lone ESC at the end":            {"a\x1b", "a"},
		"CSI cut off":                    {"a\x1b[", "a"},
		"two introducers":                {"\x1b\x1b[2Ja", "a"},
		"an OSC inside an OSC":           {"\x1b]0;x\x1b]0;y\x07z", "0;xz"},
		"NUL, BS, BEL, DEL":              {"a\x00b\x08c\x07d\x7fe", "abcde"},
		"bidi overrides and isolates":    {"a\u202eb\u2066c\u200fd\u061ce", "abcde"},
		"zero width":                     {"a\u200bb\u2060c\ufeffd\u00ade", "abcde"},
		"joiner between Latin letters":   {"pay\u200dpal \u200cx", "paypal x"},
		"non-joiner in Persian":          {"می\u200cخواهم", "می\u200cخواهم"},
		"joiner in Hindi":                {"क्\u200dष", "क्\u200dष"},
		"joiner before a space":          {"می\u200c x", "می x"},
		"joiners in a heap":              {"می\u200c\u200d\u200cخ", "می\u200cخ"},
		"emoji: the selector goes":       {"❄\ufe0f", "❄"},
		"tag characters":                 {"a\U000e0041b", "ab"},
		"line and paragraph separator":   {"a\u2028b\u2029c\u0085d\fe", "a\nb\nc\nd\ne"},
		"invalid UTF-8":                  {"caf\xe9!", "caf\uFFFD!"},
		"heap of marks":                  {"e" + strings.Repeat("\u0301", 40), "e" + strings.Repeat("\u0301", 8)},
		"Hangul filler, invisible name":  {"a\u3164b", "ab"},
		"number sign of Arabic is shown": {"\u0600١", "\u0600١"},
	} {
		if c.in == "می\u200c\u200d\u200cخ" {
			if got := Clean(c.in); Clean(got) != got || strings.Count(got, "\u200c") > 1 {
				t.Errorf("%s: %q", name, got)
			}
			continue
		}
		if got := Clean(c.in); got != c.want {
			t.Errorf("%s: Clean(%q) = %q, want %q", name, c.in, got, c.want)
		}
	}
}

func checkClean(t interface{ Fatalf(string, ...any) }, in string) {
	out := Clean(in)
	if !utf8.ValidString(out) {
		t.Fatalf("Clean(%q) = %q is no UTF-8", in, out)
	}
	for _, r := range out {
		if Forbidden(r) {
			t.Fatalf("Clean(%q) lets %U through", in, r)
		}
	}
	if again := Clean(out); again != out {
		t.Fatalf("Clean(%q) = %q, and cleaned again %q", in, out, again)
	}
	line := Line(in)
	if strings.ContainsAny(line, "\n\r\t") || strings.TrimSpace(line) != line || strings.Contains(line, "  ") {
		t.Fatalf("Line(%q) = %q", in, line)
	}
	if again := Line(line); again != line {
		t.Fatalf("Line(%q) = %q, and again %q", in, line, again)
	}
}

// hostile are the pieces that escape sequences and tricks are made of.
var hostile = []string{"\x1b", "[", "]", "P", "\\", "\x07", "31", ";", "m", " ", "\n", "\r", "\t", "\u009b", "\u009d", "\u009c",
	"\x9b", "\xc2", "\u200d", "\u200c", "\u202e", "\u0301", "می", "क", "्", "a", "é", "👩", "\ufe0f", "\ufeff", "\u2028", "0", "(", "\u3000"}

func TestCleanHoldsForAnythingMadeOfHostilePieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkClean(t, strings.Join(rapid.SliceOf(rapid.SampledFrom(hostile)).Draw(t, "pieces"), ""))
	})
}

func FuzzClean(f *testing.F) {
	f.Add("a\x1b]0;x\x07b\u202e\r\n")
	f.Add("\u009b31mred \xff می\u200cخ")
	f.Fuzz(func(t *testing.T, s string) { checkClean(t, s) })
}

func TestLineIsOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"Re: offer":                     "Re: offer",
		"  Re:\r\n\t offer  ":           "Re: offer",
		"Fwd:\u00a0\u2003price":         "Fwd: price",
		"a\x1b]0;never ends\nBcc: x":    "a0;never ends Bcc: x",
		"":                              "",
		" ":                             "",
		"two  spaces":                   "two spaces",
		"می\u200c\u200b\u00a0\u200cخ x": "می خ x",
	} {
		if got := Line(in); got != want {
			t.Errorf("Line(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCleanPlainTextAllocatesNothing(t *testing.T) {
	s := strings.Repeat("A line of an ordinary mail.\n", 100)
	if n := testing.AllocsPerRun(100, func() { Clean(s) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// BenchmarkClean shows the time a byte for inputs made to be slow: it must be
// of one order for all of them.
func BenchmarkClean(b *testing.B) {
	for name, piece := range map[string]string{
		"plain": "hello ", "osc": "\x1b]", "osc text": "\x1b]0;some text ", "csi": "\x1b[", "csi digits": "\x1b[11111111",
		"c1": "\u009d", "invalid": "\xff", "marks": "\u0301", "joiners": "\u200d", "esc spaces": "\x1b        ",
	} {
		s := strings.Repeat(piece, 1<<20/len(piece))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				Clean(s)
			}
		})
	}
}
