package mailtest

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// imapConn stands between a client and the IMAP server, inside TLS. It knows
// lines and literals, so a fault can strike at the command it is meant for.
type imapConn struct {
	net.Conn // wire, or TLS over it
	wire     *wire
	br       *bufio.Reader
	pending  []byte // of a line, on its way to the server
	literal  int64  // octets that follow and are no command

	mu       sync.Mutex // Write is called by the session and by IDLE's pushes
	swallow  bool       // drop the server's own greeting: ours was sent before TLS
	cutAfter int        // octets still let through; -1 is no limit
	twice    bool       // what is written next goes out two times
	deaf     bool       // go mute once IDLE is granted
	mute     bool
}

func newIMAPConn(c net.Conn, w *wire) *imapConn {
	return &imapConn{Conn: c, wire: w, br: bufio.NewReader(c), cutAfter: -1}
}

func (c *imapConn) Read(p []byte) (int, error) {
	for len(c.pending) == 0 {
		if c.literal > 0 {
			n, err := c.br.Read(p[:min(int64(len(p)), c.literal)])
			c.literal -= int64(n)
			return n, err
		}
		if err := c.next(); err != nil {
			return 0, err
		}
	}
	n := copy(p, c.pending)
	c.pending = c.pending[n:]
	return n, nil
}

// next reads one line and passes it on, unless a fault keeps it.
func (c *imapConn) next() error {
	line, err := c.br.ReadString('\n')
	if err != nil {
		return err
	}
	if c.isMute() {
		c.wire.hush()
		return net.ErrClosed
	}
	c.literal = literalSize(line)
	tag, name, heard := imapCommand(line)
	if name == "" {
		c.pending = []byte(line)
		return nil
	}
	c.wire.port.hear(heard)
	if c.wire.port.hides(name) {
		return c.refuse(line, tag+" BAD Unknown command")
	}
	if name == "IDLE" {
		if f, ok := c.wire.port.strike(Idling, ""); ok && f.do == silent {
			c.mu.Lock()
			c.deaf = true
			c.mu.Unlock()
		}
	}
	if f, ok := c.wire.port.strike(imapPhase[name], ""); ok {
		if pass, err := c.apply(f, line, tag); !pass {
			return err
		}
	}
	c.pending = []byte(line)
	return nil
}

// apply performs a fault; pass says whether the command reaches the server.
func (c *imapConn) apply(f Fault, line, tag string) (pass bool, err error) {
	switch f.do {
	case answer:
		return false, c.refuse(line, tag+" "+f.text)
	case blankLine:
		return true, c.tell("")
	case cut:
		c.mu.Lock()
		defer c.mu.Unlock()
		c.cutAfter = f.octets
		return true, nil
	case repeat:
		c.mu.Lock()
		defer c.mu.Unlock()
		c.twice = true
		return true, nil
	case flood:
		for {
			if _, err := io.WriteString(c.Conn, f.text); err != nil {
				return false, err
			}
		}
	}
	if !c.wire.play(f) {
		return false, net.ErrClosed
	}
	return true, nil
}

// refuse answers in the server's place and forgets the command, with the
// literal that the client sends without waiting (RFC 7888).
func (c *imapConn) refuse(line, reply string) error {
	if strings.HasSuffix(strings.TrimRight(line, "\r\n"), "+}") {
		if _, err := io.CopyN(io.Discard, c.br, c.literal); err != nil {
			return err
		}
		if _, err := c.br.ReadString('\n'); err != nil {
			return err
		}
	}
	c.literal = 0
	return c.tell(reply)
}

func (c *imapConn) tell(line string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, err := io.WriteString(c.Conn, line+"\r\n")
	return err
}

func (c *imapConn) isMute() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.mute
}

func (c *imapConn) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := p
	if c.swallow {
		end := bytes.IndexByte(out, '\n')
		if end < 0 {
			return len(p), nil
		}
		c.swallow, out = false, out[end+1:]
	}
	if c.mute || len(out) == 0 {
		return len(p), nil
	}
	out = c.wire.port.withoutHidden(out)
	if c.deaf && out[0] == '+' {
		c.mute = true
	}
	if c.twice {
		c.twice, out = false, append(bytes.Clone(out), out...)
	}
	if c.cutAfter >= 0 {
		n := min(c.cutAfter, len(out))
		c.cutAfter -= n
		if _, err := c.Conn.Write(out[:n]); err != nil {
			return 0, err
		}
		if c.cutAfter == 0 {
			c.wire.Close()
			return 0, net.ErrClosed
		}
		return len(p), nil
	}
	if _, err := c.Conn.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

var imapPhase = map[string]Phase{
	"LOGIN": Login, "AUTHENTICATE": Login, "LIST": List, "SELECT": Select, "EXAMINE": Select,
	"FETCH": Fetch, "UID FETCH": Fetch, "SEARCH": Search, "UID SEARCH": Search,
	"IDLE": Idle, "APPEND": Append, "NOOP": Noop, "STARTTLS": StartTLS, "LOGOUT": Quit,
}

// imapCommand takes tag and name out of a line; heard is the line without
// secrets. name is empty for DONE and for the lines of an AUTHENTICATE.
func imapCommand(line string) (tag, name, heard string) {
	line = strings.TrimRight(line, "\r\n")
	f := strings.SplitN(line, " ", 4)
	if len(f) < 2 {
		return "", "", ""
	}
	tag, name = f[0], strings.ToUpper(f[1])
	rest := strings.Join(f[2:], " ")
	switch {
	case name == "UID" && len(f) > 2:
		name += " " + strings.ToUpper(f[2])
		rest = strings.Join(f[3:], " ")
	case name == "LOGIN" || name == "AUTHENTICATE":
		rest = ""
	}
	return tag, name, strings.TrimSpace(name + " " + rest)
}

var literalEnd = regexp.MustCompile(`\{(\d{1,18})\+?\}\r?\n$`)

func literalSize(line string) int64 {
	m := literalEnd.FindStringSubmatch(line)
	if m == nil {
		return 0
	}
	n, err := strconv.ParseInt(m[1], 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// withoutHidden takes hidden words out of a capability line.
func (p *Port) withoutHidden(b []byte) []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.hidden) == 0 || !bytes.HasPrefix(b, []byte("* CAPABILITY")) && !bytes.Contains(b, []byte("[CAPABILITY ")) {
		return b
	}
	for _, word := range p.hidden {
		for _, end := range []string{" ", "]", "\r\n"} {
			b = bytes.ReplaceAll(b, []byte(" "+word+end), []byte(end))
		}
	}
	return b
}
