package model

import (
	"slices"
	"strings"

	"stoke/model/text"
)

// WrittenBy tells who wrote a mail where it was not the contact from an address that is known, or where the name of the
// writer is itself an address, and another one, as forgers like it; else "".
func (d Dossier) WrittenBy(i Interaction) string {
	if i.Direction != In || i.From.Addr == "" {
		return ""
	}
	name, addr := text.Line(i.From.Name), text.Line(i.From.Addr)
	known := slices.ContainsFunc(d.Contact.Emails, func(own string) bool { return strings.EqualFold(own, addr) })
	switch {
	case strings.Contains(name, "@") && !strings.Contains(strings.ToLower(name), strings.ToLower(addr)):
		return "written by " + addr + ", which calls itself " + name
	case known:
		return ""
	case name == "" || strings.Contains(name, "@"):
		return "written by " + addr
	}
	return "written by " + name + " <" + addr + ">"
}
