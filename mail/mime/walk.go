package mime

import (
	"bytes"
	stdmime "mime"
	"regexp"
	"strings"

	"stoke/model/text"
)

const (
	maxBody  = 1 << 20 // octets read of a body
	maxDepth = 50
	maxParts = 500
	maxPiece = 64 << 10  // octets kept of a report, a returned mail
	maxDates = 256 << 10 // octets kept of a calendar, where the start may stand behind a long description
)

// contentType is a Content-Type that was made sense of.
type contentType struct {
	media  string // lower case, "" never
	params map[string]string
}

var (
	mediaRe = regexp.MustCompile(`^\s*([A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+)`)
	paramRe = regexp.MustCompile(`(?i)\b(boundary|charset|name|filename|report-type|format|delsp|method)\s*=\s*("[^"]*"?|[^\s;]+)`)
)

// parseType falls back to searching where the header is malformed, for the
// boundary is what everything else hangs on.
func parseType(raw, otherwise string) contentType {
	media, params, err := stdmime.ParseMediaType(raw)
	if err != nil || !strings.Contains(media, "/") {
		media, params = otherwise, map[string]string{}
		if m := mediaRe.FindStringSubmatch(raw); m != nil {
			media = strings.ToLower(m[1])
		}
		for _, m := range paramRe.FindAllStringSubmatch(raw, 100) {
			if key := strings.ToLower(m[1]); params[key] == "" {
				params[key] = strings.Trim(m[2], `"`)
			}
		}
	}
	return contentType{text.Line(media), params}
}

// walker goes through the parts of one mail and keeps what is wanted of them.
// It never looks deeper than maxDepth nor at more than maxParts, and each
// level reads only its own part, so its time is bounded by maxDepth × maxBody.
type walker struct {
	out        *Parsed
	parts      int
	plain, web []string
}

func (w *walker) walk(h header, body []byte, depth int, parent string) {
	if w.parts++; w.parts > maxParts || depth > maxDepth {
		w.out.Truncated = true
		return
	}
	otherwise := "text/plain"
	if parent == "multipart/digest" {
		otherwise = "message/rfc822"
	}
	t := parseType(h.first("Content-Type"), otherwise)
	if strings.HasPrefix(t.media, "multipart/") {
		if w.walkParts(t, body, depth) {
			return
		}
		t.media = "text/plain" // no part in it: show it as it stands
	}
	if t.media == "message/rfc822" && depth == 0 {
		inner, rest := splitHeader(decodeTransfer(body, h.first("Content-Transfer-Encoding")))
		w.walk(inner, rest, depth+1, t.media)
		return
	}
	w.leaf(h, t, decodeTransfer(body, h.first("Content-Transfer-Encoding")), parent)
}

func (w *walker) walkParts(t contentType, body []byte, depth int) bool {
	boundary := t.params["boundary"]
	if boundary == "" {
		if boundary = guessBoundary(body); boundary == "" {
			return false
		}
	}
	found := false
	for part := range splitParts(body, boundary) {
		found = true
		if w.parts >= maxParts || depth >= maxDepth {
			w.out.Truncated = true
			return true
		}
		h, rest := splitPart(part)
		w.out.Truncated = w.out.Truncated || h.cut
		w.walk(h, rest, depth+1, t.media)
	}
	return found
}

// splitPart is splitHeader for a part, which may begin with an empty line and
// then has no header (RFC 2046 5.1).
func splitPart(part []byte) (header, []byte) {
	for _, end := range []string{"\r\n", "\n"} {
		if rest, ok := bytes.CutPrefix(part, []byte(end)); ok {
			return header{}, rest
		}
	}
	return splitHeader(part)
}

// splitParts gives what stands between the delimiter lines (RFC 2046 5.1.1).
// The last part needs no closing delimiter: mails are cut.
func splitParts(body []byte, boundary string) func(yield func([]byte) bool) {
	delimiter := []byte("--" + strings.TrimRight(boundary, " "))
	return func(yield func([]byte) bool) {
		start := -1
		for at := 0; at < len(body); {
			lineEnd := bytes.IndexByte(body[at:], '\n')
			next := at + lineEnd + 1
			if lineEnd < 0 {
				next = len(body)
			}
			if line := body[at:next]; bytes.HasPrefix(line, delimiter) {
				tail := bytes.TrimRight(line[len(delimiter):], " \t\r\n")
				if closing := string(tail) == "--"; closing || len(tail) == 0 {
					if start >= 0 && !yield(trimLineEnd(body[start:at])) || closing {
						return
					}
					start = next
				}
			}
			at = next
		}
		if start >= 0 && start < len(body) {
			yield(body[start:])
		}
	}
}

// trimLineEnd takes off the line end that belongs to the delimiter below.
func trimLineEnd(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
}

var boundaryLine = regexp.MustCompile(`(?m)^--([!-~]{1,70}?)(--)?[ \t]*\r?$`)

// guessBoundary takes the first line that looks like a delimiter.
func guessBoundary(body []byte) string {
	if m := boundaryLine.FindSubmatch(body[:min(len(body), 64<<10)]); m != nil {
		return string(m[1])
	}
	return ""
}

func (w *walker) leaf(h header, t contentType, body []byte, parent string) {
	m := &w.out.Mail
	// A disposition is written like a type without its first half (RFC 2183).
	disposition := parseType("x/"+h.first("Content-Disposition"), "x/inline")
	name := disposition.params["filename"]
	if name == "" {
		name = t.params["name"]
	}
	attached := disposition.media == "x/attachment" || name != ""
	switch t.media {
	case "message/delivery-status", "message/global-delivery-status", "message/feedback-report",
		"message/disposition-notification", "message/global-disposition-notification":
		keep(&m.Status, body, maxPiece)
		return
	case "message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers", "message/rfc822-headers":
		keep(&m.Original, body, maxPiece)
		if parent == "multipart/report" {
			return
		}
	case "text/calendar", "application/ics":
		if m.Calendar == nil {
			m.CalendarMethod = text.Line(t.params["method"])
		}
		keep(&m.Calendar, []byte(toUTF8(body, t.params["charset"])), maxDates)
		if !attached {
			return
		}
	case "text/html":
		if !attached {
			w.web = append(w.web, toUTF8(body, t.params["charset"]))
			return
		}
	case "text/plain", "text", "text/enriched", "text/markdown":
		if !attached {
			w.plain = append(w.plain, plainText(body, t))
			return
		}
	}
	w.out.Attachments = append(w.out.Attachments, Part{FileName(decodeWords(name)), t.media, len(body)})
}

func plainText(body []byte, t contentType) string {
	s := toUTF8(body, t.params["charset"])
	if strings.EqualFold(t.params["format"], "flowed") {
		s = unflow(s, strings.EqualFold(t.params["delsp"], "yes"))
	}
	return s
}

// keep stores the first part of its kind, bounded and clean.
func keep(to *[]byte, body []byte, most int) {
	if *to == nil {
		*to = []byte(text.Clean(guess(body[:min(len(body), most)])))
	}
}

// finish puts the texts together: a writer's words may stand in several parts,
// with pictures between them.
func (w *walker) finish() {
	p := w.out
	p.Text = text.Clean(join(w.plain))
	p.HTML = text.Clean(join(w.web))
	if strings.TrimSpace(p.Text) == "" && p.HTML != "" {
		if page, _ := text.FromHTML(p.HTML); page != "" { // a page without a word is worth no more than the text without one
			p.Text = page
		}
	}
	p.Mail.Text, p.Mail.HTML = p.Text, p.HTML
}

func join(all []string) string {
	var out strings.Builder
	for _, s := range all {
		if out.Len() > 0 && !strings.HasSuffix(out.String(), "\n") {
			out.WriteByte('\n')
		}
		out.WriteString(s)
	}
	return out.String()
}
