package coach

import (
	"cmp"
	"math"
	"slices"
)

// Check is the stable name of something the coach looks at (DOMAIN.md, "Draft coach").
type Check string

// The checks, the most pressing first: a line with room for one hint shows the first of the worst level.
const (
	Blank       Check = "blank"
	Greeting    Check = "greeting"
	Attachment  Check = "attachment"
	Nudge       Check = "nudge"
	Subject     Check = "subject"
	Question    Check = "question"
	Length      Check = "length"
	Grade       Check = "grade"
	Links       Check = "links"
	Caps        Check = "caps"
	Easy        Check = "easy"
	Reference   Check = "reference"
	Sentence    Check = "sentence"
	You         Check = "you"
	Exclamation Check = "exclamation"
)

var ranks = []Check{Blank, Greeting, Attachment, Nudge, Subject, Question, Length, Grade, Links, Caps, Easy, Reference,
	Sentence, You, Exclamation}

// Checks returns all checks, the most pressing first.
func Checks() []Check { return slices.Clone(ranks) }

// Level says how much a hint matters. None of them keeps a mail from being sent.
type Level string

// The levels.
const (
	Good   Level = "good"
	Advice Level = "hint"
	Warn   Level = "warn"
)

func (l Level) weight() int {
	switch l {
	case Warn:
		return 0
	case Advice:
		return 1
	}
	return 2
}

// Part is the field of a draft that a hint is about.
type Part string

// The parts of a draft.
const (
	InBody    Part = "body"
	InSubject Part = "subject"
)

// Place is what a hint is about: the bytes From to To of a part, To not included. From equals To where something is
// missing and could be written there.
type Place struct {
	Part     Part
	From, To int
}

// Draft is what the coach is told. The zero value of a field means that it is not known.
type Draft struct {
	Subject, Body string
	NoSubject     bool   // there is none to judge: a text, a script, a file without that line
	Opener        bool   // the first mail to somebody; else a follow-up
	Thread        bool   // it answers a mail, so that "Re:" is true
	Answers       bool   // the contact wrote last and waits, so that a short answer is a good one
	Language      string // BCP 47; what the words themselves show goes before it
	Name          string // the contact's
	Address       string // read only where there is no name
	Company       string
	Last          []string // the last thread, note, event, purchase: their words, the newest first; nil: nothing is known
	Attachments   int
}

// Hint is one finding.
type Hint struct {
	Check   Check
	Level   Level
	Message string // a sentence for the rep
	Figure  string // what was counted and what to aim for; "" where nothing is counted
	Source  string // who says so
	Place   Place
}

// Report is what the coach has to say about one draft.
type Report struct {
	Words     int     // of the body, in the writer's own lines
	Questions int     // that the writer asks
	Grade     float64 // Flesch–Kincaid, one decimal; 0 in other languages than English
	Opener    bool
	Language  string // of the words: "en", another ISO 639-1 code, or "" for one that the coach does not know
	Note      string // what is not judged, and why; "" for nothing
	Hints     []Hint // the most pressing first, what is good last
}

// Worst is the most pressing hint; false when there is nothing to mend.
func (r Report) Worst() (Hint, bool) {
	if len(r.Hints) == 0 || r.Hints[0].Level == Good {
		return Hint{}, false
	}
	return r.Hints[0], true
}

// Judge reads a draft with the aims of DOMAIN.md.
func Judge(d Draft) Report { return DefaultAims().Judge(d) }

// Judge reads a draft. The same draft gives the same report.
func (a Aims) Judge(d Draft) Report {
	t := read(d)
	r := Report{Words: t.count, Questions: len(t.asks), Opener: d.Opener, Language: t.language}
	c := judge{Draft: d, aims: a, text: t, names: d.theirNames(), report: &r}
	c.blank()
	c.greeting()
	c.attachment()
	c.subject()
	c.question()
	c.length()
	c.links()
	c.caps()
	c.reference()
	c.exclamation()
	c.sentence()
	if t.language == "en" {
		c.nudge()
		c.easy()
		c.grade()
		c.you()
	} else {
		r.Note = notice(t.language)
	}
	slices.SortStableFunc(r.Hints, func(a, b Hint) int {
		return cmp.Or(cmp.Compare(a.Level.weight(), b.Level.weight()), cmp.Compare(slices.Index(ranks, a.Check), slices.Index(ranks, b.Check)))
	})
	return r
}

// judge collects the hints of one draft; each check is a method in the file of its name.
type judge struct {
	Draft
	aims   Aims
	text   *text
	names  []string // of the contact and the company, folded
	report *Report
}

func (c *judge) say(h Hint) { c.report.Hints = append(c.report.Hints, h) }

// body is a place in the body.
func body(from, to int) Place { return Place{InBody, from, to} }

// oneDecimal rounds as the figure is shown, so that a border and its picture agree.
func oneDecimal(x float64) float64 { return math.Round(x*10) / 10 }
