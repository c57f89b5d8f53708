package realtest

import (
	"errors"
	"math/rand/v2"
	"net"
	"strconv"
)

// ports of the listeners, all on 127.0.0.1.
type ports struct{ imap, imaps, submission, smtps int }

// freePorts picks below the range from which the kernel takes the local ends
// of outgoing connections: a server that a test stops must find its port free
// when it comes back.
func freePorts() (ports, error) {
	var p ports
	for _, slot := range []*int{&p.imap, &p.imaps, &p.submission, &p.smtps} {
		for range 100 {
			n := 10000 + rand.IntN(20000)
			l, err := net.Listen("tcp4", local(n))
			if err != nil {
				continue
			}
			defer l.Close() // held until all are chosen, so that no two are equal
			*slot = n
			break
		}
		if *slot == 0 {
			return p, errors.New("no free port on 127.0.0.1")
		}
	}
	return p, nil
}

func local(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }
