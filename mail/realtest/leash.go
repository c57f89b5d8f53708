package realtest

import (
	"fmt"
	"os/exec"
)

// leash reads until its standard input ends, which is when the test process is
// gone for whatever reason, SIGKILL included. Then it ends the servers and
// removes their folder: first politely, then the whole group, since a worker
// with a silent client would stay. It shares our terminal and must outlive a
// ctrl+c.
const leash = `
trap '' INT TERM HUP
cat >/dev/null
for f in "$1/postfix/queue/pid/master.pid" "$1/imap/run/master.pid" "$1/lmtp/run/master.pid"; do
	pid=$(cat "$f" 2>/dev/null) || continue
	pid=$((pid)) # Postfix pads it with spaces
	kill -TERM -$pid 2>/dev/null || continue
	n=0
	# Dead is gone, or Z where nobody collects orphans.
	while [ $n -lt 50 ] && grep -qsv ') Z' "/proc/$pid/stat"; do n=$((n + 1)); sleep 0.1; done
	kill -KILL -$pid 2>/dev/null
done
rm -rf "$1"
`

// putOnLeash ties the life of every server under dir to our own. The other end
// of the pipe is never closed by us: only the end of the process does.
func putOnLeash(dir string) (*exec.Cmd, error) {
	cmd := exec.Command("/bin/sh", "-c", leash, "leash", dir)
	if _, err := cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("leash: %w", err)
	}
	return cmd, nil
}
