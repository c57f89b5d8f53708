package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"stoke/model"
	"stoke/model/config"
	"stoke/model/text"
)

// SignIn is what a sign-in asks the rep. Password is asked for accounts with a password, the rest for those with a sign-in.
type SignIn struct {
	Device   bool // with a code on another machine instead of a browser
	Password func(ctx context.Context) (string, error)
	Show     func(link, code string) // code is "" for a browser
	Pasted   <-chan string           // lines of the rep: the address that the browser was sent to
	Say      func(words string)      // why a pasted line does not fit
}

// signedIn is what login tells programs. An error is "" where that server let us in.
type signedIn struct {
	Account   string `json:"account"`
	Kept      string `json:"kept"` // where
	Receiving string `json:"receiving_error"`
	Sending   string `json:"sending_error"`
}

func (c *command) login() *cobra.Command {
	var device bool
	cmd := &cobra.Command{Use: "login [ACCOUNT]", Short: "Sign in to an account, or give its password to the keyring",
		Long: `Signs in to an account that has [account.oauth], with your browser: stoke shows a
link and waits. Over SSH, where the browser runs elsewhere, paste the address of
the page it ends on. --device shows a code to type in instead.

For an account with keyring = true it asks for the password, without showing it,
or takes the first line of its input where that is no terminal.`,
		Args: between(0, 1, "[ACCOUNT]"),
		RunE: func(cmd *cobra.Command, args []string) error { return c.signIn(cmd.Context(), args, device) }}
	cmd.Flags().BoolVar(&device, "device", false, "with a code, on any machine")
	return cmd
}

func (c *command) logout() *cobra.Command {
	return &cobra.Command{Use: "logout [ACCOUNT]", Short: "Forget the sign-in or the password of an account",
		Args: between(0, 1, "[ACCOUNT]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := c.accountOf(args)
			if err != nil {
				return err
			}
			if err := c.app.SignOut(cmd.Context(), c.flags, a.Name); err != nil {
				return err
			}
			if c.flags.JSON {
				c.print(struct {
					Account string `json:"account"`
				}{a.Name})
				return nil
			}
			c.say("Forgot what was kept for %s. What the provider gave may be good for an hour; end it there, too, if the machine is not yours.", a.Name)
			return nil
		}}
}

// accountOf is the account that a command is about: the named one, or the only one.
func (c *command) accountOf(args []string) (config.Account, error) {
	s, err := c.read()
	if err != nil {
		return config.Account{}, err
	}
	if !s.Found {
		return config.Account{}, &noConfig{s.Paths.Config}
	}
	var names []string
	for _, a := range s.Config.Accounts {
		if len(args) == 1 && (strings.EqualFold(a.Name, args[0]) || strings.EqualFold(a.Address, args[0])) {
			return a, nil
		}
		names = append(names, a.Name)
	}
	switch {
	case len(names) == 0:
		return config.Account{}, model.Errorf(model.BadConfig, "There is no account in the config. `stoke setup` shows what to write.")
	case len(args) == 0 && len(names) == 1:
		return s.Config.Accounts[0], nil
	case len(args) == 0:
		return config.Account{}, usagef("Which account? There are %s.", strings.Join(names, ", "))
	}
	said := "There is no account " + quoted(args[0]) + "."
	if near := text.Nearest(args[0], names); near != "" {
		said = "There is no account " + quoted(args[0]) + "; did you mean " + quoted(near) + "?"
	}
	return config.Account{}, model.Errorf(model.NotFound, "%s There is %s.", said, strings.Join(names, ", "))
}

func (c *command) signIn(ctx context.Context, args []string, device bool) error {
	a, err := c.accountOf(args)
	if err != nil {
		return err
	}
	ask := SignIn{Device: device, Password: c.password(a), Show: c.showLink, Say: func(words string) { c.grumble(&usage{sentence(words)}) }}
	if a.OAuth.ClientID != "" && !device && c.app.Terminal && !c.flags.JSON {
		ask.Pasted = lines(c.app.In)
	}
	where, err := c.app.SignIn(ctx, c.flags, a.Name, ask)
	switch {
	case err != nil && (ctx.Err() != nil || errors.Is(err, io.EOF)):
		return &model.Error{Code: "cancelled", Message: "Stopped; nothing was kept."}
	case err != nil:
		return err
	}
	done := signedIn{Account: a.Name, Kept: where}
	if !c.flags.JSON {
		c.say("Kept in %s. Trying it …", where)
	}
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	receiving, sending := s.Probe(ctx, a.Name)
	for _, tried := range []struct {
		what string
		err  error
		to   *string
	}{{"Receiving", receiving, &done.Receiving}, {"Sending", sending, &done.Sending}} {
		said := "logged in."
		if tried.err != nil {
			said = says(tried.err)
			*tried.to = said
		}
		if !c.flags.JSON {
			c.say("%s: %s", tried.what, said)
		}
	}
	if c.flags.JSON {
		c.print(done)
	}
	if err := errors.Join(receiving, sending); err != nil {
		return &exit{exitOf(err)} // all was said
	}
	return nil
}

// password asks for a password; where nobody sits before a terminal, the first line of the input is it.
func (c *command) password(a config.Account) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		if c.app.Terminal && !c.flags.JSON {
			return c.app.Hidden(ctx, "Password of "+a.Address+" (it does not show): ")
		}
		line, err := bufio.NewReader(io.LimitReader(c.app.In, 64<<10)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", err
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
}

// showLink shows where to sign in; beside JSON and in a pipe that is for the rep, not for the program that reads.
func (c *command) showLink(link, code string) {
	out := c.app.Out
	if c.flags.JSON || !c.app.Terminal {
		out = c.app.Err
	}
	say := func(words string) { fmt.Fprintln(out, text.Line(words)) }
	if code != "" {
		say("Open this address on any machine and type in the code " + code + ":")
	} else {
		say("Open this address in a browser and allow stoke to read and send mail:")
	}
	fmt.Fprintf(out, "\n  %s\n\n", text.Line(link))
	if code == "" {
		say("Where the browser runs on another machine, it ends on a page that does not load: paste that page's address here.")
	}
	say("Waiting …")
}

// lines gives what is typed, line by line, and is closed when the input ends. Its goroutine ends with the input, or with the
// program: a read from a terminal cannot be ended.
func lines(in io.Reader) <-chan string {
	all := make(chan string)
	go func() {
		defer close(all)
		for s := bufio.NewScanner(in); s.Scan(); {
			all <- s.Text()
		}
	}()
	return all
}
