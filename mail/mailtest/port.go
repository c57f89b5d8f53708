package mailtest

import (
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
)

// Port is one listening side of the server, with its switches. They may be
// turned at any time and count from the next phase of every conversation.
type Port struct {
	host  string
	serve func(*wire)

	mu     sync.Mutex
	ln     net.Listener
	wires  map[*wire]struct{}
	faults []*Fault
	hidden []string
	plain  []byte
	heard  []string
	closed bool
	work   sync.WaitGroup
}

func openPort(serve func(*wire)) (*Port, error) {
	p := &Port{serve: serve, wires: map[*wire]struct{}{}}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listening on the loopback: %w", err)
	}
	p.host = ln.Addr().String()
	p.listen(ln)
	return p, nil
}

// Addr is host:port; it stays the same for the life of the server.
func (p *Port) Addr() string { return p.host }

// Set turns these faults on in addition to those that are on; where several
// fit a phase the first set strikes.
func (p *Port) Set(faults ...Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range faults {
		p.faults = append(p.faults, &f)
	}
}

// Clear turns all faults off and shows all hidden capabilities again;
// conversations that are already silent stay so.
func (p *Port) Clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults, p.hidden = nil, nil
}

// Hide leaves these capabilities (IDLE, STARTTLS, 8BITMIME, ...) out of what
// the server offers, and refuses the command of that name.
func (p *Port) Hide(capabilities ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range capabilities {
		p.hidden = append(p.hidden, strings.ToUpper(c))
	}
}

func (p *Port) hides(capability string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Contains(p.hidden, strings.ToUpper(capability))
}

// Refuse stops listening, so that the system answers "connection refused";
// Refuse(false) listens again on the same port.
func (p *Port) Refuse(on bool) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.closed:
		return net.ErrClosed
	case on && p.ln != nil:
		err := p.ln.Close()
		p.ln = nil
		return err
	case !on && p.ln == nil:
		ln, err := net.Listen("tcp", p.host)
		if err != nil {
			return fmt.Errorf("listening again: %w", err)
		}
		p.listen(ln)
	}
	return nil
}

// Drop closes every open connection, as a restart of the server does.
func (p *Port) Drop() {
	for _, w := range p.open() {
		w.Close()
	}
}

// PlainOctets is everything clients ever sent to this port in clear.
func (p *Port) PlainOctets() []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.plain)
}

// Heard is every command that clients sent, in order, without what comes
// behind LOGIN, AUTHENTICATE and AUTH.
func (p *Port) Heard() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.heard)
}

func (p *Port) hear(command string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.heard = append(p.heard, command)
}

// strike takes the first fault that fits. arg is the recipient at Rcpt.
func (p *Port) strike(at Phase, arg string) (Fault, bool) {
	f, ok := p.pick(at, arg)
	if ok {
		f.tell()
	}
	return f, ok
}

// pick is strike without telling OnStrike.
func (p *Port) pick(at Phase, arg string) (Fault, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, f := range p.faults {
		if f.at != at || f.rcpt != "" && !strings.EqualFold(f.rcpt, arg) {
			continue
		}
		if f.times == 1 {
			p.faults = slices.Delete(p.faults, i, i+1)
		} else if f.times > 1 {
			f.times--
		}
		return *f, true
	}
	return Fault{}, false
}

func (p *Port) open() []*wire {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := make([]*wire, 0, len(p.wires))
	for w := range p.wires {
		out = append(out, w)
	}
	return out
}

func (p *Port) listen(ln net.Listener) {
	p.ln = ln
	p.work.Go(func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			w := &wire{TCPConn: c.(*net.TCPConn), port: p, gone: make(chan struct{})}
			if !p.track(w) {
				w.Close()
				return
			}
			p.work.Go(func() { p.serve(w) })
		}
	})
}

func (p *Port) track(w *wire) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return false
	}
	p.wires[w] = struct{}{}
	return true
}

func (p *Port) close() {
	p.mu.Lock()
	p.closed = true
	if p.ln != nil {
		p.ln.Close()
		p.ln = nil
	}
	p.mu.Unlock()
	p.Drop()
	p.work.Wait()
}
