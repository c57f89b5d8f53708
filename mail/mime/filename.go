package mime

import (
	"path"
	"strings"
	"unicode/utf8"

	"stoke/model/text"
)

const maxFileName = 120 // octets; leaves room for a folder and for "(2)"

// FileName makes any name that came with a mail, or goes with one, a harmless
// name of one file: no folders, drives, controls, leading dots or names that
// Windows keeps for devices; at most 120 octets with the extension kept; never
// empty. FileName(FileName(s)) == FileName(s).
func FileName(name string) string {
	name = text.Line(name)
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	if len(name) > 1 && name[1] == ':' && isLetterDigit(rune(name[0])) {
		name = name[2:]
	}
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"|?*`, r) {
			return '_'
		}
		return r
	}, name)
	name = strings.Trim(name, ". ")
	if len(name) > maxFileName {
		ext := path.Ext(name)
		if len(ext) > 16 {
			ext = ""
		}
		stem := name[:maxFileName-len(ext)]
		for !utf8.ValidString(stem) {
			stem = stem[:len(stem)-1]
		}
		name = strings.TrimRight(stem, ". ") + ext
	}
	if stem, _, _ := strings.Cut(strings.ToUpper(name), "."); devices[strings.TrimRight(stem, " ")] {
		name = "_" + name
	}
	if text.Line(name) != name {
		// A cut can leave a mark or joiner without its letter.
		name = text.Line(name)
	}
	if name == "" {
		return "attachment"
	}
	return name
}

var devices = map[string]bool{"CON": true, "PRN": true, "AUX": true, "NUL": true}

func init() {
	for _, d := range "123456789" {
		devices["COM"+string(d)], devices["LPT"+string(d)] = true, true
	}
}
