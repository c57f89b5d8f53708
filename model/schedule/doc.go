// Package schedule knows the rep's business days, working hours and the words a rep types for a date.
//
// It imports the standard library and rickar/cal for public holidays, nothing of this program. Every function is pure: no
// clock, no disk except the zone database behind ZoneOf, no blocking; "now" is always an argument. A Calendar is safe for
// concurrent use. Time zones come from the zone database; a program that must run without one imports time/tzdata.
//
// All arithmetic over days is calendar arithmetic in a zone, never multiples of 24 hours, so a clock hour survives the
// change to and from summer time. Errors are plain sentences for the rep.
package schedule
