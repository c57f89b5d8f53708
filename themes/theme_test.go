package themes

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestEveryBuiltInPaletteLoads(t *testing.T) {
	names := Names()
	if names[0] != Default {
		t.Fatalf("the default comes first, got %v", names)
	}
	for _, want := range []string{"terminal", "dark", "light", "mono", "high-contrast", "colour-blind"} {
		theme, err := Load(want)
		if err != nil {
			t.Fatalf("%s: %v", want, err)
		}
		if theme.Name() != want || theme.About() == "" {
			t.Errorf("%s: name %q, about %q", want, theme.Name(), theme.About())
		}
	}
}

func TestBuiltInPalettesNameEveryRole(t *testing.T) {
	for _, name := range Names() {
		raw, err := builtin.ReadFile("palettes/" + name + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		for _, role := range Roles() {
			if !strings.Contains(string(raw), "\n"+role.String()+" = ") {
				t.Errorf("%s leaves out %s", name, role)
			}
		}
	}
}

func TestMistakesAreNamedAllAtOnceWithASuggestion(t *testing.T) {
	_, err := Parse("mine", []byte("abuot = \"x\"\n[roles]\nhott = \"1\"\nwarm = \"#12\"\ncold = \"256\"\nok = \"2 blod\"\nwarn = \"3 on\"\n"))
	if err == nil {
		t.Fatal("five mistakes and no error")
	}
	for _, want := range []string{`"abuot"`, `did you mean "about"`, `did you mean "hot"`, "warm", "cold", "blod", `after "on"`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %s:\n%v", want, err)
		}
	}
	if _, err = Load("drak"); err == nil || !strings.Contains(err.Error(), `did you mean "dark"`) {
		t.Errorf("Load(drak): %v", err)
	}
	if _, err = Load("zzzzzzzz"); err == nil || strings.Contains(err.Error(), "did you mean") {
		t.Errorf("nothing is near zzzzzzzz: %v", err)
	}
}

func TestMissingRolesInherit(t *testing.T) {
	theme, err := Parse("mine", []byte("[roles]\ntext = \"7\"\nerror = \"#ff0000 bold\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	if theme.Paint(Overdue, "x") != theme.Paint(Error, "x") {
		t.Error("overdue should look like error")
	}
	if theme.Paint(Quote, "x") != theme.Paint(Text, "x") {
		t.Error("quote should end at text")
	}
	if got := theme.Ground("x"); got != "x" {
		t.Errorf("no surface colour, yet the line is laid on %q", got)
	}
}

func TestPaintIsWhatTheStyleRenders(t *testing.T) {
	for _, name := range Names() {
		theme, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, role := range Roles() {
			if got, want := theme.Paint(role, "w"), theme.Style(role).Render("w"); got != want {
				t.Errorf("%s %s: Paint %q, Style %q", name, role, got, want)
			}
		}
	}
}

func TestPaintNeverChangesTheText(t *testing.T) {
	theme, err := Load("dark")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-zé日 ●]{0,12}`).Draw(t, "text")
		role := Role(rapid.IntRange(0, int(roleCount)).Draw(t, "role"))
		painted := theme.Ground(theme.Paint(role, text) + theme.PaintSelected(role, text))
		if got := ansi.Strip(painted); got != text+text {
			t.Fatalf("%q became %q", text+text, got)
		}
	})
}

func TestGroundFollowsEveryReset(t *testing.T) {
	theme, err := Load("dark")
	if err != nil {
		t.Fatal(err)
	}
	line := theme.Ground(theme.Paint(Hot, "a") + "b\x1b[0mc")
	body := strings.TrimSuffix(line, reset)
	if strings.Contains(strings.ReplaceAll(body, reset+theme.ground, ""), reset) || strings.Contains(body, "\x1b[0m") {
		t.Errorf("a reset falls through to the terminal's ground: %q", line)
	}
}

// Text on a fixed ground must be readable: WCAG 2.2, success criterion 1.4.3.
func TestContrastOfFixedColours(t *testing.T) {
	checked := 0
	for _, name := range Names() {
		raw, err := builtin.ReadFile("palettes/" + name + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		p, err := parsePalette(name, raw)
		if err != nil {
			t.Fatal(err)
		}
		for _, role := range Roles() {
			if role == Border || role == Surface {
				continue
			}
			plain := p.values[role]
			if plain.bg == "" {
				plain.bg = p.values[Surface].bg
			}
			for _, v := range []value{plain, onSelection(p.values[role], p.values[Selection])} {
				fg, okF := luminance(v.fg)
				bg, okB := luminance(v.bg)
				if !okF || !okB {
					continue
				}
				checked++
				if ratio := (math.Max(fg, bg) + 0.05) / (math.Min(fg, bg) + 0.05); ratio < 4.5 {
					t.Errorf("%s %s: %s on %s has contrast %.2f, wanted 4.5", name, role, v.fg, v.bg, ratio)
				}
			}
		}
	}
	if checked < 100 {
		t.Fatalf("only %d pairs were compared", checked)
	}
}

// luminance is the relative luminance of a fixed colour (WCAG 2.2 definition);
// false for the terminal's own colours, whose looks nobody knows.
func luminance(colour string) (float64, bool) {
	hex, ok := strings.CutPrefix(colour, "#")
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		return 0, false
	}
	channel := func(c uint64) float64 {
		v := float64(c&0xff) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(n>>16) + 0.7152*channel(n>>8) + 0.0722*channel(n), true
}
