package mail

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"stoke/mail/mailtest"
	"stoke/model"
)

// liar is an IMAP server of three mails that answers some commands in its own way.
type liar struct {
	ln    net.Listener
	says  map[string]func(w io.Writer, tag, line string) // by command: "LOGIN", "UID FETCH", ...
	work  sync.WaitGroup
	mu    sync.Mutex
	conns []net.Conn
}

func lying(t *testing.T, says map[string]func(w io.Writer, tag, line string)) *liar {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &liar{ln: ln, says: says}
	l.work.Go(func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			l.mu.Lock()
			l.conns = append(l.conns, c)
			l.mu.Unlock()
			l.work.Go(func() { l.serve(c) })
		}
	})
	t.Cleanup(func() {
		ln.Close()
		l.mu.Lock()
		for _, c := range l.conns {
			c.Close()
		}
		l.mu.Unlock()
		l.work.Wait()
	})
	return l
}

func (l *liar) serve(c net.Conn) {
	defer c.Close()
	if say := l.says["greeting"]; say != nil {
		say(c, "*", "")
	} else {
		fmt.Fprint(c, "* OK [CAPABILITY IMAP4rev1] ready\r\n")
	}
	in := bufio.NewScanner(c)
	for in.Scan() {
		tag, name, _ := strings.Cut(in.Text(), " ")
		name, rest, _ := strings.Cut(strings.ToUpper(name), " ")
		if name == "UID" {
			verb, _, _ := strings.Cut(rest, " ")
			name += " " + verb
		}
		if name == "UID FETCH" {
			switch {
			case strings.Contains(rest, "BODY.PEEK[HEADER]"):
				name = "headers"
			case strings.Contains(rest, "BODY.PEEK[]"):
				name = "texts"
			}
		}
		say := l.says[name]
		if say == nil {
			say = honest[name]
		}
		if say != nil {
			say(c, tag, rest)
		}
		fmt.Fprintf(c, "%s OK done\r\n", tag)
		if name == "LOGOUT" {
			return
		}
	}
}

func lines(format string, args ...any) func(io.Writer, string, string) {
	return func(w io.Writer, _, _ string) { fmt.Fprintf(w, format, args...) }
}

// asked gives the UIDs of 1, 2 and 3 that a command names.
func asked(rest string) (uids []int) {
	set, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(rest, "FETCH "), "SEARCH "), " ")
	for _, part := range strings.Split(set, ",") {
		from, to, ranged := strings.Cut(part, ":")
		a, _ := strconv.Atoi(from)
		b := a
		if ranged {
			if b, _ = strconv.Atoi(to); to == "*" {
				b = 3
			}
		}
		for n := a; n <= min(b, 3); n++ {
			uids = append(uids, n)
		}
	}
	return uids
}

func answers(item func(uid int) string) func(io.Writer, string, string) {
	return func(w io.Writer, _, rest string) {
		for _, uid := range asked(rest) {
			fmt.Fprintf(w, "* %d FETCH (%s)\r\n", uid, item(uid))
		}
	}
}

func section(name string, raw []byte) string {
	return fmt.Sprintf("BODY[%s]<0> {%d}\r\n%s", name, len(raw), raw)
}

func headItems(uid int) string {
	head, _, _ := bytes.Cut(from(prospect, uid), []byte("\r\n\r\n"))
	return fmt.Sprintf("UID %d FLAGS () INTERNALDATE \" 4-Nov-2026 09:30:00 +0000\" RFC822.SIZE 300 %s", uid, section("HEADER", append(head, "\r\n\r\n"...)))
}

var honest = map[string]func(w io.Writer, tag, line string){
	"CAPABILITY": lines("* CAPABILITY IMAP4rev1\r\n"),
	"LIST":       lines("* LIST () \"/\" INBOX\r\n"),
	"EXAMINE":    lines("* FLAGS ()\r\n* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 4] x\r\n"),
	"UID SEARCH": lines("* SEARCH 1 2 3\r\n"),
	"headers":    answers(headItems),
	"texts":      answers(func(uid int) string { return fmt.Sprintf("UID %d %s", uid, section("", from(prospect, uid))) }),
	"UID FETCH":  answers(func(uid int) string { return fmt.Sprintf("UID %d", uid) }),
}

// without writes until the other side has had enough.
func without(end string, octets int) func(io.Writer, string, string) {
	return func(w io.Writer, _, _ string) {
		block := []byte(strings.Repeat(end, 1+(64<<10)/len(end)))
		for n := 0; n < octets; n += len(block) {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	}
}

func then(first string, rest func(io.Writer, string, string)) func(io.Writer, string, string) {
	return func(w io.Writer, tag, line string) {
		if _, err := io.WriteString(w, first); err == nil {
			rest(w, tag, line)
		}
	}
}

// heap is the highest use of memory above where it began, watched until the end is called.
func heap() (end func() int64) {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	read := func() int64 { metrics.Read(sample); return int64(sample[0].Value.Uint64()) }
	begin, peak := read(), int64(0)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			peak = max(peak, read()-begin)
			select {
			case <-tick.C:
			case <-stop:
				return
			}
		}
	}()
	return func() int64 { close(stop); <-done; return peak }
}

// S10: whatever a server says, control is back within its limit, memory stays flat and no goroutine is left. What can be
// read is read.
func TestHostileServers(t *testing.T) {
	nested := func(n int) string {
		var b strings.Builder
		b.WriteString("From: <" + prospect + ">\r\nTo: <" + rep + ">\r\nSubject: parts\r\nMessage-Id: <nested@prospect.example>\r\nMIME-Version: 1.0\r\n")
		for i := range n {
			fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
		}
		return b.String()
	}
	const huge = 400 << 20
	for _, tt := range []struct {
		name string
		says map[string]func(io.Writer, string, string)
		want []int  // of the three mails, those that are read
		err  string // "" is none
	}{
		{name: "an honest one", want: []int{1, 2, 3}},
		{name: "400 MB in place of a header", says: map[string]func(io.Writer, string, string){
			"headers": then(fmt.Sprintf("* 1 FETCH (UID 1 FLAGS () INTERNALDATE \" 4-Nov-2026 09:30:00 +0000\" RFC822.SIZE 300 BODY[HEADER]<0> {%d}\r\n", huge), without("x", huge))},
			err: "in time|far more|cannot be read|closed"},
		{name: "400 MB in place of a text", says: map[string]func(io.Writer, string, string){
			"texts": func(w io.Writer, tag, rest string) {
				if asked(rest)[0] == 1 {
					then(fmt.Sprintf("* 1 FETCH (UID 1 BODY[]<0> {%d}\r\n", huge), without("x", huge))(w, tag, rest)
				} else {
					honest["texts"](w, tag, rest)
				}
			}}, want: []int{1, 2, 3}},
		{name: "400 MB that nobody asked for", says: map[string]func(io.Writer, string, string){
			"UID SEARCH": then(fmt.Sprintf("* 2 FETCH (UID 2 BODY[TEXT] {%d}\r\n", huge), without("x", huge))}, err: "far more|in time|closed"},
		{name: "a mailbox name of 400 MB", says: map[string]func(io.Writer, string, string){
			"LIST": then(fmt.Sprintf("* LIST () \"/\" {%d}\r\n", huge), without("x", huge))}, err: "far more|cannot be read|closed"},
		{name: "a line without end", says: map[string]func(io.Writer, string, string){"greeting": then("* OK ", without("x", huge))}, err: "far more|cannot be read|closed"},
		{name: "untagged lines without end", says: map[string]func(io.Writer, string, string){"EXAMINE": without("* 4 EXISTS\r\n", huge)}, err: "far more|in time"},
		{name: "expunges without end", says: map[string]func(io.Writer, string, string){"headers": without("* 1 EXPUNGE\r\n", huge)}, err: "far more|in time|cannot be read"},
		{name: "mailboxes without end", says: map[string]func(io.Writer, string, string){"LIST": without("* LIST () \"/\" x\r\n", huge)}, err: "far more|in time"},
		{name: "millions of brackets", says: map[string]func(io.Writer, string, string){
			"headers": then("* 1 FETCH (UID 1 BODYSTRUCTURE ", without("(", 24<<20))}, err: "broke off|cannot be read|closed"},
		{name: "millions of brackets behind a literal that is none", says: map[string]func(io.Writer, string, string){
			"headers": then("* OK {99999999}\r\n* 1 FETCH (UID 1 BODYSTRUCTURE ", without("(", 24<<20))}, err: "broke off|cannot be read|closed"},
		{name: "a bracket among the capabilities", says: map[string]func(io.Writer, string, string){"CAPABILITY": lines("* CAPABILITY IMAP4rev1 (\r\n")}, err: "broke off|cannot be read|closed"},
		{name: "a bracket among those of the greeting", says: map[string]func(io.Writer, string, string){"greeting": lines("* OK [CAPABILITY IMAP4rev1 IDLE(] hi\r\n")}, err: "broke off|cannot be read|closed"},
		{name: "a bracket among those behind the log-in", says: map[string]func(io.Writer, string, string){"EXAMINE": lines("* 1 capability IMAP4rev1 (x\r\n")}, err: "broke off|cannot be read|closed"},
		{name: "a bracket in words about them", says: map[string]func(io.Writer, string, string){
			"greeting": lines("* OK [CAPABILITY IMAP4rev1] ready (capability (IDLE) is off)\r\n")}, want: []int{1, 2, 3}},
		{name: "four billion hits", says: map[string]func(io.Writer, string, string){"UID SEARCH": lines("* ESEARCH (TAG \"T9\") UID ALL 1:4294967295\r\n* SEARCH 1:4294967295\r\n")}, err: "cannot be read|more mails"},
		{name: "hits that are not there", says: map[string]func(io.Writer, string, string){
			"UID SEARCH": func(w io.Writer, _, _ string) {
				fmt.Fprint(w, "* SEARCH")
				for n := range 5000 {
					fmt.Fprintf(w, " %d", n+1)
				}
				fmt.Fprint(w, "\r\n")
			}}, err: "more mails in INBOX than"},
		{name: "UIDVALIDITY 0", says: map[string]func(io.Writer, string, string){"EXAMINE": lines("* 3 EXISTS\r\n* OK [UIDVALIDITY 0] x\r\n* OK [UIDNEXT 4] x\r\n")}, err: "no numbers that last"},
		{name: "no UIDNEXT", says: map[string]func(io.Writer, string, string){"EXAMINE": lines("* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n")}, err: "no numbers that last"},
		{name: "UID 0", says: map[string]func(io.Writer, string, string){
			"headers": answers(func(uid int) string {
				if uid == 2 {
					uid = 0
				}
				return headItems(uid)
			})}, want: []int{1, 3}},
		{name: "a header that is NIL", says: map[string]func(io.Writer, string, string){
			"headers": answers(func(uid int) string {
				if uid == 2 {
					return "UID 2 FLAGS () INTERNALDATE \" 4-Nov-2026 09:30:00 +0000\" RFC822.SIZE 300 BODY[HEADER]<0> NIL"
				}
				return headItems(uid)
			})}, want: []int{1, 3}},
		{name: "a text that is NIL", says: map[string]func(io.Writer, string, string){
			"texts": answers(func(uid int) string { return fmt.Sprintf("UID %d BODY[]<0> NIL", uid) })}, want: []int{1, 2, 3}},
		{name: "50,000 nested parts", says: map[string]func(io.Writer, string, string){
			"texts": answers(func(uid int) string {
				raw := from(prospect, uid)
				if uid == 2 {
					raw = []byte(nested(50_000))[:256<<10]
				}
				return fmt.Sprintf("UID %d %s", uid, section("", raw))
			})}, want: []int{1, 2, 3}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, mailtest.Options{})
			host, port, err := net.SplitHostPort(lying(t, tt.says).ln.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			n, err := strconv.Atoi(port)
			if err != nil {
				t.Fatal(err)
			}
			w.limits.Whole = 2 * time.Second
			w.change = func(o *Options) {
				o.Accounts = []Account{{Name: "work", Own: []string{rep}, IMAP: Server{Host: host, Port: n, Security: Plain, User: rep}}}
			}
			peak, began := heap(), time.Now()
			report := w.syncOnce()
			took, used := time.Since(began), peak()
			if took > 4*time.Second || used > 64<<20 {
				t.Errorf("control came back after %v, with up to %d MB", took, used>>20)
			}
			if said := fmt.Sprint(report.Err); (report.Err == nil) != (tt.err == "") || tt.err != "" && !slices.ContainsFunc(strings.Split(tt.err, "|"), func(s string) bool { return strings.Contains(said, s) }) {
				t.Errorf("it says %v, want %q", report.Err, tt.err)
			}
			var got []int
			for _, in := range w.box.received {
				got = append(got, int(in.UID))
			}
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("read %v, want %v", got, tt.want)
			}
			left := 3 - len(tt.want)
			told := 0
			for len(w.events) > 0 {
				if ev := <-w.events; ev.Kind == model.EventChanged && strings.Contains(ev.Text, "left out") {
					told++
				}
			}
			if tt.err == "" && told != left {
				t.Errorf("%d mails were left out and that was told %d times", left, told)
			}
		})
	}
}

// A server that says one octet now and then is as silent as one that says nothing, in the end.
func TestAServerThatDripsIsGivenUp(t *testing.T) {
	stop := make(chan struct{})
	l := lying(t, map[string]func(io.Writer, string, string){"LIST": func(w io.Writer, _, _ string) {
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				if _, err := io.WriteString(w, "* OK x\r\n"); err != nil {
					return
				}
			}
		}
	}})
	defer close(stop)
	host, port, _ := net.SplitHostPort(l.ln.Addr().String())
	n, _ := strconv.Atoi(port)
	limits := quick
	limits.Whole = time.Second
	s, err := logIn(testContext(t), endpoint{host: host, port: n, security: Plain, dial: (&net.Dialer{}).DialContext}, repLogin(), limits)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	began := time.Now()
	if _, err := s.folders(context.Background()); KindOf(err) != Temporary || !strings.Contains(err.Error(), "in time") || time.Since(began) > 3*time.Second {
		t.Errorf("after %v: %v", time.Since(began), err)
	}
}
