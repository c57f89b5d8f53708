package signal

import (
	"slices"
	"strings"
)

var (
	// leaveWhole are whole sentences that end it.
	leaveWhole = phrases(
		"unsubscribe, unsubscribe me, unsubscribe us, unsubscribe please, please unsubscribe, unsubscribe thanks, unsubscribe thank you, please unsubscribe thanks, please unsubscribe thank you, stop, please stop, stop please, remove, remove me, please remove, please remove me, remove me please, opt out, optout, take me off, leave me alone, please leave me alone",
		"abmelden, bitte abmelden, abmeldung, austragen, bitte austragen, abbestellen, bitte abbestellen, austragen bitte, abmelden bitte, abbestellen bitte, bitte loschen",
		"desabonner, desabonnement, desinscription, desinscrire, me desabonner, me desinscrire, stop merci",
		"baja, dar de baja, darse de baja, cancelar suscripcion",
		"descadastrar, cancelar inscricao, cancelar subscricao, remover, me remova",
		"avregistrera, avprenumerera, avsluta prenumeration, avanmalan",
		"afmelden, uitschrijven, afmelding, graag afmelden, graag uitschrijven")
	// leaveWords are wishes inside a sentence.
	leaveWords = phrases(
		"unsubscribe me, unsubscribe us, unsubscribe my, unsubscribe this address, unsubscribe this email, i want to unsubscribe, we want to unsubscribe, i would like to unsubscribe, we would like to unsubscribe, i d like to unsubscribe, i wish to unsubscribe, how do i unsubscribe, how can i unsubscribe, i unsubscribe, please unsubscribe from",
		"opt me out, opt us out, i would like to opt out, i d like to opt out, we would like to opt out, i want to opt out, we want to opt out, i wish to opt out, please opt out, i opt out, i am opting out",
		"quit emailing, quit contacting, quit sending me, quit spamming, stop emailing, stop e mailing, stop mailing, stop contacting, stop messaging, stop writing me, stop writing to me, stop sending me, stop sending us, stop sending emails, stop sending these, stop sending this, stop spamming, stop bothering, if you don t stop, if you do not stop, stop reaching out, stop following up, stop the emails, stop these emails, stop all emails, cease contact, cease contacting, cease all",
		"do not contact me, do not contact us, do not contact my, don t contact me, don t contact us, not contact me again, not contact us again, do not email me, don t email me, do not email us, don t email us, do not mail me, do not write to me, don t write to me, do not send me any, don t send me any, do not send me more, don t send me more, do not reach out, don t reach out, never contact me again, never email me again, no more emails, no more mails, no further emails, no further contact, no further communication, no longer wish to receive, no longer want to receive, not want any more emails, don t want any more emails, don t want your emails, do not want to be contacted, don t want to be contacted, do not wish to be contacted, lose my email, lose my address, lose my number, leave me alone",
		"delete my data, delete my details, delete my information, delete my contact, delete my email, delete my address, delete me from, erase my data, erase my details, remove my email, remove my address, remove my name, remove my details, remove my contact, remove my data, remove us from your",
		"melden sie mich ab, melden sie uns ab, melde mich ab, mich abmelden, uns abmelden, mochte mich austragen, tragen sie mich aus, trage mich aus, mich austragen, aus ihrem verteiler, aus eurem verteiler, aus deinem verteiler, aus dem verteiler, aus ihrer liste, aus ihrer mailingliste, aus ihrer datenbank, aus der mailingliste, keine weiteren e mails, keine weiteren mails, keine weiteren emails, keine e mails mehr, keine mails mehr, keine emails mehr, keine werbung mehr senden, keine werbung mehr schicken, keine werbung mehr an, keine werbemails, keine werbe e mails, keine nachrichten mehr, nicht mehr kontaktieren, nicht mehr anschreiben, nicht mehr zu kontaktieren, nicht weiter kontaktieren, kontaktieren sie mich nicht, kontaktieren sie uns nicht, kontaktiere mich nicht, schreiben sie mir nicht mehr, schreiben sie mich nicht mehr, schreib mir nicht mehr, horen sie auf mir, horen sie auf mich, unterlassen sie es, unterlassen sie weitere, unterlassen sie bitte, von weiteren e mails abzusehen, wunsche keine weiteren, widerspreche der nutzung, widerspreche der verwendung, widerspreche der verarbeitung, widerspreche der speicherung",
		"me desabonner, me desinscrire, desabonnez moi, desinscrivez moi, desabonne moi, desinscris moi, retirez moi, retire moi, me retirer de, enlevez moi, supprimez moi, ne plus recevoir, plus recevoir vos, ne me contactez plus, ne nous contactez plus, ne me contacte plus, ne plus me contacter, ne plus nous contacter, ne m ecrivez plus, ne plus m ecrire, ne m envoyez plus, ne plus m envoyer, cessez de m, cessez de me, cessez de nous, cesser de m, arretez de m, arretez de me, arretez de nous, arreter de m, plus etre contacte, plus etre contactee, ne plus etre contacte, supprimez mes donnees, supprimez mes coordonnees, supprimez mes informations, supprimer mes donnees, supprimer mes coordonnees, supprimer mon adresse, supprimez mon adresse, retirer mon adresse, retirez mon adresse, plus d e mails de votre, plus de mails de votre, plus aucun mail",
		"darme de baja, dame de baja, deme de baja, denme de baja, denos de baja, darnos de baja, me den de baja, me de de baja, eliminame, elimineme, eliminenme, eliminar mi correo, eliminar mis datos, eliminen mi, elimine mi, elimine mis, borrame, borreme, borrenme, borren mis, borre mis, quitame de, quiteme de, quitenme de, sacame de, saqueme de, no me contacte, no me contacten, no me contactes, no nos contacten, no contactarme, no me escriban mas, no me escriba mas, no me escribas mas, no me envie mas, no me envien mas, no me envies mas, no me manden mas, no me mande mas, no vuelva a contactar, no vuelvan a contactar, no vuelva a escribir, no vuelvan a escribir, no vuelva a enviar, no vuelvan a enviar, no vuelvas a escribir, no mas correos, cancelar mi suscripcion",
		"me descadastre, me descadastrar, descadastrem, me remova, me remover, me removam, remova me, removam me, remova meu, remova o meu, remover meu, remover o meu, retire me, retirem me, me retire, me retirem, me tire da, me tirem da, parem de, pare de me, pare de enviar, pare de mandar, deixem de me, deixe de me, nao quero mais receber, nao desejo mais receber, nao queremos mais receber, nao me contate, nao me contatem, nao me contacte, nao me contactem, nao me enviem, nao me envie, nao me mande, nao me escreva, nao entre mais em contato, nao entrem mais em contato, nao voltem a contactar, nao volte a contactar, cancelar minha inscricao, cancelar a minha, excluam meus dados, exclua meus dados, excluir meus dados, exclua meu e mail, excluir meu e mail, excluam meu e mail, exclua meu email, excluir meu email, exclua meu contato, apague os meus dados, apaguem os meus dados",
		"avregistrera mig, avprenumerera mig, avanmal mig, ta bort mig, ta bort min adress, ta bort min mejl, ta bort min mail, ta bort min e post, stryk mig, sluta maila, sluta mejla, sluta mejla mig, sluta kontakta, sluta skicka, sluta skriva, kontakta mig inte, kontakta oss inte, kontakta mig aldrig, mejla mig inte, maila mig inte, skicka inga fler, inga fler mejl, inga fler mail, inte ha fler, inte langre fa, inte bli kontaktad, inte fa fler, vill inte ha mer, vill inte ha nagra mer, radera mina uppgifter, radera min adress, radera min mejl, radera min e post",
		"mij afmelden, me afmelden, ons afmelden, meld mij af, meld me af, mij uitschrijven, me uitschrijven, ons uitschrijven, schrijf mij uit, schrijf me uit, verwijder mij, verwijder me, verwijder mijn gegevens, verwijder mijn adres, verwijder mijn e mail, verwijder mijn mailadres, mij verwijderen, me verwijderen, mij te verwijderen, me te verwijderen, haal mij van, haal me van, haal mij uit, haal me uit, mij van de lijst, stop met mailen, stop met het mailen, stop met het sturen, stop met sturen, stop met mij te, stop met me te, stop met contact, stop met het versturen, niet meer mailen, niet meer contacteren, niet meer benaderen, niet meer te benaderen, niet meer te mailen, niet langer mailen, geen e mails meer, geen mails meer, geen berichten meer, geen contact meer, geen verdere mails, niet meer gemaild, niet meer benaderd")
	// noMore are wishes of two parts: not to receive or to be sent, and what.
	noMore = together(
		pairs("don t want to receive, do not want to receive, don t wish to receive, do not wish to receive, not interested in receiving",
			"any, your, these, more, further, emails, e mails, mails, messages, marketing, newsletters, this newsletter, communication"),
		pairs("loschen sie meine, losche meine, loscht meine", "daten, adresse, e mail, email, mailadresse, kontaktdaten"),
		pairs("dejen de, deje de, deja de, dejad de", "enviarme, escribirme, mandarme, contactarme, molestar, enviarnos, escribirnos, contactarnos, enviar"),
		pairs("no deseo recibir, no quiero recibir, no deseamos recibir, no queremos recibir", "mas, sus, tus, estos, correos, emails, e mails, mensajes, publicidad, informacion, ningun"),
		pairs("nao desejo receber, nao quero receber, nao desejamos receber, nao queremos receber", "mais, seus, esses, estes, e mails, emails, mensagens, publicidade, nenhum"),
		pairs("ik wil, wij willen, ik wens, ik hoef", "geen e mail meer, geen mail meer, uw mails niet meer, deze mails niet meer, geen reclame meer"))
	leaving = together(leaveWords, noMore)
	// leaveList count only where the sentence names a list, and passive only
	// where the writer speaks of himself: others asked to be removed, too.
	leaveList = phrases("remove me, remove us, take me off, take us off, get me off, remove this address, remove this email, strike me from")
	passive   = phrases("taken off, removed from your, removed from this, be removed from")
	lists     = phrases("list, lists, mailing, mailings, database, system, crm, records, campaign, campaigns, sequence, distribution, email list, emails, marketing, newsletter, newsletters, contacts, subscription, outreach")
	oneself   = words("i we me us please kindly address email")
	// stays turn the wish into another: a time, a channel, a thread, a matter.
	stays = phrases(
		"until, before, till next, till after, till the, till then, till we, till i, till march, till january, till monday, this week, this month, on weekends, during, by phone, on my phone, on my mobile, on my cell, at this number, this thread, the thread, the invite, invite list, the invitation, calendar, the meeting, the cc, cc list, guest list, my old, old address, old email, hesitate, use my, instead, for now, unless, directly, our customers, your customers, my customers, our users, your users, our clients, your clients, our subscribers, duplicate, about the, about this, about that, regarding the, regarding this, needed, necessary, paper copies, the contract, the invoice, the order",
		"bis, vor dem, vor weihnachten, vor ostern, diese woche, telefonisch, einladung, termin, stattdessen, zogern, zur zeit, sondern, den vertrag, die rechnung, notig",
		"jusqu, avant, par telephone, invitation, hesitez, cette semaine, pour l instant, le contrat, la facture, necessaire",
		"hasta, antes, por telefono, invitacion, dude, dudes, esta semana, por ahora, el contrato, la factura, sino",
		"ate, antes de, por telefone, convite, hesite, esta semana, por enquanto, o contrato, a fatura",
		"forran, innan, per telefon, inbjudan, tveka, den har veckan, just nu, avtalet, fakturan",
		"tot, voordat, telefonisch, uitnodiging, aarzel, deze week, voorlopig, het contract, de factuur, nodig")
	// offers stand in a footer of the writer's own, in the sentence that tells the reader how to leave or behind it.
	offers = phrases("click here, click the link, click this link, klicken sie hier, hier klicken, cliquez ici, haga clic, haz clic, clique aqui, klicka har, klik hier, klik dan hier")
	// negators before a wish undo it: "don't stop emailing me".
	negators = words("not don t never dont didn won wouldn needn nicht nie pas jamais no nunca nao inte aldrig niet nooit if falls wenn si se als")
)

// wantsOut tells whether the writer's own words ask for no more mail, and
// gives the words.
func wantsOut(m Mail, body said) (string, bool) {
	if asksByButton(m, body) {
		return m.Subject, true
	}
	short := strings.Count(body.plain, " ") <= 13
	n := 0
	for i, s := range body.sentences {
		if s.plain == " " {
			continue
		}
		n++
		if body.holds(offers) && (anyOf(s.plain, offers) || i+1 < len(body.sentences) && anyOf(body.sentences[i+1].plain, offers)) {
			continue
		}
		if (short || n <= 1) && endsIt(s.plain) || i < 60 && asksToLeave(body, s) {
			return s.words, true
		}
	}
	if !body.holds(leaveWhole) {
		return "", false
	}
	for line := range strings.SplitSeq(body.words, "\n") {
		if p := plain(line); leaveWhole.whole(p) && (short || strings.TrimSpace(line) == firstLine(body.words)) {
			return line, true
		}
	}
	return "", false
}

// asksByButton knows what a List-Unsubscribe address receives (RFC 2369): the
// word as its subject, perhaps with a mark behind it, and hardly a word below.
// Mail programs write such mails themselves.
func asksByButton(m Mail, body said) bool {
	if m.isReply() || strings.Count(body.plain, " ") > 40 {
		return false
	}
	s := plain(m.Subject)
	return leaveWhole.whole(s) || strings.HasPrefix(s, " unsubscribe ") && strings.Count(s, " ") <= 4 && !strings.HasSuffix(m.Subject, "?")
}

// polite stand around a demand and change nothing of it.
var polite = phrases("please, pls, thanks, thank you, kindly, bitte, danke, svp, s il vous plait, s il te plait, merci, por favor, gracias, obrigado, obrigada, tack, snalla, aub, alstublieft, alsjeblieft, graag, dank u, bedankt")

// endsIt tells whether a plain text is a demand to end it and nothing else, but for courtesies.
func endsIt(p string) bool {
	if leaveWhole.whole(p) {
		return true
	}
	const longest = 80 // a demand of one or two words with its courtesies
	if len(p) > longest || !anyOf(p, polite) {
		return false
	}
	return leaveWhole.whole(" " + strings.Join(strings.Fields(polite.without(p)), " ") + " ")
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return strings.TrimSpace(line)
}

// asksToLeave tells whether one sentence asks for it, as a whole or in one of
// its clauses: a "no" in another one undoes nothing.
func asksToLeave(all said, s sentence) bool {
	named := all.holds(leaving) || all.holds(leaveList) || all.holds(passive)
	return (wish(s.plain, s.fields, named) || clauseAsks(s.words, named)) && !anyOf(s.plain, stays)
}

func clauseAsks(sentence string, named bool) bool {
	const marks = ",;:–—"
	if !strings.ContainsAny(sentence, marks) {
		return false
	}
	clauses := strings.FieldsFunc(cut(sentence, maxHeader), func(r rune) bool { return strings.ContainsRune(marks, r) })
	return len(clauses) > 1 && slices.ContainsFunc(clauses[:min(len(clauses), 10)], func(c string) bool {
		p := plain(c)
		return wish(p, strings.Fields(p), named)
	})
}

// wish tells whether one clause asks for it: named, in one of the phrases that may stand in it, or in other words.
func wish(p string, fields []string, named bool) bool {
	return named && namedWish(p) || leaveOrders.in(fields)
}

func namedWish(p string) bool {
	found := false
	leaving.each(p, func(at int, w string) bool {
		found = !negated(p[:at+1], w) && !ofOthers(p[at+len(w):])
		return !found
	})
	if !found {
		leaveList.each(p, func(at int, w string) bool {
			found = !negated(p[:at+1], w) && (anyOf(p[at:], lists) || strings.HasSuffix(p, w))
			return !found
		})
	}
	if !found {
		passive.each(p, func(at int, w string) bool {
			found = !negated(p[:at+1], w) && (anyOf(p[at:], lists) || strings.HasSuffix(p, w)) && speaksOfSelf(p[:at+1])
			return !found
		})
	}
	return found
}

// speaksOfSelf looks at the words near the end of what stands before a wish.
func speaksOfSelf(before string) bool {
	f := strings.Fields(before)
	for _, w := range f[max(0, len(f)-7):] {
		if oneself[w] {
			return true
		}
	}
	return false
}

// negated looks at the three words before a wish, and whether someone else
// than the reader is to stop: "we had to stop contacting them".
func negated(before, wish string) bool {
	f := strings.Fields(before)
	for _, w := range f[max(0, len(f)-3):] {
		if negators[w] {
			return true
		}
	}
	if strings.HasPrefix(wish, " stop ") {
		for _, w := range f[max(0, len(f)-2):] {
			if others[w] {
				return true
			}
		}
	}
	return false
}

// ofOthers tells whether the words after a wish name somebody else: "a way to stop emailing contacts".
func ofOthers(after string) bool {
	word, _, _ := strings.Cut(after, " ")
	return somebodyElse[word]
}

var somebodyElse = words("contacts people leads prospects customers users clients subscribers them him her everyone everybody anyone those kunden kontakte leute contactos clientes usuarios contatos contactes contacten klanten mensen kunder kontakter")

// others before "stop" tell of someone's stopping instead of asking for it.
var others = words("i we they he she ll will had need must never")

// pairs is the set of all phrases of a first and a second part.
func pairs(first, second string) *set {
	out := phrases()
	for a := range strings.SplitSeq(first, ",") {
		for b := range strings.SplitSeq(second, ",") {
			out.add(plain(a + " " + b))
		}
	}
	return out
}
