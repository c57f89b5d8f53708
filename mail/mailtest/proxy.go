package mailtest

import (
	"bufio"
	"io"
	"net"
	"strings"
	"sync"
)

// Proxy stands before a server of somebody else and passes on what both sides
// say, with the switches of a Port: it cuts, stalls, withholds, repeats and
// lies at every phase of the conversation. Clients reach it in clear on the
// loopback; how the server behind it is reached is the dialer's affair.
//
// At AfterDot a fault that does not accept the mail keeps the final dot from
// the server.
type Proxy struct {
	*Port
	dial func() (net.Conn, error)

	mu      sync.Mutex
	servers map[net.Conn]struct{}
}

// SMTPProxy stands before a submission server. dial opens a connection that is
// ready for the greeting.
func SMTPProxy(dial func() (net.Conn, error)) (*Proxy, error) {
	p := &Proxy{dial: dial, servers: map[net.Conn]struct{}{}}
	return p, p.listen(p.relaySMTP)
}

// IMAPProxy stands before an IMAP server. dial opens a connection that is ready
// for the greeting.
func IMAPProxy(dial func() (net.Conn, error)) (*Proxy, error) {
	p := &Proxy{dial: dial, servers: map[net.Conn]struct{}{}}
	return p, p.listen(p.relayIMAP)
}

func (p *Proxy) listen(relay func(*wire, net.Conn)) (err error) {
	p.Port, err = openPort(func(w *wire) {
		defer w.Close()
		if f, ok := w.port.strike(Connect, ""); ok && !w.play(f) {
			return
		}
		server, err := p.dial()
		if err != nil {
			return
		}
		p.track(server, true)
		defer p.track(server, false)
		relay(w, server)
	})
	return err
}

// track closes a server's connection when it is let go.
func (p *Proxy) track(server net.Conn, on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if on {
		p.servers[server] = struct{}{}
		return
	}
	delete(p.servers, server)
	server.Close()
}

// Close ends every connection and returns when no goroutine is left.
func (p *Proxy) Close() {
	p.mu.Lock()
	for server := range p.servers {
		server.Close()
	}
	p.mu.Unlock()
	p.close()
}

// relayIMAP passes octets on; imapConn knows the commands among them.
func (p *Proxy) relayIMAP(w *wire, server net.Conn) {
	if f, ok := w.port.strike(Greeting, ""); ok {
		if f.do == answer {
			_, _ = io.WriteString(w, "* "+f.text+"\r\n") // closed either way
			return
		}
		if !w.play(f) {
			return
		}
	}
	c := newIMAPConn(w, w)
	var other sync.WaitGroup
	other.Go(func() {
		_, _ = io.Copy(server, c) // the end of either side is the end of both
		server.Close()
	})
	_, _ = io.Copy(c, server)
	w.Close()
	other.Wait()
}

// smtpRelay is one conversation: the client's side is that of a server, with
// the answers of the real one.
type smtpRelay struct {
	*smtpSession
	server net.Conn
	said   *bufio.Reader
}

func (p *Proxy) relaySMTP(w *wire, server net.Conn) {
	r := smtpRelay{&smtpSession{wire: w, conn: w, br: bufio.NewReader(w)}, server, bufio.NewReader(server)}
	at, goesOn := Greeting, true
	for goesOn {
		reply, ok := r.reply()
		if !ok {
			return
		}
		goOn, refused := r.allowed(at, "")
		begun := strings.HasPrefix(reply, "354")
		if !goOn || refused && begun || !refused && !r.write(reply) {
			return // a server that waits for a mail takes no other command
		}
		if begun && !r.body() {
			return
		}
		at, goesOn = r.ask(at, strings.HasPrefix(reply, "334"))
	}
}

// ask passes the client's next line on and says what it is about; within an
// AUTH it is more of the same.
func (r smtpRelay) ask(at Phase, more bool) (Phase, bool) {
	line, ok := r.line()
	if !ok {
		return at, false
	}
	if !more {
		verb, _, _ := strings.Cut(line, " ")
		at = smtpPhase[strings.ToUpper(verb)]
		r.wire.port.hear(strings.ToUpper(verb))
	}
	_, err := io.WriteString(r.server, line+"\r\n")
	return at, err == nil
}

// body passes a mail on up to its end, and the answer to it back.
func (r smtpRelay) body() bool {
	for first := true; ; first = false {
		line, err := r.br.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
		if _, err := io.WriteString(r.server, line); err != nil {
			return false
		}
		if first {
			if goOn, refused := r.allowed(Body, ""); !goOn || refused {
				return false
			}
		}
	}
	f, struck := r.wire.port.pick(AfterDot, "")
	reply := ""
	if !struck || f.accepted || f.do == late || f.do == blankLine {
		if _, err := io.WriteString(r.server, ".\r\n"); err != nil {
			return false
		}
		var ok bool
		if reply, ok = r.reply(); !ok {
			return false
		}
	}
	if struck {
		f.tell()
		if goOn, refused := r.apply(f); !goOn || refused {
			return goOn && reply != "" // a server that never saw the dot takes no further command
		}
	}
	return r.write(reply)
}

// reply reads one reply of the server, without its last CRLF.
func (r smtpRelay) reply() (string, bool) {
	var b strings.Builder
	for {
		line, err := r.said.ReadString('\n')
		if err != nil {
			return "", false
		}
		b.WriteString(line)
		if len(line) < 4 || line[3] != '-' {
			return strings.TrimRight(b.String(), "\r\n"), true
		}
	}
}

var smtpPhase = map[string]Phase{"EHLO": EHLO, "HELO": EHLO, "AUTH": Auth, "MAIL": Mail, "RCPT": Rcpt, "DATA": Data, "QUIT": Quit}
