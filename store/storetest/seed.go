package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"stoke/model"
)

// BenchSize is how many contacts a benchmark's desk has, and how many interactions each. STOKE_BENCH_CONTACTS=100000 is
// what the promises speak of; with STOKE_BENCH_INTERACTIONS=1 a million fits on a small disk, too.
func BenchSize() (contacts, interactions int) {
	return fromEnv("STOKE_BENCH_CONTACTS", 10_000), fromEnv("STOKE_BENCH_INTERACTIONS", 10)
}

func fromEnv(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil && n > 0 {
		return n
	}
	return otherwise
}

// Seed fills a Desk with n people who have m interactions each, spread over all lists as in a desk that is in use, and
// gives their ids. The same numbers give the same people.
func Seed(tb testing.TB, d *Desk, n, m int) []int64 {
	tb.Helper()
	random := rand.New(rand.NewPCG(7, uint64(n)))
	ids := make([]int64, 0, n)
	for len(ids) < n {
		people := make([]model.Dossier, 0, 5000)
		for i := len(ids); i < min(n, len(ids)+cap(people)); i++ {
			people = append(people, life(random, d.Now(), i, m))
		}
		added, err := d.AddDossiers(context.Background(), people)
		if err != nil {
			tb.Fatal(err)
		}
		ids = append(ids, added...)
	}
	return ids
}

var (
	first   = []string{"Dana", "Greg", "Priya", "Tomás", "Aiko", "Ngozi", "Elif", "Søren", "Marta", "Ivan", "Chloé", "Yusuf", "Hanna", "Luca", "Mei", "Owen"}
	last    = []string{"Whitfield", "Palmer", "Raman", "Álvarez", "Tanaka", "Okafor", "Demir", "Lindqvist", "Kowalska", "Petrov", "Laurent", "Haddad", "Virtanen", "Ricci", "Zhang", "Hughes"}
	company = []string{"Northwind", "Brightline", "Cobalt Works", "Delta Foods", "Elm & Sons", "Fjord Systems", "Granite Labs", "Harvest Group"}
	topics  = []string{"the pilot", "pricing for twelve seats", "next steps", "the demo on Tuesday", "a question about docks", "the contract"}
)

// colleagues is how many people work at a company, however many people there are: an answer of one holds the others.
const colleagues = 10

// AddressOf is where the i-th invented person is written to.
func AddressOf(i int) string { return fmt.Sprintf("person%d@company%d.example", i, i/colleagues) }

// Person is the i-th invented person.
func Person(random *rand.Rand, i int) model.Contact {
	f, l, c := first[random.IntN(len(first))], last[random.IntN(len(last))], company[random.IntN(len(company))]
	return model.Contact{
		Name: f + " " + l, Emails: []string{AddressOf(i)}, Company: fmt.Sprintf("%s %d", c, i/colleagues),
		Title: "Head of Operations", Phone: fmt.Sprintf("+1 555 %07d", i), Country: "US", Tags: []string{"trade-show"},
	}
}

func life(random *rand.Rand, now time.Time, i, m int) model.Dossier {
	s := model.Dossier{Contact: Person(random, i)}
	day := 24 * time.Hour
	at := now.Add(-time.Duration(random.IntN(300)+1) * day)
	s.Contact.Created = at
	for k := range m {
		at = at.Add(now.Sub(at) / time.Duration(m-k+1)).Truncate(time.Millisecond)
		mail := model.Interaction{Kind: model.Mail, Direction: model.Out, At: at, Subject: "Re: " + topics[i%len(topics)],
			Summary: "Shall we talk about " + topics[k%len(topics)] + " this week?", Account: Account,
			MessageID: fmt.Sprintf("%016x.%d.%d@mail.example", random.Uint64(), i, k),
			Text:      "Hello,\n\nshall we talk about " + topics[k%len(topics)] + " this week? Thursday at ten would suit me.\n\nBest,\nRobin\n"}
		if random.IntN(3) == 0 {
			mail.Direction, mail.Asks = model.In, random.IntN(2) == 0
		}
		s.Interactions = append(s.Interactions, mail)
	}
	s.Contact.FollowUp = state(random, now, day)
	return s
}

// state puts a contact somewhere: most wait, some are due.
func state(random *rand.Rand, now time.Time, day time.Duration) model.FollowUp {
	f := model.FollowUp{Sorted: true, Warmest: model.Temperature(random.IntN(3))}
	ahead := now.Add(time.Duration(random.Int64N(int64(40*day))) + time.Minute)
	past := now.Add(-time.Duration(random.Int64N(int64(5*day))) - time.Minute)
	f.Next = model.Touch{Kind: model.TouchStep, Since: past, ReadyAt: ahead, DueAt: ahead.Add(day), Sequence: "sales", Step: 1 + random.IntN(4), Of: 5, Channel: "mail"}
	f.Enrolment = model.Enrolment{Sequence: "sales", Done: f.Next.Step - 1, Since: past}
	switch share := random.IntN(100); {
	case share < 12:
		f.Next.ReadyAt, f.Next.DueAt = past, past.Add(day)
	case share < 14:
		f.Next = model.Touch{Kind: model.TouchReply, About: model.Mail, Since: past, ReadyAt: past, AmberAt: past.Add(4 * time.Hour), DueAt: past.Add(day)}
		f.Unread = true
	case share < 15:
		f.Next = model.Touch{Kind: model.TouchInquiry, About: model.Demo, Since: past, ReadyAt: past, AmberAt: past.Add(5 * time.Minute), DueAt: past.Add(time.Hour)}
	case share < 22:
		f.Snooze = model.Snooze{Until: ahead}
	case share < 35:
		f.Next, f.Enrolment = model.Touch{Kind: model.TouchNurture, Since: past, ReadyAt: ahead, DueAt: ahead.Add(day)}, model.Enrolment{}
	case share < 40:
		f.Retired, f.Next, f.Enrolment = model.Retirement{At: past, Reason: model.ReasonNoFit}, model.Touch{}, model.Enrolment{}
	case share < 45:
		f = model.FollowUp{}
	}
	return f
}
