// Package realtest runs a private Dovecot (IMAP, LMTP, SASL) and a private
// Postfix (submission) on free loopback ports, so that tests can say what the
// mailbox behind a real server holds instead of what our own tables claim.
//
// It is support code for tests: it may import testing and the mail libraries,
// never stoke's own packages, so that it cannot share a mistake with them; the
// one exception, the authorization server that Dovecot asks about tokens,
// imports none either.
// Nothing can leave the machine: every domain but the two test domains is
// refused.
//
// Start skips loudly where Dovecot, Postfix or root is missing, and fails
// instead when STOKE_TEST_SERVERS=1. All tests of one process share the
// servers; each gets mailboxes of its own. Every call blocks until its effect
// can be seen or its patience is over, and then ends the test. The servers end
// with the test process, even when that is killed.
package realtest
