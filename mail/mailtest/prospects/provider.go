package prospects

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"stoke/mail/mailtest"
	"stoke/model/sample"
)

// password opens the demo's only mailbox, on loopback servers that live as long as the demo.
const password = "demo"

// Provider is the demo's mail provider with its town, and a folder with all that the demo's rep keeps.
type Provider struct {
	*mailtest.Server
	Dir    string // thrown away by Close
	Config string // the file; it lies in Dir
	town   *Town
}

// Open starts the loopback servers and the people behind them, and writes the rep's config.
func Open(now func() time.Time) (_ *Provider, err error) {
	p := &Provider{}
	if p.Dir, err = os.MkdirTemp("", "stoke-demo-*"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(p.Dir))
		}
	}()
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
	p.Config = filepath.Join(p.Dir, "config.toml")
	if err := os.WriteFile(p.Config, []byte(p.config()), 0o600); err != nil {
		p.town.Close()
		p.Server.Close()
		return nil, err
	}
	return p, nil
}

// Close ends the town first, so that nobody speaks to a server that is gone.
func (p *Provider) Close() error {
	p.town.Close()
	p.Server.Close()
	return os.RemoveAll(p.Dir)
}

// config is a config file for the demo's rep on these servers.
func (p *Provider) config() string {
	server := func(kind, addr string) string {
		host, port, _ := net.SplitHostPort(addr)
		return fmt.Sprintf("[account.%s]\nhost = %q\nport = %s\nsecurity = \"none\"\n", kind, host, port)
	}
	return fmt.Sprintf("name = %q\ncompany = \"Acme\"\n\n[[account]]\nname = \"demo\"\naddress = %q\nuser = %q\npassword = %q\nallow_plaintext = true\n\n%s\n%s",
		sample.Me.Name, sample.Me.Addr, sample.Me.Addr, password, server("imap", p.IMAP.Addr()), server("smtp", p.SMTP.Addr()))
}
