// Package chroma stands where glamour looks for its syntax highlighter.
//
// glamour imports chroma for the code blocks of a Markdown text, and chroma
// reads some 300 lexers and styles when a program starts: 15 of the 33 ms that
// `stoke version` took, and 4 MB of heap, in every run. Notes and templates
// hold no source code to colour, and stoke never asks glamour for it, so
// go.mod replaces the module by this one: the names that glamour compiles
// against, and code that is written out as it stands.
//
// A glamour that asks chroma for more fails to compile, which is how an update
// tells. Dropping the replacement is one line of go.mod and nothing else.
package chroma

// TokenType is a class of token that a style could colour.
type TokenType int

// The classes that glamour's styles name.
const (
	Text TokenType = iota
	Error
	Comment
	CommentPreproc
	Keyword
	KeywordReserved
	KeywordNamespace
	KeywordType
	Operator
	Punctuation
	Name
	NameBuiltin
	NameTag
	NameAttribute
	NameClass
	NameConstant
	NameDecorator
	NameException
	NameFunction
	NameOther
	Literal
	LiteralNumber
	LiteralDate
	LiteralString
	LiteralStringEscape
	GenericDeleted
	GenericEmph
	GenericInserted
	GenericStrong
	GenericSubheading
	Background
)

// StyleEntries is what a style says of each class.
type StyleEntries map[TokenType]string

// Style is a named style; here it has only its name.
type Style struct{ Name string }

// MustNewStyle names a style. It never panics.
func MustNewStyle(name string, _ StyleEntries) *Style { return &Style{Name: name} }
