package signal_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stoke/model/signal"
)

// peoplePieces are the pieces of testdata/people.txt by their language and place.
func peoplePieces(t *testing.T) map[string][]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "people.txt"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	section := ""
	for line := range strings.Lines(string(raw)) {
		switch line = strings.TrimSpace(line); {
		case line == "", strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			section = strings.Trim(line, "[]")
		default:
			out[section] = append(out[section], strings.ReplaceAll(line, `\n`, "\n"))
		}
	}
	return out
}

// TestPeopleAreNeverTakenForAnythingElse puts 2,000 mails together from what people write and what their programs add. A
// reply that is called an opt-out, an automatic answer, a bounce or a refusal costs a deal (RELIABILITY, "Classifying").
func TestPeopleAreNeverTakenForAnythingElse(t *testing.T) {
	const mails = 2000
	pieces := peoplePieces(t)
	clients := slices.Concat(readPieces(t, "dev"), readPieces(t, "held"))
	languages := []string{"en", "es", "fr", "de", "pt", "sv", "nl"}
	random := rand.New(rand.NewPCG(20261123, 7))
	wrong := map[string]int{} // what was misread, by its reason and pieces
	misread := 0
	for n := range mails {
		language := languages[n%len(languages)]
		pick := func(place string) string {
			all := pieces[language+" "+place]
			if len(all) == 0 {
				t.Fatalf("nothing for %s %s", language, place)
			}
			return all[random.IntN(len(all))]
		}
		bodies := slices.Clone(pieces[language+" body"])
		random.Shuffle(len(bodies), func(a, b int) { bodies[a], bodies[b] = bodies[b], bodies[a] })
		said := bodies[:1+random.IntN(3)]
		gap := []string{"\n", "\n\n", " "}[random.IntN(3)]
		words := strings.Join(said, gap)
		if random.IntN(4) > 0 {
			words = pick("greeting") + "\n\n" + words
		}
		if random.IntN(4) > 0 {
			words += "\n\n" + pick("close")
		}
		s := written(piece{body: words, want: map[string]string{"kind": "human"}}, clients[random.IntN(len(clients))])
		raw := string(s.raw)
		if random.IntN(2) == 0 {
			raw = strings.Replace(raw, "Subject: Re: The two numbers you asked for", "Subject: "+pick("subject"), 1)
		}
		v := explain(t, []byte(raw))
		if v.Kind != signal.Human || v.Refusal || v.NotNow || v.Meeting.Act != "" {
			misread++
			wrong[fmt.Sprintf("%s refusal=%v not now=%v: %s", v.Kind, v.Refusal, v.NotNow, v.Reason)+"\n      "+strings.Join(said, "\n      ")]++
		}
	}
	t.Logf("%d of %d mails misread", misread, mails)
	shown := 0
	for what, n := range wrong {
		if shown++; shown <= 40 {
			t.Errorf("%d × %s", n, what)
		}
	}
}

func readPieces(t *testing.T, half string) []piece {
	t.Helper()
	return pieces(t, filepath.Join("testdata", half, "clients.txt"))
}
