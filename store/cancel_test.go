package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"stoke/model"
	"stoke/store/storetest"
)

// Whoever gives up waiting, at whichever moment, leaves the database to the others: no transaction stays open behind.
func TestAContextThatEndsLeavesNoTransactionOpen(t *testing.T) {
	d := storetest.Open(t)
	other := d.Second()
	for i := range 400 {
		ctx, cancel := context.WithCancel(t.Context())
		end := time.AfterFunc(time.Duration(i)*2*time.Microsecond, cancel)
		// Whether it was written is not the matter.
		_, _ = d.AddContact(ctx, model.Contact{Name: "Dana", Emails: []string{fmt.Sprintf("d%d@northwind.example", i)}})
		end.Stop()
		cancel()
		if _, err := other.AddContact(t.Context(), model.Contact{Name: "Lee", Emails: []string{fmt.Sprintf("l%d@northwind.example", i)}}); err != nil {
			t.Fatalf("after %d ends another process cannot write: %v", i+1, err)
		}
	}
	if _, err := d.AddContact(t.Context(), model.Contact{Name: "Max", Emails: []string{"max@northwind.example"}}); err != nil {
		t.Errorf("nor can the same: %v", err)
	}
}
