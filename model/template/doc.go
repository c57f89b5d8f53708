// Package template turns Markdown files with merge tags into drafts.
//
// A template is front matter ("key: value" lines between two lines of ---) and a body in a small, pure part of Liquid:
// output with a list of filters, if, unless and case. Everything else is refused with file and line when the file is read,
// because the Liquid library alone would read files, the clock, and run loops for seconds.
//
// A name that can never have a value is found by Check, with its line. Several wordings of one name are variants: a
// contact gets one of them, always the same.
//
// The promise: no tag ever renders empty in silence. What has no value stays in the text as a blank, {{last.subject}}, and
// the text of a value is never read as a tag again.
//
// It imports the Liquid library and the standard library, nothing of this program. It does not block and holds no state
// but the parsed starter set; a Template and a Library are safe for concurrent use.
package template
