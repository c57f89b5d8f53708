package signal

import (
	"strings"

	"stoke/model/text"
)

// Classify says what a mail is. The order is part of the contract: half of
// all bounces carry the marks of an automatic answer, and an opt-out is only
// ever in the words of a person.
func Classify(m Mail) Verdict {
	m.From = strings.ToLower(text.Line(cut(m.From, maxHeader)))
	m.Subject = text.Line(cut(m.Subject, maxHeader))
	body := m.body()
	fresh, quotes, own := parts(body)
	v := verdict(m, body, cut(own, maxWords), quotes != "")
	v.Text, v.Quoted = fresh, quotes
	return v
}

func verdict(m Mail, body, words string, quotes bool) Verdict {
	if v, ok := isComplaint(m); ok {
		return v
	}
	if v, ok := about(m, body); ok {
		return v
	}
	human := Verdict{Kind: Human, Reason: "a person wrote this"}
	if what, ok := meeting(m); ok {
		human.Meeting, human.NamesTime = what, what.Act != MeetingDeclined && what.Act != MeetingCancelled
		human.Reason = says[what.Act]
		return human
	}
	s := hear(words)
	if asksByButton(m, s) && !fromDaemon(m) && !strings.HasPrefix(autoSubmitted(m), "auto-replied") {
		return Verdict{Kind: OptOut, Reason: "came to the address for leaving the list: " + quote(m.Subject)}
	}
	if isChallenge(m, s) {
		return Verdict{Kind: Challenge, Reason: "a spam filter asks whether a person sent the mail"}
	}
	if why, ok := isAutoReply(m, s, quotes); ok {
		v := Verdict{Kind: AutoReply, Reason: why}
		v.ReturnDate = returnDate(m.Subject+".\n\n"+words, m.Date)
		return v
	}
	if strings.HasPrefix(m.ContentType, "multipart/report") {
		return Verdict{Kind: List, Reason: "a server's report about something else than one of our mails"}
	}
	if why, ok := isList(m); ok {
		return Verdict{Kind: List, Reason: why}
	}
	mood(&human, s, m.Date)
	if said, ok := wantsOut(m, s); ok {
		human.Kind, human.Reason = OptOut, "the writer asks for no more mail: "+quote(said)
	}
	return human
}

// quote is what a reason quotes: short, and on one line.
func quote(s string) string { return "“" + text.Summary(s, 80) + "”" }
