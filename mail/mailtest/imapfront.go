package mailtest

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"net"
	"strings"
	"sync"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
)

// serveIMAP does what comes before the session: greeting, STARTTLS, the TLS
// handshake. Then it hands the connection to the IMAP server.
func (s *Server) serveIMAP(w *wire) {
	conn, greeted, ok := s.imapFront(w)
	if !ok {
		w.Close()
		return
	}
	c := newIMAPConn(conn, w)
	c.swallow = greeted
	if !s.handOver(c) {
		w.Close()
	}
}

// greeting is what a cut or repeated first line begins with.
const greeting = "* OK loopback ready\r\n"

func (s *Server) imapFront(w *wire) (conn net.Conn, greeted, ok bool) {
	if f, hit := w.port.strike(Connect, ""); hit && !w.play(f) {
		return nil, false, false
	}
	conn = w
	if s.opts.Security == ImplicitTLS {
		if conn, ok = s.imapHandshake(w); !ok {
			return nil, false, false
		}
	}
	if f, hit := w.port.strike(Greeting, ""); hit {
		if f.do == answer {
			fmt.Fprintf(conn, "* %s\r\n", f.text)
			return nil, false, false
		}
		switch {
		case f.do == blankLine:
			fmt.Fprint(conn, "\r\n")
		case f.do == cut:
			fmt.Fprint(conn, greeting[:min(f.octets, len(greeting))])
			return nil, false, false
		case f.do == repeat:
			fmt.Fprint(conn, greeting)
		case !w.play(f):
			return nil, false, false
		}
	}
	if s.opts.Security != STARTTLS || s.preauthUser() != "" {
		return conn, false, true
	}
	conn, ok = s.imapClear(w)
	return conn, true, ok
}

func (s *Server) imapHandshake(w *wire) (net.Conn, bool) {
	if f, hit := w.port.strike(TLS, ""); hit && !w.play(f) {
		return nil, false
	}
	w.secret.Store(true)
	t := tls.Server(w, s.tls)
	return t, t.Handshake() == nil
}

// imapClear speaks the clear-text part of a STARTTLS session (RFC 9051 6.2.1).
func (s *Server) imapClear(w *wire) (net.Conn, bool) {
	caps := func() string {
		if w.port.hides("STARTTLS") {
			return "CAPABILITY IMAP4rev1 AUTH=PLAIN" // what the attacker who strips it shows
		}
		return "CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED"
	}
	fmt.Fprintf(w, "* OK [%s] loopback ready\r\n", caps())
	br := bufio.NewReader(w)
	for {
		line, err := br.ReadString('\n')
		if err != nil {
			return nil, false
		}
		tag, name, heard := imapCommand(line)
		w.port.hear(heard)
		reply := "NO [PRIVACYREQUIRED] Encryption is required"
		f, hit := w.port.strike(imapPhase[name], "")
		switch {
		case hit && f.do == answer:
			reply = f.text
		case hit && f.do == cut:
			fmt.Fprint(w, (tag + " OK Begin")[:min(f.octets, len(tag)+9)])
			return nil, false
		case hit && f.do != inject && !w.play(f):
			return nil, false
		case name == "CAPABILITY":
			reply = "OK Done"
			fmt.Fprintf(w, "* %s\r\n", caps())
		case name == "NOOP":
			reply = "OK Done"
		case name == "LOGOUT":
			fmt.Fprintf(w, "* BYE\r\n%s OK Bye\r\n", tag)
			return nil, false
		case name == "STARTTLS" && !w.port.hides("STARTTLS"):
			extra := ""
			if hit && f.do == inject {
				extra = strings.TrimSuffix(f.text, "\r\n") + "\r\n"
			}
			fmt.Fprintf(w, "%s OK Begin\r\n%s", tag, extra)
			return s.imapHandshake(w)
		}
		fmt.Fprintf(w, "%s %s\r\n", tag, reply)
	}
}

// handed is the listener through which connections reach the IMAP server.
type handed struct {
	conns   chan net.Conn
	done    chan struct{}
	once    sync.Once
	serving chan struct{} // closed at the first Accept: closing an IMAP server that has not begun is a race
}

func newHanded() *handed {
	return &handed{conns: make(chan net.Conn), done: make(chan struct{}), serving: make(chan struct{})}
}

func (h *handed) Accept() (net.Conn, error) {
	h.once.Do(func() { close(h.serving) })
	select {
	case c := <-h.conns:
		return c, nil
	case <-h.done:
		return nil, net.ErrClosed
	}
}

func (h *handed) Close() error   { close(h.done); return nil }
func (h *handed) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

// handOver counts the session until it ends, so that Close can wait for it.
func (s *Server) handOver(c net.Conn) bool {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return false
	}
	s.sessions.Add(1)
	s.mu.Unlock()
	select {
	case s.handed.conns <- c:
		return true
	case <-s.handed.done:
		s.sessions.Done()
		return false
	}
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}

func (s *Server) newIMAPServer() *imapserver.Server {
	return imapserver.New(&imapserver.Options{
		NewSession: func(c *imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			session := &imapSession{server: s, accounts: s.accounts, ended: s.sessions.Done}
			_, fromOutside := c.NetConn().(*imapConn)
			if user := s.preauthUser(); fromOutside && user != "" {
				return session, &imapserver.GreetingData{PreAuth: session.enter(user)}, nil
			}
			return session, nil, nil
		},
		Caps: imap.CapSet{
			imap.CapIMAP4rev1: {}, imap.CapUIDPlus: {}, imap.CapMove: {}, imap.CapSpecialUse: {}, imap.CapNamespace: {},
			imap.CapESearch: {}, imap.CapListExtended: {}, imap.CapListStatus: {},
		},
		Logger:       quiet{},
		InsecureAuth: true, // who may log in was settled before the handover
	})
}
