package signal

import (
	"slices"
	"strings"
	"time"

	"stoke/model/text"
)

var (
	refusalWords = phrases(
		"not interested, no interest, no thanks, no thank you, not for us, not for me, not a fit, not a good fit, not the right fit, we ll pass, we will pass, i ll pass, i will pass, going to pass, have to pass, decided against, decided not to, decided to go with, went with another, gone with another, going with another, chose another, chosen another, another vendor, another provider, another supplier, we are all set, we re all set, i m all set, no need for, don t need this, do not need this, have no need",
		"kein interesse, nicht interessiert, nein danke, kein bedarf, keinen bedarf, dagegen entschieden, anderen anbieter, passt nicht zu uns, haben uns fur einen anderen",
		"pas interesse, pas interessee, pas interesses, non merci, aucun interet, pas besoin, autre prestataire, autre fournisseur, decide de ne pas, ne donnerons pas suite",
		"no me interesa, no nos interesa, no estoy interesado, no estoy interesada, no estamos interesados, no gracias, no lo necesitamos, otro proveedor, hemos decidido no, no encaja",
		"nao tenho interesse, nao temos interesse, nao estou interessado, nao estou interessada, nao estamos interessados, nao obrigado, nao obrigada, outro fornecedor, decidimos nao, nao precisamos",
		"inte intresserad, inte intresserade, inget intresse, nej tack, inget behov, annan leverantor, tackar nej, valt en annan",
		"geen interesse, niet geinteresseerd, nee bedankt, nee dank je, geen behoefte, andere leverancier, andere partij, besloten om niet, past niet bij ons")
	notNowWords = phrases(
		"not now, not right now, not at the moment, not at this time, not at this point, not yet, bad timing, timing isn t, timing is not, not the right time, not a good time, next quarter, next year, circle back in, circle back after, reach out again, reach out in, reach back out, check back in, check back after, check in again, get back to me in, try me again, try again in, come back in, come back to me in, touch base in, touch base again, revisit, maybe later, later this year, on hold, budget is frozen, budget freeze, too busy, swamped, after the summer, in the new year, after the holidays, contact me again in, contact me in, follow up in, follow up again in, ping me in, ask me again",
		"nicht jetzt, momentan nicht, derzeit nicht, zurzeit nicht, zur zeit nicht, im moment nicht, momentan kein, momentan keinen, derzeit kein, derzeit keinen, aktuell nicht, aktuell kein, aktuell keinen, im moment kein, noch nicht, nachstes quartal, nachsten quartal, nachstes jahr, nachsten jahr, spater noch einmal, spater nochmal, melden sie sich im, melden sie sich wieder, melden sie sich nach, kommen sie im, erst im, erst nach",
		"pas maintenant, pas pour le moment, pas pour l instant, pas en ce moment, pas le bon moment, l annee prochaine, trimestre prochain, prochain trimestre, recontactez moi, recontacter en, revenez vers moi en, revenez vers nous en, plus tard",
		"ahora no, por ahora no, en este momento no, no es el momento, de momento no, mas adelante, el proximo trimestre, el proximo ano, el ano que viene, vuelva a contactarme en, contacteme en, escribame en, despues del verano",
		"agora nao, neste momento nao, no momento nao, nao e o momento, por enquanto nao, mais tarde, mais para a frente, proximo trimestre, proximo ano, no ano que vem, volte a contactar me em, volte a falar comigo em",
		"inte just nu, inte nu, inte for tillfallet, inte ratt lage, inte ratt tid, nasta kvartal, nasta ar, hor av dig igen, hor av er igen, aterkom i, aterkom efter, langre fram, senare i",
		"niet nu, nu niet, op dit moment niet, momenteel niet, momenteel geen, op dit moment geen, niet het juiste moment, volgend kwartaal, volgend jaar, kom later, neem in, kom in, later dit jaar, nog niet")
)

// mood fills what a person's words say about the deal.
func mood(v *Verdict, words string, now time.Time) {
	words = cut(words, maxWords)
	p := plain(words)
	v.AsksQuestion = text.Questions(words) > 0
	v.Refusal = refuses(words, p)
	v.Dates = mentions(words, now)
	v.NamesTime = len(v.Dates) > 0 || namesHour(words)
	if !anyOf(p, notNowWords) {
		return
	}
	v.NotNow = true
	for _, s := range sentences(words) {
		if !anyOf(plain(s), notNowWords) {
			continue
		}
		for _, d := range v.Dates {
			if d.Sentence == s {
				v.NotNowUntil = d.At
				return
			}
		}
	}
}

var (
	// back stand before a refusal of former days, turned after it where the writer takes it back: "was not interested last
	// year, but now".
	back = words("was were had wasn weren hadn war waren hatte hatten etais etait etions avais avait avions interessait estaba estabamos tenia teniamos interesaba era estava estavamos tinha tinhamos interessava var hade waren was hadden had")
	turn = words("but now however yet aber jetzt nun doch mais maintenant pero ahora mas agora porem men nu maar")
	// ours are what a rep offers: who decides to go with one of them says yes.
	ours   = words("plan package tier option offer proposal version bundle edition you your yours licence license seats")
	goWith = phrases("decided to go with")
)

// refuses tells whether the words say no, less the sentences that tell of an old no or choose what is offered.
func refuses(all, p string) bool {
	if !anyOf(p, refusalWords) {
		return false
	}
	var left strings.Builder
	for _, s := range sentences(all) {
		if !accepts(plain(s)) {
			left.WriteString(s + "\n")
		}
	}
	return anyOf(plain(left.String()), refusalWords)
}

// accepts tells whether the refusal in a sentence is none.
func accepts(p string) bool {
	none := false
	refusalWords.each(p, func(at int, w string) bool {
		after := strings.Fields(p[at+len(w)-1:])
		if none = goWith.whole(w) && anyIn(after[:min(len(after), 5)], ours); none {
			return true
		}
		before := strings.Fields(p[:at] + w)
		none = anyIn(before[max(0, len(before)-5):], back) && anyIn(after, turn)
		return none
	})
	return none
}

func anyIn(f []string, set map[string]bool) bool {
	return slices.ContainsFunc(f, func(w string) bool { return set[w] })
}

// namesHour finds 14:30, 2pm, 14h30, 14 Uhr, kl 14 at the edge of words.
func namesHour(s string) bool {
	f := strings.Fields(strings.ToLower(s))
	for i, w := range f {
		w = strings.Trim(w, ".,;:!?()\"'")
		n := 0
		for n < len(w) && n < 2 && digit(w[n]) {
			n++
		}
		if n == 0 {
			continue
		}
		next := ""
		if i+1 < len(f) {
			next = strings.Trim(f[i+1], ".,;:!?()")
		}
		switch tail := w[n:]; {
		case len(tail) >= 3 && (tail[0] == ':' || tail[0] == 'h') && digit(tail[1]) && digit(tail[2]) && (len(tail) == 3 || !digit(tail[3])):
			return true
		case tail == "am", tail == "pm", tail == "h", tail == "uhr":
			return true
		case tail == "" && (next == "am" || next == "pm" || next == "uhr" || next == "uur" || next == "heures" || next == "o'clock" || next == "horas"):
			return true
		case tail == "" && i > 0 && (f[i-1] == "kl" || f[i-1] == "kl."):
			return true
		}
	}
	return false
}
