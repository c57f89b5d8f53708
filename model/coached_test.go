package model_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/coach"
	"stoke/model/sample"
	"stoke/model/template"
)

// Every starter mail, as each of the demo's people would get it, passes the coach without a warning; a blank to fill is
// what a blank is for, and is filled here as a rep would.
func TestTheStartersPassTheCoachForEverybody(t *testing.T) {
	b := rulebook(t)
	b.Me, b.Templates = sample.Me, must(template.Starter())
	now := time.Date(2026, 11, 23, 9, 41, 0, 0, time.UTC)
	people := sample.People(b, now, 1, 120)
	judged := 0
	for _, tpl := range b.Templates.List() {
		if tpl.Channel != "mail" {
			continue
		}
		told := 0
		for _, d := range people {
			draft, err := b.Compose(d, tpl.Key(), now)
			if err != nil {
				t.Fatal(err)
			}
			draft.Subject, draft.Body = fillBlanks(draft.Subject), fillBlanks(draft.Body)
			in := d.Coached(draft)
			in.Opener = tpl.Kind == "opener"
			judged++
			for _, h := range coach.Judge(in).Hints {
				if h.Level == coach.Warn && told < 3 {
					told++
					t.Errorf("%s to %s: %s (%s)\n%s\n\n%s", tpl.File, d.Contact.Name, h.Message, h.Figure, draft.Subject, draft.Body)
				}
				if h.Check == coach.Nudge {
					t.Errorf("%s to %s: %s", tpl.File, d.Contact.Name, h.Message)
				}
			}
		}
	}
	if judged < 16*len(people) {
		t.Errorf("only %d drafts were judged", judged)
	}
}

// fillBlanks writes something plain where a template asks for it.
func fillBlanks(s string) string {
	for {
		from := strings.Index(s, "{{")
		if from < 0 {
			return s
		}
		to := from + strings.Index(s[from:], "}}")
		s = s[:from] + "the new plan" + s[to+2:]
	}
}

func TestWhatTheCoachKnowsOfAContact(t *testing.T) {
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	d := model.Dossier{Contact: model.Contact{Name: "Dana Whitfield", Emails: []string{"dana@northwind.example"}, Company: "Northwind"}}
	draft := model.Draft{To: []model.Address{{Addr: "dana@northwind.example"}}, Subject: "Your forklifts", Body: "Hi Dana,\n\nShall I send you the list?"}
	note := model.Interaction{Kind: model.Note, At: at, Text: "likes forklifts"}
	mail := model.Interaction{Kind: model.Mail, Direction: model.In, At: at, Subject: "Seats", Text: "How many seats?"}

	if c := d.Coached(draft); !c.Opener || c.Thread || c.Last != nil || c.Name != "Dana Whitfield" {
		t.Errorf("a stranger: %+v", c)
	}
	d.Interactions = []model.Interaction{note}
	if c := d.Coached(draft); !c.Opener || fmt.Sprint(c.Last) != "[likes forklifts]" {
		t.Errorf("a note is no talk: %+v", c)
	}
	d.Interactions = []model.Interaction{note, {Kind: model.Mail, Direction: model.In, At: at, Text: "An older mail"}, mail, {Kind: model.AutoReply, Direction: model.In, At: at, Text: "I am away"}}
	d.Contact.FollowUp.Next.Kind = model.TouchReply
	draft.InReplyTo, draft.Attachments = "x@y", []model.Attachment{{Name: "list.pdf"}}
	if c := d.Coached(draft); c.Opener || !c.Thread || !c.Answers || c.Attachments != 1 || fmt.Sprint(c.Last) != "[How many seats? Seats likes forklifts]" {
		t.Errorf("somebody who wrote: %+v", c)
	}
	draft.To = []model.Address{{Name: "Marta Weiss", Addr: "marta@northwind.example"}, {Addr: "dana@northwind.example"}}
	if c := d.Coached(draft); c.Name != "Dana Whitfield, Marta Weiss" {
		t.Errorf("to two: %+v", c)
	}
	draft.To = draft.To[:1]
	draft.Body = "Hi Dana,\n\nYes. Shall I send you the list?"
	if worst, _ := coach.Judge(d.Coached(draft)).Worst(); worst.Check != coach.Greeting || !strings.Contains(worst.Message, "Marta Weiss") {
		t.Errorf("greeted another: %+v", worst)
	}
}
