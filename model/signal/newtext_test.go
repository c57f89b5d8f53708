package signal

import (
	"sort"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestNewTextEndsWhereTheQuoteBegins(t *testing.T) {
	const fresh = "Yes, Thursday works.\n\nDana"
	for name, tail := range map[string]string{
		"Gmail":               "On Tue, Nov 24, 2026 at 9:30 AM Ana Lee <ana@example.com> wrote:\n> Does it?\n>\n> Ana",
		"Gmail, wrapped":      "On Tue, Nov 24, 2026 at 9:30 AM Ana Lee\n<ana@example.com> wrote:\n\n> Does it?",
		"Apple":               "On 24 Nov 2026, at 09:30, Ana Lee <ana@example.com> wrote:\n\nDoes it?\n\nAna",
		"Thunderbird":         "On 24/11/2026 09:30, Ana Lee wrote:\n> Does it?",
		"name and address":    "Ana Lee <ana@example.com> wrote:\n> Does it?",
		"old ticket style":    "Ana Lee wrote:\n> Does it?",
		"German":              "Am 24.11.2026 um 09:30 schrieb Ana Lee:\n> Geht das?",
		"German, web mail":    "Am Di., 24. Nov. 2026 um 09:30 Uhr schrieb Ana Lee <\nana@example.com>:\n\n> Geht das?",
		"German, Yahoo":       "Ana Lee <ana@example.com> schrieb am 24.11.2026 09:30:\nGeht das?",
		"French":              "Le mar. 24 nov. 2026 à 09:30, Ana Lee <ana@example.com> a écrit :\n\n> Possible ?",
		"Spanish":             "El mar, 24 nov 2026 a las 9:30, Ana Lee (<ana@example.com>) escribió:\n\n> ¿Puedes?",
		"Portuguese":          "Em ter., 24 de nov. de 2026 às 09:30, Ana Lee <ana@example.com> escreveu:\n\n> Pode?",
		"Swedish":             "Den tis 24 nov. 2026 kl 09:30 skrev Ana Lee <ana@example.com>:\n\n> Går det?",
		"Swedish, phone":      "24 nov. 2026 kl. 09:30 skrev Ana Lee <ana@example.com>:\n\nGår det?",
		"Dutch":               "Op di 24 nov. 2026 om 09:30 schreef Ana Lee <ana@example.com>:\n\n> Kan het?",
		"Dutch, Apple":        "Op 24 nov. 2026 om 09:30 heeft Ana Lee <ana@example.com> het volgende geschreven:\n\nKan het?",
		"without a verb":      "2026-11-24 9:30 GMT+01:00 Ana Lee <ana@example.com>:\n\n> Does it?",
		"Outlook":             "From: Ana Lee <ana@example.com>\nSent: Tuesday, November 24, 2026 9:30 AM\nTo: Dana Roe\nSubject: Offer\n\nDoes it?",
		"Outlook, ruled":      "________________________________\nFrom: Ana Lee\nSent: Tuesday, November 24, 2026\nTo: Dana\nSubject: Offer\n\nDoes it?",
		"Outlook, bold":       "*From:* Ana Lee <ana@example.com>\n*Sent:* Tuesday\n*To:* Dana\n*Subject:* Offer\n\nDoes it?",
		"Outlook, German":     "Von: Ana Lee\nGesendet: Dienstag, 24. November 2026\nAn: Dana\nBetreff: Angebot\n\nGeht das?",
		"Outlook, French":     "De : Ana Lee\nEnvoyé : mardi 24 novembre 2026\nÀ : Dana\nObjet : Offre\n\nPossible ?",
		"Outlook, Spanish":    "De: Ana Lee\nEnviado el: martes, 24 de noviembre\nPara: Dana\nAsunto: Oferta\n\n¿Puedes?",
		"Outlook, Portuguese": "De: Ana Lee\nEnviada em: terça-feira\nPara: Dana\nAssunto: Oferta\n\nPode?",
		"Outlook, Swedish":    "Från: Ana Lee\nSkickat: den 24 november 2026\nTill: Dana\nÄmne: Offert\n\nGår det?",
		"Outlook, Dutch":      "Van: Ana Lee\nVerzonden: dinsdag 24 november 2026\nAan: Dana\nOnderwerp: Offerte\n\nKan het?",
		"original message":    "-----Original Message-----\nFrom: Ana\nDoes it?",
		"in German":           "-----Ursprüngliche Nachricht-----\nVon: Ana\nGeht das?",
		"Samsung":             "-------- Original message --------\nFrom: Ana\nDoes it?",
		"signature":           "-- \nDana Roe\nExample Ltd",
		"signature and quote": "-- \nDana Roe\n\nOn Tue, Nov 24, 2026 at 9:30 AM Ana <ana@example.com> wrote:\n> Does it?",
		"phone":               "Sent from my iPhone",
		"unknown program":     "Sent from SomeApp<https://app.example/>\nOn Jun 17, 2026, at 14:15, Ana Lee <ana@example.com<\nmailto:ana@example.com>> wrote:\nDoes it?",
		"wrapped sender":      "From: Ana Lee \n<ana@example.com>\nSent: Monday, August 26, 2026 4:37 PM\nTo: Dana\nSubject: Offer\n\nDoes it?",
		"date in two":         "Ana Lee <ana@example.com> schrieb am So., 23.\nJuni 2026, 21:08:\n\n> Geht das?",
		"phone and quote":     "Sent from my iPhone\n\n> On Nov 24, 2026, at 9:30 AM, Ana <ana@example.com> wrote:\n> \n> Does it?",
		"phone, German":       "Von meinem iPhone gesendet\n\n> Am 24.11.2026 um 09:30 schrieb Ana <ana@example.com>:\n> Geht das?",
		"Outlook on a phone":  "Get Outlook for iOS<https://aka.example/o0ukef>\n________________________________\nFrom: Ana\nDate: Tue\nSubject: Offer\n\nDoes it?",
		"only marks":          "> Does it?\n> Ana",
		"forward":             "---------- Forwarded message ---------\nFrom: Ana\nDoes it?",
	} {
		for _, end := range []string{"\n", "\r\n"} {
			body := strings.ReplaceAll(fresh+"\n\n"+tail+"\n", "\n", end)
			got, old := NewText(body)
			if got != fresh {
				t.Errorf("%s: new text %q", name, got)
			}
			if want := strings.TrimSpace(tail); strings.Join(strings.Fields(old), " ") != strings.Join(strings.Fields(want), " ") {
				t.Errorf("%s: quoted %q", name, old)
			}
		}
	}
}

func TestNewTextKeepsWhatIsNoQuote(t *testing.T) {
	for _, body := range []string{
		"On Monday, Ana wrote that she agrees: fine with me.\n\nDana",
		"She wrote:\nplease send 3 units.",
		"From: our side it is fine.\nTo: be clear, yes.",
		"Two options:\n- 10:00\n- 14:00",
		"a -- b\n\n--- not a signature ---\nmore",
		"From: form@example.com\nName: Dana\nSubject: Demo request\nDate: today\nMessage: please call",
		"Sent from the office by Bob, see below.\nMore tomorrow.",
		"Hello,\n\n______________________\n\nSecond part.",
		"The data comes From: our base, not From: them.",
		"I sent from my side all papers.\nSend more?",
	} {
		if got, old := NewText(body); got != body || old != "" {
			t.Errorf("%q became %q and %q", body, got, old)
		}
	}
}

func TestNewTextBelowAndBetweenQuotes(t *testing.T) {
	below := "On Tue, 24 Nov 2026 at 09:30, Ana <ana@example.com> wrote:\n> Does Thursday work?\n> Ana\n\nIt does.\n\n-- \nDana"
	if got, _ := NewText(below); got != "It does." {
		t.Errorf("answer below: %q", got)
	}
	between := "Hi Ana,\n\nOn Tue, 24 Nov 2026 at 09:30, Ana <ana@example.com> wrote:\n> Does Thursday work?\n\nYes.\n\n> And the price?\n\nFine too.\n\n> Regards\n> Ana\n-- \nDana"
	want := "Hi Ana,\n\nOn Tue, 24 Nov 2026 at 09:30, Ana <ana@example.com> wrote:\n> Does Thursday work?\n\nYes.\n\n> And the price?\n\nFine too."
	if got, old := NewText(between); got != want || !strings.Contains(old, "> Regards") || !strings.Contains(old, "Dana") {
		t.Errorf("answers between: %q\nold: %q", got, old)
	}
	if _, _, got := parts(between); strings.Contains(got, "price") {
		t.Errorf("our words taken for theirs: %q", got)
	}
	spill := "Yes.\n\n> This line is so long that another program broke it in the wrong\nplace and\n> went on here."
	if got, _ := NewText(spill); got != "Yes." {
		t.Errorf("overhang of a quote: %q", got)
	}
}

// letters is what NewText must not lose: all but white space, whatever the order.
func letters(s string) string {
	r := []rune(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s))
	sort.Slice(r, func(i, j int) bool { return r[i] < r[j] })
	return string(r)
}

var mailPieces = []string{"\n", "\n", "\n\n", "> ", ">", "Hello", "On Tue, 24 Nov 2026 at 09:30, Ana <ana@example.com> wrote:", "-- ", "--",
	"From: Ana", "Sent: Tuesday", "To: Dana", "Subject: x", "-----Original Message-----", "Sent from my iPhone", "wrote:", "schrieb", ":", "2026", "________________", " ", "\r\n", "é", "_"}

func TestNewTextLosesNoWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := strings.Join(rapid.SliceOf(rapid.SampledFrom(mailPieces)).Draw(t, "pieces"), "")
		fresh, old := NewText(body)
		if letters(fresh+"\n"+old) != letters(body) {
			t.Fatalf("%q became %q and %q", body, fresh, old)
		}
	})
}

func FuzzNewText(f *testing.F) {
	f.Add("Yes.\n\nOn Tue, 24 Nov 2026 at 09:30, Ana wrote:\n> Does it?")
	f.Add("a\n> b\nc\n> d\n-- \ne")
	f.Fuzz(func(t *testing.T, body string) {
		fresh, old := NewText(body)
		if letters(fresh+"\n"+old) != letters(body) {
			t.Fatalf("%q became %q and %q", body, fresh, old)
		}
	})
}
