package sample_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"stoke/model"
	"stoke/model/sample"
	"stoke/model/schedule"
	"stoke/model/sequence"
	"stoke/model/template"
)

var berlin, _ = time.LoadLocation("Europe/Berlin")

func rulebook(t *testing.T) model.Rulebook {
	t.Helper()
	calendar, err := schedule.New(schedule.Settings{Zone: berlin})
	if err != nil {
		t.Fatal(err)
	}
	sequences, err := sequence.Starter()
	if err != nil {
		t.Fatal(err)
	}
	templates, err := template.Starter()
	if err != nil {
		t.Fatal(err)
	}
	return model.Rulebook{Rules: model.DefaultRules(), Calendar: calendar, Sequences: sequences, Templates: templates, Me: sample.Me, MyCompany: "Acme", Accounts: []string{"demo"}}
}

func TestTheDemosDayBeginsOnAWorkingMorning(t *testing.T) {
	for now, want := range map[string]string{
		"2026-11-23 18:35": "2026-11-23 09:41", "2026-11-23 00:05": "2026-11-23 09:41", // a Monday
		"2026-11-27 23:59": "2026-11-27 09:41", "2026-11-28 12:00": "2026-11-27 09:41", "2026-11-29 12:00": "2026-11-27 09:41",
		"2026-03-01 12:00": "2026-02-27 09:41", "2026-03-29 03:30": "2026-03-27 09:41", // a Sunday on which the clock jumped
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", now, berlin)
		if err != nil {
			t.Fatal(err)
		}
		if got := sample.Morning(at).Format("2006-01-02 15:04"); got != want {
			t.Errorf("at %s the demo begins at %s, want %s", now, got, want)
		}
	}
}

// The demo may be started at any moment: on a Monday morning, at night, on a Sunday, at the turn of the year.
func TestThePeopleFillEveryViewWheneverTheDemoStarts(t *testing.T) {
	b := rulebook(t)
	for _, now := range []time.Time{
		time.Date(2026, 11, 23, 9, 41, 0, 0, berlin), time.Date(2026, 11, 25, 23, 10, 0, 0, berlin), time.Date(2026, 11, 29, 15, 0, 0, 0, berlin),
		time.Date(2027, 1, 1, 0, 5, 0, 0, berlin), time.Date(2028, 2, 29, 12, 0, 0, 0, berlin), time.Date(2027, 3, 28, 2, 30, 0, 0, berlin),
	} {
		views, groups := map[model.View]int{}, map[model.Group]int{}
		for _, d := range sample.People(b, now, 1, 0) {
			p := model.PlaceOf(d.Contact, now, b.Rules)
			views[p.View]++
			if p.View == model.ViewQueue {
				groups[p.Group]++
			}
			for _, i := range d.Interactions {
				if i.At.After(now) {
					t.Errorf("%s at %s: %s lies ahead, at %s", d.Contact.Name, now, i.Kind, i.At)
				}
			}
		}
		for _, view := range []model.View{model.ViewQueue, model.ViewWaiting, model.ViewSnoozed, model.ViewNurture, model.ViewRetired, model.ViewUnsorted} {
			if views[view] == 0 {
				t.Errorf("%s: nobody in %s: %v", now, view, views)
			}
		}
		for g := model.GroupNow; g <= model.GroupCold; g++ {
			if groups[g] == 0 {
				t.Errorf("%s: nobody in the group %s: %v", now, g, groups)
			}
		}
	}
}

func TestTheSameSeedGivesTheSamePeople(t *testing.T) {
	b, now := rulebook(t), time.Date(2026, 11, 23, 9, 41, 0, 0, berlin)
	a, c := sample.People(b, now, 7, 120), sample.People(b, now, 7, 120)
	if !reflect.DeepEqual(a, c) {
		t.Error("two runs of one seed differ")
	}
	if reflect.DeepEqual(a, sample.People(b, now, 8, 120)) {
		t.Error("two seeds give the same crowd")
	}
	seen := map[string]bool{}
	for _, d := range a {
		if seen[d.Contact.Email()] {
			t.Errorf("two people have the address %s", d.Contact.Email())
		}
		seen[d.Contact.Email()] = true
	}
}

func TestTheFirstContactsDraftIsReadyToGo(t *testing.T) {
	b := rulebook(t)
	now := time.Date(2026, 11, 23, 9, 41, 0, 0, berlin)
	first := ""
	for _, d := range sample.People(b, now, 1, 0) {
		if model.PlaceOf(d.Contact, now, b.Rules).View != model.ViewQueue {
			continue
		}
		draft, err := b.Compose(d, "", now)
		if err != nil {
			t.Errorf("%s: %v", d.Contact.Name, err)
			continue
		}
		switch blanks := draft.Blanks(); {
		case d.Contact.Name == "Ines Duarte":
			first = d.Contact.Name
			if len(blanks) > 0 {
				t.Errorf("the first contact's draft has blanks: %q", blanks)
			}
		case d.Contact.FollowUp.Next.Kind == model.TouchReply && d.Contact.FollowUp.Last.Kind != model.NotNow:
			// Nobody but the rep can answer, so no answer is ready unread.
			if !slices.Contains(blanks, "{{ask.answer}}") {
				t.Errorf("the answer to %s is ready unread:\n%s", d.Contact.Name, draft.Body)
			}
		}
		if !strings.Contains(draft.Body, d.Contact.FirstName()) || !strings.Contains(draft.Body, "Robin") || draft.Subject == "" {
			t.Errorf("%s: %q\n%s", d.Contact.Name, draft.Subject, draft.Body)
		}
	}
	if first == "" {
		t.Error("the first contact is not in the queue")
	}
}
