package template

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/osteele/liquid"
)

// Filled is a draft's text. A Filled with Blanks cannot be sent as it is.
type Filled struct {
	Subject string // one line
	Body    string
	Blanks  []string // each once, as it stands in the text, subject first: "{{ask.what_they_need}}"
}

const (
	blankMark = "\x00"    // around a blank's name until the values are defused; neither sources nor values can hold it
	maxOutput = 256 << 10 // bytes of one text
	maxWork   = 2 << 20   // bytes of values that a fill may go through, which keeps it below 50 ms
)

var (
	marked    = regexp.MustCompile(blankMark + "([^" + blankMark + "]+)" + blankMark)
	blankForm = regexp.MustCompile(`\{\{[^{}\n]*\}\}|\{\{\s*[A-Za-z_][\w.-]*`)
	manyEnds  = regexp.MustCompile(`\n{3,}`)
	anySpace  = regexp.MustCompile(`\s+`)
)

// Fill merges the values. What has none stays visible as a blank; a value's own {{ becomes { {, so that it is neither
// expanded nor taken for a blank. Errors are those of a Template made by hand, and values too long for a mail.
func (t Template) Fill(v Vars) (Filled, error) {
	p, err := t.compiled()
	if err != nil {
		return Filled{}, err
	}
	subject, err := p.subject.fill(t.File, v)
	if err != nil {
		return Filled{}, err
	}
	body, err := p.body.fill(t.File, v)
	if err != nil {
		return Filled{}, err
	}
	f := Filled{
		Subject: strings.TrimSpace(anySpace.ReplaceAllString(subject, " ")),
		Body:    strings.Trim(manyEnds.ReplaceAllString(body, "\n\n"), " \t\n"),
	}
	f.Blanks = Blanks(f.Subject + "\n" + f.Body)
	return f, nil
}

// Blanks lists the blanks that stand in an edited text, each once, in order and as written. One whose braces were half
// deleted still counts: it must not leave in a mail.
func Blanks(text string) []string {
	var all []string
	for _, b := range blankForm.FindAllString(text, -1) {
		if !slices.Contains(all, b) {
			all = append(all, b)
		}
	}
	return all
}

func (p *part) fill(file string, v Vars) (string, error) {
	bindings := make(liquid.Bindings, len(p.names))
	work, longest, longestName := 0, 0, ""
	for i, name := range p.names {
		value := v.lookup(name)
		if value == nil {
			continue
		}
		bindings[fmt.Sprintf("v%d", i)] = value
		size := len(asText(value))
		work += size * p.uses[i]
		if size > longest {
			longest, longestName = size, name
		}
	}
	if work > maxWork {
		return "", &Error{file, 0, fmt.Sprintf("the values are too long for one mail, %s most of all (%d KB): shorten it", longestName, longest>>10)}
	}
	out := &bounded{room: maxOutput}
	if fault := p.liquid.FRender(out, bindings); fault != nil {
		return "", &Error{file, 0, "cannot be filled: " + lastLine(fault.Error())}
	}
	s := defuse(out.String())
	if out.over || len(s) > maxOutput {
		return "", &Error{file, 0, fmt.Sprintf("the text grows beyond %d KB: shorten %s", maxOutput>>10, longestName)}
	}
	return marked.ReplaceAllString(s, "{{$1}}"), nil
}

// defuse breaks up every pair of braces; only afterwards do the blanks get theirs.
func defuse(s string) string {
	for strings.Contains(s, "{{") {
		s = strings.ReplaceAll(s, "{{", "{ {")
	}
	return s
}

// Line is a text that is no template as a draft's subject or a line of it may hold it: one line, no control characters,
// and no braces that could be taken for a blank.
func Line(s string) string {
	v, _ := clean(s).(string)
	return defuse(strings.TrimSpace(anySpace.ReplaceAllString(v, " ")))
}

// bounded drops what does not fit and remembers that. It never fails: the Liquid library panics when a writer does.
type bounded struct {
	strings.Builder
	room int
	over bool
}

func (b *bounded) Write(p []byte) (int, error) {
	if len(p) > b.room-b.Len() {
		b.over = true
		return len(p), nil
	}
	return b.Builder.Write(p)
}

// WriteString keeps io.WriteString from going past Write.
func (b *bounded) WriteString(s string) (int, error) { return b.Write([]byte(s)) }
