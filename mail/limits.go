package mail

import "time"

// Limits are the deadlines and sizes of the wire, in real time and octets. The zero value of a
// field means its default.
type Limits struct {
	Connect time.Duration // TCP, greeting, STARTTLS and TLS handshake together; 20 s
	Command time.Duration // silence allowed while one command waits for its answer; 30 s
	Whole   time.Duration // one exchange from its first to its last byte, of commands that leave together; 5 min
	Dot     time.Duration // silence allowed after the final dot; 2 min
	Leave   time.Duration // what a dot in flight gets once the program leaves; 1.5 s
	Idle    time.Duration // one IDLE before it is renewed, below 29 min (RFC 2177); 3 min, which is also how often Sent is read
	Poll    time.Duration // between looks where the server has no IDLE; 1 min
	Copy    time.Duration // what a server gets to save its own copy before one is put into Sent; 5 s
	Retry   time.Duration // the first wait before a new connection; it doubles up to 300 times this; 1 s
	Commit  time.Duration // between two writes while an old mailbox is read; 250 ms
	Standby time.Duration // between attempts to get the lock of an account; 3 s
	Tick    time.Duration // between looks at what other processes put into the outbox, and at what goes by itself; 5 s

	HeaderSize int64 // octets of one mail's header that are fetched; 128 KiB
	TextSize   int64 // octets of one mail that are fetched; 256 KiB
	Batch      int   // mails whose headers are fetched with one command; 200
	Stride     int   // the same where headers are short, and at least a batch; 1,000
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
	or(&l.Leave, 1500*time.Millisecond)
	or(&l.Idle, 3*time.Minute)
	or(&l.Poll, time.Minute)
	or(&l.Copy, 5*time.Second)
	or(&l.Retry, time.Second)
	or(&l.Commit, 250*time.Millisecond)
	or(&l.Standby, 3*time.Second)
	or(&l.Tick, 5*time.Second)
	if l.HeaderSize <= 0 {
		l.HeaderSize = 128 << 10
	}
	if l.TextSize <= 0 {
		l.TextSize = 256 << 10
	}
	if l.Batch <= 0 {
		l.Batch = 200
	}
	if l.Stride <= 0 {
		l.Stride = 1000
	}
	return l
}
