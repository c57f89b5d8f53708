package model_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// rule is one sentence of DOMAIN.md, word for word, and what holds it: a check on a fresh contact on Monday 09:00, or the
// tests that do, as "package TestName", model's own without the package.
type rule struct {
	says  string
	holds func(s *story)
	by    string
}

// domain checks the rules of one section, and that the tests to which they point exist.
func domain(t *testing.T, rules []rule) {
	t.Helper()
	for _, r := range rules {
		t.Run(r.says, func(t *testing.T) {
			if r.holds == nil && r.by == "" {
				t.Fatal("nothing holds this rule")
			}
			for test := range strings.SplitSeq(r.by, ", ") {
				if test != "" && !exists(t, test) {
					t.Errorf("%s is gone", test)
				}
			}
			if r.holds != nil {
				r.holds(newStory(t))
			}
		})
	}
}

// exists tells whether a test of that name is in its package.
func exists(t *testing.T, test string) bool {
	t.Helper()
	dir, name, found := strings.Cut(test, " ")
	if !found {
		dir, name = "model", test
	}
	files, err := filepath.Glob(filepath.Join("..", filepath.FromSlash(dir), "*_test.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no tests in %s: %v", dir, err)
	}
	head := regexp.MustCompile(`(?m)^func ` + regexp.QuoteMeta(name) + `\(t \*testing\.T\)`)
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if head.Match(src) {
			return true
		}
	}
	return false
}

// want fails the test where what was found is not what the rule says.
func want[T comparable](s *story, what string, got, want T) {
	s.t.Helper()
	if got != want {
		s.t.Errorf("%s: %v, want %v", what, got, want)
	}
}
