package ui

import (
	"errors"
	"io"
	"os"
	"syscall"
)

// keyboard is the terminal that the rep types on. It tells when that is gone: whatever started the program may keep the
// hangup signal to itself, and Bubble Tea takes the end of its input as no reason to end.
type keyboard struct {
	*os.File
	gone func()
}

// Read reads what was typed. In raw mode, in which the screen reads, only a terminal that hung up gives an end (tty_ioctl(4)).
func (k keyboard) Read(b []byte) (int, error) {
	n, err := k.File.Read(b)
	if errors.Is(err, io.EOF) || errors.Is(err, syscall.EIO) {
		k.gone()
	}
	return n, err
}
