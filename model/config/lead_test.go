package config_test

import (
	"testing"

	"stoke/model"
	"stoke/model/config"
	"stoke/model/sequence"
	"stoke/model/template"
)

func TestRulesForFormMails(t *testing.T) {
	c, err := config.Parse("config.toml", []byte("[[lead]]\nfrom = \"Forms@Acme.example\"\nsubject = \"Demo request\"\nkind = \"demo\"\nemail = \"Your mail\"\n[[lead]]\nfrom = \"@site.example\"\nsubject = \"new form\"\n"), func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	b, err := c.Rulebook(template.Library{}, sequence.Set{})
	if err != nil {
		t.Fatal(err)
	}
	want := []model.LeadRule{
		{From: "forms@acme.example", Subject: "Demo request", Kind: model.Demo, Labels: model.Labels{Email: "Your mail"}},
		{From: "@site.example", Subject: "new form", Kind: model.Inquiry},
	}
	if len(b.Leads) != 2 || b.Leads[0] != want[0] || b.Leads[1] != want[1] {
		t.Errorf("got %+v", b.Leads)
	}
}
