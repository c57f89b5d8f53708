package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// patience is how long leaving waits for what works beside the screen. What is in flight then is settled at the next start.
const patience = 3 * time.Second

// Show runs the screen until the rep leaves, and beside it the works, whose context ends then. send puts a message on the
// screen. A work that panics takes the screen down with it, so that the terminal is given back; Show returns that as an
// error.
func Show(ctx context.Context, root *Root, options []tea.ProgramOption, works ...func(ctx context.Context, send func(tea.Msg))) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	program := tea.NewProgram(root, append(options, tea.WithContext(ctx), tea.WithFPS(120), tea.WithInput(keyboard{os.Stdin, cancel}))...)
	broken := make(chan error, len(works))
	ended := make(chan struct{})
	var beside sync.WaitGroup
	for _, work := range works {
		beside.Go(func() {
			defer func() {
				if v := recover(); v != nil {
					broken <- fmt.Errorf("beside the screen: panic: %v", v)
					program.Kill()
				}
			}()
			work(ctx, program.Send)
		})
	}
	go func() {
		beside.Wait()
		close(ended)
	}()

	_, err := program.Run()
	cancel()
	select {
	case <-ended:
	case <-time.After(patience):
	}
	select {
	case err := <-broken:
		return err
	default:
	}
	if errors.Is(err, tea.ErrProgramKilled) && !errors.Is(err, tea.ErrProgramPanic) || errors.Is(err, tea.ErrInterrupted) {
		return nil // the terminal was closed, or the rep was in a hurry
	}
	return err
}
