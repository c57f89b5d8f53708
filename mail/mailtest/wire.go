package mailtest

import (
	"net"
	"sync"
	"sync/atomic"
)

// wire is one TCP connection as the server sees it. Whoever goes silent waits
// for gone, so that closing the wire ends every kind of silence.
type wire struct {
	*net.TCPConn
	port   *Port
	secret atomic.Bool // TLS has begun
	once   sync.Once
	gone   chan struct{}
}

func (w *wire) Read(p []byte) (int, error) {
	n, err := w.TCPConn.Read(p)
	if n > 0 && !w.secret.Load() {
		w.port.mu.Lock()
		w.port.plain = append(w.port.plain, p[:n]...)
		w.port.mu.Unlock()
	}
	return n, err
}

func (w *wire) Close() error {
	err := net.ErrClosed
	w.once.Do(func() {
		close(w.gone)
		err = w.TCPConn.Close()
		w.port.mu.Lock()
		delete(w.port.wires, w)
		w.port.mu.Unlock()
	})
	return err
}

// reset closes so that the other side gets RST instead of FIN.
func (w *wire) reset() {
	if err := w.SetLinger(0); err == nil {
		w.Close()
	}
}

// hush says nothing until the connection goes away.
func (w *wire) hush() { <-w.gone }

// play performs the faults that look the same in both protocols. It reports
// whether the conversation goes on.
func (w *wire) play(f Fault) bool {
	switch f.do {
	case silent:
		w.hush()
		return false
	case closeFIN:
		w.Close()
		return false
	case closeRST:
		w.reset()
		return false
	case late:
		select {
		case <-f.until:
			return true
		case <-w.gone:
			return false
		}
	}
	return true
}
