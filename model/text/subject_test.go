package text_test

import (
	"testing"

	"stoke/model/text"
)

func TestASubjectIsKnownWithoutItsMarks(t *testing.T) {
	for subject, want := range map[string]struct {
		bare           string
		marked, passed bool
	}{
		"Rotas":                      {"Rotas", false, false},
		"Re: Rotas":                  {"Rotas", true, false},
		" AW : Re: SV:Rotas ":        {"Rotas", true, false},
		"Fwd: Re: Rotas":             {"Rotas", true, true},
		"Re: WG: Rotas":              {"Rotas", true, false},
		"DOORST: Rota's":             {"Rota's", true, true},
		"VS: Tarjous":                {"Tarjous", true, false},
		"Regarding: Rotas":           {"Regarding: Rotas", false, false},
		"re":                         {"re", false, false},
		"Re:":                        {"", true, false},
		"":                           {"", false, false},
		"   re                :Rota": {"re                :Rota", false, false},
	} {
		bare, marked := text.BareSubject(subject)
		if passed := text.PassedOn(subject); bare != want.bare || marked != want.marked || passed != want.passed {
			t.Errorf("%q: %q, %v, passed on %v", subject, bare, marked, passed)
		}
	}
}
