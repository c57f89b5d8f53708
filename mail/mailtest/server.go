package mailtest

import (
	"crypto/tls"
	"crypto/x509"
	"strings"
	"sync"

	"github.com/emersion/go-imap/v2/imapserver"
)

// Server is one running provider.
type Server struct {
	// IMAP and SMTP are the two ports and their switches.
	IMAP, SMTP *Port

	opts     Options
	ca       *authority
	tls      *tls.Config
	accounts accounts
	log      *deliveries
	handed   *handed
	imap     *imapserver.Server
	serving  sync.WaitGroup // the IMAP accept loop
	sessions sync.WaitGroup // IMAP sessions

	mu      sync.Mutex
	preauth string
	closed  bool
}

// Start makes the users and their mailboxes and listens on two free ports of
// 127.0.0.1. The caller must Close it.
func Start(o Options) (*Server, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = defaultMaxBytes
	}
	ca, err := newAuthority()
	if err != nil {
		return nil, err
	}
	cert, err := ca.leaf(o.Certificate)
	if err != nil {
		return nil, err
	}
	s := &Server{opts: o, ca: ca, tls: o.tlsConfig(cert), accounts: accounts{}}
	for _, u := range o.Users {
		a, err := newAccount(u)
		if err != nil {
			return nil, err
		}
		s.accounts[strings.ToLower(u.Address)] = a
	}
	if err := s.run(); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Server) run() (err error) {
	s.handed = newHanded()
	s.log = newDeliveries(s.opts.OnDelivery)
	s.imap = s.newIMAPServer()
	s.serving.Go(func() { _ = s.imap.Serve(s.handed) }) // ends with Close, which has nothing to report
	<-s.handed.serving
	if s.IMAP, err = openPort(s.serveIMAP); err != nil {
		s.Close()
		return err
	}
	if s.SMTP, err = openPort(s.serveSMTP); err != nil {
		s.Close()
		return err
	}
	return nil
}

// Close ends every conversation and waits for all goroutines of the server;
// deliveries and their order stay readable. A second Close does nothing.
func (s *Server) Close() {
	s.mu.Lock()
	again := s.closed
	s.closed = true
	s.mu.Unlock()
	if again {
		return
	}
	for _, p := range []*Port{s.IMAP, s.SMTP} {
		if p != nil {
			p.close()
		}
	}
	s.imap.Close()
	s.serving.Wait()
	s.sessions.Wait()
	s.log.close()
}

// CertPool trusts the server's CA.
func (s *Server) CertPool() *x509.CertPool { return s.ca.pool() }

// CAPEM is the CA certificate as PEM.
func (s *Server) CAPEM() []byte { return s.ca.pem }

// Preauth greets IMAP clients with PREAUTH as this user, without TLS where the
// server uses STARTTLS; "" turns it off.
func (s *Server) Preauth(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.preauth = user
}

func (s *Server) preauthUser() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.preauth
}
