package text

import (
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// targetOf is where a link leads, ready to be shown, or "" where it leads
// nowhere that a person could follow.
func targetOf(t html.Token) string {
	const longest = 2000
	for _, a := range t.Attr {
		if a.Key != "href" {
			continue
		}
		target := strings.Join(strings.Fields(Clean(a.Val)), "")
		u, err := url.Parse(target)
		if err != nil || len(target) > longest {
			return ""
		}
		switch strings.ToLower(u.Scheme) {
		case "http", "https":
			if u.Host == "" {
				return ""
			}
			host := Host(u.Hostname())
			if port := u.Port(); port != "" {
				host += ":" + port
			}
			u.Host = host
			return u.String()
		case "mailto", "tel":
			return target
		}
		return ""
	}
	return ""
}

// misleads tells whether the words of a link name another host than the one
// it leads to. A host above or below the same domain is the same house.
func misleads(l Link) bool {
	said := namedHost(l.Text)
	if said == "" {
		return false
	}
	u, err := url.Parse(l.Target)
	if err != nil {
		return false
	}
	where := u.Hostname()
	if u.Scheme == "mailto" {
		address, _, _ := strings.Cut(u.Opaque, "?")
		where = Host(address[strings.LastIndexByte(address, '@')+1:])
	}
	if where == "" {
		return false
	}
	said, where = strings.TrimPrefix(said, "www."), strings.TrimPrefix(where, "www.")
	return said != where && !strings.HasSuffix(where, "."+said) && !strings.HasSuffix(said, "."+where)
}

// namedHost is the first host that a text names, or "".
func namedHost(s string) string {
	for _, f := range strings.Fields(s) {
		f = strings.Trim(f, "<>()[]{}\"'.,;:!?")
		if _, rest, ok := strings.Cut(f, "://"); ok {
			f = rest
		}
		if i := strings.IndexAny(f, "/?#"); i >= 0 {
			f = f[:i]
		}
		f = f[strings.LastIndexByte(f, '@')+1:]
		f, _, _ = strings.Cut(f, ":")
		if dot := strings.LastIndexByte(f, '.'); dot > 0 && len(f) <= maxHost && isTop(f[dot+1:]) {
			return Host(f)
		}
	}
	return ""
}

// isTop tells whether s could be a top-level domain; no list is asked, so
// that "report.pdf" counts too: showing one target more does no harm.
func isTop(s string) bool {
	return len(s) >= 2 && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
}
