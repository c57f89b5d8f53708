package signal

import (
	"slices"
	"strings"

	"stoke/model/text"
)

var (
	bounceSubjects = phrases(
		"undeliverable, undelivered, undeliverable mail, delivery status notification, delivery failure, delivery failed, delivery notification, delivery has failed, delivery problem, delivery report, mail delivery failed, mail delivery failure, mail delivery system, mail failure, failure notice, failure delivery, failed delivery, returned mail, returned to sender, return to sender, message not delivered, not delivered, could not be delivered, couldn t be delivered, wasn t delivered, non delivery, nondeliverable, undeliverable message, mail system error, message delivery failure, message status undeliverable, delivery error, error sending, warning could not send, delayed mail, delivery delayed, delivery delay, bounce",
		"unzustellbar, unzustellbare, nicht zugestellt, zustellung fehlgeschlagen, fehler bei der zustellung, fehler bei der nachrichtenzustellung, zustellungsbenachrichtigung, unzustellbare nachricht, zustellfehler, zustellungsfehler, nicht zustellbar, zustellung verzogert",
		"non remis, non distribuable, echec de la remise, echec de remise, non delivre, message non distribue, echec de la distribution",
		"no se puede entregar, no entregado, no se ha podido entregar, error de entrega, entrega fallida, notificacion de estado de entrega, mensaje devuelto",
		"nao entregue, falha na entrega, nao foi possivel entregar, mensagem devolvida, nao e possivel entregar, notificacao de status de entrega",
		"gick inte att leverera, kunde inte levereras, olevererat, leveransfel, obestallbar",
		"onbestelbaar, niet bezorgd, kan niet worden bezorgd, bezorging mislukt, niet afgeleverd")
	bounceBodies = phrases(
		"could not be delivered, couldn t be delivered, wasn t delivered, was not delivered, cannot be delivered, can t be delivered, has not been delivered, not been delivered, unable to deliver, wasn t able to deliver, not able to deliver, were not able to deliver, undeliverable, delivery to the following, delivery has failed, delivery failed, failed to deliver, failed permanently, permanent error, permanent fatal errors, fatal errors, permanent failure, did not reach the following, didn t reach, address couldn t be found, returned to sender, message was rejected, message has been rejected, rejected your message, delivery error, i m giving up on it, following addresses had, following recipient, following address, following addresses, recipients failed, undelivered, non delivery, no such user, user unknown, mailbox full, over quota, mailbox unavailable, can not be delivered, not delivered",
		"konnte nicht zugestellt werden, nicht zugestellt werden, nicht zustellbar, unzustellbar, zustellung ist fehlgeschlagen, zustellung fehlgeschlagen, nicht ausgeliefert",
		"n a pas pu etre remis, n a pas pu etre livre, n a pas ete remis, n a pas pu etre distribue, impossible de remettre, echec de la remise, n a pu etre delivre, n a pu etre remis",
		"no se ha podido entregar, no se pudo entregar, no pudo ser entregado, no se entrego, no ha podido ser entregado",
		"nao pode ser entregue, nao foi possivel entregar, nao foi entregue, falha na entrega",
		"kunde inte levereras, gick inte att leverera, har inte levererats",
		"kon niet worden bezorgd, kan niet worden bezorgd, niet worden afgeleverd, is niet bezorgd, kon niet worden afgeleverd")
	delayWords = phrases(
		"delayed, delivery delay, warning could not send, has not yet been delivered, not yet been delivered, will continue to try, will keep trying, will retry, still trying, this is a warning message only, this is a warning only, do not need to resend, delivery is delayed, delivery incomplete, delivery temporarily suspended, attempts will continue, will be retried, temporary problem delivering",
		"verzogert, noch nicht zugestellt, weiterhin versucht, zustellungsversuch wird fortgesetzt",
		"retarde, differe, sera retente, n a pas encore ete remis",
		"retrasado, retraso en la entrega, se seguira intentando, todavia no se ha entregado",
		"atrasada, continuara tentando, ainda nao foi entregue",
		"fordrojd, forsenad, annu inte levererats, fortsatter att forsoka",
		"vertraagd, nog niet bezorgd, blijven proberen, zal opnieuw worden geprobeerd")
	gaveUp = phrases("giving up, given up, gave up, failed permanently, permanent error, permanent fatal, has been returned, returning your message, no more attempts, could not be delivered for, retry timeout exceeded")
	copies = []string{"this is a copy of", "below this line is a copy", "original message follows", "message header follows", "headers of the message", "message headers follow", "unsent message follows",
		"original message headers", "original message header", "\nreceived: ", "\nreturn-path: ", "-----original message", "---- message header", "transcript of session follows\nfrom:", "begin message header", "ursprüngliche kopfzeilen", "\nmessage-id:"}
)

// about parses what a report says about one of our mails: a bounce, a delay or
// a receipt. ok is false for every other mail, and for a would-be bounce that
// names neither a recipient nor our Message-ID.
func about(m Mail, body string) (Verdict, bool) {
	if v, ok := formalReport(m, body); ok {
		return v, true
	}
	return textReport(m, body)
}

// formalReport reads a delivery status (RFC 3464) or a disposition
// notification (RFC 8098).
func formalReport(m Mail, body string) (Verdict, bool) {
	report := strings.HasPrefix(m.ContentType, "multipart/report") || m.ReportType != "" ||
		strings.HasSuffix(m.ContentType, "/delivery-status") || strings.HasSuffix(m.ContentType, "/disposition-notification")
	if len(m.Status) == 0 || !report && !fromMachine(m) {
		return Verdict{}, false // a person may forward a report
	}
	head, list := recipientsOf(m.Status)
	if head["disposition"] != "" || m.ReportType == "disposition-notification" {
		v := Verdict{Kind: Delivered, Reason: "a receipt: the mail was opened or handled at the other end"}
		v.OriginalMessageID = messageID(m, head, body)
		v.Recipients = everyone(list)
		return v, true
	}
	list = slices.DeleteFunc(list, func(r recipient) bool { return r.action == "" && r.status == "" })
	if len(list) == 0 {
		return Verdict{}, false
	}
	return judgeReport(m, head, list, body)
}

// everyone lists the addresses of a report, each once.
func everyone(list []recipient) (out []string) {
	for _, r := range list {
		for _, a := range r.addresses {
			if !slices.Contains(out, a) {
				out = append(out, a)
			}
		}
	}
	return out
}

func judgeReport(m Mail, head map[string]string, list []recipient, body string) (Verdict, bool) {
	groups := map[Kind][]recipient{}
	for _, r := range list {
		switch {
		case r.action == "failed":
			groups[Bounce] = append(groups[Bounce], r)
		case r.action == "delayed":
			groups[Delay] = append(groups[Delay], r)
		case r.action == "delivered", r.action == "relayed", r.action == "expanded", strings.HasPrefix(r.status, "2."):
			groups[Delivered] = append(groups[Delivered], r)
		default: // a failure told without its word
			groups[Bounce] = append(groups[Bounce], r)
		}
	}
	v := Verdict{OriginalMessageID: messageID(m, head, body)}
	for _, k := range []Kind{Bounce, Delay, Delivered} {
		if len(groups[k]) == 0 {
			continue
		}
		v.Kind, v.Recipients = k, everyone(groups[k])
		break
	}
	if len(v.Recipients) == 0 {
		v.Recipients = namedRecipients(m, body)
	}
	if len(v.Recipients) == 0 && v.OriginalMessageID == "" {
		return Verdict{}, false // about nobody: it may change nothing
	}
	switch v.Kind {
	case Bounce:
		v.Severity = worst(groups[Bounce], body)
		v.Reason = bounceReason(v)
	case Delay:
		v.Reason = "a server has not delivered the mail yet and still tries"
	default:
		v.Reason = "a receipt: the mail was delivered or passed on"
	}
	return v, true
}

// worst is the severity of the refusals together: dead only where every one
// of them is, for one verdict stands for all recipients.
func worst(list []recipient, body string) Severity {
	all := map[Severity]int{}
	for _, r := range list {
		words := r.diagnostic
		if plainEmpty(words) {
			words = report(body)
		}
		all[severityOf(r.status, words)]++
	}
	switch {
	case all[Dead] == len(list):
		return Dead
	case all[Refused] > 0:
		return Refused
	}
	return Later
}

func plainEmpty(diagnostic string) bool {
	_, words, ok := strings.Cut(diagnostic, ";")
	if !ok {
		words = diagnostic
	}
	return strings.Trim(words, " 0123456789.-") == ""
}

// textReport knows a bounce by its sender and its words; four in ten come
// without a report part.
func textReport(m Mail, body string) (Verdict, bool) {
	if !fromMachine(m) {
		return Verdict{}, false
	}
	head := report(body)
	subject, words := plain(m.Subject), plain(cut(head, maxWords))
	named := anyOf(subject, bounceSubjects)
	told := anyOf(words, bounceBodies)
	late := anyOf(subject, delayWords) || anyOf(words, delayWords)
	strict := fromDaemon(m) || m.has("X-Failed-Recipients")
	switch {
	case m.has("X-Failed-Recipients"), named && (told || late || strict), strict && (told || late):
	default:
		return Verdict{}, false
	}
	v := Verdict{Kind: Bounce, Recipients: namedRecipients(m, body), OriginalMessageID: messageID(m, nil, body)}
	if len(v.Recipients) == 0 && v.OriginalMessageID == "" {
		return Verdict{}, false
	}
	if late && !anyOf(words, gaveUp) && !(told && anyOf(words, saysDead)) {
		v.Kind, v.Reason = Delay, "a server has not delivered the mail yet and still tries"
		return v, true
	}
	v.Severity = severityOf("", head)
	v.Reason = bounceReason(v)
	return v, true
}

func bounceReason(v Verdict) string {
	switch v.Severity {
	case Dead:
		return "the mail came back: nobody has this address"
	case Later:
		return "the mail came back: the mailbox is full or cannot be reached now"
	}
	return "the mail came back: the other server refused it, which is likely about our side"
}

// report is the part of a bounce's text before the copy of our own mail.
func report(body string) string {
	body = cut(body, maxPart)
	low := strings.ToLower(body)
	if len(low) != len(body) {
		return body
	}
	end := len(body)
	for _, mark := range copies {
		// One mark at the very top introduces nothing: keep what follows.
		if i := strings.Index(low, mark); i > 40 && i < end {
			end = i
		}
	}
	return body[:end]
}

// namedRecipients finds whom a bounce is about: the header that says it, the
// words of the report, the headers of the returned mail.
func namedRecipients(m Mail, body string) []string {
	const most = 20
	ours := append([]string{m.From}, m.To...)
	ours = append(ours, bareID(idLine(body)))
	keep := func(list []string) (out []string) {
		for _, a := range list {
			local, _, _ := strings.Cut(a, "@")
			if !slices.Contains(ours, a) && !daemons[local] {
				out = append(out, a)
			}
		}
		return out
	}
	for _, v := range m.Header["X-Failed-Recipients"] {
		if list := addresses(cut(v, maxHeader), most); len(list) > 0 {
			return list
		}
	}
	if list := keep(addresses(report(body), most)); len(list) > 0 {
		return list
	}
	if list := keep(addresses(m.Subject, most)); len(list) > 0 {
		return list
	}
	f, _ := fields(text.Clean(cut(string(m.Original), maxPart)))
	if list := addresses(f["to"], most); len(list) > 0 {
		return list
	}
	for l := range strings.SplitSeq(cut(body, maxPart), "\n") {
		if k, v, ok := strings.Cut(strings.TrimLeft(l, "> \t"), ":"); ok && len(k) < 20 && strings.EqualFold(strings.TrimSpace(k), "to") {
			if list := keep(addresses(v, most)); len(list) > 0 {
				return list
			}
		}
	}
	return nil
}
