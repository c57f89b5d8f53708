// Package auth holds what proves to a mail server who we are: secrets and where they come from, and
// the SASL mechanism that carries them.
//
// It imports nothing of ours. Running a password command blocks until the command ends or its
// time is up, never longer. A secret is in no error, no log and no argument list that this package
// makes; errors are sentences for the rep.
package auth
