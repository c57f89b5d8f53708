package mailtest

// Phase is a moment in a conversation at which a fault can strike. A fault
// strikes in place of the answer that the client waits for at that moment.
type Phase string

// Phases of a conversation, in their order.
const (
	Connect  Phase = "connect"  // TCP accepted, not an octet sent, before implicit TLS
	Greeting Phase = "greeting" // the first line of the server
	StartTLS Phase = "starttls" // the answer to STARTTLS
	TLS      Phase = "tls"      // the server's side of the handshake

	EHLO     Phase = "ehlo"
	Auth     Phase = "auth"
	Mail     Phase = "mail"
	Rcpt     Phase = "rcpt"
	Data     Phase = "data"     // in place of 354
	Body     Phase = "body"     // after the first line of the body
	AfterDot Phase = "afterdot" // the final dot was read
	Quit     Phase = "quit"

	Login  Phase = "login" // LOGIN and AUTHENTICATE
	List   Phase = "list"
	Select Phase = "select" // SELECT and EXAMINE
	Fetch  Phase = "fetch"
	Search Phase = "search"
	Idle   Phase = "idle"   // the answer to IDLE
	Idling Phase = "idling" // IDLE is granted; only Silent fits: no push and no answer to DONE
	Append Phase = "append"
	Noop   Phase = "noop"
)

type action int

const (
	silent action = iota
	answer
	closeFIN
	closeRST
	late
	blankLine
	inject
	flood
	cut
	repeat
)

// Fault is one switch; make it with the functions below and turn it on with
// Port.Set. The zero Fault is of no use.
type Fault struct {
	at       Phase
	do       action
	text     string
	rcpt     string
	accepted bool
	until    <-chan struct{}
	octets   int
	times    int // how often it still strikes; 0 is always
	struck   func()
}

// Times limits the fault to its first n strikes; without it, it stays on.
func (f Fault) Times(n int) Fault { f.times = n; return f }

// OnStrike has fn called each time the fault strikes, from the connection's
// goroutine and before the fault shows; a mail that is accepted at AfterDot is
// recorded by then. fn must not block.
func (f Fault) OnStrike(fn func()) Fault { f.struck = fn; return f }

func (f Fault) tell() {
	if f.struck != nil {
		f.struck()
	}
}

// BlackHole accepts the connection and never says a word.
func BlackHole() Fault { return Fault{at: Connect, do: silent} }

// Silent goes silent at a phase: nothing is answered and nothing more is read.
func Silent(at Phase) Fault { return Fault{at: at, do: silent} }

// Reply answers a phase with this line instead, and does not do what was
// asked. SMTP: "451 4.3.0 Try later"; 421 also closes, and several lines are
// parted by \r\n. IMAP: "NO [TRYCREATE] No such mailbox", without the tag.
func Reply(at Phase, line string) Fault { return Fault{at: at, do: answer, text: line} }

// RefuseRecipient answers RCPT for one address with this line.
func RefuseRecipient(addr, line string) Fault {
	return Fault{at: Rcpt, do: answer, text: line, rcpt: addr}
}

// AuthRefused answers a right SMTP password with 535.
func AuthRefused() Fault { return Reply(Auth, "535 5.7.8 Username and password not accepted") }

// LoginRefused answers a right IMAP password with NO.
func LoginRefused() Fault { return Reply(Login, "NO [AUTHENTICATIONFAILED] Invalid credentials") }

// AppendRefused answers APPEND with NO.
func AppendRefused() Fault { return Reply(Append, "NO [OVERQUOTA] Mailbox is full") }

// AppendTryCreate answers APPEND as if the mailbox did not exist.
func AppendTryCreate() Fault { return Reply(Append, "NO [TRYCREATE] No such mailbox") }

// DropFIN closes the connection in an orderly way at a phase; at AfterDot the
// mail is not accepted.
func DropFIN(at Phase) Fault { return Fault{at: at, do: closeFIN} }

// DropRST resets the connection at a phase; at AfterDot the mail is not
// accepted.
func DropRST(at Phase) Fault { return Fault{at: at, do: closeRST} }

// AcceptThenFIN takes the mail after the dot, then closes without a reply.
func AcceptThenFIN() Fault { return Fault{at: AfterDot, do: closeFIN, accepted: true} }

// AcceptThenRST takes the mail after the dot, then resets without a reply.
func AcceptThenRST() Fault { return Fault{at: AfterDot, do: closeRST, accepted: true} }

// AcceptThenSilent takes the mail after the dot and never says so.
func AcceptThenSilent() Fault { return Fault{at: AfterDot, do: silent, accepted: true} }

// AcceptThenReply takes the mail after the dot and says something else.
func AcceptThenReply(line string) Fault {
	return Fault{at: AfterDot, do: answer, text: line, accepted: true}
}

// Late withholds the answer at a phase until the channel is closed, then goes
// on as if nothing had been; at AfterDot the mail is accepted before the wait.
func Late(at Phase, until <-chan struct{}) Fault { return Fault{at: at, do: late, until: until} }

// BlankLine sends an empty line before the answer of a phase.
func BlankLine(at Phase) Fault { return Fault{at: at, do: blankLine} }

// InjectBeforeTLS sends this text in clear right behind the consent to
// STARTTLS, as an attacker on the path does (CVE-2011-0411).
func InjectBeforeTLS(text string) Fault { return Fault{at: StartTLS, do: inject, text: text} }

// Flood answers a phase of IMAP with untagged lines without end.
func Flood(at Phase) Fault { return Fault{at: at, do: flood, text: "* OK Still here\r\n"} }

// Cut lets the first octets of the answer to a phase pass, then closes. At
// AfterDot the mail is accepted before.
func Cut(at Phase, octets int) Fault {
	return Fault{at: at, do: cut, octets: octets, accepted: at == AfterDot}
}

// CutInFetch lets the first octets of a FETCH answer pass, then closes.
func CutInFetch(octets int) Fault { return Cut(Fetch, octets) }

// Repeat gives the answer of a phase twice. At AfterDot the mail is accepted
// once.
func Repeat(at Phase) Fault { return Fault{at: at, do: repeat, accepted: at == AfterDot} }
