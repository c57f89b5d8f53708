package cli

import (
	"bytes"
	"fmt"
	"net/mail"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"stoke/model"
	"stoke/model/coach"
	"stoke/model/text"
)

type hintJSON struct {
	Check   string    `json:"check"`
	Level   string    `json:"level"`
	Message string    `json:"message"`
	Source  string    `json:"source"`
	Figure  string    `json:"figure"`
	Place   placeJSON `json:"place"`
}

// placeJSON is what a hint is about: bytes From to To of the subject or the body; To is not included.
type placeJSON struct {
	Part string `json:"part"`
	Line int    `json:"line"` // of the part, from 1
	From int    `json:"from"`
	To   int    `json:"to"`
}

type coachJSON struct {
	Words     int        `json:"words"`
	Grade     float64    `json:"grade"`
	Questions int        `json:"questions"`
	Kind      string     `json:"kind"`     // opener or follow-up
	Language  string     `json:"language"` // "" for one that the coach does not know
	Note      string     `json:"note"`     // what is not judged, and why
	Hints     []hintJSON `json:"hints"`
}

func (c *command) coach() *cobra.Command {
	var opener, followUp bool
	cmd := &cobra.Command{Use: "coach FILE|-", Short: "What may keep a draft from being answered", Args: between(1, 1, "FILE|- [--opener|--follow-up]"),
		Long: `Reads a draft and says what may keep it from being answered, each hint with its figure and source. A hint keeps
nothing from being sent, and the exit code is 0 whatever is found.

The file holds the text; Subject: and To: lines and an empty line may stand before it. - reads the input.
No config and no database is needed; the aims of a config are kept. With what stoke knows of a contact: stoke draft WHO.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if opener && followUp {
				return usagef("A draft is a first mail or a follow-up: give --opener or --follow-up, not both.")
			}
			d, err := c.readDraft(args[0])
			if err != nil {
				return err
			}
			d.Opener = opener
			d.Thread = !opener
			c.tellCoach(d)
			return nil
		}}
	cmd.Flags().BoolVar(&opener, "opener", false, "it is the first mail to somebody")
	cmd.Flags().BoolVar(&followUp, "follow-up", false, "it follows something up (the default)")
	return cmd
}

// readDraft reads the file of a draft: lines of a header, an empty line, the text; or the text alone.
func (c *command) readDraft(file string) (coach.Draft, error) {
	raw, err := c.readFile(file, largestText)
	if err != nil {
		return coach.Draft{}, err
	}
	name := file
	if file == "-" {
		name = "The input"
	}
	if bytes.IndexByte(raw, 0) >= 0 || !utf8.Valid(raw) {
		return coach.Draft{}, model.Errorf(model.Conflict, "%s is no text. Save the draft as plain text in UTF-8.", name)
	}
	return parseDraft(text.Clean(string(raw))), nil
}

// parseDraft parts a draft in its header, where it has one, and its text.
func parseDraft(s string) coach.Draft {
	d := coach.Draft{NoSubject: true}
	s = strings.TrimLeft(s, "\n")
	rest := s
	for {
		line, after, more := strings.Cut(rest, "\n")
		key, value, ok := strings.Cut(line, ":")
		if !ok || !headers[strings.ToLower(strings.TrimSpace(key))] {
			if strings.TrimSpace(line) == "" && rest != s {
				rest = after
			}
			break
		}
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "subject":
			d.Subject, d.NoSubject = text.Line(value), false
		case "to":
			d.Name, d.Address = addressee(value)
		case "attach", "attachment":
			d.Attachments++
		}
		if rest = after; !more {
			break
		}
	}
	d.Body = strings.TrimRight(rest, "\n")
	return d
}

// headers are the lines that may stand before the text of a draft, those of mail files among them.
var headers = map[string]bool{"subject": true, "to": true, "cc": true, "bcc": true, "from": true, "date": true, "reply-to": true, "attach": true,
	"attachment": true, "in-reply-to": true, "references": true, "message-id": true, "mime-version": true, "content-type": true, "content-transfer-encoding": true}

// addressee is whom a To line names: the names of all of them, and an address for the time when there is no name.
func addressee(to string) (names, address string) {
	list, err := mail.ParseAddressList(to)
	if err != nil {
		if strings.Contains(to, "@") {
			return "", ""
		}
		return to, "" // a name alone
	}
	var all []string
	for _, a := range list {
		if a.Name != "" {
			all = append(all, a.Name)
		} else if address == "" {
			address = a.Address
		}
	}
	if len(all) < len(list) && len(all) > 0 {
		return "", "" // the greeted one may be who has no name
	}
	return strings.Join(all, ", "), address
}

// aims are the rep's, as far as the config can be read.
func (c *command) aims() coach.Aims {
	if c.settings == nil {
		c.lenient()
	}
	return c.settings.Config.Rules.Coach
}

func (c *command) tellCoach(d coach.Draft) {
	r := c.aims().Judge(d)
	if !c.flags.JSON {
		kind := "follow-up"
		if r.Opener {
			kind = "first mail"
		}
		parts := []string{kind, plural(r.Words, "word"), plural(r.Questions, "question")}
		if r.Language == "en" && r.Words > 0 {
			parts = append(parts, fmt.Sprintf("grade %.1f", r.Grade))
		}
		c.say("%s", sentence(strings.Join(parts, ", "))+".")
		c.writeHints(d.Subject, d.Body, r, true)
		return
	}
	j := coachJSON{Words: r.Words, Grade: r.Grade, Questions: r.Questions, Kind: "follow-up", Language: r.Language, Note: r.Note, Hints: hintsOf(d.Subject, d.Body, r)}
	if r.Opener {
		j.Kind = "opener"
	}
	c.print(j)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func hintsOf(subject, body string, r coach.Report) []hintJSON {
	all := make([]hintJSON, 0, len(r.Hints))
	for _, h := range r.Hints {
		all = append(all, hintJSON{Check: string(h.Check), Level: string(h.Level), Message: h.Message, Source: h.Source, Figure: h.Figure,
			Place: placeJSON{Part: string(h.Place.Part), Line: lineOf(subject, body, h.Place), From: h.Place.From, To: h.Place.To}})
	}
	return all
}

// lineOf is the line of its part that a place begins in, from 1.
func lineOf(subject, body string, p coach.Place) int {
	part := body
	if p.Part == coach.InSubject {
		part = subject
	}
	return 1 + strings.Count(part[:min(p.From, len(part))], "\n")
}

// writeHints lists the hints for people; with what is good, too, where they asked for the whole.
func (c *command) writeHints(subject, body string, r coach.Report, whole bool) {
	marks := map[coach.Level]string{coach.Warn: "!", coach.Advice: "-", coach.Good: "+"}
	for _, h := range r.Hints {
		if h.Level == coach.Good && !whole {
			continue
		}
		where := ""
		if h.Level != coach.Good && h.Place.Part == coach.InBody && h.Place.To > h.Place.From {
			where = fmt.Sprintf(" (line %d)", lineOf(subject, body, h.Place))
		}
		c.block("", fmt.Sprintf("%s %-11s %s%s", marks[h.Level], h.Check, text.Line(h.Message), where))
		if whole {
			c.block("              ", strings.TrimPrefix(h.Figure+"; "+h.Source, "; "))
		}
	}
	if r.Note != "" {
		c.say("%s", r.Note)
	}
}
