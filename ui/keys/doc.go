// Package keys is the one table of keys. Help, hint bar, palette, the README's
// table and `stoke keys` are all made from it, and a rep's own keys in the
// config change it in one place.
//
// It imports Bubble Tea for the names of keys and nothing of stoke. Nothing
// here blocks; mistakes in a rep's own keys come back together as one error.
package keys
