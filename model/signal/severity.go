package signal

import "strings"

// The words that servers use. They are asked before the codes, because many
// servers answer 550 or 5.7.1 to everything; refusal by policy is asked first
// of all, because a live contact must not be taken for dead.
var (
	saysPolicy = phrases(
		"spam, spamhaus, spamcop, blacklist, blacklisted, blocklist, blocklisted, block list, black list, blocked using, blocked by, listed at, listed in, listed by, dnsbl, rbl, reputation, barracuda, proofpoint, mimecast",
		"recipient preferences, preferences of the person, preferences of the recipient, blocked by recipient, blocked by the recipient, recipient has blocked, blocked you, refused by recipient, refused by the recipient, does not want to receive, policy, policies, dmarc, spf, dkim, unauthenticated, not authenticated, authentication required, authentication failed, not authorized, not permitted, permission",
		"relay access denied, relaying denied, unable to relay, relay not permitted, not allowed to relay, content rejected, message rejected, rejected due to content, message content, virus, malware, phishing, suspicious, banned",
		"too large, too big, exceeds size, size limit, message size, maximum size, exceeded the maximum, attachment, sender verify failed, sender address rejected, sender rejected, reverse dns, ptr record, bad reputation, unsolicited, bulk mail, junk mail, poor reputation")
	saysFull = phrases(
		"mailbox full, mailbox is full, over quota, overquota, quota exceeded, exceeded quota, exceeded storage, exceeds quota, out of storage, storage allocation, insufficient storage, insufficient system storage, mailbox size limit, inbox is full, full mailbox, mailbox was full, is full, too many messages in, no space left, not enough space, storage space, quotaexceeded, quota full, not enough storage, is over its quota, mailbox exceeds, inbox exceeds, mailbox size exceeded, exceeded its quota, mailbox exceeded",
		"postfach voll, postfach ist voll, ist voll, speicherplatz, boite pleine, boite aux lettres pleine, est pleine, saturee, buzon lleno, esta lleno, esta llena, cuota excedida, caixa cheia, caixa postal cheia, esta cheia, cota excedida, brevladan ar full, inkorgen ar full, postvak vol, postvak is vol, postbus is vol, mailbox is vol")
	saysLater = phrases(
		"try again, temporarily, temporary failure, temporary error, greylisted, greylist, graylisted, too many connections, rate limit, receiving mail at a rate, receiving mail too quickly, too busy, connection timed out, connection refused, timed out, timeout, retry timeout exceeded, retry time exceeded, delivery time expired, message expired, network unreachable, no route to host, lost connection, could not connect, unable to connect, server not responding, queue too long, too long in queue, has been in queue")
	// saysGone is the standard text of 550: nobody there, unless the code
	// speaks of policy or size.
	saysGone = phrases("mailbox unavailable, mailbox is unavailable, mailbox not available, recipient rejected, address rejected")
	saysDead = phrases(
		"user unknown, unknown user, no such user, no such address, no such mailbox, no such recipient, no such person, no such account, unknown recipient, recipient unknown, recipient not found, recipientnotfound, unknown address, unknown local part, unknown mailbox, unknown account, address unknown, mailbox unknown, mailbox not found, mailbox does not exist, mailbox doesn t exist, user not found, user does not exist, user doesn t exist, account does not exist, account that you tried to reach does not exist, address does not exist, address doesn t exist, recipient does not exist, recipient address does not exist, not a valid mailbox, not a valid user, invalid mailbox, invalid recipient, invalid user, no mailbox here, no mailbox by that name, doesn t have a, does not have an account, is not a known user, not a known user, account is disabled, account disabled, account has been disabled, mailbox disabled, mailbox is disabled, account is inactive, account inactive, inactive account, inactive user, user disabled, address no longer, no longer exists, no longer valid, no longer in use, no longer active, address couldn t be found, address could not be found, wasn t found at, was not found at, couldn t be found, email address couldn t, addressee unknown, not listed in, not our customer, recipient address rejected access denied, undeliverable address, unrouteable address, unroutable address, bad destination mailbox address, no valid recipients, this address does not receive mail, nosuchuser, user is unknown, user invalid, does not exist, doesn t exist, account was closed, account is closed, account has been closed, account closed, mailbox was closed, mailbox closed, was closed, has been closed, has been deleted, has been deactivated, mailbox deactivated, no longer with, no longer available, left the company, this user doesn t have, does not have a mailbox, doesn t have an account, do not have a mailbox, no such person, is not recognized, name is not recognized, is unknown, unknown recipients, verify failed unknown user, not listed in domino, not listed in directory, no longer on server, non existent, nonexistent, not exist, isn t a valid, is not a valid, is invalid, user not known, no account by that name, not a valid recipient, invalid address, no such domain, not found by smtp, not found in, inactive, never logged in, deactivated, mailbox suspended, account suspended, user suspended",
		"host or domain name not found, domain not found, domain does not exist, unknown domain, host unknown, host not found, name or service not known, nxdomain, no such domain, unknown host, no mx or a records, couldn t find any host, all relevant mx records point to non existent hosts, domain name not found",
		"empfanger unbekannt, unbekannter empfanger, benutzer unbekannt, adresse existiert nicht, existiert nicht, nicht gefunden, nicht bekannt",
		"utilisateur inconnu, destinataire inconnu, adresse inconnue, n existe pas, introuvable",
		"usuario desconocido, no existe, destinatario desconocido, direccion desconocida, no se encontro",
		"usuario desconhecido, destinatario desconhecido, nao existe, nao foi encontrado, nao encontrado",
		"okand mottagare, okand anvandare, finns inte, hittades inte",
		"onbekende gebruiker, onbekende ontvanger, bestaat niet, niet gevonden")
)

// Gone tells of a server's refusal of a recipient, by its enhanced code (RFC 3463; "" for none) and its words, whether there
// is no such address.
func Gone(code, words string) bool { return severityOf(code, words) == Dead }

// severityOf judges one refusal by its enhanced code (RFC 3463) and the
// server's words. Not every 5.x.x means that nobody is there.
func severityOf(code, words string) Severity {
	p := plain(cut(words, maxHeader))
	if code == "" || strings.HasSuffix(code, ".0.0") {
		if c := enhancedCode(words); c != "" {
			code = c
		}
	}
	basic := basicCode(words)
	dead := anyOf(p, saysDead)
	policy := anyOf(p, saysPolicy)
	if dead && policy {
		policy = anyOf(saysDead.without(p), saysPolicy) // "not listed in our directory" names no list
	}
	switch {
	case anyOf(p, saysFull), code == "5.2.2", code == "4.2.2":
		return Later
	case policy && !(dead && deadCodes[code]):
		if strings.HasPrefix(code, "4.") {
			return Later
		}
		return Refused
	case strings.HasPrefix(code, "4."), code == "5.4.7":
		if dead && !anyOf(p, saysLater) && strings.HasPrefix(basic, "5") {
			return Dead
		}
		return Later
	case dead:
		return Dead
	case anyOf(p, saysGone) && !strings.HasPrefix(code, "5.7.") && !strings.HasPrefix(code, "5.3."):
		return Dead
	case anyOf(p, saysLater):
		return Later
	case deadCodes[code]:
		return Dead
	case code == "" && strings.HasPrefix(basic, "4"):
		return Later
	}
	return Refused
}

// deadCodes say by themselves that the address is no more.
var deadCodes = words("5.1.1 5.1.2 5.1.6 5.1.10 5.2.1")

// enhancedCode finds the first x.y.z of RFC 3463 that is no part of an IP
// address or a version.
func enhancedCode(s string) string {
	s = cut(s, maxPart)
	for i := 0; i+4 < len(s); i++ {
		if (s[i] != '5' && s[i] != '4' && s[i] != '2') || s[i+1] != '.' || i > 0 && (digit(s[i-1]) || s[i-1] == '.' || s[i-1] == '-') {
			continue
		}
		j, ok := number(s, i+2)
		if !ok || j >= len(s) || s[j] != '.' {
			continue
		}
		k, ok := number(s, j+1)
		if !ok || k < len(s) && (s[k] == '.' && k+1 < len(s) && digit(s[k+1]) || s[k] == '-' && k+1 < len(s) && digit(s[k+1])) {
			continue
		}
		if code := s[i:k]; !strings.HasSuffix(code, ".0.0") || !strings.ContainsAny(s[k:], "45") {
			return code
		}
	}
	return ""
}

// number passes one to three digits at i.
func number(s string, i int) (end int, ok bool) {
	end = i
	for end < len(s) && end-i < 3 && digit(s[end]) {
		end++
	}
	return end, end > i && (end == len(s) || !digit(s[end]))
}

// basicCode finds the first reply code of RFC 5321 that refuses: 4xx or 5xx
// as a word of its own.
func basicCode(s string) string {
	s = cut(s, maxPart)
	for i := 0; i+2 < len(s); i++ {
		if (s[i] != '4' && s[i] != '5') || s[i+1] > '5' || !digit(s[i+1]) || !digit(s[i+2]) {
			continue
		}
		before := i == 0 || s[i-1] == ' ' || s[i-1] == '\n' || s[i-1] == ':' || s[i-1] == '(' || s[i-1] == '<' || s[i-1] == '#'
		after := i+3 == len(s) || strings.IndexByte(" -#:)>", s[i+3]) >= 0
		if before && after {
			return s[i : i+3]
		}
	}
	return ""
}
