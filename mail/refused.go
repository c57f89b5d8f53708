package mail

import (
	"strings"

	"stoke/mail/auth"
)

// noMechanism words that nothing a server offers fits what the account has.
func noMechanism(host string, login auth.Login) *Error {
	what := "a password"
	if login.Bearer() {
		what = "a sign-in (OAuth)"
	}
	return &Error{Kind: Auth, Sentence: host + " offers no way to log in with " + what + " that stoke knows. Check mechanism in the config, and whether this provider takes " + what + ".", Err: auth.ErrNoMechanism}
}

// remedies are what big providers mean by their refusals: part of what they say, and the way out.
var remedies = []struct{ status, said, out string }{
	// support.google.com/mail/answer/78754 and /185833
	{"5.7.9", "application-specific", "It wants an app password instead of your own; make one at myaccount.google.com/apppasswords."},
	{"", "application-specific password required", "It wants an app password instead of your own; make one at myaccount.google.com/apppasswords."},
	{"5.7.14", "", "It wants to see you first: sign in with a browser, then press R."},
	{"", "web browser", "It wants to see you first: sign in with a browser, then press R."},
	{"", "webalert", "It wants to see you first: sign in with a browser, then press R."},
	// learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online
	{"5.7.30", "", "It takes no passwords any more: register a client and add [account.oauth]."},
	{"", "basic authentication is", "It takes no passwords any more: register a client and add [account.oauth]."},
	{"5.7.139", "smtpclientauthentication is disabled", "Sending by SMTP is turned off for this mailbox or company; an administrator can turn it on (Authenticated SMTP)."},
	{"", "is locked", "The account is locked; sign in with a browser to open it."},
	{"", "too many", "There were too many log-ins; wait an hour before you press R."},
}

// refusedLogin words a refused log-in with the way out. refusal is what the mechanism said of it.
func refusedLogin(host string, e *Error, refusal string) string {
	if refusal != "" {
		return host + " refused the log-in: " + refusal + "."
	}
	said := strings.ToLower(e.Words)
	for _, r := range remedies {
		if (r.status == "" || r.status == e.Status) && strings.Contains(said, r.said) {
			return host + " refused the log-in. " + r.out
		}
	}
	return host + " refused the log-in. Check user name and password."
}
