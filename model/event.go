package model

import "time"

// EventKind says what an Event tells.
type EventKind string

// Kinds of event. Events are told after the commit they speak of; the listener reads the state from the store.
const (
	EventChanged  EventKind = "changed"  // contacts or the outbox changed: reload what is shown
	EventReplied  EventKind = "replied"  // a contact wrote
	EventSent     EventKind = "sent"     // a mail is out
	EventDoubt    EventKind = "doubt"    // a mail may be out
	EventFailed   EventKind = "failed"   // a mail could not be sent, or was cancelled
	EventSyncing  EventKind = "syncing"  // a sync runs; Done of Total mails
	EventSynced   EventKind = "synced"   // an account is up to date
	EventTrouble  EventKind = "trouble"  // an account cannot be reached, or refuses; lasts until EventSynced
	EventRequest  EventKind = "request"  // only the rep can help an account, or it waits for a moment; lasts until one without Text
	EventStandby  EventKind = "standby"  // another stoke holds the account's engine and sends
	EventNewState EventKind = "newstate" // a connection state changed: "live", "polling", "offline"
)

// Event is something that the engine tells the screen.
type Event struct {
	Kind        EventKind
	Account     string
	Contact     int64
	Outgoing    int64
	Text        string // a sentence for the rep, or ""
	Brief       string // of a request: the same in a few words, for as long as it lasts
	At          time.Time
	Done, Total int
	Hot         bool // the contact is hot: it may ring
}
