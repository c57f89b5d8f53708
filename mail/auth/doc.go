// Package auth holds what proves to a mail server who we are: passwords and tokens, where they come
// from and where they are kept, how a sign-in with a provider (OAuth 2) gets them, and the SASL
// mechanisms that carry them.
//
// It imports nothing of ours. Every call ends: a password command and the keyring when their time is
// up, the network by a deadline, a sign-in when the rep has answered or ctx ends. A secret is in no
// error, no log and no argument list that this package makes; errors are sentences for the rep.
package auth
