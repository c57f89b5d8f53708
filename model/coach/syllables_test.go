package coach_test

import (
	"testing"

	"stoke/model/coach"
)

// The counts are those of American dictionaries, where two are given the more usual one.
func TestSyllablesAreThoseOfTheDictionary(t *testing.T) {
	wrong, all := 0, 0
	for n, words := range map[int][]string{
		1: {"the", "a", "I", "through", "asked", "used", "makes", "whole", "style", "league", "guess", "don't", "you've", "it's", "I'll", "we're", "can't",
			"thoughts", "strength", "scale", "price", "called", "moved", "eye", "queue", "friend", "source", "dealt", "fourth", "shall", "bought", "whose", "sales",
			"clothes", "40", "10:00", "your", "our", "real", "held", "rare", "loved", "change", "years"},
		2: {"table", "people", "people's", "boss's", "didn't", "couldn't", "reply", "July", "trying", "doing", "being", "needed", "pages", "prices", "quiet",
			"client", "science", "mayor", "something", "sometimes", "timeline", "useful", "nicely", "statement", "settled", "handled", "handles", "begin", "nation", "million", "question",
			"colleague", "unique", "social", "special", "patient", "ocean", "voicemail", "meeting", "Tuesday", "Wednesday", "hundred", "business", "version", "dreadful",
			"careful", "ninety", "houses", "matches", "wanted", "building", "before", "therefore", "trial", "pricing's", "hybrid", "mammal", "creature", "website", "onboard", "dated", "living"},
		3: {"Australian", "reptilian", "platypus", "seemingly", "proposal", "company", "idea", "area", "various", "previous", "serious", "radio", "video", "media", "period", "companion", "opinion",
			"actual", "usual", "annual", "continue", "influence", "agreement", "management", "requirement", "anyone", "deliver", "delivered", "applying", "completely", "together", "yesterday", "December",
			"medium", "audience", "efficient", "easier", "earlier", "supplier", "November", "employee", "element", "settlement", "follow-up", "customer", "Saturday", "particle", "principle", "consumers", "engaging", "example"},
		4: {"experience", "material", "ingredient", "definitely", "variety", "January", "situation", "appreciate", "negotiate", "associate", "criticism", "algorithm", "information", "organizing", "particular", "dedicated",
			"technology", "security", "category", "automatic", "especially", "integration", "colonial", "graduated", "economy", "reliable", "society", "priority", "actually", "evaluate", "competitive", "advertisement", "original"},
		5: {"immediately", "opportunity", "university", "organization", "deliberately", "coordination", "cooperation", "implementation", "electricity", "communication", "methodically", "satisfactory", "appreciation"},
	} {
		for _, w := range words {
			all++
			if got := coach.Syllables(w); got != n {
				wrong++
				t.Errorf("%s: %d syllables, the dictionary has %d", w, got, n)
			}
		}
	}
	t.Logf("%d of %d words", all-wrong, all)
}
