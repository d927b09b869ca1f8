package volume

// What a baseline and a tail are made of. The forms and their constants were
// found on the five development series of NAB's realTweets, on crisis streams
// of seeds of our own and on the series of humas_test.go; bench/README.md says
// what they reach there.
const (
	kept     = 28 * day // how long counts and windows are remembered, and how far the season goes back
	openFor  = 6 * hour // how late a count may come and still be judged
	recent   = day      // the windows that the recent median is taken of
	reach    = hour     // "the same hour": this far around the clock time
	lag      = 3 * hour // a window this young is no part of the tail yet
	silence  = 40       // expected posts that make a stretch of zeros a silence
	longDark = 3 * day  // a series silent for longer has fallen silent: zeros are learnt again
)

// Warm-up, in buckets learnt from.
const (
	speaks  = 12 * hour // before that there is no verdict
	settled = 2 * day   // from here the season joins, and the tail is no longer widened
)

// enough is how many windows a baseline has to rest on: those of six hours.
const enough = 6 * hour

// The season is the windows of the same clock time of 28 days; of them 60 % are
// at most what is usual.
const (
	seasonDays  = 28
	seasonShare = .6
)

// overs is the dispersion of counts that is taken for granted, the negative
// binomial's: at a mean m they vary by m + m*m/20 or so. The rest is learnt.
const overs = 1. / 20

// The tail of a series begins where 3 % of its windows are above. Before there
// is much of it, it is pulled to a prior that weighs as much as the windows of
// two days.
const (
	tailShare  = .03
	priorAt    = 2.5
	priorGap   = 2.5
	priorWorth = 2 * day
	leastGap   = 1
)

// A window enters the tail at most so many gaps above its beginning: one crisis
// shall not hide the next. One that was kept out enters it lower still. With 3
// for both, waves 30 hours after another are missed in humas_test.go.
const (
	clip   = 3
	spoilt = .8
)

// The windows that are judged, by their length in buckets, in the order of
// Verdict.Looks.
const (
	quarter = 3
	longest = 3 * hour
	windows = 3
)

// Longest is the longest window that is judged.
const Longest = longest * Span

type window struct {
	length int     // in buckets
	every  int     // one in so many is kept for the tail: they overlap
	weight float64 // so much is its tail stretched
}

func kinds() [windows]window {
	return [windows]window{
		{quarter, 2, .93},
		{hour, 4, 1.23},
		{longest, 12, 1.38},
	}
}

// The levels of Verdict.Score at which a rule fires.
const (
	Low      Level = 0.7
	Balanced Level = 1
	High     Level = 1.5
)

// A call is repeated within openFor only if its score is so much higher; after
// that the last score is forgotten by and by, to a third in so many buckets. A
// score of murmur times the level is remembered like a call.
const (
	growth  = 1.5
	murmur  = .75
	forgets = 15 * hour
)
