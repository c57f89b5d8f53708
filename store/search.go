package store

import (
	"strings"
	"unicode"

	"stoke/model/text"
)

// This file is all that knows of full-text search.

// index stores the words by which a contact is found.
func (t *tx) index(c *stored) error {
	found := append([]string{c.Name, c.Company, c.Title, c.Phone}, c.Emails...)
	_, err := t.exec("INSERT OR REPLACE INTO find (rowid, words) VALUES (?, ?)", c.ID, text.Fold(strings.Join(append(found, c.Tags...), " \n")))
	return err
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
