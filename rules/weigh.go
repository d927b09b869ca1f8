package rules

import (
	"cmp"
	"time"

	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/volume"
)

// weighing is what a condition comes to at one moment. What it weighed it has
// written into the firing.
type weighing struct {
	met  bool
	late bool    // it was met in an earlier window that late posts filled, for long enough
	size float64 // what grows while it is met; a spike has its own ear instead:

	heard volume.Calls // what it has heard
	calls bool         // something of that is worth a call
}

// weigh measures a series by its condition at f.At.
func (s *Set) weigh(tx store.Tx, c *compiled, k store.Key, was state, f *Firing) (weighing, error) {
	switch c.When.Kind() {
	case Spike:
		return s.weighSpike(tx, c, k, was, f)
	case Ratio:
		return s.weighRatio(tx, c, k, was, f)
	case Silence:
		return s.weighSilence(tx, c, k, was, f)
	case Spread:
		return s.weighSpread(tx, c, k, was, f)
	default:
		return weighCount(tx, c, k, was, f)
	}
}

// weighCount is the absolute condition: at least so many.
func weighCount(tx store.Tx, c *compiled, k store.Key, was state, f *Firing) (weighing, error) {
	last, most, err := windows(tx, c, k, was, f)
	if err != nil {
		return weighing{}, err
	}
	w := weighing{met: last.Of(c.When.Unit) >= c.When.N}
	if f.Counts = last.Counts; !w.met && most.Posts > 0 {
		w.met, w.late = true, true
		f.Counts, f.Measure.End = most.Counts, most.end
	}
	w.size = float64(f.Counts.Of(c.When.Unit))
	f.Measure.N = f.Counts.Of(c.When.Unit)
	return w, nil
}

// weighRatio asks for so many times the mean of what came before the window.
func (s *Set) weighRatio(tx store.Tx, c *compiled, k store.Key, was state, f *Firing) (weighing, error) {
	last, most, err := windows(tx, c, k, was, f)
	if err != nil {
		return weighing{}, err
	}
	usual, err := s.baseline(tx, c, k, f.At)
	if err != nil {
		return weighing{}, err
	}
	measure := func(at window) (m Measure, met bool) {
		mean, learnt := usual.Mean(volume.At(at.end), c.When.Within, c.When.Against)
		m = Measure{N: at.Of(c.When.Unit), Usual: mean, Learnt: days(learnt), Needed: c.When.needed()}
		return m, m.N >= c.When.N && float64(m.N) >= c.When.Ratio*mean
	}
	w := weighing{}
	f.Counts = last.Counts
	if f.Measure, w.met = measure(last); !w.met && most.Posts > 0 {
		if m, met := measure(most); met {
			w.met, w.late, m.End = true, true, most.end
			f.Counts, f.Measure = most.Counts, m
		}
	}
	w.size = float64(f.Measure.N)
	return w, nil
}

// windows reads what a condition looks at: its window now, and the fullest that
// fresh posts may have made.
func windows(tx store.Tx, c *compiled, k store.Key, was state, f *Firing) (last, most window, err error) {
	var list hitList
	from := was.Call.lookFrom(f)
	err = within(tx, k, f.At, f.At.Sub(from)+c.When.Within, func(h hit) { list = append(list, h) })
	if err != nil {
		return window{}, window{}, err
	}
	last, most = slide(list, c.When, from, f.At, c.For)
	return last, most, nil
}

// weighSpike asks whether as many are unusual at this hour, now or at any time
// since the oldest of the fresh posts. It is met from the first verdict that is
// worth a call (volume.Calls), and for as long as the level is reached.
func (s *Set) weighSpike(tx store.Tx, c *compiled, k store.Key, was state, f *Firing) (weighing, error) {
	usual, err := s.baseline(tx, c, k, f.At)
	if err != nil {
		return weighing{}, err
	}
	w := weighing{heard: was.Call.Heard}
	now := volume.At(f.At)
	var most volume.Look
	var highest float64
	var at volume.Bucket
	held, longest := time.Duration(0), time.Duration(0)
	for v := range usual.Verdicts(volume.At(was.Call.lookFrom(f)), now) {
		look := v.Best(c.When.Within, c.When.N)
		score := v.Score(c.When.Within, c.When.N)
		called := w.heard.Hear(v.Bucket, score, c.level)
		w.calls = w.calls || called
		if held += volume.Span; score < float64(c.level) {
			held = 0
		}
		longest = max(longest, held)
		if w.met = held > 0; called || score >= highest || w.met && v.Bucket == now {
			most, highest, at = look, score, v.Bucket
		}
		f.Measure.Learnt, f.Measure.Past = v.Days(), time.Duration(v.Learnt)*volume.Span
	}
	if !w.met && longest > 0 && longest >= c.For {
		w.met, w.late = true, true
		f.Measure.End = (at + 1).Time()
	}
	w.met = w.met && (w.calls || was.waits())
	f.When.Within = cmp.Or(most.Within, c.When.Within)
	f.Measure.Usual, f.Measure.Likes, f.Measure.Of = most.Usual, most.Above, most.Among
	f.Measure.Score, f.Measure.Needed = highest/float64(c.level), c.When.needed()
	w.size = f.Measure.Score
	end := f.At
	if w.late { // a bucket ends where the next begins, a window of count with its end
		end = f.Measure.End.Add(-time.Second)
	}
	f.Counts, err = count(tx, k, end, f.When.Within)
	f.Measure.N = f.Counts.Of(c.When.counts())
	return w, err
}

// weighSilence asks whether nothing came where much was to be expected. What
// has fallen silent is so until a post comes, however long ago the last one was.
func (s *Set) weighSilence(tx store.Tx, c *compiled, k store.Key, was state, f *Firing) (weighing, error) {
	usual, err := s.baseline(tx, c, k, f.At)
	if err != nil {
		return weighing{}, err
	}
	now := volume.At(f.At)
	expected, silent := usual.Silent(now, c.When.Silent)
	f.Measure = Measure{Usual: expected, Learnt: usual.Judge(now).Days(), Needed: c.When.needed()}
	f.When.Within = c.When.Silent
	if was.Firing {
		silent = usual.Count(now, c.When.Silent) == 0
	}
	if silent || was.Firing {
		before := f.At
		if was.waits() { // what has come since then is its end
			before = was.Met
		}
		if f.Measure.Since, err = lastBefore(tx, k, before); err != nil {
			return weighing{}, err
		}
	}
	f.Counts, err = count(tx, k, f.At, c.When.Silent)
	return weighing{met: silent}, err
}
