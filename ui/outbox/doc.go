// Package outbox is the list of mail that has not left, is in doubt, failed,
// or was sent lately.
//
// It may import model, themes and ui/frame. It does no I/O, knows the time
// only as it was told, and nothing in it blocks or fails.
package outbox
