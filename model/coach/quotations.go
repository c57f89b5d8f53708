package coach

import (
	"strings"
	"unicode/utf8"
)

// quotations are the passages in quotation marks: somebody else's words.
func quotations(s string) []Place {
	const longest = 400
	var all []Place
	for i := 0; i < len(s); i++ {
		var ends string
		switch {
		case s[i] == '"':
			if i > 0 && strings.IndexByte(" \n\t(:", s[i-1]) < 0 || i+1 < len(s) && isSpace(s[i+1:]) > 0 {
				continue
			}
			ends = `"`
		case strings.HasPrefix(s[i:], "“"), strings.HasPrefix(s[i:], "„"):
			ends = "”“\""
		case strings.HasPrefix(s[i:], "«"):
			ends = "»"
		default:
			continue
		}
		start := i + 1
		for start < len(s) && !utf8.RuneStart(s[start]) {
			start++
		}
		end := strings.IndexAny(s[start:min(len(s), start+longest)], ends)
		if end < 0 || strings.Contains(s[start:start+end], "\n\n") {
			continue
		}
		all = append(all, Place{InBody, i, start + end})
		i = start + end
	}
	return all
}

// within tells whether a byte lies in one of the places, which are in order.
func within(places []Place, at int) bool {
	for _, p := range places {
		if at < p.From {
			return false
		}
		if at < p.To {
			return true
		}
	}
	return false
}
