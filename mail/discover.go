package mail

import (
	"context"
	"errors"
	"net"
	"strings"
	"time"

	"stoke/mail/mime"
	"stoke/model"
	"stoke/model/config"
)

// Resolver is what Discover asks of DNS; *net.Resolver is one.
type Resolver interface {
	LookupSRV(ctx context.Context, service, proto, name string) (cname string, addrs []*net.SRV, err error)
	LookupMX(ctx context.Context, name string) ([]*net.MX, error)
}

// dnsTime is how long DNS may take in all.
const dnsTime = 10 * time.Second

// Discover looks for the servers of an address: a known provider, by the domain or by its MX, else, without a name, what
// the domain publishes (RFC 6186, RFC 8314). DNS is not to be trusted, so what it says is only ever shown
// to the rep, and the servers must prove by their certificate that they are who they were said to be.
func Discover(ctx context.Context, r Resolver, address string) (config.Provider, error) {
	addr, err := mime.CheckAddress(address)
	if err != nil {
		return config.Provider{}, model.Errorf(model.Invalid, "%q is no mail address.", words(address))
	}
	domain := addr[strings.LastIndexByte(addr, '@')+1:]
	if p, ok := config.ProviderOf(domain, nil); ok {
		return p, nil
	}
	ctx, cancel := context.WithTimeout(ctx, dnsTime)
	defer cancel()
	mx, err := r.LookupMX(ctx, domain)
	if offline(err) {
		return config.Provider{}, model.Errorf(model.Offline, "DNS cannot be asked about %s now. Check the network: %w", domain, err)
	}
	hosts := make([]string, len(mx))
	for i, m := range mx {
		hosts[i] = m.Host
	}
	if p, ok := config.ProviderOf(domain, hosts); ok {
		return p, nil
	}
	f := config.Provider{
		Says: "What " + domain + " publishes in DNS",
		IMAP: published(ctx, r, domain, service{"imaps", config.TLS}, service{"imap", config.StartTLS}),
		SMTP: published(ctx, r, domain, service{"submissions", config.TLS}, service{"submission", config.StartTLS}),
	}
	if f.IMAP.Host == "" && f.SMTP.Host == "" {
		return config.Provider{}, model.Errorf(model.NotFound, "%s publishes no mail servers, and its provider is none that stoke knows.", domain)
	}
	for _, s := range []config.Server{f.IMAP, f.SMTP} {
		if s.Host != "" && !strings.HasSuffix("."+s.Host, "."+domain) {
			f.Says += "; " + s.Host + " is not of that domain, so be sure that it is your provider's" // RFC 6186, section 6
			break
		}
	}
	return f, nil
}

type service struct {
	name     string
	security config.Security
}

// published is the first of the services that the domain has. A target of "." says that there is none.
func published(ctx context.Context, r Resolver, domain string, services ...service) config.Server {
	for _, s := range services {
		_, all, err := r.LookupSRV(ctx, s.name, "tcp", domain)
		if err != nil || len(all) == 0 { // the library sorts by priority and weight
			continue
		}
		host := strings.ToLower(strings.TrimSuffix(all[0].Target, "."))
		if _, err := mime.CheckAddress("x@" + host); host == "" || err != nil {
			continue
		}
		return config.Server{Host: host, Port: int(all[0].Port), Security: s.security}
	}
	return config.Server{}
}

// offline tells a DNS that did not answer from one that said no.
func offline(err error) bool {
	dns, ok := errors.AsType[*net.DNSError](err)
	return err != nil && (!ok || !dns.IsNotFound)
}
