package signal

import (
	"testing"
	"time"
)

// mailDay is the day of most test mails: Tuesday, 24 November 2026.
var mailDay = time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)

func TestReturnDates(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		// English
		{"I am out of the office and will be back on 3 December.", "2026-12-03"},
		{"I will be back on December 3rd, 2026 with limited access to email.", "2026-12-03"},
		{"I'm away until Friday 4 December.", "2026-12-04"},
		{"I am on leave from 20 November until 2 December and return on Thursday, 3 December.", "2026-12-03"},
		{"Out from November 20 to November 30.", "2026-11-30"},
		{"Out of office November 23-27.", "2026-11-27"},
		{"I'll be back on Monday.", "2026-11-30"},
		{"I return next week.", "2026-11-30"},
		{"Back tomorrow.", "2026-11-25"},
		{"I am on parental leave and will return in March.", "2027-03-01"},
		{"I am away through 12/7.", "2026-12-07"},
		{"I am away until Monday 7/12.", "2026-12-07"},
		{"Returning 2026-12-14.", "2026-12-14"},
		{"I'm away. Happy holidays, back January 5th.", "2027-01-05"},
		{"I will be out of the office starting 11/20/2026 and will not return until 11/30/2026.", "2026-11-30"},
		{"I was back on 3 November.", ""},
		{"Back 3 December 2025.", ""},
		{"I have no access to mail. Call +49 30 12.12.12 for help.", ""},
		{"I am out of the office from 1 December.", ""},
		{"My mail is checked 24/7 by the team at 10.12.3.4.", ""},
		// German
		{"Ich bin bis zum 7.12. im Urlaub.", "2026-12-07"},
		{"Ich bin vom 20.11. bis einschließlich 30.11.2026 nicht im Büro.", "2026-11-30"},
		{"Ab dem 8. Dezember bin ich wieder für Sie da.", "2026-12-08"},
		{"Vom 1.12. - 7.12. abwesend und ab 8.12. wieder erreichbar.", "2026-12-08"},
		{"Ab Montag, den 30.11., wieder erreichbar.", "2026-11-30"},
		{"Ich bin am 3. März zurück.", "2027-03-03"},
		// French
		{"Je serai de retour le 3 décembre.", "2026-12-03"},
		{"Absent du 20 au 30 novembre inclus.", "2026-11-30"},
		{"Je suis absente jusqu'au 7/12.", "2026-12-07"},
		{"De retour le lundi 1er février.", "2027-02-01"},
		// Spanish
		{"Volveré el 3 de diciembre.", "2026-12-03"},
		{"Estaré fuera de la oficina hasta el 07/12/2026.", "2026-12-07"},
		{"Estoy de vacaciones del 23 al 30 de noviembre.", "2026-11-30"},
		{"Me reincorporo el lunes 30 de noviembre.", "2026-11-30"},
		// Portuguese
		{"Regresso em 3 de dezembro.", "2026-12-03"},
		{"Estarei de férias até 7/12.", "2026-12-07"},
		{"Retorno na segunda-feira, dia 30 de novembro de 2026.", "2026-11-30"},
		// Swedish
		{"Jag är tillbaka den 3 december.", "2026-12-03"},
		{"Jag är på semester till och med den 4 december.", "2026-12-04"},
		{"Jag är åter på kontoret måndag 30/11.", "2026-11-30"},
		// Dutch
		{"Ik ben terug op 3 december.", "2026-12-03"},
		{"Ik ben afwezig tot en met 7 december 2026.", "2026-12-07"},
		{"Vanaf maandag 30 november ben ik weer bereikbaar.", "2026-11-30"},
	} {
		got := ""
		if at := returnDate(c.in, mailDay); !at.IsZero() {
			got = at.Format(time.DateOnly)
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}

func TestDatesInAPersonsMail(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Can we speak on Friday?", "2026-11-27"},
		{"Tuesday works", "2026-12-01"},
		{"Let's talk after budget in March.", "2027-03-01"},
		{"Next quarter is better.", "2027-01-01"},
		{"Am Donnerstag um 14 Uhr?", "2026-11-26"},
		{"¿El próximo martes o mañana por la mañana?", "2026-12-01 2026-11-25"},
		{"Guten Morgen, das passt.", ""},
		{"We may march on; I am in sales.", ""},
		{"Version 7.12 costs 12.5 percent", ""},
	} {
		got := ""
		for _, d := range mentions(hear(c.in), mailDay) {
			if got != "" {
				got += " "
			}
			got += d.At.Format(time.DateOnly)
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}
