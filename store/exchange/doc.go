// Package exchange reads contacts out of files that other programs wrote.
//
// It imports model and model/text only, and knows no database: it says what stands in a file, and the store decides what
// is new. It reads as a stream, at most 256 MB, and holds nothing but the contacts it found. Every cell is cleaned before
// anything else looks at it. Every row of a file ends up in exactly one place: a contact, a duplicate of one in the same
// file, or skipped with a reason.
package exchange
