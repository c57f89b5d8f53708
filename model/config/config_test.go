package config_test

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/coach"
	"stoke/model/config"
	"stoke/model/schedule"
	"stoke/model/sequence"
	"stoke/model/template"
)

func env(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func parse(t *testing.T, src string, pairs ...string) config.Config {
	t.Helper()
	c, err := config.Parse("config.toml", []byte(src), env(pairs...))
	if err != nil {
		t.Fatalf("mistakes in a good config:\n%v", err)
	}
	return c
}

const account = `
[[account]]
address = "robin@acme.example"
imap.host = "imap.acme.example"
smtp.host = "smtp.acme.example"
password_env = "P"
`

func TestAnEmptyFileIsAValidConfigWithoutAccount(t *testing.T) {
	c := parse(t, "")
	if len(c.Accounts) != 0 || !reflect.DeepEqual(c.Rules, model.DefaultRules()) {
		t.Errorf("an empty file gave %+v", c)
	}
	b, err := c.Rulebook(template.Library{}, sequence.Set{})
	if err != nil || b.Calendar == nil || b.Calendar.Zone() != time.UTC {
		t.Errorf("no rulebook out of it: %v, %v", b, err)
	}
}

func TestTheExampleIsValidAndShowsTheDefaults(t *testing.T) {
	plain := parse(t, config.Example())
	if len(plain.Accounts) != 1 || plain.Name != "Robin Field" {
		t.Fatalf("the example has no account: %+v", plain)
	}
	all := regexp.MustCompile(`(?m)^# ([a-z_-]+ +=)`).ReplaceAllString(config.Example(), "$1")
	all = strings.Replace(all, "password_env ", "# password_env ", 1) // one secret is enough
	full := parse(t, all)
	if !reflect.DeepEqual(full.Rules, model.DefaultRules()) {
		t.Errorf("the example's numbers are not the defaults:\n%+v\n%+v", full.Rules, model.DefaultRules())
	}
	if full.Country != "nl" || len(full.Away) != 1 || full.Zone.String() != "Europe/Amsterdam" {
		t.Errorf("the uncommented example lost something: %+v", full)
	}
}

func TestWhatAnAccountLeavesOutFollows(t *testing.T) {
	c := parse(t, `name = "Robin Field"`+account)
	want := config.Account{
		Name: "robin@acme.example", Address: "robin@acme.example", FromName: "Robin Field", User: "robin@acme.example",
		IMAP:        config.Server{Host: "imap.acme.example", Port: 993, Security: config.TLS},
		SMTP:        config.Server{Host: "smtp.acme.example", Port: 465, Security: config.TLS},
		PasswordEnv: "P", SentCopy: "auto", FirstSyncDays: 90,
	}
	if !reflect.DeepEqual(c.Accounts[0], want) {
		t.Errorf("got  %+v\nwant %+v", c.Accounts[0], want)
	}
	b, err := c.Rulebook(template.Library{}, sequence.Set{})
	if err != nil || b.Me.Addr != "robin@acme.example" || b.Me.Name != "Robin Field" || len(b.Accounts) != 1 {
		t.Errorf("the rulebook does not know the rep: %+v, %v", b, err)
	}
}

func TestPortAndSecurityFollowEachOther(t *testing.T) {
	for _, c := range []struct {
		smtp string
		want config.Server
	}{
		{`{ host = "s.example", port = 587 }`, config.Server{Host: "s.example", Port: 587, Security: config.StartTLS}},
		{`{ host = "s.example", port = 25 }`, config.Server{Host: "s.example", Port: 25, Security: config.StartTLS}},
		{`{ host = "s.example", port = 2465 }`, config.Server{Host: "s.example", Port: 2465, Security: config.TLS}},
		{`{ host = "s.example", security = "starttls" }`, config.Server{Host: "s.example", Port: 587, Security: config.StartTLS}},
		{`{ host = "127.0.0.1", port = 2525, security = "none" }`, config.Server{Host: "127.0.0.1", Port: 2525, Security: config.None}},
		{`{ host = "::1", port = 2525, security = "none" }`, config.Server{Host: "::1", Port: 2525, Security: config.None}},
	} {
		got := parse(t, "[[account]]\naddress = \"a@b.example\"\npassword_env = \"P\"\nsmtp = "+c.smtp).Accounts[0]
		if got.SMTP != c.want {
			t.Errorf("%s: got %+v", c.smtp, got.SMTP)
		}
	}
}

func TestMistakesAreNamedWithTheirLine(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"unknown key", "nam = \"R\"", `config.toml:1: there is no key "nam" in the config; did you mean "name"?`},
		{"unknown key far from all", "\nzzzzzzzz = 1", `config.toml:2: there is no key "zzzzzzzz" in the config. There are: account, away, best_from, best_to, closes, coach, company, country, free, heat, keys, lead, mail_from, mail_to, name, opens, opt_out_line, outbox, postal_address, retire, rules, tz, ui.`},
		{"a lead rule without a sender", "name = \"R\"\n[[lead]]\nkind = \"demo\"", `config.toml:2: this lead rule has no sender. Add from = "forms@company.example", or "@company.example" for all of a domain.`},
		{"a lead rule of no address", "[[lead]]\nfrom = \"forms\"", `config.toml:2: "forms" is no mail address. Write it as "you@company.example".`},
		{"a lead rule for everything", "[[lead]]\nfrom = \"@acme.example\"", `config.toml:2: a lead rule for all of @acme.example needs a subject, or every mail from there would be a form. Add subject = "words of it".`},
		{"a lead rule of no kind", "[[lead]]\nfrom = \"f@acme.example\"\nkind = \"offer\"", `config.toml:3: kind cannot be "offer": it is "inquiry", "demo", "pricing" or "download".`},
		{"a key of a lead rule", "[[lead]]\nfrom = \"f@acme.example\"\nsubjcet = \"x\"", `config.toml:3: there is no key "subjcet" in [[lead]]; did you mean "subject"?`},
		{"unknown table", "[rulez]\n", `config.toml:1: there is no key "rulez" in the config; did you mean "rules"?`},
		{"key in a table", "[rules]\n# x\nnurtur_days = 3", `config.toml:3: there is no key "nurtur_days" in [rules]; did you mean "nurture_days"?`},
		{"wrong type", "[rules]\nnurture_days = \"3\"", `config.toml:2: nurture_days must be a whole number, not a text.`},
		{"out of bounds", "[rules]\nnurture_days = 0", `config.toml:2: nurture_days is 0; 1 to 3650 are possible.`},
		{"no length of time", "[rules]\ninquiry_hour = \"one hour\"", `config.toml:2: inquiry_hour: "one hour" is no length of time. Write "8s", "5m", "4h" or "7d".`},
		{"length out of bounds", "[outbox]\nundo_window = \"2h\"", `config.toml:2: undo_window is 2h; 0s to 1h are possible.`},
		{"hot below warm", "[heat]\nhot_from = 20", `config.toml:1: warm_from is 25 and hot_from 20; hot must be more than warm.`},
		{"zone", `tz = "Europe/Berlim"`, `config.toml:1: there is no time zone "Europe/Berlim". Write it like "Europe/Berlin" or "America/New_York".`},
		{"hour", `opens = "8.30"`, `config.toml:1: opens: "8.30" is no hour. Write it as "08:30".`},
		{"hours the wrong way", "opens = \"17:00\"\ncloses = \"09:00\"", `config.toml:2: working hours from 17:00 to 09:00: the first must be earlier, both inside one day.`},
		{"mail hours the wrong way", "mail_from = \"17:00\"\nmail_to = \"09:00\"", `config.toml:2: send window from 17:00 to 09:00: the first must be earlier, both inside one day.`},
		{"best hours outside", "opens = \"10:00\"\nbest_from = \"07:00\"", `config.toml:2: target hours from 07:00 to 11:30 must lie inside the send window, 08:30 to 17:00.`},
		{"the coach's aims the wrong way", "[coach]\nopener_least = 60", `config.toml:2: opener_least is 60 and opener_most 50; the least cannot be more than the most.`},
		{"grades the wrong way", "[coach]\ngrade_warn = 4", `config.toml:2: grade_good, grade_warn and grade_red are 5, 4 and 10; each must be at least the one before.`},
		{"away", `away = ["next week"]`, `config.toml:1: away: "next week" is no range of days. Write it as "2026-12-21 to 2027-01-03".`},
		{"free", `free = ["xmas"]`, `config.toml:1: free: "xmas" is no day. Write it as "2026-12-24".`},
		{"choice", "[ui]\nglyphs = \"asci\"", `config.toml:2: glyphs cannot be "asci": it is "auto", "unicode" or "ascii"; did you mean "ascii"?`},
		{"no address", "[[account]]\nsmtp.host = \"s.example\"\npassword_env = \"P\"", `config.toml:1: this account has no address. Add address = "you@company.example".`},
		{"bad address", strings.Replace(account, "robin@acme", "Robin <robin@acme", 1), `config.toml:3: "Robin <robin@acme.example" is no mail address. Write it as "you@company.example".`},
		{"no smtp", "[[account]]\naddress = \"a@b.example\"\nimap.host = \"i.example\"\npassword_env = \"P\"", `config.toml:1: the account a@b.example has no smtp server to send through. Add smtp.host = "smtp.company.example".`},
		{"clear text to a stranger", account + "smtp.security = \"none\"", `config.toml:7: security = "none" is possible only for a server on this machine, not for "smtp.acme.example".`},
		{"no password", strings.Replace(account, "password_env", "# password_env", 1), `config.toml:2: the account robin@acme.example has no password. Add keyring = true and run ` + "`stoke login robin@acme.example`" + `, or password_command = ["pass", "show", "mail/work"], or password_env.`},
		{"two passwords", account + "password_command = [\"pass\"]", `config.toml:7: password_command and password_env are both set. Keep one.`},
		{"command as text", strings.Replace(account, "password_env = \"P\"", "password_command = \"pass show\"", 1), `config.toml:6: password_command must be a list, like ["one", "two"], not a text.`},
		{"plain password", strings.Replace(account, "password_env", "password", 1), `config.toml:6: a password stands here in plain text. Use password_command or password_env, or set allow_plaintext = true.`},
		{"second account's key", account + "[[account]]\naddress = \"b@b.example\"\nsmtp.host = \"s.example\"\npassword_env = \"P\"\nhots = 1", `config.toml:11: there is no key "hots" in [[account]]. There are: address, aliases, allow_plaintext, ca_file, first_sync_days, from_name, html, imap, keyring, mechanism, name, oauth, password, password_command, password_env, preset, sent_copy, sent_folder, signature, smtp, token_command, user.`},
		{"twice the same", account + account, `config.toml:8: two accounts are called "robin@acme.example". Give each its own name.` + "\n" + `config.toml:9: robin@acme.example belongs to two accounts.`},
		{"a table of the account", "[[account]]\naddress = \"a@b.example\"\npassword_env = \"P\"\n[account.smtp]\nhost = \"s.example\"\nprot = 25", `config.toml:6: there is no key "prot" in [account.smtp]; did you mean "port"?`},
		{"[account] instead of [[account]]", strings.Replace(account, "[[account]]", "[account]", 1) + "imap.prot = 1", `config.toml:7: there is no key "prot" in [account.imap]; did you mean "port"?`},
		{"not TOML", "name = \"R\"\ncompany = ", `config.toml:2: This cannot be read as TOML: `},
		{"retry shrinks", "[outbox]\nretry = [\n \"1h\", # long\n \"5m\"]", `config.toml:2: retry must grow: "5m" comes after a longer one.`},
		{"hostile", "\"\\u001b]0;x\\u0007\" = 1", `config.toml:1: there is no key "\x1b]0;x\a" in the config. There are: account, away, best_from, best_to, closes, coach, company, country, free, heat, keys, lead, mail_from, mail_to, name, opens, opt_out_line, outbox, postal_address, retire, rules, tz, ui.`},
		{"after a multi-line string", "name = \"\"\"\n[x]\ny = 1\n\"\"\"\ncompani = \"\"", `config.toml:5: there is no key "compani" in the config; did you mean "company"?`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := config.Parse("config.toml", []byte(c.src), env())
			if err == nil {
				t.Fatal("the mistake was not seen")
			}
			got := err.Error()
			if strings.HasSuffix(c.want, ": ") {
				got = got[:min(len(got), len(c.want))]
			}
			if got != c.want {
				t.Errorf("\ngot  %s\nwant %s", got, c.want)
			}
			if model.CodeOf(err) != model.BadConfig {
				t.Errorf("its code is %q", model.CodeOf(err))
			}
		})
	}
}

func TestAllMistakesComeAtOnceInTheOrderOfTheFile(t *testing.T) {
	_, err := config.Parse("c.toml", []byte("tz = \"Nowhere\"\n[[account]]\naddress = \"x\"\n[ui]\nmouse = 1\n[heat]\npin_days = 0\n[heat.points]\ndmeo = 1\n"), env())
	var found config.Mistakes
	if !errors.As(err, &found) {
		t.Fatalf("no mistakes but %v", err)
	}
	var at []int
	for _, m := range found {
		at = append(at, m.Line)
	}
	if want := []int{1, 2, 3, 5, 7, 9}; !reflect.DeepEqual(at, want) {
		t.Errorf("mistakes on lines %v, want %v:\n%v", at, want, err)
	}
}

// "Every number is a default in one place in the code, can be changed in the config": each key of the example changes
// something, and together they reach every field.
func TestEveryNumberHasAKey(t *testing.T) {
	numbers := map[string]bool{"": true, "[rules]": true, "[heat]": true, "[heat.points]": true, "[outbox]": true, "[retire]": true, "[coach]": true}
	key := regexp.MustCompile(`^# ([a-z_-]+) *= (.*)$`)
	hour := regexp.MustCompile(`^"\d\d:\d\d"`)
	section, reached := "", map[string]bool{}
	for line := range strings.Lines(config.Example()) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			section, _, _ = strings.Cut(line, " ")
		}
		found := key.FindStringSubmatch(line)
		if !numbers[section] || found == nil || section == "" && !hour.MatchString(found[2]) {
			continue
		}
		c := parse(t, section+"\n"+found[1]+" = "+another(found[2]))
		before := len(reached)
		differ(reflect.ValueOf(c.Rules), reflect.ValueOf(model.DefaultRules()), "", reached)
		differ(reflect.ValueOf(c.Hours), reflect.ValueOf(config.Hours{}), "", reached)
		if len(reached) == before && section != "[heat.points]" && section != "[retire]" { // whose values are one field
			t.Errorf("%s %s changes nothing", section, found[1])
		}
	}
	for _, all := range []any{model.Rules{}, config.Hours{}, coach.Aims{}} {
		for _, field := range reflect.VisibleFields(reflect.TypeOf(all)) {
			if !reached[field.Name] && field.Name != "Coach" {
				t.Errorf("no key of the config reaches %T.%s", all, field.Name)
			}
		}
	}
}

// another is a value whose last number is one more.
func another(value string) string {
	value, _, _ = strings.Cut(value, "#")
	all := regexp.MustCompile(`\d+`).FindAllStringIndex(value, -1)
	last := all[len(all)-1]
	n, _ := strconv.Atoi(value[last[0]:last[1]])
	return value[:last[0]] + fmt.Sprintf("%0*d", last[1]-last[0], n+1) + value[last[1]:]
}

func differ(a, b reflect.Value, name string, reached map[string]bool) {
	if a.Kind() == reflect.Struct {
		for i := range a.NumField() {
			differ(a.Field(i), b.Field(i), a.Type().Field(i).Name, reached)
		}
	} else if !reflect.DeepEqual(a.Interface(), b.Interface()) {
		reached[name] = true
	}
}

func TestEveryNumberCanBeChanged(t *testing.T) {
	c := parse(t, "[heat]\nhalf_life_days = 7\n[heat.points]\ndemo = 70.5\nbusy = 1\n[outbox]\nlooks = [\"0s\", \"2m\"]\n[retire]\nno-answer = 0\nlost = 365\n[rules]\ninquiry_hour = \"2h\"")
	r := c.Rules
	if r.HalfLife != 7*24*time.Hour || r.Points[model.Demo] != 70.5 || r.Points[model.Busy] != 1 || r.Points[model.Mail] != 40 ||
		len(r.Looks) != 2 || r.InquiryHour != 2*time.Hour || r.RetireDays[model.ReasonLost] != 365 {
		t.Errorf("a number did not arrive: %+v", r)
	}
	if _, comes := r.RetireDays[model.ReasonNoAnswer]; comes {
		t.Error("0 days still brings the contact back")
	}
	if model.DefaultRules().RetireDays[model.ReasonNoAnswer] != 90 {
		t.Error("the defaults were changed")
	}
}

func TestCalendarComesFromTheConfig(t *testing.T) {
	c := parse(t, "tz = \"Europe/Berlin\"\ncountry = \"DE\"\nopens = \"09:00\"\ncloses = \"18:00\"\nfree = [2026-12-24]\naway = [\"2027-02-01 to 2027-02-05\", \"2027-03-01..2027-03-02\"]")
	calendar, err := c.Calendar()
	if err != nil {
		t.Fatal(err)
	}
	at := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 12, 0, 0, 0, calendar.Zone()) }
	for day, works := range map[time.Time]bool{at(2026, 12, 23): true, at(2026, 12, 24): false, at(2026, 12, 25): false,
		at(2027, 2, 3): false, at(2027, 3, 2): false, at(2027, 3, 3): true} {
		if calendar.Workday(day) != works {
			t.Errorf("%s: a business day is %v", day.Format(time.DateOnly), !works)
		}
	}
	if got := calendar.Opening(at(2026, 12, 23)).Hour(); got != 9 {
		t.Errorf("opens at %d", got)
	}
	if want := (schedule.Day{Year: 2026, Month: 12, Day: 24}); c.Free[0] != want {
		t.Errorf("free day %v", c.Free[0])
	}
}

func TestTheEnvironmentSettlesGlyphsAndColor(t *testing.T) {
	for _, c := range []struct {
		src           string
		env           []string
		glyphs, color string
	}{
		{"", nil, "unicode", "auto"},
		{"", []string{"LANG", "C"}, "ascii", "auto"},
		{"", []string{"LANG", "C", "LC_ALL", "en_US.UTF-8"}, "unicode", "auto"},
		{"[ui]\nglyphs = \"unicode\"", []string{"LANG", "C"}, "unicode", "auto"},
		{"", []string{"NO_COLOR", "yes"}, "unicode", "never"},
		{"[ui]\ncolor = \"always\"", []string{"NO_COLOR", "1"}, "unicode", "always"},
	} {
		got := parse(t, c.src, c.env...).UI
		if got.Glyphs != c.glyphs || got.Color != c.color {
			t.Errorf("%q with %v: %s, %s", c.src, c.env, got.Glyphs, got.Color)
		}
	}
}

func TestThemeAndKeys(t *testing.T) {
	c := parse(t, "\n[ui]\ntheme = \"drak\"\n[keys]\nsnooze = [\"s\", \"h\"]\ndone = \"e\"")
	err := c.CheckTheme([]string{"terminal", "dark", "light"})
	if err == nil || err.Error() != "config.toml:3: there is no theme \"drak\"; did you mean \"dark\"? `stoke themes` lists them." {
		t.Errorf("got %v", err)
	}
	if c.CheckTheme([]string{"drak"}) != nil || parse(t, "").CheckTheme(nil) != nil {
		t.Error("a good theme is refused")
	}
	want := map[string][]string{"snooze": {"s", "h"}, "done": {"e"}}
	if !reflect.DeepEqual(c.UI.Keys, want) {
		t.Errorf("keys %v", c.UI.Keys)
	}
}

func TestHintsAreNoMistakes(t *testing.T) {
	c := parse(t, "[[account]]\naddress = \"a@b.example\"\nsmtp.host = \"s.example\"\npassword = \" x \"\nallow_plaintext = true")
	if len(c.Hints) != 3 || !c.PlainPassword() || c.Accounts[0].Password != " x " {
		t.Errorf("hints %v, account %+v", c.Hints, c.Accounts[0])
	}
}

func FuzzParse(f *testing.F) {
	f.Add(config.Example())
	f.Add(account)
	f.Add("[[account]]\n[account.imap]\nhost='''x\n'''''\n\"a.b\".c = [ {x=1}, # ]\n]\n[heat.points]\n'x' = 1")
	f.Fuzz(func(t *testing.T, src string) {
		c, err := config.Parse("f.toml", []byte(src), env())
		if err != nil {
			var found config.Mistakes
			if !errors.As(err, &found) || len(found) == 0 {
				t.Fatalf("no mistakes but %v", err)
			}
			lines := strings.Count(src, "\n") + 1
			for _, m := range found {
				if m.Line < 0 || m.Line > lines || m.Text == "" || strings.ContainsAny(m.Text, "\n\r\x1b\x00") {
					t.Fatalf("a mistake that cannot be shown: %q", m.String())
				}
			}
			return
		}
		if _, err := c.Rulebook(template.Library{}, sequence.Set{}); err != nil {
			t.Fatalf("a config without mistakes gives no rulebook: %v", err)
		}
	})
}
