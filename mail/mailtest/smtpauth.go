package mailtest

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
	"slices"
	"strings"
)

// mayAuth: with STARTTLS stripped the server offers AUTH in clear, as the
// attacker who strips it would.
func (c *smtpSession) mayAuth() bool {
	return c.secure || c.srv.opts.Security == Plain || c.wire.port.hides("STARTTLS")
}

func (c *smtpSession) startTLS() bool {
	if c.srv.opts.Security != STARTTLS || c.secure || c.wire.port.hides("STARTTLS") {
		return c.write("502 5.5.1 STARTTLS is not offered")
	}
	ready := "220 2.0.0 Go ahead"
	if f, ok := c.wire.port.strike(StartTLS, ""); ok {
		if f.do == inject {
			ready += "\r\n" + strings.TrimSuffix(f.text, "\r\n")
		} else if goOn, refused := c.apply(f); !goOn || refused {
			return goOn
		}
	}
	if !c.write(ready) || !c.handshake() {
		return false
	}
	c.br = bufio.NewReader(c.conn) // what came in clear behind STARTTLS is forgotten (RFC 3207 4.2)
	c.forget()
	c.user = ""
	return true
}

func (c *smtpSession) handshake() bool {
	if f, ok := c.wire.port.strike(TLS, ""); ok && !c.wire.play(f) {
		return false
	}
	c.wire.secret.Store(true)
	t := tls.Server(c.wire, c.srv.tls)
	if t.Handshake() != nil {
		return false
	}
	c.conn, c.secure = t, true
	return true
}

func (c *smtpSession) auth(arg string) bool {
	if !c.mayAuth() || c.wire.port.hides("AUTH") {
		return c.write("538 5.7.11 Encryption is required")
	}
	mech, initial, _ := strings.Cut(arg, " ")
	mech = strings.ToUpper(mech)
	var name, password string
	var ok bool
	if !slices.Contains(c.srv.opts.mechanisms("PLAIN", "LOGIN"), mech) {
		return c.write("504 5.5.4 Unknown mechanism")
	}
	switch mech {
	case xoauth2, oauthBearer:
		return c.bearer(mech, initial)
	case "PLAIN":
		var reply string
		if reply, ok = c.challenge("", initial); ok {
			parts := strings.Split(reply, "\x00")
			if ok = len(parts) == 3; ok {
				name, password = parts[1], parts[2]
			}
		}
	case "LOGIN":
		if name, ok = c.challenge("Username:", initial); ok {
			password, ok = c.challenge("Password:", "")
		}
	default:
		return c.write("504 5.5.4 Unknown mechanism")
	}
	if goOn, refused := c.allowed(Auth, ""); !goOn || refused {
		return goOn
	}
	if !ok || !c.srv.accounts.knows(name, password) {
		return c.write("535 5.7.8 Username and password not accepted")
	}
	c.user = strings.ToLower(name)
	return c.write("235 2.7.0 Welcome")
}

func (c *smtpSession) challenge(prompt, initial string) (string, bool) {
	if initial == "" {
		if !c.write("334 " + base64.StdEncoding.EncodeToString([]byte(prompt))) {
			return "", false
		}
		var ok bool
		if initial, ok = c.line(); !ok {
			return "", false
		}
	}
	b, err := base64.StdEncoding.DecodeString(initial)
	return string(b), err == nil
}
