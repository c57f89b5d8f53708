package mailtest

import (
	"bufio"
	"bytes"
)

func (c *smtpSession) data() bool {
	if len(c.to) == 0 {
		return c.write("503 5.5.1 RCPT first")
	}
	if goOn, refused := c.allowed(Data, ""); !goOn || refused {
		return goOn
	}
	if !c.write("354 End with a dot") {
		return false
	}
	raw, tooBig, ok := c.body()
	if !ok {
		return false
	}
	f, struck := c.wire.port.pick(AfterDot, "")
	takes := !struck || f.accepted || f.do == late || f.do == blankLine
	d := Delivery{From: c.from, To: c.to, Raw: raw, At: c.srv.opts.Now()}
	user := c.user
	c.forget()
	if tooBig {
		return c.write("552 5.3.4 Mail is too big")
	}
	if takes {
		if err := c.srv.accept(user, d); err != nil {
			return c.write("451 4.3.0 Could not file the mail")
		}
	}
	if struck {
		f.tell() // now that the mail is where it is going to be
		if goOn, refused := c.apply(f); !goOn || refused {
			return goOn
		}
	}
	return c.write("250 2.0.0 Accepted")
}

// body reads up to the line that is a dot between two CRLF and takes the
// stuffed dots out (RFC 5321 4.5.2); no other octet is changed.
func (c *smtpSession) body() (raw []byte, tooBig, ok bool) {
	var b bytes.Buffer
	atStart, first := true, true
	for {
		part, err := c.br.ReadSlice('\n')
		if err != nil && err != bufio.ErrBufferFull {
			return nil, false, false
		}
		if atStart && string(part) == ".\r\n" {
			return b.Bytes(), tooBig, true
		}
		if atStart && part[0] == '.' {
			part = part[1:]
		}
		if b.Len()+len(part) <= c.srv.opts.MaxBytes {
			b.Write(part)
		} else {
			tooBig = true
		}
		// A CR and LF that a full buffer tore apart still end the line.
		atStart = bytes.HasSuffix(part, []byte("\r\n")) || string(part) == "\n" && bytes.HasSuffix(b.Bytes(), []byte("\r\n"))
		if first {
			first = false
			if goOn, refused := c.allowed(Body, ""); !goOn || refused {
				return nil, false, false
			}
		}
	}
}
