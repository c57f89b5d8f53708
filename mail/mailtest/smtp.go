package mailtest

import (
	"bufio"
	"fmt"
	"net"
	"strings"
)

// smtpSession is one SMTP submission conversation (RFC 5321, RFC 6409). It is
// written out here because every answer must be ours to withhold.
type smtpSession struct {
	srv    *Server
	wire   *wire
	conn   net.Conn // wire, or TLS over it
	br     *bufio.Reader
	secure bool
	user   string
	from   string
	mailed bool
	to     []string
	spoil  *Fault // cuts or repeats the next answer
}

func (s *Server) serveSMTP(w *wire) {
	defer w.Close()
	c := &smtpSession{srv: s, wire: w, conn: w}
	if f, ok := w.port.strike(Connect, ""); ok && !w.play(f) {
		return
	}
	if s.opts.Security == ImplicitTLS && !c.handshake() {
		return
	}
	c.br = bufio.NewReader(c.conn)
	if !c.say(Greeting, "", "220 loopback.example ESMTP") {
		return
	}
	for {
		line, ok := c.line()
		if !ok || !c.command(line) {
			return
		}
	}
}

// line reads one command line without its end; 8 KB is the most it takes.
func (c *smtpSession) line() (string, bool) {
	var b []byte
	for len(b) < 8<<10 {
		part, err := c.br.ReadSlice('\n')
		b = append(b, part...)
		if err == nil {
			return strings.TrimRight(string(b), "\r\n"), true
		}
		if err != bufio.ErrBufferFull {
			return "", false
		}
	}
	c.write("500 5.5.2 Line too long")
	return "", false
}

func (c *smtpSession) write(reply string) bool {
	line := []byte(reply + "\r\n")
	if f := c.spoil; f != nil {
		c.spoil = nil
		if f.do == cut {
			_, _ = c.conn.Write(line[:min(f.octets, len(line))]) // closed either way
			c.wire.Close()
			return false
		}
		line = append(line, line...)
	}
	_, err := c.conn.Write(line)
	return err == nil
}

// say answers a phase, unless a fault does. Where a fault answers instead, the
// caller must not do what was asked: ask allowed first when that matters.
func (c *smtpSession) say(at Phase, arg, reply string) bool {
	goOn, _ := c.allowed(at, arg)
	return goOn && c.write(reply)
}

// allowed lets a fault strike. goOn is false when the conversation is over;
// refused is true when the fault has answered already.
func (c *smtpSession) allowed(at Phase, arg string) (goOn, refused bool) {
	f, ok := c.wire.port.strike(at, arg)
	if !ok {
		return true, false
	}
	return c.apply(f)
}

func (c *smtpSession) apply(f Fault) (goOn, refused bool) {
	switch f.do {
	case answer:
		return c.write(f.text) && !strings.HasPrefix(f.text, "421"), true
	case blankLine:
		return c.write(""), false
	case cut, repeat:
		c.spoil = &f
		return true, false
	}
	return c.wire.play(f), false
}

func (c *smtpSession) command(line string) bool {
	verb, arg, _ := strings.Cut(line, " ")
	verb = strings.ToUpper(verb)
	if verb == "AUTH" {
		c.wire.port.hear(verb)
	} else {
		c.wire.port.hear(line)
	}
	switch verb {
	case "EHLO", "HELO":
		return c.ehlo(verb)
	case "STARTTLS":
		return c.startTLS()
	case "AUTH":
		return c.auth(arg)
	case "MAIL":
		return c.mail(arg)
	case "RCPT":
		return c.rcpt(arg)
	case "DATA":
		return c.data()
	case "RSET":
		c.forget()
		return c.write("250 2.0.0 Forgotten")
	case "NOOP":
		return c.write("250 2.0.0 Fine")
	case "QUIT":
		c.say(Quit, "", "221 2.0.0 Bye")
		return false
	}
	return c.write("500 5.5.1 Unknown command")
}

func (c *smtpSession) forget() { c.from, c.mailed, c.to = "", false, nil }

func (c *smtpSession) ehlo(verb string) bool {
	if goOn, refused := c.allowed(EHLO, ""); !goOn || refused {
		return goOn
	}
	c.forget()
	if verb == "HELO" {
		return c.write("250 loopback.example")
	}
	offers := []string{"PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", fmt.Sprintf("SIZE %d", c.srv.opts.MaxBytes)}
	if c.srv.opts.Security == STARTTLS && !c.secure {
		offers = append(offers, "STARTTLS")
	}
	if c.mayAuth() {
		offers = append(offers, "AUTH "+strings.Join(c.srv.opts.mechanisms("PLAIN", "LOGIN"), " "))
	}
	lines := []string{"loopback.example"}
	for _, o := range offers {
		if name, _, _ := strings.Cut(o, " "); !c.wire.port.hides(name) {
			lines = append(lines, o)
		}
	}
	var b strings.Builder
	for i, l := range lines {
		sep := "-"
		if i == len(lines)-1 {
			sep = " "
		}
		b.WriteString("250" + sep + l + "\r\n")
	}
	return c.write(strings.TrimSuffix(b.String(), "\r\n"))
}

func (c *smtpSession) mail(arg string) bool {
	if goOn, refused := c.allowed(Mail, ""); !goOn || refused {
		return goOn
	}
	addr, ok := path(arg, "FROM:")
	switch {
	case c.user == "":
		return c.write("530 5.7.0 Authentication required")
	case c.mailed:
		return c.write("503 5.5.1 One MAIL at a time")
	case !ok:
		return c.write("501 5.1.7 Bad sender address")
	}
	c.from, c.mailed = addr, true
	return c.write("250 2.1.0 Sender ok")
}

func (c *smtpSession) rcpt(arg string) bool {
	addr, ok := path(arg, "TO:")
	if goOn, refused := c.allowed(Rcpt, addr); !goOn || refused {
		return goOn
	}
	switch {
	case !c.mailed:
		return c.write("503 5.5.1 MAIL first")
	case !ok || addr == "":
		return c.write("501 5.1.3 Bad recipient address")
	}
	c.to = append(c.to, addr)
	return c.write("250 2.1.5 Recipient ok")
}

// path takes the address out of "FROM:<a@b> SIZE=1".
func path(arg, keyword string) (string, bool) {
	if len(arg) < len(keyword) || !strings.EqualFold(arg[:len(keyword)], keyword) {
		return "", false
	}
	rest := strings.TrimLeft(arg[len(keyword):], " ")
	addr, params, closed := strings.Cut(strings.TrimPrefix(rest, "<"), ">")
	if !strings.HasPrefix(rest, "<") || !closed || params != "" && params[0] != ' ' || strings.ContainsAny(addr, " <\t") {
		return "", false
	}
	return addr, true
}
