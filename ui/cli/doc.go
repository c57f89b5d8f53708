// Package cli is stoke beside the screen: every command, for scripts, status bars, screen readers and tests.
//
// It imports model and its rooms, themes, ui/keys and ui/frame, and knows neither store nor mail: what it needs of them
// is the App that main fills, and the interface Desk. Commands block as long as what they ask for; they end with their
// context. Nothing here reads the clock, the disk (but for files that the rep names) or the network by itself.
//
// What goes out is clean, whatever a mail or a file has brought in: no control character reaches a terminal, and JSON is
// one document a command with the fields of the contract, times in RFC 3339 with the rep's offset, lists never null.
// Errors are one plain sentence on the error stream; with --json also an object on the output. The exit code says which
// kind it was. Nothing asks a question unless a person sits at a terminal.
package cli
