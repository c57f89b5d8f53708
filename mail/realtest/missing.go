package realtest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

var errMissing = errors.New("cannot run here")

// binaries are the paths of the programs we start.
type binaries struct{ dovecot, postfix string }

// programs finds the servers. Both give up root for their workers and so need
// it to begin with.
func programs() (binaries, error) {
	var b binaries
	var err error
	if b.dovecot, err = find("dovecot"); err != nil {
		return b, err
	}
	if b.postfix, err = find("postfix"); err != nil {
		return b, err
	}
	if os.Geteuid() != 0 {
		return b, fmt.Errorf("%w: they must be started as root", errMissing)
	}
	return b, nil
}

// find also looks where Debian keeps daemons, which an ordinary PATH leaves out.
func find(name string) (string, error) {
	for _, candidate := range []string{name, filepath.Join("/usr/sbin", name)} {
		if p, err := exec.LookPath(candidate); err == nil {
			return p, nil
		}
	}
	return "", fmt.Errorf("%w: %s is not installed", errMissing, name)
}

// openDir makes the folder of all state. The servers' own users must be able
// to enter it, and with it every folder above.
func openDir() (string, error) {
	dir, err := os.MkdirTemp("", "stoke-real-")
	if err != nil {
		return "", err
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		return "", err
	}
	for p := dir; p != filepath.Dir(p); p = filepath.Dir(p) {
		st, err := os.Stat(p)
		if err != nil {
			return "", err
		}
		if st.Mode()&0o001 == 0 {
			return "", fmt.Errorf("the mail users cannot enter %s; set TMPDIR to a folder that all may enter", p)
		}
	}
	return dir, nil
}
