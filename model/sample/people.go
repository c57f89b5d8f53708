package sample

import (
	"time"

	"stoke/model"
)

// person is one invented contact: who it is, and what has happened.
type person struct {
	name, title, company, email, country, tag string
	deal                                      int64
	subject                                   string
	lived                                     func(l *life)
}

// ago is a moment before the demo starts.
func (l *life) ago(d time.Duration) time.Time { return l.today.Add(-d) }

const day = 24 * time.Hour

// people are the invented contacts of the demo, in no particular order: stoke sorts them.
func people() []person {
	return append(append(waiting(), busy()...), quiet()...)
}

// waiting are those who wait for the rep: the group now.
func waiting() []person {
	return []person{
		{"Ines Duarte", "Operations Lead", "Mareverde", "ines@mareverde.example", "PT", "inbound", 0, "Demo request", func(l *life) {
			l.logs(model.Demo, "The planning board, for two depots.", l.ago(38*time.Minute))
		}},
		{"Dana Whitfield", "VP Operations", "Northwind Logistics", "dana@northwind.example", "NL", "logistics", 24000, "Pricing for 40 seats", func(l *life) {
			l.gets("Hi Dana, thank you for your time on Tuesday. Here is the deck, and a page on how Lumen Freight set it up. Which of the two plans is closer to what you need?", l.daysAgo(14, 10))
			l.writes("Thanks Robin. The bigger one. What does it cost for 40 people?", l.daysAgo(12, 15))
			l.logs(model.Call, "18 min. Wants single sign-on and 40 seats, budget is for this quarter.", l.daysAgo(8, 11))
			l.gets("Hi Dana, the proposal for 40 seats is attached. The prices hold until the 30th. Shall we go through it on Thursday?", l.daysAgo(6, 9.5))
			l.writes("Thanks. Can you do 40 seats at the old price? We need to sign this week or it moves to January.", l.ago(2*time.Hour))
		}},
		{"Mateo Rossi", "Founder", "Piazza Kitchens", "mateo@piazza.example", "IT", "inbound", 0, "Contact form", func(l *life) {
			l.logs(model.Pricing, "Three kitchens, 25 people in all.", l.ago(3*time.Hour))
		}},
		{"Hal Brooks", "Owner", "Brooks & Co", "hal@brooks.example", "GB", "referral", 6000, "Your question about invoices", func(l *life) {
			l.writes("Good to meet you. Can this send invoices to our bookkeeper as well?", l.daysAgo(30, 10))
			l.gets("Hi Hal, yes: every evening, as one file. Shall I show you on a call?", l.daysAgo(29, 9.5))
			l.writes("Please. Call me when the stocktaking is over.", l.daysAgo(28, 14))
			promise := l.today.Add(time.Minute)
			l.does(model.PromiseFor{At: promise, Words: "call when the stocktaking is over"}, l.daysAgo(20, 10))
		}},
		{"Priya Raman", "Head of IT", "Kestrel Labs", "priya@kestrel.example", "GB", "security", 18000, "Security review", func(l *life) {
			l.gets("Hi Priya, the security answers are attached. Is Tuesday at ten good for the review?", l.daysAgo(4, 10))
			l.writes("Tuesday at ten works. I will bring our auditor.", l.daysAgo(3, 16))
			l.logs(model.Meeting, "Security review with Priya and her auditor. Open point: where backups are kept.", l.daysAgo(1, 10))
		}},
		{"Yusuf Demir", "Fleet Manager", "Anatolia Haulage", "yusuf@anatolia.example", "DE", "fair", 0, "Logistics fair", func(l *life) {
			l.logs(model.Met, "Talked at the logistics fair: 60 trucks, plans on paper.", l.daysAgo(1, 15))
		}},
		{"Clara Nygaard", "Office Manager", "Fjellbakken", "clara@fjellbakken.example", "NO", "trial", 2400, "Trial questions", func(l *life) {
			l.gets("Hi Clara, your trial is open. Which team will try it first?", l.daysAgo(5, 10))
			l.writes("The drivers will. It looks good so far, I will come back to you on Friday with the numbers.", l.ago(5*time.Hour))
		}},
	}
}

// busy are the ones in the middle of something: steps, deals, customers.
func busy() []person {
	return []person{
		{"Tom Okafor", "COO", "Halden & Sons", "tom@halden.example", "GB", "logistics", 32000, "Proposal for Halden", func(l *life) {
			l.writes("We have looked at two others. What would you do for 80 people?", l.daysAgo(6, 9))
			l.gets("Hi Tom, for 80 people I would start with the two depots that share drivers. Shall we look at the numbers together?", l.daysAgo(6, 14))
			l.logs(model.Meeting, "Walked through both depots. He wants the proposal in writing.", l.daysAgo(5, 11))
			l.gets("Hi Tom, here is the proposal in writing, with both depots and a start in January. Does the 14th suit you for a decision?", l.daysAgo(4, 9.5))
		}},
		{"Aiko Tanaka", "Production Planner", "Hoshi Print", "aiko@hoshi.example", "JP", "pilot", 12000, "Pilot results", func(l *life) {
			l.logs(model.Demo, "For the night shift.", l.daysAgo(9, 10))
			l.gets("Hi Aiko, happy to show you. Is Wednesday at nine your time good?", l.daysAgo(9, 10.5))
			l.logs(model.Meeting, "Demo with the night shift. They liked the swap board.", l.daysAgo(7, 9))
			l.gets("Hi Aiko, thank you for the demo. The pilot is set up for your night shift. Who should get the logins?", l.daysAgo(6, 9.5))
			l.gets("Hi Aiko, the first week of the pilot saved your planners four hours. Would you like to see where?", l.daysAgo(3, 10))
		}},
		{"Jonas Lindqvist", "Managing Director", "Fjordvik", "jonas@fjordvik.example", "SE", "logistics", 9000, "Recap of our call", func(l *life) {
			l.logs(model.Call, "Interested, but the board decides. Board meets mid-month.", l.daysAgo(10, 14))
			l.gets("Hi Jonas, thank you for the call. Here is one page for your board with the three numbers you asked about. Is anything missing?", l.daysAgo(5, 9.5))
		}},
		{"Marc Delorme", "Architect", "Atelier Nord", "marc@atelier-nord.example", "FR", "", 15000, "Proposal", func(l *life) {
			l.logs(model.Proposal, "Proposal for the studio, 25 seats.", l.daysAgo(42, 10))
			l.gets("Bonjour Marc, did the plan for 25 people fit what you had in mind?", l.daysAgo(38, 10))
			l.gets("Bonjour Marc, I kept the start date free for you. Should I hold it for another month?", l.daysAgo(30, 10))
			l.gets("Bonjour Marc, two studios like yours moved in spring. Would a short call with one of them help?", l.daysAgo(10, 10))
		}},
		{"Sara Benali", "Buyer", "Oued Foods", "sara@oued.example", "MA", "customer", 0, "Your order", func(l *life) {
			l.logs(model.Purchase, "12 seats for the two warehouses.", l.daysAgo(4, 11))
			l.gets("Hi Sara, thank you for your order. The logins are on their way. Who will be the first to use it?", l.daysAgo(4, 15))
		}},
		{"Luis Ferrer", "Partner", "Casa Ferrer", "luis@casaferrer.example", "ES", "", 4000, "Seats for the new branch", func(l *life) {
			l.writes("We open a branch in spring. Do you have a plan for two places?", l.daysAgo(22, 10))
			l.gets("Hola Luis, yes, two places share one plan. Shall I send the price for both?", l.daysAgo(22, 15))
			l.isAway("I am out of the office and back next week.", l.daysAgo(1, 0), l.daysAgo(16, 9))
		}},
		{"Nora Feld", "Head of Sales", "Brightwater", "nora@brightwater.example", "DE", "partner", 28000, "Joint offer", func(l *life) {
			l.writes("Could we offer this together to our hotels?", l.daysAgo(11, 9))
			l.gets("Hi Nora, gladly. I would start with your three largest hotels. Which one would you pick?", l.daysAgo(11, 14))
			l.writes("The one in Bremen. Let us talk next week.", l.daysAgo(8, 9))
			l.gets("Hi Nora, Bremen it is. Does Monday at eleven suit you and the house?", l.daysAgo(2, 9.5))
		}},
		{"Oleg Petrenko", "CTO", "Dnipro Systems", "oleg@dnipro.example", "PL", "security", 21000, "API access", func(l *life) {
			l.logs(model.Pricing, "With API access.", l.daysAgo(3, 9))
			l.gets("Hi Oleg, API access is in every plan; here are the limits. Is a thousand calls an hour enough?", l.daysAgo(3, 9.6))
		}},
		{"Ruth Abara", "Administrator", "St. Alban Clinic", "ruth@stalban.example", "GB", "health", 7000, "Rotas for the clinic", func(l *life) {
			l.logs(model.EventSeen, "The webinar on rotas.", l.daysAgo(5, 16))
			l.gets("Hi Ruth, thank you for coming to the webinar on rotas. Is the night shift your hardest one too?", l.daysAgo(4, 9.5))
		}},
		{"Emil Novak", "Warehouse Lead", "Pragostav", "emil@pragostav.example", "DE", "download", 0, "Guide to shift handover", func(l *life) {
			l.logs(model.Download, "The guide to shift handover.", l.daysAgo(1, 14))
		}},
		{"Greta Holm", "CEO", "Holm Textil", "greta@holm.example", "SE", "", 11000, "Next steps", func(l *life) {
			l.logs(model.Meeting, "First meeting, she wants references from textile companies.", l.daysAgo(7, 13))
			l.gets("Hej Greta, thank you for the meeting. Two references from textile companies are attached. Which one may I introduce you to?", l.daysAgo(6, 10))
			l.gets("Hej Greta, the planner at Väv & Co has time on Thursday. Shall I bring you two together?", l.daysAgo(3, 10))
		}},
		{"Sam Whitlock", "Operations", "Tidemill", "sam@tidemill.example", "IE", "trial", 3000, "Trial", func(l *life) {
			l.writes("The trial is fine. How do I add the second site?", l.daysAgo(2, 15))
			l.gets("Hi Sam, under Sites, the plus on the right. Shall I add it for you?", l.daysAgo(2, 15.5))
		}},
	}
}

// quiet are the ones with whom nothing happens today, or not for long.
func quiet() []person {
	cold := func(first string, late int) func(l *life) {
		return func(l *life) {
			l.does(model.Enrol{Sequence: "sales"}, l.daysAgo(late+8, 8))
			l.gets(first, l.daysAgo(late+7, 9.5))
			l.gets("A planner at a company of your size told us that the weekly rota took her a day. Is it the same with you?", l.daysAgo(late+4, 9.5))
		}
	}
	return []person{
		{"Hanne Vos", "Planner", "Polder BV", "hanne@polder.example", "NL", "cold", 0, "Rotas at Polder", cold("Hi Hanne, you plan 30 drivers by hand, if I read your advert right. Is that so?", 0)},
		{"Greg Palmer", "Dispatcher", "Palmer Freight", "greg@palmer.example", "US", "cold", 0, "Dispatch at Palmer", cold("Hi Greg, your new depot in Dover means a third rota. Who plans it?", 1)},
		{"Lena Vogt", "HR Lead", "Vogt Pflege", "lena@vogtpflege.example", "DE", "cold", 0, "Dienstplan", cold("Hi Lena, you hire for two homes at once. Who plans the shifts?", 0)},
		{"Mei Chen", "Director", "Bluegum", "mei@bluegum.example", "AU", "", 0, "Spring campaign", func(l *life) {
			l.logs(model.Download, "The guide to seasonal staff.", l.ago(95*day))
			l.gets("Hi Mei, the guide has a table for seasonal staff on page 6. Do you hire for spring as well?", l.ago(90*day))
			l.does(model.Retire{Reason: model.ReasonNoAnswer}, l.ago(80*day))
		}},
		{"Astrid Moe", "Shift Lead", "Moe Fisk", "astrid@moefisk.example", "NO", "download", 0, "Guide to shift handover", func(l *life) {
			l.logs(model.Download, "The guide to shift handover.", l.daysAgo(20, 10))
			l.gets("Hei Astrid, the guide's checklist on page 4 is the part most people print. Is your handover written or spoken?", l.daysAgo(19, 9.5))
			l.gets("Hei Astrid, a fishery like yours halved its handover notes. Would you like to see their sheet?", l.daysAgo(15, 9.5))
		}},
		{"Rolf Amsel", "Planner", "Amsel Bau", "rolf@amselbau.example", "DE", "cold", 0, "Bauleiter-Plan", func(l *life) {
			l.does(model.Enrol{Sequence: "sales"}, l.daysAgo(25, 8))
			l.gets("Hi Rolf, you run four sites at once, if I read your page right. Who plans the foremen?", l.daysAgo(24, 9.5))
			l.gets("Hi Rolf, one builder told us that Fridays cost him two hours of phone calls. Is it the same with you?", l.daysAgo(21, 9.5))
			l.gets("Hi Rolf, this is my last mail for now. If the plan for the sites comes up again, is spring a better time?", l.daysAgo(17, 9.5))
		}},
		{"Bram de Wit", "Owner", "De Wit Bouw", "bram@dewit.example", "NL", "", 5000, "Site planning", func(l *life) {
			l.writes("We might need this for the site in Delft. What does it cost?", l.daysAgo(3, 10))
			l.gets("Hi Bram, for one site it is 49 a month. Shall I set up Delft for you to try?", l.daysAgo(1, 16))
		}},
		{"Chiara Conti", "Events", "Lago Hotels", "chiara@lago.example", "IT", "hotel", 8000, "Season staff", func(l *life) {
			l.writes("Can it plan people for one weekend only?", l.daysAgo(4, 10))
			l.gets("Ciao Chiara, yes, for a single day even. Which weekend do you have in mind?", l.daysAgo(1, 11))
		}},
		{"Dev Malik", "Head of Ops", "Quillon", "dev@quillon.example", "GB", "", 14000, "Rollout", func(l *life) {
			l.logs(model.Call, "Rollout in two waves, decision after the audit.", l.daysAgo(2, 10))
		}},
		{"Agnes Varga", "Finance", "Duna Glass", "agnes@duna.example", "AT", "", 9500, "Invoice by quarter", func(l *life) {
			l.writes("Could we pay by quarter?", l.daysAgo(3, 9))
			l.gets("Hi Agnes, yes, by quarter is fine. Shall I write the order that way?", l.daysAgo(1, 9.5))
		}},
		{"Pia Salonen", "Store Manager", "Kivi Outdoor", "pia@kivi.example", "FI", "", 2000, "Weekend shifts", func(l *life) {
			l.gets("Hei Pia, is the Saturday shift still the one nobody wants?", l.daysAgo(1, 10))
		}},
		{"Victor Lang", "Consultant", "Lang Beratung", "victor@langberatung.example", "CH", "partner", 0, "Introduction", func(l *life) {
			l.writes("I could introduce you to two clients. Interested?", l.daysAgo(9, 10))
			l.gets("Hi Victor, very much. Which of the two plans shifts by hand today?", l.daysAgo(9, 15))
			l.does(model.SnoozeTo{Until: l.b.Calendar.Opening(l.b.Calendar.AddDays(l.today, 4))}, l.daysAgo(5, 10))
		}},
		{"Zoe Martin", "Director", "Maison Zoe", "zoe@maisonzoe.example", "FR", "", 3500, "Opening in June", func(l *life) {
			l.writes("We open in June, write to me in spring.", l.daysAgo(15, 10))
			l.does(model.SnoozeTo{Until: l.b.Calendar.Opening(l.b.Calendar.NextWorkday(l.today.AddDate(0, 3, 0)))}, l.daysAgo(14, 10))
		}},
		{"Ravi Iyer", "IT Manager", "Sundar Mills", "ravi@sundar.example", "GB", "", 6500, "Single sign-on", func(l *life) {
			l.gets("Hi Ravi, single sign-on is ready for your test. Who on your side switches it on?", l.daysAgo(6, 10))
			l.isAway("I am on leave. I will be back in ten days.", l.b.Calendar.AddDays(l.today, 5), l.daysAgo(6, 10.1))
		}},
		{"Kim Sørensen", "Planner", "Nordhavn Cargo", "kim@nordhavn.example", "DK", "", 0, "Dock rota", func(l *life) {
			l.logs(model.Download, "The dock rota template.", l.ago(60*day))
			l.gets("Hi Kim, the template has a second sheet for holidays. Did you find it useful?", l.ago(58*day))
			l.does(model.Retire{Reason: model.ReasonNoAnswer}, l.ago(30*day))
		}},
		{"Paul Stern", "CEO", "Stern Möbel", "paul@sternmoebel.example", "AT", "", 10000, "Decision", func(l *life) {
			l.writes("We chose another supplier this time. Thank you for your patience.", l.daysAgo(25, 10))
			l.does(model.Retire{Reason: model.ReasonCompetitor}, l.daysAgo(24, 9))
		}},
		{"Fay Odum", "Recruiter", "Harbour Staff", "fay@harbour.example", "IE", "", 0, "Staffing", func(l *life) {
			l.writes("I only place people, planning is not mine. Sorry!", l.daysAgo(18, 10))
			l.does(model.Retire{Reason: model.ReasonWrongPerson}, l.daysAgo(17, 9))
		}},
		{"Ivo Marek", "Owner", "Marek Reisen", "ivo@marekreisen.example", "DE", "", 0, "Bus drivers", func(l *life) {
			l.writes("Please do not write to me again.", l.daysAgo(40, 10))
			l.does(model.Retire{Reason: model.ReasonOptOut}, l.daysAgo(40, 11))
		}},
		{"Tess Aldridge", "Coordinator", "Moor Trust", "tess@moortrust.example", "GB", "customer", 0, "Renewal", func(l *life) {
			l.logs(model.Purchase, "Renewed for a year.", l.daysAgo(60, 10))
			l.gets("Hi Tess, thank you for staying with us. Shall we look at the volunteers' rota together in spring?", l.daysAgo(59, 10))
			l.writes("Gladly, in spring.", l.daysAgo(58, 10))
			l.gets("Hi Tess, I will write in spring then. Have a good winter!", l.daysAgo(57, 10))
			l.does(model.PromiseFor{At: l.b.Calendar.Opening(l.b.Calendar.NextWorkday(l.today.AddDate(0, 4, 0))), Words: "look at the volunteers' rota in spring"}, l.daysAgo(57, 11))
		}},
		{"Olu Bello", "", "Lagoon Cold Chain", "olu@lagoon.example", "GB", "import", 0, "", nil},
		{"Marta Kowal", "", "Wisla Trans", "marta@wisla.example", "PL", "import", 0, "", nil},
		{"Hugo Blanc", "", "Blanc Traiteur", "hugo@blanc.example", "FR", "import", 0, "", nil},
		{"Ada Lind", "", "Lind Bakery", "ada@lindbakery.example", "SE", "import", 0, "", nil},
		{"Noah Reyes", "", "Reyes Movers", "noah@reyes.example", "US", "import", 0, "", nil},
	}
}
