package mail

import (
	"context"
	"errors"
	"time"

	"golang.org/x/oauth2"

	"stoke/mail/auth"
	"stoke/model"
	"stoke/model/config"
)

// Secrets gives what the accounts of a config log in with, from where the config says, and lets the rep
// sign in and out. Methods may be called from any goroutine.
type Secrets struct {
	SecretOptions
	accounts map[string]config.Account
	tokens   map[string]*auth.Tokens // of accounts with a sign-in of ours
}

// SecretOptions say what is around the secrets. All fields must be set.
type SecretOptions struct {
	Lookup  func(string) (string, bool) // os.LookupEnv or the like
	LockDir string                      // as in Options
	FileDir string                      // where secrets are kept in files, for reps who allowed plain text
	Now     func() time.Time            // real time, whatever clock decisions go by
}

// NewSecrets makes the Secrets of a config; nothing is read yet.
func NewSecrets(c config.Config, o SecretOptions) *Secrets {
	s := &Secrets{SecretOptions: o, accounts: map[string]config.Account{}, tokens: map[string]*auth.Tokens{}}
	for _, a := range c.Accounts {
		s.accounts[a.Name] = a
		if a.OAuth.ClientID != "" {
			s.tokens[a.Name] = auth.NewTokens(auth.Tokens{
				Account: a.Name, Client: clientOf(a.OAuth), Vault: s.vaultOf(a, auth.KeyringTime), LockDir: o.LockDir, Now: o.Now,
			})
		}
	}
	return s
}

func clientOf(o config.OAuth) auth.Client {
	return auth.Client{
		ID: o.ClientID, Secret: o.ClientSecret, AuthURL: o.AuthURL, TokenURL: o.TokenURL, DeviceURL: o.DeviceURL,
		Scopes: o.Scopes, Redirect: o.Redirect, Params: o.Params,
	}
}

// vaultOf is where an account's secrets are kept: the keyring, and a file where the rep allows that.
func (s *Secrets) vaultOf(a config.Account, wait time.Duration) auth.Vault {
	if a.AllowPlaintext {
		return auth.Either{First: auth.FileVault{Dir: s.FileDir}, Better: auth.NewKeyring(wait)}
	}
	return auth.NewKeyring(wait)
}

func (s *Secrets) account(name string) (config.Account, error) {
	a, ok := s.accounts[name]
	if !ok {
		return a, model.Errorf(model.NotFound, "There is no account %q.", name)
	}
	return a, nil
}

// Fetch gives the password of an account, or an access token that is good for some minutes. Errors are
// those of mail/auth.
func (s *Secrets) Fetch(ctx context.Context, name string) (string, error) {
	a, err := s.account(name)
	switch {
	case err != nil || a.Secretless():
		return "", err
	case a.OAuth.ClientID != "":
		return s.tokens[name].Token(ctx)
	case len(a.TokenCommand) > 0:
		return auth.Source{Account: name, Command: a.TokenCommand, Token: true}.Fetch(ctx, s.Lookup)
	}
	from := auth.Source{Account: name, Command: a.PasswordCommand, Env: a.PasswordEnv, Plain: a.Password}
	if a.Keyring {
		from.Vault = s.vaultOf(a, auth.KeyringTime)
	}
	return from.Fetch(ctx, s.Lookup)
}

// TokenRefused tells that a server did not take a token, so that the next one is another.
func (s *Secrets) TokenRefused(name, token string) {
	if t := s.tokens[name]; t != nil {
		t.Refused(token)
	}
}

// SignIn is what a sign-in asks the rep. Password is asked for accounts with a password, the rest for
// those with a sign-in.
type SignIn struct {
	Device   bool // with a code on another machine instead of a browser
	Password func(ctx context.Context) (string, error)
	Show     func(link, code string) // code is "" for a browser
	Pasted   <-chan string           // lines of the rep: the address that the browser was sent to
	Say      func(words string)      // why a pasted line does not fit
}

// SignIn gets what an account logs in with and keeps it; where says where. Engines that were refused
// try again by themselves. The error is a *model.Error.
func (s *Secrets) SignIn(ctx context.Context, name string, ask SignIn) (where string, err error) {
	a, err := s.account(name)
	if err != nil {
		return "", err
	}
	lasts := true
	vault := s.vaultOf(a, 2*time.Minute) // the rep sits before the screen and may have to unlock it
	switch {
	case a.OAuth.ClientID != "":
		var got *oauth2.Token
		if got, err = signInWith(ctx, clientOf(a.OAuth), ask); err == nil {
			lasts = got.RefreshToken != ""
			err = auth.Keep(ctx, vault, name, got)
		}
	case a.Keyring:
		var password string
		if password, err = ask.Password(ctx); err == nil && password == "" {
			err = model.Errorf(model.Invalid, "Nothing was typed, so nothing was kept.")
		}
		if err == nil {
			err = vault.Put(ctx, name, password)
		}
	default:
		return "", model.Errorf(model.BadConfig, "The account %s gets its secret from %s, so there is nothing to sign in to. With keyring = true, or [account.oauth], stoke keeps it.", name, sourceOf(a))
	}
	if err != nil {
		return "", wordedSecret(err)
	}
	if err := ForgetStanding(s.LockDir, name); err != nil {
		return "", model.Errorf(model.Invalid, "It is kept, but a running stoke may not notice before you press R there: %w", err)
	}
	if !lasts {
		return s.where(ctx, a) + ", but for an hour or so only: the provider gave nothing to renew it with. Look at scopes (offline_access) and sign in again", nil
	}
	return s.where(ctx, a), nil
}

func signInWith(ctx context.Context, c auth.Client, ask SignIn) (*oauth2.Token, error) {
	if ask.Device {
		return c.Device(ctx, nil, ask.Show)
	}
	return c.Browser(ctx, nil, func(link string) { ask.Show(link, "") }, ask.Pasted, ask.Say)
}

// SignOut forgets what was kept for an account.
func (s *Secrets) SignOut(ctx context.Context, name string) error {
	a, err := s.account(name)
	if err != nil {
		return err
	}
	if a.OAuth.ClientID == "" && !a.Keyring {
		return model.Errorf(model.BadConfig, "stoke keeps nothing for the account %s: its secret comes from %s.", name, sourceOf(a))
	}
	return wordedSecret(auth.Forget(ctx, s.vaultOf(a, 2*time.Minute), name))
}

// where says in words where the secret of an account lies.
func (s *Secrets) where(ctx context.Context, a config.Account) string {
	if a.AllowPlaintext && (auth.FileVault{Dir: s.FileDir}).Holds(ctx, a.Name) {
		return "a file that only you can read, in " + s.FileDir
	}
	return "the keyring of this machine"
}

func sourceOf(a config.Account) string {
	switch {
	case len(a.PasswordCommand) > 0:
		return "password_command"
	case len(a.TokenCommand) > 0:
		return "token_command"
	case a.PasswordEnv != "":
		return "the environment variable " + a.PasswordEnv
	case a.Password != "":
		return "the config"
	}
	return "nowhere: its servers want none"
}

// wordedSecret gives an error of mail/auth the code that programs know it by; nil stays nil.
func wordedSecret(err error) error {
	if err == nil || model.CodeOf(err) != "" {
		return err
	}
	code := model.Invalid
	_, ended := errors.AsType[*auth.SignInError](err)
	_, refused := errors.AsType[*auth.Refused](err)
	switch {
	case ended:
		code = model.AuthError
	case refused:
		code = model.BadConfig
	case errors.Is(err, auth.ErrProvider), errors.Is(err, auth.ErrVaultBusy), errors.Is(err, auth.ErrNotInTime):
		code = model.Offline
	}
	return &model.Error{Code: code, Message: words(err.Error()), Err: err}
}
