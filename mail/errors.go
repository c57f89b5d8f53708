package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-smtp"

	"stoke/model/text"
)

// Kind says what may be done about a failure on the wire.
type Kind int

const (
	// Temporary failures are tried again by themselves: no network, silence, 4xx, NO.
	Temporary Kind = iota + 1
	// Permanent ones are not: the server refused this mail, an address or a command for good.
	Permanent
	// Auth means that the log-in was refused; trying again with the same secret is useless.
	Auth
	// TLS means that no trusted encryption could be had. No credential was sent.
	TLS
	// Unknown means that the final dot may have left and no readable answer came.
	Unknown
)

func (k Kind) String() string {
	switch k {
	case Temporary:
		return "temporary"
	case Permanent:
		return "permanent"
	case Auth:
		return "auth"
	case TLS:
		return "tls"
	case Unknown:
		return "unknown"
	}
	return "none"
}

// Error is a failure on the wire, worded for the rep. Sentence names the place and, where there is
// one, the way out. Words are the server's own, without control characters, at most 500 octets.
type Error struct {
	Kind     Kind
	Sentence string
	Words    string
	Code     int    // SMTP reply code, 0 if there was none
	Status   string // enhanced status code such as 5.1.1 (RFC 3463), "" if there was none
	Rcpt     string // the recipient it is about, "" if it is about none
	// Wait is the pause that the server wants before the next attempt, 0 where it wants none; Whole says
	// that it wants it from the whole account, not for this mail alone.
	Wait  time.Duration
	Whole bool
	Err   error
}

func (e *Error) Error() string {
	if e.Words == "" {
		return e.Sentence
	}
	return e.Sentence + " The server said: " + e.Words
}

func (e *Error) Unwrap() error { return e.Err }

// KindOf is the kind of the first *Error in the chain, 0 where there is none.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return 0
}

// wireError words an error of the transport (dial, TLS, silence, reset) at a place.
func wireError(place string, err error) *Error {
	e, ok := errors.AsType[*Error](err)
	if ok {
		return e
	}
	if e := tlsError(place, err); e != nil {
		return e
	}
	e = &Error{Kind: Temporary, Err: err}
	var dns *net.DNSError
	switch {
	case errors.Is(err, errLeft) || errors.Is(err, context.Canceled):
		e.Sentence = "Stopped while talking to " + place + ", because stoke is leaving."
	case errors.Is(err, errFlood):
		e.Sentence = place + " sent far more than it was asked for; the connection was closed."
	case errors.As(err, &dns):
		e.Sentence = "The name " + place + " could not be found. Check the network, or the host in the config."
	case errors.Is(err, errSilent) || errors.Is(err, context.DeadlineExceeded) || isTimeout(err):
		e.Sentence = place + " did not answer in time."
	case errors.Is(err, syscall.ECONNREFUSED):
		e.Sentence = "Nothing answers at " + place + ". Check the port in the config."
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		e.Sentence = "There is no way to " + place + ". Check the network."
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET),
		errors.Is(err, syscall.EPIPE), errors.Is(err, net.ErrClosed):
		e.Sentence = place + " closed the connection."
	default:
		e.Sentence = "The talk with " + place + " broke off."
	}
	return e
}

func isTimeout(err error) bool {
	var n net.Error
	return errors.As(err, &n) && n.Timeout()
}

// tlsError words what went wrong while encryption was agreed on; nil if that was not it.
func tlsError(place string, err error) *Error {
	var (
		host    x509.HostnameError
		unknown x509.UnknownAuthorityError
		invalid x509.CertificateInvalidError
		record  tls.RecordHeaderError
	)
	e, said := &Error{Kind: TLS, Err: err}, err.Error()
	switch {
	case errors.As(err, &host):
		e.Sentence = "The certificate of " + place + " is for another host" + certNames(host.Certificate) + ". Check the host in the config; nothing was sent."
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		e.Sentence = "The certificate of " + place + " has expired or is not valid yet. Check the clock of this machine, or tell the people who run the server; nothing was sent."
	case errors.As(err, &unknown):
		e.Sentence = "The certificate of " + place + " is signed by nobody this machine trusts (self-signed?). If the server is yours, name its authority as ca_file in the config; nothing was sent."
	case errors.As(err, &invalid):
		e.Sentence = "The certificate of " + place + " is not valid; nothing was sent."
	case errors.As(err, &record):
		e.Sentence = place + " does not speak TLS on this port. Check port and security in the config; nothing was sent."
	case strings.Contains(said, "tls: ") && strings.Contains(said, "protocol version"):
		e.Sentence = place + " offers only encryption older than TLS 1.2, which is not safe; nothing was sent."
	case strings.Contains(said, "tls: "): // alerts have no type of their own
		e.Sentence = place + " and this machine could not agree on encryption; nothing was sent."
	default:
		return nil
	}
	return e
}

func certNames(c *x509.Certificate) string {
	if c == nil || len(c.DNSNames) == 0 {
		return ""
	}
	return " (" + words(strings.Join(c.DNSNames[:min(3, len(c.DNSNames))], ", ")) + ")"
}

// policy is how filters of the big providers say that it is about what a mail holds.
var policy = lazily(`(?i)\bspam|virus|malware|phish|unsolicited|content (?:rejected|blocked)|blocked .{0,40}content|local policy|security policy|policy (?:violation|reasons)|illegal attachment|message rejected`)

var statusRe = lazily(`\b([245]\.\d{1,3}\.\d{1,3})\b`)

// smtpError words what an SMTP server answered to what was asked.
func smtpError(place, asked string, err error) *Error {
	var se *smtp.SMTPError
	if !errors.As(err, &se) {
		return wireError(place, err)
	}
	e := &Error{Kind: Temporary, Code: se.Code, Words: words(fmt.Sprintf("%d %s", se.Code, se.Message)), Err: err}
	if se.EnhancedCode[0] > 0 {
		e.Status = fmt.Sprintf("%d.%d.%d", se.EnhancedCode[0], se.EnhancedCode[1], se.EnhancedCode[2])
		e.Words = words(fmt.Sprintf("%d %s %s", se.Code, e.Status, se.Message)) // the library took it out
	} else if m := statusRe().FindString(se.Message); m != "" {
		e.Status = m
	}
	if t, ok := throttled(e); ok {
		e.Wait, e.Whole, e.Sentence = t.wait, t.whole, place+" "+t.says+"."
		return e // Temporary, whatever the code: later it will be taken
	}
	switch {
	case se.Code == 530 || se.Code == 534 || se.Code == 535 || se.Code == 538:
		e.Kind = Auth
		e.Sentence = place + " refused the log-in. Check user name and password."
	case asked == "this mail" && policy().MatchString(se.Message) && (se.Code == 552 || se.Code == 554 || se.Code == 550):
		e.Kind = Permanent
		e.Sentence = place + " refused " + asked + " by its rules, as a filter for spam or viruses does. Change what it says, links first."
	case se.Code >= 500:
		e.Kind = Permanent
		e.Sentence = place + " refused " + asked + "."
	default:
		e.Sentence = place + " cannot take " + asked + " now."
	}
	return e
}

// imapError words what an IMAP server answered to what was asked.
func imapError(place, asked string, err error) *Error {
	var ie *imap.Error
	if !errors.As(err, &ie) {
		return wireError(place, err)
	}
	said := strings.TrimSpace(string(ie.Code) + " " + ie.Text)
	e := &Error{Kind: Temporary, Words: words(said), Err: err, Sentence: place + " would not " + asked + "."}
	switch ie.Code {
	case imap.ResponseCodeAuthenticationFailed, imap.ResponseCodeAuthorizationFailed, imap.ResponseCodeExpired:
		e.Kind = Auth
		e.Sentence = place + " refused the log-in. Check user name and password."
	}
	return e
}

// words makes text of a server fit to be shown: one clean line of at most 500 octets.
func words(s string) string {
	const most = 500
	s = text.Line(s)
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}
