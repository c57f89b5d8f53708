package config

import (
	"errors"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/model/sequence"
	"stoke/model/template"
	"stoke/model/text"
)

// Config is everything that a rep can set. It is a value and never changes; a reload reads another.
type Config struct {
	File     string
	Name     string // of the rep, as mails are signed
	Company  string
	Footer   string         // below mails of sequences: how to be left alone, and the postal address
	Zone     *time.Location // nil: not set, the machine's
	Country  string         // of the public holidays, lower-case; "" knows weekends only
	Hours    Hours
	Free     []schedule.Day
	Away     []schedule.Range
	Accounts []Account
	Leads    []model.LeadRule
	Rules    model.Rules
	UI       UI
	Hints    Mistakes // what is no mistake and still worth a word

	themeLine int
}

// Hours are those of a day, since midnight; 0 is not set, schedule's own.
type Hours struct {
	Opens, Closes    time.Duration // the rep's working day
	MailFrom, MailTo time.Duration // planned mail leaves inside it, on the contact's clock
	BestFrom, BestTo time.Duration // and best inside this
}

func (h Hours) settings() schedule.Settings {
	return schedule.Settings{Opens: h.Opens, Closes: h.Closes, WindowFrom: h.MailFrom, WindowTo: h.MailTo, TargetFrom: h.BestFrom, TargetTo: h.BestTo}
}

// UI is how the screen looks. Glyphs and Color are decided: "auto" was settled by the environment where that is possible.
type UI struct {
	Theme  string // "" means the default one
	Glyphs string // "unicode" or "ascii"
	Mouse  bool
	Color  string              // "auto", "always" or "never"
	Keys   map[string][]string // own keys by the id of the action
}

// Default is the config of an empty file.
func Default() Config {
	return Config{Rules: model.DefaultRules(), UI: UI{Glyphs: "unicode", Color: "auto"}}
}

// Parse reads a config. file is its name in sentences; env looks into the environment. The error is a Mistakes with
// everything that is wrong, and the Config then holds what could be read, defaults elsewhere.
func Parse(file string, src []byte, env func(string) string) (Config, error) {
	c := Default()
	c.File = file
	var keys map[string]any
	if _, err := toml.Decode(string(src), &keys); err != nil {
		return c, Mistakes{syntax(file, err)}
	}
	r := &reader{file: file, lines: findLines(strings.TrimPrefix(string(src), "\ufeff"))}
	top := &section{r: r, says: "the config", keys: keys}
	c.rep(top)
	c.calendar(top)
	c.rules(top)
	c.accounts(top)
	c.leads(top)
	c.ui(top, env)
	top.rest()
	c.Hints = c.Hints.sorted()
	if len(r.found) > 0 {
		return c, r.found.sorted()
	}
	return c, nil
}

func syntax(file string, err error) Mistake {
	var p toml.ParseError
	if !errors.As(err, &p) {
		return Mistake{File: file, Text: "This cannot be read as TOML: " + text.Line(err.Error()) + "."}
	}
	return Mistake{File: file, Line: p.Position.Line, Text: "This cannot be read as TOML: " + text.Line(p.Message) + "."}
}

func (c *Config) rep(s *section) {
	s.text("name", &c.Name)
	s.text("company", &c.Company)
	var optOut, address string
	s.lines("opt_out_line", &optOut)
	s.lines("postal_address", &address)
	c.Footer = strings.Trim(optOut+"\n"+address, "\n")
}

func (c *Config) calendar(s *section) {
	var zone string
	if s.text("tz", &zone) && zone != "" {
		at, err := time.LoadLocation(zone)
		if err != nil {
			s.wrong("tz", "there is no time zone %q. Write it like \"Europe/Berlin\" or \"America/New_York\".", zone)
		}
		c.Zone = at
	}
	if s.text("country", &c.Country) {
		c.Country = strings.ToLower(c.Country)
		if _, err := schedule.New(schedule.Settings{Country: c.Country}); err != nil {
			s.wrong("country", "%v.", err)
			c.Country = ""
		}
	}
	c.hours(s)
	c.daysOff(s)
}

// hours reads three spans of a day, one after the other, so that a sentence names the key that is wrong.
func (c *Config) hours(s *section) {
	h := &c.Hours
	for _, span := range []struct {
		first, last string
		from, to    *time.Duration
	}{
		{"opens", "closes", &h.Opens, &h.Closes}, {"mail_from", "mail_to", &h.MailFrom, &h.MailTo}, {"best_from", "best_to", &h.BestFrom, &h.BestTo},
	} {
		s.clock(span.first, span.from)
		s.clock(span.last, span.to)
		if _, err := schedule.New(h.settings()); err != nil {
			key := span.last
			if _, set := s.keys[key]; !set {
				key = span.first
			}
			s.wrong(key, "%v.", err)
			*span.from, *span.to = 0, 0
		}
	}
}

func (c *Config) daysOff(s *section) {
	free, _ := s.words("free")
	for _, words := range free {
		if d, ok := s.day("free", words); ok {
			c.Free = append(c.Free, d)
		}
	}
	away, _ := s.words("away")
	for _, words := range away {
		from, to, ok := strings.Cut(words, "to")
		if !ok {
			from, to, ok = strings.Cut(words, "..")
		}
		if !ok {
			s.wrong("away", "away: %q is no range of days. Write it as \"2026-12-21 to 2027-01-03\".", words)
			continue
		}
		first, ok1 := s.day("away", from)
		last, ok2 := s.day("away", to)
		if !ok1 || !ok2 {
			continue
		}
		away := schedule.Range{From: first, To: last}
		if _, err := schedule.New(schedule.Settings{Away: []schedule.Range{away}}); err != nil {
			s.wrong("away", "%v.", err)
			continue
		}
		c.Away = append(c.Away, away)
	}
}

func (c *Config) ui(top *section, env func(string) string) {
	s := top.sub("ui", "[ui]")
	if s.text("theme", &c.UI.Theme) {
		c.themeLine = s.r.lines.of(s.at("theme"))
	}
	glyphs := "auto"
	s.choice("glyphs", &glyphs, "auto", "unicode", "ascii")
	if glyphs == "auto" {
		glyphs = glyphsOf(env)
	}
	c.UI.Glyphs = glyphs
	s.yes("mouse", &c.UI.Mouse)
	s.choice("color", &c.UI.Color, "auto", "always", "never")
	if _, set := s.keys["color"]; !set && env("NO_COLOR") != "" {
		c.UI.Color = "never" // any value counts (no-color.org)
	}
	s.rest()

	k := top.sub("keys", "[keys]")
	for id := range k.keys {
		one, isText := k.keys[id].(string)
		if isText {
			k.known = append(k.known, id)
			c.bind(id, one)
			continue
		}
		if many, ok := k.words(id); ok {
			c.bind(id, many...)
		}
	}
}

func (c *Config) bind(id string, keys ...string) {
	if c.UI.Keys == nil {
		c.UI.Keys = map[string][]string{}
	}
	c.UI.Keys[id] = keys
}

// glyphsOf is what the locale can show; the first of the three variables that is set decides (POSIX, section 8.2).
func glyphsOf(env func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		locale := strings.ToUpper(env(name))
		if locale == "" {
			continue
		}
		if strings.Contains(locale, "UTF-8") || strings.Contains(locale, "UTF8") {
			return "unicode"
		}
		return "ascii"
	}
	return "unicode" // macOS terminals often set no locale and show everything
}

// CheckTheme tells whether the theme is one of those that there are; the error is a Mistakes.
func (c Config) CheckTheme(known []string) error {
	if c.UI.Theme == "" {
		return nil
	}
	for _, k := range known {
		if k == c.UI.Theme {
			return nil
		}
	}
	return Mistakes{{File: c.File, Line: c.themeLine,
		Text: text.Line("there is no theme \"" + c.UI.Theme + "\"" + meant(c.UI.Theme, known) + " `stoke themes` lists them.")}}
}

// Calendar is the rep's calendar; without a zone it is in UTC.
func (c Config) Calendar() (*schedule.Calendar, error) {
	set := c.Hours.settings()
	set.Zone, set.Country, set.Free, set.Away = c.Zone, c.Country, c.Free, c.Away
	return schedule.New(set)
}

// Rulebook is what decisions are made with. A config without mistakes never fails here.
func (c Config) Rulebook(templates template.Library, sequences sequence.Set) (model.Rulebook, error) {
	calendar, err := c.Calendar()
	if err != nil {
		return model.Rulebook{}, model.Errorf(model.BadConfig, "%s: %w", c.File, err)
	}
	b := model.Rulebook{Rules: c.Rules, Calendar: calendar, Sequences: sequences, Templates: templates, MyCompany: c.Company, Footer: c.Footer, Leads: c.Leads,
		Me: model.Address{Name: c.Name}}
	for i, a := range c.Accounts {
		b.Accounts = append(b.Accounts, a.Name)
		if a.Signature != "" {
			if b.Signatures == nil {
				b.Signatures = map[string]string{}
			}
			b.Signatures[a.Name] = a.Signature
		}
		if len(a.Aliases) > 0 {
			if b.Aliases == nil {
				b.Aliases = map[string][]string{}
			}
			b.Aliases[a.Name] = a.Aliases
		}
		if i == 0 {
			b.Me.Addr = a.Address
		}
	}
	return b, nil
}
