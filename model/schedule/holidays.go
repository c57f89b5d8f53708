package schedule

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/aa"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/au"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/br"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/jp"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/nz"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/us"
)

// known lists the countries whose public holidays are known, in order. Where a country leaves holidays to its regions,
// holidaysOf takes the region of the largest business zone, as ZoneOf does: Zurich, New South Wales, Ontario.
var known = []string{
	"at", "au", "be", "br", "ca", "ch", "de", "dk", "es", "fi", "fr", "gb",
	"ie", "it", "jp", "nl", "no", "nz", "pl", "pt", "se", "us",
}

// meant maps what people write for a country, and countries without a list, to the code that helps them.
var meant = map[string]string{
	"uk": "gb", "en": "gb", "england": "gb", "britain": "gb", "scotland": "gb", "wales": "gb", "gbr": "gb",
	"usa": "us", "america": "us", "en-us": "us", "ger": "de", "deu": "de", "germany": "de", "deutschland": "de",
	"austria": "at", "aut": "at", "switzerland": "ch", "sui": "ch", "che": "ch", "sw": "se", "sv": "se", "sweden": "se", "swe": "se",
	"da": "dk", "denmark": "dk", "norway": "no", "nb": "no", "spain": "es", "esp": "es", "france": "fr", "fra": "fr",
	"italy": "it", "ita": "it", "netherlands": "nl", "holland": "nl", "nld": "nl", "belgium": "be", "ireland": "ie",
	"poland": "pl", "pol": "pl", "portugal": "pt", "finland": "fi", "japan": "jp", "jpn": "jp", "ja": "jp",
	"brazil": "br", "brasil": "br", "canada": "ca", "can": "ca", "australia": "au", "aus": "au", "new zealand": "nz", "nzl": "nz",
}

func holidaysOf(country string) ([]*cal.Holiday, error) {
	switch code := strings.ToLower(strings.TrimSpace(country)); code {
	case "":
		return nil, nil
	case "at":
		return at.Holidays, nil
	case "au":
		return au.HolidaysNSW, nil
	case "be":
		return be.Holidays, nil
	case "br":
		return br.Holidays, nil
	case "ca":
		return ontario(), nil
	case "ch":
		return ch.HolidaysZH, nil
	case "de":
		return de.Holidays, nil
	case "dk":
		return dk.Holidays, nil
	case "es":
		return es.Holidays, nil
	case "fi":
		return finland(), nil
	case "fr":
		return fr.Holidays, nil
	case "gb":
		return gb.Holidays, nil
	case "ie":
		return ie.Holidays, nil
	case "it":
		return it.Holidays, nil
	case "jp":
		return jp.Holidays, nil
	case "nl":
		return nl.Holidays, nil
	case "no":
		return no.Holidays, nil
	case "nz":
		return nz.Holidays, nil
	case "pl":
		return append(slices.Clone(pl.Holidays), fixed(time.December, 24, 2025)), nil // Christmas Eve is a public holiday since 2025
	case "pt":
		return portugal(), nil
	case "se":
		return se.Holidays, nil
	case "us":
		return us.Holidays, nil
	default:
		return nil, unknownCountry(code)
	}
}

func unknownCountry(code string) error {
	hint := ""
	if near := nearCountries(code); len(near) > 0 {
		hint = "did you mean " + strings.Join(near, " or ") + "? "
	}
	return fmt.Errorf("no public holidays known for country %q: %sknown are %s; leave it empty for weekends only",
		code, hint, strings.Join(known, ", "))
}

// nearCountries gives the code that the word stands for, else those that share its first or its second letter.
func nearCountries(word string) []string {
	if code, ok := meant[word]; ok {
		return []string{code}
	}
	var near []string
	for _, code := range known {
		if len(word) == 2 && (code[0] == word[0] || code[1] == word[1]) {
			near = append(near, code)
		}
	}
	return near
}

// ontario follows the Employment Standards Act, 2000; the library's list for Canada mixes the provinces.
func ontario() []*cal.Holiday {
	familyDay := &cal.Holiday{Month: time.February, Weekday: time.Monday, Offset: 3, StartYear: 2008, Func: cal.CalcWeekdayOffset}
	return []*cal.Holiday{
		ca.NewYear, familyDay, ca.GoodFriday, ca.VictoriaDay, ca.CanadaDay, ca.LabourDay, ca.ThanksgivingDay,
		ca.ChristmasDay, ca.BoxingDay,
	}
}

// finland follows the act on public holidays; Midsummer Eve and Christmas Eve are days off in nearly every trade.
func finland() []*cal.Holiday {
	midsummerEve := &cal.Holiday{Month: time.June, Day: 19, Weekday: time.Friday, Offset: 1, Func: cal.CalcWeekdayFrom}
	return []*cal.Holiday{
		aa.NewYear, aa.Epiphany, aa.GoodFriday, aa.EasterMonday, aa.WorkersDay, aa.AscensionDay, midsummerEve,
		fixed(time.December, 6, 0), fixed(time.December, 24, 0), aa.ChristmasDay, aa.ChristmasDay2,
	}
}

// portugal follows article 234 of the labour code.
func portugal() []*cal.Holiday {
	return []*cal.Holiday{
		aa.NewYear, aa.GoodFriday, fixed(time.April, 25, 0), aa.WorkersDay, aa.CorpusChristi, fixed(time.June, 10, 0),
		aa.AssumptionOfMary, fixed(time.October, 5, 0), aa.AllSaintsDay, fixed(time.December, 1, 0),
		aa.ImmaculateConception, aa.ChristmasDay,
	}
}

func fixed(m time.Month, day, since int) *cal.Holiday {
	return &cal.Holiday{Month: m, Day: day, StartYear: since, Func: cal.CalcDayOfMonth}
}
