package sample

import (
	"fmt"
	"hash/fnv"
	"time"
)

// Answer is what a prospect does some seconds after a mail reached them.
type Answer struct {
	After  time.Duration
	Text   string // "" with a bounce
	Away   bool   // an automatic out-of-office answer
	Bounce bool   // the address does not exist
}

// AnswerOf is how the owner of an address answers the nth mail (from 1) of the rep, in a demo that started at now. ok is
// false for those who stay silent. The people written by hand show one of each: a question, a "not now", an out of
// office, a bounce, an opt-out.
func AnswerOf(address string, nth int, now time.Time) (a Answer, ok bool) {
	a.After = 4 * time.Second
	if nth > 1 {
		a.Text = "Thank you, that helps. I will come back to you after our meeting on Thursday."
		return a, nth == 2
	}
	switch address {
	case "ines@mareverde.example":
		a.Text = "That was quick! Thursday at ten is good for me.\n\nCan my colleague Rui join us, and do you need anything from us before?"
	case "dana@northwind.example":
		a.Text = "Great, thank you. Please send the order form to Marta and me.\n\nCan onboarding start on the Monday after?"
	case "mateo@piazza.example":
		a.Text = "Thanks for the fast answer. Not now, please: we open the third kitchen first. Write to me again in February."
	case "hal@brooks.example":
		a.Text = fmt.Sprintf("I am out of the office and will be back on %s. For anything urgent please call the shop.", now.AddDate(0, 0, 8).Format("2 January 2006"))
		a.Away = true
	case "emil@pragostav.example":
		a.Bounce = true
	case "hanne@polder.example":
		a.Text = "Please unsubscribe me and do not contact me again."
	case "tom@halden.example":
		a.Text = "The 14th is fine. What happens to our data if we leave one day?"
	default:
		h := fnv.New32a()
		h.Write([]byte(address))
		switch h.Sum32() % 5 {
		case 0, 1:
			a.Text = "Thanks for your mail. Could you send me the price for two teams?"
		case 2:
			a.Text = "Yes, let us do that. Tuesday at eleven?"
		case 3:
			a.Text = "Not at the moment, we are in the middle of the season. Try me again next quarter."
		default:
			return a, false
		}
	}
	a.After += time.Duration(len(address)%4) * time.Second
	return a, true
}
