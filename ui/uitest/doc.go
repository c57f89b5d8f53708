// Package uitest presses keys and reads the picture: a driver that runs a
// Bubble Tea model in the test's own goroutine with a clock that only the test
// moves, a terminal emulator that says what a person would see, golden files,
// and a Desk in memory that decides with model as the real store does.
//
// It is for tests of the screen. It may import model and ui's leaf rooms, and
// testing; nothing of the program imports it.
package uitest
