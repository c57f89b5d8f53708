package mime

import (
	"fmt"
	"strings"

	"golang.org/x/net/idna"
)

// AddressError says why a text is no mail address that stoke can write to.
type AddressError struct{ Addr, Reason string }

func (e *AddressError) Error() string {
	return fmt.Sprintf("%q is not a mail address: %s.", e.Addr, e.Reason)
}

// Longest parts of an address in octets (RFC 5321 4.5.3.1, RFC 1035 2.3.4).
const (
	maxLocal  = 64
	maxDomain = 253
	maxLabel  = 63
	maxAddr   = 254
)

// CheckAddress takes a bare address and returns it with its domain in lower
// case and in the form that DNS knows. The local part must be a dot-atom (RFC
// 5322 3.2.3): with quotes, spaces, ">" or control characters an address can
// become SMTP parameters. The error is an *AddressError.
func CheckAddress(addr string) (string, error) {
	fail := func(reason string) (string, error) { return "", &AddressError{addr, reason} }
	at := strings.LastIndexByte(addr, '@')
	if at < 0 {
		return fail("it has no @")
	}
	local, domain := addr[:at], addr[at+1:]
	switch {
	case local == "":
		return fail("nothing stands before the @")
	case len(local) > maxLocal:
		return fail("the part before the @ is longer than 64 characters")
	case strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, ".."):
		return fail("a dot before the @ stands at an end or beside another dot")
	}
	for _, r := range local {
		if r != '.' && !isAtom(r) {
			return fail(fmt.Sprintf("%q cannot stand before the @", r))
		}
	}
	domain, reason := checkDomain(domain)
	if reason != "" {
		return fail(reason)
	}
	if len(local)+1+len(domain) > maxAddr {
		return fail("it is longer than 254 characters")
	}
	return local + "@" + domain, nil
}

func checkDomain(domain string) (ascii, reason string) {
	ascii = strings.ToLower(domain)
	if !isASCII(domain) {
		var err error
		if ascii, err = idna.Lookup.ToASCII(domain); err != nil {
			return "", "its domain is not a domain name"
		}
	}
	if len(ascii) > maxDomain {
		return "", "its domain is longer than 253 characters"
	}
	labels := strings.Split(ascii, ".")
	if len(labels) < 2 {
		return "", "its domain has no dot"
	}
	for _, l := range labels {
		if l == "" || len(l) > maxLabel || l[0] == '-' || l[len(l)-1] == '-' {
			return "", "its domain is not a domain name"
		}
		for i := range len(l) {
			if !isLetterDigit(rune(l[i])) && l[i] != '-' {
				return "", "its domain is not a domain name"
			}
		}
	}
	if top := labels[len(labels)-1]; strings.Trim(top, "0123456789") == "" {
		return "", "its domain is a number"
	}
	return ascii, ""
}

func isLetterDigit(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}

func isAtom(r rune) bool {
	return isLetterDigit(r) || r < 0x80 && strings.ContainsRune("!#$%&'*+-/=?^_`{|}~", r)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// NewMessageID joins a random text and the sender's domain to a message id
// without angle brackets. Characters that an id cannot hold are left out. The
// machine's name never takes part.
func NewMessageID(random, domain string) string {
	keep := func(r rune) rune {
		if isLetterDigit(r) || r == '-' || r == '.' || r == '_' {
			return r
		}
		return -1
	}
	return strings.Trim(strings.Map(keep, random), ".") + "@" + strings.Trim(strings.ToLower(strings.Map(keep, domain)), ".")
}
