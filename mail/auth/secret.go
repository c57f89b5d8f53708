package auth

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"
)

// Source says where the secret of an account comes from. What is set is asked in the order of the
// fields; the environment and plain text are asked only where the one before has nothing.
type Source struct {
	Account string   // as the vault knows it, and as sentences name it
	Command []string // argv; no shell sees it. Whoever names a command means it: nothing else is asked
	Token   bool     // Command prints a token
	Vault   Vault    // nil: none
	Env     string   // name of a variable
	Plain   string   // the secret itself, out of a config that nobody else can read
}

// commandTime is how long a password command may take: it may ask the rep to unlock a store.
const commandTime = 60 * time.Second

// maxSecret bounds what is read from a password command, in octets.
const maxSecret = 64 << 10

// ErrNoSecret means that no secret could be had. The sentence around it names the way out.
var ErrNoSecret = errors.New("no password")

// Fetch returns the secret. lookup is os.LookupEnv or the like. It ends when ctx does, and a
// command after a minute at the latest. The error is ErrNoSecret, or ErrVaultBusy where a vault that
// may have the secret did not answer and nothing else has it.
func (s Source) Fetch(ctx context.Context, lookup func(string) (string, bool)) (string, error) {
	if len(s.Command) > 0 {
		what := "password command"
		if s.Token {
			what = "token command"
		}
		return run(ctx, what, s.Command, commandTime)
	}
	var missing error
	if s.Vault != nil {
		secret, err := s.Vault.Get(ctx, s.Account)
		if err == nil {
			return secret, nil
		}
		missing = fmt.Errorf("%w: %w", ErrNoSecret, err)
		switch {
		case errors.Is(err, ErrNotKept):
			missing = fmt.Errorf("%w: none is kept for %s yet. Run: stoke login %s", ErrNoSecret, s.Account, s.Account)
		case errors.Is(err, ErrVaultBusy):
			missing = err
		}
	}
	if s.Env != "" {
		if v, ok := lookup(s.Env); ok && v != "" {
			return v, nil
		}
		if missing == nil {
			missing = fmt.Errorf("%w: the environment variable %s is not set", ErrNoSecret, s.Env)
		}
	}
	if s.Plain != "" {
		return s.Plain, nil
	}
	if missing == nil {
		missing = fmt.Errorf("%w: set keyring, password_command or password_env in the config", ErrNoSecret)
	}
	return "", missing
}

// run takes the first line of what the command prints, as pass(1) and its kin give it. The
// command's complaints are left out of the error: they may quote what it read.
func run(ctx context.Context, what string, argv []string, limit time.Duration) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Stdout = &capped{w: &out, left: maxSecret}
	cmd.WaitDelay = time.Second // a grandchild that keeps the pipe open is not waited for
	switch err := cmd.Run(); {
	case ctx.Err() != nil:
		return "", fmt.Errorf("%w: the %s (%s) did not end in time", ErrNoSecret, what, argv[0])
	case errors.Is(err, exec.ErrNotFound):
		return "", fmt.Errorf("%w: the %s %s is not installed", ErrNoSecret, what, argv[0])
	case err != nil && !errors.Is(err, exec.ErrWaitDelay):
		return "", fmt.Errorf("%w: the %s (%s) failed; try it in a terminal", ErrNoSecret, what, argv[0])
	}
	line, _, _ := strings.Cut(out.String(), "\n")
	line = strings.TrimSuffix(line, "\r")
	if line == "" {
		return "", fmt.Errorf("%w: the %s (%s) printed nothing", ErrNoSecret, what, argv[0])
	}
	return line, nil
}

// capped keeps the first octets and swallows the rest.
type capped struct {
	w    io.Writer
	left int
}

func (c *capped) Write(p []byte) (int, error) {
	n := min(len(p), c.left)
	c.left -= n
	if _, err := c.w.Write(p[:n]); err != nil {
		return 0, err
	}
	return len(p), nil
}
