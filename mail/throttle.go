package mail

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// throttle is a provider's wish for a pause, and how the rep is told.
type throttle struct {
	wait  time.Duration
	whole bool   // from the account, not only for this mail
	says  string // behind the server's name
}

// longestPause bounds what a server may ask for.
const longestPause = 24 * time.Hour

// The pauses, where the server names none. A daily limit runs over the last 24 hours, so that it frees
// itself bit by bit; asking again every four hours is no hammering.
const (
	pauseShort   = 15 * time.Minute
	pauseLogIns  = time.Hour
	pauseDaily   = 4 * time.Hour
	pauseBlocked = 24 * time.Hour
)

const (
	saysSlow    = "wants mail more slowly"
	saysRcpt    = "says that this recipient gets too much mail just now"
	saysDaily   = "takes no more mail from this account for now: its limit is reached"
	saysLogIns  = "had too many log-ins from this account and wants a pause"
	saysBlocked = "has blocked this account from sending. Sign in with a browser and see what it wants, then press R"
)

// limits are the answers of the big providers that mean "later", by enhanced status (RFC 3463) and what
// is said. The first that fits counts; "" fits all. Sources: support.google.com/a/answer/3221692 (Gmail),
// learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online and the
// STOREDRV answers of Exchange Online, zoho.com/mail/help/usage-policy.html, postmaster pages of Yahoo.
var limits = []struct {
	status, said string
	throttle
}{
	{"4.2.1", "too quickly", throttle{pauseShort, false, saysRcpt}},
	{"4.2.1", "rate", throttle{pauseShort, false, saysRcpt}},
	{"4.7.0", "login attempts", throttle{pauseLogIns, true, saysLogIns}},
	{"5.4.5", "", throttle{pauseDaily, true, saysDaily}},
	{"4.4.5", "limit", throttle{pauseDaily, true, saysDaily}},
	{"", "submission quota", throttle{pauseDaily, true, saysDaily}},
	{"", "submissionquotaexceeded", throttle{pauseDaily, true, saysDaily}},
	{"5.7.232", "", throttle{pauseDaily, true, saysDaily}},
	{"5.7.233", "", throttle{pauseDaily, true, saysDaily}},
	{"5.7.236", "", throttle{pauseDaily, true, saysDaily}},
	{"4.3.2", "thread limit", throttle{time.Minute, true, saysSlow}},
	{"4.3.2", "concurrent connections", throttle{time.Minute, true, saysSlow}},
	{"5.4.6", "unusual sending activity", throttle{pauseDaily, true, saysBlocked}},
	{"5.1.8", "outbound sender", throttle{pauseBlocked, true, saysBlocked}},
	{"", "actual verdict is", throttle{pauseBlocked, true, saysBlocked}},
	{"5.7.501", "", throttle{pauseBlocked, true, saysBlocked}},
	{"5.7.502", "", throttle{pauseBlocked, true, saysBlocked}},
	{"5.7.503", "", throttle{pauseBlocked, true, saysBlocked}},
	{"", "outgoing blocked", throttle{pauseBlocked, true, saysBlocked}},
	{"4.7.28", "", throttle{pauseShort, true, saysSlow}},
	{"4.7.500", "", throttle{pauseShort, true, saysSlow}},
}

// lazily compiles an expression when it is first met: most starts meet no refusal, and each costs them time.
func lazily(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

var (
	// ofOurs are limits of the sender in words that many servers use. A size and a recipient's full
	// mailbox are limits, too, and no reason to hold anything else.
	ofOurs  = lazily(`(?:dai?ly|hourly|sending|sender|outgoing|submission|message rate|sent (?:messages?|mails?)|rate) ?(?:e?-?mail |messages? |user |recipient )*(?:sending |rate )?(?:limit|quota)|(?:limit|quota) (?:of|on|for) (?:sent|outgoing|messages?|mails?|recipients)|too many (?:recent )?(?:messages|e?-?mails|recipients) (?:sent|today|in)|rate.?limit`)
	notOurs = lazily(`size|too (?:large|big)|mailbox (?:is )?full|over ?quota|storage`)
	tryIn   = lazily(`(?:try|retry|wait|available|again)[a-z ]{0,30}? (?:in|after|for) (?:about )?(\d{1,5}) ?(s|sec|second|m|min|minute|h|hour)s?\b`)
)

// throttled tells whether an answer asks for a pause, and for which.
func throttled(e *Error) (throttle, bool) {
	if e.Code < 400 || e.Code == 530 || e.Code == 534 || e.Code == 535 || e.Code == 538 {
		return throttle{}, false
	}
	said := strings.ToLower(e.Words)
	t, ok := throttle{pauseShort, true, saysSlow}, e.Status == "4.7.0" && (e.Code == 421 || e.Code == 454)
	for _, l := range limits {
		if (l.status == "" || l.status == e.Status) && strings.Contains(said, l.said) {
			t, ok = l.throttle, true
			break
		}
	}
	if !ok && ofOurs().MatchString(said) && !notOurs().MatchString(said) {
		t, ok = throttle{pauseShort, true, saysSlow}, true
		if e.Code >= 500 || strings.Contains(said, "dai") || strings.Contains(said, "24 h") {
			t = throttle{pauseDaily, true, saysDaily}
		}
	}
	if m := tryIn().FindStringSubmatch(said); m != nil && (ok || e.Code < 500) {
		if !ok {
			t, ok = throttle{says: saysSlow}, true
		}
		t.wait = spanOf(m[1], m[2])
	}
	return t, ok
}

// spanOf is what a server named, between a minute and a day.
func spanOf(number, unit string) time.Duration {
	n, err := strconv.Atoi(number)
	if err != nil {
		return pauseShort
	}
	d := time.Duration(n) * map[byte]time.Duration{'s': time.Second, 'm': time.Minute, 'h': time.Hour}[unit[0]]
	return min(max(d, time.Minute), longestPause)
}
