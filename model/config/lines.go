package config

import (
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

// lines tells on which line of a file a key stands. The TOML library knows it and does not tell.
//
// A path is the key's names joined by "/"; an element of an array of tables is its name with its number: "account#0/imap".
type lines struct {
	at     map[string]int
	tables map[string]int // how many elements of an array of tables were begun
}

// findLines walks over a source that the TOML library has accepted, so it needs to know only where values end.
func findLines(src string) lines {
	l := lines{at: map[string]int{}, tables: map[string]int{}}
	w := walker{src: src, line: 1}
	var table string
	for w.skipBlank(); w.pos < len(w.src); w.skipBlank() {
		from, line := w.pos, w.line
		if w.src[w.pos] == '[' {
			w.endOfLine()
			header := strings.TrimRight(w.src[from:w.pos], " \t\r")
			if cut := strings.LastIndexByte(header, ']'); cut >= 0 {
				header = header[:cut+1]
			}
			table = l.enter(header, line)
			continue
		}
		key := w.key()
		w.value()
		names := l.names(key)
		for n := range names { // a.b.c = 1 is the first that is seen of a and a.b, too
			l.note(join(table, names[:n+1]...), line)
		}
	}
	return l
}

// of is the line of a path, or of the nearest thing around it that stands on a line of its own.
func (l lines) of(path string) int {
	for {
		if line, ok := l.at[path]; ok {
			return line
		}
		if line, ok := l.at[path+"#0"]; ok {
			return line
		}
		cut := strings.LastIndexByte(path, '/')
		if cut < 0 {
			return 0
		}
		path = path[:cut]
	}
}

func (l lines) note(path string, line int) {
	if _, known := l.at[path]; !known && path != "" {
		l.at[path] = line
	}
}

// enter takes a header, [a.b] or [[a.b]], and gives the path of its table.
func (l lines) enter(header string, line int) string {
	inner, array := strings.CutPrefix(header, "[[")
	inner = strings.TrimRight(strings.TrimPrefix(inner, "["), "]")
	names := l.names(inner)
	path := ""
	for i, name := range names {
		path = join(path, name)
		switch n := l.tables[path]; {
		case array && i == len(names)-1:
			l.tables[path]++
			path += "#" + strconv.Itoa(n)
		case n > 0:
			path += "#" + strconv.Itoa(n-1)
		}
	}
	l.note(path, line)
	return path
}

// names takes a dotted, perhaps quoted, key apart. The library does it, so that both read the same.
func (l lines) names(key string) []string {
	var m map[string]any
	meta, err := toml.Decode(key+" = 0", &m)
	if err != nil || len(meta.Keys()) == 0 {
		return []string{strings.TrimSpace(key)}
	}
	keys := meta.Keys()
	return keys[len(keys)-1]
}

func join(path string, names ...string) string {
	for _, name := range names {
		if path != "" {
			path += "/"
		}
		path += name
	}
	return path
}

// walker reads over TOML, knowing strings, brackets and comments.
type walker struct {
	src       string
	pos, line int
}

func (w *walker) step(n int) {
	n = min(n, len(w.src)-w.pos)
	w.line += strings.Count(w.src[w.pos:w.pos+n], "\n")
	w.pos += n
}

// skipBlank goes to the first byte that is neither space nor comment.
func (w *walker) skipBlank() {
	for w.pos < len(w.src) {
		switch w.src[w.pos] {
		case ' ', '\t', '\r', '\n':
			w.step(1)
		case '#':
			w.endOfLine()
		default:
			return
		}
	}
}

func (w *walker) endOfLine() {
	n := strings.IndexByte(w.src[w.pos:], '\n')
	if n < 0 {
		n = len(w.src) - w.pos
	}
	w.step(n)
}

// key takes everything up to the equals sign.
func (w *walker) key() string {
	from := w.pos
	for w.pos < len(w.src) && w.src[w.pos] != '=' && w.src[w.pos] != '\n' {
		w.text()
	}
	key := w.src[from:w.pos]
	w.step(1)
	return key
}

// value takes everything up to the end of the line on which no bracket is open.
func (w *walker) value() {
	depth := 0
	for w.pos < len(w.src) {
		switch w.src[w.pos] {
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		case '#':
			w.endOfLine()
			continue
		case '\n':
			if depth <= 0 {
				return
			}
		}
		w.text()
	}
}

// text takes one byte, or one whole string where one begins.
func (w *walker) text() {
	rest := w.src[w.pos:]
	for _, quote := range []string{`"""`, `'''`, `"`, `'`} {
		if !strings.HasPrefix(rest, quote) {
			continue
		}
		w.step(len(quote))
		for w.pos < len(w.src) && !strings.HasPrefix(w.src[w.pos:], quote) {
			if quote[0] == '"' && w.src[w.pos] == '\\' {
				w.step(1)
			}
			w.step(1)
		}
		w.step(len(quote))
		for len(quote) == 3 && w.pos < len(w.src) && w.src[w.pos] == quote[0] {
			w.step(1) // up to two more quotes belong to the string
		}
		return
	}
	w.step(1)
}
