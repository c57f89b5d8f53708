package model

import "time"

// State is the state of one mail on its way out (RELIABILITY.md, "The outbox").
type State string

// States of the outbox.
const (
	DraftAgain State = "draft" // taken back in its undo window; the draft has its text again
	Queued     State = "queued"
	Claimed    State = "claimed"    // one owner works on it; no dot has left
	Committing State = "committing" // the final dot may have left
	Sent       State = "sent"
	Uncertain  State = "uncertain" // the dot left and no answer was read
	AskRep     State = "ask_rep"   // no evidence either way: only the rep can say
	Failed     State = "failed"
	Cancelled  State = "cancelled"
)

// Owed tells whether a mail in this state is still stoke's to deliver or to clear up.
func (s State) Owed() bool {
	return s == Queued || s == Claimed || s == Committing || s == Uncertain
}

// Blocks tells whether a mail in this state stands in the way of another one to the same contact.
func (s State) Blocks() bool { return s.Owed() || s == AskRep }

// Outgoing is one mail in the outbox. What the rep approved (recipients, text, Message-ID) never changes; Date is set at
// the first claim, and from then on Raw holds the bytes that every attempt sends.
type Outgoing struct {
	ID         int64
	Account    string
	Contact    int64
	MessageID  string // without angle brackets
	StokeID    string // our own mark, for providers that rewrite Message-ID
	From       Address
	To, Cc     []Address
	Subject    string
	Text       string
	InReplyTo  string
	References []string
	BasedOn    int64 // the newest answer that the rep had seen
	Forced     bool  // the rep overruled a gate
	Unsynced   bool  // the rep lets it go although the inbox cannot be read
	Single     bool  // written or approved one by one: exempt from pace and window
	Answer     bool  // answers a mail of the contact, or is the first follow-up
	Sequence   string
	Step       int
	Template   string // that it was made from
	Rank       Rank   // among mails that the pace holds back

	Attachments []Attachment
	Files       [][]byte // their bytes in the same order; only while there is no Raw

	State     State
	Approved  time.Time
	SendAfter time.Time // not before: the undo window or a planned time
	NextAt    time.Time // of the next attempt or look
	Attempts  int
	Owner     string
	Date      time.Time
	Raw       []byte
	SentNext  uint32 // UIDNEXT of the Sent folder before the dot; 0 unknown
	DotAt     time.Time
	Settled   time.Time
	Looks     int
	Reply     string // the server's last words
	Error     string // a sentence for the rep
	Copied    bool   // a copy is known to be in Sent, or none is wanted
}

// Recipients are all envelope recipients, each once.
func (o Outgoing) Recipients() []string {
	seen := map[string]bool{}
	var all []string
	for _, a := range append(append([]Address{}, o.To...), o.Cc...) {
		if !seen[a.Addr] {
			seen[a.Addr] = true
			all = append(all, a.Addr)
		}
	}
	return all
}

// Turn is something that happens to a mail in the outbox.
type Turn string

// Turns of an outgoing mail. Each is allowed from the states that After names only.
const (
	TurnUndo     Turn = "undo"     // the rep takes it back
	TurnClaim    Turn = "claim"    // an owner takes it up
	TurnStop     Turn = "stop"     // a stop condition: an answer, a bounce, an opt-out, a retirement
	TurnStale    Turn = "stale"    // its time passed long ago: the rep decides anew
	TurnLater    Turn = "later"    // stale sync or pace: no fault, no attempt counted
	TurnRetry    Turn = "retry"    // a failure before the dot, or 4xx
	TurnRefused  Turn = "refused"  // 5xx
	TurnCommit   Turn = "commit"   // the dot may leave now
	TurnAccepted Turn = "accepted" // 250 after the dot
	TurnLost     Turn = "lost"     // no readable answer after the dot
	TurnOrphan   Turn = "orphan"   // its owner died
	TurnFound    Turn = "found"    // evidence that it went out
	TurnAbsent   Turn = "absent"   // one look without evidence
	TurnSaysSent Turn = "sent"     // the rep: it went out
	TurnDrop     Turn = "drop"     // the rep: drop it
	TurnAgain    Turn = "again"    // the rep: send it again, same bytes
)

// Result is a Turn with what was learned from it.
type Result struct {
	Turn    Turn
	Reply   string    // the server's words, cleaned
	Error   string    // a sentence for the rep
	NotTill time.Time // with TurnLater: when to try again; with TurnRetry: not before
	Dead    string    // with TurnRefused: the recipient of whom the server says that there is no such address
}

// After gives the mail after a turn, or a Conflict when its state does not allow the turn. It is the outbox's table; no
// other code changes a state.
func (o Outgoing) After(res Result, now time.Time, r Rules) (Outgoing, error) {
	from := o.State
	to, ok := next(from, res.Turn)
	if !ok {
		return o, Errorf(Conflict, "The mail to %s is %s by now, so that cannot be done.", o.recipient(), o.State.Says())
	}
	if res.Reply != "" {
		o.Reply = res.Reply
	}
	o.Error = res.Error
	o.State = to
	switch res.Turn {
	case TurnClaim:
		o.Attempts++
		if o.Date.IsZero() {
			o.Date = now
		}
		return o, nil // the owner is the claimer's to set
	case TurnCommit:
		o.DotAt = now
		return o, nil
	case TurnLater:
		if from == Claimed {
			o.Attempts--
		}
		o.NextAt = res.NotTill
	case TurnOrphan:
		o.NextAt = now
	case TurnLost:
		o.NextAt = now
	case TurnAgain:
		o.Unsynced = from == Queued // what waits goes at once, also where the inbox cannot be read
		o.NextAt, o.Approved, o.Looks, o.Attempts = now, now, 0, 0
	case TurnRetry:
		if o.Stale(now, r) {
			o.State = Failed
			break
		}
		o.NextAt = now.Add(r.Retry[min(max(o.Attempts, 1), len(r.Retry))-1])
		if res.NotTill.After(o.NextAt) {
			o.NextAt = res.NotTill
		}
	case TurnAbsent:
		o.Looks++
		if o.Looks >= len(r.Looks) {
			o.State = AskRep
			break
		}
		o.NextAt = o.DotAt.Add(r.Looks[o.Looks])
		if o.NextAt.Before(now) {
			o.NextAt = now.Add(r.Looks[o.Looks] - r.Looks[o.Looks-1])
		}
	}
	o.Owner = ""
	if !o.State.Blocks() {
		o.Settled = now
	}
	return o, nil
}

// Stale tells whether a mail is so late that the rep is asked before it leaves (RELIABILITY.md: after days offline, or from
// a database that was restored, there is no burst).
func (o Outgoing) Stale(now time.Time, r Rules) bool {
	planned := o.SendAfter
	if o.Attempts == 0 && o.NextAt.After(planned) {
		planned = o.NextAt // the pace moved it; waiting for that is no delay
	}
	return now.Sub(o.Approved) >= r.GiveUp && now.Sub(planned) >= r.GiveUp
}

// next is the table of RELIABILITY.md.
func next(from State, turn Turn) (State, bool) {
	type edge struct {
		from State
		turn Turn
	}
	to, ok := map[edge]State{
		{Queued, TurnUndo}:         DraftAgain,
		{Queued, TurnClaim}:        Claimed,
		{Queued, TurnStop}:         Cancelled,
		{Queued, TurnDrop}:         Cancelled,
		{Queued, TurnAgain}:        Queued, // the rep does not want to wait after a failure
		{Queued, TurnStale}:        Failed,
		{Queued, TurnFound}:        Sent, // a late copy after "send again", or a database that was restored
		{Claimed, TurnStop}:        Cancelled,
		{Claimed, TurnLater}:       Queued,
		{Queued, TurnLater}:        Queued,
		{Claimed, TurnRetry}:       Queued,
		{Claimed, TurnRefused}:     Failed,
		{Claimed, TurnCommit}:      Committing,
		{Claimed, TurnOrphan}:      Queued,
		{Committing, TurnAccepted}: Sent,
		{Committing, TurnRetry}:    Queued,
		{Committing, TurnRefused}:  Failed,
		{Committing, TurnLost}:     Uncertain,
		{Committing, TurnOrphan}:   Uncertain,
		{Uncertain, TurnFound}:     Sent,
		{Uncertain, TurnAbsent}:    Uncertain,
		{AskRep, TurnFound}:        Sent,
		{AskRep, TurnSaysSent}:     Sent,
		{AskRep, TurnDrop}:         Cancelled,
		{AskRep, TurnAgain}:        Queued,
		{Failed, TurnAgain}:        Queued,
		{Failed, TurnDrop}:         Cancelled,
		{Uncertain, TurnSaysSent}:  Sent,
		{Committing, TurnFound}:    Sent,
	}[edge{from, turn}]
	return to, ok
}

// Says is the state in plain words.
func (s State) Says() string {
	switch s {
	case DraftAgain:
		return "a draft again"
	case Queued:
		return "waiting to leave"
	case Claimed, Committing:
		return "being sent"
	case Uncertain:
		return "in doubt"
	case AskRep:
		return "for you to decide"
	}
	return string(s)
}

func (o Outgoing) recipient() string {
	if len(o.To) == 0 {
		return "nobody"
	}
	if o.To[0].Name != "" {
		return o.To[0].Name
	}
	return o.To[0].Addr
}

// Line says in one sentence how the mail stands.
func (o Outgoing) Line(clock func(time.Time) string) string {
	who := o.recipient()
	switch o.State {
	case Queued:
		if o.Error != "" {
			return "Waiting: " + o.Error + " Trying again " + clock(o.NextAt) + "."
		}
		return "Leaves " + clock(o.SendAfter) + "."
	case Claimed, Committing:
		return "Being sent now."
	case Sent:
		return "Sent " + clock(o.Settled) + "."
	case Uncertain:
		return "It may have gone out " + clock(o.DotAt) + "; looking in your Sent folder."
	case AskRep:
		return "It may have gone out " + clock(o.DotAt) + "; no copy was found in your Sent folder. Did " + who + " get it?"
	case Failed:
		return "Could not send to " + who + ": " + o.Error
	case Cancelled:
		return "Not sent: " + o.Error
	}
	return "Taken back."
}
