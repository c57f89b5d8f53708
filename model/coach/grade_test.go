package coach_test

import (
	"math"
	"testing"

	"stoke/model/coach"
)

// Published worked examples of the Flesch–Kincaid grade level, as far apart as its scale: what their publishers give,
// the coach must give within half a grade.
func TestTheGradeIsThatOfPublishedExamples(t *testing.T) {
	for _, c := range []struct {
		text, source string
		grade        float64
	}{
		{
			// Six words of six syllables score 116 for reading ease, which makes −1.45 by the grade's formula.
			source: "Wikipedia, Flesch–Kincaid readability tests", grade: -1.45,
			text: "The cat sat on the mat.",
		},
		{
			// Reading ease 69: 16 words, 23 syllables, hence 7.6.
			source: "Wikipedia, Flesch–Kincaid readability tests", grade: 7.6,
			text: "This sentence, taken as a reading passage unto itself, is being used to prove a point.",
		},
		{
			// 13 words and 24 syllables. Those who speak "Australian" and "reptilian" in four publish 13.1.
			source: "Wikipedia, Flesch–Kincaid readability tests", grade: 11.3,
			text: "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.",
		},
		{
			source: "DaveChild/Text-Statistics, TextStatisticsMelvilleMobyDickTest, counted by hand: 201 words, 304 syllables, 8 sentences", grade: 12.06,
			text: `Call me Ishmael. Some years ago - never mind how long precisely - having little or no money in my purse, and nothing
particular to interest me on shore, I thought I would sail about a little and see the watery part of the world. It is a way
I have of driving off the spleen, and regulating the circulation. Whenever I find myself growing grim about the mouth;
whenever it is a damp, drizzly November in my soul; whenever I find myself involuntarily pausing before coffin warehouses,
and bringing up the rear of every funeral I meet; and especially whenever my hypos get such an upper hand of me, that it
requires a strong moral principle to prevent me from deliberately stepping into the street, and methodically knocking
people's hats off - then, I account it high time to get to sea as soon as I can. This is my substitute for pistol and ball.
With a philosophical flourish Cato throws himself upon his sword; I quietly take to the ship. There is nothing surprising in
this. If they but knew it, almost all men in their degree, some time or other, cherish very nearly the same feelings towards
the ocean with me.`,
		},
		{
			source: "read-able.com and readability-score.com, both cited by Readability-iOS's tests: 271 words, 10 sentences", grade: 10.9,
			text: `Four score and seven years ago our fathers brought forth on this continent a new nation, conceived in liberty, and
dedicated to the proposition that all men are created equal. Now we are engaged in a great civil war, testing whether that
nation, or any nation so conceived and so dedicated, can long endure. We are met on a great battlefield of that war. We have
come to dedicate a portion of that field, as a final resting place for those who here gave their lives that that nation might
live. It is altogether fitting and proper that we should do this. But, in a larger sense, we can not dedicate, we can not
consecrate, we can not hallow this ground. The brave men, living and dead, who struggled here, have consecrated it, far above
our poor power to add or detract. The world will little note, nor long remember what we say here, but it can never forget what
they did here. It is for us the living, rather, to be dedicated here to the unfinished work which they who fought here have
thus far so nobly advanced. It is rather for us to be here dedicated to the great task remaining before us -- that from these
honored dead we take increased devotion to that cause for which they gave the last full measure of devotion -- that we here
highly resolve that these dead shall not have died in vain -- that this nation, under God, shall have a new birth of freedom
-- and that government of the people, by the people, for the people, shall not perish from the earth.`,
		},
		{
			// Reading ease 103: 7 words, 8 syllables, hence 0.6.
			source: "quanteda, tests of textstat_readability", grade: 0.6,
			text: "The cat in the hat ate breakfast.",
		},
	} {
		got := coach.Judge(coach.Draft{Body: c.text, NoSubject: true})
		t.Logf("%.1f for %.2f: %s", got.Grade, c.grade, c.source)
		if math.Abs(got.Grade-c.grade) > 0.5 {
			t.Errorf("grade %.1f, published is %.2f (%s)", got.Grade, c.grade, c.source)
		}
	}
}
