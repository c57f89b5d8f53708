// Package prose shows Markdown: notes and templates, never a mail from
// outside, in which an asterisk is an asterisk.
//
// It may import themes, ui/frame and glamour. Rendering takes milliseconds, so
// a Page keeps what it rendered until text, width or theme change. A text that
// cannot be rendered is shown as it is.
package prose
