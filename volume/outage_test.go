package volume

import (
	"bufio"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// tweets reads the counts of NAB's realTweets, which are no part of the
// project.
func tweets(t *testing.T) map[string][]int {
	t.Helper()
	paths, _ := filepath.Glob("/work/shared/data/volume/Twitter_volume_*.csv")
	if beside, _ := filepath.Glob("../../shared/data/volume/Twitter_volume_*.csv"); len(beside) > 0 {
		paths = beside
	}
	if len(paths) == 0 {
		t.Skip("no ../shared/data/volume")
	}
	all := map[string][]int{}
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), "Twitter_volume_"), ".csv")
		for s := bufio.NewScanner(f); s.Scan(); {
			_, value, _ := strings.Cut(s.Text(), ",")
			if n, err := strconv.Atoi(value); err == nil {
				all[name] = append(all[name], n)
			}
		}
	}
	return all
}

// outage is the row where the 130 minutes begin in which no file has a post,
// and the first one after.
const outage, restored = 3568, 3568 + 26

// told lists the buckets at which a silence of 15 minutes is told: once each.
func told(counts []int) (at []int) {
	s, before := New(start), false
	for i, n := range counts {
		b := start + Bucket(i)
		s.Put(b, n)
		s.Judge(b)
		_, silent := s.Silent(b, 15*time.Minute)
		if silent && !before {
			at = append(at, i)
		}
		before = silent
	}
	return at
}

func TestASharedOutageIsToldOnceWithinFifteenMinutesAndItsEndIsNoSpike(t *testing.T) {
	var source []int // what a source of all these series brings
	for name, counts := range tweets(t) {
		if len(source) < len(counts) {
			source = append(source, make([]int, len(counts)-len(source))...)
		}
		for i, n := range counts {
			source[i] += n
		}
		at := told(counts)
		if len(at) > 1 || len(at) == 1 && (at[0] < outage || at[0] >= restored) {
			t.Errorf("%s: a silence was told at rows %v", name, at)
		}
		for _, i := range calls(counts) { // AAPL leaps from 80 to 268 after 150 minutes
			if i >= restored && i < restored+2*hour {
				t.Errorf("%s: called %d minutes after the outage", name, (i-restored+1)*5)
			}
		}
	}
	if at := told(source); len(at) != 1 || at[0] != outage+2 {
		t.Errorf("the source was told silent at rows %v, want %d", at, outage+2)
	}
}

func TestANightIsNoSilence(t *testing.T) {
	for _, h := range humas {
		for seed := range uint64(3) {
			if at := told(rhythm(seed, 21*day, h.perDay)); len(at) > 0 {
				t.Errorf("%s: told silent at buckets %v", h.name, at)
			}
		}
	}
}

func TestASilenceStaysOutOfTheBaseline(t *testing.T) {
	counts := rhythm(1, 21*day, 2000)
	deaf := append([]int(nil), counts...)
	from, to := 15*day, 15*day+20*hour
	clear(deaf[from:to])
	heard, _ := fed(counts)
	s, verdicts := fed(deaf)
	if missing := verdicts[from].Learnt + 20*hour - verdicts[to].Learnt; missing < 19*hour {
		t.Errorf("of a silence of 20 hours only %d buckets were kept out", missing)
	}
	for _, back := range []int{1, 3} {
		b := start + Bucket(to+back*day)
		if got, want := s.Usual(b, time.Hour), heard.Usual(b, time.Hour); got < .8*want {
			t.Errorf("%d days after, usual is %v, want %v", back, got, want)
		}
	}
	if at := calls(deaf); len(at) > 0 && at[0] >= to && at[0] < to+openFor {
		t.Errorf("the end of the silence was called at %d", at[0]-to)
	}
}
