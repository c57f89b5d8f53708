package signal

import (
	"strings"
	"time"
)

// What people write who will not talk now, folded as plain folds it: two lines a language.
var (
	notNowWords = phrases(
		"not now, not right now, not at the moment, not at this time, not at this point, not yet, bad timing, timing isn t, timing is not, timing is off, the timing is wrong, not the right time, isn t the right time, not a good time, isn t a good time, now is not the time, this is not the time, next quarter, next year, not this quarter, not this year, not this month, circle back in, circle back after, reach out again, reach out in, reach back out, check back in, check back after, check in again, get back to me in, try me again, try again in, come back in, come back to me in, touch base in, touch base again, revisit, maybe later, later this year, later in the year, on hold, back burner, budget is frozen, budgets are frozen, budget freeze, no budget left, no budget this, too busy, swamped, after the summer, in the new year, after the holidays, contact me again in, contact me in, follow up in, follow up again in, ping me in, ask me again, bigger fish to fry",
		"nicht jetzt, momentan nicht, derzeit nicht, zurzeit nicht, zur zeit nicht, im moment nicht, momentan kein, momentan keinen, derzeit kein, derzeit keinen, aktuell nicht, aktuell kein, aktuell keinen, im moment kein, noch nicht, nachstes quartal, nachsten quartal, nachstes jahr, nachsten jahr, spater noch einmal, spater nochmal, melden sie sich im, melden sie sich wieder, melden sie sich nach, kommen sie im, erst im, erst nach",
		"passt es leider nicht, passt es gerade nicht, kein guter zeitpunkt, nicht der richtige zeitpunkt, der falsche zeitpunkt, andere prioritaten, keine prioritat, keine kapazitat, keine kapazitaten, zuruckgestellt, auf eis gelegt, auf eis, vorerst nicht, vorlaufig nicht, komme ich nicht dazu, kommen wir nicht dazu",
		"pas maintenant, pas pour le moment, pas pour l instant, pas en ce moment, pas le bon moment, pas le moment, l annee prochaine, trimestre prochain, prochain trimestre, recontactez moi, recontacter en, revenez vers moi en, revenez vers nous en, plus tard",
		"prefere attendre, preferons attendre, en pause, en suspens, est suspendu, pas une priorite, pas notre priorite, pas la priorite, pas prioritaire, plus de budget cette, budget est boucle",
		"ahora no, por ahora no, en este momento no, no es el momento, no es buen momento, no es un buen momento, de momento no, mas adelante, el proximo trimestre, el proximo ano, el ano que viene, vuelva a contactarme en, contacteme en, escribame en, despues del verano",
		"en pausa, no es prioritario, no es una prioridad, no es prioridad, no es nuestra prioridad, este trimestre imposible, no tendremos presupuesto",
		"agora nao, neste momento nao, no momento nao, nao e o momento, por enquanto nao, mais tarde, mais para a frente, mais para frente, proximo trimestre, proximo ano, no ano que vem, volte a contactar me em, volte a falar comigo em",
		"nao e prioridade, nao e uma prioridade, nao e prioritario, em pausa, em espera, ficou adiado, foi adiado",
		"inte just nu, inte nu, inte for tillfallet, inte ratt lage, inte ratt tid, nasta kvartal, nasta ar, hor av dig igen, hor av er igen, aterkom i, aterkom efter, langre fram, senare i",
		"inte prioriterat, ingen prioritet, lagt pa is, ligger pa is, ar pausat, har pausat, skjutit pa det, skjutit pa projektet, har vi inte budget, har ingen budget",
		"niet nu, nu niet, op dit moment niet, momenteel niet, momenteel geen, op dit moment geen, niet het juiste moment, volgend kwartaal, volgend jaar, kom later, neem in, kom in, later dit jaar, nog niet",
		"geen prioriteit, voorlopig niet, staat voorlopig, hebben het uitgesteld, project even uitgesteld, project uitgesteld, geen budget meer, even geen tijd")
	// notNowOrders say it with other words between.
	notNowOrders = parseOrders(
		"no, little, zero, not enough, not the, don t have the, do not have the, haven t got the : time, budget, capacity, bandwidth, resources, headcount : now, right now, currently, at the moment, at present, this year, this quarter, this month, this half, left",
		"now, this month, this quarter, this year, at the moment : isn t, is not, not : time, moment",
		"it, this, that, which, topic, project : is not, isn t, not : a priority, priority, our priority",
		"put, parked, placed, moved : on ice, on the back burner, on pause, on the shelf",
		"other, bigger, different, more urgent, more pressing : priorities, fires, projects : now, right now, currently, at the moment, first",
		"derzeit, zurzeit, zur zeit, momentan, im moment, aktuell, dieses jahr, dieses quartal : kein, keine, keinen, nicht, andere, anderen : thema, budget, zeit, kapazitat*, ressourcen, prioritat*, prioritar",
		"projekt, thema, vorhaben, budget : zuruckgestellt, verschoben auf, pausiert, eingefroren, auf eis",
		"pas, plus, aucun : budget, temps, capacite, ressources, disponibilite : actuellement, en ce moment, cette annee, ce trimestre, pour le moment, pour l instant, avant",
		"projet, sujet, dossier, budget : suspendu, reporte, gele, en pause, repousse",
		"no : tenemos, tengo, tendremos, hay : tiempo, presupuesto, capacidad, recursos : ahora, este ano, este trimestre, hasta, de momento, actualmente",
		"proyecto, tema, presupuesto : aplazado, en pausa, pospuesto, congelado, aparcado, lo dejamos",
		"nao : temos, tenho, teremos, ha, conseguimos, consigo, da : tempo, orcamento, capacidade, recursos, avancar : agora, este ano, este trimestre, neste momento, ate",
		"agora, neste momento, por enquanto, de momento : nao : da, e prioridade, e uma prioridade, conseguimos, podemos, consigo, temos tempo, e possivel",
		"projeto, projecto, tema, orcamento : adiado, em pausa, suspenso, congelado",
		"har, finns : inte, ingen, ingen ledig, inga : tid, budget, resurser, kapacitet, utrymme : just nu, i ar, nu, for tillfallet, forran",
		"projektet, fragan, budgeten : pausat, pausad, uppskjutet, uppskjuten, fryst, pa is",
		"komt, past, schikt : nu, momenteel, op dit moment, even : niet, slecht",
		"hier, daar, hiervoor, daarvoor, dit, wij, we : nu, momenteel, op dit moment, even, dit jaar, dit kwartaal : geen : tijd, budget, capaciteit, prioriteit, ruimte",
		"op dit moment, momenteel, dit jaar, dit kwartaal : geen : tijd, budget, capaciteit, prioriteit, ruimte",
		"project, onderwerp, budget : uitgesteld, on hold, in de wacht, bevroren",
	)
	// comeBack ask to be written to again. They put off only with a day that lies some way ahead: "ping me on Thursday"
	// is a next step, "ping me in March" is not now.
	comeBack = phrases(
		"ping me, ping us, try me, try us, try again, contact me, contact us, check back, check in, reach out, reach back, get back to me, get back to us, get in touch, back in touch, come back to me, come back to us, circle back, touch base, follow up, reconnect, pick this up, pick it up, pick this back up, talk again, speak again, speak after, talk after, speak then, talk then, ask again, remind me, resume, let s talk in, let s speak in, write to me again, call me in, call me again, call again",
		"melden sie sich, meldet euch, melde dich, melden wir uns, auf mich zu, auf uns zu, auf mich zukommen, auf uns zukommen, noch einmal melden, nochmal melden, wieder melden, wieder aufgreifen, wieder aufnehmen, noch einmal sprechen, nochmal sprechen, wieder sprechen, noch einmal an, nochmal an, rufen sie, schreiben sie mir, kommen sie, erinnern sie mich, nachfassen, horen wir uns, sprechen wir",
		"me recontacter, nous recontacter, recontactez, recontacter, reprenons, reprendre contact, revenir vers, revenez vers, rappelez, me rappeler, relancez moi, me relancer, en reparler, reparlons, reparlera, reecrivez moi",
		"volver a contactar, volver a escribir, vuelva a, vuelve a, contacteme, contactame, escribame, escribeme, llameme, llamame, retomamos, retomemos, retomarlo, retomar, volvemos a hablar, recuerdeme, hablemos",
		"voltar a contactar, voltar a falar, volte a, voltamos a, retomar, retomamos, contacte me, contate me, me contate, me procure, me chame, vamos falar, ligue me, me ligue, me escreva, escreva me",
		"hor av dig, hor av er, aterkom, hora av, ta upp det, tar upp det, ta det igen, tar det igen, horas vi, hors vi, ring mig, mejla mig, kontakta mig, paminn mig, prata igen, ses igen",
		"contact opnemen, contact op, neem contact, bel me, bel mij, belt u mij, kom terug, terugkomen, weer oppakken, pakken we, oppakken, spreken we, mail me, mail mij, herinner mij, hoor ik, benader me, benader ons")
	// notBefore name the first day on which it may be: "not before March", "vor April wird das nichts".
	notBefore = phrases(
		"not before, not until, nothing until, no sooner than, at the earliest, buried until, swamped until, busy until, booked until, tied up until",
		"nicht vor, fruhestens, erst ab, erst wieder, pas avant, au plus tot, no antes de, como pronto, nao antes de, inte forran, inte fore, tidigast, niet voor, niet eerder, op zijn vroegst, pas in, pas na")
	notBeforeOrders = parseOrders(
		"vor, bis : "+monthWords()+" : nicht, nichts, kein, keine, keinen",
		"avant, jusqu en, jusqu au : "+monthWords()+" : ne, n, rien, pas, aucun",
		"antes de, hasta : "+monthWords()+" : no, nada, imposible, nao, impossivel",
		"ate : "+monthWords()+" : nao, impossivel, sem",
		"fore, forran, innan, till : "+monthWords()+" : inte, ingen, inget",
		"voor, tot : "+monthWords()+" : niet, niets, geen",
	)
)

// monthWords are the names of all months, as an order lists words.
func monthWords() string {
	var all []string
	for _, names := range monthNames {
		for name := range strings.FieldsSeq(names) {
			if len(name) > 2 {
				all = append(all, name)
			}
		}
	}
	return strings.Join(all, ", ")
}

// farAhead is how far a day must lie ahead to put something off.
const farAhead = 14 * 24 * time.Hour

// putsOff tells whether the writer will not talk now, and until when where he names a day: the day stands with the wish to
// be asked again, else with the "not now".
func putsOff(all said, dates []DateMention, now time.Time) (bool, time.Time) {
	sure := make([]bool, len(all.sentences))
	later := false
	for i, s := range all.sentences {
		sure[i] = all.holds(notNowWords) && anyOf(s.plain, notNowWords) || notNowOrders.in(s.fields)
		later = later || sure[i]
	}
	for _, d := range dates {
		if !later && d.At.Sub(now) < farAhead {
			continue
		}
		if p := plain(clause(d)); anyOf(p, comeBack) || anyOf(p, notBefore) || notBeforeOrders.in(strings.Fields(p)) {
			return true, d.At
		}
	}
	for i, s := range all.sentences {
		for _, d := range dates {
			if sure[i] && d.Sentence == s.words {
				return true, d.At
			}
		}
	}
	return later, time.Time{}
}

// clause is the part of a sentence in which a day stands: "We talked in March, please ring me" asks nothing of March.
func clause(d DateMention) string {
	before, after, _ := strings.Cut(d.Sentence, d.Words)
	const marks = ",;:–—"
	before = before[strings.LastIndexAny(before, marks)+1:]
	if i := strings.IndexAny(after, marks); i >= 0 {
		after = after[:i]
	}
	return before + d.Words + after
}
