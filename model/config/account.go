package config

import (
	"net/mail"
	"net/netip"
	"strings"
	"unicode"

	"stoke/model"
)

// Security says how a connection is encrypted.
type Security string

// Kinds of security.
const (
	TLS      Security = "tls"      // from the first byte
	StartTLS Security = "starttls" // begins in clear and must be upgraded before a word of a login
	None     Security = "none"     // on this machine only
)

// Server is one server of an account. The zero Server is none.
type Server struct {
	Host     string
	Port     int
	Security Security
}

// Account is one mailbox that the rep writes from. At most one of PasswordCommand, PasswordEnv and Password is set, none
// where it logs in with a sign-in (OAuth, TokenCommand) or both servers are on this machine and need none.
type Account struct {
	Name            string // unique; by default the address
	Address         string // lower-case
	FromName        string
	Aliases         []string // further addresses of the rep, lower-case: mail from them is the rep's own
	IMAP            Server   // zero: mail is sent only, and answers are not seen
	SMTP            Server
	User            string
	PasswordCommand []string // argv; no shell sees it
	PasswordEnv     string   // name of a variable
	Password        string   // in plain text; only with AllowPlaintext and in a file that nobody else can read
	AllowPlaintext  bool     // the password may stand here, and `stoke login` may keep what it gets in a file
	Keyring         bool     // `stoke login` put the password into the keyring
	TokenCommand    []string // argv; prints an access token
	OAuth           OAuth    // without a ClientID: no sign-in of ours
	Mechanism       string   // "plain", "login", "xoauth2", "oauthbearer"; "" means the best that both sides know
	Preset          string   // the provider's name, "" without one
	SavesSent       bool     // its provider files what it sends by itself
	CAFile          string   // further certificates to trust, PEM
	SentCopy        string   // "auto", "always" or "never": whether stoke files a copy of what it sends
	SentFolder      string   // "" means the one that the server names
	FirstSyncDays   int      // how far back the first look goes
	Signature       string   // stands below every mail; several lines
	HTML            bool     // mails carry their text as a page, too
}

// From is the address that the account's mails carry.
func (a Account) From() model.Address { return model.Address{Name: a.FromName, Addr: a.Address} }

// Secretless tells whether the account does not log in at all.
func (a Account) Secretless() bool {
	return len(a.PasswordCommand) == 0 && a.PasswordEnv == "" && a.Password == "" && !a.Keyring && !a.SignsIn()
}

// SignsIn tells whether the account shows an access token instead of a password.
func (a Account) SignsIn() bool { return a.OAuth.ClientID != "" || len(a.TokenCommand) > 0 }

// PlainPassword tells whether the config holds a password, so that the file must be the rep's alone (mode 0600).
func (c Config) PlainPassword() bool {
	for _, a := range c.Accounts {
		if a.Password != "" {
			return true
		}
	}
	return false
}

// Own are all addresses of the rep, lower-case.
func (c Config) Own() []string {
	var all []string
	for _, a := range c.Accounts {
		all = append(append(all, a.Address), a.Aliases...)
	}
	return all
}

func (c *Config) accounts(top *section) {
	if _, set := top.keys["account"]; set && c.Name == "" {
		c.hint(top, "account", "your name is not set, so every draft has a blank where you sign. Add name = \"Your Name\" at the top.")
	}
	names, addresses := map[string]bool{}, map[string]bool{}
	for _, s := range top.subs("account", "[[account]]") {
		a := c.account(s)
		if names[strings.ToLower(a.Name)] && a.Name != "" {
			s.wrong("name", "two accounts are called %q. Give each its own name.", a.Name)
		}
		if addresses[a.Address] && a.Address != "" {
			s.wrong("address", "%s belongs to two accounts.", a.Address)
		}
		names[strings.ToLower(a.Name)], addresses[a.Address] = true, true
		c.Accounts = append(c.Accounts, a)
	}
}

func (c *Config) account(s *section) Account {
	a := Account{SentCopy: "auto", FirstSyncDays: 90, FromName: c.Name}
	var address string
	switch {
	case !s.text("address", &address):
		if _, set := s.keys["address"]; !set {
			s.wrong("", "this account has no address. Add address = \"you@company.example\".")
		}
	default:
		a.Address = s.mailbox("address", address)
	}
	a.Name, a.User = a.Address, a.Address
	s.text("name", &a.Name)
	s.text("from_name", &a.FromName)
	s.text("user", &a.User)
	aliases, _ := s.words("aliases")
	for _, alias := range aliases {
		if got := s.mailbox("aliases", alias); got != "" {
			a.Aliases = append(a.Aliases, got)
		}
	}
	provider, known := s.preset(&a)
	a.SMTP = server(s.sub("smtp", "[account.smtp]"), smtpPorts, a.SMTP)
	a.IMAP = server(s.sub("imap", "[account.imap]"), imapPorts, a.IMAP)
	_, tried := s.keys["preset"]
	if _, set := s.keys["smtp"]; !set && !tried {
		s.wrong("", "the account %s has no smtp server to send through. Add smtp.host = \"smtp.company.example\".", a.Name)
	}
	if _, set := s.keys["imap"]; !set && !tried {
		c.hint(s, "", "the account %s has no imap server, so stoke sends through it and does not see answers.", a.Name)
	}
	c.oauth(s, &a, provider)
	c.secret(s, &a)
	s.mechanism(&a, provider)
	if known {
		c.providerHints(s, a, provider)
	}
	s.text("ca_file", &a.CAFile)
	s.choice("sent_copy", &a.SentCopy, "auto", "always", "never")
	s.text("sent_folder", &a.SentFolder)
	s.lines("signature", &a.Signature)
	s.yes("html", &a.HTML)
	s.whole("first_sync_days", &a.FirstSyncDays, 0, 3650)
	s.rest()
	return a
}

func (c *Config) hint(s *section, key, format string, args ...any) {
	r := &reader{file: s.r.file, lines: s.r.lines}
	r.wrong(s.at(key), format, args...)
	c.Hints = append(c.Hints, r.found...)
}

// mailbox reads one bare address.
func (s *section) mailbox(key, word string) string {
	word = strings.TrimSpace(word)
	got, err := mail.ParseAddress(word)
	if err != nil || got.Name != "" || got.Address != word || strings.ContainsFunc(word, unicode.IsSpace) {
		s.wrong(key, "%q is no mail address. Write it as \"you@company.example\".", word)
		return ""
	}
	return strings.ToLower(got.Address)
}

type ports struct {
	protocol            string
	tls, startTLS, none int
}

var (
	imapPorts = ports{"imap", 993, 143, 143}
	smtpPorts = ports{"smtp", 465, 587, 25}
)

// server reads a server. What is left out follows from what is there: the port from the security, the security from a
// well-known port (RFC 8314).
func server(s *section, p ports, preset Server) Server {
	v := Server{Host: preset.Host}
	if !s.text("host", &v.Host) && v.Host == "" || v.Host == "" {
		if s.keys != nil {
			s.wrong("host", "this %s server has no host. Add host = \"%s.company.example\".", p.protocol, p.protocol)
		}
	} else if strings.ContainsFunc(v.Host, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("/@<>,", r) }) {
		s.wrong("host", "host is %q; write only the server's name, like \"%s.company.example\".", v.Host, p.protocol)
	}
	if v.Host == preset.Host {
		v.Port = preset.Port
	}
	s.whole("port", &v.Port, 1, 65535)
	security := string(TLS)
	if v.Port == preset.Port && preset.Security != "" {
		security = string(preset.Security)
	}
	if v.Port == p.startTLS || v.Port == 25 {
		security = string(StartTLS)
	}
	s.choice("security", &security, string(TLS), string(StartTLS), string(None))
	v.Security = Security(security)
	if v.Port == 0 {
		v.Port = map[Security]int{TLS: p.tls, StartTLS: p.startTLS, None: p.none}[v.Security]
	}
	if v.Security == None && !loopback(v.Host) {
		s.wrong("security", "security = \"none\" is possible only for a server on this machine, not for %q.", v.Host)
	}
	s.rest()
	if v.Host == "" {
		return Server{}
	}
	return v
}

func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && addr.IsLoopback()
}

// Account is the account of a name; false when there is none.
func (c Config) Account(name string) (Account, bool) {
	for _, a := range c.Accounts {
		if a.Name == name {
			return a, true
		}
	}
	return Account{}, false
}
