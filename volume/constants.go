package volume

// The numbers of detection.md (Conditions of `when:`, spike). Each is a choice
// of the trial that is measured there, unless something else is said.
const (
	kept     = 28 * day // how long counts and windows are remembered
	openFor  = 6 * hour // how late a count may come and still be judged
	lag      = hour     // a window this young is no part of the tail yet
	recent   = day      // the windows that the recent median is taken of
	reach    = hour     // "the same hour": this far around the clock time
	silence  = 40       // expected posts that make a stretch of zeros a silence
	longDark = 3 * day  // a series silent for longer has fallen silent: zeros are learnt again
)

// Warm-up, in buckets learnt from.
const (
	speaks  = 12 * hour // before that there is no verdict
	settled = 2 * day   // from here the season joins, and the tail is no longer widened
	grown   = 14 * day  // until here a card says that we still learn
)

// enough is how many windows a median has to rest on: those of six hours.
const enough = 6 * hour

// The prior of a series' own tail: where the 99th percentile of its z lies and
// how far the 99.9th is from it. It weighs as much as priorWorth windows.
const (
	priorAt    = 2.5
	priorGap   = 2.5
	priorWorth = 2 * day
	leastGap   = 0.5
)

// spoilt is the score at which a window that was kept out enters the tail at
// most. Measured on the series of humas_test.go with an incident of six hours
// after each call: if such windows do not enter, false episodes at 300 posts a
// day rise from 1.7 to 10 a week; if they enter as they are, the second wave is
// called after 55 minutes instead of 40.
const spoilt = 2

// The levels of Look.Score at which a rule fires.
const (
	Low      Level = 0.5
	Balanced Level = 0.75
	High     Level = 1.25
)

// growth is how much higher than the last call a score has to be to be called
// again within openFor.
const growth = 1.5

// Lengths in buckets of the two windows that are judged: 15 and 60 minutes.
const (
	short = 3
	long  = 12
)

// lengths holds the windows in the order of Verdict.Looks.
func lengths() [2]int { return [2]int{short, long} }

// The season is the windows of the same clock time of 14 days, in which the
// same weekday counts twice.
const (
	seasonDays  = 14
	sameWeekday = 2
)
