// Package sequence holds sequences: named lists of planned touches for one kind of follow-up. The starter set is
// embedded as TOML files; a rep's own file of the same name shadows one. It is pure and imports nothing of ours.
//
// A step may say the latest day on which it comes, because business days alone put the check-in after a purchase at
// Christmas into January, where DOMAIN.md asks for 3 to 7 days.
package sequence
