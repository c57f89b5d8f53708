package signal

import (
	"slices"
	"strings"

	"stoke/model/text"
)

// recipient is one group of a delivery status, RFC 3464 section 2.3.
type recipient struct {
	addresses  []string // final, then original where it differs
	action     string
	status     string
	diagnostic string
}

// fields reads header lines up to the first empty one: keys lower-case,
// continuation lines joined. rest is what follows.
func fields(raw string) (f map[string]string, rest string) {
	f = map[string]string{}
	last := ""
	for raw != "" {
		line, after, _ := strings.Cut(raw, "\n")
		raw = after
		line = strings.TrimRight(line, "\r")
		if strings.TrimSpace(line) == "" {
			if len(f) == 0 {
				continue
			}
			return f, raw
		}
		if line[0] == ' ' || line[0] == '\t' {
			if last != "" && len(f[last]) < maxHeader {
				f[last] += " " + strings.TrimSpace(cut(line, maxHeader))
			}
			continue
		}
		k, v, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		last = strings.ToLower(strings.TrimSpace(k))
		if _, twice := f[last]; twice {
			last = ""
			continue
		}
		f[last] = strings.TrimSpace(cut(v, maxHeader))
	}
	return f, ""
}

// recipientsOf reads the groups of a delivery status. head is every field at
// its first place: what is about the whole mail, and all of a notification
// that has one group only.
func recipientsOf(status []byte) (head map[string]string, list []recipient) {
	const most = 200
	rest := text.Clean(cut(string(status), maxPart))
	head = map[string]string{}
	for groups := 0; rest != "" && groups < most; groups++ {
		var f map[string]string
		f, rest = fields(rest)
		for k, v := range f {
			if head[k] == "" {
				head[k] = v
			}
		}
		final, action := f["final-recipient"], f["action"]
		if final == "" && action == "" && f["original-recipient"] == "" {
			continue
		}
		r := recipient{action: strings.ToLower(firstWord(action)), status: firstWord(f["status"]), diagnostic: f["diagnostic-code"]}
		for _, a := range []string{final, f["original-recipient"]} {
			if a = typedAddress(a); a != "" && !slices.Contains(r.addresses, a) {
				r.addresses = append(r.addresses, a)
			}
		}
		list = append(list, r)
	}
	return head, list
}

func firstWord(s string) string {
	if f := strings.Fields(s); len(f) > 0 {
		return strings.Trim(f[0], "();,")
	}
	return ""
}

// typedAddress reads "rfc822; <ana@example.com>".
func typedAddress(s string) string {
	if _, after, ok := strings.Cut(s, ";"); ok {
		s = after
	}
	if list := addresses(s, 1); len(list) > 0 {
		return list[0]
	}
	return ""
}

// addresses finds up to most mail addresses in s, lower-case, each once.
func addresses(s string, most int) []string {
	const longest = 254 // RFC 5321 section 4.5.3.1.3
	var out []string
	for from := 0; len(out) < most; {
		at := strings.IndexByte(s[from:], '@')
		if at < 0 {
			return out
		}
		at += from
		a, b := at, at+1
		for a > from && at-a < 65 && addressByte(s[a-1]) {
			a--
		}
		for b < len(s) && b-at < longest && (addressByte(s[b]) && !strings.ContainsRune("+=!#$%&'*/?^`{|}~", rune(s[b]))) {
			b++
		}
		found := strings.ToLower(strings.Trim(s[a:at], "'.=") + "@" + strings.Trim(s[at+1:b], "-._"))
		if local, domain, _ := strings.Cut(found, "@"); local != "" && strings.Contains(domain, ".") && !slices.Contains(out, found) {
			out = append(out, found)
		}
		from = b
	}
	return out
}

func addressByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80 || strings.IndexByte(".-_+=!#$%&'*/?^`{|}~", c) >= 0
}

// messageID finds the id of the mail that a report is about: in the returned
// headers, then in the report, then in the words of the mail, then in what the
// mail says it answers. Outlook.com renames mail and keeps our id aside.
func messageID(m Mail, head map[string]string, body string) string {
	original := text.Clean(cut(string(m.Original), maxPart))
	f, _ := fields(original)
	for _, v := range []string{
		f["x-microsoft-original-message-id"], f["message-id"],
		head["x-original-message-id"], head["original-message-id"],
		idLine(original), idLine(body), m.first("In-Reply-To"), lastID(m.first("References")),
	} {
		if id := bareID(v); id != "" {
			return id
		}
	}
	return ""
}

// idLine finds a Message-ID header that stands in running text.
func idLine(s string) string {
	low := strings.ToLower(cut(s, maxPart))
	i := strings.Index(low, "message-id:")
	if i < 0 || i+len("message-id:") > len(s) {
		return ""
	}
	after := s[i+len("message-id:"):]
	line, next, _ := strings.Cut(after, "\n")
	if strings.TrimSpace(line) == "" {
		line, _, _ = strings.Cut(next, "\n")
	}
	return line
}

func lastID(s string) string { return s[strings.LastIndexByte(s, '<')+1:] }

// bareID is an id without its brackets, or "" for what is none.
func bareID(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.IndexByte(s, '<'); i >= 0 {
		s = s[i+1:]
	}
	s, _, _ = strings.Cut(s, ">")
	if !strings.Contains(s, "@") || strings.ContainsAny(s, " \t") || len(s) > 998 {
		return ""
	}
	return s
}
