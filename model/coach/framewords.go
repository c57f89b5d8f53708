package coach

import "strings"

// Words that introduce a quoted mail, in the same languages.
var (
	wrote = set("wrote writes schrieb écrit escribió escreveu skrev schreef geschreven")
	on    = set("on am le el em den op a")
)

// Words that open and close a mail, in the languages that stoke knows.
var (
	greetings = set("hi hello hey dear hiya greetings morning afternoon evening " +
		"hallo liebe lieber sehr moin servus grüezi hola buenos buenas estimado estimada querido querida bonjour bonsoir salut cher chère chers " +
		"olá oi caro cara prezado prezada bom boa hej hejsan kära käre tjena dag beste geachte hoi goedemorgen goedemiddag")
	// closings are whole lines, without signs.
	closings = phraseSet(`best|best regards|best wishes|all the best|regards|kind regards|warm regards|with best regards|many thanks|thanks|thanks again|
thank you|thank you very much|cheers|sincerely|yours sincerely|yours|yours truly|talk soon|speak soon|warmly|with thanks|thanks in advance|take care|
mit freundlichen grüßen|viele grüße|beste grüße|liebe grüße|freundliche grüße|herzliche grüße|danke|vielen dank|
saludos|un saludo|saludos cordiales|atentamente|gracias|muchas gracias|cordialement|bien cordialement|bien à vous|merci|bonne journée|
atenciosamente|cumprimentos|com os melhores cumprimentos|abraço|abraços|obrigado|obrigada|
med vänlig hälsning|vänliga hälsningar|med vänliga hälsningar|hälsningar|tack|bästa hälsningar|
met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|groeten|groet|bedankt|hartelijke groet`)
)

func phraseSet(s string) map[string]bool {
	m := map[string]bool{}
	for p := range strings.SplitSeq(s, "|") {
		m[strings.TrimSpace(p)] = true
	}
	return m
}

// isGreeting tells whether a line begins as mails begin.
func isGreeting(l string) bool {
	first, _, _ := strings.Cut(strings.TrimLeft(l, " *_¡"), " ")
	first = strings.TrimRight(first, ",!.:")
	return len(first) < 24 && greetings[strings.ToLower(first)]
}

// isClosing tells whether a line is nothing but the words before a name.
func isClosing(l string) bool {
	l = strings.Trim(l, " ,.!*_-–—")
	return len(l) < 48 && closings[strings.ToLower(l)]
}
