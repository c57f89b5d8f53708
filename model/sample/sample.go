package sample

import (
	"fmt"
	"math/rand/v2"
	"time"

	"stoke/model"
)

// Me is the invented rep of the demo.
var Me = model.Address{Name: "Robin Vale", Addr: "robin@acme.test"}

// Morning is when the demo's day begins, in the zone of now: at 9:41 on this day, or on the last working day before a
// weekend. On no other hour is the queue what a rep finds at work: in the evening, all of the day would be overdue.
func Morning(now time.Time) time.Time {
	back := map[time.Weekday]int{time.Saturday: 1, time.Sunday: 2}[now.Weekday()]
	return time.Date(now.Year(), now.Month(), now.Day()-back, 9, 41, 0, 0, now.Location())
}

// People gives n invented contacts as their lives have brought them to now, with their interactions oldest first. Some
// four dozen are written by hand, and 0 means these; what goes beyond is made from the seed. The same arguments give the
// same people.
func People(b model.Rulebook, now time.Time, seed uint64, n int) []model.Dossier {
	all := people()
	if n == 0 {
		n = len(all)
	}
	r := rand.New(rand.NewPCG(seed, 1))
	for len(all) < n {
		all = append(all, stranger(r, len(all)))
	}
	dossiers := make([]model.Dossier, 0, n)
	for i, p := range all[:n] {
		dossiers = append(dossiers, p.live(b, now, int64(i+1)))
	}
	return dossiers
}

func (p person) live(b model.Rulebook, now time.Time, id int64) model.Dossier {
	c := model.Contact{
		ID: id, Name: p.name, Emails: []string{p.email}, Company: p.company, Title: p.title, Country: p.country,
		Phone: fmt.Sprintf("+44 20 7946 %04d", id), Created: now.AddDate(0, 0, -200),
	}
	if p.tag != "" {
		c.Tags = []string{p.tag}
	}
	if p.deal > 0 {
		c.Deal = &model.Deal{Title: p.subject, Value: p.deal, Stage: "open"}
	}
	l := &life{b: b, d: model.Dossier{Contact: c}, today: now, subject: p.subject}
	if p.lived != nil {
		l.contact().FollowUp.Sorted = true
		p.lived(l)
	}
	return l.d
}
