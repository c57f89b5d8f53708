package template

import (
	"fmt"
	"strings"
	"sync"

	"github.com/osteele/liquid"

	"stoke/model/text"
)

// parts are the compiled texts of a template, kept with the sources they were made from.
type parts struct{ subject, body *part }

// part is one compiled text. Names are replaced by slots (v0, v1, …) that Fill binds to single values, so that the Liquid
// library never walks a rep's or a contact's data by itself.
type part struct {
	source string
	liquid *liquid.Template
	tags   []Tag
	names  []string // by slot
	uses   []int    // by slot: how often a fill may go through the value's text
}

func compileParts(t Template, subjectLine, bodyLine int) (*parts, error) {
	subject, err := compile(t.File, t.Subject, subjectLine)
	if err != nil {
		return nil, err
	}
	body, err := compile(t.File, t.Body, bodyLine)
	if err != nil {
		return nil, err
	}
	return &parts{subject, body}, nil
}

// once compiles the texts of a file when they are first needed, for all copies of its Template.
type once struct {
	subjectLine, bodyLine int
	sync.Once
	parts *parts
	err   error
}

// compiled returns the parts for the texts as they are now, even if the fields were set by hand after Parse.
func (t Template) compiled() (*parts, error) {
	if t.once == nil {
		return compileParts(t, 1, 1)
	}
	t.once.Do(func() { t.once.parts, t.once.err = compileParts(t, t.once.subjectLine, t.once.bodyLine) })
	if p := t.once.parts; p != nil && (p.subject.source != t.Subject || p.body.source != t.Body) {
		return compileParts(t, 1, 1)
	}
	return t.once.parts, t.once.err
}

type rewriter struct {
	line  int
	tags  []Tag
	names []string
	uses  []int
	slots map[string]int
	open  []block
}

// block is an if, unless or case that waits for its end.
type block struct {
	name string
	line int
	last bool // its else has come
}

func (r *rewriter) slot(name string, uses int, condition bool) string {
	r.tags = append(r.tags, Tag{Name: name, Line: r.line, Condition: condition})
	i, ok := r.slots[name]
	if !ok {
		i = len(r.names)
		r.slots[name] = i
		r.names, r.uses = append(r.names, name), append(r.uses, 0)
	}
	r.uses[i] += uses
	return fmt.Sprintf("v%d", i)
}

func compile(file, src string, line int) (*part, error) {
	marks, err := scan(file, src, line)
	if err != nil {
		return nil, err
	}
	r := rewriter{slots: map[string]int{}}
	var out strings.Builder
	pos := 0
	for _, m := range marks {
		start, end := m.start, m.end
		r.line = m.line
		rewrite, left, right := r.output, "{{", "}}"
		if m.tag {
			start, end = m.alone(src)
			rewrite, left, right = func(s string) (string, string) { return r.tag(s, m.line) }, "{%", "%}"
		}
		code, wrong := rewrite(m.inner)
		if wrong != "" {
			return nil, &Error{file, m.line, wrong}
		}
		out.WriteString(src[pos:start])
		out.WriteString(left + hyphen(m.left) + " " + code + " " + hyphen(m.right) + right)
		pos = end
	}
	if len(r.open) > 0 {
		b := r.open[len(r.open)-1]
		return nil, &Error{file, b.line, fmt.Sprintf("{%% %s %%} is never closed: end it with {%% end%s %%}", b.name, b.name)}
	}
	out.WriteString(src[pos:])
	compiled, fault := engine().ParseString(out.String())
	if fault != nil {
		return nil, &Error{file, line, "cannot read a condition: " + lastLine(fault.Error())}
	}
	return &part{source: src, liquid: compiled, tags: r.tags, names: r.names, uses: r.uses}, nil
}

var tagNames = []string{"if", "elsif", "else", "endif", "unless", "endunless", "case", "when", "endcase"}

// tag rewrites one {% %} and keeps count of what is open.
func (r *rewriter) tag(inner string, line int) (code, wrong string) {
	name, expr := inner, ""
	if i := strings.IndexAny(inner, " \t\n"); i >= 0 {
		name, expr = inner[:i], strings.TrimSpace(inner[i:])
	}
	var in *block
	if n := len(r.open); n > 0 {
		in = &r.open[n-1]
	}
	inside := func(names ...string) bool {
		for _, n := range names {
			if in != nil && in.name == n {
				return true
			}
		}
		return false
	}
	bare := name == "else" || strings.HasPrefix(name, "end")
	switch name {
	case "if", "unless", "case":
		r.open = append(r.open, block{name: name, line: line})
	case "elsif":
		if !inside("if") || in.last {
			return "", "elsif belongs inside an if, before its else"
		}
	case "when":
		if !inside("case") || in.last {
			return "", "when belongs inside a case, before its else"
		}
	case "else":
		if !inside("if", "unless", "case") || in.last {
			return "", "else belongs once inside an if, unless or case"
		}
		in.last = true
	case "endif", "endunless", "endcase":
		if !inside(strings.TrimPrefix(name, "end")) {
			return "", fmt.Sprintf("%s closes nothing that is open", name)
		}
		r.open = r.open[:len(r.open)-1]
	default:
		if near := text.Nearest(name, tagNames); near != "" {
			return "", fmt.Sprintf("unknown tag %s: did you mean %s?", quote(name), near)
		}
		return "", fmt.Sprintf("a template cannot use %s: there are if, unless and case", quote(name))
	}
	if bare {
		if expr != "" {
			return "", fmt.Sprintf("%s stands alone: remove %s", name, quote(expr))
		}
		return name, ""
	}
	if expr == "" {
		return "", fmt.Sprintf("%s needs a condition, such as {%% %s company %%}", name, name)
	}
	expr, wrong = r.condition(expr)
	return name + " " + expr, wrong
}

func hyphen(on bool) string {
	if on {
		return "-"
	}
	return ""
}

// lastLine drops the generated source that the library puts before its reason.
func lastLine(s string) string {
	return s[strings.LastIndexByte(s, '\n')+1:]
}
