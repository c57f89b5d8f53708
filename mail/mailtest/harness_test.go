package mailtest_test

import (
	"context"
	"crypto/tls"
	"net"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"go.uber.org/goleak"

	"stoke/mail/mailtest"
)

const (
	rep    = "rep@stoke.example"
	mia    = "mia@stoke.example"
	secret = "correct horse"
	hello  = "From: <rep@stoke.example>\r\nTo: <ana@acme.example>\r\nSubject: Hello\r\n\r\nHello Ana.\r\n"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func start(t *testing.T, change ...func(*mailtest.Options)) *mailtest.Server {
	t.Helper()
	o := mailtest.Options{Users: []mailtest.User{{rep, secret}, {mia, secret}}, Now: time.Now}
	for _, c := range change {
		c(&o)
	}
	s, err := mailtest.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func secured(by mailtest.Security) func(*mailtest.Options) {
	return func(o *mailtest.Options) { o.Security = by }
}

// patient is how long a test waits for something that must happen.
func patient(t *testing.T) context.Context {
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(stop)
	return ctx
}

func trusting(s *mailtest.Server) *tls.Config {
	return &tls.Config{RootCAs: s.CertPool(), ServerName: "localhost"}
}

// smtpClient is logged in and ready for MAIL.
func smtpClient(t *testing.T, s *mailtest.Server) *smtp.Client {
	t.Helper()
	c := smtpDial(t, s)
	if err := c.Auth(sasl.NewPlainClient("", rep, secret)); err != nil {
		t.Fatal(err)
	}
	return c
}

func smtpDial(t *testing.T, s *mailtest.Server) *smtp.Client {
	t.Helper()
	c := smtp.NewClient(dial(t, s.SMTP))
	if err := c.Hello("tester.example"); err != nil {
		t.Fatal(err)
	}
	return c
}

func dial(t *testing.T, p *mailtest.Port) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", p.Addr())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// submit sends hello to these recipients; err is the first thing that failed.
func submit(c *smtp.Client, raw string, to ...string) error {
	if err := c.Mail(rep, nil); err != nil {
		return err
	}
	for _, a := range to {
		if err := c.Rcpt(a, nil); err != nil {
			return err
		}
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write([]byte(raw)); err != nil {
		return err
	}
	return w.Close()
}

func imapClient(t *testing.T, s *mailtest.Server, o *imapclient.Options) *imapclient.Client {
	t.Helper()
	c := imapclient.New(dial(t, s.IMAP), o)
	t.Cleanup(func() { c.Close() })
	return c
}

func loggedIn(t *testing.T, s *mailtest.Server, o *imapclient.Options) *imapclient.Client {
	t.Helper()
	c := imapClient(t, s, o)
	if err := c.Login(rep, secret).Wait(); err != nil {
		t.Fatal(err)
	}
	return c
}

// staysSilent reports that call gives no answer while its connection is open,
// and that it ends once the connection is closed. The fault says that it
// struck, so nothing here depends on how long one waits.
func staysSilent(t *testing.T, struck <-chan struct{}, call func() error, hangUp func()) {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- call() }()
	select {
	case <-struck:
	case err := <-done:
		t.Fatalf("an answer came before the fault struck: %v", err)
	}
	select {
	case err := <-done:
		t.Fatalf("the server was to be silent and the call ended: %v", err)
	case <-time.After(30 * time.Millisecond):
	}
	hangUp()
	if err := <-done; err == nil {
		t.Fatal("the call ended well on a closed connection")
	}
}
