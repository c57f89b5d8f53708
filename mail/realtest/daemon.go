package realtest

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// daemon is one server that puts itself into the background.
type daemon struct {
	name   string
	argv   []string
	pid    string   // its pid file
	log    string   // its log file
	listen []string // host:port or socket path; all answer when it is up
}

// start returns when every listener takes connections.
func (d *daemon) start() error {
	// A file, not a pipe: the server keeps its outputs open for life, and we
	// would wait for them.
	said, err := os.Create(d.log + ".start")
	if err != nil {
		return err
	}
	defer said.Close()
	cmd := exec.Command(d.argv[0], d.argv[1:]...)
	cmd.Stdout, cmd.Stderr = said, said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", d.name, err, tail(said.Name()))
	}
	for _, address := range d.listen {
		if !await(func() bool { return answers(address) }) {
			return fmt.Errorf("%s: nothing answers at %s: %s", d.name, address, tail(d.log))
		}
	}
	return nil
}

// stop ends the server and its workers, cutting open connections, and returns
// when nothing listens any more.
func (d *daemon) stop() error {
	raw, err := os.ReadFile(d.pid)
	if err != nil {
		return fmt.Errorf("%s: %w", d.name, err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(raw)))
	if err != nil {
		return fmt.Errorf("%s: %w", d.name, err)
	}
	// The whole group: Dovecot's workers outlive their master for as long as a
	// client sits there in silence.
	if err := syscall.Kill(-pid, syscall.SIGTERM); err != nil {
		return fmt.Errorf("%s: %w", d.name, err)
	}
	if !await(func() bool { return gone(pid) }) {
		return fmt.Errorf("%s: still there after SIGTERM", d.name)
	}
	if err := syscall.Kill(-pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("%s: %w", d.name, err)
	}
	for _, address := range d.listen {
		if !await(func() bool { return !answers(address) }) {
			return fmt.Errorf("%s: still answers at %s", d.name, address)
		}
	}
	// Postfix leaves the file; a pid that is nobody's must not be killed later.
	if err := os.Remove(d.pid); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// gone says whether a process has ended. Where nobody collects orphans, as in
// many containers, the dead stay listed in state Z (proc(5)).
func gone(pid int) bool {
	stat, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	_, state, _ := bytes.Cut(stat, []byte(") "))
	return err != nil || bytes.HasPrefix(state, []byte("Z"))
}

// logs is the end of every server's log, for a test that failed.
func (h *house) logs() string {
	var b strings.Builder
	for _, d := range []*daemon{&h.imapLogin, &h.lmtp, &h.master} {
		fmt.Fprintf(&b, "the end of the log of %s:\n%s\n", d.name, tail(d.log))
	}
	return b.String()
}

// tail is the last lines of a file, or why it cannot be read.
func tail(path string) string {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	lines := bytes.Split(bytes.TrimSpace(raw), []byte("\n"))
	return string(bytes.Join(lines[max(0, len(lines)-15):], []byte("\n")))
}

// answers says whether something accepts connections there.
func answers(address string) bool {
	network := "tcp"
	if filepath.IsAbs(address) {
		network = "unix"
	}
	c, err := net.DialTimeout(network, address, patience)
	if err != nil {
		return false
	}
	return c.Close() == nil
}

// await asks until the answer is yes (true) or patience is over (false).
func await(yes func() bool) bool {
	over := time.NewTimer(patience)
	defer over.Stop()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for !yes() {
		select {
		case <-over.C:
			return false
		case <-again.C:
		}
	}
	return true
}
