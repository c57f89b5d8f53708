package model_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	pathpkg "path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// arrow forbids the packages in from to import the packages in never. Names
// are import paths; "x/..." is x and all below it. What tests import is free:
// they wire rooms together.
type arrow struct {
	why    string
	from   []string
	except []string
	never  []string
}

var arrows = []arrow{
	{
		why:   "model knows only values",
		from:  []string{"stoke/model/..."},
		never: []string{"stoke", "stoke/ui/...", "stoke/mail/...", "stoke/store/...", "stoke/themes/..."},
	},
	{
		why:   "model does no I/O and paints nothing",
		from:  []string{"stoke/model/..."},
		never: []string{"os/...", "net", "net/http/...", "database/sql/...", "log/...", "syscall", "charm.land/...", "github.com/emersion/..."},
	},
	{
		why:    "the core asks the small rooms around it, never the other way",
		from:   []string{"stoke/model/..."},
		except: []string{"stoke/model", "stoke/model/sample", "stoke/model/config"},
		never:  []string{"stoke/model", "stoke/model/sample"},
	},
	{
		why:   "the demo's people are no part of a decision",
		from:  []string{"stoke/model"},
		never: []string{"stoke/model/sample"},
	},
	{
		why:   "screen, wire and disk do not know each other: store",
		from:  []string{"stoke/store/..."},
		never: []string{"stoke", "stoke/ui/...", "stoke/mail/...", "stoke/themes/...", "charm.land/..."},
	},
	{
		why:   "screen, wire and disk do not know each other: mail",
		from:  []string{"stoke/mail/..."},
		never: []string{"stoke", "stoke/ui/...", "stoke/store/...", "stoke/themes/...", "charm.land/...", "database/sql/..."},
	},
	{
		why:   "screen, wire and disk do not know each other: ui",
		from:  []string{"stoke/ui/..."},
		never: []string{"stoke", "stoke/mail/...", "stoke/store/...", "database/sql/...", "github.com/emersion/..."},
	},
	{
		why:    "a pane answers with an Action; the root routes it",
		from:   []string{"stoke/ui/..."},
		except: wires,
		never:  []string{"stoke/ui"},
	},
	{
		why:    "a pane does no I/O",
		from:   []string{"stoke/ui/..."},
		except: wires,
		never:  []string{"os/...", "net", "net/http/..."},
	},
	{
		why:   "themes imports nothing of ours",
		from:  []string{"stoke/themes/..."},
		never: []string{"stoke", "stoke/ui/...", "stoke/model/...", "stoke/mail/...", "stoke/store/..."},
	},
	{
		why:    "only tests and their support import testing",
		from:   []string{"stoke/..."},
		except: []string{"stoke/mail/realtest", "stoke/model/modeltest", "stoke/ui/uitest", "stoke/store/storetest"},
		never:  []string{"testing/..."},
	},
	{
		why:  "support for tests stays in tests; the demo runs on mailtest",
		from: []string{"stoke/..."},
		// What the support itself uses is its own affair.
		except: []string{"stoke/mail/realtest", "stoke/model/modeltest", "stoke/ui/uitest", "stoke/store/storetest"},
		never:  []string{"stoke/mail/realtest", "stoke/model/modeltest", "stoke/ui/uitest", "stoke/store/storetest"},
	},
}

// forPanes are the rooms of ui that every pane may use. All others there are
// panes, and a new one is covered from its first day.
var forPanes = []string{"stoke/ui/action", "stoke/ui/editor", "stoke/ui/field", "stoke/ui/frame", "stoke/ui/keys", "stoke/ui/prose"}

// wires are the rooms of ui that put panes together.
var wires = []string{"stoke/ui", "stoke/ui/cli", "stoke/ui/uitest"}

// meddles says whether a pane imports another pane. What lies below a pane is
// its own.
func meddles(from, imported string) bool {
	if slices.Contains(wires, from) || slices.Contains(forPanes, imported) {
		return false
	}
	own, isUI := strings.CutPrefix(from, "stoke/ui/")
	other, isPane := strings.CutPrefix(imported, "stoke/ui/")
	own, _, _ = strings.Cut(own, "/")
	other, _, _ = strings.Cut(other, "/")
	return isUI && isPane && own != other
}

// broken is every arrow that this import goes against.
func broken(from, imported string) []string {
	var whys []string
	if meddles(from, imported) {
		whys = append(whys, "panes do not know each other")
	}
	for _, a := range arrows {
		if anyCovers(a.from, from) && !anyCovers(a.except, from) && anyCovers(a.never, imported) {
			whys = append(whys, a.why)
		}
	}
	return whys
}

func anyCovers(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		room, below := strings.CutSuffix(p, "/...")
		return path == room || below && strings.HasPrefix(path, room+"/")
	})
}

func TestTheArrowsPointDown(t *testing.T) {
	packages := importsOf(t, "..")
	for name, imports := range packages {
		for _, imported := range imports {
			for _, why := range broken(name, imported) {
				t.Errorf("%s imports %s: %s", name, imported, why)
			}
		}
	}
	// An empty list would agree with everything.
	for _, room := range []string{"stoke", "stoke/model", "stoke/mail", "stoke/store", "stoke/ui", "stoke/themes"} {
		if len(packages[room]) == 0 {
			t.Errorf("no package %s was looked at", room)
		}
	}
}

// What the arrows forbid and what they let pass, in examples: a rule that
// forbids nothing would never be noticed otherwise.
func TestAnArrowThatPointsUpIsSeen(t *testing.T) {
	for _, tc := range []struct {
		from, imported string
		forbidden      bool
	}{
		{"stoke/model", "stoke/store", true},
		{"stoke/model", "os", true},
		{"stoke/model/text", "os/exec", true},
		{"stoke/model", "net", true},
		{"stoke/model", "net/http", true},
		{"stoke/model", "database/sql", true},
		{"stoke/model", "net/mail", false},
		{"stoke/model", "github.com/osteele/liquid", false},
		{"stoke/model", "stoke/model/schedule", false},
		{"stoke/model/schedule", "stoke/model", true},
		{"stoke/model/signal", "stoke/model/text", false},
		{"stoke/model/sample", "stoke/model", false},
		{"stoke/store", "stoke/mail", true},
		{"stoke/store/files", "stoke/ui/keys", true},
		{"stoke/store", "stoke/model", false},
		{"stoke/mail", "stoke/store", true},
		{"stoke/mail/mailtest", "testing", true},
		{"stoke/mail/realtest", "testing", false},
		{"stoke/mail", "stoke/mail/realtest", true},
		{"stoke/ui", "stoke/mail", true},
		{"stoke/ui", "stoke/ui/queue", false},
		{"stoke/ui/queue", "stoke/ui", true},
		{"stoke/ui/queue", "stoke/ui/thread", true},
		{"stoke/ui/queue", "stoke/ui/cli", true},
		{"stoke/ui/queue", "stoke/ui/frame", false},
		{"stoke/ui/modal/snooze", "stoke/ui/modal", false},
		{"stoke/ui/queue", "os", true},
		{"stoke/ui/cli", "stoke/ui", false},
		{"stoke/ui/queue", "stoke/themes", false},
		{"stoke/themes", "stoke/model", true},
		{"stoke", "stoke/mail/mailtest", false},
		{"stoke", "stoke/ui/uitest", true},
	} {
		if whys := broken(tc.from, tc.imported); (len(whys) > 0) != tc.forbidden {
			t.Errorf("%s imports %s: forbidden by %q, want forbidden %t", tc.from, tc.imported, whys, tc.forbidden)
		}
	}
}

// importsOf reads every package of the module: import path to what its code,
// not its tests, imports. It reads the files itself instead of asking the go
// command, because the test cache notices only files that the test opens, and
// because an arrow must hold on every system, whatever the build tags say.
func importsOf(t *testing.T, top string) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != top && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return filepath.SkipDir
		case d.IsDir(), filepath.Ext(path) != ".go", strings.HasSuffix(path, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		room, err := filepath.Rel(top, filepath.Dir(path))
		if err != nil {
			return err
		}
		name := pathpkg.Join("stoke", filepath.ToSlash(room))
		for _, i := range f.Imports {
			all[name] = append(all[name], strings.Trim(i.Path.Value, "`\""))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The top of the tree is fixed: a newcomer finds six rooms and what Go and
// make need, and no drawer for the rest.
func TestTheTopLevelHoldsOnlyTheRooms(t *testing.T) {
	allowed := []string{
		"main.go", "ui", "model", "mail", "store", "themes",
		"go.mod", "go.sum", "Makefile", "README.md", "LICENSE",
	}
	for _, name := range topLevel(t) {
		if !strings.HasPrefix(name, ".") && !slices.Contains(allowed, name) {
			t.Errorf("%s does not belong at the top level", name)
		}
	}
}

// topLevel is what git keeps there; without git (a release archive) what lies
// there, less what a build leaves behind.
func topLevel(t *testing.T) []string {
	t.Helper()
	cmd := exec.Command("git", "ls-files", "-z")
	cmd.Dir = ".."
	if out, err := cmd.Output(); err == nil && len(out) > 0 {
		var names []string
		for path := range strings.SplitSeq(strings.Trim(string(out), "\x00"), "\x00") {
			name, _, _ := strings.Cut(path, "/")
			names = append(names, name)
		}
		slices.Sort(names)
		return slices.Compact(names)
	}
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	built := []string{"stoke", "stoke.exe", "dist"}
	var names []string
	for _, e := range entries {
		n := e.Name()
		left := slices.Contains([]string{".test", ".prof", ".out"}, filepath.Ext(n))
		if !slices.Contains(built, n) && !left {
			names = append(names, n)
		}
	}
	return names
}
