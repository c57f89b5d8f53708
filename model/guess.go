package model

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"stoke/model/signal"
	"stoke/model/text"
)

// guessDays is how far back a mail that names no other is taken for the next one of a conversation (RELIABILITY.md, S6).
const guessDays = 30

// guess gives the mail that another one of the same contact most likely continues, by subject alone: the newest before it,
// of the last thirty days, about the same. Whoever asks has found that it names none that is known.
func (d Dossier) guess(subject string, at time.Time) (Interaction, bool) {
	topic := topicOf(subject)
	if topic == "" {
		return Interaction{}, false
	}
	return d.newest(func(i Interaction) bool {
		return i.Kind.mailed() && i.MessageID != "" && i.At.Before(at) && at.Sub(i.At) <= guessDays*24*time.Hour && topicOf(i.Subject) == topic
	})
}

// knowsAny tells whether a mail names another one that lies in the contact's thread, or may name one that will: what an old
// mailbox holds is read newest first.
func (d Dossier) knowsAny(in Inbound) bool {
	ids := append([]string{in.InReplyTo}, in.References...)
	if slices.ContainsFunc(d.Interactions, func(i Interaction) bool { return i.MessageID != "" && slices.Contains(ids, i.MessageID) }) {
		return true
	}
	named := slices.ContainsFunc(ids, func(id string) bool { return id != "" })
	last, _ := d.newest(func(i Interaction) bool { return i.Kind.mailed() })
	return named && (in.At.Before(last.At) || last.Direction != Out)
}

// topicOf is what a subject is about, without reply marks, tags in brackets, case, accents and signs; "" where it could head
// any mail.
func topicOf(subject string) string {
	bare := bareSubject(subject)
	for strings.HasPrefix(bare, "[") {
		_, rest, ok := strings.Cut(bare, "]")
		if !ok {
			break
		}
		bare = bareSubject(rest)
	}
	words := strings.FieldsFunc(text.Fold(bare), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if !slices.ContainsFunc(words, func(w string) bool { return !anySubject[w] }) {
		return ""
	}
	return strings.Join(words, " ")
}

// anySubject are words of which a subject says nothing when it has no others.
var anySubject = func() map[string]bool {
	all := map[string]bool{}
	for w := range strings.FieldsSeq(`
		a an the to for from of on in and or with about my our your you we i it is are this that quick short small new just again
		hi hello hey dear all there good morning afternoon evening day no none subject untitled question questions request inquiry
		enquiry info information update follow up followup next steps step meeting call mail email e message reply answer thanks thank
		thx please checking check touching base reminder fyi intro introduction hallo guten tag morgen abend frage fragen anfrage
		betreff kein ohne danke information nachricht antwort termin kurze eine zu ihre ihrer unser unsere neue bonjour salut bonsoir
		question demande merci reponse rendez vous objet sans votre une nouveau hola buenos dias buenas tardes pregunta consulta gracias
		respuesta reunion sin asunto su una nueva ola bom dia boa tarde pergunta obrigado obrigada resposta reuniao sem assunto sua uma
		hej god fraga tack svar mote amne inget en ny goedemorgen goedemiddag vraag bedankt antwoord afspraak geen onderwerp een uw nieuwe`) {
		all[w] = true
	}
	return all
}()

// Answers tells whether a mail from outside is an answer of a person. What somebody passes on without a word is none.
func (in Inbound) Answers() bool {
	return !in.Own && in.Verdict.Kind == signal.Human && !in.passedOn()
}

// passedOn tells whether a mail is somebody else's, passed on without a word to it.
func (in Inbound) passedOn() bool {
	return text.PassedOn(in.Subject) && in.Verdict.Text == "" && in.Verdict.Meeting.Act == ""
}
