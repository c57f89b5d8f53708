// Package facts shows who a contact is and why the contact stands where it
// stands: the whole sum of heat, every signal with its age and points.
//
// It may import model, themes, ui/frame. It is a set of functions over values:
// no I/O, no clock, nothing blocks or fails.
package facts
