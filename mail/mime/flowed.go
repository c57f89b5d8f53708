package mime

import "strings"

// unflow joins the lines of format=flowed text (RFC 3676) to paragraphs, so
// that a reader of any width can break them anew. Quoted lines join only with
// lines quoted as deeply; the line before a signature never joins.
func unflow(s string, delSp bool) string {
	var out strings.Builder
	out.Grow(len(s))
	open, depth := false, 0 // the line above ends in a soft break, at this depth
	for line := range strings.Lines(s) {
		body, ended := strings.CutSuffix(line, "\n")
		body = strings.TrimSuffix(body, "\r")
		quote := len(body) - len(strings.TrimLeft(body, ">"))
		marks, body := body[:quote], body[quote:]
		body = strings.TrimPrefix(body, " ") // space-stuffing, 4.4
		signature := body == "-- "
		if open && (quote != depth || signature) {
			out.WriteByte('\n')
			open = false
		}
		if !open && quote > 0 {
			out.WriteString(marks + " ")
		}
		depth = quote
		open = ended && strings.HasSuffix(body, " ") && !signature
		if open && delSp {
			body = body[:len(body)-1]
		}
		out.WriteString(body)
		if ended && !open {
			out.WriteByte('\n')
		}
	}
	return out.String()
}
