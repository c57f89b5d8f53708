package uitest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/vt"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Picture draws a view into a terminal and gives what is seen, one line of
// text a row, spaces at the ends of rows cut.
func Picture(v tea.View, w, h int) string {
	screen := vt.NewEmulator(w, h)
	defer screen.Close()
	for y, line := range strings.Split(v.Content, "\n") {
		if y > 0 {
			write(screen, "\r\n")
		}
		write(screen, line)
	}
	rows := strings.Split(screen.String(), "\n")
	for i, row := range rows {
		rows[i] = strings.TrimRight(row, " ")
	}
	return strings.Join(rows, "\n")
}

// write: the emulator keeps everything in memory and cannot fail.
func write(screen *vt.Emulator, s string) { _, _ = screen.WriteString(s) }

// Golden compares a picture with testdata/NAME.golden; -update writes it.
func Golden(t testing.TB, name, picture string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	picture += "\n"
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(picture), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; -update writes it", err)
	}
	if string(want) != picture {
		t.Errorf("%s differs; -update accepts it. Wanted:\n%s\ngot:\n%s", path, want, picture)
	}
}
