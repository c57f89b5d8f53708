package model

import (
	"maps"
	"slices"
	"time"
)

// Snippet is the text that stands for ";name" in a mail to a contact, with its tags filled; what has no value stays a
// blank. known is false where the rep has no such snippet. The error says what is wrong with its file.
func (b Rulebook) Snippet(d Dossier, name string, now time.Time) (text string, known bool, err error) {
	t, known := b.Snippets[name]
	if !known {
		return "", false, nil
	}
	filled, err := t.Fill(b.vars(d, now))
	if err != nil {
		return "", true, Errorf(Invalid, "The snippet %s cannot be used: %w", name, err)
	}
	return filled.Body, true, nil
}

// SnippetNames lists the rep's snippets by name.
func (b Rulebook) SnippetNames() []string { return slices.Sorted(maps.Keys(b.Snippets)) }
