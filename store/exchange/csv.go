package exchange

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"stoke/model"
)

// Preview is what stands in a file. Rows = len(Contacts) + Duplicates + len(Skipped).
type Preview struct {
	Rows       int // without the header and what stands above it
	Contacts   []model.Contact
	RowOf      []int // of each contact
	Duplicates int   // rows of a contact that stands in the file already
	Skipped    []model.SkippedRow
	OptedOut   []string // further addresses that must never be mailed: a row of one contact named them, another has them
}

// ReadCSV reads a file of contacts: UTF-8 with or without byte order mark, UTF-16 or Windows-1252; comma, semicolon or
// tab. Headers of the usual tools are known, in any order and case; what another column holds becomes a free field. Empty
// cells say nothing. Whoever has an opt-out in any row has FollowUp.OptedOut set: none of their addresses may be mailed.
// An error is an Invalid for the whole file.
func ReadCSV(r io.Reader) (Preview, error) {
	file := &capped{r: r, left: largest}
	stream, err := decoded(file)
	if err != nil {
		return Preview{}, unreadable(err)
	}
	h, err := findHeader(stream)
	if err != nil {
		return Preview{}, err
	}
	cells := csv.NewReader(stream)
	cells.Comma, cells.FieldsPerRecord, cells.ReuseRecord = h.comma, -1, true
	if _, err := cells.Read(); err != nil { // the header itself
		return Preview{}, unreadable(err)
	}
	t := table{columns: h.columns, zones: zones{}, seen: map[string]int{}}
	for open, row := 0, h.row+1; ; row++ {
		file.row = 0
		if t.p.Rows > mostRows {
			return Preview{}, model.Errorf(model.Invalid, "The file has more than %d rows. Split it.", mostRows)
		}
		record, err := cells.Read()
		var quote *csv.ParseError
		switch {
		case errors.Is(err, io.EOF) && open > 0:
			return Preview{}, model.Errorf(model.Invalid, "Row %d cannot be read: %w.", open, errLongRow)
		case errors.Is(err, io.EOF):
			return t.p, nil
		case errors.As(err, &quote) && (errors.Is(err, csv.ErrQuote) || errors.Is(err, csv.ErrBareQuote)):
			if open = 0; quote.Line > quote.StartLine {
				open = row // when nothing follows, it has swallowed the rest of the file
			}
			t.skip(row, `a quote (") in it stands alone; write it twice, inside quotes`)
		case err != nil:
			return Preview{}, model.Errorf(model.Invalid, "Row %d cannot be read: %w.", row, err)
		default:
			open = 0
			t.take(row, record)
		}
	}
}

func unreadable(err error) error {
	return model.Errorf(model.Invalid, "Could not read the file: %w.", err)
}

// mostRows is the most that one file may have; it bounds what is held in memory.
const mostRows = 1_000_000

// longestRow is the most bytes that one row may have; beyond it, a quote was left open and swallows what follows.
const longestRow = 2 << 20

// header says where the columns are named and how they are parted.
type header struct {
	row     int
	comma   rune
	columns []column
}

// findHeader looks for the row that names the columns among the first ones: some tools write a few words above it. The
// stream is left at its start.
func findHeader(stream *bufio.Reader) (header, error) {
	head, err := stream.Peek(peek)
	if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
		return header{}, unreadable(err)
	}
	var best header
	most, at := 0, 0
	for offset, row := 0, 1; offset < len(head) && row <= 25; row++ {
		line := string(head[offset:])
		if end := strings.IndexByte(line, '\n'); end >= 0 {
			line = line[:end+1]
		}
		for _, comma := range []rune{',', ';', '\t'} {
			one := csv.NewReader(strings.NewReader(line))
			one.Comma, one.LazyQuotes, one.FieldsPerRecord = comma, true, -1
			cells, err := one.Read()
			if err != nil {
				continue
			}
			columns, known, people := columnsOf(cells)
			if people && known > most {
				most, at, best = known, offset, header{row: row, comma: comma, columns: columns}
			}
		}
		offset += len(line)
	}
	if most == 0 {
		return header{}, model.Errorf(model.Invalid, "No column of this file is called Email or Phone. The first row must name the columns.")
	}
	if _, err := stream.Discard(at); err != nil {
		return header{}, unreadable(err)
	}
	return best, nil
}
