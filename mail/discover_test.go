package mail

import (
	"context"
	"net"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"stoke/model"
	"stoke/model/config"
)

// nameServer answers on the loopback from a table of "type name" to targets; an SRV target is
// "priority port host".
func nameServer(t *testing.T, table map[string][]dnsmessage.ResourceBody) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	t.Cleanup(func() {
		conn.Close()
		<-done
	})
	go func() {
		defer close(done)
		buf := make([]byte, 2048)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(buf[:n]) != nil || len(m.Questions) != 1 {
				continue
			}
			q := m.Questions[0]
			m.Header = dnsmessage.Header{ID: m.ID, Response: true, RecursionAvailable: true, RCode: dnsmessage.RCodeNameError}
			m.Additionals = nil
			for _, body := range table[strings.TrimPrefix(q.Type.String(), "Type")+" "+strings.ToLower(q.Name.String())] {
				m.RCode = dnsmessage.RCodeSuccess
				m.Answers = append(m.Answers, dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 60}, Body: body})
			}
			if out, err := m.Pack(); err == nil {
				_, _ = conn.WriteTo(out, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func TestTheServersOfAnAddress(t *testing.T) {
	name := dnsmessage.MustNewName
	r := nameServer(t, map[string][]dnsmessage.ResourceBody{
		"MX acme.example.":                   {&dnsmessage.MXResource{Pref: 1, MX: name("aspmx.l.google.com.")}},
		"MX office.example.":                 {&dnsmessage.MXResource{Pref: 1, MX: name("office-example.mail.protection.outlook.com.")}},
		"MX own.example.":                    {&dnsmessage.MXResource{Pref: 1, MX: name("mx.own.example.")}},
		"SRV _imaps._tcp.own.example.":       {&dnsmessage.SRVResource{Priority: 20, Port: 1, Target: name("late.own.example.")}, &dnsmessage.SRVResource{Priority: 10, Port: 993, Target: name("IMAP.own.example.")}},
		"SRV _submissions._tcp.own.example.": {&dnsmessage.SRVResource{Port: 465, Target: name("smtp.own.example.")}},
		"SRV _imaps._tcp.old.example.":       {&dnsmessage.SRVResource{Target: name(".")}},
		"SRV _imap._tcp.old.example.":        {&dnsmessage.SRVResource{Port: 143, Target: name("mail.host.example.")}},
		"SRV _submission._tcp.old.example.":  {&dnsmessage.SRVResource{Port: 587, Target: name("mail.host.example.")}},
		"SRV _imaps._tcp.strange.example.":   {&dnsmessage.SRVResource{Port: 993, Target: name(`x"; rm -rf.example.`)}},
	})
	for address, want := range map[string]struct {
		preset, says string
		imap, smtp   config.Server
	}{
		"robin@gmail.com":      {"gmail", "Gmail", config.Server{Host: "imap.gmail.com", Port: 993, Security: config.TLS}, config.Server{Host: "smtp.gmail.com", Port: 465, Security: config.TLS}},
		"robin@ACME.example":   {"gmail", "Gmail", config.Server{Host: "imap.gmail.com", Port: 993, Security: config.TLS}, config.Server{Host: "smtp.gmail.com", Port: 465, Security: config.TLS}},
		"robin@office.example": {"microsoft365", "Microsoft 365", config.Server{Host: "outlook.office365.com", Port: 993, Security: config.TLS}, config.Server{Host: "smtp.office365.com", Port: 587, Security: config.StartTLS}},
		"robin@own.example":    {"", "own.example publishes", config.Server{Host: "imap.own.example", Port: 993, Security: config.TLS}, config.Server{Host: "smtp.own.example", Port: 465, Security: config.TLS}},
		"robin@old.example":    {"", "is not of that domain", config.Server{Host: "mail.host.example", Port: 143, Security: config.StartTLS}, config.Server{Host: "mail.host.example", Port: 587, Security: config.StartTLS}},
	} {
		f, err := Discover(testContext(t), r, address)
		if err != nil || f.Name != want.preset || f.IMAP != want.imap || f.SMTP != want.smtp || !strings.Contains(f.Says, want.says) {
			t.Errorf("%s: %+v, %v", address, f, err)
		}
	}
	for address, code := range map[string]model.Code{"robin@nobody.example": model.NotFound, "robin@strange.example": model.NotFound, "robin": model.Invalid} {
		if f, err := Discover(testContext(t), r, address); model.CodeOf(err) != code {
			t.Errorf("%s: %+v, %v", address, f, err)
		}
	}
	away := &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) { return nil, net.ErrClosed }}
	if f, err := Discover(testContext(t), away, "robin@icloud.com"); f.Name != "icloud" || err != nil {
		t.Errorf("known without DNS: %+v, %v", f, err)
	}
	if _, err := Discover(testContext(t), away, "robin@acme.example"); model.CodeOf(err) != model.Offline {
		t.Errorf("offline: %v", err)
	}
}
