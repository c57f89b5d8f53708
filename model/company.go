package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Company is everybody whom the rep knows at a company: by its name, and by the domain of their addresses.
type Company struct {
	Name   string
	People []Row // who was last in touch first
}

// NewCompany puts people in their order: the newest interaction first, then by name.
func NewCompany(name string, people []Row) Company {
	slices.SortStableFunc(people, func(a, b Row) int {
		return cmp.Or(b.Contact.FollowUp.Last.At.Compare(a.Contact.FollowUp.Last.At), strings.Compare(a.Contact.Name, b.Contact.Name), cmp.Compare(a.Contact.ID, b.Contact.ID))
	})
	return Company{Name: name, People: people}
}

// Says is the company in a line: how many people, who of them spoke last, what the open deals are worth.
func (c Company) Says(now time.Time) string {
	parts := []string{counted(len(c.People), "person", "people")}
	if spoke := slices.IndexFunc(c.People, func(r Row) bool { return r.Contact.FollowUp.Last.Direction == In }); spoke >= 0 {
		who := c.People[spoke].Contact
		parts = append(parts, who.Called()+" spoke last, "+ago(now.Sub(who.FollowUp.Last.At)))
	} else {
		parts = append(parts, "nobody has answered yet")
	}
	deals, value := 0, int64(0)
	for _, r := range c.People {
		if r.Contact.Deal.Open() {
			deals, value = deals+1, value+r.Contact.Deal.Value
		}
	}
	if deals > 0 {
		parts = append(parts, fmt.Sprintf("%s open, %d", counted(deals, "deal", "deals"), value))
	}
	return strings.Join(parts, " · ")
}

func counted(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}
