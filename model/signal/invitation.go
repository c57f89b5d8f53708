package signal

import "bytes"

// declines tells whether a calendar answer turns the meeting down (RFC 5546 section 3.2.3): one attendee answers, with the
// participation DECLINED. Lines may be folded anywhere (RFC 5545 section 3.1).
func declines(calendar []byte) bool {
	c := calendar[:min(len(calendar), maxPart)]
	c = bytes.ReplaceAll(bytes.ReplaceAll(c, []byte("\r\n"), []byte("\n")), []byte("\n "), nil)
	c = bytes.ToUpper(bytes.ReplaceAll(c, []byte("\n\t"), nil))
	return bytes.Contains(c, []byte("METHOD:REPLY")) && bytes.Contains(c, []byte("PARTSTAT=DECLINED"))
}
