package signal

// What people write when they will not buy, folded as plain folds it: a line a language.
var (
	refusalWords = phrases(
		"not interested, no interest, no thanks, no thank you, not for us, not for me, not a fit, not a good fit, not the right fit, we ll pass, we will pass, i ll pass, i will pass, going to pass, have to pass, decided against, decided not to, decided to go with, went with another, gone with another, going with another, chose another, chosen another, picked another, another vendor, another provider, another supplier, we are all set, we re all set, i m all set, no need for, don t need this, do not need this, have no need, so no need",
		"that s not something we need, this is not something we need, it s not something we need, isn t something we, isn t something i need, not relevant for us, not relevant to us, not moving forward with, won t be moving forward, will not be moving forward, not going to move forward, to go in a different direction, gone in a different direction, going in a different direction, signed with another, signed with someone else, signed with somebody else, signed with a competitor, going to decline, have to decline, respectfully decline",
		"kein interesse, nicht interessiert, nein danke, kein bedarf, keinen bedarf, dagegen entschieden, anderen anbieter, passt nicht zu uns, haben uns fur einen anderen",
		"fur uns nicht interessant, fur mich nicht interessant, nicht in frage, nicht infrage, fur eine andere losung entschieden, fur ein anderes produkt entschieden, anderen dienstleister entschieden, anderen lieferanten entschieden, gegen ihr angebot entschieden, nicht weiterverfolgen, nicht weiter verfolgen, planen keinen wechsel, kein wechsel geplant, keinen wechsel geplant",
		"pas interesse, pas interessee, pas interesses, non merci, aucun interet, pas besoin, autre prestataire, autre fournisseur, decide de ne pas, ne donnerons pas suite",
		"interesse pas, ne donnerai pas suite, pas donner suite, retenu une autre, retenu un autre, choisi une autre, choisi un autre, opte pour une autre, opte pour un autre, ne correspond pas a",
		"no me interesa, no nos interesa, no estoy interesado, no estoy interesada, no estamos interesados, no gracias, no lo necesitamos, otro proveedor, hemos decidido no, no encaja",
		"no tenemos interes, no tengo interes, elegido a otra, elegido a otro, elegido otra, elegido otro, optado por otra, optado por otro, no seguiremos adelante",
		"nao tenho interesse, nao temos interesse, nao estou interessado, nao estou interessada, nao estamos interessados, nao obrigado, nao obrigada, outro fornecedor, decidimos nao, nao precisamos",
		"optamos por outra, optamos por outro, escolhemos outra, escolhemos outro, nao vamos avancar com",
		"inte intresserad, inte intresserade, inget intresse, nej tack, inget behov, annan leverantor, tackar nej, valt en annan",
		"ar inte intressant, intresserar oss inte, inget for oss, inte nagot for oss, vi avstar, valt en losning fran, har inte behov",
		"geen interesse, niet geinteresseerd, nee bedankt, nee dank je, geen behoefte, andere leverancier, andere partij, besloten om niet, past niet bij ons",
		"niet interessant voor ons, spreekt ons niet aan, niets voor ons, gekozen voor een andere, zien ervan af, zien we ervan af")
	// supplied say that somebody else sells it to them already: a no, unless the sentence goes on with "but" or the mail asks.
	supplied = phrases(
		"already have a vendor, already have a supplier, already have a provider, already have a partner for, already have a solution, already have an agency, have a vendor already, have a supplier already, happy with our current, happy with the current, happy with what we have, satisfied with our current",
		"bereits versorgt, schon versorgt, bereits einen anbieter, schon einen anbieter, bereits einen dienstleister, schon einen dienstleister, bereits einen lieferanten, bereits einen partner, bereits eine losung, schon eine losung, gut versorgt, gut aufgestellt",
		"deja un prestataire, deja un fournisseur, deja une solution, deja equipes, deja equipe, deja un partenaire",
		"ya tenemos proveedor, ya tenemos un proveedor, ya trabajamos con otro, ya trabajamos con otra, ya tenemos una solucion, ya contamos con un",
		"ja temos fornecedor, ja temos um fornecedor, ja trabalhamos com outro, ja trabalhamos com outra, ja temos uma solucao, ja temos um parceiro",
		"redan en leverantor, redan en losning, redan en partner, nojda med var nuvarande, nojda med den vi har",
		"al een leverancier, al een partij, al een oplossing, reeds een leverancier, tevreden met onze huidige")
)
