package mailtest

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
)

// Delivery is one mail that the server accepted for sending.
type Delivery struct {
	From string
	To   []string
	// Raw is the mail octet by octet as received, without the stuffed dots and
	// without the final dot.
	Raw []byte
	At  time.Time
}

// Deliveries is every accepted submission in the order of acceptance, whether
// or not the client heard of it.
func (s *Server) Deliveries() []Delivery { return s.log.list() }

// AwaitDeliveries returns once there are at least n, or when ctx ends, with
// what there is and the context's error.
func (s *Server) AwaitDeliveries(ctx context.Context, n int) ([]Delivery, error) {
	for {
		all, more := s.log.listAndWait()
		if len(all) >= n {
			return all, nil
		}
		select {
		case <-more:
		case <-ctx.Done():
			return all, ctx.Err()
		}
	}
}

// accept files a submission with its local recipients and its sender and
// records it.
func (s *Server) accept(user string, d Delivery) error {
	for _, to := range d.To {
		if a, err := s.accounts.find(to); err == nil {
			if err := a.file("INBOX", d.Raw, d.At); err != nil {
				return err
			}
		}
	}
	if s.opts.SavesSent {
		a, err := s.accounts.find(user)
		if err != nil {
			return err
		}
		if err := a.file("Sent", d.Raw, d.At, imap.FlagSeen); err != nil {
			return err
		}
	}
	s.log.add(d)
	return nil
}

// deliveries keeps the record and calls the hook in a goroutine of its own, so
// that a slow prospect never holds up a conversation.
type deliveries struct {
	hook func(Delivery)
	work sync.WaitGroup

	mu     sync.Mutex
	all    []Delivery
	told   int           // how many the hook has seen
	more   chan struct{} // closed at the next delivery or at close
	closed bool
}

func newDeliveries(hook func(Delivery)) *deliveries {
	l := &deliveries{hook: hook, more: make(chan struct{})}
	if hook != nil {
		l.work.Go(l.tell)
	}
	return l
}

func (l *deliveries) add(d Delivery) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, d)
	close(l.more)
	l.more = make(chan struct{})
}

func (l *deliveries) list() []Delivery {
	all, _ := l.listAndWait()
	return all
}

func (l *deliveries) listAndWait() ([]Delivery, <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.all), l.more
}

func (l *deliveries) tell() {
	for {
		l.mu.Lock()
		if l.closed {
			l.mu.Unlock()
			return
		}
		more := l.more
		if l.told == len(l.all) {
			l.mu.Unlock()
			<-more
			continue
		}
		d := l.all[l.told]
		l.told++
		l.mu.Unlock()
		l.hook(d)
	}
}

func (l *deliveries) close() {
	l.mu.Lock()
	l.closed = true
	close(l.more)
	l.more = make(chan struct{})
	l.mu.Unlock()
	l.work.Wait()
}
