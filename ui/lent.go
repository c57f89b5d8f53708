package ui

import (
	"bytes"
	"io"
	"os/exec"
	"runtime/pprof"
	"time"

	tea "charm.land/bubbletea/v2"
)

// lend hands the terminal to a command; done says how it ended.
func lend(command *exec.Cmd, done func(error) tea.Msg) tea.Cmd {
	return tea.Exec(lent{onTerminal{command}}, done)
}

// repaint hands it to nobody and takes it back: what a pause by ctrl+z needs afterwards, for the reason that lent gives.
func repaint() tea.Cmd { return tea.Exec(lent{nobody{}}, nil) }

// lent holds the terminal until the painter of before has ended. Bubble Tea (2.1.1, its issue 1778) does not wait for it:
// where what runs is over first, the old painter stops the clock of the new one, and the screen stays empty for good.
type lent struct{ tea.ExecCommand }

// Run runs the command, and returns when the old painter has ended, or after two seconds.
func (l lent) Run() error {
	err := l.ExecCommand.Run()
	again, enough := time.NewTicker(time.Millisecond), time.After(2*time.Second)
	defer again.Stop()
	for painting() {
		select {
		case <-again.C:
		case <-enough:
			return err
		}
	}
	return err
}

// painting tells whether a painter of Bubble Tea is at work. It keeps no handle of it, so the list of goroutines is asked.
func painting() bool {
	var all bytes.Buffer
	_ = pprof.Lookup("goroutine").WriteTo(&all, 1) // a buffer takes everything
	return bytes.Contains(all.Bytes(), []byte("(*Program).startRenderer.func"))
}

// onTerminal is a command that reads from and writes to what it is given.
type onTerminal struct{ *exec.Cmd }

// SetStdin gives the command the terminal itself: from anything else [exec.Cmd] would copy, and eat the rep's next key.
func (c onTerminal) SetStdin(r io.Reader) {
	if k, ok := r.(keyboard); ok {
		r = k.File
	}
	c.Stdin = r
}

func (c onTerminal) SetStdout(w io.Writer) { c.Stdout = w }
func (c onTerminal) SetStderr(w io.Writer) { c.Stderr = w }

// nobody wants nothing of the terminal.
type nobody struct{}

func (nobody) Run() error          { return nil }
func (nobody) SetStdin(io.Reader)  {}
func (nobody) SetStdout(io.Writer) {}
func (nobody) SetStderr(io.Writer) {}
