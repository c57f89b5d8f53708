// Package mailtest is one mail provider on the loopback: an IMAP server and an
// SMTP submission server that share users and mailboxes, with one switch for
// every failure a real provider has shown. Tests use it to see what the other
// side received; the demo runs on it, and its prospects live in OnDelivery.
//
// It may import the mail libraries and the standard library, never testing,
// never the store and nothing else of ours: it ships in the program.
//
// Start returns when both ports listen. Close ends every connection and
// returns when no goroutine of the server is left. All methods may be called
// from any goroutine, except that a goroutine which reads a FETCH must not
// call Deliver, Mails or Expunge for the same mailbox before it has read it to
// the end: the in-memory mailbox is locked while a FETCH is written.
// Time comes from Options.Now; certificates are valid whatever the clock says.
package mailtest
