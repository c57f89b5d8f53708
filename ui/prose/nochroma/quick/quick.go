// Package quick writes code as it stands; see package chroma.
package quick

import "io"

// Highlight writes source to w without a colour. Lexer, formatter and style
// are what glamour would have it coloured by.
func Highlight(w io.Writer, source, _, _, _ string) error {
	_, err := io.WriteString(w, source)
	return err
}
