package mail

import "time"

// Limits are the deadlines and sizes of the wire, in real time and octets. The zero value of a
// field means its default.
type Limits struct {
	Connect time.Duration // TCP, greeting, STARTTLS and TLS handshake together; 20 s
	Command time.Duration // silence allowed while one command waits for its answer; 30 s
	Whole   time.Duration // one command from its first to its last byte; 5 min
	Dot     time.Duration // silence allowed after the final dot; 2 min
	Leave   time.Duration // what a dot in flight gets once the program leaves; 2 s
	Idle    time.Duration // one IDLE before it is renewed, below 29 min (RFC 2177); 9 min
	Poll    time.Duration // between looks where the server has no IDLE; 1 min

	HeaderSize int64 // octets of one mail's header that are fetched; 128 KiB
	TextSize   int64 // octets of one mail that are fetched; 256 KiB
	Batch      int   // mails fetched with one command; 200
}

func (l Limits) withDefaults() Limits {
	or := func(d *time.Duration, v time.Duration) {
		if *d <= 0 {
			*d = v
		}
	}
	or(&l.Connect, 20*time.Second)
	or(&l.Command, 30*time.Second)
	or(&l.Whole, 5*time.Minute)
	or(&l.Dot, 2*time.Minute)
	or(&l.Leave, 2*time.Second)
	or(&l.Idle, 9*time.Minute)
	or(&l.Poll, time.Minute)
	if l.HeaderSize <= 0 {
		l.HeaderSize = 128 << 10
	}
	if l.TextSize <= 0 {
		l.TextSize = 256 << 10
	}
	if l.Batch <= 0 {
		l.Batch = 200
	}
	return l
}
