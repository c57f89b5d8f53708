package signal_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stoke/mail/mime"
	"stoke/model/signal"
	"stoke/model/text"
)

// The corpus: mails of our own with the verdict that a person would give. Its
// pieces stand in testdata/dev and testdata/held; held was written before the
// classifier saw it. A piece is "#### name", its expectations as "key: value",
// "---", and a mail or a part of one.
//
//	mails.txt        whole mails
//	reports.txt      bounces with a report part, as servers lay them out
//	plain.txt        bounces without one
//	diagnostics.txt  what servers say, and what it means
//	away.txt         automatic answers
//	leave.txt        wishes to be left alone
//	replies.txt      what people write
//	clients.txt      how mail programs put that above, below and around quotes
//
// testdata/providers holds whole mails as large providers lay them out and short words of people (providers_test.go).

// sample is one mail of the corpus.
type sample struct {
	name   string
	want   map[string]string // kind, severity, to, id, return, asks, text, meeting, starts; a key that is missing is not looked at
	report bool              // it has a report part
	raw    []byte
}

// piece is one entry of a file.
type piece struct {
	name string
	want map[string]string
	body string
}

func pieces(t testing.TB, file string) (out []piece) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for n, block := range strings.Split("\n"+string(raw), "\n#### ") {
		if n == 0 {
			continue
		}
		name, rest, _ := strings.Cut(block, "\n")
		p := piece{name: strings.TrimSpace(name), want: map[string]string{}}
		head, body, marked := strings.Cut("\n"+rest, "\n---\n")
		if !marked {
			if head, body, marked = strings.Cut("\n"+rest, "\n\n"); !marked || !strings.Contains(head, ": ") {
				head, body = "", rest
			}
		}
		for line := range strings.SplitSeq(strings.TrimSpace(head), "\n") {
			if key, value, ok := strings.Cut(line, ":"); ok {
				if _, twice := p.want[key]; twice {
					value = p.want[key] + "\n" + strings.TrimSpace(value)
				}
				p.want[key] = strings.TrimSpace(value)
			}
		}
		p.body = body
		out = append(out, p)
	}
	return out
}

const (
	rep      = "ines@stoke.example"
	prospect = "kim@north.example"
	ours     = "42@stoke.example"
)

// letter gives a mail the headers that it does not have itself and the line
// ends of the wire. "In-Reply-To: none" asks for a mail that answers nothing.
func letter(raw string) []byte {
	head, body, ok := strings.Cut(raw, "\n\n")
	switch {
	case strings.HasPrefix(raw, "\n"):
		head, body = "", raw[1:]
	case !ok:
		head = strings.TrimRight(raw, "\n")
	}
	has := func(key string) bool {
		return strings.Contains("\n"+strings.ToLower(head), "\n"+strings.ToLower(key)+":")
	}
	for _, h := range [][2]string{
		{"From", "Kim North <" + prospect + ">"}, {"To", "Ines Roca <" + rep + ">"}, {"Subject", "Re: The two numbers you asked for"},
		{"Date", "Tue, 24 Nov 2026 10:12:00 +0100"}, {"Message-ID", "<8123@north.example>"},
	} {
		if !has(h[0]) {
			head += "\n" + h[0] + ": " + h[1]
		}
	}
	if !has("In-Reply-To") && !has("Return-Path") && !has("List-Unsubscribe") {
		head += "\nIn-Reply-To: <" + ours + ">\nReferences: <" + ours + ">"
	}
	head = strings.ReplaceAll("\n"+head, "\nIn-Reply-To: none", "")
	return []byte(strings.ReplaceAll(strings.Trim(head, "\n")+"\n\n"+body, "\n", "\r\n"))
}

// corpus reads one half of it.
func corpus(t testing.TB, half string) (out []sample) {
	t.Helper()
	dir := filepath.Join("testdata", half)
	said := diagnostics(t, filepath.Join(dir, "diagnostics.txt"))
	for _, file := range []string{"reports.txt", "plain.txt"} {
		for _, p := range pieces(t, filepath.Join(dir, file)) {
			for with := range strings.FieldsSeq(p.want["with"]) {
				d, ok := said[with]
				if !ok {
					t.Fatalf("%s: no diagnostic %q", p.name, with)
				}
				out = append(out, returned(p, d, file == "reports.txt"))
			}
		}
	}
	for _, p := range pieces(t, filepath.Join(dir, "away.txt")) {
		out = append(out, away(t, p))
	}
	clients := pieces(t, filepath.Join(dir, "clients.txt"))
	for i, p := range pieces(t, filepath.Join(dir, "leave.txt")) {
		for k := range 2 {
			p.want = map[string]string{"kind": "opt_out"}
			out = append(out, written(p, clients[(i+k*11)%len(clients)]))
		}
	}
	for i, p := range pieces(t, filepath.Join(dir, "replies.txt")) {
		for k := range 3 {
			p.want["kind"] = "human"
			out = append(out, written(p, clients[(i*3+k*13)%len(clients)]))
		}
	}
	for _, p := range pieces(t, filepath.Join(dir, "mails.txt")) {
		out = append(out, sample{name: "mail: " + p.name, want: p.want, raw: letter(p.body)})
	}
	return out
}

type diagnostic struct{ name, severity, status, said string }

func diagnostics(t testing.TB, file string) map[string]diagnostic {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]diagnostic{}
	for line := range strings.Lines(string(raw)) {
		f := strings.SplitN(strings.TrimSpace(line), " | ", 4)
		if len(f) == 4 && !strings.HasPrefix(line, "#") {
			out[f[0]] = diagnostic{f[0], f[1], f[2], strings.ReplaceAll(strings.ReplaceAll(f[3], `\n`, "\n"), "{to}", prospect)}
		}
	}
	return out
}

func returned(p piece, d diagnostic, report bool) sample {
	first, _, _ := strings.Cut(d.said, "\n")
	raw := strings.NewReplacer("{to}", prospect, "{id}", ours, "{status}", d.status, "{first}", first,
		"{folded}", strings.ReplaceAll(d.said, "\n", "\n "), "{said}", d.said).Replace(p.body)
	want := map[string]string{"kind": p.want["kind"], "to": prospect, "severity": p.want["severity"]}
	if want["severity"] == "" && want["kind"] == "bounce" {
		want["severity"] = d.severity
	}
	if strings.Contains(raw, ours) {
		want["id"] = ours
	}
	return sample{name: p.name + ": " + d.name, want: want, report: report, raw: letter(raw)}
}

// marks are the headers that a program puts on an automatic answer.
var marks = map[string]string{
	"exchange": "Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\nX-MS-Exchange-Inbox-Rules-Loop: kim@north.example\n",
	"gmail":    "Auto-Submitted: auto-replied\nX-Autoreply: yes\nPrecedence: bulk\n",
	"sieve":    "Auto-Submitted: auto-replied (vacation)\nReturn-Path: <>\nIn-Reply-To: <" + ours + ">\n",
	"old":      "Precedence: bulk\nX-Loop: kim@north.example\n",
	"none":     "",
}

func away(t testing.TB, p piece) sample {
	t.Helper()
	head, ok := marks[p.want["how"]]
	if !ok {
		t.Fatalf("%s: how %q", p.name, p.want["how"])
	}
	if p.want["from"] != "" {
		head += "From: " + p.want["from"] + "\n"
	}
	want := map[string]string{"kind": "auto_reply", "return": p.want["return"]}
	return sample{name: "away: " + p.name + " " + p.want["how"], want: want, raw: letter(head + "Subject: " + p.want["subject"] + "\n\n" + p.body)}
}

// written puts a person's words into what a mail program makes of them.
func written(p, client piece) sample {
	words := strings.TrimSpace(p.body)
	want := map[string]string{"text": words}
	for k, v := range p.want {
		want[k] = v
	}
	var web strings.Builder
	for line := range strings.SplitSeq(words, "\n") {
		if line == "" {
			line = "<br>"
		} else {
			line = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(line)
		}
		if client.name == "outlook html" {
			fmt.Fprintf(&web, "<p class=\"MsoNormal\">%s<o:p></o:p></p>", strings.ReplaceAll(line, "<br>", "<o:p>&nbsp;</o:p>"))
		} else {
			fmt.Fprintf(&web, "<div>%s</div>", line)
		}
	}
	raw := strings.NewReplacer("{text}", words, "{html}", web.String()).Replace(client.body)
	return sample{name: fmt.Sprintf("%s in %s: %.30q", want["kind"], client.name, words), want: want, raw: letter(raw)}
}

func explain(t testing.TB, raw []byte) signal.Verdict {
	t.Helper()
	parsed, err := mime.Parse(raw, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return signal.Classify(parsed.Mail)
}

// tally counts what was right of what was looked at.
type tally struct {
	right, of int
	wrong     []string
}

func (s *tally) add(ok bool, name, said string) {
	if s.of++; ok {
		s.right++
		return
	}
	s.wrong = append(s.wrong, name+" — "+said)
}

func (s *tally) share() float64 {
	if s.of == 0 {
		return 1
	}
	return float64(s.right) / float64(s.of)
}

// squeeze is text as a reader compares it: lines and words, no matter how much
// space lies between.
func squeeze(s string) string {
	var out []string
	for line := range strings.SplitSeq(text.Clean(s), "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

const (
	withReport    = "bounces and delays with a report part"
	withoutReport = "bounces and delays without one"
	severities    = "dead, refused or later"
	spared        = "live contacts not suppressed"
	aboutWhom     = "whom and which mail it is about"
	autoReplies   = "automatic answers"
	returns       = "days of return"
	optOuts       = "opt-outs"
	people        = "people taken for people"
	trimmed       = "newly written text"
	questions     = "questions"
	meetings      = "meetings and when they start"
	others        = "complaints, challenges, lists, receipts"
)

// measure gives the figures of a half.
func measure(t testing.TB, all []sample) map[string]*tally {
	t.Helper()
	out := map[string]*tally{}
	count := func(what string, ok bool, name, said string) {
		if out[what] == nil {
			out[what] = &tally{}
		}
		out[what].add(ok, name, said)
	}
	for _, s := range all {
		v := explain(t, s.raw)
		if v.Reason == "" {
			t.Errorf("%s: no reason", s.name)
		}
		said := fmt.Sprintf("%s %s, %s", v.Kind, v.Severity, v.Reason)
		kind := map[string]string{"bounce": withoutReport, "delay": withoutReport, "auto_reply": autoReplies, "opt_out": optOuts, "human": people}[s.want["kind"]]
		switch {
		case kind == withoutReport && (s.report || strings.Contains(string(s.raw), "message/delivery-status")):
			kind = withReport
		case kind == "":
			kind = others
		}
		count(kind, string(v.Kind) == s.want["kind"], s.name, said)
		if want := s.want["severity"]; want != "" {
			count(severities, string(v.Severity) == want, s.name, said+", want "+want)
		}
		if s.want["severity"] != "dead" && s.want["kind"] == "bounce" || s.want["kind"] == "human" || s.want["kind"] == "auto_reply" {
			count(spared, v.Kind != signal.Bounce || v.Severity != signal.Dead, s.name, said)
		}
		if want, ok := s.want["to"]; ok {
			count(aboutWhom, slices.Contains(v.Recipients, want) && (s.want["id"] == "" || v.OriginalMessageID == s.want["id"]), s.name, fmt.Sprintf("%q %q", v.Recipients, v.OriginalMessageID))
		}
		if want, ok := s.want["return"]; ok {
			back := "none"
			if !v.ReturnDate.IsZero() {
				back = v.ReturnDate.Format(time.DateOnly)
			}
			count(returns, back == want, s.name, back+", want "+want)
		}
		if want, ok := s.want["text"]; ok && s.want["kind"] == "human" {
			count(trimmed, squeeze(v.Text) == squeeze(want), s.name, fmt.Sprintf("%q", v.Text))
		}
		if want, ok := s.want["meeting"]; ok {
			if want == "none" {
				want = ""
			}
			at, _ := time.Parse(time.RFC3339, s.want["starts"])
			count(meetings, string(v.Meeting.Act) == want && v.Meeting.Starts.Equal(at), s.name, fmt.Sprintf("%q at %v", v.Meeting.Act, v.Meeting.Starts))
		}
		if want, ok := s.want["asks"]; ok {
			count(questions, v.AsksQuestion == (want == "yes"), s.name, fmt.Sprintf("%q", v.Text))
		}
	}
	return out
}

// bounds are the accuracy that RELIABILITY promises.
var bounds = []struct {
	what  string
	least float64
}{
	{withReport, 0.99}, {withoutReport, 0.90}, {severities, 0.93}, {spared, 0.99}, {aboutWhom, 0.95}, {autoReplies, 0.95}, {returns, 0.95},
	{optOuts, 0.92}, {people, 1}, {trimmed, 0.85}, {questions, 0.95}, {others, 0.9}, {meetings, 1},
}

// within holds the figures of some mails against the bounds.
func within(t *testing.T, all []sample) (looked map[string]bool) {
	t.Logf("%d mails", len(all))
	got, looked := measure(t, all), map[string]bool{}
	for _, b := range bounds {
		s := got[b.what]
		if s == nil {
			continue
		}
		looked[b.what] = true
		t.Logf("%-40s %3d of %3d = %.3f, at least %.2f", b.what, s.right, s.of, s.share(), b.least)
		for _, w := range s.wrong {
			t.Logf("    %s", w)
		}
		if s.share() < b.least {
			t.Errorf("%s: %.3f, promised %.2f", b.what, s.share(), b.least)
		}
	}
	return looked
}

func TestCorpus(t *testing.T) {
	for _, half := range []string{"held", "dev"} {
		t.Run(half, func(t *testing.T) {
			looked := within(t, corpus(t, half))
			for _, b := range bounds {
				if !looked[b.what] {
					t.Errorf("nothing about %s", b.what)
				}
			}
		})
	}
}
