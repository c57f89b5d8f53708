// Package field is one line to type into: a filter, the words of a picker, an
// address, a subject.
//
// The typing is bubbles' textinput. What it lacks stands here: undo, blanks
// that are chosen and replaced, whole letters for backspace and the arrows
// (textinput 2.2.1 goes by runes and takes the accent off an é that is made of
// two), and the cell of the cursor (it counts runes, which is wrong behind a
// wide character or a scrolled start). Two of its keys are off: ctrl+v would
// run xclip or wl-paste on the update loop's account while the terminal has a
// paste of its own, and alt+d panics before the last letter. Its cursor never
// blinks: the terminal's own one is used.
//
// It may import bubbles, themes and ui/frame. Nothing blocks, nothing fails. A
// Field belongs to one goroutine.
package field
