package signal

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func head(pairs ...string) map[string][]string {
	h := map[string][]string{}
	for i := 0; i < len(pairs); i += 2 {
		h[pairs[i]] = append(h[pairs[i]], pairs[i+1])
	}
	return h
}

// person is a mail with nothing of a machine in it.
func person(subject, body string) Mail {
	return Mail{
		Header: head("In-Reply-To", "<7@rep.example>", "References", "<7@rep.example>"),
		From:   "dana@prospect.example", ReturnPath: "dana@prospect.example", HasReturnPath: true,
		To: []string{"ana@rep.example"}, Subject: subject, Text: body, ContentType: "text/plain", Date: mailDay,
	}
}

func TestPeopleStayPeople(t *testing.T) {
	for _, c := range []struct{ subject, body string }{
		{"Re: Offer", "Thursday works for me.\n\nDana"},
		{"Re: Offer", "I'm out of the office until Monday, but yes, let's talk then."},
		{"Re: Offer", "Sorry for the delay, I was on vacation. Can you resend the quote?"},
		{"Re: Offer", "Thank you for your email. I am out of office next week, could you call me on the 7th?"},
		{"Re: Automatic reply: Offer", "Ignore the auto-reply, I am here."},
		{"Out of office on Friday?", "Will you be out of office on Friday? Else let's meet."},
		{"Undeliverable goods", "The parcel could not be delivered. Did you get my address?"},
		{"FW: Undeliverable: Offer", "See below, your mail to bob@prospect.example could not be delivered. He is no longer with us, user unknown indeed."},
		{"Re: Offer", "Please don't stop emailing me, I read it all."},
		{"Re: Offer", "Don't hesitate to contact me again."},
		{"Re: Offer", "Please do not contact me before March."},
		{"Re: Offer", "Do not call me, please don't contact me by phone; mail is fine."},
		{"Re: Offer", "Please remove me from this thread and add Bob."},
		{"Re: Offer", "How many of your customers unsubscribe each month?"},
		{"Re: Offer", "Not interested, thanks."},
		{"Re: Offer", "Yes!\n\nOn Tue, 24 Nov 2026 at 09:30, Ana <ana@rep.example> wrote:\n> If you want no more mail, please unsubscribe me.\n> Stop emailing me"},
		{"Re: Offer", "Sounds good. Send it.\n\n-- \nDana\nClick here to unsubscribe. This is an automated footer."},
		{"Re: Offer", "Ich bin bis Freitag im Urlaub, aber das Angebot passt. Können wir Montag reden?"},
		{"AW: Angebot", "Bitte hören wir uns nächste Woche, ich melde mich."},
		{"RE: Offre", "Je suis en vacances mais envoyez-moi votre offre."},
		{"Re: Oferta", "Estoy de vacaciones, pero hablamos el lunes."},
		{"Re: Delivery", "Is delivery delayed? It has not been delivered to us yet."},
		{"Re: verification", "Please whitelist our domain, and confirm you are human :) Ha."},
		{"", ""},
		{"Re: Offer", "ok"},
		{"Re: Offer", "You never contact me first! We had to stop contacting suppliers in May."},
		{"Re: Offer", "When people want to unsubscribe, how does your product handle it?"},
		{"Re: Offer", "I don't want to receive the invoice by mail. Löschen Sie meine letzte Frage."},
		{"Re: Offre", "Je reçois plus de mails que toi."},
		{"Re: Oferta", "No quiero recibir la factura por correo."},
		{"Re: Angebot", "Wir machen dieses Jahr keine Werbung mehr. Interesse bleibt."},
		{"Re: Offer", "Stop by our office on Friday."},
		{"Re: Offer", "I am not sure this is an automated message or are you real?"},
	} {
		if v := Classify(person(c.subject, c.body)); v.Kind != Human {
			t.Errorf("%q / %q is called %s: %s", c.subject, c.body, v.Kind, v.Reason)
		}
	}
	tool := person("Re: Offer", "Works for me.")
	tool.Header["List-Unsubscribe"] = []string{"<mailto:u@prospect.example>"}
	tool.Header["X-Auto-Response-Suppress"] = []string{"DR, OOF"}
	tool.Header["Precedence"] = []string{"bulk"}
	if v := Classify(tool); v.Kind != Human {
		t.Errorf("an answer through a sales tool is called %s: %s", v.Kind, v.Reason)
	}
	exchange := person("Re: Offer", "I was on vacation. Can we speak on Friday?")
	exchange.Header["X-Auto-Response-Suppress"] = []string{"All"}
	if v := Classify(exchange); v.Kind != Human {
		t.Errorf("a person's mail with a server's mark is called %s: %s", v.Kind, v.Reason)
	}
	yes := person("Accepted: Demo", "")
	yes.Header["Auto-Submitted"] = []string{"auto-generated"}
	yes.Calendar = []byte("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n")
	if v := Classify(yes); v.Kind != Human || !v.NamesTime {
		t.Errorf("an accepted invitation is called %s", v.Kind)
	}
}

func TestAutoReplies(t *testing.T) {
	for _, c := range []struct {
		subject, body string
		header        []string
		back          string
	}{
		{"Re: Offer", "I am away until Monday.", []string{"Auto-Submitted", "auto-replied"}, "2026-11-30"},
		{"Re: Offer", "Gone fishing.", []string{"Auto-Submitted", "auto-replied (vacation)"}, ""},
		{"Re: Offer", "Gone fishing.", []string{"X-Autoreply", "yes"}, ""},
		{"Re: Offer", "Gone fishing.", []string{"Precedence", "auto_reply"}, ""},
		{"Automatic reply: Offer", "I return on 3 December.", nil, "2026-12-03"},
		{"Automatische Antwort: Angebot", "Ich bin bis zum 7.12. nicht im Büro.", nil, "2026-12-07"},
		{"Réponse automatique : Offre", "Je serai de retour le 3 décembre.", nil, "2026-12-03"},
		{"Respuesta automática: Oferta", "Volveré el 3 de diciembre.", nil, "2026-12-03"},
		{"Resposta automática: Proposta", "Regresso em 3 de dezembro.", nil, "2026-12-03"},
		{"Autosvar: Offert", "Jag är tillbaka den 3 december.", nil, "2026-12-03"},
		{"Automatisch antwoord: Offerte", "Ik ben terug op 3 december.", nil, "2026-12-03"},
		{"Re: Offer", "I am out of the office.", []string{"X-Auto-Response-Suppress", "All"}, ""},
		{"Re: Offer", "Thank you for your email. I am out of the office until 4 December with limited access to email. For urgent matters please contact Bob.", nil, "2026-12-04"},
		{"AW: Angebot", "Vielen Dank für Ihre Nachricht. Ich bin bis 4.12. im Urlaub. In dringenden Fällen wenden Sie sich bitte an Herrn Muster.", nil, "2026-12-04"},
		{"RE: Offre", "Merci pour votre message. Je suis absente du bureau jusqu'au 4 décembre. En cas d'urgence, veuillez contacter Paul.", nil, "2026-12-04"},
		{"Re: Oferta", "Gracias por su correo. Estaré fuera de la oficina hasta el 4 de diciembre. Para asuntos urgentes escriba a Luis.", nil, "2026-12-04"},
		{"Re: Proposta", "Obrigado pela sua mensagem. Estou de férias até 4 de dezembro. Em caso de urgência fale com Rui.", nil, "2026-12-04"},
		{"Sv: Offert", "Tack för ditt mejl. Jag är på semester till den 4 december. Vid brådskande ärenden, ring växeln.", nil, "2026-12-04"},
		{"Re: Offerte", "Bedankt voor uw bericht. Ik ben afwezig tot 4 december. Voor dringende zaken belt u Piet.", nil, "2026-12-04"},
		{"Auto: Offer", "Gone fishing until Monday.", nil, "2026-11-30"},
		{"Re: Offer", "This is an automated response. We have your request.", nil, ""},
		{"Out of Office: Offer", "I was away until 3 November. Please contact Bob in my absence.", []string{"Auto-Submitted", "auto-generated"}, ""},
	} {
		m := person(c.subject, c.body)
		for i := 0; i < len(c.header); i += 2 {
			m.Header[c.header[i]] = []string{c.header[i+1]}
		}
		v := Classify(m)
		back := ""
		if !v.ReturnDate.IsZero() {
			back = v.ReturnDate.Format(time.DateOnly)
		}
		if v.Kind != AutoReply || back != c.back {
			t.Errorf("%q / %q: %s, back %q (want %q): %s", c.subject, c.body, v.Kind, back, c.back, v.Reason)
		}
	}
	m := person("Re: Offer", "Fine.")
	m.Header["Auto-Submitted"] = []string{"no"}
	if v := Classify(m); v.Kind != Human {
		t.Errorf("Auto-Submitted: no is called %s", v.Kind)
	}
}

func TestOptOuts(t *testing.T) {
	for _, body := range []string{
		"unsubscribe", "Unsubscribe.", "STOP", "Please stop emailing me.", "Please remove me from your mailing list. Thanks", "Take me off your list!",
		"Do not contact me again.", "Hi,\n\nplease unsubscribe me\n\nDana", "No thanks. Please remove me.", "Don't email me again, ever.", "I no longer wish to receive your mails.",
		"If you don't stop emailing me I will report you.", "Please delete my data.", "How do I unsubscribe?", "Your unsubscribe link is broken, please remove me from your list today.", "I don't want to receive your emails.",
		"Bitte melden Sie mich ab.", "Bitte nehmen Sie mich aus Ihrem Verteiler.", "Bitte keine weiteren E-Mails.", "Kontaktieren Sie mich nicht mehr, bitte nicht mehr kontaktieren.", "Bitte löschen Sie meine Daten.",
		"Merci de me désabonner.", "Veuillez ne plus me contacter.", "Arrêtez de m'écrire.", "Retirez-moi de votre liste.", "Désinscription",
		"Por favor, denme de baja.", "No me escriban más.", "No deseo recibir más correos.", "Elimíneme de su lista.", "BAJA",
		"Por favor, me remova da lista.", "Parem de me enviar e-mails.", "Não desejo receber mais mensagens.", "Não me contactem mais.", "Descadastrar",
		"Sluta mejla mig.", "Ta bort mig från listan.", "Jag vill inte längre få era mejl.", "Kontakta mig inte igen.", "Avregistrera mig, tack.",
		"Graag uitschrijven.", "Wilt u mij verwijderen uit uw bestand?", "Stop met mailen!", "Ik wil geen e-mails meer ontvangen.", "Schrijf mij uit.",
	} {
		if v := Classify(person("Re: Offer", body)); v.Kind != OptOut {
			t.Errorf("%q is called %s", body, v.Kind)
		}
	}
	byButton := person("unsubscribe", "")
	byButton.Header = head()
	if v := Classify(byButton); v.Kind != OptOut {
		t.Errorf("a List-Unsubscribe mail is called %s", v.Kind)
	}
}

func dsn(action, status, diagnostic string) Mail {
	return Mail{
		Header: head("Auto-Submitted", "auto-replied"), From: "mailer-daemon@mx.example", HasReturnPath: true, Date: mailDay,
		Subject: "Delivery Status Notification", ContentType: "multipart/report", ReportType: "delivery-status", Text: "Something happened.",
		Status:   []byte("Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; Dana@Prospect.example\r\nAction: " + action + "\r\nStatus: " + status + "\r\nDiagnostic-Code: smtp; " + diagnostic + "\r\n\r\n"),
		Original: []byte("Received: from x\r\nMessage-ID:\r\n <42@rep.example>\r\nTo: dana@prospect.example\r\n\r\nHello"),
	}
}

func TestReportsAndTheirSeverity(t *testing.T) {
	for _, c := range []struct {
		action, status, diagnostic string
		kind                       Kind
		severity                   Severity
	}{
		{"failed", "5.1.1", "550 5.1.1 User unknown", Bounce, Dead},
		{"failed", "5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound", Bounce, Dead},
		{"failed", "5.2.1", "550 5.2.1 mailbox disabled", Bounce, Dead},
		{"failed", "5.1.2", "host gone", Bounce, Dead},
		{"failed", "5.0.0", "550 no such user here", Bounce, Dead},
		{"failed", "5.4.4", "Host or domain name not found", Bounce, Dead},
		{"failed", "5.0.0", "554 refused", Bounce, Refused},
		{"failed", "5.5.0", "550 5.5.0 Requested action not taken: mailbox unavailable", Bounce, Dead},
		{"failed", "5.7.1", "550 5.7.1 Requested action not taken: mailbox unavailable", Bounce, Refused},
		{"failed", "5.4.1", "550 5.4.1 Recipient address rejected: Access denied", Bounce, Dead},
		{"failed", "5.1.1", "550 5.1.1 message rejected, see our policy", Bounce, Refused},
		{"failed", "5.4.300", "550 5.4.300 Message expired", Bounce, Later},
		{"failed", "5.7.1", "550 5.7.1 rejected by policy", Bounce, Refused},
		{"failed", "5.7.1", "554 blocked using a block list", Bounce, Refused},
		{"failed", "5.7.26", "550 unauthenticated mail, DMARC", Bounce, Refused},
		{"failed", "5.3.4", "552 message too large", Bounce, Refused},
		{"failed", "5.1.8", "sender address rejected", Bounce, Refused},
		{"failed", "5.2.2", "552 mailbox full", Bounce, Later},
		{"failed", "5.0.0", "552 over quota", Bounce, Later},
		{"failed", "4.4.7", "delivery time expired", Bounce, Later},
		{"failed", "4.2.2", "452 mailbox full", Bounce, Later},
		{"failed", "5.2.1", "550 5.2.1 receiving mail at a rate that prevents delivery", Bounce, Dead},
		{"delayed", "4.4.1", "connection timed out", Delay, ""},
		{"delivered", "2.0.0", "250 ok", Delivered, ""},
		{"relayed", "2.0.0", "250 ok", Delivered, ""},
	} {
		if c.status == "5.2.1" && strings.Contains(c.diagnostic, "rate") {
			c.severity = Later
		}
		v := Classify(dsn(c.action, c.status, c.diagnostic))
		if v.Kind != c.kind || v.Severity != c.severity {
			t.Errorf("%s %s %q: %s %q, want %s %q", c.action, c.status, c.diagnostic, v.Kind, v.Severity, c.kind, c.severity)
		}
		if !slices.Equal(v.Recipients, []string{"dana@prospect.example"}) || v.OriginalMessageID != "42@rep.example" {
			t.Errorf("%s: about %q, id %q", c.status, v.Recipients, v.OriginalMessageID)
		}
	}
}

func TestBouncesInPlainWords(t *testing.T) {
	for _, c := range []struct {
		from, subject, body string
		kind                Kind
		severity            Severity
	}{
		{"mailer-daemon@mx.example", "failure notice", "Hi. This is the program at mx.example.\nI wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<dana@prospect.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 no such user\nGiving up on 192.0.2.1.\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <ana@rep.example>\nMessage-ID: <42@rep.example>\nTo: dana@prospect.example\n\nHi", Bounce, Dead},
		{"mailer-daemon@mx.example", "Mail delivery failed: returning message to sender", "A message that you sent could not be delivered to one or more of its recipients.\n\n  dana@prospect.example\n    host mx.prospect.example: 552 Mailbox is full\n\n------ This is a copy of the message, including all the headers. ------\n\nMessage-ID: <42@rep.example>\n", Bounce, Later},
		{"postmaster@mx.example", "Undeliverable: Offer", "Your message to dana@prospect.example was rejected: 550 5.7.1 listed in a block list.\n\nMessage-ID: <42@rep.example>", Bounce, Refused},
		{"mailer-daemon@mx.example", "Unzustellbar: Angebot", "Die Nachricht konnte nicht zugestellt werden: dana@prospect.example, Empfänger unbekannt.\n\nMessage-ID: <42@rep.example>", Bounce, Dead},
		{"postmaster@mx.example", "Non remis : Offre", "Votre message n'a pas pu être remis à dana@prospect.example : utilisateur inconnu.\n\nMessage-ID: <42@rep.example>", Bounce, Dead},
		{"mailer-daemon@mx.example", "Warning: could not send message for past 4 hours", "This is a warning message only. You do not need to resend.\ndana@prospect.example: connection timed out, will continue to try.\n\nMessage-ID: <42@rep.example>", Delay, ""},
	} {
		m := Mail{Header: head(), From: c.from, HasReturnPath: true, To: []string{"ana@rep.example"}, Subject: c.subject, Text: c.body, ContentType: "text/plain", Date: mailDay}
		v := Classify(m)
		if v.Kind != c.kind || v.Severity != c.severity || !slices.Contains(v.Recipients, "dana@prospect.example") || v.OriginalMessageID != "42@rep.example" {
			t.Errorf("%q: %s %q about %q, id %q", c.subject, v.Kind, v.Severity, v.Recipients, v.OriginalMessageID)
		}
	}
	nameless := Mail{Header: head(), From: "mailer-daemon@mx.example", HasReturnPath: true, Subject: "failure notice", Text: "It could not be delivered.", Date: mailDay}
	if v := Classify(nameless); v.Kind == Bounce || v.Kind == Human {
		t.Errorf("a bounce that names nobody is called %s", v.Kind)
	}
}

func TestComplaintsReceiptsChallengesLists(t *testing.T) {
	arf := Mail{Header: head(), From: "fbl@provider.example", ContentType: "multipart/report", ReportType: "feedback-report", Subject: "complaint",
		Status:   []byte("Feedback-Type: abuse\r\nUser-Agent: X/1\r\nVersion: 1\r\nOriginal-Rcpt-To: dana@prospect.example\r\n"),
		Original: []byte("Message-ID: <42@rep.example>\r\n\r\n")}
	if v := Classify(arf); v.Kind != Complaint || v.OriginalMessageID != "42@rep.example" || !slices.Equal(v.Recipients, []string{"dana@prospect.example"}) {
		t.Errorf("complaint: %+v", v)
	}
	read := Mail{Header: head(), From: "dana@prospect.example", ContentType: "multipart/report", ReportType: "disposition-notification", Subject: "Read: Offer",
		Status: []byte("Final-Recipient: rfc822; dana@prospect.example\r\nOriginal-Message-ID: <42@rep.example>\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n")}
	if v := Classify(read); v.Kind != Delivered || v.OriginalMessageID != "42@rep.example" {
		t.Errorf("read receipt: %+v", v)
	}
	ask := person("Please confirm your message", "Your message is being held. To have your message delivered, click the link below.")
	ask.Header["Auto-Submitted"] = []string{"auto-replied"}
	if v := Classify(ask); v.Kind != Challenge {
		t.Errorf("challenge: %s", v.Kind)
	}
	for name, m := range map[string]Mail{
		"list":       {Header: head("List-Id", "<talk.example>"), From: "bob@example.com", Text: "Unsubscribe me? I think not."},
		"newsletter": {Header: head("Precedence", "bulk", "List-Unsubscribe", "<https://x.example>"), From: "news@example.com", Text: "News"},
		"DMARC report": {Header: head(), From: "abuse@provider.example", ContentType: "multipart/report", ReportType: "feedback-report", Text: "A report",
			Status: []byte("Feedback-Type: auth-failure\r\nVersion: 1\r\n")},
		"mailing": {Header: head("List-Unsubscribe", "<https://x.example>"), From: "hello@example.com", HasReturnPath: true, ReturnPath: "bounce-17@mail.example.com", Text: "News"},
		"robot":   {Header: head(), From: "no-reply@example.com", Text: "Your order"},
	} {
		if v := Classify(m); v.Kind != List {
			t.Errorf("%s: %s", name, v.Kind)
		}
	}
}

func TestMood(t *testing.T) {
	v := Classify(person("Re: Offer", "Thanks, but not right now. Could you get back to me in March?\n\nOn Tue, 24 Nov 2026 at 09:30, Ana <ana@rep.example> wrote:\n> On Friday? No interest?"))
	if !v.AsksQuestion || !v.NotNow || v.Refusal || v.Text == "" || v.Quoted == "" {
		t.Errorf("%+v", v)
	}
	if v.NotNowUntil.Format(time.DateOnly) != "2027-03-01" || len(v.Dates) != 1 || v.Dates[0].Words != "March" {
		t.Errorf("until %v, dates %+v", v.NotNowUntil, v.Dates)
	}
	if v := Classify(person("Re: Offer", "We decided to go with another vendor. No thanks.")); !v.Refusal || v.NotNow || v.AsksQuestion || v.NamesTime {
		t.Errorf("%+v", v)
	}
	if v := Classify(person("Re: Offer", "Call me at 2pm.")); !v.NamesTime {
		t.Error("2pm is a time")
	}
	html := person("Re: Offer", "")
	html.HTML = "<div>Yes!</div><div style='display:none'>unsubscribe</div><div class=gmail_quote><div>On Tue, 24 Nov 2026 at 09:30, Ana &lt;ana@rep.example&gt; wrote:</div><blockquote>stop emailing me</blockquote></div>"
	if v := Classify(html); v.Kind != Human || v.Text != "Yes!" {
		t.Errorf("%+v", v)
	}
}

func TestClassifyTakesAnything(t *testing.T) {
	pieces := append([]string{"\x1b]0;x", "\xff", "5.1.1", "550 ", "@", "dana@prospect.example", "Action: failed\n", "Final-Recipient: ;\n", "Message-ID: <", "unsubscribe", "until ", "12/", "7.", "December", "\u202e"}, mailPieces...)
	rapid.Check(t, func(t *rapid.T) {
		some := func(name string) string {
			return strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, name), "")
		}
		m := Mail{From: some("from"), HasReturnPath: rapid.Bool().Draw(t, "path"), Subject: some("subject"), Text: some("text"), HTML: some("html"),
			ReportType: rapid.SampledFrom([]string{"", "delivery-status", "feedback-report"}).Draw(t, "type"), Status: []byte(some("status")), Original: []byte(some("original")), Date: mailDay}
		v := Classify(m)
		if v.Kind == "" || v.Reason == "" || strings.ContainsAny(v.Text+v.Quoted, "\x1b\r\u202e") {
			t.Fatalf("%+v", v)
		}
		if v.Kind == Bounce && len(v.Recipients) == 0 && v.OriginalMessageID == "" {
			t.Fatalf("a bounce about nothing: %+v", v)
		}
		if !v.ReturnDate.IsZero() && !v.ReturnDate.After(m.Date) {
			t.Fatalf("back before the mail: %v", v.ReturnDate)
		}
	})
}

func FuzzClassify(f *testing.F) {
	f.Add("Automatic reply", "back on 3.12.", "Action: failed\n", "auto-replied")
	f.Add("Re: x", "> a\nunsubscribe", "", "")
	f.Fuzz(func(t *testing.T, subject, body, status, auto string) {
		m := person(subject, body)
		m.Status, m.ReportType = []byte(status), "delivery-status"
		if auto != "" {
			m.Header["Auto-Submitted"] = []string{auto}
		}
		if v := Classify(m); v.Kind == "" {
			t.Fatal("no kind")
		}
	})
}

// hostile are pieces that, repeated, make a slow reader slow.
var hostile = map[string]string{
	"quotes": "> \n", "long line": "a", "attributions": "On 2026 a@b wrote:\n", "colons": "a:\n", "from": "From: x\n", "addresses": "a@b.c ", "ats": "@@@@",
	"dates": "3 December 1.2. 12/7 ", "weekdays": "monday ", "codes": "5.1.1 550 ", "words": "stop emailing not back until ", "dots": "a. ", "signs": "-- \n> \n",
	"boasts": "Sent from x\n\n", "breaks": "\n\n",
}

func hostileMails(piece string, size int) []Mail {
	m := person("Re: Offer", strings.Repeat(piece, size/len(piece)))
	away := person("Automatic reply", m.Text)
	bounce := Mail{Header: head(), From: "mailer-daemon@mx.example", HasReturnPath: true, Subject: "failure notice", Text: m.Text, Status: []byte(m.Text), Original: []byte(m.Text), ReportType: "delivery-status", Date: mailDay}
	return []Mail{m, away, bounce}
}

// Work is counted in allocations, which no busy machine changes: twice the
// mail must not be more than about twice the work.
func TestWorkGrowsWithTheMailOnly(t *testing.T) {
	work := func(piece string, size int) float64 {
		mails := hostileMails(piece, size)
		return testing.AllocsPerRun(1, func() {
			for _, m := range mails {
				Classify(m)
			}
		})
	}
	for name, piece := range hostile {
		if once, twice := work(piece, 8<<10), work(piece, 16<<10); twice > 2.5*once+200 {
			t.Errorf("%s: %v allocations, and %v for twice the mail", name, once, twice)
		}
	}
}

// BenchmarkClassifyHostile shows the time for 1 MB of each.
func BenchmarkClassifyHostile(b *testing.B) {
	for name, piece := range hostile {
		mails := hostileMails(piece, 1<<20)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				for _, m := range mails {
					Classify(m)
				}
			}
		})
	}
}
