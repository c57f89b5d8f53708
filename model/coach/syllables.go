package coach

import "strings"

// Syllables counts the syllables of one English word as dictionaries of American pronunciation do ("Australian" has
// three), by the vowels it is spelled with, the letters that stay silent and the pairs that are spoken apart. A number
// is one; a word with hyphens is the sum of its parts; anything has at least one.
func Syllables(word string) int {
	var buf [32]byte
	n, part := 0, buf[:0]
	for i := 0; i < len(word); i++ {
		c := word[i]
		switch {
		case c >= 'A' && c <= 'Z':
			part = append(part, c|0x20)
		case c >= 'a' && c <= 'z':
			part = append(part, c)
		case c == '\'', c == 0xe2 && strings.HasPrefix(word[i:], "’"):
			rest := word[i+1:]
			if c != '\'' {
				rest = word[i+len("’"):]
			}
			return n + syllables(part) + contracted(part, rest)
		case c == '-', c == '/':
			n += syllables(part)
			part = part[:0]
		case c >= 0xc3 && i+1 < len(word): // é and its like: a vowel
			part = append(part, 'e', 'h') // spoken, so never silent
			i++
		}
	}
	return max(1, n+syllables(part))
}

// contracted is the syllables that an apostrophe adds: "didn't", "boss's", "it'll".
func contracted(before []byte, after string) int {
	if len(before) == 0 {
		return syllables([]byte(strings.ToLower(after)))
	}
	last := before[len(before)-1]
	switch strings.ToLower(after) {
	case "t":
		if len(before) > 1 && last == 'n' {
			switch before[len(before)-2] {
			case 'd', 's', 't', 'v', 'h':
				return 1
			}
		}
	case "s":
		switch last {
		case 's', 'x', 'z':
			return 1
		}
	case "ll", "d", "ve":
		if (after[0]|0x20 == 'd') == (last == 't' || last == 'd') && !isVowel(last) {
			return 1
		}
	}
	return 0
}

// syllables counts those of a lower-case word without signs.
func syllables(w []byte) int {
	if len(w) == 0 {
		return 0
	}
	if len(w) < 3 {
		return 1
	}
	if n, known := irregular[string(w)]; known {
		return n
	}
	for _, first := range compounds {
		if first[0] != w[0] {
			continue
		}
		if rest := w[min(len(first), len(w)):]; len(rest) > 2 && string(w[:len(first)]) == first && !isVowel(rest[0]) && !hasPrefix(rest, "ly") && !hasPrefix(rest, "ment") && !hasPrefix(rest, "r") {
			return syllables(w[:len(first)]) + syllables(rest)
		}
	}
	n := 0
	for i := 0; i < len(w); {
		if !vowelAt(w, i) {
			i++
			continue
		}
		from := i
		for i < len(w) && vowelAt(w, i) {
			i++
		}
		n += 1 + apart(w, from, i)
	}
	return max(1, n-silent(w)+spoken(w))
}

// vowelAt tells whether a vowel is spoken at i. A y before a vowel is a consonant ("beyond", "you") unless it follows one
// ("trying"), and so is the u of qu.
func vowelAt(w []byte, i int) bool {
	switch w[i] {
	case 'a', 'e', 'i', 'o':
		return true
	case 'u':
		return i == 0 || w[i-1] != 'q'
	case 'y':
		next := i+1 < len(w) && isVowel(w[i+1])
		return !next || i > 0 && !isVowel(w[i-1])
	}
	return false
}

func isVowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	}
	return false
}

// apart is how many more syllables a run of vowels has than one.
func apart(w []byte, from, to int) int {
	run, rest := string(w[from:to]), w[to:]
	before := byte(0)
	if from > 0 {
		before = w[from-1]
	}
	switch {
	case len(run) < 2:
		return 0
	case run[0] == 'y' && from > 0: // "trying", "anyone"
		return 1
	case run[len(run)-1] == 'i' && hasPrefix(rest, "ng") && from > 0: // "doing", "seeing"
		return 1
	}
	switch run {
	case "ia":
		switch {
		case hasPrefix(rest, "t"), hasPrefix(rest, "b"): // "appreciate", "reliable"
			return 1
		case hasPrefix(rest, "ge"): // "marriage"
			return 0
		case before == 'n' && hasPrefix(rest, "l"): // "denial"
			return 1
		}
		return unless(strings.IndexByte("ctsglnx", before) >= 0 && from > 1)
	case "io":
		switch {
		case len(rest) == 0: // "ratio"
			return 1
		case before == 'h', before == 'v' && hasPrefix(rest, "r"): // "fashion", "behavior"
			return 0
		case hasPrefix(rest, "n"), hasPrefix(rest, "r"):
			return unless(strings.IndexByte("ctsglnx", before) >= 0 && from > 1)
		}
		return 1
	case "iou":
		return unless(strings.IndexByte("ctgx", before) >= 0)
	case "ie":
		switch {
		case hasPrefix(rest, "nc"), hasPrefix(rest, "nt"):
			return unless(strings.IndexByte("ctn", before) >= 0 && string(w) != "science" && string(w) != "scientist")
		case hasPrefix(rest, "t"): // "quiet", "variety"
			return 1
		case hasPrefix(rest, "r"), hasPrefix(rest, "st"):
			return unless(from < 2 || len(rest) > 2 || before == 'h' || before == 't' && len(rest) == 1 && from < 3)
		}
	case "iu":
		return 1
	case "ua":
		if before != 'g' && (hasPrefix(rest, "l") || hasPrefix(rest, "t") || hasPrefix(rest, "r") || hasPrefix(rest, "ble")) {
			return 1
		}
	case "ue":
		return unless(before == 'g' || !hasPrefix(rest, "n"))
	case "eo":
		return unless(len(rest) > 0 && from > 1)
	case "uou":
		return 1
	case "eou":
		return unless(before == 'g')
	}
	return 0
}

func unless(not bool) int {
	if not {
		return 0
	}
	return 1
}

// silent is how many of the counted vowels are not spoken.
func silent(w []byte) int {
	n := 0
	for _, end := range softEndings { // "nicely", "useful", "statement"
		if stem, ok := strings.CutSuffix(string(w), end); ok && len(stem) > 2 && strings.HasSuffix(stem, "e") && silent([]byte(stem)) > 0 {
			return 1 + silent([]byte("x"+end))
		}
	}
	stem := w
	switch {
	case hasSuffix(w, "es") && len(w) > 3:
		c := w[len(w)-3]
		sounded := strings.IndexByte("szxcg", c) >= 0 || c == 'h' && (w[len(w)-4] == 'c' || w[len(w)-4] == 's')
		if sounded || isVowel(c) {
			return n
		}
		stem = w[:len(w)-1]
	case hasSuffix(w, "ed") && len(w) > 3:
		if c := w[len(w)-3]; c == 't' || c == 'd' || isVowel(c) || (c == 'l' || c == 'r') && cluster(w, len(w)-3) {
			return n
		}
		return n + 1
	}
	if !hasSuffix(stem, "e") {
		return n
	}
	c := stem[len(stem)-2]
	switch {
	case hasSuffix(stem, "gue"), hasSuffix(stem, "que") && len(stem) > 4:
		if stem[len(stem)-3] == 'q' {
			return n + 1
		}
		return n + unless(len(stem) < 5 || !vowelBefore(stem, len(stem)-3)) // "league"; not "argue"
	case isVowel(c) && c != 'y':
		return n
	case c == 'l' && cluster(stem, len(stem)-2): // "table"
		return n
	case c == 'r' && cluster(stem, len(stem)-2): // "acre", "centre"
		return n
	}
	return n + 1
}

var softEndings = []string{"ly", "ful", "fully", "less", "ness", "ment", "ments"}

// cluster tells whether the consonant at i follows another one that it can be spoken with: the bl of "table", not the ll
// of "called".
func cluster(w []byte, i int) bool {
	return i > 0 && !isVowel(w[i-1]) && w[i-1] != w[i] && w[i-1] != 'r' && w[i-1] != 'w'
}

func vowelBefore(w []byte, i int) bool { return i > 0 && isVowel(w[i-1]) }

// spoken is how many syllables have no vowel of their own: "criticism", "algorithm".
func spoken(w []byte) int {
	if hasSuffix(w, "sm") || hasSuffix(w, "thm") || hasSuffix(w, "sms") {
		return 1
	}
	return 0
}

func hasPrefix(w []byte, s string) bool { return len(w) >= len(s) && string(w[:len(s)]) == s }

func hasSuffix(w []byte, s string) bool { return len(w) >= len(s) && string(w[len(w)-len(s):]) == s }

// compounds begin words and end in an e that stays silent there: "something", "timeline".
var compounds = []string{"some", "home", "time", "life", "there", "where", "base", "note", "side", "fire", "phone",
	"store", "voice", "white", "whole", "name", "space", "stage", "shape", "wire", "more", "safe", "wide", "fore"}

// irregular words, in the number that the spelling does not tell.
var irregular = map[string]int{
	"every": 2, "everyone": 3, "everything": 3, "everybody": 4, "everywhere": 3, "business": 2, "businesses": 3,
	"idea": 3, "ideas": 3, "area": 3, "areas": 3, "eye": 1, "eyes": 1, "goodbye": 2, "create": 2, "creates": 2,
	"created": 3, "creating": 3, "creation": 3, "creative": 3, "creator": 3, "react": 2, "reaction": 3, "reality": 4,
	"realistic": 4, "theater": 3, "theatre": 3, "nuclear": 3, "linear": 3, "poem": 2, "poet": 2, "poetry": 3,
	"chaos": 2, "ruin": 2, "fluid": 2, "museum": 3, "lion": 2, "queue": 1, "hundred": 2, "hundreds": 2,
	"sacred": 2, "naked": 2, "hatred": 2, "wicked": 2, "wednesday": 2, "wednesdays": 2, "lawyer": 2, "lawyers": 2,
	"canyon": 2, "element": 3, "elements": 3, "elementary": 5, "parliament": 3, "colonel": 2, "people": 2, "peoples": 2,
	"clothes": 1, "rhythm": 2, "cooperate": 4, "cooperation": 5, "coordinate": 4, "coordination": 5, "coordinator": 5,
	"zoology": 4, "video": 3, "videos": 3, "someone": 2, "anyone": 3, "moreover": 3, "giant": 2, "giants": 2,
	"quiet": 2, "diet": 2, "client": 2, "clients": 2, "science": 2, "sciences": 3, "trial": 2, "trials": 2, "dial": 2, "via": 2,
	"real": 1, "really": 2, "ideal": 2, "deal": 1, "dealer": 2, "preamble": 3, "reopen": 3, "reuse": 2,
	"recipe": 3, "recipes": 3, "cafe": 2, "resume": 2, "finale": 3, "simile": 3, "apostrophe": 4, "catastrophe": 4, "ukulele": 4,
	"employee": 3, "employees": 3, "evening": 2, "evenings": 2, "interesting": 3, "interested": 3, "different": 2, "difference": 2,
	"several": 2, "favorite": 3, "favourite": 3, "chocolate": 2, "camera": 2, "comfortable": 3, "vegetable": 3,
	"temperature": 3, "average": 2, "averages": 3, "family": 2, "families": 2, "general": 2, "generally": 3, "actually": 4,
	"sure": 1, "cruel": 2, "fuel": 2, "duel": 2, "jewel": 2, "towel": 2, "vowel": 2, "diary": 3, "violin": 3, "violence": 3,
	"violent": 3, "iron": 2, "irons": 2, "biscuit": 2, "suite": 1, "guide": 1, "patience": 2, "conscience": 2, "ancient": 2,
	"serious": 3, "hour": 1, "hours": 1, "our": 1, "ours": 1, "ishmael": 2, "geography": 4, "theory": 3,
	"theories": 3, "does": 1, "goes": 1, "shoes": 1, "yes": 1, "aged": 1, "unless": 2, "bless": 1, "less": 1, "ness": 1,
	"cement": 2, "moment": 2, "comment": 2, "comments": 2, "document": 3, "implement": 3, "supplement": 3, "complement": 3, "settlement": 3,
	"rely": 2, "early": 2, "nineteen": 2, "ninety": 2, "lonely": 2, "safety": 2, "nowadays": 3, "sometimes": 2, "therefore": 2,
	"forever": 3, "moreso": 2, "forest": 2, "foreign": 2, "foreigner": 3, "spaceous": 2, "sided": 2, "timer": 2, "society": 4,
	"anxiety": 4, "priority": 4, "priorities": 4, "prior": 2, "prioritize": 4, "biology": 4, "union": 2, "onion": 2,
}
