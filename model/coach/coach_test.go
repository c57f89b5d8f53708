package coach_test

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"stoke/model/coach"
	"stoke/model/text"
)

func TestQuotedMailAndSignatureAreNotJudged(t *testing.T) {
	for name, d := range map[string]coach.Draft{"follow-up": dana(), "first mail": stranger()} {
		plain := coach.Judge(d)
		for _, tail := range []string{
			"\n-- \nROBIN VALE!! You asked? Just checking in, see attached, https://a.example https://b.example",
			"\n\n> ROBIN VALE!! You asked? Just checking in, see attached, https://a.example https://b.example\n",
			"\n\nOn 3 Nov 2026 at 10:00, Dana <d@n.example> wrote:\n> Any update? FREE!!\n",
			"\nAccount executive, ACMETRON\n+31 20 555 01 34\nhttps://a.example\nhttps://b.example",
			"\n\n________________________________\nFrom: Dana\nAny update? FREE!! Is it?",
		} {
			with := d
			with.Body += tail
			if got := coach.Judge(with); !reflect.DeepEqual(got, plain) {
				t.Errorf("%s with %q:\n%+v\nwithout:\n%+v", name, tail, got, plain)
			}
		}
	}
}

func TestAWordBeforeAQuotationOfTheirsIsTheWritersOwn(t *testing.T) {
	for body, want := range map[string]int{
		"Thank you for your answer on 40 seats. You asked:\n\n> Which is it?\n\nThe blue one.":               13,
		"You wrote on 3 November:\n> Which is it?\nThe blue one.":                                            8,
		"The blue one.\n\nOn 3 Nov 2026 at 10:00, Dana Whitfield\n<dana@northwind.example> wrote:\n> Which?": 3,
		"Der blaue.\n\nAm 3. Nov. 2026 um 10:00 schrieb Dana <d@n.example>:\n> Welcher?":                     2,
	} {
		if got := coach.Judge(coach.Draft{Body: body}).Words; got != want {
			t.Errorf("%d words, want %d: %q", got, want, body)
		}
	}
}

func TestWordsAreThoseOfTheLineBelowTheDraft(t *testing.T) {
	for _, s := range []string{"", "Does Friday suit you?", "One – two - three\n> four\nfive\n-- \nsix", "a\tb  c\u00a0d\r\ne", "日本語 テスト"} {
		if got := coach.Judge(coach.Draft{Body: s}).Words; got != text.Words(s) {
			t.Errorf("%q: %d words, elsewhere %d", s, got, text.Words(s))
		}
	}
}

func TestOtherLanguagesGetOnlyWhatHoldsInAny(t *testing.T) {
	for _, c := range []struct{ language, name, body, attached string }{
		{"de", "German", "Hallo Dana,\n\ndanke für Ihre Nachricht zu den vierzig Plätzen. Wir können den alten Preis bis Ende des Monats halten, und Sie müssen nichts weiter tun. Die zwölf Plätze, die Sie schon haben, ziehen ohne Kosten um, und das Team in Rotterdam kann am Montag danach beginnen.\n\nSoll ich Ihnen das Formular heute schicken?\n\nViele Grüße\nRobin", "Das Formular ist im Anhang."},
		{"es", "Spanish", "Hola Dana,\n\ngracias por su mensaje sobre los cuarenta puestos. Podemos mantener el precio de antes hasta el final del mes, y usted no tiene que hacer nada más. Los doce puestos que ya tiene pasan sin coste, y el equipo en Rotterdam puede empezar el lunes siguiente.\n\n¿Le envío el formulario para la firma hoy?\n\nSaludos,\nRobin", "El formulario va adjunto."},
		{"fr", "French", "Bonjour Dana,\n\nmerci pour votre message sur les quarante places. Nous pouvons garder le prix pour vous jusqu'à la fin du mois, et vous n'avez rien à faire. Les douze places que vous avez déjà passent sans frais, et votre équipe peut commencer le lundi suivant dans les bureaux.\n\nEst-ce que je vous envoie le contrat ?\n\nCordialement,\nRobin", "Le contrat est ci-joint."},
		{"pt", "Portuguese", "Olá Dana,\n\nobrigado pela sua mensagem sobre os quarenta lugares. Podemos manter o preço para você até o fim do mês, e não é preciso fazer mais nada. Os doze lugares que já tem passam sem custo, e a equipe em Rotterdam pode começar na segunda, com tudo pronto para você.\n\nEnvio o contrato para você hoje?\n\nAbraço,\nRobin", "O contrato vai em anexo."},
		{"sv", "Swedish", "Hej Dana,\n\ntack för ditt mejl om de fyrtio platserna. Vi kan hålla det gamla priset till slutet av månaden, och du behöver inte göra något mer. De tolv platser som du har nu flyttar med utan kostnad, och ditt team i Rotterdam kan börja på måndagen efter det.\n\nSka jag skicka avtalet till dig i dag?\n\nHälsningar,\nRobin", "Avtalet är bifogat."},
		{"nl", "Dutch", "Beste Dana,\n\nbedankt voor je bericht over de veertig plaatsen. We kunnen de oude prijs tot het einde van de maand houden, en je hoeft niets meer te doen. De twaalf plaatsen die je nu hebt gaan zonder kosten mee, en het team in Rotterdam kan de maandag erna beginnen.\n\nZal ik je het contract vandaag sturen?\n\nGroeten,\nRobin", "Het contract zit in de bijlage."},
	} {
		d := coach.Draft{Subject: "Rotterdam", Body: c.body, Name: "Dana Whitfield"}
		r := coach.Judge(d)
		sound(t, d, r)
		if r.Language != c.language || !strings.Contains(r.Note, c.name) || said(r) != "" || r.Grade != 0 || r.Questions != 1 {
			t.Errorf("%s: %q, said %q\n%+v", c.name, r.Language, said(r), r)
		}
		d.Body = strings.Replace(d.Body, "Dana", "Tom", 1) + "\n"
		d.Body = strings.Replace(d.Body, "\n\n", "\n\n"+c.attached+" {{ask.x}} FANTASTISCH! ", 1) + "!"
		d.Language = c.language + "-XX"
		if got := said(coach.Judge(d)); got != "blank warn, greeting warn, attachment warn, caps warn" {
			t.Errorf("%s with faults: %q", c.name, got)
		}
	}
}

func TestTheLanguageIsThatOfTheWords(t *testing.T) {
	for _, c := range []struct{ known, body, want string }{
		{"", goodFollowUp, "en"},
		{"de", goodFollowUp, "en"},
		{"fr-CA", "OK, merci.", "fr"},
		{"", "OK", "en"},
		{"it", "Ciao Dana, ok.", ""},
		{"", "Grazie mille della sua risposta. Possiamo tenere il vecchio prezzo fino alla fine del mese, senza nessun costo. Le mandiamo oggi stesso il modulo dell'ordine?", ""},
		{"", "こんにちは。 先日は ありがとうございました。 来週の 火曜日は いかがですか？ よろしく お願いします。", ""},
		{"", "Здравствуйте, спасибо за ваш ответ. Мы можем оставить старую цену до конца месяца. Прислать вам договор сегодня?", ""},
	} {
		r := coach.Judge(coach.Draft{Body: c.body, Language: c.known})
		if r.Language != c.want || (r.Note == "") != (c.want == "en") {
			t.Errorf("%q with %q: %q, note %q", c.body, c.known, r.Language, r.Note)
		}
	}
}

func TestAFigureOfAVendorIsCalledOne(t *testing.T) {
	d := stranger()
	for _, h := range coach.Judge(d).Hints {
		switch h.Check {
		case coach.Length, coach.Grade, coach.Question:
			if !strings.Contains(h.Source, "vendor's figure") {
				t.Errorf("%s has the source %q", h.Check, h.Source)
			}
		}
		if h.Level == coach.Warn {
			t.Errorf("%+v", h)
		}
	}
}

func TestALongDraftIsCountedWholeAndJudgedInItsBeginning(t *testing.T) {
	d := dana()
	d.Body += "\n\n" + strings.Repeat("One more line for you, and another link? ", 2000)
	r := coach.Judge(d)
	if want := text.Words(d.Body); r.Words < want-2 || r.Words > want {
		t.Errorf("%d words of %d", r.Words, want)
	}
	if worst, _ := r.Worst(); worst.Level != coach.Warn {
		t.Errorf("%+v", worst)
	}
}

// A draft of 10 MB costs no more than reading its words once; the bound is a hundred times what it takes.
func TestAHugeDraftIsBounded(t *testing.T) {
	for _, piece := range []string{"a", " ", "\n", ">", "\"", "{{", "? ", "! ", "é", "\xff", "did * you see ", "a.b/c ", "- ", "A ", "(“", "Hi ", "’"} {
		d := coach.Draft{Body: strings.Repeat(piece, (10<<20)/len(piece)), Subject: strings.Repeat(piece, 100_000), Name: "Dana", Last: []string{strings.Repeat(piece, 1<<20)}}
		start := time.Now()
		r := coach.Judge(d)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("10 MB of %q took %v", piece, took)
		}
		sound(t, d, r)
	}
}

func FuzzJudge(f *testing.F) {
	for _, d := range []coach.Draft{dana(), stranger()} {
		f.Add(d.Subject, d.Body, d.Name, strings.Join(d.Last, "\n"), d.Opener)
	}
	f.Add("Re: “!", "Hi “É\",\n\n1. a?!\n> b\n-- \n{{", "", "", true)
	f.Add("", "日本？ \xff’t didn't hope this\nfinds", "李", "日本", false)
	f.Fuzz(func(t *testing.T, subject, body, name, last string, opener bool) {
		d := coach.Draft{Subject: subject, Body: body, Name: name, Company: last, Address: name, Last: []string{last}, Opener: opener}
		r := coach.Judge(d)
		sound(t, d, r)
		if again := coach.Judge(d); !reflect.DeepEqual(again, r) {
			t.Errorf("judged twice:\n%+v\n%+v", r, again)
		}
		if r.Words < 0 || r.Questions < 0 || math.IsNaN(r.Grade) || math.IsInf(r.Grade, 0) {
			t.Errorf("%+v", r)
		}
	})
}
