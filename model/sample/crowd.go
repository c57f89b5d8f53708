package sample

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"stoke/model"
)

var (
	firsts    = strings.Fields("Amara Bela Cato Dario Edda Farid Gina Hasse Ilse Jorn Kira Lior Mona Nils Orla Pavel Quinn Rosa Sven Tilda Ugo Vera Wim Xenia Yara Zeno")
	lasts     = strings.Fields("Arden Bruun Calder Dorn Egede Falk Garrow Hollis Ivens Jarno Kessel Lorne Maas Nyman Orde Prost Quist Rask Solberg Thorne Ulm Varga Wendel Yorke Zander")
	trades    = strings.Fields("Freight Foods Print Textil Clinic Hotels Glass Timber Motors Studio Bakery Energy Travel Media Garden Marine")
	countries = strings.Fields("DE GB FR NL SE US IE AT")
	subjects  = []string{"Rota for the weekend", "Shift swaps", "Two depots", "A plan for spring", "Seats and prices"}
)

// stranger is a person made from chance: one of a crowd that only has to be large and plausible.
func stranger(r *rand.Rand, n int) person {
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	first, last := pick(firsts), pick(lasts)
	company := pick(lasts) + " " + pick(trades)
	host := strings.ToLower(strings.ReplaceAll(company, " ", "-")) + ".example"
	kind, age := r.IntN(6), 3+r.IntN(25)
	return person{
		name: first + " " + last, company: company, country: pick(countries), subject: pick(subjects),
		email: fmt.Sprintf("%s.%s.%d@%s", strings.ToLower(first), strings.ToLower(last), n, host),
		lived: func(l *life) {
			hour := 8 + r.Float64()*8
			switch kind {
			case 0:
				l.writes("Could you send me the price for two teams?", l.daysAgo(age, hour))
				l.gets("Gladly. Is it for one place or for two?", l.daysAgo(age-1, hour))
			case 1:
				l.logs(model.Download, "downloaded the guide", l.daysAgo(age, hour))
			case 2:
				l.does(model.Enrol{Sequence: "sales"}, l.daysAgo(age, hour))
				l.gets("You plan by hand, if I read your advert right. Is that so?", l.daysAgo(age-1, hour))
			case 3:
				l.logs(model.Meeting, "first meeting", l.daysAgo(age, hour))
				l.gets("Thank you for the meeting. Which of the two plans fits?", l.daysAgo(age-1, hour))
			case 4:
				l.writes("We come back to this next month.", l.daysAgo(age, hour))
				l.does(model.SnoozeTo{Until: l.today.Add(time.Duration(1+r.IntN(40)) * 24 * time.Hour)}, l.daysAgo(age-1, hour))
			case 5:
				l.gets("Is the Saturday shift still the one nobody wants?", l.daysAgo(age, hour))
			}
		},
	}
}
