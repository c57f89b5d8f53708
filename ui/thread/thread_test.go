package thread_test

import (
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/ui/frame"
	"stoke/ui/thread"
)

func TestAGuessIsCalledOne(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 41, 0, 0, time.UTC)
	for _, guessed := range []bool{false, true} {
		p := thread.New(frame.Look{Glyphs: frame.Unicode})
		p.SetSize(80, 20)
		p.SetNow(now)
		p.Show(model.Dossier{Interactions: []model.Interaction{{Kind: model.Mail, Direction: model.In, At: now.Add(-time.Hour), Subject: "Re: Docks", Text: "Tell me more.", Guessed: guessed}}})
		if said := strings.Contains(strings.Join(p.Lines(), "\n"), "by its subject only"); said != guessed {
			t.Errorf("guessed: %v, said: %v\n%s", guessed, said, strings.Join(p.Lines(), "\n"))
		}
	}
}
