package config

import (
	_ "embed"
	"fmt"
	"net/url"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"

	"github.com/BurntSushi/toml"
)

//go:embed providers.toml
var providersFile string

// Provider is what is known of a provider; providers.toml says what each field means and where it is from.
type Provider struct {
	Name         string // as preset names it
	Says         string // as people do
	Domains      []string
	MX           []string
	IMAP, SMTP   Server
	Mechanism    string
	Password     string
	SavesSent    bool `toml:"saves_sent"`
	Daily        int
	Idle         int
	PasswordsEnd string `toml:"passwords_end"`
	OAuth        OAuth
}

// OAuth is how an account gets its sign-in (RFC 6749). Without a ClientID there is none.
type OAuth struct {
	ClientID     string            `toml:"-"`
	ClientSecret string            `toml:"-"`
	AuthURL      string            `toml:"auth_url"`
	TokenURL     string            `toml:"token_url"`
	DeviceURL    string            `toml:"device_url"` // "": no device code
	Scopes       []string          `toml:"scopes"`
	Redirect     string            `toml:"redirect"` // a loopback address; "": 127.0.0.1 with a free port
	Params       map[string]string `toml:"params"`
}

// providers are read when the first preset is met: most starts need none of it.
var providers = sync.OnceValue(func() map[string]Provider {
	var all map[string]Provider
	if _, err := toml.Decode(providersFile, &all); err != nil {
		panic("providers.toml: " + err.Error()) // it is built in, and read by a test
	}
	for name, p := range all {
		p.Name = name
		all[name] = p
	}
	return all
})

// ProviderNamed is the provider of a preset.
func ProviderNamed(name string) (Provider, bool) {
	p, ok := providers()[name]
	return p, ok
}

// Presets are the names that preset takes, sorted.
func Presets() []string {
	var names []string
	for name := range providers() {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// ProviderOf guesses the provider of an address: by its domain, else by the MX hosts of that domain.
func ProviderOf(domain string, mx []string) (Provider, bool) {
	domain = strings.ToLower(domain)
	best, found, long := Provider{}, false, 0
	for _, name := range Presets() {
		p := providers()[name]
		if slices.Contains(p.Domains, domain) {
			return p, true
		}
		for _, host := range mx {
			host = "." + strings.TrimSuffix(strings.ToLower(host), ".")
			for _, end := range p.MX {
				if strings.HasSuffix(host, "."+end) && len(end) > long { // olc.protection… is nearer than protection…
					best, found, long = p, true, len(end)
				}
			}
		}
	}
	return best, found
}

// ProviderAt is the provider of a server's name.
func ProviderAt(host string) (Provider, bool) {
	for _, name := range Presets() {
		if p := providers()[name]; host != "" && strings.EqualFold(host, p.SMTP.Host) {
			return p, true
		}
	}
	return Provider{}, false
}

// preset fills an account with what its provider is known for; what the account says itself comes later and wins.
func (s *section) preset(a *Account) (Provider, bool) {
	var name string
	if !s.text("preset", &name) {
		return Provider{}, false
	}
	p, ok := ProviderNamed(name)
	if !ok {
		s.wrong("preset", "there is no preset %q%s It is one of %s.", name, meant(name, Presets()), strings.Join(Presets(), ", "))
		return Provider{}, false
	}
	a.Preset, a.IMAP, a.SMTP, a.OAuth, a.SavesSent = name, p.IMAP, p.SMTP, p.OAuth, p.SavesSent
	return p, true
}

// oauth reads [account.oauth].
func (c *Config) oauth(s *section, a *Account, p Provider) {
	v, given := s.keys["oauth"]
	o := s.sub("oauth", "[account.oauth]")
	if !given {
		a.OAuth = OAuth{}
		return
	}
	if _, isTable := v.(map[string]any); !isTable {
		a.OAuth = OAuth{}
		return
	}
	o.text("client_id", &a.OAuth.ClientID)
	o.text("client_secret", &a.OAuth.ClientSecret)
	for key, to := range map[string]*string{"auth_url": &a.OAuth.AuthURL, "token_url": &a.OAuth.TokenURL, "device_url": &a.OAuth.DeviceURL} {
		if o.text(key, to) && !safeURL(*to) {
			o.wrong(key, "%s must be an address that begins with https://.", key)
		}
	}
	if scopes, ok := o.words("scopes"); ok {
		a.OAuth.Scopes = scopes
	}
	if o.text("redirect", &a.OAuth.Redirect) {
		u, err := url.Parse(a.OAuth.Redirect)
		if err != nil || u.Scheme != "http" || !loopback(u.Hostname()) {
			o.wrong("redirect", "redirect must be an http address on this machine, like \"http://127.0.0.1\" or \"http://localhost:8400/back\".")
		}
	}
	if a.OAuth.ClientID == "" {
		o.wrong("client_id", "there is no client_id. Register a client of your own with the provider%s and write its id here.", of(p))
	}
	if a.OAuth.TokenURL == "" || a.OAuth.AuthURL == "" && a.OAuth.DeviceURL == "" {
		o.wrong("", "[account.oauth] needs token_url, and auth_url or device_url. A preset brings them along for %s.", strings.Join(withOAuth(), ", "))
	}
	o.rest()
}

func of(p Provider) string {
	if p.Says == "" {
		return ""
	}
	return " (" + p.Says + ")"
}

func withOAuth() []string {
	var names []string
	for _, name := range Presets() {
		if providers()[name].OAuth.TokenURL != "" {
			names = append(names, name)
		}
	}
	return names
}

// safeURL lets a secret travel only encrypted, or within this machine.
func safeURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http" && loopback(u.Hostname()))
}

// hints says what the provider of an account does that the rep should know.
func (c *Config) providerHints(s *section, a Account, p Provider) {
	if a.OAuth.ClientID == "" && len(a.TokenCommand) == 0 && p.PasswordsEnd != "" {
		c.hint(s, "preset", "%s", PasswordsEnd(p))
	}
	if p.Daily > 0 && c.Rules.PaceDay > p.Daily {
		c.hint(s, "preset", "pace_day is %d, and %s takes %d mails in 24 hours.", c.Rules.PaceDay, p.Says, p.Daily)
	}
}

// PasswordsEnd says that a provider is about to take, or takes, no passwords for sending.
func PasswordsEnd(p Provider) string {
	day := p.PasswordsEnd
	if at, err := time.Parse(time.DateOnly, day); err == nil {
		day = at.Format("2 January 2006")
	}
	return fmt.Sprintf("%s takes passwords for sending until %s; afterwards only a sign-in works. Register a client and add [account.oauth].", p.Says, day)
}
