package volume

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
	"unsafe"
)

// start is a multiple of size, so that places and indices are the same.
const start = Bucket(200 * size)

// fed judges counts in order.
func fed(counts []int) (*Series, []Verdict) {
	s := New(start)
	var out []Verdict
	for i, n := range counts {
		s.Put(start+Bucket(i), n)
		out = append(out, s.Judge(start+Bucket(i)))
	}
	return s, out
}

func TestAStepIsTheFormulaWrittenDown(t *testing.T) {
	for seed, days := range map[uint64]int{0: 4, 1: 9, 2: 16, 3: 29} {
		counts := walk(seed, days*day)
		s, n := New(start), naive{}
		for i, x := range counts {
			b := start + Bucket(i)
			out := i%1000 > 940
			if out {
				s.Apart(b, b+1)
			}
			s.Put(b, x)
			got, want := s.Judge(b), n.judge(x, out)
			if got.Learnt != want.Learnt {
				t.Fatalf("seed %d, bucket %d: learnt from %d, want %d", seed, i, got.Learnt, want.Learnt)
			}
			for k, g := range got.Looks {
				w := want.Looks[k]
				if g.Count != w.Count || g.Usual != w.Usual || math.Abs(g.Score-w.Score) > 1e-5 {
					t.Fatalf("seed %d, bucket %d:\n got %+v\nwant %+v", seed, i, g, w)
				}
			}
		}
	}
}

func TestAVerdictKnowsNothingOfWhatComesLater(t *testing.T) {
	counts := walk(7, 4*day)
	_, whole := fed(counts)
	for cut := 1; cut < len(counts); cut += 19 {
		if _, got := fed(counts[:cut]); !slices.Equal(got, whole[:cut]) {
			t.Fatalf("cut at %d: other verdicts", cut)
		}
	}
}

func TestWhatIsPutAheadChangesNoVerdictBefore(t *testing.T) {
	counts := walk(8, 4*day)
	_, want := fed(counts)
	s := New(start)
	for i := range counts {
		for j := i; j < min(i+openFor, len(counts)); j += 7 {
			s.Put(start+Bucket(j), counts[j])
		}
		s.Put(start+Bucket(i), counts[i])
		if got := s.Judge(start + Bucket(i)); got != want[i] {
			t.Fatalf("bucket %d: got %+v, want %+v", i, got, want[i])
		}
	}
}

// TestAfterCatchUpTheVerdictsAreThoseOfAnOrderlyStream feeds counts in any
// order, up to 6 h late or ahead, twice, too small at first; a clock that jumps
// to and fro asks for verdicts.
func TestAfterCatchUpTheVerdictsAreThoseOfAnOrderlyStream(t *testing.T) {
	for seed := range uint64(6) {
		counts := walk(seed, 20*day)
		_, want := fed(counts)
		rng := rand.New(rand.NewPCG(seed, 1))
		s := New(start)
		for from := 0; from < len(counts); from += openFor / 2 {
			to := min(from+openFor/2, len(counts))
			for _, k := range rng.Perm(2 * (to - from)) {
				i := from + k/2
				if rng.IntN(3) == 0 {
					s.Put(start+Bucket(i), rng.IntN(counts[i]+1))
				}
				if rng.IntN(20) == 0 {
					s.Judge(start + Bucket(from+rng.IntN(to-from)))
				}
				s.Put(start+Bucket(i), counts[i])
			}
			late := start + Bucket(max(0, to-openFor))
			i := int(late - start)
			for v := range s.Verdicts(late, start+Bucket(to-1)) {
				if v != want[i] {
					t.Fatalf("seed %d, bucket %d:\n got %+v\nwant %+v", seed, i, v, want[i])
				}
				i++
			}
			if i != to {
				t.Fatalf("seed %d: %d verdicts missing", seed, to-i)
			}
		}
	}
}

func TestAGapIsZeros(t *testing.T) {
	for _, gap := range []int{1, 50, 300, 9*day + 5, size + longDark - 1, size + longDark + 200} {
		counts := slices.Concat(walk(3, 5*day), make([]int, gap), walk(4, 2*day))
		_, want := fed(counts)
		s := New(start)
		for i, n := range counts {
			if n == 0 {
				continue
			}
			s.Put(start+Bucket(i), n)
			if got := s.Judge(start + Bucket(i)); got != want[i] {
				t.Fatalf("gap %d, bucket %d:\n got %+v\nwant %+v", gap, i, got, want[i])
			}
		}
	}
}

func TestGoingBackIsTheSameAsLearningAnew(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	counts := walk(5, 40*day)
	s := New(start)
	for i, n := range counts {
		s.Put(start+Bucket(i), n)
		if rng.IntN(50) == 0 { // long past
			s.Put(start+Bucket(i-rng.IntN(kept)), rng.IntN(30))
		}
		if rng.IntN(50) == 0 {
			from := start + Bucket(i+50-rng.IntN(100))
			s.Apart(from, from+Bucket(rng.IntN(20)))
		}
		s.Judge(start + Bucket(i))
		if i%500 == 499 {
			s.mend()
			for _, l := range []learner{s.far, s.near, s.head} {
				anew := l
				anew.relearn(&s.ring)
				if !same(anew, l) {
					t.Fatalf("bucket %d: learnt something else at %d", i, l.at-start)
				}
			}
		}
	}
}

// same compares what medians are asked for, and not where they looked last.
func same(a, b learner) bool {
	for i := range a.kinds {
		a, b := a.kinds[i], b.kinds[i]
		if a.in != b.in || a.out != b.out || a.recent.n != b.recent.n || a.season.n != b.season.n || a.season.bins != b.season.bins {
			return false
		}
		if a.recent.n > 0 && a.recent != b.recent || a.season.n > 0 && a.season.at != b.season.at {
			return false
		}
	}
	return a.learnt == b.learnt && a.in == b.in && a.out == b.out
}

func TestAClockThatGoesBackChangesNothing(t *testing.T) {
	counts := walk(9, 3*day)
	_, want := fed(counts)
	s := New(start)
	for i, n := range counts {
		b := start + Bucket(i)
		s.Put(b, n)
		s.Judge(b)
		if got := s.Judge(b - 40); i >= 40 && got != want[i-40] {
			t.Fatalf("bucket %d seen from %d: got %+v, want %+v", i-40, i, got, want[i-40])
		}
		if got := s.Judge(b - openFor - 1); got != (Verdict{Bucket: b - openFor - 1}) {
			t.Fatalf("a closed bucket was judged: %+v", got)
		}
		if got := s.Judge(b); got != want[i] {
			t.Fatalf("bucket %d: got %+v, want %+v", i, got, want[i])
		}
	}
}

func TestEachBucketOfSixHoursIsJudgedAgain(t *testing.T) {
	s := New(0)
	for b := range Bucket(3 * openFor) {
		first := s.Judge(b)
		if at := b - openFor; at >= 0 {
			var got []Bucket
			for v := range s.Verdicts(at, b) {
				got = append(got, v.Bucket)
			}
			if len(got) != openFor+1 || got[0] != at || first.Bucket != b {
				t.Fatalf("from %d to %d judged are %v", at, b, got)
			}
		}
	}
}

func TestCountsOlderThanSixHoursFillTheHistory(t *testing.T) {
	counts := walk(2, 10*day)
	for i := range counts {
		counts[i]++ // a silence would be found by whoever judges, and not in the past
	}
	want, _ := fed(counts)
	s := New(start + 10*day - 1)
	s.Judge(start + 10*day - 1)
	for i, n := range counts {
		s.Put(start+Bucket(i), n)
	}
	end := start + 10*day - 1
	got, from := s.Judge(end), want.Judge(end)
	if got.Learnt != from.Learnt || got.Looks[0].Usual != from.Looks[0].Usual || got.Looks[1].Usual != from.Looks[1].Usual {
		t.Errorf("got %+v, want the medians of %+v", got, from)
	}
	if got.Looks[0].Among != 0 {
		t.Errorf("%d windows of the past were judged after all", got.Looks[0].Among)
	}
}

func TestHostileNumbersAreBorne(t *testing.T) {
	for _, b := range []Bucket{math.MinInt64, -1, 0, 1, math.MaxInt64} {
		s := New(b)
		for _, n := range []int{math.MinInt, -1, 1 << 15, 1 << 16, math.MaxInt} {
			s.Put(b, n)
			s.Apart(b-2, b+2)
			s.Apart(math.MinInt64, math.MaxInt64)
			s.Judge(b)
		}
		if got := s.Count(b, Span); got != greatest {
			t.Errorf("at %d: held a huge count as %d", b, got)
		}
		for _, c := range []Bucket{math.MaxInt64, math.MinInt64} {
			s.Put(c, 7)
			s.Apart(c, c+1)
			s.Judge(c)
			s.Silent(c, math.MaxInt64)
			s.Usual(c, math.MinInt64)
			s.Mean(c, math.MaxInt64, math.MaxInt64)
		}
	}
	s := New(0)
	for b := range Bucket(3 * day) {
		s.Put(b, math.MaxInt)
		for _, l := range s.Judge(b).Looks {
			if math.IsNaN(l.Score) || l.Score > 0 && b > 72 {
				t.Fatalf("bucket %d: a constant was unusual: %+v", b, l)
			}
		}
	}
}

func TestASeriesIsSmallAndAllocatesNothing(t *testing.T) {
	if size := unsafe.Sizeof(Series{}); size > 40<<10 {
		t.Errorf("a series takes %d bytes", size)
	}
	counts := walk(3, 3*day)
	s, _ := fed(counts)
	b := s.Newest()
	var calls Calls
	allocs := testing.AllocsPerRun(500, func() {
		b++
		s.Put(b, counts[int(b)%len(counts)])
		s.Put(b-70, counts[int(b)%100])
		calls.Hear(b, s.Judge(b).Score(Longest, 5), Balanced)
		s.Silent(b, time.Hour)
		s.Usual(b, time.Hour)
	})
	if allocs > 0 {
		t.Errorf("a tick allocates %v times", allocs)
	}
}
