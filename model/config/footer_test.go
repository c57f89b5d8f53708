package config_test

import (
	"testing"

	"stoke/model/config"
	"stoke/model/sequence"
	"stoke/model/template"
)

func TestWhatTheLawAsksForAndThePage(t *testing.T) {
	const account = "\n[[account]]\naddress = \"robin@acme.example\"\nimap.host = \"imap.acme.example\"\nsmtp.host = \"smtp.acme.example\"\npassword_env = \"P\"\n"
	for src, want := range map[string]string{
		"": "", "opt_out_line = \"Reply stop.\"": "Reply stop.", "postal_address = \"\"\"\nAcme\n1 Canal Street\"\"\"": "Acme\n1 Canal Street",
		"opt_out_line = \"Reply stop.\"\npostal_address = \"Acme, 1 Canal Street\"": "Reply stop.\nAcme, 1 Canal Street",
	} {
		c, err := config.Parse("c.toml", []byte("name = \"Robin\"\n"+src+account+"html = true\n"), func(string) string { return "" })
		if err != nil || len(c.Accounts) != 1 || !c.Accounts[0].HTML {
			t.Fatalf("%q: %v, %+v", src, err, c.Accounts)
		}
		if b, err := c.Rulebook(template.Library{}, sequence.Set{}); err != nil || b.Footer != want {
			t.Errorf("%q: the footer is %q, %v, want %q", src, b.Footer, err, want)
		}
	}
	if c, err := config.Parse("c.toml", []byte("name = \"Robin\"\n"+account), func(string) string { return "" }); err != nil || c.Accounts[0].HTML {
		t.Errorf("pages go along unasked: %v", err)
	}
}
