package mail

import (
	"crypto/x509"
	"os"
	"time"

	"stoke/model"
	"stoke/model/config"
)

// AccountsOf makes the accounts that a config describes. It reads the ca_file of each; the error is a *model.Error.
func AccountsOf(c config.Config) ([]Account, error) {
	var all []Account
	for _, a := range c.Accounts {
		roots, err := rootsOf(a)
		if err != nil {
			return nil, err
		}
		server := func(s config.Server) Server {
			security := map[config.Security]Security{config.TLS: ImplicitTLS, config.StartTLS: StartTLS, config.None: Plain}[s.Security]
			user := a.User
			if a.Secretless() {
				user = ""
			}
			return Server{Host: s.Host, Port: s.Port, Security: security, User: user, Roots: roots, Bearer: a.SignsIn(), Mechanism: a.Mechanism}
		}
		all = append(all, Account{
			Name: a.Name, IMAP: server(a.IMAP), SMTP: server(a.SMTP), Own: append([]string{a.Address}, a.Aliases...),
			SentCopy: SentCopy(a.SentCopy), SavesSent: a.SavesSent, Sent: a.SentFolder, HTML: a.HTML, History: time.Duration(a.FirstSyncDays) * 24 * time.Hour,
		})
	}
	return all, nil
}

// rootsOf are the certificates that an account's servers are verified against; nil means the machine's own.
func rootsOf(a config.Account) (*x509.CertPool, error) {
	if a.CAFile == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(a.CAFile)
	if err != nil {
		return nil, model.Errorf(model.BadConfig, "The ca_file of the account %s cannot be read: %w", a.Name, err)
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, model.Errorf(model.BadConfig, "The ca_file %s holds no certificate in PEM.", a.CAFile)
	}
	return roots, nil
}
