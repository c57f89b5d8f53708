package realtest

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// asVictim makes the test binary start its servers, say where, and wait to be
// killed.
const asVictim = "REALTEST_VICTIM"

func TestTheServersDieWithAKilledTest(t *testing.T) {
	if os.Getenv(asVictim) != "" {
		s := Start(t)
		fmt.Println("\nup", s.dir, s.IMAPS, s.SMTPS, s.socket())
		select {}
	}
	Start(t) // skips where the servers cannot run
	victim := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	victim.Env = append(os.Environ(), asVictim+"=1")
	out, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	var said []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), "up "); ok {
			said = strings.Fields(rest)
			break
		}
	}
	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := victim.Wait(); err == nil {
		t.Fatal("the victim ended by itself")
	}
	if len(said) != 4 {
		t.Fatalf("the victim said %q", said)
	}
	if !await(func() bool { _, err := os.Stat(said[0]); return os.IsNotExist(err) }) {
		t.Errorf("%s is still there", said[0])
	}
	for _, address := range said[1:] {
		if answers(address) {
			t.Errorf("%s still answers", address)
		}
	}
}
