package coach_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"stoke/model/coach"
)

// A follow-up and a first mail with which the coach finds nothing to mend. The drafts below differ from them in one
// thing, so that every hint is the work of that thing alone.
const (
	goodFollowUp = `Hi Dana,

Yes, you can have all 40 seats at the old price until the end of the month. If you sign before then, your team in Rotterdam can start the Monday after.

You keep the twelve seats you have now. They move into the new deal at no cost, and you do not have to do a thing for that.

Shall I send you the order form today?

Best,
Robin`
	goodOpener = `Hi Dana,

I saw that you run two new sites in Rotterdam, and wondered how you plan the night shifts there.

Teams of your size save a day a week once the plan writes itself.

Is that your job, or should I ask someone else?

Best,
Robin`
)

func dana() coach.Draft {
	return coach.Draft{Subject: "Re: pricing for 40 seats", Body: goodFollowUp, Thread: true, Name: "Dana Whitfield", Company: "Northwind Logistics",
		Last: []string{"Can you do 40 seats at the old price? We need to sign this week or it moves to January."}}
}

func stranger() coach.Draft {
	return coach.Draft{Subject: "Night shifts in Rotterdam", Body: goodOpener, Opener: true, Name: "Dana Whitfield", Company: "Northwind Logistics"}
}

// swap is a change to a draft: words of the body for others.
func swap(pairs ...string) func(*coach.Draft) {
	return func(d *coach.Draft) {
		for i := 0; i < len(pairs); i += 2 {
			if !strings.Contains(d.Body, pairs[i]) {
				panic("not in the draft: " + pairs[i])
			}
			d.Body = strings.Replace(d.Body, pairs[i], pairs[i+1], 1)
		}
	}
}

func whole(s string) func(*coach.Draft) { return func(d *coach.Draft) { d.Body = s } }

func subject(s string) func(*coach.Draft) {
	return func(d *coach.Draft) { d.Subject, d.Thread = s, false }
}

const ask = "Shall I send you the order form today?"

func TestDrafts(t *testing.T) {
	for _, c := range []struct {
		name string
		from func() coach.Draft
		edit func(*coach.Draft)
		want string // every hint that is not good, with its level
		at   string // the words that the first hint is about
	}{
		{name: "a good follow-up", from: dana},
		{name: "a good first mail", from: stranger},

		{name: "a follow-up that is too long", from: dana, edit: swap("You keep", strings.Repeat("There is more to say about this than fits. ", 10)+"You keep"), want: "length warn"},
		{name: "a short follow-up", from: dana, edit: swap("You keep the twelve seats you have now. They move into the new deal at no cost, and you do not have to do a thing for that.\n\n", ""), want: "length hint"},
		{name: "hardly a follow-up", from: dana, edit: whole("Hi Dana,\n\nDo you want the 40 seats?\n\nRobin"), want: "length warn"},
		{name: "a short answer to somebody who waits", from: dana, edit: func(d *coach.Draft) {
			d.Body, d.Answers = "Hi Dana,\n\nYes, the old price holds. Do you want the form today?\n\nRobin", true
		}},
		{name: "a first mail that is too long", from: stranger, edit: swap("Is that your job", "We have done this for eleven teams in three towns near you. Is that your job"), want: "length warn"},
		{name: "a first mail that is short", from: stranger, edit: swap(", and wondered how you plan the night shifts there", "", "Teams of your size save a day a week once the plan writes itself.\n\n", ""), want: "length hint"},
		{name: "nothing", from: dana, edit: whole(""), want: "question warn, length warn, easy hint"},
		{name: "a greeting and a name", from: dana, edit: whole("Hi Dana,\n\nRobin"), want: "question warn, length warn, easy hint, reference hint"},

		{name: "no question", from: dana, edit: swap(ask, "You get the order form today."), want: "question warn, easy hint"},
		{name: "no question, but a day and a time", from: dana, edit: swap(ask, "I will call you on Tuesday at 10:00 to settle it."), want: "question warn"},
		{name: "two questions", from: dana, edit: swap(ask, ask+" Or is Marta the one who signs?"), want: "question hint", at: "Or is Marta the one who signs?"},
		{name: "four questions", from: dana, edit: swap(ask, ask+" Does Marta sign? Is the budget there? Do you need a demo?"), want: "question warn"},
		{name: "a question mark in an address asks nothing", from: dana, edit: swap("You keep", "The form is at https://acme.example/f?seats=40 for you. You keep")},
		{name: "their question, quoted, is not ours", from: dana, edit: swap("You keep", `You asked: "Can you do 40 seats?" You keep`)},
		{name: "questions of the mail that is answered", from: dana, edit: swap("Best,\nRobin", "Best,\nRobin\n\nOn Mon, 23 Nov 2026 at 09:03, Dana <dana@northwind.example> wrote:\n> Can you do it? When? Why not?\n")},
		{name: "the same with Outlook's line", from: dana, edit: swap("Best,\nRobin", "Best,\nRobin\n\n-----Original Message-----\nFrom: Dana\nCan you do it? When? Why not?\n")},

		{name: "an open question", from: dana, edit: swap(ask, "What do you think of all this?"), want: "easy hint", at: "What do you think of all this?"},
		{name: "an open question behind a comma", from: dana, edit: swap(ask, "Once you have read it, how do you want to go on?"), want: "easy hint"},
		{name: "a day and a time in an open question", from: dana, edit: swap(ask, "How about Tuesday at 10:00 for a short call?")},
		{name: "a choice", from: dana, edit: swap(ask, "Which is better for you, the form or a call?")},
		{name: "one of those that were named", from: dana, edit: swap(ask, "Which of the two is it?")},
		{name: "a yes or no behind a clause", from: dana, edit: swap(ask, "If that suits you, shall I send the form?")},
		{name: "a yes or no in two words", from: dana, edit: swap(ask, "You get the form today. Sounds good?")},

		{name: "just checking in", from: dana, edit: swap("You keep", "I'm just checking in on this. You keep"), want: "nudge warn", at: "just checking in"},
		{name: "touching base", from: dana, edit: swap("You keep", "Touching base, as promised. You keep"), want: "nudge warn", at: "Touching base"},
		{name: "circling back", from: dana, edit: swap("You keep", "So, circling back to the seats. You keep"), want: "nudge warn"},
		{name: "bumping this", from: dana, edit: swap("You keep", "Bumping this to the top of your day. You keep"), want: "nudge warn"},
		{name: "any update", from: dana, edit: swap(ask, "Is there any update on the seats?"), want: "nudge warn"},
		{name: "hope this finds you well, over a line's end", from: dana, edit: swap("You keep", "I hope this email\nfinds you well. You keep"), want: "nudge warn", at: "hope this email\nfinds you"},
		{name: "did you see my last email", from: dana, edit: swap(ask, "Did you see my last email?"), want: "nudge warn"},
		{name: "just following up", from: dana, edit: swap("You keep", "We are just following up as you wished. You keep"), want: "nudge hint"},
		{name: "with a typographic apostrophe", from: dana, edit: swap("You keep", "I hope you’re doing well. You keep"), want: "nudge hint"},
		{name: "their words, quoted, are no nudge", from: dana, edit: swap("You keep", `You wrote "any update on the seats" to Marta. You keep`)},
		{name: "a base that is touched by nobody", from: dana, edit: swap("You keep", "Your base price stays. You keep")},

		{name: "no word of what was said", from: dana, edit: func(d *coach.Draft) {
			d.Last = []string{"Our new warehouse opens in Gdansk, so talk to me about forklifts."}
		}, want: "reference hint"},
		{name: "their own name is no reference", from: dana, edit: func(d *coach.Draft) {
			d.Last = []string{"Dana Whitfield, Northwind Logistics, thanks."}
		}, want: "reference hint"},
		{name: "one word in another form is one", from: dana, edit: func(d *coach.Draft) { d.Last = []string{"Who is signing for Gdansk?", "Forklifts"} }},
		{name: "a number is one", from: dana, edit: func(d *coach.Draft) { d.Last = []string{"Forklifts, 40 of them"} }},
		{name: "nothing is known", from: dana, edit: func(d *coach.Draft) { d.Last = nil }},

		{name: "long words", from: dana, edit: swap("Yes, you can have all 40 seats at the old price until the end of the month.", "Unfortunately, organizational considerations necessitate accelerated contractual documentation regarding additional seats."), want: "grade warn", at: "Unfortunately, organizational considerations necessitate accelerated contractual documentation regarding additional seats."},
		{name: "somewhat long words", from: dana, edit: swap("They move into the new deal at no cost", "Existing agreements continue unaffected at no additional expense", "can start the Monday after", "is operational immediately"), want: "grade hint"},
		{name: "an address is not read out", from: dana, edit: swap("You keep", "It is at https://acme.example/organizational/considerations/necessitate/accelerated. You keep")},

		{name: "an empty subject", from: dana, edit: subject(""), want: "subject warn"},
		{name: "Re: and nothing", from: dana, edit: subject("Re: "), want: "subject warn"},
		{name: "a false Re:", from: stranger, edit: subject("Re: night shifts in Rotterdam"), want: "subject warn", at: "Re: "},
		{name: "a false Fwd:", from: stranger, edit: subject("Fwd: night shifts in Rotterdam"), want: "subject warn"},
		{name: "a true Re: of any length", from: dana, edit: func(d *coach.Draft) { d.Subject = "Re: " + strings.Repeat("long ", 20) }},
		{name: "a long subject", from: stranger, edit: subject("A question about how you plan all the night shifts in Rotterdam"), want: "subject warn"},
		{name: "five words", from: stranger, edit: subject("How you plan night shifts"), want: "subject hint"},
		{name: "one word", from: stranger, edit: subject("Shifts"), want: "subject hint"},
		{name: "no subject to judge", from: stranger, edit: func(d *coach.Draft) { d.Subject, d.NoSubject = "", true }},

		{name: "a sentence of 29 words", from: dana, edit: swap("at no cost, and you do not have to do a thing for that", "at no cost, and you do not have to do a thing for that as long as one of you says yes to me in time"), want: "sentence hint", at: "They move into the new deal at no cost, and you do not have to do a thing for that as long as one of you says yes to me in time."},
		{name: "a full stop inside ends none", from: dana, edit: swap("at no cost", "at no cost, e.g. for Dr. Weiss")},
		{name: "items of a list are sentences", from: dana, edit: swap("You keep the twelve seats you have now. They move into the new deal at no cost, and you do not have to do a thing for that.", "What you get:\n- all forty seats at the old price, as you asked me to\n- the twelve seats that you have now, at no cost at all\n- a start on the Monday after you sign, in Rotterdam")},

		{name: "all about the writer", from: dana, edit: swap("You keep the twelve seats you have now. They move", "I think we are the best. I know our tool and I love our team. We built it and I use it. They move"), want: "you hint", at: "I"},

		{name: "attached, and nothing is", from: dana, edit: swap(ask, "The order form is attached. Is that fine?"), want: "attachment warn", at: "attached"},
		{name: "attached, and something is", from: dana, edit: func(d *coach.Draft) { swap(ask, "The order form is attached. Is that fine?")(d); d.Attachments = 1 }},
		{name: "no strings attached", from: dana, edit: swap(ask, "No strings attached. Is that fine?")},
		{name: "what they attached", from: dana, edit: swap(ask, "The plan you attached is clear. Is Monday fine?")},

		{name: "another name", from: dana, edit: swap("Hi Dana", "Hi Marta"), want: "greeting warn", at: "Marta"},
		{name: "another name, with a title", from: dana, edit: swap("Hi Dana", "Dear Mr. Weiss"), want: "greeting warn", at: "Weiss"},
		{name: "the last name", from: dana, edit: swap("Hi Dana", "Dear Ms. Whitfield")},
		{name: "two names, one is theirs", from: dana, edit: swap("Hi Dana", "Hi Marta and Dana")},
		{name: "nobody's name", from: dana, edit: swap("Hi Dana", "Good morning")},
		{name: "everybody's", from: dana, edit: swap("Hi Dana", "Hi all")},
		{name: "a short name", from: dana, edit: func(d *coach.Draft) { d.Name = "Robert Osei"; swap("Hi Dana", "Hi Bob")(d) }},
		{name: "another accent", from: dana, edit: func(d *coach.Draft) { d.Name = "José Núñez"; swap("Hi Dana", "Hola Jose")(d) }},
		{name: "the name is only in the address", from: dana, edit: func(d *coach.Draft) { d.Name, d.Address = "", "dana.whitfield@northwind.example" }},
		{name: "another than in the address", from: dana, edit: func(d *coach.Draft) { d.Name, d.Address = "", "tom.okafor@halden.example" }, want: "greeting hint"},
		{name: "an address of nobody", from: dana, edit: func(d *coach.Draft) { d.Name, d.Address = "", "info@halden.example" }},

		{name: "a word that shouts", from: dana, edit: swap("at no cost", "at NO cost"), want: "caps warn", at: "NO"},
		{name: "a sentence that shouts", from: dana, edit: swap("Monday after.", "Monday after. PLEASE SIGN."), want: "caps warn"},
		{name: "two short words that shout", from: dana, edit: swap("the order form", "THE FORM"), want: "caps warn", at: "THE"},
		{name: "a subject that shouts", from: stranger, edit: subject("URGENT night shifts"), want: "caps warn", at: "URGENT"},
		{name: "abbreviations", from: dana, edit: swap("at no cost", "with SSO, a DPA and GDPR terms")},
		{name: "they write themselves so", from: dana, edit: func(d *coach.Draft) { d.Company = "ACMETRON BV"; swap("in Rotterdam", "of ACMETRON")(d) }},

		{name: "two exclamation marks", from: dana, edit: swap("Monday after.", "Monday after!", "for that.", "for that!"), want: "exclamation hint", at: "!"},
		{name: "one exclamation mark", from: dana, edit: swap("Monday after.", "Monday after!")},
		{name: "the second in the subject", from: stranger, edit: func(d *coach.Draft) { subject("Night shifts, solved!")(d); swap("itself.", "itself!")(d) }, want: "exclamation hint"},

		{name: "two links in a first mail", from: stranger, edit: swap("writes itself", "writes itself: https://acme.example/plan and www.acme.example/shifts"), want: "links warn", at: "www.acme.example/shifts"},
		{name: "two links in a follow-up", from: dana, edit: swap("at no cost", "at no cost: https://acme.example/plan and www.acme.example/shifts")},
		{name: "one link, and more in the signature", from: stranger, edit: swap("Robin", "Robin\nAccount manager\nhttps://acme.example\nhttps://social.example/robin\nACME HOLDING INC")},
		{name: "the same behind the mark", from: stranger, edit: swap("Best,\nRobin", "Robin\n-- \nRobin Vale!\nhttps://acme.example!\nhttps://social.example/robin\nAre you hiring? Ask us!")},

		{name: "a blank", from: dana, edit: swap("the end of the month", "{{ask.valid_until}}"), want: "blank warn", at: "{{ask.valid_until}}"},
		{name: "a blank in the subject", from: stranger, edit: subject("Shifts at {{company}} now"), want: "blank warn", at: "{{company}}"},

		{name: "everything at once", from: stranger, edit: func(d *coach.Draft) {
			d.Subject = ""
			d.Body = "Hi Tom,\n\nI hope this email finds you well!! We are the BEST. I have attached our deck.\n\nCheers,\nRobin"
		}, want: "greeting warn, attachment warn, nudge warn, subject warn, question warn, caps warn, length hint, easy hint, you hint, exclamation hint"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := c.from()
			if c.edit != nil {
				c.edit(&d)
			}
			r := coach.Judge(d)
			if got := said(r); got != c.want {
				t.Errorf("said %q, want %q\n%s\n%+v", got, c.want, d.Body, r)
			}
			if c.at != "" && len(r.Hints) > 0 && words(d, r.Hints[0].Place) != c.at {
				t.Errorf("it is about %q, want %q", words(d, r.Hints[0].Place), c.at)
			}
			sound(t, d, r)
		})
	}
}

// said is every hint that is not good, in the coach's order.
func said(r coach.Report) string {
	var all []string
	for _, h := range r.Hints {
		if h.Level != coach.Good {
			all = append(all, fmt.Sprintf("%s %s", h.Check, h.Level))
		}
	}
	return strings.Join(all, ", ")
}

func words(d coach.Draft, p coach.Place) string {
	if p.Part == coach.InSubject {
		return d.Subject[p.From:p.To]
	}
	return d.Body[p.From:p.To]
}

// sound holds for every report on any draft.
func sound(t testing.TB, d coach.Draft, r coach.Report) {
	t.Helper()
	seen := map[coach.Check]bool{}
	for i, h := range r.Hints {
		part := d.Body
		if h.Place.Part == coach.InSubject {
			part = d.Subject
		}
		switch {
		case h.Message == "" || h.Source == "":
			t.Errorf("%s says nothing, or not who says so: %+v", h.Check, h)
		case !slices.Contains(coach.Checks(), h.Check) || seen[h.Check]:
			t.Errorf("%s: unknown, or twice", h.Check)
		case h.Level != coach.Good && h.Level != coach.Advice && h.Level != coach.Warn:
			t.Errorf("%s has the level %q", h.Check, h.Level)
		case h.Place.From < 0 || h.Place.To < h.Place.From || h.Place.To > len(part):
			t.Errorf("%s is about the bytes %+v of %d", h.Check, h.Place, len(part))
		case i > 0 && r.Hints[i-1].Level == coach.Good && h.Level != coach.Good:
			t.Errorf("%s comes behind what is good", h.Check)
		}
		seen[h.Check] = true
	}
	if worst, ok := r.Worst(); ok != (said(r) != "") || ok && worst != r.Hints[0] {
		t.Errorf("the worst is %+v of %+v", worst, r.Hints)
	}
}
