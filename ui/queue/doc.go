// Package queue is the list of contacts: the queue with its groups, and the
// other views, which are the same list in another order.
//
// It holds a window of rows around the cursor and never a whole table; it says
// which page it misses and is handed one. The cursor stands on a contact, not
// on a row: whatever a reload brings, it stays with the person.
//
// It may import model, themes, ui/frame. It does no I/O, knows the time only
// as it was told, and nothing in it blocks or fails. A Pane belongs to one
// goroutine.
package queue
