package signal

import (
	"slices"
	"strings"
)

// order is a meaning whose words stand in this order with few others between: one
// of each group. A group lists phrases; a star ends the stem of a word.
type order [][][]string

// leaveOrders are wishes that no list of whole phrases could hold, for people put
// other words between: "take my name off that list of yours". Each says what
// is to end and that it is the writer whom it is to spare; what asks for
// something else of the reader (a line of a quote, a copy by post) has none of
// one group.
var leaveOrders = parseOrders(
	// English
	"do not, don t, dont, never, not to, not : contact*, email, e mail, mail, write to, write, message, text, call, bother, approach : me, us, my, our, anyone here, again, any more, anymore, ever",
	"do not, don t, dont, not to, not : send : further, any, more, anything, another, me, us : further, more, mail, mails, email*, message*, anything, else, again, any more",
	"remove, delete, erase, take, strike, cross, drop, scrub, purge, exclude, unlist : me, us, my name, my address, my email, my e mail, our address, our email, this address, this email, it, our domain, my details, our details, our company : off, from, out of : list, lists, database, mailing*, system, crm, records, contacts, emails, sequence, campaign*, newsletter*, outreach, distribution",
	"get : off, out of : this list, your list, that list, the list, this mailing list, your mailing list, the mailing list, your lists, your mailings, this mailing",
	"like, want, wish, prefer, ask, request, rather : be : removed, taken off, deleted, unsubscribed, excluded : list, lists, database, mailing*, system, crm, records, emails, newsletter*, distribution, communication*",
	"delete, erase, remove, destroy, wipe : data, information, details, records : me, us, my, our, you hold, you have, you store, you keep",
	"not, no longer, rather not, don t, never : wish, want, like, prefer, care, need : receive, get, receiving, getting, hear, be contacted, be emailed, contacted : from you, again, any, further, more, your, these, such, email*, mail, mails, marketing, communication*, company",
	"not, rather not : receive, get : any more, more, further : email*, mail, mails, message*, communication*",
	"asked, told, asking, telling : you : stop",
	"no more, no further : email*, mail, mails, message*, contact, follow ups, communication*, spam : please, thanks, thank you, ever, to me, to us, to this, from you",
	"please, kindly, must, to : cease, refrain from, desist from, end : contact*, communication*, emailing, mailing, sending, all, any, further",
	// German
	"streichen, streiche, streicht, entfernen, entferne, entfernt, loschen, losche, loscht, nehmen, nimm, nehmt, werfen, austragen, tragen, trage : mich, uns, meine adresse, meine e mail, meine mail*, meine email*, meine daten, meinen namen, unsere adresse, unsere daten, diese adresse : liste*, verteiler*, datenbank, kartei, datei, mailingliste, adressliste, newsletter, system, crm, bestand",
	"mich, uns, meine adresse, meine e mail, meine mail*, meinen namen : liste*, verteiler*, datenbank, kartei, mailingliste, adressliste, crm : streichen, entfernen, loschen, nehmen, auszutragen, austragen, zu streichen, zu entfernen, zu loschen, zu nehmen",
	"loschen, losche, loscht, vernichten, entfernen, entfernt : meine daten, unsere daten, meine kontaktdaten, unsere kontaktdaten, meine personenbezogenen, alle daten",
	"keine, keinerlei : mails, e mails, emails, nachrichten, werbemails, anschreiben : mehr, an diese",
	"keine, keinerlei : weiteren, weitere, weiterer : mails, e mails, emails, mail, e mail, nachrichten, nachricht, werbung, post, anschreiben, kontakt*, newsletter, zuschriften",
	"schicken, schick, schickt, senden, sende, schreiben, schreib, schreibt, mailen : mir, uns : nichts, nicht, nie, keine : mehr, wieder",
	"nicht, nie, nie wieder : mehr, wieder, weiter, langer, erneut : kontaktier*, angeschrieben, anschreiben, anzuschreiben, belastig*, behellig*, angemailt, anmailen",
	"horen, hor, hort : auf : schreiben, schicken, senden, mailen, kontaktieren, belastigen, anzuschreiben, anzumailen",
	"widerspreche*, widersprech* : nutzung, verwendung, verarbeitung, speicherung, werb*, kontaktaufnahme, zusendung",
	"lassen, lass, lasst : mich, uns : ruhe",
	"kontaktaufnahme*, kontaktversuche*, zusendung*, werbung, werbe*, e mails, mails, nachrichten : absehen, abzusehen, unterlassen, einstellen, einzustellen, verzichten",
	// French
	"retirer, retirez, retire, enlever, enlevez, enleve, supprimer, supprimez, supprime, effacer, effacez, rayer, rayez, radier, radiez, oter, otez : moi, mon adresse, mon nom, mon e mail, mon mail, mon email, mes donnees, mes coordonnees, nous, notre adresse, nos coordonnees : liste*, fichier*, base, diffusion, mailing*, newsletter*, contacts, serveur*",
	"me, nous, m : retirer, enlever, supprimer, effacer, rayer, radier, oter, desinscrire, desabonner : liste*, fichier*, base, diffusion, mailing*, newsletter*, contacts",
	"supprimer, supprimez, effacer, effacez : mes donnees, mes coordonnees, mon adresse, toutes mes, mes informations, nos donnees, nos coordonnees",
	"ne : plus : me, m, nous : ecrire, contacter, solliciter, envoyer, demarcher, relancer, importuner, deranger, harceler, adresser, sollicite*",
	"ne : me, m, nous : ecriv*, contact*, sollicit*, demarch*, relanc*, import*, harcel* : plus",
	"ne : me, m, nous : envoy*, adress* : plus : message*, mail*, e mail*, email*, courriel*, rien, de, aucun*",
	"ne : plus : recevoir : mail*, e mail*, email*, courriel*, message*, newsletter*, sollicit*, publicit*, vos, de votre, rien, offres",
	"arretez, arreter, arrete, cessez, cesser, stop : m, me, nous, vos, aux, avec : envoyer, ecrire, contacter, relancer, harceler, solliciter, spammer, demarcher, mail*, e mail*, email*, message*, courriel*, relances",
	"souhaite, veux, voudrais, desire, demande, souhaitons, voulons, merci de : desabonn*, desinscri*, me desabonn*, me desinscri*, nous desabonn*, nous desinscri*",
	"laissez, laisse : moi, nous : tranquille*, paix",
	// Spanish
	"eliminenme, elimineme, eliminame, quitenme, quiteme, quitame, borrenme, borreme, borrame, saquenme, saqueme, sacame, retirenme, retireme, retirame, remuevanme, excluyanme, suprimanme : lista*, base, datos, registro*, correo*, fichero*, sistema",
	"me, nos : eliminen, elimine, quiten, quite, borren, borre, saquen, saque, retiren, retire, excluyan : lista*, base, datos, registro*, correo*, fichero*, sistema",
	"eliminar, elimine, eliminen, quitar, quite, quiten, borrar, borre, borren, retirar, retire, retiren, suprimir, supriman : mi, mis, nuestro*, nuestra* : lista*, base, datos, registro*, correo, direccion, fichero*",
	"no : me, nos : contact*, vuelva a contact*, vuelvan a contact*, vuelva a escrib*, vuelvan a escrib*, vuelva a envi*, vuelvan a envi*, escrib*, molest*, vuelva a llamar",
	"no : me, nos : envi*, mand* : mas, nada, correo*, mensaje*, publicidad, ningun*",
	"no : quiero, deseo, queremos, deseamos, quisiera : recibir, que me, que nos, ser contact*, saber : mas, correo*, mensaje*, publicidad, sus, suyos, nada, contact*, escrib*, molest*",
	"dejen, deje, deja, dejad, paren, pare : de : envi*, escrib*, mand*, contact*, molest*, llamar*, spam",
	"solicito, pido, exijo, ruego, quiero, deseo, queremos, solicitamos : eliminacion, supresion, baja, borrado, cancelacion, darme de baja, darnos de baja : datos, correo*, lista*, suscripcion, inmediata, mi, de",
	"dejeme, dejenme, dejame : en paz, tranquil*",
	// Portuguese
	"remov*, retir*, exclu*, elimin*, tire, tirem, apag*, descadastr* : me, meu, minha, meus, nosso, nossa, nos : lista*, base, dados, cadastro, mailing*, contact*, contat*, registo*",
	"me, meu e mail, meu email, meu endereco, meu nome : remov*, retir*, exclu*, elimin*, tire, tirem : lista*, base, cadastro, mailing*",
	"gostaria, quero, queria, desejo, peco, solicito, pedimos : ser removid*, ser retirad*, ser excluid*, sair, remocao, exclusao, eliminacao, apagamento, cancelamento, cancelar : lista*, dados, cadastro, base, inscricao, subscricao, assinatura, mailing*, newsletter*",
	"nao : me, nos : envi*, mand* : mais, nada, e mail*, email*, mensage*, nenhum*",
	"nao : me, nos : contat*, contact*, escrev*, incomod*, procur*",
	"nao : quero, desejo, queremos, gostaria, pretendo : receber, ser contact*, ser contat* : mais, nada, e mail*, email*, mensage*, nenhum*, seus, vossos",
	"pare, parem, deixe, deixem : de : me, nos, enviar, mandar, escrever, contactar, contatar, incomodar",
	"cancelar, cancele, cancelem : minha, a minha, esta, a : subscricao, inscricao, assinatura, newsletter",
	"me deixe, me deixem, deixe me, deixem me : em paz",
	// Swedish
	"ta bort, stryk, radera, avregistrera, plocka bort, ta mig : mig, oss, min, mina, var, vara, bort mig : lista*, listor, register*, databas*, utskick*, sandlista*, maillista*, mejllista*, adresslista*, system*",
	"sluta : skicka, mejla, maila, kontakta, skriva, hora av, spamma, ringa : mig, oss, mejl, mail, er, till mig, till oss, dig",
	"vill, onskar, ber : inte, inga, slippa, ej : fler, mer, mejl, mail, kontakt*, utskick, reklam, e post : fran er, fran dig, langre, tack, mejl, mail, utskick, mer",
	"skicka, kontakta, mejla, maila, skriv : inte, inga, aldrig, mig inte, oss inte : fler, mer, igen, mejl, mail",
	"vill, onskar, ber : avregistrera, avregistreras, avsluta, slippa : mig, oss, prenumeration*, mejl, mail, utskick",
	"lamna : mig, oss : ifred, i fred",
	// Dutch
	"verwijder, verwijderen, haal, halen, schrap, schrappen, wis, wissen, schrijf, gooi : mij, me, ons, mijn adres, mijn e mail*, mijn mail*, mijn naam, mijn gegevens, onze gegevens : lijst*, bestand*, database, mailinglijst*, systeem, adressenbestand, nieuwsbrief, verzendlijst, uit",
	"mij, me, ons, mijn adres, mijn gegevens : verwijderen, halen, schrappen, wissen, uitschrijven, afmelden, uit te schrijven, af te melden, te verwijderen, te schrappen, te halen",
	"wil, willen, wens, wensen, stuur, stuurt, sturen, graag, liever, gelieve, verzoek : geen : e mail*, mail*, bericht*, reclame, contact, post, nieuwsbrie* : meer",
	"neem, neemt, gelieve, zoek : geen : contact : meer",
	"niet : meer, langer, opnieuw, weer : contacteren, te contacteren, benaderen, te benaderen, mailen, te mailen, lastig*, gecontacteerd, benaderd, gemaild",
	"mail, e mail, schrijf, contacteer, benader, bel, app : mij, me, ons : niet, nooit : meer",
	"stop, stoppen, hou, houd, houdt : op, met : mailen, sturen, versturen, contact*, lastig*, spammen, mails, e mails",
	"laat, laten : mij, me, ons : met rust",
)

// orderGap is how many words may stand between two groups, wish and object.
const orderGap = 5

// orders are several, found by how the word begins that begins them.
type orders struct {
	all []order
	by  map[string][]int // the first letters, as begin gives them
}

// begin is the first four octets of a word, which is as long as a stem must be to be found by them.
func begin(word string) string { return cut(word, 4) }

func parseOrders(lines ...string) orders {
	out := orders{by: map[string][]int{}}
	for n, l := range lines {
		var o order
		for group := range strings.SplitSeq(l, " : ") {
			var alternatives [][]string
			for phrase := range strings.SplitSeq(group, ",") {
				alternatives = append(alternatives, strings.Fields(phrase))
			}
			o = append(o, alternatives)
		}
		out.all = append(out.all, o)
		for _, phrase := range o[0] {
			if at := begin(strings.TrimSuffix(phrase[0], "*")); !slices.Contains(out.by[at], n) {
				out.by[at] = append(out.by[at], n)
			}
		}
	}
	return out
}

// in tells whether the words of a plain sentence hold one of the orders.
func (o orders) in(f []string) bool {
	const most = 120 // words of one sentence
	f = f[:min(len(f), most)]
	for i, w := range f {
		for _, n := range o.by[begin(w)] {
			if o.all[n].at(f, i) {
				return true
			}
		}
	}
	return false
}

// at tells whether the order begins at word i, and whether nothing before it
// undoes it.
func (o order) at(f []string, i int) bool {
	n := longest(o[0], f[i:])
	if n == 0 || !o[1:].next(f, i+n) {
		return false
	}
	if f[i] == "never" && i > 0 && self[f[i-1]] {
		return false // "you never contact me"
	}
	for _, w := range f[max(0, i-3):i] {
		if negators[w] && w != "no" && w != "t" || told[w] {
			return false
		}
	}
	return true
}

// self are who does something in a sentence that asks for nothing.
var self = words("i you we")

// told are words of someone who tells of a wish instead of having it.
var told = words("he she they who customers clients people colleague colleagues kunden clientes kunder klanten")

// next finds the remaining groups, the first of them not far behind word i.
func (o order) next(f []string, i int) bool {
	for k := i; k <= i+orderGap && k < len(f); k++ {
		if n := longest(o[0], f[k:]); n > 0 && (len(o) == 1 || o[1:].next(f, k+n)) {
			return true
		}
	}
	return false
}

// longest is how many words the longest phrase of a group takes at the
// beginning of f, or 0.
func longest(group [][]string, f []string) int {
	best := 0
	for _, phrase := range group {
		if len(phrase) <= best || len(phrase) > len(f) {
			continue
		}
		fits := true
		for i, w := range phrase {
			if w[0] != f[i][0] {
				fits = false
				break
			}
			if stem, ok := strings.CutSuffix(w, "*"); ok && strings.HasPrefix(f[i], stem) || w == f[i] {
				continue
			}
			fits = false
			break
		}
		if fits {
			best = len(phrase)
		}
	}
	return best
}
