package uitest

import (
	"fmt"
	"time"

	"stoke/model"
)

// Cast fills a desk with a few people in all groups, for pictures and stories.
// It gives their ids by first name.
func Cast(d *Desk) map[string]int64 {
	now := d.now()
	ago := func(days, hours int) time.Time {
		return now.AddDate(0, 0, -days).Add(-time.Duration(hours) * time.Hour)
	}
	in := func(at time.Time, subject, words string) model.Interaction {
		return model.Interaction{Kind: model.Mail, Direction: model.In, At: at, Subject: subject, Text: words,
			MessageID: fmt.Sprintf("in%d@mail.example", at.Unix()), Asks: words[len(words)-1] == '?'}
	}
	out := func(at time.Time, subject, words string) model.Interaction {
		return model.Interaction{Kind: model.Mail, Direction: model.Out, At: at, Subject: subject, Text: words, MessageID: fmt.Sprintf("out%d@acme.test", at.Unix())}
	}
	touch := func(kind model.TouchKind, ready time.Time, hours int) model.Touch {
		return model.Touch{Kind: kind, About: model.Mail, Since: ready, ReadyAt: ready, DueAt: ready.Add(time.Duration(hours) * time.Hour)}
	}
	step := func(ready time.Time, n, of int) model.Touch {
		t := touch(model.TouchStep, ready, 10)
		t.Sequence, t.Step, t.Of, t.Channel = "sales", n, of, "mail"
		return t
	}
	person := func(name, company, title string, next model.Touch) model.Contact {
		first := model.Contact{Name: name}.FirstName()
		return model.Contact{Name: name, Company: company, Title: title, Emails: []string{lower(first) + "@" + lower(company) + ".example"},
			Phone: "+31 20 555 0134", Country: "NL", FollowUp: model.FollowUp{Sorted: true, Next: next}}
	}
	ids := map[string]int64{}
	put := func(c model.Contact, happened ...model.Interaction) {
		ids[c.FirstName()] = d.Put(c, happened...)
	}

	dana := person("Dana Whitfield", "Northwind", "VP Operations", touch(model.TouchReply, ago(0, 2), 22))
	dana.Deal = &model.Deal{Title: "40 seats", Value: 24000, Stage: "proposal"}
	dana.FollowUp.Unread, dana.FollowUp.Next.Asks = true, true
	answer := in(ago(0, 2), "Re: pricing for 40 seats", "Thanks. Can you do 40 seats at the old price? We need to sign this week or it moves to January. Which is it?")
	answer.Quoted = "On Saturday Robin wrote:\nProposal v2 attached.\nPrices hold until the 30th."
	answer.From = model.Address{Name: dana.Name, Addr: dana.Email()}
	answer.To = []model.Address{{Name: "Robin Vale", Addr: "me@acme.test"}, {Name: "Marta Ruiz", Addr: "marta@northwind.example"}}
	answer.Cc = []model.Address{{Addr: "legal@northwind.example"}, answer.From}
	put(dana,
		out(ago(20, 0), "pricing for 40 seats", "Intro and deck, as promised on the phone."),
		in(ago(18, 0), "Re: pricing for 40 seats", "Interested, what does it cost?"),
		model.Interaction{Kind: model.Call, Direction: model.In, At: ago(14, 0), Text: "18 min. Wants SSO, 40 seats, Q4 budget."},
		out(ago(9, 0), "Re: pricing for 40 seats", "Proposal v2 attached, prices hold to the 30th."), answer)

	ines := person("Ines Duarte", "Mareverde", "Founder", model.Touch{Kind: model.TouchInquiry, About: model.Demo, Since: now.Add(-38 * time.Minute), ReadyAt: now.Add(-38 * time.Minute), AmberAt: now.Add(-33 * time.Minute), DueAt: now.Add(22 * time.Minute)})
	put(ines, model.Interaction{Kind: model.Demo, Direction: model.In, At: now.Add(-38 * time.Minute), Subject: "Demo request", Text: "We would like to see a demo next week."})

	hal := person("Hal Brooks", "Brooks", "Owner", model.Touch{})
	hal.FollowUp.Promise = model.Promise{At: now.Add(4 * time.Hour), ReadyAt: now.Add(-9 * time.Hour), Words: "call Tuesday about the racks"}
	put(hal, out(ago(45, 0), "racks", "Shall we talk about the racks again?"))

	put(person("Tom Okafor", "Halden", "Head of Sales", step(ago(1, 0), 2, 5)),
		in(ago(8, 0), "proposal", "Please send a proposal. When can we start?"), out(ago(4, 0), "Re: proposal", "Proposal v2 attached."))
	put(person("Aiko Tanaka", "Hoshi", "Buyer", step(ago(0, 1), 3, 5)),
		in(ago(9, 0), "pilot", "The pilot went well, what now?"), out(ago(5, 0), "Re: pilot", "Pilot results, shall we talk?"))
	put(person("Jonas Lindqvist", "Fjordvik", "CTO", step(ago(0, 1), 2, 4)),
		in(ago(16, 0), "recap", "Good talk. Budget in Q1."), out(ago(6, 0), "Re: recap", "Recap of Tuesday's call."))
	put(person("Marc Delorme", "Ateliernord", "Director", touch(model.TouchAlive, ago(0, 1), 10)),
		in(ago(20, 0), "budget", "We want budget in Q1. Is that fine?"), out(ago(9, 0), "Re: budget", "Fine with us."))
	put(person("Hanne Vos", "Polder", "Planner", step(ago(0, 3), 3, 3)), out(ago(11, 0), "summer", "Checking the plan after the summer."))
	put(person("Mei Chen", "Bluegum", "", touch(model.TouchNurture, ago(0, 2), 10)), out(ago(91, 0), "new quarter", "A short note on the new quarter."))

	put(person("Luis Ferrer", "Casaferrer", "", touch(model.TouchNext, now.AddDate(0, 0, 3), 8)), out(ago(1, 0), "case study", "The case study you asked for."))
	sara := person("Sara Benali", "Ouedfoods", "", touch(model.TouchNext, now.AddDate(0, 0, 9), 8))
	sara.FollowUp.Snooze = model.Snooze{Until: now.AddDate(0, 0, 9)}
	put(sara, out(ago(3, 0), "hello", "Hello again."))
	greg := person("Greg Palmer", "Palmer", "", model.Touch{})
	greg.FollowUp.Retired = model.Retirement{At: ago(2, 0), Reason: model.ReasonNoFit}
	put(greg, out(ago(63, 0), "list", "Is this still on your list?"))
	return ids
}

func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// Crowd fills a desk with n invented people in all groups.
func Crowd(d *Desk, n int) {
	now := d.now()
	for i := range n {
		kinds := []model.TouchKind{model.TouchStep, model.TouchReply, model.TouchNext, model.TouchStep, model.TouchNurture}
		ready := now.Add(-time.Duration(i%5000) * time.Minute)
		c := model.Contact{
			Name: fmt.Sprintf("Person %06d", i), Company: fmt.Sprintf("Company %d", i%977), Emails: []string{fmt.Sprintf("p%d@c%d.example", i, i%977)},
			FollowUp: model.FollowUp{Sorted: true, Next: model.Touch{Kind: kinds[i%len(kinds)], About: model.Mail, Since: ready, ReadyAt: ready, DueAt: ready.Add(8 * time.Hour), Step: 1 + i%4, Of: 5, Sequence: "sales"}},
		}
		d.Put(c, model.Interaction{Kind: model.Mail, Direction: model.In, At: now.AddDate(0, 0, -i%40), Subject: "pricing", Text: "Some words that somebody wrote about prices and seats."})
	}
}
