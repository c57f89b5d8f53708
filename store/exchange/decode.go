package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

const (
	peek    = 64 << 10
	largest = 256 << 20
)

// What a reader of an endless file, or of a file with an endless row, sees.
var (
	errTooLarge = errors.New("the file is larger than 256 MB")
	errLongRow  = errors.New("a quote (\") is opened in it and never closed; close or remove it")
)

// decoded turns a file into a stream that starts behind its byte order mark, out of UTF-16 where it is that. Bytes that
// are no UTF-8 pass; unread looks at each cell, because a file may hold both.
func decoded(c *capped) (*bufio.Reader, error) {
	raw := bufio.NewReaderSize(c, peek)
	head, err := raw.Peek(peek)
	if err != nil && err != io.EOF {
		return nil, err
	}
	var order unicode.Endianness
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, err = raw.Discard(3)
		return raw, err
	case bytes.HasPrefix(head, []byte("\xff\xfe")), halfNUL(head, 1):
		order = unicode.LittleEndian
	case bytes.HasPrefix(head, []byte("\xfe\xff")), halfNUL(head, 0):
		order = unicode.BigEndian
	default:
		return raw, nil
	}
	utf16 := unicode.UTF16(order, unicode.UseBOM)
	return bufio.NewReaderSize(transform.NewReader(raw, utf16.NewDecoder()), peek), nil
}

// halfNUL tells whether nearly every second byte, from the first or the second on, is NUL: UTF-16 without a mark.
func halfNUL(head []byte, from int) bool {
	head = head[:min(len(head), 512)]
	nul, all := 0, 0
	for i := from; i < len(head); i += 2 {
		all++
		if head[i] == 0 {
			nul++
		}
	}
	return all >= 4 && nul*10 >= all*8
}

// unread is a cell as text: UTF-8, else Windows-1252, which every byte is something in.
func unread(cell string) string {
	if utf8.ValidString(cell) {
		return cell
	}
	s, err := charmap.Windows1252.NewDecoder().String(cell)
	if err != nil {
		return cell // cleaning replaces what is no text
	}
	return s
}

// capped ends a stream with an error once too much has come, in all or since the last row ended.
type capped struct {
	r         io.Reader
	left, row int
}

func (c *capped) Read(p []byte) (int, error) {
	switch {
	case c.left <= 0:
		return 0, errTooLarge
	case c.row > longestRow:
		return 0, errLongRow
	}
	n, err := c.r.Read(p[:min(len(p), c.left)])
	c.left -= n
	c.row += n
	return n, err
}
