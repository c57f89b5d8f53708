package signal

import (
	"slices"
	"strings"

	"stoke/model/text"
)

// maxAttribution is the longest line that is taken for part of "On … wrote:".
const maxAttribution = 300

var (
	// wrote ends or holds the verb of every attribution.
	wrote = phrases("wrote, writes, said, schrieb, hat geschrieben, geschrieben, a ecrit, ecrit, escribio, escreveu, skrev, schreef, " +
		"het volgende geschreven, ha scritto, napisal, kirjoitti")
	// opens are the words that begin one.
	opens = phrases("on, am, le, el, em, den, op, il, a, at, no dia, o dia, pa, il giorno, w dniu, dnia, " +
		"mon, tue, wed, thu, fri, sat, sun")
	separators = phrases("original message, ursprungliche nachricht, originalnachricht, urspr nachricht, message d origine, message original, mensaje original, " +
		"mensagem original, ursprungligt meddelande, originalmeddelande, oorspronkelijk bericht, messaggio originale, " +
		"forwarded message, weitergeleitete nachricht, message transfere, mensaje reenviado, mensagem encaminhada, mensagem reencaminhada, " +
		"vidarebefordrat meddelande, doorgestuurd bericht, reply message, reply above this line")
	bareSeparators = phrases("begin forwarded message, anfang der weitergeleiteten nachricht, debut du message reexpedie, debut du message transfere, " +
		"inicio del mensaje reenviado, inicio da mensagem reencaminhada, vidarebefordrat brev, begin doorgestuurd bericht")
	boasts = phrases("sent from my, sent from mail for windows, sent from outlook, sent from yahoo mail, sent via, get outlook for, sent with, " +
		"von meinem, gesendet von, gesendet mit, von unterwegs gesendet, diese nachricht wurde von meinem, holen sie sich outlook, " +
		"envoye de mon, envoye depuis, envoye a partir de, obtenez outlook, telecharger outlook, " +
		"enviado desde mi, enviado desde, obtener outlook, obtenga outlook, enviado do meu, enviado a partir do meu, enviado via, obter o outlook, baixar o outlook, " +
		"skickat fran min, skickat fran, hamta outlook, verstuurd vanaf mijn, verzonden vanaf mijn, verstuurd vanaf, verzonden vanaf, verzonden via, download outlook, outlook voor, " +
		"ottieni outlook, scarica outlook, inviato da iphone, inviato dal mio, inviato da outlook")
	fieldFrom  = words("from von de fran van da fra")
	fieldOther = map[string]string{}
)

func init() {
	for field, keys := range map[string]string{
		"date":    "sent date gesendet datum envoye envoyee date fecha enviado enviada data skickat verzonden inviato sendt dato",
		"to":      "to an a para till aan til",
		"cc":      "cc kopie copie copia kopia",
		"subject": "subject betreff objet asunto assunto amne onderwerp oggetto emne",
	} {
		for _, k := range strings.Fields(keys) {
			fieldOther[k] = field
		}
	}
	fieldOther["enviado el"], fieldOther["enviada em"], fieldOther["enviado em"] = "date", "date", "date"
}

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// attribution tells whether "On … wrote:" begins at line i, on how many lines
// (it is wrapped by many programs), and whether it is sure enough to need no
// marked quote after it: it names a day or an hour.
func attribution(lines []string, i int) (n int, dated bool) {
	var whole []string
	for n = 1; n <= 4 && i+n-1 < len(lines); n++ {
		line := strings.Trim(lines[i+n-1], " \t*_\u00a0")
		if line == "" || len(line) > maxAttribution || isQuoted(line) {
			return 0, false
		}
		whole = append(whole, line)
		if strings.HasSuffix(line, ":") || strings.HasSuffix(line, "：") {
			return judge(strings.Join(whole, " "), strings.TrimSpace(lines[i]), n)
		}
	}
	return 0, false
}

func judge(whole, head string, n int) (int, bool) {
	w := plain(whole)
	if len(w) < 3 {
		return 0, false
	}
	begins := startsWith(w, opens) || w[1] >= '0' && w[1] <= '9'
	verb := anyOf(w, wrote)
	address := strings.Contains(whole, "@")
	date := strings.ContainsAny(whole, "0123456789")
	switch {
	case verb && begins && date && namesYearOrHour(whole):
		return n, true
	case verb && address && (n == 1 || n == 2 && strings.Contains(head, "<")) && !longTalk(w):
		// "Ana Lee <ana@example.com> wrote:"; any line before it would be
		// the writer's own.
		return n, namesYearOrHour(whole)
	case verb && n == 1 && !longTalk(w) && endsInVerb(w):
		return n, false // "Ana Lee wrote:", only before a marked quote
	case begins && address && w[1] >= '0' && w[1] <= '9' && namesYearOrHour(whole) && n <= 2:
		return n, true // "2026-11-03 10:00 GMT+01:00 Ana Lee <ana@example.com>:"
	}
	return 0, false
}

func longTalk(w string) bool { return strings.Count(w, " ") > 24 }

func endsInVerb(w string) bool {
	return slices.ContainsFunc(wrote.all, func(v string) bool { return strings.HasSuffix(w, v) })
}

// namesYearOrHour looks for 19xx, 20xx or 10:00.
func namesYearOrHour(s string) bool {
	for i := 0; i+1 < len(s); i++ {
		if s[i] == ':' && i > 0 && digit(s[i-1]) && digit(s[i+1]) {
			return true
		}
		if i+4 <= len(s) && (s[i:i+2] == "20" || s[i:i+2] == "19") && digit(s[i+2]) && digit(s[i+3]) && (i == 0 || !digit(s[i-1])) {
			return true
		}
		if s[i] == '/' && i > 0 && digit(s[i-1]) && digit(s[i+1]) {
			return true
		}
	}
	return false
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// isSeparator finds "-----Original Message-----" in its languages.
func isSeparator(line string) bool {
	line = strings.TrimSpace(line)
	if len(line) < 8 || len(line) > 120 {
		return false
	}
	list := separators
	if !strings.ContainsRune("-_#=", rune(line[0])) || line[0] != line[1] {
		if list = bareSeparators; !strings.HasSuffix(line, ":") {
			return false
		}
	}
	return list.whole(plain(line))
}

// isRule finds a line drawn with signs, as Outlook draws before its headers.
func isRule(line string) bool {
	line = strings.TrimSpace(line)
	return len(line) >= 3 && len(line) < 200 && strings.Trim(line, "_-=*—–") == ""
}

// isHeaderBlock finds "From: … Sent: … To: …" at line i, in any of the
// languages: a sender and two more fields within the next lines.
func isHeaderBlock(lines []string, i int) bool {
	key, value := field(lines[i])
	if value == "" {
		return false
	}
	if fieldOther[key] == "date" && namesYearOrHour(value) && i+1 < len(lines) { // web mailers put the day before the sender
		if next, sender := field(lines[i+1]); fieldFrom[next] && strings.Contains(sender, "@") {
			return isHeaderBlock(lines, i+1)
		}
	}
	if !fieldFrom[key] {
		return false
	}
	seen := map[string]bool{}
	for j := i + 1; j < len(lines) && j <= i+8; j++ {
		k, _ := field(lines[j])
		if f := fieldOther[k]; f != "" {
			seen[f] = true
		}
	}
	if len(seen) >= 2 {
		return true
	}
	for w := range strings.FieldsSeq(cut(value, maxAttribution)) { // all on one line
		if f := fieldOther[text.Fold(strings.Trim(strings.TrimSuffix(w, ":"), "*"))]; f != "" && strings.HasSuffix(w, ":") {
			seen[f] = true
		}
	}
	return len(seen) >= 2
}

// field parts "*From:* Ana" in its folded key and its value.
func field(line string) (key, value string) {
	line = strings.TrimLeft(cut(line, maxAttribution), " \t*")
	k, v, ok := strings.Cut(line, ":")
	if !ok || len(k) > 24 {
		return "", ""
	}
	return text.Fold(strings.Trim(k, " \t*\u00a0")), strings.Trim(v, " \t*")
}

// isBoast finds "Sent from my iPhone".
func isBoast(line string) bool {
	return len(line) <= 120 && strings.Count(strings.TrimSpace(line), " ") <= 9 && startsWith(plain(line), boasts)
}
