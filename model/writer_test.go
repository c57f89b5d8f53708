package model_test

import (
	"testing"

	"stoke/model"
)

// T13: nobody is shown as somebody else.
func TestAMailSaysWhoWroteIt(t *testing.T) {
	d := model.Dossier{Contact: model.Contact{Name: "Dana", Emails: []string{"dana@northwind.example", "d@home.example"}}}
	for _, tc := range []struct {
		from model.Address
		want string
	}{
		{model.Address{Name: "Dana Whitfield", Addr: "Dana@Northwind.example"}, ""},
		{model.Address{Addr: "d@home.example"}, ""},
		{model.Address{Name: "dana@northwind.example", Addr: "dana@northwind.example"}, ""},
		{model.Address{Name: "Bo Lind", Addr: "bo@northwind.example"}, "written by Bo Lind <bo@northwind.example>"},
		{model.Address{Addr: "bo@northwind.example"}, "written by bo@northwind.example"},
		{model.Address{Name: "bo@northwind.example", Addr: "bo@northwind.example"}, "written by bo@northwind.example"},
		{model.Address{Name: "dana@northwind.example", Addr: "x@evil.example"}, "written by x@evil.example, which calls itself dana@northwind.example"},
		{model.Address{Name: "boss@bank.example", Addr: "d@home.example"}, "written by d@home.example, which calls itself boss@bank.example"},
		{model.Address{Name: "Dana\x1b[31m\u202e", Addr: "x@evil.example"}, "written by Dana <x@evil.example>"},
		{model.Address{}, ""},
	} {
		if got := d.WrittenBy(model.Interaction{Kind: model.Mail, Direction: model.In, From: tc.from}); got != tc.want {
			t.Errorf("%v: %q, want %q", tc.from, got, tc.want)
		}
	}
	if got := d.WrittenBy(model.Interaction{Kind: model.Mail, Direction: model.Out, From: model.Address{Addr: "robin@acme.test"}}); got != "" {
		t.Errorf("our own: %q", got)
	}
}
