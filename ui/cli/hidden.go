package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/term"
)

// Hidden gives what asks for a line at a terminal without showing what is typed; io.EOF when the rep leaves with ctrl+c.
// The terminal shows nothing more before it asks, and is as before on every way out.
func Hidden(in *os.File, out io.Writer) func(ctx context.Context, prompt string) (string, error) {
	return func(ctx context.Context, prompt string) (word string, err error) {
		before, err := term.MakeRaw(int(in.Fd()))
		if err != nil {
			return "", fmt.Errorf("ask the terminal: %w", err)
		}
		defer func() { err = errors.Join(err, term.Restore(int(in.Fd()), before)) }()
		type typed struct {
			word string
			err  error
		}
		done := make(chan typed, 1)
		go func() {
			word, err := term.NewTerminal(struct {
				io.Reader
				io.Writer
			}{in, out}, "").ReadPassword(prompt)
			done <- typed{word, err}
		}()
		select {
		case got := <-done:
			return got.word, got.err
		case <-ctx.Done():
			return "", context.Cause(ctx)
		}
	}
}
