// Package sequence holds sequences: named lists of planned touches for one kind of follow-up. The starter set is
// embedded as TOML files; a rep's own file of the same name shadows one. It is pure and imports nothing of ours.
package sequence
