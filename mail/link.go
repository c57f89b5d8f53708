package mail

import (
	"errors"
	"net"
	"sync"
	"time"
)

var (
	errSilent = errors.New("no answer in time")
	errFlood  = errors.New("more data than was asked for")
	errLeft   = errors.New("stoke is leaving")
)

// link is one connection on which every wait ends. While something is awaited a watchdog runs; each
// byte that moves resets it, and when it fires the connection is closed, because neither go-imap
// nor the body writer of go-smtp has a deadline of its own.
//
// The watchdog closes the TCP connection below TLS: a TLS close would first try to write.
type link struct {
	net.Conn          // what is read and written: TLS, or plain text on loopback
	raw      net.Conn // the TCP connection below

	mu       sync.Mutex
	timer    *time.Timer
	patience time.Duration // 0: nothing is awaited, silence is fine
	budget   int64         // bytes that may still be read before the next await
	cause    error         // why this side closed it
	readErr  error         // what ended reading, other than our own closing
	preface  []byte        // read before anything from the wire
	last     byte          // the last byte read
	read     int64         // bytes read in all
}

func newLink(conn, raw net.Conn, preface string) *link {
	return &link{Conn: conn, raw: raw, preface: []byte(preface), budget: 1 << 20}
}

// await starts a wait: silence longer than patience, or more than budget bytes, closes the
// connection. A patience of 0 means that silence is fine (IDLE, or nobody is asking).
func (l *link) await(patience time.Duration, budget int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.patience, l.budget = patience, budget
	l.rearm()
}

func (l *link) rearm() {
	switch {
	case l.patience <= 0 || l.cause != nil:
		if l.timer != nil {
			l.timer.Stop()
		}
	case l.timer == nil:
		l.timer = time.AfterFunc(l.patience, l.bark)
	default:
		l.timer.Reset(l.patience)
	}
}

// bark is the watchdog. A timer that fired just before it was stopped finds nothing awaited.
func (l *link) bark() {
	l.mu.Lock()
	waiting := l.patience > 0
	l.mu.Unlock()
	if waiting {
		l.fail(errSilent)
	}
}

// fail closes the connection and remembers the first reason. It never blocks.
func (l *link) fail(cause error) {
	l.mu.Lock()
	if l.cause == nil {
		l.cause = cause
	}
	l.rearm()
	l.mu.Unlock()
	l.raw.Close()
}

// Close ends the connection without a word to the other side.
func (l *link) Close() error {
	l.fail(net.ErrClosed)
	return nil
}

// why is the best account of an error that came out of a library above: our own reason for closing,
// else what the socket said, else the error itself. go-imap flattens errors into text.
func (l *link) why(err error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case err == nil:
		return nil
	case l.cause != nil && l.cause != net.ErrClosed:
		return l.cause
	case l.readErr != nil:
		return l.readErr
	}
	return err
}

// broken reports whether the transport failed or was given up, as opposed to what was said over it.
// A library that closes it because it cannot parse an answer does not count.
func (l *link) broken() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cause != nil && l.cause != net.ErrClosed || l.readErr != nil
}

// heard is how many bytes were read so far and which one was the last.
func (l *link) heard() (n int64, last byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.read, l.last
}

func (l *link) Read(p []byte) (int, error) {
	l.mu.Lock()
	if len(l.preface) > 0 {
		n := copy(p, l.preface)
		l.preface = l.preface[n:]
		l.mu.Unlock()
		return n, nil
	}
	l.mu.Unlock()

	n, err := l.Conn.Read(p)

	l.mu.Lock()
	if n > 0 {
		l.read += int64(n)
		l.budget -= int64(n)
		l.last = p[n-1]
		l.rearm()
	}
	if err != nil && l.cause == nil && l.readErr == nil {
		l.readErr = err
	}
	flood := l.budget < 0
	l.mu.Unlock()
	if flood {
		l.fail(errFlood)
		return n, errFlood
	}
	return n, err
}

// chunk is how much is written at once, so that a slow line shows progress to the watchdog.
const chunk = 16 << 10

func (l *link) Write(p []byte) (int, error) {
	sent := 0
	for len(p) > 0 {
		n, err := l.Conn.Write(p[:min(len(p), chunk)])
		sent += n
		if err != nil {
			return sent, err
		}
		p = p[n:]
		l.mu.Lock()
		l.rearm()
		l.mu.Unlock()
	}
	return sent, nil
}
