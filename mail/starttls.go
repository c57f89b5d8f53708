package mail

import (
	"bufio"
	"io"
	"net"
	"strings"
)

// prelude is the talk in clear that leads to TLS, for one protocol. It is spoken here and not by
// the libraries, because nothing that was said before encryption may be believed afterwards: the
// server must offer STARTTLS, must not claim that we are logged in, and must stay quiet between its
// consent and the handshake (RFC 2595, RFC 3207, CVE-2011-0411).
type prelude struct {
	upgrade func(conn net.Conn, host string) error
	// preface is handed to the library in place of the greeting that was already read.
	preface string
}

var imapPrelude = prelude{upgrade: upgradeIMAP, preface: "* OK encrypted\r\n"}
var smtpPrelude = prelude{upgrade: upgradeSMTP, preface: "220 encrypted\r\n"}

// maxPrelude bounds what a server may say before TLS, in octets.
const maxPrelude = 16 << 10

// clearText reads lines in clear; it never holds more than maxPrelude.
type clearText struct {
	conn net.Conn
	br   *bufio.Reader
	host string
}

func newClearText(conn net.Conn, host string) *clearText {
	return &clearText{conn: conn, br: bufio.NewReader(io.LimitReader(conn, maxPrelude)), host: host}
}

func (t *clearText) say(line string) error {
	_, err := io.WriteString(t.conn, line+"\r\n")
	return err
}

func (t *clearText) line() (string, error) {
	s, err := t.br.ReadString('\n')
	if err != nil {
		return "", err
	}
	return strings.TrimRight(s, "\r\n"), nil
}

// quiet refuses bytes that came in the same breath as the consent to STARTTLS: somebody on the way
// put them there to have them taken for encrypted ones.
func (t *clearText) quiet() error {
	if t.br.Buffered() > 0 {
		return t.refuse("went on talking before encryption began, as somebody in between would")
	}
	return nil
}

func (t *clearText) refuse(what string) error {
	return &Error{Kind: TLS, Sentence: t.host + " " + what + "; stopped, and no password was sent."}
}

func upgradeIMAP(conn net.Conn, host string) error {
	t := newClearText(conn, host)
	greeting, err := t.line()
	if err != nil {
		return err
	}
	switch word := strings.ToUpper(greeting); {
	case strings.HasPrefix(word, "* PREAUTH"):
		return t.refuse("says that we are logged in before encryption")
	case !strings.HasPrefix(word, "* OK"):
		return &Error{Kind: Temporary, Sentence: host + " does not want to talk now.", Words: words(greeting)}
	}
	if err := t.say("S1 STARTTLS"); err != nil {
		return err
	}
	for {
		s, err := t.line()
		if err != nil {
			return err
		}
		switch word := strings.ToUpper(s); {
		case strings.HasPrefix(word, "S1 OK"):
			return t.quiet()
		case strings.HasPrefix(word, "S1 "):
			return t.refuse("does not offer encryption (STARTTLS)")
		case strings.HasPrefix(word, "* BYE"):
			return &Error{Kind: Temporary, Sentence: host + " does not want to talk now.", Words: words(s)}
		case !strings.HasPrefix(word, "*"):
			return t.refuse("does not speak IMAP on this port")
		}
	}
}

func upgradeSMTP(conn net.Conn, host string) error {
	t := newClearText(conn, host)
	ask := func(line, want string) ([]string, error) {
		if line != "" {
			if err := t.say(line); err != nil {
				return nil, err
			}
		}
		lines, err := t.reply()
		if err != nil {
			return nil, err
		}
		if last := lines[len(lines)-1]; !strings.HasPrefix(last, want) {
			if last[0] == '4' {
				return nil, &Error{Kind: Temporary, Sentence: host + " does not want to talk now.", Words: words(last)}
			}
			return nil, t.refuse("did not agree to encryption (" + words(last) + ")")
		}
		return lines, nil
	}
	if _, err := ask("", "220"); err != nil {
		return err
	}
	offers, err := ask("EHLO "+heloName, "250")
	if err != nil {
		return err
	}
	offered := false
	for _, s := range offers {
		offered = offered || strings.EqualFold(strings.TrimSpace(s[4:]), "STARTTLS")
	}
	if !offered {
		return t.refuse("does not offer encryption (STARTTLS)")
	}
	if _, err := ask("STARTTLS", "220"); err != nil {
		return err
	}
	return t.quiet()
}

// reply reads one SMTP reply; each of its lines has at least a code and a separator.
func (t *clearText) reply() ([]string, error) {
	var lines []string
	for {
		s, err := t.line()
		if err != nil {
			return nil, err
		}
		if len(s) == 3 {
			s += " "
		}
		if len(s) < 4 || s[0] < '2' || s[0] > '5' {
			return nil, t.refuse("does not speak SMTP on this port")
		}
		lines = append(lines, s)
		if s[3] != '-' {
			return lines, nil
		}
	}
}
