package sample

import (
	"fmt"
	"math/rand/v2"
	"time"

	"stoke/model"
)

// Me is the invented rep of the demo.
var Me = model.Address{Name: "Robin Vale", Addr: "robin@acme.test"}

// People gives n invented contacts as their lives have brought them to now, with their interactions oldest first. The
// first four dozen are written by hand; what goes beyond is made from the seed. The same arguments give the same people.
func People(b model.Rulebook, now time.Time, seed uint64, n int) []model.Dossier {
	all := people()
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

// Size is the number of people written by hand.
func Size() int { return len(people()) }

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
