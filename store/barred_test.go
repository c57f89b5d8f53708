package store_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/store/storetest"
)

// A row of the queue whose mail the gate refuses says so, before the rep has written anything.
func TestARowSaysWhyItsMailMayNotGo(t *testing.T) {
	for name, c := range map[string]struct {
		happens func(t *testing.T, d *storetest.Desk, c model.Contact)
		says    string
	}{
		"nothing": {func(*testing.T, *storetest.Desk, model.Contact) {}, ""},
		"the address is suppressed": {func(t *testing.T, d *storetest.Desk, c model.Contact) {
			suppress(t, d, c.Email())
		}, "dana@northwind.example must not be mailed"},
		"the domain is suppressed": {func(t *testing.T, d *storetest.Desk, _ model.Contact) {
			suppress(t, d, "@northwind.example")
		}, "@northwind.example must not be mailed"},
		"another address of the domain is": {func(t *testing.T, d *storetest.Desk, _ model.Contact) {
			suppress(t, d, "ana@northwind.example")
		}, ""},
		"mail went out today": {func(t *testing.T, d *storetest.Desk, c model.Contact) {
			sent(t, d, c)
		}, "no second mail before Wed 25 Nov"},
	} {
		t.Run(name, func(t *testing.T) {
			d, ctx := storetest.Open(t), context.Background()
			dana, err := d.AddContact(ctx, model.Contact{Name: "Dana Whitfield", Emails: []string{"dana@northwind.example", "dana@home.example"}})
			if err != nil {
				t.Fatal(err)
			}
			c.happens(t, d, dana)
			if _, err := d.Do(ctx, model.PromiseFor{At: d.Now().Add(2 * time.Hour)}, dana.ID); err != nil {
				t.Fatal(err)
			}
			rows := view(t, d, model.ViewQueue)
			if len(rows) != 1 {
				t.Fatalf("%d rows", len(rows))
			}
			now := d.Now().In(d.Rules().Calendar.Zone())
			why := rows[0].Why(now)
			if said := strings.TrimPrefix(why, "promised for today"); strings.TrimPrefix(said, " · ") != c.says {
				t.Errorf("the row says %q, want %q", why, c.says)
			}
			found, err := d.Find(ctx, "dana@northwind.example")
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := d.Send(ctx, model.Approval{Draft: letter(found[0]), Single: true}); (err != nil) != (c.says != "") {
				t.Errorf("the gate says %v, the row %q", err, why)
			}
		})
	}
}

func suppress(t *testing.T, d *storetest.Desk, what string) {
	t.Helper()
	if _, err := d.Suppress(context.Background(), what, "asked so"); err != nil {
		t.Fatal(err)
	}
}
