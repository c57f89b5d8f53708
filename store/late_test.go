package store_test

import (
	"context"
	"testing"
	"time"

	"stoke/model"
	"stoke/store/storetest"
)

// A laptop that was closed over the weekend, or a backup that was put back, must not send what nobody expects any more.
func TestAfterDaysOfflineNothingLeavesByItself(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	_, o := send(t, d, dana)
	d.Pass(50 * time.Hour)
	if got, err := d.Claim(ctx, storetest.Account, owner, true); err != nil || got != nil {
		t.Fatalf("claimed %+v, %v", got, err)
	}
	o, err := d.Outgoing(ctx, o.ID)
	if err != nil || o.State != model.Failed || o.Error == "" {
		t.Fatalf("%+v, %v", o, err)
	}
	if n, err := d.Counts(ctx); err != nil || n.Ask != 1 {
		t.Errorf("the rep is not asked: %+v, %v", n, err)
	}
	if _, err := d.Judge(ctx, o.ID, model.TurnAgain); err != nil {
		t.Fatal(err)
	}
	if got, err := d.Claim(ctx, storetest.Account, owner, true); err != nil || got == nil || got.ID != o.ID {
		t.Errorf("the rep says again, and it does not leave: %+v, %v", got, err)
	}
}
