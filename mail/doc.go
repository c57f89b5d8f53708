// Package mail is the wire and the engine: it sends what the outbox owes, reads what the
// mailbox received, and settles doubt between the two.
//
// It may import model, mail/auth and mail/mime, and the libraries that speak IMAP, SMTP, TLS and
// file locks. It never imports store, ui or themes: what it needs from the disk it asks of a Box,
// and what it has to tell it tells as events.
//
// What it promises:
//
//   - Every network call ends by an answer, by a deadline, or by closing the connection. Deadlines
//     and timers run on real time, whatever clock the program was given for its decisions.
//   - The final dot of a mail is written only after Box.Commit returned without an error. Once it
//     may have left, nothing here sends that mail again by itself.
//   - Mailboxes are opened with EXAMINE and read with BODY.PEEK: no flag is set, nothing is
//     deleted. The only thing ever written is a copy to Sent where the server keeps none.
//   - An account has two connections to its mailboxes: one reads, one only listens on INBOX and rings (listen.go). Where the
//     second is refused, the first waits by itself.
//   - No credential leaves in clear: TLS 1.2 or newer with a verified host, or a loopback address.
//   - A log-in that was refused is not repeated before its secret is another one or the rep asks; a
//     pause that a provider wants is kept, by every process (standing.go).
//   - Errors are *Error: what kind of failure it is, one plain sentence, and the server's own words
//     with control characters taken out. They are returned, not logged, except by Engine.Run, which
//     is the edge.
package mail
