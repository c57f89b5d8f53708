package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"strconv"
)

// Dialer opens a TCP connection; net.Dialer.DialContext is one.
type Dialer func(ctx context.Context, network, address string) (net.Conn, error)

// endpoint is where a server is and how it is to be spoken to.
type endpoint struct {
	host     string
	port     int
	security Security
	roots    *x509.CertPool // nil: the machine's own
	dial     Dialer
}

func (e endpoint) String() string { return e.host }

// connect opens a connection that is ready for its first command: encrypted and verified, or plain
// on loopback. p says in which words the server is asked for STARTTLS. It ends within
// limits.Connect, and at once when ctx ends.
func connect(ctx context.Context, e endpoint, p prelude, limits Limits) (*link, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, limits.Connect, errSilent)
	defer cancel()

	raw, err := e.dial(ctx, "tcp", net.JoinHostPort(e.host, strconv.Itoa(e.port)))
	if err != nil {
		return nil, wireError(e.host, causeOf(ctx, err))
	}
	stop := context.AfterFunc(ctx, func() { raw.Close() })
	l, err := secure(ctx, e, raw, p)
	if !stop() && err == nil {
		err = context.Cause(ctx)
	}
	if err != nil {
		raw.Close()
		return nil, wireError(e.host, causeOf(ctx, err))
	}
	return l, nil
}

func secure(ctx context.Context, e endpoint, raw net.Conn, p prelude) (*link, error) {
	preface := ""
	switch e.security {
	case Plain:
		if !loopback(raw) {
			return nil, &Error{Kind: TLS, Sentence: e.host + " is not this machine, so stoke speaks to it only with encryption. Set security to tls or starttls in the config."}
		}
		return newLink(raw, raw, preface), nil
	case StartTLS:
		if err := p.upgrade(raw, e.host); err != nil {
			return nil, err
		}
		preface = p.preface
	}
	conn := tls.Client(raw, tlsConfig(e.host, e.roots))
	if err := conn.HandshakeContext(ctx); err != nil {
		return nil, err
	}
	return newLink(conn, raw, preface), nil
}

// causeOf prefers the reason why ctx ended to the error that its end provoked.
func causeOf(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}
