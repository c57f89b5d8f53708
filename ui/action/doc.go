// Package action holds what a pane may want. A pane answers a key with an
// Action and changes nothing outside itself; the root turns the Action into
// commands. A nil Action means that the key asked for nothing more.
//
// It imports model and ui/keys. It has no behaviour.
package action
