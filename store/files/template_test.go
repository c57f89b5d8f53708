package files_test

import (
	"path/filepath"
	"strings"
	"testing"

	"stoke/store/files"
)

// A name that can never have a value is told with its line, and the template is used all the same: its blank is seen.
func TestAMisspeltTagIsToldAndTheTemplateUsed(t *testing.T) {
	p := house(t)
	file := filepath.Join(p.Templates(), "offer.md")
	write(t, file, "---\nkind: deal\nsubject: Offer\n---\nHi {{ first_name }},\n{% if last.sumary %}x{% endif %}\nfor {{ compny }}.\n", 0o600)
	s, err := files.Read(p, none)
	if err != nil {
		t.Fatal(err)
	}
	said := s.Mistakes.Error()
	if len(s.Mistakes) != 2 || !strings.Contains(said, file+":6: there is no last.sumary: did you mean last.summary?") || !strings.Contains(said, file+":7: there is no compny: did you mean company?") {
		t.Errorf("told was %q", said)
	}
	if tpl, ok := s.Templates.Find("offer"); !ok || tpl.Subject != "Offer" {
		t.Error("the template is left out")
	}

	// Mended, and another wording beside it: both are there at the next look.
	write(t, file, "---\nkind: deal\nsubject: Offer\n---\nHi {{ first_name }}, for {{ company }}.\n", 0o600)
	write(t, filepath.Join(p.Templates(), "offer-b.md"), "---\nname: offer\nvariant: B\nkind: deal\nsubject: Offer\n---\nDear {{ first_name }}.\n", 0o600)
	if !s.Changed() {
		t.Error("nobody noticed the change")
	}
	if s, err = files.Read(p, none); err != nil || len(s.Mistakes) > 0 {
		t.Fatalf("%v, %v", s.Mistakes, err)
	}
	if tpl, ok := s.Templates.Find("offer (B)"); !ok || !strings.HasPrefix(tpl.Body, "Dear") {
		t.Error("the other wording is missing")
	}
}
