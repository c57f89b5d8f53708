package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stoke/model"
	"stoke/model/config"
	"stoke/model/text"
)

// Exit codes, those of sysexits.h where they are above 2.
const (
	ExitDone   = 0
	ExitFailed = 1
	ExitUsage  = 2
	ExitLater  = 75
	ExitAuth   = 77
	ExitConfig = 78
)

// Run executes one command line and gives its exit code. Everything that is to be said was said when it returns.
func Run(ctx context.Context, app *App, args []string) int {
	c := &command{app: app}
	root := c.root()
	c.flags.JSON = slices.Contains(args, "--json") // what is wrong with a flag before it is said as it asks, too
	root.SetArgs(append([]string{}, args...))      // nil would mean the arguments of the process
	err := root.ExecuteContext(ctx)
	if err == nil {
		return ExitDone
	}
	var quiet *exit
	if errors.As(err, &quiet) {
		return quiet.code
	}
	c.complain(err)
	return exitOf(err)
}

// NewRoot gives the tree of commands, for the documentation of flags and the completion of shells.
func NewRoot(app *App) *cobra.Command { return (&command{app: app}).root() }

// usage is an error in how the program was called.
type usage struct{ said string }

func (u *usage) Error() string { return u.said }

func usagef(format string, args ...any) error { return &usage{fmt.Sprintf(format, args...)} }

// exit ends with a code after everything was said.
type exit struct{ code int }

func (e *exit) Error() string { return fmt.Sprintf("exit %d", e.code) }

// noConfig is what every command that needs a config answers with when there is none.
type noConfig struct{ path string }

func (n *noConfig) Error() string {
	return "stoke has no config yet: there is none at " + n.path + "\nTry it on invented people first: stoke demo\nThen see what to write into it: stoke setup"
}

func (n *noConfig) Unwrap() error {
	return model.Errorf(model.BadConfig, "There is no config yet. Try `stoke demo`, then `stoke setup`.")
}

// complain says what went wrong: a plain sentence for people, an object for programs.
func (c *command) complain(err error) {
	fmt.Fprintln(c.app.Err, says(err))
	if c.flags.JSON {
		c.print(jsonError{Error: errorOf(err)})
	}
}

// says is an error as one sentence; the mistakes of a config and the three lines without one are several.
func says(err error) string {
	var mistakes config.Mistakes
	var none *noConfig
	if errors.As(err, &mistakes) || errors.As(err, &none) {
		return text.Clean(err.Error())
	}
	var u *usage
	var worded *model.Error
	said := text.Line(err.Error())
	if errors.As(err, &u) || errors.As(err, &worded) {
		return ended(said)
	}
	return "Could not do that: " + ended(said)
}

// ended is a sentence with its full stop.
func ended(s string) string {
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") {
		return s
	}
	return s + "."
}

func errorOf(err error) errorJSON {
	e := errorJSON{Code: string(model.CodeOf(err)), Message: text.Line(says(err))}
	var u *usage
	var a *ambiguous
	var none *noConfig
	switch {
	case errors.As(err, &u):
		e.Code = "usage"
	case errors.As(err, &a):
		for _, contact := range a.candidates {
			e.Candidates = append(e.Candidates, personOf(contact))
		}
	case errors.As(err, &none):
		e.Message = none.Unwrap().Error()
	case e.Code == "" && errors.Is(err, context.Canceled):
		e.Code = "cancelled"
	case e.Code == "":
		e.Code = "failed"
	}
	return e
}

func exitOf(err error) int {
	var u *usage
	if errors.As(err, &u) {
		return ExitUsage
	}
	switch model.CodeOf(err) {
	case model.Invalid, model.Ambiguous:
		return ExitUsage
	case model.Offline:
		return ExitLater
	case model.AuthError:
		return ExitAuth
	case model.BadConfig:
		return ExitConfig
	}
	return ExitFailed
}

// bareCause is the reason why a file could not be read, without the path that the sentence names already.
func bareCause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// grumble says what went wrong with one of several things.
func (c *command) grumble(err error) { fmt.Fprintln(c.app.Err, says(err)) }
