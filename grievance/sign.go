package grievance

// Sign is one kind of thing that words of a post say for or against its being
// a complaint. The names are those of the lists in signs.txt.
type Sign string

// The signs of a complaint.
const (
	Person Sign = "person" // the writer: saya, kami, beta
	Kin    Sign = "kin"    // those at the writer's home: anak, istri
	Folk   Sign = "folk"   // whoever and whatever counts only as the writer's own: ibu saya, kulitku
	Thing  Sign = "thing"  // what is hurt: rumah, sumur, sawah, gaji
	Place  Sign = "place"  // sini, kampung, RT, or a place of a site
	Time   Sign = "time"   // since when or how often: tiap malam, sudah dua minggu
	Harm   Sign = "harm"   // what happened to them: batuk, retak, kering, belum dibayar
	Source Sign = "source" // what does it: debu, limbah, truk, ledakan
	Trace  Sign = "trace"  // what may do it and is there on other days too: suara, bau, mesin
	Plea   Sign = "plea"   // what is asked, or was asked in vain: tolong, dicuekin
	Upset  Sign = "upset"  // what also ails people on other days: nangis, capek, pusing
	Turn   Sign = "turn"   // how troubles are told: padahal, gara-gara, malah
)

// The signs that two words make together.
const (
	Own    Sign = "own"    // a thing or kin beside its owner: sumur kami, anakku
	Struck Sign = "struck" // a harm beside whom or what it befell: tembok retak
)

// The signs against.
const (
	Office    Sign = "office"    // bupati, dinas, polisi: the matter of news, and of some complaints
	Hearsay   Sign = "hearsay"   // katanya warga ..., konon
	Report    Sign = "report"    // a reporter's verbs and offices
	Others    Sign = "others"    // warga, mereka: people spoken of, where the writer is not among them
	Advert    Sign = "advert"    // goods, services and jobs on offer
	Event     Sign = "event"     // an invitation
	Joke      Sign = "joke"      // wkwk
	Slogan    Sign = "slogan"    // tolak!, selamatkan
	Opinion   Sign = "opinion"   // politics and what ought to be
	Question  Sign = "question"  // ada yang tahu ...?
	Praise    Sign = "praise"    // terima kasih, sudah aman
	Company   Sign = "company"   // kami berkomitmen
	Elsewhere Sign = "elsewhere" // another trouble: parcels, football, the writer's own cleaning
	Everyday  Sign = "everyday"  // rain, traffic, a cold: troubles that come without anybody
	Nobody    Sign = "nobody"    // no writer in sight: neither a person nor anything of their own
	Nowhen    Sign = "nowhen"    // neither a time nor a place
	Harmless  Sign = "harmless"  // neither a harm nor what does it
	Supposed  Sign = "supposed"  // what may come, was dreamt or is long past
)

// Signs lists all signs, those for a complaint first.
func Signs() []Sign {
	return []Sign{
		Person, Kin, Folk, Thing, Place, Time, Harm, Source, Trace, Plea, Upset, Turn, Own, Struck,
		Hearsay, Report, Office, Others, Advert, Event, Joke, Slogan, Opinion, Question, Praise, Company, Elsewhere, Everyday, Supposed, Nobody, Nowhen, Harmless,
	}
}

// Mark is a sign and the bytes [Start, End) of the text that show it.
type Mark struct {
	Sign       Sign
	Start, End int
}

// Term is what the marks of one sign add to the score.
type Term struct {
	Sign   Sign
	Marks  int // those that count
	Points int
}

// Reading is what a post was read as, and why.
type Reading struct {
	Marks    []Mark // in the order of the text
	Terms    []Term // in the order of Signs; their points and Bias make the score
	Score    int
	Credible bool // the score is above 0
}
