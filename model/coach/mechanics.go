package coach

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// blank looks for tags that are still to be filled.
func (c *judge) blank() {
	n, first := 0, Place{}
	look := func(s string, part Part) {
		for base := 0; ; {
			open := strings.Index(s[base:], "{{")
			if open < 0 {
				return
			}
			shut := strings.Index(s[base+open:], "}}")
			if shut < 0 {
				return
			}
			if n++; n == 1 {
				first = Place{part, base + open, base + open + shut + 2}
			}
			base += open + shut + 2
		}
	}
	look(c.Subject, InSubject)
	look(c.Draft.Body[:min(len(c.Draft.Body), counted)], InBody)
	if n == 0 {
		return
	}
	said := c.Draft.Body
	if first.Part == InSubject {
		said = c.Subject
	}
	what := strings.TrimSpace(strings.Trim(said[first.From:first.To], "{}"))
	message := fmt.Sprintf("A blank is left: %s.", shortened(what))
	if n > 1 {
		message = fmt.Sprintf("%d blanks are left, the first is %s.", n, shortened(what))
	}
	c.say(Hint{Check: Blank, Level: Warn, Message: message, Figure: plural(n, "blank") + "; none", Source: gate, Place: first})
}

func shortened(s string) string {
	const most = 40
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

// nobody are the words behind a greeting that name no single person.
var nobody = set("there all team everyone everybody both again folks friends guys again sir madam good day morning afternoon evening and mr mrs ms dr prof herr frau " +
	"señor señora monsieur madame senhor senhora geehrte geehrter damen herren und y et e och en guten tag heer mevrouw " +
	"zusammen alle tous toutes todos todas à a o os as allemaal alla collega colleague colleagues to the of from at your")

// greeting compares the name that is greeted with the contact's.
func (c *judge) greeting() {
	if c.Name == "" && c.Address == "" {
		return
	}
	first := strings.TrimLeft(c.text.body, " \t\r\n")
	from := len(c.text.body) - len(first)
	l, _, _ := strings.Cut(first, "\n")
	if !isGreeting(l) {
		return
	}
	if end := strings.IndexAny(l, ",!.:;–—"); end >= 0 && !(l[end] == '.' && isTitle(l[:end])) {
		l = l[:end]
	} else if len(strings.Fields(l)) > 4 {
		return
	}
	words := strings.Fields(l)
	greeted, place := "", Place{}
	at := 0
	for i, w := range words {
		at += strings.Index(l[at:], w)
		a, b := core(w)
		name := w[a:b]
		if i == 0 || name == "" || nobody[strings.ToLower(name)] || strings.Contains(w, "{{") {
			at += len(w)
			continue
		}
		if r, _ := utf8.DecodeRuneInString(name); !unicode.IsUpper(r) && i > 1 {
			return // more than a greeting: "Hi Dana thanks for"
		}
		if c.isCalled(name) {
			return
		}
		if greeted == "" {
			greeted, place = name, body(from+at+a, from+at+b)
		}
		at += len(w)
	}
	if greeted == "" {
		return
	}
	h := Hint{Check: Greeting, Level: Warn, Place: place, Source: house, Figure: "the name that you write to",
		Message: fmt.Sprintf("It greets %s, and goes to %s.", greeted, c.Name)}
	if c.Name == "" {
		h.Level, h.Message = Advice, fmt.Sprintf("It greets %s, and goes to %s.", greeted, c.Address)
	}
	c.say(h)
}

func isTitle(s string) bool {
	fields := strings.Fields(s)
	if len(fields) == 0 {
		return false
	}
	switch strings.ToLower(fields[len(fields)-1]) {
	case "mr", "mrs", "ms", "dr", "prof", "sr", "sra", "mme", "m":
		return true
	}
	return false
}

// attaches are the words that promise a file, by language; the first of each is shown.
var attaches = map[string]map[string]bool{
	"en": set("attached attachment attachments attaching enclosed"),
	"es": set("adjunto adjunta adjuntos adjuntas adjuntamos anexo"),
	"fr": set("ci-joint ci-jointe ci-joints ci-jointes pièce-jointe joins"),
	"de": set("anbei angehängt anhang beigefügt anlage"),
	"pt": set("anexo anexa anexos anexas anexei"),
	"sv": set("bifogat bifogar bifogad bifogade bilaga bilagan"),
	"nl": set("bijlage bijlagen bijgevoegd bijgesloten"),
}

// attachment looks for a promise of a file that is not there.
func (c *judge) attachment() {
	words := attaches[c.text.language]
	if c.Attachments > 0 || words == nil {
		return
	}
	for i, w := range c.text.words {
		if w.quoted || w.frame || !words[c.text.low(i)] || c.text.language == "en" && c.attachedElsewhere(i) {
			continue
		}
		c.say(Hint{Check: Attachment, Level: Warn, Place: body(w.from, w.to), Source: house, Figure: "0 files attached; at least 1",
			Message: fmt.Sprintf("It says “%s”, and nothing is attached.", c.text.at(i))})
		return
	}
}

// attachedElsewhere finds what is attached to something else, or by somebody else: "no strings attached", "you attached",
// "is attached to", "your attachment".
func (c *judge) attachedElsewhere(i int) bool {
	before, after := c.text.low(i-1), c.text.low(i+1)
	switch before {
	case "strings", "you", "your", "not", "without", "no", "last":
		return true
	}
	return after == "to" && c.text.low(i+2) != "this"
}

// links counts the addresses in a first mail.
func (c *judge) links() {
	if !c.Opener {
		return
	}
	n, place := 0, Place{}
	for i, w := range c.text.words {
		if isLink(c.text.at(i)) {
			if n++; n == c.aims.OpenerLinks+1 {
				place = body(w.from, w.to)
			}
		}
	}
	if n <= c.aims.OpenerLinks {
		return
	}
	c.say(Hint{Check: Links, Level: Warn, Place: place, Source: whose(house, c.aims.OpenerLinks == usual.OpenerLinks), Figure: fmt.Sprintf("%s; at most %d in a first mail", plural(n, "link"), c.aims.OpenerLinks),
		Message: fmt.Sprintf("%d links in a first mail: keep %s.", n, few(c.aims.OpenerLinks))})
}

// isLink tells whether a token is the address of a page, bare or in Markdown.
func isLink(s string) bool {
	if len(s) < 6 {
		return false
	}
	if i := strings.Index(s, "://"); i > 2 && i+3 < len(s) || len(s) > 8 && strings.EqualFold(s[:4], "www.") {
		return true
	}
	host, _, slash := strings.Cut(s, "/")
	dot := strings.LastIndexByte(host, '.')
	return slash && dot > 1 && len(host)-dot > 2 && strings.IndexByte(host, '@') < 0
}

// exclamation counts the marks of subject and body.
func (c *judge) exclamation() {
	n := len(c.text.loud) + strings.Count(c.Subject, "!")
	if n <= c.aims.Exclamations {
		return
	}
	place := Place{InSubject, strings.IndexByte(c.Subject, '!'), strings.IndexByte(c.Subject, '!') + 1}
	if len(c.text.loud) > 0 {
		at := c.text.loud[len(c.text.loud)-1]
		place = body(at, at+1)
	}
	c.say(Hint{Check: Exclamation, Level: Advice, Place: place, Source: whose(house, c.aims.Exclamations == usual.Exclamations), Figure: fmt.Sprintf("%s; at most %d", plural(n, "exclamation mark"), c.aims.Exclamations),
		Message: fmt.Sprintf("%d exclamation marks: %s is plenty.", n, few(c.aims.Exclamations))})
}
