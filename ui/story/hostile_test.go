package story

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"stoke/mail/mailtest"
)

// hostile is text that would take over a terminal; each piece carries a mark that nothing of ours does.
const hostile = "a\x1b[31;6661mb\x1bP6662q+p\x1b\\c\u009b6663md\x1b[6665;1He\x1b]0;OWNED\af\x1bcg\u202eh\u2066i\rj\x00k\x07l\u200bm\x1b]8;;http://evil.example/\x1b\\n\u009d52;c;QzE=\u009co\x1b]52;c;U1RFQUw="

// weapons are what no octet for the terminal may hold.
var weapons = []string{"\x1b[31;6661m", "\x1bP6662", "\u009b", "\x9b6663", "\x1b[6665;1H", "OWNED\a", "\x1b]0;", "\x1bc", "\u202e", "\u2066", "\x00", "\x1b]8;;", "\u009d", "\x9d52", "\x1b]52;c;", "\u200b"}

func encoded(s string) string {
	return "=?utf-8?B?" + base64.StdEncoding.EncodeToString([]byte(s)) + "?="
}

// poisoned is a mail from Dana that is hostile in subject, name, body and file name.
func poisoned(id, subject, body string) []byte {
	return []byte(fmt.Sprintf("From: %s <dana@northwind.example>\r\nTo: Robin <%s>\r\nSubject: %s\r\nDate: %s\r\nMessage-ID: <%s>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=XX\r\n\r\n"+
		"--XX\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n"+
		"--XX\r\nContent-Type: application/pdf; name=\"%s\"\r\nContent-Disposition: attachment; filename=\"%s\"\r\n\r\nx\r\n--XX--\r\n",
		encoded("Dana "+hostile), me, subject, time.Now().Format(time.RFC1123Z), id, base64.StdEncoding.EncodeToString([]byte(body)), encoded(hostile), encoded(hostile)))
}

// besieged is a rep whose list, mails and servers are hostile.
func besieged(t *testing.T) *rep {
	t.Helper()
	r := newRep(t, mailtest.Options{})
	r.adjusts("[outbox]\nundo_window = \"0s\"\n")
	var list bytes.Buffer
	w := csv.NewWriter(&list)
	for _, row := range [][]string{
		{"email", "name", "company", "title", "phone", "tags"},
		{"dana@northwind.example", "Dana " + hostile, "Northwind " + hostile, hostile, "+31 " + hostile, hostile},
	} {
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	file := filepath.Join(t.TempDir(), "list.csv")
	r.write(file, list.Bytes())
	harmless(t, "import", r.says("import", file))
	r.arrives(poisoned("one@northwind.example", "Pricing "+encoded(hostile), "Can you do 40 seats? "+hostile+"\nEND-OF-BODY\n"))
	var done []struct{ Replies int }
	r.asks(&done, "sync")
	if len(done) != 1 || done[0].Replies != 1 {
		t.Fatalf("the first sync found %+v", done)
	}
	r.server.SMTP.Set(mailtest.RefuseRecipient("dana@northwind.example", "550 5.1.1 Nobody "+strings.NewReplacer("\r", "", "\n", "", "\x00", "").Replace(hostile)))
	return r
}

func TestHostileTextNeverReachesTheTerminal(t *testing.T) {
	t.Parallel()
	r := besieged(t)
	s := start(t, 120, 40, r.env, stoke(t))
	defer s.end()
	// The count comes after the page and may be painted alone: only its word is looked for.
	s.gathers(t, "NOW", "Dana", "END-OF-BODY", "quit", "synced")
	s.press(t, "\r")
	s.quietly(500 * time.Millisecond)
	s.press(t, "w")
	s.quietly(500 * time.Millisecond)
	s.press(t, "\x1b")
	s.quietly(500 * time.Millisecond)
	s.press(t, "r")
	s.quietly(500 * time.Millisecond)
	s.press(t, "Yes.") // where the blank is
	s.press(t, "\x13") // ctrl+s
	s.gathers(t, "6 shows the outbox")
	s.press(t, "6")
	s.gathers(t, "Could not send to")
	s.press(t, "7")
	s.quietly(500 * time.Millisecond)
	for _, w := range weapons {
		if i := bytes.Index(s.seen, []byte(w)); i >= 0 {
			t.Errorf("%q reaches the terminal: %q", w, s.seen[max(0, i-60):min(len(s.seen), i+60)])
		}
	}
}

// A terminal that obeys what it gets still shows the whole frame.
func TestTheFrameIsWholeAroundHostileText(t *testing.T) {
	t.Parallel()
	r := besieged(t)
	x := r.screen(80, 24)
	picture := x.sees("NOW 1", "● Dana a", "1 Queue 1", "q quit", "synced")
	if lines := strings.Count(strings.TrimRight(picture, "\n"), "\n") + 1; lines != 24 {
		t.Errorf("the frame has %d lines\n%s", lines, picture)
	}
	x.press("Enter")
	x.sees("‹ Queue", "Dana a", "END-OF-BODY", "? help")
	if title := x.tmux("display-message", "-p", "-t", "rep", "#{pane_title}"); strings.Contains(title, "OWNED") {
		t.Errorf("the title is %q", title)
	}
	if buffers := x.tmux("list-buffers"); strings.TrimSpace(buffers) != "" {
		t.Errorf("the clipboard holds %q", buffers)
	}
}

func TestHostileTextIsInNothingThatIsPrinted(t *testing.T) {
	t.Parallel()
	r := besieged(t)
	sendDana(r)
	out, errs, _ := r.tries("--now", in(time.Minute), "sync")
	harmless(t, "sync", out)
	harmless(t, "the errors of sync", errs)
	if o := r.outbox(); len(o) != 1 || o[0].State != "failed" {
		t.Fatalf("the outbox says %+v", o)
	}
	file := filepath.Join(t.TempDir(), "mail.eml")
	r.write(file, poisoned("x@northwind.example", hostile, hostile))
	for _, command := range []string{"queue", "next", "show dana", "outbox", "outbox show 1", "history", "draft dana", "queue --search dana"} {
		for _, args := range [][]string{strings.Fields(command), append(strings.Fields(command), "--json")} {
			out, errs, _ := r.tries(args...)
			harmless(t, strings.Join(args, " "), out)
			harmless(t, "the errors of "+strings.Join(args, " "), errs)
			if !strings.Contains(out, "ana") {
				t.Errorf("stoke %s prints no Dana: %s%s", args, out, errs)
			}
		}
	}
	harmless(t, "explain", r.says("explain", file))
	// The server's own words in a refused log-in.
	r.server.IMAP.Set(mailtest.Reply(mailtest.Login, "NO "+strings.NewReplacer("\r", "", "\n", "", "\x00", "").Replace(hostile)))
	out, errs, code := r.tries("sync", "--json")
	if code == 0 {
		t.Error("a refused log-in went well")
	}
	harmless(t, "a refused log-in", out)
	harmless(t, "the errors of a refused log-in", errs)
}

// harmless judges what a command printed, as text and, where it is JSON, as what a program reads out of it.
func harmless(t *testing.T, what, printed string) {
	t.Helper()
	judge := func(s string) {
		if !utf8.ValidString(s) {
			t.Errorf("%s: no UTF-8: %q", what, s)
		}
		for i, c := range s {
			if c != '\n' && (unicode.IsControl(c) || c >= 0x200b && c <= 0x200f || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069) {
				t.Errorf("%s: %U in %q", what, c, s[max(0, i-40):min(len(s), i+40)])
				return
			}
		}
	}
	judge(printed)
	for doc := json.NewDecoder(strings.NewReader(printed)); ; {
		var v any
		if doc.Decode(&v) != nil {
			return
		}
		walk(v, judge)
	}
}

// walk visits every text of a JSON value.
func walk(v any, visit func(string)) {
	switch v := v.(type) {
	case string:
		visit(v)
	case []any:
		for _, e := range v {
			walk(e, visit)
		}
	case map[string]any:
		for k, e := range v {
			visit(k)
			walk(e, visit)
		}
	}
}

// monsters are mails of which each alone once stalled a mail program.
func monsters() map[string][]byte {
	head := fmt.Sprintf("From: Dana Whitfield <dana@northwind.example>\r\nTo: Robin <%s>\r\nDate: %s\r\nMIME-Version: 1.0\r\n", me, time.Now().Format(time.RFC1123Z))
	long := strings.Repeat("x", 1<<20)
	var nest strings.Builder
	nest.WriteString(head + "Subject: nested\r\nMessage-ID: <nested@northwind.example>\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n")
	for i := range 10_000 {
		fmt.Fprintf(&nest, "--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n", i, i+1)
	}
	nest.WriteString("--b10000\r\n\r\nthe core\r\n--b10000--\r\n")
	var flat strings.Builder
	flat.WriteString(head + "Subject: parts\r\nMessage-ID: <parts@northwind.example>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n")
	for range 20_000 {
		flat.WriteString("--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n")
	}
	flat.WriteString("--b--\r\n")
	return map[string][]byte{
		"10,000 nested parts":    []byte(nest.String()),
		"20,000 parts":           []byte(flat.String()),
		"a line of a megabyte":   []byte(head + "Subject: line\r\nMessage-ID: <line@northwind.example>\r\n\r\n" + long + "\r\n"),
		"a megabyte of subject":  []byte(head + "Subject: " + long + "\r\nMessage-ID: <subject@northwind.example>\r\n\r\nhi\r\n"),
		"a megabyte of threads":  []byte(head + "Subject: refs\r\nReferences:" + strings.Repeat(" <a@b.example>", 70_000) + "\r\nMessage-ID: <refs@northwind.example>\r\n\r\nhi\r\n"),
		"a megabyte of quotes":   []byte(head + "Subject: quotes\r\nMessage-ID: <quotes@northwind.example>\r\n\r\n" + strings.Repeat(strings.Repeat(">", 500)+"\r\n", 2_000)),
		"a megabyte of escapes":  []byte(head + "Subject: escapes\r\nMessage-ID: <escapes@northwind.example>\r\n\r\n" + strings.Repeat("\x1b]52;c;U1RF", 90_000) + "\r\n"),
		"a megabyte of HTML":     []byte(head + "Subject: html\r\nMessage-ID: <html@northwind.example>\r\nContent-Type: text/html\r\n\r\n" + strings.Repeat("<div>", 200_000) + "hi\r\n"),
		"a megabyte of encoding": []byte(head + "Subject: " + strings.Repeat("=?utf-8?B?eA==?= ", 60_000) + "\r\nMessage-ID: <encoding@northwind.example>\r\n\r\nhi\r\n"),
		"a megabyte of folding":  []byte(head + "Subject: fold" + strings.Repeat("\r\n x", 250_000) + "\r\nMessage-ID: <folding@northwind.example>\r\n\r\nhi\r\n"),
	}
}

// No single mail stalls explain or sync by a second, measured against a plain one; and the mail after it is read.
func TestNoMailStallsTheProgram(t *testing.T) {
	took := func(run func()) time.Duration {
		began := time.Now()
		run()
		return time.Since(began)
	}
	explain := func(r *rep, raw []byte) time.Duration {
		file := filepath.Join(t.TempDir(), "mail.eml")
		r.write(file, raw)
		return took(func() { harmless(t, "explain", r.says("explain", file)) })
	}
	sync := func(r *rep, raw []byte) time.Duration {
		r.arrives(raw)
		return took(func() { harmless(t, "sync", r.says("sync", "--json")) })
	}
	r := newRep(t, mailtest.Options{})
	r.dana()
	plain := mailOf("plain@northwind.example", "", "Plain", "Just a mail.")
	explained, synced := explain(r, plain), sync(r, plain)
	for name, raw := range monsters() {
		e, s := explain(r, raw)-explained, sync(r, raw)-synced
		t.Logf("%s: explain %d ms, sync %d ms more than a plain mail", name, e.Milliseconds(), s.Milliseconds())
		if e > time.Second || s > time.Second {
			t.Errorf("%s stalls: explain %s, sync %s", name, e, s)
		}
	}
	r.arrives(mailOf("after@northwind.example", "", "After", "Is anybody there?"))
	var done []struct{ Replies int }
	r.asks(&done, "sync")
	if len(done) != 1 || done[0].Replies != 1 {
		t.Errorf("after the monsters the sync found %+v", done)
	}
	x := r.screen(80, 24)
	x.sees("NOW 1", "Dana Whitfield", "q quit")
	x.press("Enter")
	x.sees("‹ Queue", "Is anybody there?")
}

// gathers waits until the octets that the program wrote since its start, all of which are kept, hold these.
func (s *session) gathers(t *testing.T, texts ...string) {
	t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	for _, text := range texts {
		for !bytes.Contains(s.seen, []byte(text)) {
			select {
			case chunk, ok := <-s.read:
				if !ok {
					t.Fatalf("the program ended before it showed %q", text)
				}
				s.seen = append(s.seen, chunk...)
			case <-deadline.C:
				t.Fatalf("the program never showed %q; it showed %q", text, s.seen)
			}
		}
	}
}

// quietly keeps what comes until nothing has come for a while.
func (s *session) quietly(rest time.Duration) {
	timer := time.NewTimer(rest)
	defer timer.Stop()
	for {
		select {
		case chunk, ok := <-s.read:
			if !ok {
				return
			}
			s.seen = append(s.seen, chunk...)
			timer.Reset(rest)
		case <-timer.C:
			return
		}
	}
}
