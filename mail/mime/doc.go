// Package mime builds the octets of a mail that leaves and reads the octets of
// a mail that came.
//
// It may import model/signal, model/text and the libraries for character sets
// and domain names; it does no I/O, knows no clock and never blocks. The same
// Letter always gives the same octets.
//
// Build is strict: what could add a header, an SMTP parameter or a broken line
// is refused with a *FieldError that names the field. Parse is lenient: it
// fails only on an empty mail, reads at most 1 MB of header and 1 MB of body,
// 50 levels and 500 parts, in time linear in that, and every string it gives
// is clean for a terminal (text.Clean, or text.Line where it has one row).
package mime
