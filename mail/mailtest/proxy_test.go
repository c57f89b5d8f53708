package mailtest_test

import (
	"net"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"stoke/mail/mailtest"
)

func behind(t *testing.T, open func(func() (net.Conn, error)) (*mailtest.Proxy, error), p *mailtest.Port) *mailtest.Proxy {
	t.Helper()
	proxy, err := open(func() (net.Conn, error) { return net.Dial("tcp", p.Addr()) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(proxy.Close)
	return proxy
}

// A proxy changes nothing until it is told to; then the server behind it holds what the fault promises.
func TestAProxyInFrontOfSMTP(t *testing.T) {
	for _, tt := range []struct {
		name      string
		fault     *mailtest.Fault
		says      string // of the error; "" is none
		delivered int
	}{
		{"nothing", nil, "", 1},
		{"421 at MAIL", ptr(mailtest.Reply(mailtest.Mail, "421 4.3.2 bye")), "421", 0},
		{"cut in 354", ptr(mailtest.Cut(mailtest.Data, 2)), "short|EOF", 0},
		{"RST in the body", ptr(mailtest.DropRST(mailtest.Body)), "reset|pipe|EOF", 0},
		{"FIN at the dot", ptr(mailtest.DropFIN(mailtest.AfterDot)), "EOF", 0},
		{"554 at the dot", ptr(mailtest.Reply(mailtest.AfterDot, "554 5.7.1 no")), "554", 0},
		{"accepted, RST", ptr(mailtest.AcceptThenRST()), "reset|EOF", 1},
		{"accepted, cut", ptr(mailtest.Cut(mailtest.AfterDot, 2)), "EOF|short", 1},
		{"accepted, told twice", ptr(mailtest.Repeat(mailtest.AfterDot)), "", 1},
		{"accepted, lied about", ptr(mailtest.AcceptThenReply("451 4.3.0 later")), "451", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := start(t)
			p := behind(t, mailtest.SMTPProxy, s.SMTP)
			if tt.fault != nil {
				p.Set(*tt.fault)
			}
			c := smtp.NewClient(dial(t, p.Port))
			if err := c.Hello("tester.example"); err != nil {
				t.Fatal(err)
			}
			if err := c.Auth(sasl.NewPlainClient("", rep, secret)); err != nil {
				t.Fatal(err)
			}
			says(t, submit(c, hello, mia), tt.says)
			if n := len(s.Deliveries()); n != tt.delivered {
				t.Errorf("%d deliveries", n)
			}
		})
	}
}

func ptr[T any](v T) *T { return &v }

// says checks an error for one of several wordings, parted by bars.
func says(t *testing.T, err error, want string) {
	t.Helper()
	if want == "" {
		if err != nil {
			t.Error(err)
		}
		return
	}
	if err == nil {
		t.Fatalf("no error, want %s", want)
	}
	for _, one := range strings.Split(want, "|") {
		if strings.Contains(err.Error(), one) {
			return
		}
	}
	t.Errorf("%v, want %s", err, want)
}

func TestAProxyInFrontOfIMAP(t *testing.T) {
	s := start(t)
	if err := s.Deliver(rep, "INBOX", []byte(hello)); err != nil {
		t.Fatal(err)
	}
	p := behind(t, mailtest.IMAPProxy, s.IMAP)
	open := func() (*imapclient.Client, error) {
		c := imapclient.New(dial(t, p.Port), nil)
		t.Cleanup(func() { c.Close() })
		return c, c.Login(rep, secret).Wait()
	}
	c, err := open()
	if err != nil {
		t.Fatal(err)
	}
	if d, err := c.Select("INBOX", nil).Wait(); err != nil || d.NumMessages != 1 {
		t.Errorf("%+v, %v", d, err)
	}
	p.Set(mailtest.Reply(mailtest.Login, "NO [UNAVAILABLE] later").Times(1), mailtest.Cut(mailtest.Select, 9).Times(1))
	if _, err := open(); err == nil || !strings.Contains(err.Error(), "later") {
		t.Errorf("a refused log-in: %v", err)
	}
	if c, err = open(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Select("INBOX", nil).Wait(); err == nil {
		t.Error("a cut answer was taken")
	}
	if heard := strings.Join(p.Heard(), "\n"); strings.Contains(heard, secret) || !strings.Contains(heard, "SELECT INBOX") {
		t.Errorf("heard %s", heard)
	}
}
