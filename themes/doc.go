// Package themes turns palettes into styles by role.
//
// A palette is a small TOML file that gives a role of the screen (text, hot,
// overdue, blank …) a colour and attributes. Code asks for a role and never
// for a colour, so a palette can be changed without reading any code.
//
// It imports nothing of stoke. Nothing here blocks, asks the terminal or reads
// files outside the binary: built-in palettes are embedded, and whoever reads
// a palette of the rep's own hands its bytes to Parse. Errors name the palette
// and the role, and suggest the nearest known name.
package themes
