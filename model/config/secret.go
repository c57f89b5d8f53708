package config

import "strings"

// secret reads where an account's password or token comes from.
func (c *Config) secret(s *section, a *Account) {
	a.PasswordCommand = s.argv("password_command", `["pass", "show", "mail/work"]`)
	a.TokenCommand = s.argv("token_command", `["mail-token", "work"]`)
	s.yes("keyring", &a.Keyring)
	s.text("password_env", &a.PasswordEnv)
	if v, ok := s.ask("password"); ok {
		if word, isText := v.(string); isText {
			a.Password = word // as it stands: spaces may belong to it
		} else {
			s.wrong("password", "password must be text in quotes, not %s.", kindOf(v))
		}
	}
	s.yes("allow_plaintext", &a.AllowPlaintext)
	set := s.set("password_command", "password_env", "password")
	tokens := s.set("token_command", "oauth")
	local := a.SMTP.Security == None && (a.IMAP.Host == "" || a.IMAP.Security == None)
	switch {
	case len(set) > 1:
		s.wrong(s.last(set), "%s and %s are both set. Keep one.", set[0], set[1])
	case len(tokens) > 1:
		s.wrong(s.last(tokens), "%s and %s are both set. Keep one.", tokens[0], tokens[1])
	case len(tokens) > 0 && (len(set) > 0 || a.Keyring):
		both := append(append(tokens, set...), "keyring")
		s.wrong(s.last(both[:2]), "%s and %s are both set: a sign-in needs no password. Keep one.", both[0], both[1])
	case len(set) == 0 && len(tokens) == 0 && !a.Keyring && !local && a.SMTP.Host != "":
		s.wrong("", "the account %s has no password. Add keyring = true and run `stoke login %s`, or password_command = [\"pass\", \"show\", \"mail/work\"], or password_env.", a.Name, a.Name)
	case a.Password != "" && !a.AllowPlaintext:
		s.wrong("password", "a password stands here in plain text. Use password_command or password_env, or set allow_plaintext = true.")
	case a.Password != "":
		c.hint(s, "password", "a password stands here in plain text; password_command is safer.")
	}
}

// argv reads a command; no shell will see it.
func (s *section) argv(key, like string) []string {
	words, ok := s.words(key)
	if ok && (len(words) == 0 || strings.TrimSpace(words[0]) == "") {
		s.wrong(key, "%s names no program. Write it like %s.", key, like)
	}
	return words
}

// set are those of the keys that are there.
func (s *section) set(keys ...string) []string {
	var all []string
	for _, key := range keys {
		if _, ok := s.keys[key]; ok {
			all = append(all, key)
		}
	}
	return all
}

// last is the key that stands last in the file: the one that was added.
func (s *section) last(keys []string) string {
	last := keys[len(keys)-1]
	for _, key := range keys {
		if s.r.lines.of(s.at(key)) > s.r.lines.of(s.at(last)) {
			last = key
		}
	}
	return last
}

// mechanism reads how the secret is shown to the servers.
func (s *section) mechanism(a *Account, p Provider) {
	if a.SignsIn() {
		a.Mechanism = p.Mechanism
	}
	if _, given := s.keys["mechanism"]; !given {
		s.known = append(s.known, "mechanism")
		return
	}
	s.choice("mechanism", &a.Mechanism, "plain", "login", "xoauth2", "oauthbearer")
	token := a.Mechanism == "xoauth2" || a.Mechanism == "oauthbearer"
	switch {
	case token && !a.SignsIn():
		s.wrong("mechanism", "%s shows a token, and this account has a password. Add [account.oauth] or token_command, or leave mechanism out.", a.Mechanism)
	case !token && a.SignsIn() && a.Mechanism != "":
		s.wrong("mechanism", "%s shows a password, and this account signs in with a token. Leave mechanism out, or write xoauth2 or oauthbearer.", a.Mechanism)
	}
}
