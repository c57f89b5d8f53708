package mail

import (
	"context"
	"net"
	"strconv"
	"testing"
	"time"

	"go.uber.org/goleak"

	"stoke/mail/auth"
	"stoke/mail/mailtest"
)

const (
	rep      = "ines@stoke.example"
	repPass  = "correct horse \"battery\" staple"
	prospect = "dana@prospect.example"
)

var epoch = time.Date(2026, 11, 4, 9, 30, 0, 0, time.UTC)

// quick are limits for servers that will not answer.
var quick = Limits{Connect: 600 * time.Millisecond, Command: 300 * time.Millisecond, Whole: 3 * time.Second, Dot: 300 * time.Millisecond, Leave: 200 * time.Millisecond, Idle: 5 * time.Second, Poll: 100 * time.Millisecond, Commit: 1, Stride: 1}.withDefaults()

// patience is how long a test waits for what must happen; it only matters when it does not.
const patience = 20 * time.Second

// start runs a provider with the rep and a prospect and checks at the end that no goroutine is left.
func start(t *testing.T, o mailtest.Options) *mailtest.Server {
	t.Helper()
	before := goleak.IgnoreCurrent()
	if o.Now == nil {
		o.Now = func() time.Time { return epoch }
	}
	if o.Users == nil {
		o.Users = []mailtest.User{{Address: rep, Password: repPass}, {Address: prospect, Password: "x"}}
	}
	s, err := mailtest.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.Close()
		if err := goleak.Find(before); err != nil {
			t.Error(err)
		}
	})
	return s
}

func endpointOf(t *testing.T, s *mailtest.Server, p *mailtest.Port, security Security) endpoint {
	t.Helper()
	host, port, err := net.SplitHostPort(p.Addr())
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	return endpoint{host: host, port: n, security: security, roots: s.CertPool(), dial: (&net.Dialer{}).DialContext}
}

func repLogin() auth.Login { return auth.NewLogin(rep, repPass) }

func testContext(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// farAway makes connections look as if they ended on another machine.
func farAway(dial Dialer) Dialer {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := dial(ctx, network, address)
		return remote{c}, err
	}
}

type remote struct{ net.Conn }

func (remote) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 587} }
