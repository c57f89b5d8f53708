package store

import (
	"strings"
	"unicode"

	"stoke/model/text"
)

// This file is all that knows of full-text search.

// index notes the words by which a contact is found; they are stored when the transaction ends.
func (t *tx) index(c *stored) {
	found := append([]string{c.Name, c.Company, c.Title, c.Phone}, c.Emails...)
	t.words = append(t.words, words{c.ID, text.Fold(strings.Join(append(found, c.Tags...), " \n"))})
}

// words are those by which a contact is found.
type words struct {
	contact int64
	all     string
}

// storeWords stores the noted words, many with one statement: FTS5 writes its index out before every statement of a
// transaction, which for an import was a quarter of the time. The few sizes keep the statements few.
func (t *tx) storeWords() error {
	for _, size := range []int{100, 10, 1} {
		query := "INSERT OR REPLACE INTO find (rowid, words) VALUES " + strings.TrimSuffix(strings.Repeat("(?, ?), ", size), ", ")
		for len(t.words) >= size {
			args := make([]any, 0, 2*size)
			for _, w := range t.words[:size] {
				args = append(args, w.contact, w.all)
			}
			if _, err := t.exec(query, args...); err != nil {
				return err
			}
			t.words = t.words[size:]
		}
	}
	return nil
}

func (t *tx) unindex(contact int64) error {
	_, err := t.exec("DELETE FROM find WHERE rowid = ?", contact)
	return err
}

// matching is the condition that a contact's words begin with every word of a search, and its argument. The words are
// data: each is quoted, so that nothing in them is syntax (quotes, NOT, NEAR, columns, stars).
const matching = "id IN (SELECT rowid FROM find WHERE find MATCH ?)"

// phrase turns a search into FTS5's language; "" when it holds nothing that could be found.
func phrase(search string) string {
	var all []string
	for _, word := range strings.Fields(text.Fold(strings.ToValidUTF8(strings.ReplaceAll(search, "\x00", " "), " "))) {
		if strings.IndexFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) < 0 {
			continue
		}
		all = append(all, `"`+strings.ReplaceAll(word, `"`, `""`)+`"*`)
	}
	const most = 16 // words beyond it narrow nothing and cost time
	return strings.Join(all[:min(len(all), most)], " ")
}
