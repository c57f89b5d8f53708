package coach

import "strings"

// The languages that stoke knows (DOMAIN.md, "Sequences"), by the short words that are frequent in one and rare or
// unknown in the others.
var frequent = [...]struct{ code, name, words string }{
	{"en", "English", "the and you your is are to of in for with that this it we i a on be have can would not if at as will do from or an by our my me what how when by about so"},
	{"es", "Spanish", "el los las y que en una por con para se su lo como más pero sus le ya o este sí porque esta entre cuando muy sin sobre usted gracias está es del al un nos"},
	{"fr", "French", "le les et des que une dans pour qui sur pas vous nous ce il est au du avec par plus votre notre je être cette sont mais ou si aux merci bonjour un"},
	{"de", "German", "der die und das ist nicht ich sie es ein eine zu den mit für auf dem wir auch wie bei oder wenn haben ihr ihre ihnen uns sind von im zum kann können danke"},
	{"pt", "Portuguese", "o os e que não uma com para por você em um mais como mas foi ao das dos seu sua ou quando muito nos já está também pelo pela isso obrigado olá é na no"},
	{"sv", "Swedish", "och att det som en är på för av med till den har inte om ett vi jag men ni er kan så från eller hej tack skulle ska din vår när"},
	{"nl", "Dutch", "de het een en van ik te dat is niet zijn op aan met voor er maar om ook als u wij je jullie kunnen bij uw naar wat heeft hebben graag dank"},
}

// votes are the languages that a word speaks for, one bit each.
var votes = func() map[string]uint8 {
	m := map[string]uint8{}
	for i, l := range frequent {
		for w := range strings.FieldsSeq(l.words) {
			m[w] |= 1 << i
		}
	}
	return m
}()

// languageOf is the language of the words: what they show themselves, else what is known of the contact, else English.
// It is "" for a language that none of the lists knows.
func languageOf(t *text, known string) string {
	known, _, _ = strings.Cut(strings.ToLower(known), "-")
	if known == "" {
		known = "en"
	}
	const enough = 200
	var seen [len(frequent)]int
	n, latin := 0, 0
	for i := range t.words {
		if t.words[i].quoted || t.words[i].frame {
			continue
		}
		if n++; n > enough {
			break
		}
		w := t.low(i)
		if w[0] < 0xc6 {
			latin++
		}
		for b, l := votes[w], 0; b != 0; b, l = b>>1, l+1 {
			seen[l] += int(b & 1)
		}
	}
	best := 0
	for l := range seen {
		if seen[l] > seen[best] {
			best = l
		}
	}
	switch {
	case n < 6:
		return listed(known)
	case latin*2 < n:
		return ""
	case seen[best]*8 >= n && seen[best] > 1:
		if other := indexOf(known); other >= 0 && seen[other] == seen[best] {
			return known
		}
		return frequent[best].code
	case n >= 20 && seen[0]*10 < n && known == "en":
		return ""
	}
	return listed(known)
}

func indexOf(code string) int {
	for i, l := range frequent {
		if l.code == code {
			return i
		}
	}
	return -1
}

func listed(code string) string {
	if indexOf(code) < 0 {
		return ""
	}
	return code
}

// notice says what is not judged in a language.
func notice(code string) string {
	reads := "This draft is in a language that the coach does not know"
	if i := indexOf(code); i >= 0 {
		reads = "This draft reads as " + frequent[i].name + ", and the coach knows only English well"
	}
	return reads + ". It looks at length, questions, subject, greeting, attachment, capitals, marks, links and blanks, and leaves the style to you."
}
