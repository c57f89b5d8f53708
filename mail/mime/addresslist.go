package mime

import (
	"regexp"
	"strings"

	"stoke/model/text"
)

const (
	maxAddresses = 1000
	maxID        = 900 // octets; a longer one fits no header line
	maxIDs       = 1000
	maxPrefix    = 200 // octets of a name that stand before an unquoted comma
)

// parseAddresses reads an address list as people's mail programs write it and
// as others break it: unquoted commas in names, groups, comments, encoded
// words anywhere. What has no address in it is not in the answer.
func parseAddresses(raw string) []Address {
	var out []Address
	prefix := "" // "Smith," of: Smith, John <a@b.example>
	for _, item := range splitList(raw) {
		if len(out) >= maxAddresses {
			break
		}
		a := parseAddress(item)
		if a.Addr == "" {
			if name := unquote(item); name != "" && len(prefix)+len(name) < maxPrefix {
				prefix += decodeWords(name) + ", "
			}
			continue
		}
		if a.Name != "" {
			a.Name = text.Line(prefix + a.Name)
		}
		prefix = ""
		out = append(out, a)
	}
	return out
}

// splitList parts at commas and semicolons outside quotes, comments and angle
// brackets; the name of a group is dropped.
func splitList(raw string) []string {
	var out []string
	start, comments := 0, 0
	quoted, angle := false, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == '\\':
			i++
		case c == '"' && comments == 0:
			quoted = !quoted
		case quoted:
		case c == '(':
			comments++
		case c == ')' && comments > 0:
			comments--
		case comments > 0:
		case c == '<':
			angle = true
		case c == '>':
			angle = false
		case c == ':' && !angle && !strings.Contains(raw[start:i], "@"):
			start = i + 1
		case (c == ',' || c == ';') && !angle:
			out = append(out, strings.TrimSpace(raw[start:i]))
			start = i + 1
		}
	}
	if start < len(raw) {
		out = append(out, strings.TrimSpace(raw[start:]))
	}
	return out
}

var bareAddress = regexp.MustCompile(`[^\s<>()",;:\\]+@[^\s<>()",;:\\]+`)

func parseAddress(item string) Address {
	if open := strings.LastIndexByte(item, '<'); open >= 0 {
		inner, _, _ := strings.Cut(item[open+1:], ">")
		if addr := cleanAddr(inner); addr != "" {
			return Address{decodeWords(unquote(item[:open])), addr}
		}
	}
	addr := bareAddress.FindString(item)
	name := ""
	if i := strings.IndexByte(item, '('); i >= 0 { // a@b.example (Ana Lima)
		name, _, _ = strings.Cut(item[i+1:], ")")
	}
	return Address{decodeWords(unquote(name)), cleanAddr(addr)}
}

// cleanAddr gives the address without blanks, its domain as DNS knows it and
// in lower case, so that a look-alike is seen and a contact is found; "" if it
// is none.
func cleanAddr(s string) string {
	if !isPlain(s) || strings.Contains(s, " ") {
		s = strings.ReplaceAll(decodeWords(s), " ", "")
	}
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at == len(s)-1 || len(s) > 2*maxAddr {
		return ""
	}
	local, domain := s[:at], text.Host(s[at+1:])
	if i := strings.LastIndexByte(local, ':'); i >= 0 && local[0] != '"' {
		local = local[i+1:] // a route (RFC 5322 4.4) or "mailto:"
	}
	if local == "" {
		return ""
	}
	return text.Line(local + "@" + domain)
}

// unquote takes quotes and backslashes out of a phrase.
func unquote(s string) string {
	s = strings.TrimSpace(s)
	if !strings.ContainsAny(s, `"\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			i++
			b.WriteByte(s[i])
		case s[i] != '"' && s[i] != '\\':
			b.WriteByte(s[i])
		}
	}
	return strings.TrimSpace(b.String())
}

// parseIDs finds message ids, with or without brackets, folded or not.
func parseIDs(raw string) []string {
	var out []string
	add := func(s string) {
		if !isPlain(s) || strings.Contains(s, " ") {
			s = text.Line(strings.ReplaceAll(text.Line(guess([]byte(s))), " ", ""))
		}
		if s != "" && len(s) <= maxID && len(out) < maxIDs {
			out = append(out, s)
		}
	}
	for rest := raw; len(out) < maxIDs; {
		end := strings.IndexByte(rest, '>')
		if end < 0 {
			break
		}
		if open := strings.LastIndexByte(rest[:end], '<'); open >= 0 && open+1 < end {
			add(rest[open+1 : end])
		}
		rest = rest[end+1:]
	}
	if len(out) == 0 {
		for _, w := range strings.Fields(raw) {
			if strings.Contains(w, "@") && !strings.ContainsAny(w, "<>") {
				add(w)
			}
		}
	}
	return out
}
