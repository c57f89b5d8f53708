package mail

import (
	"crypto/x509"
	"strings"
	"time"
)

// Server is where one of an account's servers is and how to speak to it.
type Server struct {
	Host     string
	Port     int
	Security Security
	User     string // "": no log-in
	Bearer   bool   // the secret is an access token
	// Mechanism is the only SASL mechanism to be used; "": the best that both sides know.
	Mechanism string
	Roots     *x509.CertPool // nil: the machine's own
}

// Account is one mail account of the rep.
type Account struct {
	Name     string
	IMAP     Server   // without a Host nothing is read
	SMTP     Server   // without a Host nothing is sent
	Own      []string // every address the rep writes from
	SentCopy SentCopy
	// SavesSent: its provider is known to file what it sends by itself.
	SavesSent bool
	Sent      string        // the Sent folder where the server's own marks mislead; "": found by itself
	HTML      bool          // mails carry their text as a page, too
	History   time.Duration // how far the first sync looks back; 90 days where it is 0
}

// SentCopy says who keeps a copy of sent mail.
type SentCopy string

const (
	// CopyAuto puts a copy into Sent where the server has not done so by itself.
	CopyAuto SentCopy = "auto"
	// CopyAlways does so on providers, too, that are known to keep copies.
	CopyAlways SentCopy = "always"
	// CopyNever leaves it to the server.
	CopyNever SentCopy = "never"
)

// saversOfSent are the submission servers that file what they take in Sent, some seconds later. A
// copy of ours would be a second one.
var saversOfSent = []string{"gmail.com", "googlemail.com", "google.com", "office365.com", "outlook.com", "hotmail.com", "live.com"}

// wantsCopy tells whether a copy in Sent may ever be this program's to make.
func (a Account) wantsCopy() bool {
	switch a.SentCopy {
	case CopyNever:
		return false
	case CopyAlways:
		return true
	}
	if a.SavesSent {
		return false
	}
	host := strings.ToLower(a.SMTP.Host)
	for _, saver := range saversOfSent {
		if host == saver || strings.HasSuffix(host, "."+saver) {
			return false
		}
	}
	return true
}

func (a Account) history() time.Duration {
	if a.History > 0 {
		return a.History
	}
	return 90 * 24 * time.Hour
}

// owns tells whether an address is one of the rep's.
func (a Account) owns(addr string) bool {
	for _, own := range a.Own {
		if strings.EqualFold(own, addr) {
			return true
		}
	}
	return false
}
