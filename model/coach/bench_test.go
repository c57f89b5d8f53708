package coach_test

import (
	"strings"
	"testing"

	"stoke/model/coach"
)

// followUp is a draft of the usual length, with everything that the coach can know.
func followUp() coach.Draft {
	return coach.Draft{
		Subject: "Re: pricing for 40 seats", Thread: true, Name: "Dana Whitfield", Company: "Northwind Logistics",
		Last: []string{"Thanks. Can you do 40 seats at the old price? We need to sign this week or it moves to January.", "Pricing for 40 seats"},
		Body: `Hi Dana,

Yes, you can have all 40 seats at the old price until 30 November. If you sign before then, onboarding starts the Monday after, and your team in Rotterdam is up and running before the holidays.

You asked what happens to the twelve licences that you bought in spring. They keep their price until they end, and you can move them into the new contract whenever you like. Nobody has to do that now.

Shall I send the order form to you today?

Best,
Robin

On Mon, 23 Nov 2026 at 09:03, Dana Whitfield <dana@northwind.example> wrote:
> Thanks. Can you do 40 seats at the old price? We need to sign this
> week or it moves to January.
`}
}

func BenchmarkJudge(b *testing.B) {
	long := followUp()
	long.Body = strings.Repeat("Here is another line of a draft that is far too long, and it says what the one above says.\n", 400)
	unknown := followUp()
	unknown.Last = []string{strings.Repeat("Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich. ", 400)}
	hostile := followUp()
	hostile.Body = strings.Repeat(`"{{did you * see my email? A! `, 10<<20/30)
	for name, d := range map[string]coach.Draft{"a draft": followUp(), "400 lines": long, "nothing in common": unknown, "10 MB": hostile} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				coach.Judge(d)
			}
		})
	}
}
