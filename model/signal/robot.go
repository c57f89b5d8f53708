package signal

import (
	"slices"
	"strings"
)

// daemons are the local parts that mail servers sign with.
var daemons = words("mailer-daemon mailerdaemon mailer.daemon postmaster mail-daemon maildaemon mail.delivery mailer mdaemon mail-delivery-subsystem microsoftexchange bounce bounces double-bounce mailsystem")

// robots are local parts behind which nobody reads.
var robots = phrases("noreply, no reply, no replies, donotreply, do not reply, dontreply, don t reply, nepasrepondre, ne pas repondre, no responder, noresponder, nao responda, naoresponda, nicht antworten, nichtantworten, svara inte, niet beantwoorden, notifications, notification, newsletter, newsletters, mailing, mailings, listserv, majordomo, mailman")

// noReply stands anywhere in such a local part.
var noReply = phrases("noreply, no reply, no replies, donotreply, do not reply")

func localPart(address string) string {
	local, _, _ := strings.Cut(strings.ToLower(address), "@")
	return local
}

// fromDaemon tells whether a mail server itself signed the mail.
func fromDaemon(m Mail) bool {
	local := localPart(m.From)
	return daemons[local] || strings.HasPrefix(local, "microsoftexchange")
}

// nullSender tells whether the envelope says that no answer is wanted, RFC
// 5321 section 4.5.5.
func nullSender(m Mail) bool { return m.HasReturnPath && m.ReturnPath == "" }

// autoSubmitted is the keyword of RFC 3834 section 5, or "" for "no".
func autoSubmitted(m Mail) string {
	v := strings.ToLower(m.first("Auto-Submitted"))
	v, _, _ = strings.Cut(v, ";")
	v, _, _ = strings.Cut(v, "(")
	if v = strings.TrimSpace(v); v == "no" {
		return ""
	}
	return v
}

// fromMachine tells whether anything but words says that no person sent this.
func fromMachine(m Mail) bool {
	return fromDaemon(m) || nullSender(m) || autoSubmitted(m) != "" || m.has("X-Failed-Recipients")
}

func fromRobot(m Mail) bool {
	return startsWith(plain(localPart(m.From)), robots) || anyOf(plain(localPart(m.From)), noReply)
}

// precedence is the old header of that name, lower-case.
func precedence(m Mail) string { return strings.ToLower(m.first("Precedence")) }

// isComplaint tells whether m is a feedback report about abuse, RFC 5965.
func isComplaint(m Mail) (Verdict, bool) {
	head, _ := recipientsOf(m.Status)
	kind := strings.ToLower(head["feedback-type"])
	if kind == "" && m.ReportType != "feedback-report" || kind == "auth-failure" || kind == "not-spam" {
		return Verdict{}, false
	}
	if m.ReportType == "" && !strings.HasPrefix(m.ContentType, "multipart/report") && !fromMachine(m) {
		return Verdict{}, false
	}
	v := Verdict{Kind: Complaint, Reason: "a mail provider reports that someone marked the mail as spam", OriginalMessageID: messageID(m, head, "")}
	for _, key := range []string{"original-rcpt-to", "removal-recipient"} {
		if a := typedAddress(head[key]); a != "" && !slices.Contains(v.Recipients, a) {
			v.Recipients = append(v.Recipients, a)
		}
	}
	if len(v.Recipients) == 0 {
		f, _ := fields(cut(string(m.Original), maxPart))
		v.Recipients = addresses(f["to"], 1)
	}
	return v, true
}

var challengeWords = phrases(
	"authenticate yourself, message was waitlisted, message is waitlisted, protected against spam, first time you write to me, confirm that you are human, confirm you are human, prove you are human, verify that you are a real person, verify you are human, verify that you are human, you are not a robot, you are not a spammer, you are a real person, sender verification, verify your email address to deliver, confirm your email address to deliver, to have your message delivered, in order to deliver your message, for your message to be delivered, to deliver your message, your message is being held, your message is on hold, your email is on hold, message has been held, held until you, waiting for your verification, waiting for verification, awaiting verification, approved sender, approved senders list, allowed senders list, challenge response, one time verification, one time confirmation, guest list, spam protection, spamarrest, boxbe, complete this verification, complete the verification, click the link below to release, release your message, whitelist, add yourself to, permitted senders",
	"bestatigen sie dass sie ein mensch sind, um ihre nachricht zuzustellen, ihre nachricht wurde zuruckgehalten, bestatigen sie den versand, bestatigen sie ihre e mail adresse, gegen spam geschutzt, vor spam geschutzt, damit ihre nachricht zugestellt",
	"confirmer que vous etes humain, pour que votre message soit delivre, mailinblack, votre message est en attente, vous n etes pas un robot, vous authentifier, m authentifie, protegee contre les spams, protege contre les spams, premiere fois que vous m ecrivez, message me parvienne, confirmer l envoi",
	"confirme que es humano, para que su mensaje sea entregado, su mensaje esta retenido, confirmar que no es un robot, antispamuol, confirme que voce e humano, para que sua mensagem seja entregue, mensagem esta retida, solicitacao de confirmacao",
	"bekrafta att du ar en manniska, for att ditt meddelande ska levereras, bevestig dat u een mens bent, om uw bericht te bezorgen")

// isChallenge tells whether a filter asks the sender to prove himself. Two
// of its formulas without a machine's sign could still be a person's.
func isChallenge(m Mail, s said) bool {
	subject := plain(cut(m.Subject, maxHeader))
	if !s.holds(challengeWords) && !anyOf(subject, challengeWords) {
		return false
	}
	n := countOf(subject+s.plain, challengeWords)
	machine := fromMachine(m) || fromRobot(m) || precedence(m) != ""
	return machine && n >= 2 || n >= 4
}

// isList tells whether the mail goes to many or comes from a robot.
func isList(m Mail) (string, bool) {
	p := precedence(m)
	bulk := p == "bulk" || p == "list" || p == "junk"
	mailing := m.has("List-Unsubscribe-Post") || m.has("Feedback-Id") || m.has("X-Campaign-Id") || strings.Contains(localPart(m.ReturnPath), "bounce")
	switch {
	case m.has("List-Id"), m.has("List-Post"):
		return "came through a mailing list", true
	case fromRobot(m):
		return "comes from an address that nobody reads", true
	case m.isReply():
		return "", false // a person may answer through a tool that marks its mail
	case bulk:
		return "is marked as bulk mail", true
	case mailing && m.has("List-Unsubscribe"):
		return "is a newsletter", true
	case fromDaemon(m) || nullSender(m):
		return "comes from a mail server", true
	}
	return "", false
}
