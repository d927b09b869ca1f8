package volume

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// rhythm makes what is written about a company in n buckets, perDay posts a
// day: quiet nights, peaks at ten and at eight in the evening (WIB), days whose
// level is log-normal, and hours in which talk flares up or dies down (gamma,
// so that an hour's count is negative binomial).
func rhythm(seed uint64, n int, perDay float64) []int {
	rng := rand.New(rand.NewPCG(seed, 99))
	out := make([]int, n)
	today, flare := 1., 1.
	for i := range out {
		if i%day == 0 {
			today = math.Exp(.3*rng.NormFloat64() - .045)
		}
		if i%hour == 0 {
			flare = 0
			for range 4 { // gamma with shape 4 and mean 1
				flare -= math.Log(1-rng.Float64()) / 4
			}
		}
		out[i] = poisson(rng, perDay/day*clock(i)*today*flare)
	}
	return out
}

// clock is the share of a bucket's hour, 1 in the mean of a day.
func clock(i int) float64 {
	h := math.Mod(float64(i)/hour+7, 24)
	bump := func(at, wide float64) float64 { return math.Exp(-(h - at) * (h - at) / wide / wide) }
	return (.15 + bump(10, 3) + .9*bump(20, 2.5) + .4*bump(14, 4)) / .660
}

// addWave lets talk swell within an hour from nothing to peak posts an hour,
// and halve every two hours after.
func addWave(rng *rand.Rand, counts []int, from int, peak float64) {
	for i := range min(day, len(counts)-from) {
		rise := min(float64(i+1)/hour, math.Exp2(float64(hour-i)/2/hour))
		counts[from+i] += poisson(rng, peak/hour*rise)
	}
}

// calls lists the buckets at which balanced calls. As it is live, a call opens
// an incident, whose hours stay out of the baseline. It is resolved six hours
// after its last call; what comes then is news again.
func calls(counts []int) (at []int) {
	s, c, open := New(start), Calls{}, Bucket(0)
	for i, n := range counts {
		b := start + Bucket(i)
		if b == open {
			c = Calls{}
		}
		if b < open {
			s.Apart(b, b+1)
		}
		s.Put(b, n)
		if c.Hear(b, s.Judge(b).Score(Longest, 5), Balanced) {
			at, open = append(at, i), b+openFor+1
		}
	}
	return at
}

// episodes counts calls with six hours of quiet before them.
func episodes(at []int) (n int) {
	for i := range at {
		if i == 0 || at[i]-at[i-1] > openFor {
			n++
		}
	}
	return n
}

// humas are the series of a communications team, with the false episodes a week
// that it bears.
var humas = []struct {
	name        string
	perDay, may float64
}{{"3 a day", 3, .2}, {"30 a day", 30, .5}, {"300 a day", 300, 1}}

func TestAUsualWeekIsQuiet(t *testing.T) {
	const seeds, weeks = 12, 6
	for _, h := range humas {
		wrong := 0
		for seed := range uint64(seeds) {
			wrong += episodes(calls(rhythm(seed, weeks*7*day, h.perDay)))
		}
		got := float64(wrong) / seeds / weeks
		t.Logf("%s: %.2f false episodes a week", h.name, got)
		if got > h.may {
			t.Errorf("%s: %.2f false episodes a week, at most %v", h.name, got, h.may)
		}
	}
}

// TestARampIsCalledWithinTheHour lets talk swell within an hour to 60 posts an
// hour, or to sixteen times the mean where that is more, at any hour of the day;
// such a wave brings 200 posts, or what is usual in 2.3 days. The second one
// comes 30 hours later.
func TestARampIsCalledWithinTheHour(t *testing.T) {
	const seeds = 40
	for _, h := range humas {
		var first, second []int
		for seed := range uint64(seeds) {
			rng := rand.New(rand.NewPCG(seed, 5))
			counts := rhythm(1000+seed, 19*day, h.perDay)
			from, peak := 15*day+rng.IntN(day), max(60, 16*h.perDay/24)
			again := from + 30*hour
			addWave(rng, counts, from, peak)
			addWave(rng, counts, again, peak)
			at := calls(counts)
			first = append(first, delay(at, from))
			second = append(second, delay(at, again))
		}
		slices.Sort(first)
		slices.Sort(second)
		t.Logf("%s: called after %d minutes in the median, %d at most; the second wave after %d, %d at most",
			h.name, first[seeds/2], first[seeds-1], second[seeds/2], second[seeds-1])
		if first[seeds/2] > 35 || first[seeds-1] > 60 {
			t.Errorf("%s: the wave was called after %v minutes", h.name, first)
		}
		if second[seeds-1] > 90 {
			t.Errorf("%s: the second wave was called after %v minutes", h.name, second)
		}
	}
}

// delay is how many minutes have passed at the end of the bucket that is called.
func delay(at []int, from int) int {
	for _, i := range at {
		if i >= from {
			return (i - from + 1) * 5
		}
	}
	return math.MaxInt32
}
