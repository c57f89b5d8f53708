package prospects

import (
	"fmt"
	"net"
	"time"

	"stoke/mail/mailtest"
	"stoke/model/sample"
)

// password opens the demo's only mailbox, on loopback servers that live as long as the demo.
const password = "demo"

// Provider is the demo's mail provider with its town.
type Provider struct {
	*mailtest.Server
	town *Town
}

// Open starts the loopback servers and the people behind them.
func Open(now func() time.Time) (*Provider, error) {
	p := &Provider{}
	ready := make(chan struct{})
	server, err := mailtest.Start(mailtest.Options{
		Users: []mailtest.User{{Address: sample.Me.Addr, Password: password}}, Now: now,
		OnDelivery: func(d mailtest.Delivery) { <-ready; p.town.Hear(d) },
	})
	if err != nil {
		return nil, err
	}
	p.Server, p.town = server, New(sample.Me.Addr, now, server.Deliver)
	close(ready)
	return p, nil
}

// Close ends the town first, so that nobody speaks to a server that is gone.
func (p *Provider) Close() {
	p.town.Close()
	p.Server.Close()
}

// Config is a config file for the demo's rep on these servers.
func (p *Provider) Config() string {
	server := func(kind, addr string) string {
		host, port, _ := net.SplitHostPort(addr)
		return fmt.Sprintf("[account.%s]\nhost = %q\nport = %s\nsecurity = \"none\"\n", kind, host, port)
	}
	return fmt.Sprintf("name = %q\ncompany = \"Acme\"\n\n[[account]]\nname = \"demo\"\naddress = %q\nuser = %q\npassword = %q\nallow_plaintext = true\n\n%s\n%s",
		sample.Me.Name, sample.Me.Addr, sample.Me.Addr, password, server("imap", p.IMAP.Addr()), server("smtp", p.SMTP.Addr()))
}
