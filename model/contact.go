package model

import (
	"strings"
	"time"

	"stoke/model/schedule"
)

// Address is a mailbox of a person. Addr is lower-case.
type Address struct {
	Name string `json:"name,omitempty"`
	Addr string `json:"addr"`
}

// String gives the address as people write it: Dana Whitfield <dana@northwind.example>.
func (a Address) String() string {
	if a.Name == "" {
		return a.Addr
	}
	return a.Name + " <" + a.Addr + ">"
}

// Domain is the part after the @, or "".
func (a Address) Domain() string {
	_, domain, _ := strings.Cut(a.Addr, "@")
	return domain
}

// Contact is a person whom the rep follows up with.
type Contact struct {
	ID       int64
	Name     string
	Emails   []string // lower-case; the first is written to
	Company  string
	Title    string
	Phone    string
	TZ       string // IANA name; "" means by country, else the rep's
	Country  string // ISO 3166 alpha-2
	Language string // BCP 47; "" means English
	Tags     []string
	Fields   map[string]string // free fields, as imported or filled from blanks
	Deal     *Deal
	Created  time.Time
	FollowUp FollowUp
}

// Deal is an opportunity with a contact. Stage is free words; Closed is "won", "lost" or "" while it is open.
type Deal struct {
	Title  string
	Value  int64 // in whole units of the rep's currency
	Stage  string
	Close  time.Time // expected
	Closed string
}

// Open tells whether the deal is neither won nor lost.
func (d *Deal) Open() bool { return d != nil && d.Closed == "" }

// Same tells whether two deals say the same; nil is no deal.
func (d *Deal) Same(o *Deal) bool {
	if d == nil || o == nil {
		return d == o
	}
	a, b := *d, *o
	a.Close, b.Close = time.Time{}, time.Time{}
	return a == b && d.Close.Equal(o.Close)
}

// Email is the address that is written to, or "".
func (c Contact) Email() string {
	if len(c.Emails) == 0 {
		return ""
	}
	return c.Emails[0]
}

// FirstName is what a mail greets the contact with; "" when no name is known.
func (c Contact) FirstName() string {
	words := strings.Fields(c.Name)
	if len(words) == 0 {
		return ""
	}
	if last, first, ok := strings.Cut(c.Name, ","); ok && strings.TrimSpace(first) != "" && strings.TrimSpace(last) != "" {
		return strings.Fields(first)[0] // "Whitfield, Dana"
	}
	return words[0]
}

// Called is the shortest name by which a sentence can speak of the contact.
func (c Contact) Called() string {
	if first := c.FirstName(); first != "" {
		return first
	}
	if mail := c.Email(); mail != "" {
		return mail
	}
	return c.Phone
}

// Zone is the contact's time zone: its own, else that of its country, else fallback, the rep's.
func (c Contact) Zone(fallback *time.Location) *time.Location {
	if c.TZ != "" {
		if zone, err := time.LoadLocation(c.TZ); err == nil {
			return zone
		}
	}
	if zone := schedule.ZoneOf(c.Country); zone != nil {
		return zone
	}
	return fallback
}
