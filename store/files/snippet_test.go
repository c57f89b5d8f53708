package files_test

import (
	"path/filepath"
	"strings"
	"testing"

	"stoke/store/files"
)

func TestSnippetsAreReadAndBadOnesNameFileAndLine(t *testing.T) {
	p := house(t)
	write(t, filepath.Join(p.Snippets(), "price.md"), "40 seats cost {{ask.amount}}.\r\nFor {{company}}.\n", 0o600)
	write(t, filepath.Join(p.Snippets(), "broken.md"), "fine\n{{first_name\n", 0o600)
	write(t, filepath.Join(p.Snippets(), "two words.md"), "x", 0o600)
	write(t, filepath.Join(p.Snippets(), "empty.md"), " \n", 0o600)
	write(t, filepath.Join(p.Snippets(), "note.txt"), "no snippet", 0o600)
	s, err := files.Read(p, none)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Snippets) != 1 || s.Snippets["price"].Body != "40 seats cost {{ask.amount}}.\nFor {{company}}." {
		t.Errorf("read %+v", s.Snippets)
	}
	said := s.Mistakes.Error()
	for _, want := range []string{"broken.md:2: ", "call it \"two-words.md\"", "empty.md:1: the snippet has no text"} {
		if !strings.Contains(said, want) {
			t.Errorf("not said: %s\n%s", want, said)
		}
	}
	book, err := s.Rulebook()
	if err != nil || len(book.Snippets) != 1 {
		t.Errorf("%v %v", book.Snippets, err)
	}
	write(t, filepath.Join(p.Snippets(), "new.md"), "x", 0o600)
	if !s.Changed() {
		t.Error("a new snippet is no change")
	}
}
