package model_test

import (
	"testing"
	"time"

	"stoke/model"
)

func TestAMailLeavesFromTheAddressThatTheContactKnows(t *testing.T) {
	own := model.Address{Name: "Robin Vale", Addr: "robin@brand.test"}
	dana := model.Address{Addr: "dana@northwind.example"}
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	in := func(account string, to ...string) model.Interaction {
		i := model.Interaction{Kind: model.Mail, Direction: model.In, At: at, Account: account, From: dana}
		for n, a := range to {
			if n == 0 {
				i.To = append(i.To, model.Address{Addr: a})
			} else {
				i.Cc = append(i.Cc, model.Address{Addr: a})
			}
		}
		return i
	}
	out := func(account, from string) model.Interaction {
		return model.Interaction{Kind: model.Mail, Direction: model.Out, At: at, Account: account, From: model.Address{Addr: from}, To: []model.Address{dana}}
	}
	for _, tc := range []struct {
		name   string
		thread []model.Interaction
		want   string
	}{
		{"nobody wrote yet", nil, own.Addr},
		{"it came to the account's own address", []model.Interaction{in("brand", own.Addr)}, own.Addr},
		{"it came to the other one", []model.Interaction{in("brand", "Sales@Brand.test")}, "sales@brand.test"},
		{"in copy", []model.Interaction{in("brand", "jo@brand.test", "sales@brand.test")}, "sales@brand.test"},
		{"the newest counts", []model.Interaction{in("brand", "sales@brand.test"), in("brand", own.Addr)}, own.Addr},
		{"a blind copy tells nothing", []model.Interaction{in("brand", "sales@brand.test"), in("brand", "all@northwind.example")}, "sales@brand.test"},
		{"the rep wrote from it", []model.Interaction{in("brand", own.Addr), out("brand", "sales@brand.test")}, "sales@brand.test"},
		{"it belongs to another account", []model.Interaction{in("work", "sales@brand.test")}, own.Addr},
		{"a call in between", []model.Interaction{in("brand", "sales@brand.test"), {Kind: model.Call, Direction: model.Out, At: at}}, "sales@brand.test"},
	} {
		b := model.Rulebook{Rules: model.DefaultRules(), Calendar: rulebook(t).Calendar, Accounts: []string{"brand"}, Aliases: map[string][]string{"brand": {"info@brand.test", "sales@brand.test"}}}
		d := model.Dossier{Contact: model.Contact{Name: "Dana", Emails: []string{dana.Addr}}, Interactions: tc.thread}
		got := b.Letter(d, model.Approval{Draft: model.Draft{Account: "brand", To: []model.Address{dana}}}, model.Envelope{From: own}, at).From
		if got.Addr != tc.want || got.Name != own.Name {
			t.Errorf("%s: from %v, want %s", tc.name, got, tc.want)
		}
	}
}
