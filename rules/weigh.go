package rules

import (
	"cmp"
	"fmt"
	"time"

	"github.com/siaga-id/siaga/source"
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
func (s *Set) weigh(tx store.Tx, c *compiled, k store.Key, was state, f *Firing, all batch) (weighing, error) {
	switch c.When.Kind() {
	case Spike:
		return s.weighSpike(tx, c, k, was, f)
	case Ratio:
		return s.weighRatio(tx, c, k, was, f)
	case Silence:
		return s.weighSilence(tx, c, k, was, f)
	case Spread:
		return s.weighSpread(tx, c, k, was, f, all)
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
	learnt := c.When.learnt(s.memory.series[k].first.Time(), f.At)
	measure := func(at window) (m Measure, met bool) {
		mean, _ := usual.Mean(volume.At(at.end), c.When.Within, c.When.Against)
		m = Measure{N: at.Of(c.When.Unit), Usual: mean, Learnt: learnt, Needed: c.When.needed()}
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
	var p peak
	for v := range usual.Verdicts(volume.At(was.Call.lookFrom(f)), volume.At(f.At)) {
		score := v.Score(c.When.Within, c.When.N)
		called := w.heard.Hear(v.Bucket, score, c.level)
		w.calls = w.calls || called
		w.met = p.take(v.Bucket, v.Best(c.When.Within, c.When.N), score, float64(c.level), called || v.Bucket == volume.At(f.At))
		f.Measure.Learnt, f.Measure.Past = v.Days(), time.Duration(v.Learnt)*volume.Span
	}
	end := f.At
	if !w.met && p.longest > 0 && p.longest >= c.For {
		w.met, w.late = true, true
		f.Measure.End = (p.at + 1).Time()
		end = f.Measure.End.Add(-time.Second) // a bucket ends where the next begins, a window of count with its end
	}
	w.met = w.met && (w.calls || was.waits())
	w.size = p.score / float64(c.level)
	f.When.Within = cmp.Or(p.look.Within, c.When.Within)
	f.Measure.Usual, f.Measure.Likes, f.Measure.Of = p.look.Usual, p.look.Above, p.look.Among
	f.Measure.Score, f.Measure.Needed = w.size, c.When.needed()
	f.Counts, err = count(tx, k, end, f.When.Within)
	f.Measure.N = f.Counts.Of(c.When.counts())
	return w, err
}

// peak is the verdict of several that is told of, and for how long the level was
// reached on end.
type peak struct {
	look          volume.Look
	score         float64
	at            volume.Bucket
	held, longest time.Duration
}

// take takes the verdict on the next bucket and reports whether it reaches the
// level. It is told of if it is the highest, or reaches the level and matters.
func (p *peak) take(b volume.Bucket, look volume.Look, score, level float64, matters bool) bool {
	if p.held += volume.Span; score < level {
		p.held = 0
	}
	p.longest = max(p.longest, p.held)
	if score >= p.score || matters && p.held > 0 {
		p.look, p.score, p.at = look, score, b
	}
	return p.held > 0
}

// weighSilence asks whether nothing came where much was to be expected, as far
// as the sources of the series have been read: what is still to be read is no
// silence. What has fallen silent is so until a post comes, however long ago the
// last one was.
func (s *Set) weighSilence(tx store.Tx, c *compiled, k store.Key, was state, f *Firing) (weighing, error) {
	usual, err := s.baseline(tx, c, k, f.At)
	if err != nil {
		return weighing{}, err
	}
	f.When.Within = c.When.Silent
	f.Measure = Measure{Learnt: usual.Judge(volume.At(f.At)).Days(), Needed: c.When.needed()}
	if f.Counts, err = count(tx, k, f.At, c.When.Silent); err != nil {
		return weighing{}, err
	}
	until, err := seenUntil(tx, k, f.At)
	if err != nil {
		return weighing{}, err
	}
	w := weighing{}
	f.Measure.Usual, w.met = usual.Silent(volume.At(until), c.When.Silent)
	if was.Firing {
		w.met, until = usual.Count(volume.At(f.At), c.When.Silent) == 0, was.Met
	}
	if w.met || was.Firing { // nothing came for so long before it was found
		f.Measure.Since, err = lastBefore(tx, k, until.Add(-c.When.Silent))
	}
	return w, err
}

// seenUntil returns until when every source that a series lives on has been
// read; the zero time while one of them has more to hand over.
func seenUntil(tx store.Tx, series store.Key, now time.Time) (time.Time, error) {
	p, _, err := paces.Get(tx, series)
	until := now
	if err != nil {
		return time.Time{}, fmt.Errorf("read pace of %s: %w", series, err)
	}
	for name := range p.Sources {
		if !p.livesOn(name) {
			continue
		}
		seen, err := source.SeenUntil(tx, name, now)
		if err != nil {
			return time.Time{}, err
		}
		if seen.Before(until) {
			until = seen
		}
	}
	return until, nil
}
