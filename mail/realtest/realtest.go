package realtest

import (
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"stoke/mail/mailtest/authserver"
)

// Left is an address that Postfix accepts and Dovecot does not know: the
// sender gets a real bounce (RFC 3464), within a second.
const Left = "left@prospect.test"

// patience bounds every wait for a server; a healthy one needs a tenth of it.
const patience = 20 * time.Second

// Servers is one test's view of the running servers: the shared addresses and
// a pair of accounts nobody has used before.
//
// Addresses are host:port on 127.0.0.1; the certificate also names localhost.
type Servers struct {
	IMAPS      string // implicit TLS (RFC 8314)
	IMAP       string // STARTTLS offered
	SMTPS      string // implicit TLS, AUTH required
	Submission string // STARTTLS and AUTH required (RFC 6409)

	CA     *x509.CertPool // the one authority that signed the servers' certificate
	CAFile string         // the same as a PEM file

	User     string // the rep, like rep3@stoke.test; empty mailboxes
	Password string // of User and of Prospect
	Prospect string // like dana3@prospect.test; has a mailbox and may log in too

	// OAuth is the authorization server whose tokens both servers take, by
	// XOAUTH2 and OAUTHBEARER. It is shared: ask it for tokens of User.
	OAuth *authserver.Server

	*house
}

// house is what the tests of one process share.
type house struct {
	dir                     string
	ca                      authority
	imapLogin, lmtp, master daemon
	ports                   ports
	leash                   *exec.Cmd
	auth                    *authserver.Server

	mu    sync.Mutex
	taken int // accounts handed out
}

var shared = sync.OnceValues(open)

// Start returns the servers, starting them for the first test that asks. It
// skips the test where they cannot run and fails it instead when
// STOKE_TEST_SERVERS=1. When the test fails, the end of the servers' logs is
// added to its output.
func Start(t testing.TB) *Servers {
	t.Helper()
	h, err := shared()
	if errors.Is(err, errMissing) && os.Getenv("STOKE_TEST_SERVERS") != "1" {
		t.Skipf("SKIPPED: needs Dovecot and Postfix, see .ci/run (%v)", err)
	}
	if err != nil {
		t.Fatalf("real mail servers: %v", err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(h.logs())
		}
	})
	n := h.nextAccount()
	if n > accounts {
		t.Fatalf("real mail servers: only %d tests a process have accounts", accounts)
	}
	return &Servers{
		IMAPS: local(h.ports.imaps), IMAP: local(h.ports.imap),
		SMTPS: local(h.ports.smtps), Submission: local(h.ports.submission),
		CA: h.ca.pool, CAFile: h.ca.file,
		User: repAddress(n), Password: password, Prospect: prospectAddress(n),
		OAuth: h.auth,
		house: h,
	}
}

func (h *house) nextAccount() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.taken++
	return h.taken
}

// open writes all configuration and starts everything. What it started ends
// with this process even if open fails half-way: the leash is on first.
func open() (*house, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := openDir()
	if err != nil {
		return nil, err
	}
	h := &house{dir: dir}
	if h.leash, err = putOnLeash(dir); err != nil {
		return nil, err
	}
	if h.ca, err = writeCertificates(filepath.Join(dir, "tls")); err != nil {
		return nil, fmt.Errorf("certificates: %w", err)
	}
	if h.auth, err = authserver.Start(repAddress(1)); err != nil { // ends with the process
		return nil, err
	}
	if h.ports, err = freePorts(); err != nil {
		return nil, err
	}
	if err := h.configure(bin); err != nil {
		return nil, fmt.Errorf("configuration: %w", err)
	}
	for _, d := range []*daemon{&h.lmtp, &h.imapLogin, &h.master} {
		if err := d.start(); err != nil {
			return nil, err
		}
	}
	return h, nil
}
