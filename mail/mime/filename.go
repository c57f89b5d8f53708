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
	if device(name) {
		name = "_" + name
	}
	if name = text.Line(name); name == "" { // a cut can leave a joiner without its letter
		return "attachment"
	}
	return name
}

// device tells whether Windows keeps this name, with any extension, for a
// device.
func device(name string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	stem = strings.TrimRight(stem, " ")
	switch stem {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(stem) == 4 && (stem[:3] == "COM" || stem[:3] == "LPT") && '1' <= stem[3] && stem[3] <= '9'
}
