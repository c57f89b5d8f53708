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

// Source says where the secret of an account comes from: a command, or a variable of the
// environment. Exactly one is set.
type Source struct {
	Command []string // argv; no shell sees it
	Env     string   // name of a variable
}

// commandTime is how long a password command may take: it may ask the rep to unlock a store.
const commandTime = 60 * time.Second

// maxSecret bounds what is read from a password command, in octets.
const maxSecret = 64 << 10

// ErrNoSecret means that no secret could be had. The sentence around it names the way out.
var ErrNoSecret = errors.New("no password")

// Fetch returns the secret. lookup is os.LookupEnv or the like. It ends when ctx does, and a
// command after a minute at the latest.
func (s Source) Fetch(ctx context.Context, lookup func(string) (string, bool)) (string, error) {
	if len(s.Command) > 0 {
		return run(ctx, s.Command, commandTime)
	}
	if s.Env == "" {
		return "", fmt.Errorf("%w: set password_command or password_env in the config", ErrNoSecret)
	}
	v, ok := lookup(s.Env)
	if !ok || v == "" {
		return "", fmt.Errorf("%w: the environment variable %s is not set", ErrNoSecret, s.Env)
	}
	return v, nil
}

// run takes the first line of what the command prints, as pass(1) and its kin give it. The
// command's complaints are left out of the error: they may quote what it read.
func run(ctx context.Context, argv []string, limit time.Duration) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Stdout = &capped{w: &out, left: maxSecret}
	cmd.WaitDelay = time.Second // a grandchild that keeps the pipe open is not waited for
	switch err := cmd.Run(); {
	case ctx.Err() != nil:
		return "", fmt.Errorf("%w: the password command (%s) did not end in time", ErrNoSecret, argv[0])
	case errors.Is(err, exec.ErrNotFound):
		return "", fmt.Errorf("%w: the password command %s is not installed", ErrNoSecret, argv[0])
	case err != nil && !errors.Is(err, exec.ErrWaitDelay):
		return "", fmt.Errorf("%w: the password command (%s) failed; try it in a terminal", ErrNoSecret, argv[0])
	}
	line, _, _ := strings.Cut(out.String(), "\n")
	line = strings.TrimSuffix(line, "\r")
	if line == "" {
		return "", fmt.Errorf("%w: the password command (%s) printed nothing", ErrNoSecret, argv[0])
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
