package story

import (
	"bytes"
	"io"
	"net"
	"os"
	"sync"
	"testing"
)

// narrow stands between a program and its IMAP server, and holds what the server says once so many octets of it have
// passed. So a program can be stopped in the middle of something, however fast the machine is.
type narrow struct {
	mu   sync.Mutex
	more *sync.Cond
	left int
	held bool
	gone bool
}

// narrowed puts it before the IMAP server of a rep. Nothing passes before allow.
func narrowed(t testing.TB, r *rep, server string) *narrow {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	n := &narrow{}
	n.more = sync.NewCond(&n.mu)
	var all sync.WaitGroup
	all.Go(func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			behind, err := net.Dial("tcp", server)
			if err != nil {
				client.Close()
				continue
			}
			all.Go(func() {
				_, _ = io.Copy(behind, client) // the end of either side is the end of both
				behind.Close()
			})
			all.Go(func() {
				defer client.Close()
				n.pass(client, behind)
			})
		}
	})
	t.Cleanup(func() {
		listener.Close()
		n.mu.Lock()
		n.gone = true
		n.mu.Unlock()
		n.more.Broadcast()
		all.Wait()
	})
	_, was, err := net.SplitHostPort(server)
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	config, err := os.ReadFile(r.config)
	if err != nil {
		t.Fatal(err)
	}
	r.write(r.config, bytes.ReplaceAll(config, []byte("port = "+was), []byte("port = "+port)))
	return n
}

func (n *narrow) pass(client io.Writer, server io.Reader) {
	chunk := make([]byte, 16<<10)
	for {
		got, err := server.Read(chunk)
		if err != nil {
			return
		}
		n.mu.Lock()
		for n.left < got && !n.gone {
			n.held = true
			n.more.Wait()
		}
		n.left -= got
		n.mu.Unlock()
		if _, err := client.Write(chunk[:got]); err != nil {
			return
		}
	}
}

// allow lets so many octets pass from now on.
func (n *narrow) allow(octets int) {
	n.mu.Lock()
	n.left, n.held = octets, false
	n.mu.Unlock()
	n.more.Broadcast()
}

// holds tells whether the server has more to say than may pass.
func (n *narrow) holds() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.held
}
