package cli

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"stoke/model"
	"stoke/model/signal"
)

type verdictJSON struct {
	File              string     `json:"file"`
	Kind              string     `json:"kind"`
	Severity          *string    `json:"severity"`
	Recipients        []string   `json:"recipients"`
	OriginalMessageID string     `json:"original_message_id"`
	ReturnDate        *string    `json:"return_date"`
	Text              string     `json:"text"`
	AsksQuestion      bool       `json:"asks_question"`
	Refusal           bool       `json:"refusal"`
	NotNow            bool       `json:"not_now"`
	NotNowUntil       *string    `json:"not_now_until"` // where a day is named
	Dates             []dateJSON `json:"dates"`
	Reason            string     `json:"reason"`
	Meeting           *meetJSON  `json:"meeting"`
}

// meetJSON is what a calendar mail does to a meeting: booked, moved, declined, cancelled, proposed (another time), maybe.
type meetJSON struct {
	Act     string  `json:"act"`
	Starts  *string `json:"starts"`
	AllDay  bool    `json:"all_day"`
	Summary string  `json:"summary"`
}

type dateJSON struct {
	At       string `json:"at"`
	Words    string `json:"words"`
	Sentence string `json:"sentence"`
}

func verdictOf(file string, v signal.Verdict) verdictJSON {
	j := verdictJSON{File: file, Kind: string(v.Kind), Recipients: list(v.Recipients), OriginalMessageID: v.OriginalMessageID, Text: v.Text,
		AsksQuestion: v.AsksQuestion, Refusal: v.Refusal, NotNow: v.NotNow, Dates: []dateJSON{}, Reason: v.Reason}
	if v.Severity != "" {
		s := string(v.Severity)
		j.Severity = &s
	}
	if !v.ReturnDate.IsZero() {
		at := v.ReturnDate.Format(time.RFC3339)
		j.ReturnDate = &at
	}
	if !v.NotNowUntil.IsZero() {
		until := v.NotNowUntil.Format(time.RFC3339)
		j.NotNowUntil = &until
	}
	for _, d := range v.Dates {
		j.Dates = append(j.Dates, dateJSON{d.At.Format(time.RFC3339), d.Words, d.Sentence})
	}
	if m := v.Meeting; m.Act != "" {
		j.Meeting = &meetJSON{Act: string(m.Act), AllDay: m.AllDay, Summary: m.Summary}
		if !m.Starts.IsZero() {
			at := m.Starts.Format(time.RFC3339)
			j.Meeting.Starts = &at
		}
	}
	return j
}

func (c *command) explain() *cobra.Command {
	return &cobra.Command{Use: "explain FILE…", Short: "What a mail is: a person's words, a bounce, an automatic answer; of a folder every mail in it", Args: between(1, -1, "FILE…"),
		RunE: func(cmd *cobra.Command, given []string) error { return c.explainAll(cmd.Context(), given) }}
}

// explainAll explains files and folders in the order given. A file that cannot be read costs its own line only.
func (c *command) explainAll(ctx context.Context, given []string) error {
	code := ExitDone
	failed := func(file string, err error) {
		c.grumble(err)
		if c.flags.JSON {
			c.print(struct {
				File  string    `json:"file"`
				Error errorJSON `json:"error"`
			}{file, errorOf(err)})
		}
		code = exitOf(err)
	}
	var files []string
	var broken []error // beside files; nil where there is one to read
	for _, name := range given {
		found, err := mailsIn(name)
		for _, file := range found {
			files, broken = append(files, file), append(broken, nil)
		}
		if err != nil {
			files, broken = append(files, name), append(broken, err)
		}
	}
	input := sync.OnceValues(c.readInput) // - twice is one mail twice
	read := func(i int) ([]byte, error) {
		switch {
		case broken[i] != nil:
			return nil, broken[i]
		case files[i] == "-":
			return input()
		}
		return readMail(files[i])
	}
	err := c.app.Explain(ctx, len(files), read, func(i int, v signal.Verdict, err error) error {
		if err != nil {
			failed(files[i], err)
			return nil
		}
		c.printVerdict(files[i], v)
		return nil
	})
	if err == nil && code != ExitDone {
		return &exit{code}
	}
	return err
}

// mailsIn are the mails that a name stands for: a file itself, of a folder every *.eml and every mail of a maildir below
// it, sorted. Links inside a folder are not followed.
func mailsIn(name string) ([]string, error) {
	if info, err := os.Stat(name); name == "-" || err != nil || !info.IsDir() {
		return []string{name}, nil // what is wrong with it is said when it is read
	}
	var files []string
	err := filepath.WalkDir(name, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return model.Errorf(model.NotFound, "Could not read %s: %w.", path, bareCause(err))
		}
		within := filepath.Base(filepath.Dir(path))
		if entry.Type().IsRegular() && (strings.EqualFold(filepath.Ext(path), ".eml") || within == "cur" || within == "new") {
			files = append(files, path)
		}
		return nil
	})
	if err == nil && len(files) == 0 {
		err = model.Errorf(model.NotFound, "There is no mail in %s: stoke looks for files that end in .eml and for maildirs.", name)
	}
	return files, err
}

// largestMail is how much of a mail is read; longer headers and texts are not looked at anyway.
const largestMail = 4 << 20

func (c *command) readInput() ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(c.app.In, largestMail))
	if err != nil {
		return nil, model.Errorf(model.NotFound, "Could not read the input: %w.", bareCause(err))
	}
	return raw, nil
}

// readMail reads a mail, or the beginning of a large one.
func readMail(file string) ([]byte, error) {
	raw, err := func() ([]byte, error) {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			return nil, err
		}
		if !info.Mode().IsRegular() {
			return io.ReadAll(io.LimitReader(f, largestMail))
		}
		raw := make([]byte, min(info.Size(), largestMail))
		n, err := io.ReadFull(f, raw)
		if err == io.ErrUnexpectedEOF || err == io.EOF {
			err = nil // it became shorter meanwhile
		}
		return raw[:n], err
	}()
	if err != nil {
		return nil, model.Errorf(model.NotFound, "Could not read %s: %w.", file, bareCause(err))
	}
	return raw, nil
}

func (c *command) printVerdict(file string, v signal.Verdict) {
	if c.flags.JSON {
		c.print(verdictOf(file, v))
		return
	}
	c.say("%s: %s. %s", file, strings.ReplaceAll(string(v.Kind), "_", " "), v.Reason)
	if v.Severity != "" {
		c.say("  %s: %s", v.Severity, strings.Join(v.Recipients, ", "))
	}
	if !v.ReturnDate.IsZero() {
		c.say("  back on %s", v.ReturnDate.Format("Mon 2 Jan 2006"))
	}
	if v.Refusal {
		c.say("  says no")
	}
	switch {
	case !v.NotNowUntil.IsZero():
		c.say("  not now, but from %s", v.NotNowUntil.Format("Mon 2 Jan 2006"))
	case v.NotNow:
		c.say("  not now")
	}
	if v.AsksQuestion {
		c.say("  asks a question")
	}
	switch m := v.Meeting; {
	case m.AllDay:
		c.say("  %s: %s, %s", m.Act, m.Summary, m.Starts.Format("Mon 2 Jan 2006"))
	case !m.Starts.IsZero():
		c.say("  %s: %s, %s", m.Act, m.Summary, m.Starts.Format("Mon 2 Jan 2006 15:04 -0700"))
	case m.Act != "":
		c.say("  %s: %s", m.Act, m.Summary)
	}
	c.block("  ", v.Text)
}
