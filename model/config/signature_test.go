package config_test

import (
	"strings"
	"testing"

	"stoke/model/config"
	"stoke/model/sequence"
	"stoke/model/template"
)

func TestASignatureHasSeveralLinesAndNoControls(t *testing.T) {
	src := "[[account]]\naddress = \"me@acme.test\"\nsmtp = { host = \"localhost\", security = \"none\" }\nsignature = \"\"\"\nRobin\\u001b[31m Vale\nAcme\n\"\"\"\n"
	c, err := config.Parse("config.toml", []byte(src), func(string) string { return "" })
	if err != nil || c.Accounts[0].Signature != "Robin Vale\nAcme" {
		t.Fatalf("%q, %v", c.Accounts[0].Signature, err)
	}
	b, err := c.Rulebook(template.Library{}, sequence.Set{})
	if err != nil || b.Signature("") != "-- \nRobin Vale\nAcme" || b.Signature("me@acme.test") != b.Signature("") {
		t.Errorf("%q, %v", b.Signature(""), err)
	}
	_, err = config.Parse("config.toml", []byte(strings.Replace(src, "signature = \"\"\"\nRobin\\u001b[31m Vale\nAcme\n\"\"\"", "signature = 3", 1)), func(string) string { return "" })
	if err == nil || !strings.Contains(err.Error(), "config.toml:4: signature must be text in quotes, not a number.") {
		t.Error(err)
	}
}
