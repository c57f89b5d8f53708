package cli_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"stoke/model"
	"stoke/ui/uitest"
)

// Coverage and Tried are what a store would say of the people of the cast.
func (d *desk) Coverage(context.Context) (model.Coverage, error) {
	return model.Coverage{Contacts: 12, Known: map[string]int{"first_name": 12, "company": 9, "last.subject": 4, "last.summary": 3}}, d.Fails
}

func (d *desk) Tried(context.Context) (map[string]model.Tried, error) {
	return map[string]model.Tried{"First mail": {Sent: 41, Answered: 12}, "Thank you": {Sent: 8, Answered: 5}}, d.Fails
}

func TestTemplatesAreShownFilled(t *testing.T) {
	h := open(t)
	uitest.Cast(h.desk.Desk)
	for _, args := range [][]string{{"templates", "preview", "After the meeting"}, {"templates", "preview", "after the MEETING", "Dana"}} {
		r := h.run(args...)
		if r.code != 0 || strings.Contains(r.out, "{%") || strings.Contains(r.out, "|") || strings.Contains(r.out, "{{ ") {
			t.Errorf("stoke %v: %d\n%s%s", args, r.code, r.out, r.err)
		}
	}
	if r := h.run("templates", "preview", "First mail"); !strings.Contains(r.out, "{{ask.what_you_saw_about_them}}") || !strings.Contains(r.out, "Blanks to fill: ") ||
		!strings.Contains(r.out, "Of your 12 contacts is known:\ncompany     75 %   9 of 12\nfirst_name  100 %  12 of 12\n") {
		t.Errorf("for a stranger:\n%s", r.out)
	}
	if r := h.run("templates", "preview", "Price offer", "Dana"); !strings.Contains(r.out, "Hi Dana") || !strings.Contains(r.out, "{{ask.price}}") || !strings.Contains(r.out, "Blanks to fill: ") {
		t.Errorf("for Dana:\n%s", r.out)
	}
	if r := h.run("templates", "preview", "Frist mail"); r.code == 0 || !strings.Contains(r.err, `did you mean "First mail"?`) {
		t.Errorf("%d: %s", r.code, r.err)
	}
}

func TestTemplatesSayHowTheyDid(t *testing.T) {
	h := open(t)
	uitest.Cast(h.desk.Desk)
	r := h.run("templates", "list")
	if !strings.Contains(r.out, "(41 sent, 12 answered (29 %))") || !strings.Contains(r.out, "(8 sent, 5 answered, too few to compare)") {
		t.Errorf("listed as\n%s", r.out)
	}
	var list []struct {
		Name, Variant  string
		Sent, Answered *int
		Tags           []struct {
			Name              string
			Contacts, Percent *int
		}
	}
	h.json(&list, "templates", "list")
	for _, one := range list {
		if one.Sent == nil || one.Answered == nil || one.Name == "First mail" && *one.Sent != 41 {
			t.Errorf("%+v", one)
		}
		for _, tag := range one.Tags {
			if tag.Contacts == nil || tag.Percent == nil || tag.Name == "company" && *tag.Percent != 75 || strings.HasPrefix(tag.Name, "ask.") || strings.HasPrefix(tag.Name, "me.") {
				t.Errorf("%s: %+v", one.Name, tag)
			}
		}
	}
	h.config = "-"
	list = nil
	h.json(&list, "templates", "list")
	if len(list) < 16 || list[0].Sent != nil || list[0].Tags[0].Contacts != nil {
		t.Errorf("without a config: %+v", list[0])
	}
	h.config = ""
	if r := h.run("templates", "check"); r.code != 1 || !strings.Contains(r.out, "x.md:3: ") || !strings.Contains(r.out, "last.subject   33 %   4 of 12") {
		t.Errorf("%d\n%s", r.code, r.out)
	}
}

func TestWhatWasFilledInCanBeKept(t *testing.T) {
	h := open(t)
	uitest.Cast(h.desk.Desk)
	r := h.run("draft", "Dana", "--template", "Price offer", "--json")
	var draft struct{ Body string }
	if err := json.Unmarshal([]byte(r.out), &draft); err != nil {
		t.Fatal(err)
	}
	h.input = strings.NewReplacer("{{ask.what_they_need}}", "forty seats", "{{ask.price}}", "Dana's price", "{{ask.valid_until}}", "Friday").Replace(draft.Body)
	r = h.run("send", "Dana", "--template", "Price offer", "--body-file", "-", "--yes")
	if want := `--field 'price=Dana'\''s price' --field 'valid_until=Friday' --field 'what_they_need=forty seats'`; r.code != 0 || !strings.Contains(r.out, want) {
		t.Errorf("%d: %s%s", r.code, r.out, r.err)
	}
}

// A file with a mistake is not a template that nobody knows.
func TestABrokenTemplateSaysItsMistake(t *testing.T) {
	h := open(t)
	uitest.Cast(h.desk.Desk)
	for _, args := range [][]string{{"draft", "Tom", "--template", "X"}, {"send", "Tom", "--template", "x", "--dry-run"}, {"templates", "preview", "x"}, {"templates", "preview", "x", "Tom"}} {
		if r := h.run(args...); r.code == 0 || !strings.Contains(r.err, `cannot be used: /home/r/data/templates/x.md:3: no filter "upcas"`) {
			t.Errorf("stoke %v: %d, %s", args, r.code, r.err)
		}
	}
	if r := h.run("draft", "Tom", "--template", "Spring"); !strings.Contains(r.err, `There is no template "Spring"`) || !strings.Contains(r.err, `left out: /home/r/data/templates/x.md:3:`) {
		t.Errorf("a file may have any name: %s", r.err)
	}
}
