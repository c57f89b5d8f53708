package signal

import "strings"

// role is what one line of a mail is.
type role byte

const (
	own       role = iota
	blank          // nothing on it
	quoted         // marked with >
	leadIn         // introduces a quote: "On … wrote:"
	signature      // from the signature mark on, or a phone's boast
	rest           // after the point from which all is old
)

// maxLines is how many lines are looked at; whoever writes more is no person.
const maxLines = 5000

// NewText parts a body in what its writer newly wrote and all else: quotes,
// what introduces them, signatures. Answers written between quoted lines come
// back with the quotes they answer, for alone they cannot be understood. No
// word is lost: what is not in one part is in the other.
func NewText(body string) (fresh, quotedText string) {
	fresh, quotedText, _ = parts(body)
	return fresh, quotedText
}

// parts gives what NewText gives, and the writer's part without any quoted line, for whoever must not take our own words
// for his.
func parts(body string) (fresh, quotedText, ownWords string) {
	lines := splitLines(body)
	roles := rolesOf(lines)
	inline := isInline(roles)
	end := lastOwn(roles)
	var a, b, c []string
	for i, l := range lines {
		old := roles[i] != own && roles[i] != blank
		if !old {
			c = append(c, l)
		}
		if inline && i < end && (roles[i] == quoted || roles[i] == leadIn) {
			old = false
		}
		if roles[i] == blank && (i > end || !inline && inFollow(roles, i)) {
			old = true
		}
		if old {
			b = append(b, l)
		} else {
			a = append(a, l)
		}
	}
	return join(a), join(b), join(c)
}

func splitLines(s string) []string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSuffix(l, "\r")
	}
	return lines
}

func join(lines []string) string {
	return strings.Trim(strings.Join(lines, "\n"), " \n\t\r")
}

// inFollow tells whether the blank line i stands right after an old line.
func inFollow(roles []role, i int) bool {
	return i > 0 && roles[i-1] != own && roles[i-1] != blank
}

func lastOwn(roles []role) int {
	for i := len(roles) - 1; i >= 0; i-- {
		if roles[i] == own {
			return i
		}
	}
	return -1
}

// isInline tells whether answers stand between quotes: own words after one
// run of quoted lines and before or after another.
func isInline(roles []role) bool {
	runs, ownAfter, inRun := 0, false, false
	for _, r := range roles {
		switch r {
		case quoted:
			if !inRun {
				if runs++; runs > 1 && ownAfter {
					return true
				}
			}
			inRun = true
		case own:
			ownAfter = ownAfter || runs > 0
			inRun = false
		}
	}
	return false
}

// rolesOf gives every line its role. It looks a few lines ahead of each line
// at most.
func rolesOf(lines []string) []role {
	roles := make([]role, len(lines))
	for i := maxLines; i < len(lines); i++ {
		roles[i] = rest
	}
	lines = lines[:min(len(lines), maxLines)]
	inSignature := false
	for i := 0; i < len(lines); i++ {
		if roles[i] == leadIn {
			continue // the second line of a wrapped one
		}
		line := strings.TrimSpace(lines[i])
		if isQuoted(lines[i]) {
			roles[i], inSignature = quoted, false
			continue
		}
		if line == "" {
			roles[i] = blank
			continue
		}
		if start, n := opening(lines, i); n > 0 {
			if start == allOld && !(i == 0 && isHeaderBlock(lines, 0)) {
				for ; i < len(lines); i++ {
					roles[i] = rest
				}
				return roles
			}
			if start == quoteFollows {
				for k := i; k < i+n; k++ {
					roles[k] = leadIn
				}
				inSignature = false
				continue
			}
		}
		switch {
		case line == "--" || inSignature:
			roles[i], inSignature = signature, true
		case isBoast(line), isLastWord(lines, i):
			roles[i] = signature
		case isSpill(lines, i):
			roles[i] = quoted
		}
	}
	return roles
}

// isLastWord finds the boast of a program that is in no list: a short "Sent
// from …" after which nothing new comes.
func isLastWord(lines []string, i int) bool {
	line := strings.TrimSpace(cut(lines[i], 120))
	if !strings.HasPrefix(line, "Sent from ") || strings.Count(line, " ") > 6 || strings.ContainsAny(line[len(line)-1:], "?!,;:") {
		return false
	}
	j := nextText(lines, i+1)
	if j >= len(lines) || isQuoted(lines[j]) {
		return true
	}
	_, n := opening(lines, j)
	return n > 0
}

func isQuoted(line string) bool {
	return strings.HasPrefix(strings.TrimLeft(cut(line, 8), " \t"), ">")
}

// isSpill tells whether line i is the overhang of a quoted line that another
// program wrapped: it hangs between two quoted lines and begins small.
func isSpill(lines []string, i int) bool {
	if i == 0 || i+1 >= len(lines) || !isQuoted(lines[i-1]) || !isQuoted(lines[i+1]) || len(lines[i]) > 40 {
		return false
	}
	c := lines[i][0]
	return c >= 'a' && c <= 'z' && len(lines[i-1]) > 60
}

type start byte

const (
	nothing      start = iota
	quoteFollows       // a line that introduces lines marked with >
	allOld             // nothing new comes after it
)

// opening tells whether an old mail begins at line i, and on how many lines
// that is said.
func opening(lines []string, i int) (start, int) {
	if isSeparator(lines[i]) {
		return allOld, 1
	}
	if isRule(lines[i]) && i+1 < len(lines) {
		if j := nextText(lines, i+1); j < len(lines) && isHeaderBlock(lines, j) {
			return allOld, j - i + 1
		}
	}
	if isHeaderBlock(lines, i) {
		return allOld, 1
	}
	n, dated := attribution(lines, i)
	if n == 0 {
		return nothing, 0
	}
	if j := nextText(lines, i+n); j < len(lines) && isQuoted(lines[j]) {
		return quoteFollows, n
	}
	if dated {
		return allOld, n
	}
	return nothing, 0
}

// nextText is the first line from i on that is not blank, looking at three.
func nextText(lines []string, i int) int {
	for n := 0; n < 3 && i < len(lines) && strings.TrimSpace(lines[i]) == ""; n++ {
		i++
	}
	return i
}
