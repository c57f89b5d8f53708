package template

import (
	"fmt"
	"hash/fnv"
	"strings"
)

// letter is the variant with its default.
func (t Template) letter() string {
	if t.Variant == "" {
		return "A"
	}
	return t.Variant
}

// Variants are the templates of one name, channel and language, the first letter first. One alone is no variant.
func (l Library) Variants(t Template) []Template {
	var all []Template
	for _, other := range l.all {
		if strings.EqualFold(other.Name, t.Name) && other.Channel == t.Channel && other.Language == t.Language {
			all = append(all, other)
		}
	}
	return all
}

// VariantSays ends a sentence about a template with its place among its variants; "" where it is the only one.
func (l Library) VariantSays(t Template) string {
	if all := l.Variants(t); len(all) > 1 {
		return fmt.Sprintf(", variant %s of %d", t.letter(), len(all))
	}
	return ""
}

// VariantFor gives the variant of a template that a contact gets: always the same one, and of contacts with neighbouring
// numbers each gets another, in an order that chance decides for every template anew. So the groups are equally large,
// and who got A of one template does not always get A of the next.
func (l Library) VariantFor(t Template, contact int64) Template {
	all := l.Variants(t)
	switch {
	case len(all) < 2:
		return t
	case contact <= 0:
		return all[0]
	}
	n := uint64(len(all))
	h := fnv.New64a()
	h.Write([]byte(strings.ToLower(t.Name)))
	place := uint64(contact - 1)
	block := place / n
	for range 8 {
		h.Write([]byte{byte(block)})
		block >>= 8
	}
	chance := h.Sum64()
	chance ^= chance >> 33 // the low bits of FNV are weak
	chance *= 0xff51afd7ed558ccd
	chance ^= chance >> 33
	return all[(place+chance)%n]
}
