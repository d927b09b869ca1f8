package volume

import (
	"testing"
	"time"
)

// scored is a verdict on a window of 15 minutes with so many posts.
func scored(b Bucket, score float64, count int) Verdict {
	return Verdict{Bucket: b, Looks: [windows]Look{{Within: 15 * time.Minute, Count: count, Score: score}, {Within: time.Hour}}}
}

func TestACallIsRepeatedOnlyWhileItGrows(t *testing.T) {
	var c Calls
	for _, step := range []struct {
		why   string
		b     Bucket
		score float64
		count int
		want  bool
	}{
		{"far below the level", 0, .7, 9, false},
		{"too few posts", 1, 3, 4, false},
		{"reaches the level", 2, 1, 9, true},
		{"the same again", 3, 1, 9, false},
		{"grows a little", 4, 1.4, 9, false},
		{"half as high again", 5, 1.6, 9, true},
		{"decays", 6, 1.2, 9, false},
		{"judged again after a late post", 4, 2, 9, false},
		{"late, and much higher", 5, 2.5, 9, true},
		{"within six hours of the last call", 5 + openFor, 2.5, 9, false},
		{"a day later most of the last call is forgotten", 5 + 24*hour, 1.2, 9, true},
		{"four days later, near the level", 100 * hour, .8, 9, false},
		{"what creeps up to the level", 101 * hour, 1.1, 9, false},
		{"what leaps up to it", 102 * hour, 1.3, 9, true},
		{"a clock that is ahead by a year", 365 * day, 3, 9, true},
		{"and is put right", 103 * hour, 1, 9, true},
	} {
		if got := c.Hear(step.b, scored(step.b, step.score, step.count).Score(Longest, 5), Balanced); got != step.want {
			t.Errorf("%s: called %v, want %v", step.why, got, step.want)
		}
	}
}

func TestTheWindowThatSpeaksHasEnoughPosts(t *testing.T) {
	v := Verdict{Looks: [windows]Look{{Within: 15 * time.Minute, Count: 4, Score: 3}, {Within: time.Hour, Count: 9, Score: 1}}}
	for floor, want := range map[int]time.Duration{4: 15 * time.Minute, 5: time.Hour, 10: 0} {
		if got := v.Best(Longest, floor).Within; got != want {
			t.Errorf("floor %d: the window of %v spoke, want %v", floor, got, want)
		}
	}
}

func TestHowUnlikelyIsARankInTheLastFourWeeks(t *testing.T) {
	counts := rhythm(4, 40*day, 300)
	s, _ := fed(counts)
	b := s.Newest() + 1
	s.Put(b, 400)
	look := s.Judge(b).Looks[0]
	if look.Above != 0 || look.Among != (kept-lag)/2 {
		t.Errorf("400 posts at once: %d of %d windows were as unusual, want 0 of %d", look.Above, look.Among, (kept-lag)/2)
	}
	rare := 0
	for i, n := range rhythm(5, 2*day, 300) {
		s.Put(b+Bucket(i)+1, n)
		look := s.Judge(b + Bucket(i) + 1).Looks[0]
		if look.Count > 0 && look.Above*50 < look.Among {
			rare++
		}
	}
	if rare > 2*day/10 {
		t.Errorf("%d of %d usual windows were as rare as one in fifty", rare, 2*day)
	}
}

func TestWarmingUp(t *testing.T) {
	counts := rhythm(6, 20*day, 300)
	_, verdicts := fed(counts)
	for i, v := range verdicts {
		if v.Learnt != i || v.Days() != i/day {
			t.Fatalf("bucket %d: %d buckets, %d days", i, v.Learnt, v.Days())
		}
		if spoken := v.Looks[0].Score != 0; spoken != (i >= 12*hour) {
			t.Fatalf("bucket %d: spoke %v", i, spoken)
		}
	}
	wide, tight := verdicts[13*hour].Looks[0], verdicts[3*day].Looks[0]
	if wide.Among >= tight.Among {
		t.Errorf("the tail did not grow: %d, then %d windows", wide.Among, tight.Among)
	}
}

func TestHoursApartAreNotLearnt(t *testing.T) {
	counts := rhythm(7, 10*day, 300)
	s, _ := fed(counts)
	b := s.Newest() + 1
	usual := s.Usual(b+hour-1+day, time.Hour)
	learnt := s.Judge(b).Learnt
	for range hour { // an incident that brings much
		s.Apart(b, b+1)
		s.Put(b, 500)
		s.Judge(b)
		b++
	}
	v := s.Judge(b)
	if v.Learnt != learnt {
		t.Errorf("learnt from %d buckets of the incident", v.Learnt-learnt)
	}
	if got := s.Usual(b-1+day, time.Hour); got != usual {
		t.Errorf("usual at this hour was %v and is %v", usual, got)
	}
	if mean, _ := s.Mean(b+hour, time.Hour, 24*time.Hour); mean > 60 {
		t.Errorf("the mean of the day is %v an hour", mean)
	}
	if got := s.Count(b-1, time.Hour); got != 500*hour {
		t.Errorf("counted %d in the hour of the incident", got)
	}
}

func TestUsualAndMean(t *testing.T) {
	s := New(start)
	for i := range Bucket(10 * day) {
		n := 1
		if i%day < 12*hour {
			n = 3
		}
		s.Put(start+i, n)
	}
	b := start + 10*day
	s.Judge(b - 1)
	for _, c := range []struct {
		end    Bucket
		within time.Duration
		want   float64
	}{
		{b + 6*hour, time.Hour, 36},
		{b + 18*hour, time.Hour, 12},
		{b - 1 + 6*hour, 12 * time.Hour, 6 * hour * (1 + 3)},
		{b - 1, 24 * time.Hour, 12 * hour * (1 + 3)},
		{b - 1, 72 * time.Hour, 3 * 12 * hour * (1 + 3)},
	} {
		if got := s.Usual(c.end, c.within); got != c.want {
			t.Errorf("usual in %v up to %v: %v, want %v", c.within, c.end-b, got, c.want)
		}
	}
	mean, learnt := s.Mean(b-1+hour, time.Hour, 24*time.Hour)
	if mean != 24 || learnt != 24*time.Hour {
		t.Errorf("mean of an hour over a day: %v over %v, want 24 over 24h", mean, learnt)
	}
	if mean, learnt := s.Mean(start, time.Hour, time.Hour); mean != 0 || learnt != 0 {
		t.Errorf("mean before the beginning: %v over %v", mean, learnt)
	}
}

func TestBucketsAreFiveMinutesAlsoBefore1970(t *testing.T) {
	for in, want := range map[string]string{
		"2015-02-26T21:42:53Z":      "2015-02-26T21:40:00Z",
		"2026-10-07T07:04:59+07:00": "2026-10-07T00:00:00Z",
		"1969-12-31T23:59:59Z":      "1969-12-31T23:55:00Z",
		"1970-01-01T00:00:00Z":      "1970-01-01T00:00:00Z",
	} {
		at, err := time.Parse(time.RFC3339, in)
		if err != nil {
			t.Fatal(err)
		}
		if got := At(at).Time().Format(time.RFC3339); got != want {
			t.Errorf("%s is in %s, want %s", in, got, want)
		}
	}
}

func TestHoursApartMayBeToldLate(t *testing.T) {
	counts := rhythm(8, 9*day, 3000)
	from, to := start+8*day, start+8*day+50
	inTime, late := New(start), New(start)
	for i, n := range counts {
		b := start + Bucket(i)
		if b >= from && b < to {
			inTime.Apart(b, b+1)
		}
		if b == to+15 {
			late.Apart(from, to)
		}
		inTime.Put(b, n)
		late.Put(b, n)
		want, got := inTime.Judge(b), late.Judge(b)
		if b >= to+15 && got != want {
			t.Fatalf("bucket %d:\n got %+v\nwant %+v", i, got, want)
		}
	}
}
