package model_test

import (
	"testing"
	"time"
	"unicode/utf8"

	"stoke/model"
)

// What a row of 80 columns says, for every reason to be in the queue: it fits, so that no sentence is cut.
func TestABriefReasonFitsARowOf80Columns(t *testing.T) {
	const cells = 31
	noon := at("2026-11-23 12:00")
	long := "Offer for the new warehouse in Rotterdam and what it costs"
	for _, c := range []struct {
		says  string
		place model.Place
		state model.FollowUp
		bar   string
	}{
		{"asked for a demo, 22 min left", model.Place{Kind: model.TouchInquiry, DueAt: noon.Add(22 * time.Minute)}, model.FollowUp{Next: model.Touch{About: model.Demo}}, ""},
		{"asked for contact, hour over", model.Place{Kind: model.TouchInquiry, DueAt: noon.Add(-time.Minute)}, model.FollowUp{Next: model.Touch{About: model.Inquiry}}, ""},
		{`promised: "send the plan"`, model.Place{Kind: model.TouchPromise}, model.FollowUp{Promise: model.Promise{At: noon, Words: "send the plan"}}, ""},
		{"Offer for the new wa…, promised", model.Place{Kind: model.TouchPromise}, model.FollowUp{Last: model.Last{Subject: long}}, ""},
		{"met you in person: follow up", model.Place{Kind: model.TouchFirst}, model.FollowUp{Last: model.Last{Kind: model.Met, At: noon.AddDate(0, 0, -2)}, Next: model.Touch{Since: noon.AddDate(0, 0, -2)}}, ""},
		{"still alive? silent for 13 days", model.Place{Kind: model.TouchAlive}, model.FollowUp{Last: model.Last{At: noon.AddDate(0, 0, -13)}}, ""},
		{"no answer: move on?", model.Place{Kind: model.TouchAlive}, model.FollowUp{Next: model.Touch{Kind: model.TouchNurture}}, ""},
		{"Offer for the new ware…, 2 of 5", model.Place{Kind: model.TouchStep}, model.FollowUp{Attempts: 1, Last: model.Last{Subject: long}, Next: model.Touch{Kind: model.TouchStep}}, ""},
		{"Offer for the ne…, call, 2 of 5", model.Place{Kind: model.TouchStep}, model.FollowUp{Attempts: 1, Last: model.Last{Subject: long}, Next: model.Touch{Kind: model.TouchStep, Channel: "call"}}, ""},
		{"Offer for the ne…, closing mail", model.Place{Kind: model.TouchStep}, model.FollowUp{Attempts: 4, Last: model.Last{Subject: long}, Next: model.Touch{Kind: model.TouchStep}}, ""},
		{"attempt 2 of 5", model.Place{Kind: model.TouchStep}, model.FollowUp{Attempts: 1, Next: model.Touch{Kind: model.TouchStep}}, ""},
		{"bounced: find another address", model.Place{Kind: model.TouchStep}, model.FollowUp{Last: model.Last{Kind: model.Bounce}}, ""},
		{"opted out: retire?", model.Place{Kind: model.TouchStep}, model.FollowUp{Last: model.Last{Kind: model.OptOut}}, ""},
		{"said no: move on?", model.Place{Kind: model.TouchStep}, model.FollowUp{Last: model.Last{Kind: model.Refusal}}, ""},
		{"goes by itself today 14:00", model.Place{Kind: model.TouchStep}, model.FollowUp{Next: model.Touch{Kind: model.TouchStep, GoesAt: noon.Add(2 * time.Hour)}}, ""},
		{"a colleague was just written to", model.Place{Kind: model.TouchStep}, model.FollowUp{}, "a colleague was just written to"},
	} {
		c.place.View = model.ViewQueue
		r := model.Row{Contact: model.Contact{FollowUp: c.state}, Place: c.place, Limit: 5, Barred: c.bar}
		got := r.Brief(noon, cells)
		if got != c.says {
			t.Errorf("%q, want %q", got, c.says)
		}
		if utf8.RuneCountInString(got) > cells {
			t.Errorf("%q takes %d cells of %d", got, utf8.RuneCountInString(got), cells)
		}
	}
}
