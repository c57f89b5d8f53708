package text

import (
	"strings"

	"golang.org/x/net/idna"
)

// maxHost is the longest domain name, RFC 1035 section 2.3.4. Encoding costs
// the square of the length, so nothing longer is encoded.
const maxHost = 253

var lookup = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false))

// Host is a domain as it may be shown: in ASCII, lower-case. Every domain with
// another letter is in punycode, because a Cyrillic а looks like a Latin a.
// What is no domain at all comes back with ? for what cannot be shown.
func Host(domain string) string {
	domain = strings.TrimSuffix(Line(domain), ".")
	if plainPrefix(domain) == len(domain) {
		return strings.ToLower(domain)
	}
	if len(domain) <= maxHost {
		for _, p := range []*idna.Profile{lookup, idna.Punycode} {
			if a, err := p.ToASCII(domain); err == nil && plainPrefix(a) == len(a) {
				return strings.ToLower(a)
			}
		}
	}
	return strings.Map(func(r rune) rune {
		if r > 0x7e {
			return '?'
		}
		return r
	}, strings.ToLower(domain))
}
