package exchange

import (
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"stoke/model/text"
)

// Longest texts that are kept, in characters; the rest is cut.
const (
	longestName  = 200
	longestField = 2000
)

// line is a cell that belongs on one line.
func line(cell string, most int) string {
	return shortened(text.Line(unread(cell)), most)
}

func shortened(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	runes := []rune(s)[:most]
	return strings.TrimSpace(text.Clean(string(runes)))
}

// nothing tells whether a cell holds one of the words that stand for an empty one.
func nothing(s string) bool {
	switch strings.ToLower(s) {
	case "", "-", "--", "n/a", "na", "none", "null", "nil", "unknown", "#n/a":
		return true
	}
	return false
}

// addresses takes the addresses out of a cell, lower-case; bad is the first word that is none.
func addresses(cell string) (good []string, bad string) {
	if nothing(cell) {
		return nil, ""
	}
	if a, ok := address(cell); ok {
		return []string{a}, ""
	}
	for _, word := range strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == ',' || r == '|' || unicode.IsSpace(r) }) {
		a, ok := address(word)
		if !ok {
			if bad == "" {
				bad = word
			}
			continue
		}
		good = append(good, a)
	}
	return good, bad
}

func address(word string) (string, bool) {
	if len(word) > 500 || !strings.Contains(word, "@") {
		return "", false
	}
	a, err := mail.ParseAddress(word)
	if err != nil || len(a.Address) > 254 { // RFC 5321, section 4.5.3.1.3, without the angle brackets
		return "", false
	}
	_, domain, _ := strings.Cut(a.Address, "@")
	if !strings.Contains(strings.Trim(domain, "."), ".") || strings.ContainsFunc(a.Address, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`<>"(),:;\`, r) || text.Forbidden(r)
	}) {
		return "", false
	}
	return strings.ToLower(a.Address), true
}

// digits are what two spellings of a phone number share; "" when it is none.
func digits(phone string) string {
	d := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, phone)
	if len(d) < 5 {
		return ""
	}
	return strings.TrimPrefix(d, "00")
}

// optsOut reads a cell of an opt-out column. What is neither empty nor a plain no counts as a yes: to write to nobody too
// many is the smaller harm.
func optsOut(cell string) bool {
	if nothing(cell) {
		return false
	}
	switch strings.ToLower(cell) {
	case "no", "n", "false", "f", "0", "off", "nein", "non", "nee", "nej", "subscribed", "active", "opted in", "opt-in", "no consent", "never":
		return false
	}
	return true
}

// salutation tells whether a title is the Mr or Ms that Outlook means by it.
func salutation(s string) bool {
	switch strings.ToLower(strings.TrimSuffix(s, ".")) {
	case "mr", "ms", "mrs", "miss", "mx", "dr", "prof", "sir", "herr", "frau", "m", "mme", "sr", "sra":
		return true
	}
	return false
}

// countryOf is the ISO 3166 code that a cell means, or "".
func countryOf(s string) string {
	folded := text.Fold(strings.TrimSuffix(s, "."))
	if code, ok := countries[folded]; ok {
		return code
	}
	if len(folded) == 2 && folded[0] >= 'a' && folded[0] <= 'z' && folded[1] >= 'a' && folded[1] <= 'z' {
		return strings.ToUpper(folded)
	}
	return ""
}

var countries = map[string]string{
	"uk": "GB", "united kingdom": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
	"usa": "US", "u.s.a": "US", "u.s": "US", "united states": "US", "united states of america": "US", "america": "US",
	"germany": "DE", "deutschland": "DE", "austria": "AT", "osterreich": "AT", "switzerland": "CH", "schweiz": "CH", "suisse": "CH",
	"france": "FR", "spain": "ES", "espana": "ES", "italy": "IT", "italia": "IT", "portugal": "PT", "netherlands": "NL",
	"the netherlands": "NL", "nederland": "NL", "holland": "NL", "belgium": "BE", "belgie": "BE", "belgique": "BE",
	"luxembourg": "LU", "ireland": "IE", "denmark": "DK", "danmark": "DK", "sweden": "SE", "sverige": "SE", "norway": "NO",
	"norge": "NO", "finland": "FI", "suomi": "FI", "poland": "PL", "polska": "PL", "czechia": "CZ", "czech republic": "CZ",
	"canada": "CA", "mexico": "MX", "brazil": "BR", "brasil": "BR", "argentina": "AR", "chile": "CL", "colombia": "CO",
	"australia": "AU", "new zealand": "NZ", "japan": "JP", "china": "CN", "india": "IN", "singapore": "SG", "hong kong": "HK",
	"south korea": "KR", "israel": "IL", "turkey": "TR", "south africa": "ZA", "united arab emirates": "AE", "uae": "AE",
}

// zones remembers which names are time zones: loading one reads a file.
type zones map[string]bool

func (z zones) known(name string) bool {
	ok, asked := z[name]
	if !asked {
		_, err := time.LoadLocation(name)
		ok = err == nil && name != "" && name != "Local"
		z[name] = ok
	}
	return ok
}
