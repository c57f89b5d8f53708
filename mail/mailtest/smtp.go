package mailtest

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"encoding/base64"
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
	_, err := c.conn.Write([]byte(reply + "\r\n"))
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
		offers = append(offers, "AUTH PLAIN LOGIN")
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

// mayAuth: with STARTTLS stripped the server offers AUTH in clear, as the
// attacker who strips it would.
func (c *smtpSession) mayAuth() bool {
	return c.secure || c.srv.opts.Security == Plain || c.wire.port.hides("STARTTLS")
}

func (c *smtpSession) startTLS() bool {
	if c.srv.opts.Security != STARTTLS || c.secure || c.wire.port.hides("STARTTLS") {
		return c.write("502 5.5.1 STARTTLS is not offered")
	}
	ready := "220 2.0.0 Go ahead"
	if f, ok := c.wire.port.strike(StartTLS, ""); ok {
		if f.do == inject {
			ready += "\r\n" + strings.TrimSuffix(f.text, "\r\n")
		} else if goOn, refused := c.apply(f); !goOn || refused {
			return goOn
		}
	}
	if !c.write(ready) || !c.handshake() {
		return false
	}
	c.br = bufio.NewReader(c.conn) // what came in clear behind STARTTLS is forgotten (RFC 3207 4.2)
	c.forget()
	c.user = ""
	return true
}

func (c *smtpSession) handshake() bool {
	if f, ok := c.wire.port.strike(TLS, ""); ok && !c.wire.play(f) {
		return false
	}
	c.wire.secret.Store(true)
	t := tls.Server(c.wire, c.srv.tls)
	if t.Handshake() != nil {
		return false
	}
	c.conn, c.secure = t, true
	return true
}

func (c *smtpSession) auth(arg string) bool {
	if !c.mayAuth() || c.wire.port.hides("AUTH") {
		return c.write("538 5.7.11 Encryption is required")
	}
	mech, initial, _ := strings.Cut(arg, " ")
	var name, password string
	var ok bool
	switch strings.ToUpper(mech) {
	case "PLAIN":
		var reply string
		if reply, ok = c.challenge("", initial); ok {
			parts := strings.Split(reply, "\x00")
			if ok = len(parts) == 3; ok {
				name, password = parts[1], parts[2]
			}
		}
	case "LOGIN":
		if name, ok = c.challenge("Username:", initial); ok {
			password, ok = c.challenge("Password:", "")
		}
	default:
		return c.write("504 5.5.4 Unknown mechanism")
	}
	if goOn, refused := c.allowed(Auth, ""); !goOn || refused {
		return goOn
	}
	if !ok || !c.srv.accounts.knows(name, password) {
		return c.write("535 5.7.8 Username and password not accepted")
	}
	c.user = strings.ToLower(name)
	return c.write("235 2.7.0 Welcome")
}

func (c *smtpSession) challenge(prompt, initial string) (string, bool) {
	if initial == "" {
		if !c.write("334 " + base64.StdEncoding.EncodeToString([]byte(prompt))) {
			return "", false
		}
		var ok bool
		if initial, ok = c.line(); !ok {
			return "", false
		}
	}
	b, err := base64.StdEncoding.DecodeString(initial)
	return string(b), err == nil
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

func (c *smtpSession) data() bool {
	if len(c.to) == 0 {
		return c.write("503 5.5.1 RCPT first")
	}
	if goOn, refused := c.allowed(Data, ""); !goOn || refused {
		return goOn
	}
	if !c.write("354 End with a dot") {
		return false
	}
	raw, tooBig, ok := c.body()
	if !ok {
		return false
	}
	f, struck := c.wire.port.strike(AfterDot, "")
	takes := !struck || f.accepted || f.do == late || f.do == blankLine
	d := Delivery{From: c.from, To: c.to, Raw: raw, At: c.srv.opts.Now()}
	user := c.user
	c.forget()
	if tooBig {
		return c.write("552 5.3.4 Mail is too big")
	}
	if takes {
		if err := c.srv.accept(user, d); err != nil {
			return c.write("451 4.3.0 Could not file the mail")
		}
	}
	if struck {
		if goOn, refused := c.apply(f); !goOn || refused {
			return goOn
		}
	}
	return c.write("250 2.0.0 Accepted")
}

// body reads up to the line that is a dot between two CRLF and takes the
// stuffed dots out (RFC 5321 4.5.2); no other octet is changed.
func (c *smtpSession) body() (raw []byte, tooBig, ok bool) {
	var b bytes.Buffer
	atStart, first := true, true
	for {
		part, err := c.br.ReadSlice('\n')
		if err != nil && err != bufio.ErrBufferFull {
			return nil, false, false
		}
		if atStart && string(part) == ".\r\n" {
			return b.Bytes(), tooBig, true
		}
		if atStart && part[0] == '.' {
			part = part[1:]
		}
		if b.Len()+len(part) <= c.srv.opts.MaxBytes {
			b.Write(part)
		} else {
			tooBig = true
		}
		// A CR and LF that a full buffer tore apart still end the line.
		atStart = bytes.HasSuffix(part, []byte("\r\n")) || string(part) == "\n" && bytes.HasSuffix(b.Bytes(), []byte("\r\n"))
		if first {
			first = false
			if goOn, refused := c.allowed(Body, ""); !goOn || refused {
				return nil, false, false
			}
		}
	}
}
