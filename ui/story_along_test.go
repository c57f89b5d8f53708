package ui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/template"
	"stoke/ui"
	"stoke/ui/uitest"
)

// files makes a folder with a few files to attach, and gives its path.
func files(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, size := range map[string]int{"offer.pdf": 1 << 20, "offer-draft.odt": 2000, "Übersicht 日本.xlsx": 5000, ".hidden": 1, "sub/deep.txt": 3} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.Repeat("x", size)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAFileIsAttachedByItsPathAndGoesWithTheMail(t *testing.T) {
	dir := files(t)
	t.Setenv("HOME", dir)
	s := perform(t, 120, 40)
	s.Press("j", "r", "ctrl+l")
	s.Sees("Attach a file", "sub/", "offer.pdf", "1 MB", "Übersicht 日本.xlsx")
	s.SeesNot(".hidden")
	s.Type("of")
	s.SeesNot("Übersicht")
	s.Press("tab")
	s.Sees("~/offer")
	s.Type(".")
	s.Press("enter")
	s.Sees("Attached offer.pdf (1 MB).", "Files    offer.pdf (1 MB)")
	s.Press("ctrl+l")
	s.Type("s")
	s.Press("tab") // one folder begins so: it opens
	s.Sees("~/sub/", "deep.txt")
	s.Press("enter")
	s.Press("ctrl+l")
	s.Sees("offer.pdf (1 MB) goes along", "deep.txt (3 bytes) goes along")
	s.Press("up", "up", "enter") // up leads to the last lines first
	s.SeesNot("Files    offer.pdf")
	s.Sees("deep.txt (3 bytes)")
	s.Wait(time.Second)
	if d := s.saved("Dana"); d == nil || len(d.Attachments) != 1 || d.Attachments[0].Path != filepath.Join(dir, "sub/deep.txt") {
		t.Fatalf("kept %+v", d)
	}
	s.Press("f3")
	s.Sees("As it leaves", "Files     deep.txt (3 bytes)")
	s.Press("esc")
	fill(s)
	s.Press("ctrl+s")
	if mails := s.desk.Mails(); len(mails) != 1 || len(mails[0].Attachments) != 1 {
		t.Errorf("sent %+v", mails)
	}
}

func TestAPathThatIsDroppedOrWrongIsTakenAsItIs(t *testing.T) {
	dir := files(t)
	s := perform(t, 120, 40)
	s.Press("j", "r", "ctrl+l")
	s.Paste("'" + filepath.Join(dir, "offer.pdf") + "'")
	s.Press("enter")
	s.Sees("Attached offer.pdf")
	s.Press("ctrl+l") // begins where the last one was
	s.Sees("sub/", "offer-draft.odt", "offer.pdf (1 MB) goes along")
	s.Type("nothing.pdf")
	s.Press("enter")
	s.Sees("nothing.pdf is not there")
	s.Press("ctrl+l")
	s.Paste("/no/such/folder/")
	s.Sees("no such folder")
	s.Press("esc")
	s.Sees("Files    offer.pdf")
}

// A file is taken out by who went to its line, not by an enter that came before the folder did, or in an empty one.
func TestEnterTakesNoFileOutByChance(t *testing.T) {
	dir := files(t)
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, up := range []bool{false, true} {
		s := perform(t, 120, 40)
		s.Press("j", "r", "ctrl+l")
		s.Paste(filepath.Join(dir, "offer.pdf"))
		s.Press("enter")
		s.Sees("Files    offer.pdf (1 MB)")
		s.Hold = true
		s.Press("ctrl+l", "enter")
		s.Release()
		s.Sees("Attach a file", "offer-draft.odt", "offer.pdf (1 MB) goes along")
		s.Paste(filepath.Join(dir, "empty") + "/")
		s.Press("enter")
		s.Sees("Attach a file", "offer.pdf (1 MB) goes along")
		s.SeesNot("offer-draft.odt", "no folder")
		if up {
			s.Press("up", "enter")
		} else {
			s.Press("down", "enter")
		}
		s.Sees("It does not go along any more.")
		s.SeesNot("Files    offer.pdf")
	}
}

// Each terminal writes the path of a dropped file in its own way.
func TestADroppedFileIsFoundHoweverItsPathIsWritten(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ name, written string }{
		{"report (1).pdf", `DIR/report\ \(1\).pdf`},
		{"report (1).pdf", `'DIR/report (1).pdf'`},
		{"report (1).pdf", `DIR/report (1).pdf`},
		{"it's.pdf", `'DIR/it'\''s.pdf'`},
		{"it's.pdf", `DIR/it\'s.pdf`},
		{"it's.pdf", `"DIR/it's.pdf"`},
		{"it's.pdf", `DIR/it's.pdf`},
		{"Größe & 日本.pdf", `file://DIR/Gr%C3%B6%C3%9Fe%20&%20%E6%97%A5%E6%9C%AC.pdf`},
		{"Größe & 日本.pdf", `file://localhostDIR/Größe%20%26%20日本.pdf`},
		{"Größe & 日本.pdf", `DIR/Größe\ \&\ 日本.pdf `},
		{"100%20.pdf", `DIR/100%20.pdf`},
		{"100%20.pdf", `file://DIR/100%2520.pdf`},
		{"a+b.pdf", `file://DIR/a+b.pdf`},
		{"100%.pdf", `file://DIR/100%.pdf`}, // by a program that does not encode
	} {
		if err := os.WriteFile(filepath.Join(dir, c.name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		s := perform(t, 120, 40)
		s.Press("j", "r", "ctrl+l")
		s.Paste(strings.ReplaceAll(c.written, "DIR", dir))
		s.Press("enter")
		s.Wait(time.Second)
		if d := s.saved("Dana"); d == nil || len(d.Attachments) != 1 || d.Attachments[0].Path != filepath.Join(dir, c.name) {
			t.Errorf("%s is not found:\n%s", c.written, s.Screen())
		}
	}
}

func TestAnAnswerToAllNamesEverybody(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("j", "a")
	s.Sees("The answer goes to 3 people.", "To       Dana Whitfield <dana@northwind.example>", "Cc       Marta Ruiz <marta@northwind.example>, legal@northwind.")
	fill(s)
	s.Press("ctrl+s")
	mails := s.desk.Mails()
	if len(mails) != 1 || strings.Join(mails[0].Recipients(), " ") != "dana@northwind.example marta@northwind.example legal@northwind.example" {
		t.Fatalf("%+v", mails)
	}
	s = perform(t, 120, 40)
	s.Press("a")
	s.Sees("answers no mail")
	s.Press("esc")
}

func TestTheAnsweredMailIsQuotedWhenTheRepWantsIt(t *testing.T) {
	s := perform(t, 120, 40)
	s.desk.Rules.Signatures = map[string]string{"acme": "Robin Vale\nAcme"}
	s.Press("j", "r")
	s.Sees("-- Robin Vale · Acme")
	s.SeesNot("quoted line (F3")
	s.Press("ctrl+q")
	s.Sees("1 quoted line (F3 shows, ctrl+q leaves out)")
	s.Press("f3")
	s.Sees("-- ", "Robin Vale", "Dana Whitfield wrote:", "> Thanks. Can you do 40 seats")
	s.Press("esc", "esc")
	s.Wait(time.Second)
	if d := s.saved("Dana"); d == nil || !d.Quote || strings.Contains(d.Body, "> Thanks") || strings.Contains(d.Body, "Acme\n") {
		t.Fatalf("kept %+v", d)
	}
	s.Press("r", "ctrl+q")
	s.SeesNot("quoted line (F3")
	s.Press("ctrl+t", "2") // another template: the signature stays one
	fill(s)
	s.Press("ctrl+s")
	if mails := s.desk.Mails(); len(mails) != 1 || strings.Count(mails[0].Text, "\n-- \nRobin Vale\nAcme") != 1 {
		t.Errorf("%+v\n%s", mails, s.Screen())
	}
}

func TestASnippetExpandsBySpaceOrTab(t *testing.T) {
	s := perform(t, 120, 40)
	for name, text := range map[string]string{"price": "40 seats at {{ask.amount}}", "sig": "Best for {{company}}"} {
		snippet, err := template.ParseSnippet(name+".md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if s.desk.Rules.Snippets == nil {
			s.desk.Rules.Snippets = map[string]template.Template{}
		}
		s.desk.Rules.Snippets[name] = snippet
	}
	s.Press("j", "r", "ctrl+home")
	s.Type("see ;sig ;price")
	s.Press("tab")
	s.Type("20")
	s.Sees("see Best for Northwind 40 seats at 20")
	s.Press("ctrl+z", "ctrl+z")
	s.Sees("see Best for Northwind ;price")
	s.Type("z")
	s.Press("tab")
	s.Sees("Snippets: ;price ;sig")
	s.Press("backspace", "enter")
	s.Type("a;sig b ;no c ")
	s.Sees("a;sig b ;no c")
}

func TestTextIsCopiedCutAndPastedInside(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("j", "r", "ctrl+home")
	s.Type("one two ")
	s.Press("ctrl+space", "alt+b", "alt+c")
	if s.Copied != "two " {
		t.Errorf("the system's clipboard has %q", s.Copied)
	}
	s.Press("ctrl+home", "ctrl+v")
	s.Sees("two one two")
	s.Press("shift+right", "shift+right", "shift+right", "ctrl+x")
	s.SeesNot("Discard the draft")
	if s.Copied != "one" {
		t.Errorf("cut %q", s.Copied)
	}
	s.Press("up", "ctrl+v") // into the subject
	s.Sees("Subject  oneRe: pricing")
	s.Press("ctrl+z", "alt+x")
	s.Sees("Nothing is selected")
	s.Press("ctrl+x")
	s.Sees("Discard the draft")
}

// Sending takes a moment; what is pasted meanwhile neither goes into the next
// contact's draft nor is it gone.
func TestAPasteBehindASendGoesNowhereElseAndIsKept(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("j", "r")
	fill(s)
	s.Hold = true
	s.Press("ctrl+s")
	s.Paste("lateword")
	s.Release()
	if mails := s.desk.Mails(); len(mails) != 1 || strings.Contains(mails[0].Text, "lateword") {
		t.Fatalf("%+v", mails)
	}
	s.SeesNot("lateword")
	s.Wait(10 * time.Second)
	s.Sees("What you pasted is kept")
	s.Press("r", "ctrl+v")
	s.Sees("lateword")

	s = perform(t, 120, 40) // and where the send is refused, it is where it was meant to be
	s.desk.Hear(s.who["Dana"], "Wait!")
	s.Press("j", "r")
	s.Type("x")
	fill(s)
	s.desk.Hear(s.who["Dana"], "One thing more.")
	s.Hold = true
	s.Press("ctrl+s")
	s.Paste("lateword ")
	s.Release()
	s.Sees("lateword")
	if len(s.desk.Mails()) != 0 {
		t.Error("it was sent")
	}
}

func TestAPasteBehindRWaitsForTheDraft(t *testing.T) {
	s := perform(t, 120, 40)
	s.Hold = true
	s.Press("j", "r")
	s.Paste("for Dana")
	s.Release()
	s.Sees("To       Dana", "for Dana")
	if s.Wait(time.Second); s.saved("Ines") != nil {
		t.Error("it went into the draft before")
	}
}

func TestWhatChangedSinceTheDraftIsSaidAboveIt(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("j", "r")
	s.Type("Northwind first. ")
	s.Press("esc")
	d := s.saved("Dana")
	own, ok := s.desk.Rules.Templates.Find(d.Template)
	if !ok {
		t.Fatalf("no template %q", d.Template)
	}
	own.Body += "\nP.S. New."
	s.desk.Rules.Templates = s.desk.Rules.Templates.With(own)
	s.desk.Change(s.who["Dana"], func(c *model.Contact) { c.Company, c.Emails = "Fjordvik", []string{"dana@fjordvik.example"} })
	s.Send(model.Event{Kind: model.EventChanged})
	s.Wait(time.Second)
	s.Press("r")
	s.Sees("! The template Answer a reply was changed", "address is dana@fjordvik.example by now", "company is Fjordvik by now; this draft says Northwind", "Northwind first.")
	uitest.Golden(t, "changed-120x40", s.Screen())
	s.Press("ctrl+t", "1")
	s.Wait(2 * time.Second)
	s.SeesNot("was changed after", "this draft says Northwind")
}

// Where an account sends a page beside the text, F3 shows both.
func TestThePageThatLeavesIsShown(t *testing.T) {
	for _, page := range []bool{false, true} {
		s := perform(t, 120, 40, func(o *ui.Options) { o.Page = func(string) bool { return page } })
		s.Press("j", "r")
		s.Paste("**Bold** ")
		s.Press("f3")
		s.Sees("As it leaves", "**Bold**")
		s.Press("G")
		if got := strings.Contains(s.Screen(), "and as a page"); got != page {
			t.Errorf("page %v:\n%s", page, s.Screen())
		}
	}
}
