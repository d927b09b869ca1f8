package volume

import "iter"

// Series is the memory of one series. New makes it.
type Series struct {
	ring            ring
	far, near, head learner
	top             Bucket // the newest bucket that has a cell
	dirty           Bucket // the oldest that changed after it was stepped over; clean if none
}

const clean = Bucket(1<<63 - 1)

// New makes a series that begins with a bucket: nothing is known of what was
// before, until it is put.
func New(first Bucket) *Series {
	s := &Series{top: bounded(first) - 1, dirty: clean}
	for i := range s.ring.cells {
		s.ring.cells[i] = unknown
	}
	s.head.at = s.top
	for i, k := range kinds() {
		for j := range s.ring.codes(i) {
			s.ring.codes(i)[j] = none
		}
		s.head.kinds[i].measure(k.every)
	}
	s.head.relearn(&s.ring)
	s.far, s.near = s.head, s.head
	return s
}

// Newest is the newest bucket that was judged, the one before the first where
// there is none.
func (s *Series) Newest() Bucket { return s.head.at }

// Put sets the count of a bucket; negative counts are 0, and those above
// 32,765 are held as that. Up to 6 h before the newest bucket the windows that
// hold it will be judged again. What is older, up to 28 days, fills the history
// and changes no verdict. What is newer is kept until it is judged; a bucket
// more than 6 h ahead lets time pass to 6 h before it.
func (s *Series) Put(b Bucket, n int) {
	b = bounded(b)
	s.extend(b)
	if s.reaches(b) && s.ring.set(b, n) {
		s.changed(b)
	}
}

// Apart keeps the buckets of [from, to) out of the baseline, because an
// incident was open or the source blind. It reaches from 6 h before the newest
// bucket to 6 h after.
func (s *Series) Apart(from, to Bucket) {
	from, to = max(from, s.head.at-openFor), min(to, s.head.at+openFor+1)
	for b := from; b < to; b++ {
		s.extend(b)
		if cell := &s.ring.cells[place(b)]; *cell&apart == 0 {
			*cell |= apart
			s.changed(b)
		}
	}
}

// Judge tells how unusual the windows are that end with b. Time passes to b:
// buckets in between that were not put are zeros. Up to 6 h before the newest
// bucket b is judged with what is known now; on an older one there is no
// verdict, and its Learnt is 0.
func (s *Series) Judge(b Bucket) Verdict {
	v := Verdict{Bucket: b}
	for v = range s.Verdicts(b, b) {
	}
	return v
}

// Verdicts judges the buckets of [from, to] one after the other, as Judge does
// each, at the cost of one walk. Those older than 6 h before to are left out.
func (s *Series) Verdicts(from, to Bucket) iter.Seq[Verdict] {
	return func(yield func(Verdict) bool) {
		s.mend()
		to := bounded(to)
		from := max(bounded(from), max(to, s.head.at)-openFor)
		if from <= s.head.at {
			for walker := s.before(from); walker.at <= min(to, s.head.at); walker.step(&s.ring) {
				if v := walker.judge(&s.ring); v.Bucket >= from && !yield(v) {
					return
				}
			}
		}
		s.pass(from - 1)
		for s.head.at < to {
			if !yield(s.step()) {
				return
			}
		}
	}
}

// before is a copy of what was learnt up to b, or to some bucket before it.
func (s *Series) before(b Bucket) learner {
	if b > s.near.at {
		return s.near
	}
	return s.far
}

// reaches tells whether b has a cell.
func (s *Series) reaches(b Bucket) bool { return b <= s.top && b > s.top-size }

// extend gives every bucket up to b a cell that holds nought.
func (s *Series) extend(b Bucket) {
	s.pass(b - openFor)
	for s.top < b {
		s.top++
		s.ring.cells[place(s.top)] = 0
	}
}

func (s *Series) changed(b Bucket) {
	if b <= s.head.at {
		s.dirty = min(s.dirty, b)
	}
}

// mend steps again over what changed.
func (s *Series) mend() {
	dirty, newest := s.dirty, s.head.at
	s.dirty = clean
	switch {
	case dirty > newest:
		return
	case dirty < s.far.at:
		s.far.relearn(&s.ring)
		s.head = s.far
	case dirty < s.near.at:
		s.head = s.far
	case dirty < newest:
		s.head = s.near
	}
	for {
		if s.head.at == s.near.at {
			s.near = s.head
		}
		if s.head.judge(&s.ring); s.head.at == newest {
			return
		}
		s.head.step(&s.ring)
	}
}

// pass lets time go to b.
func (s *Series) pass(b Bucket) {
	if b <= s.head.at {
		return
	}
	s.mend()
	if b-s.head.at > size+longDark {
		s.forget(b - 2*openFor)
	}
	for s.head.at < b {
		s.step()
	}
}

func (s *Series) step() Verdict {
	s.head.step(&s.ring)
	if s.top < s.head.at {
		s.top++
		s.ring.cells[place(s.top)] = 0
	}
	if s.head.at-s.near.at >= openFor {
		s.far, s.near = s.near, s.head
	}
	return s.head.judge(&s.ring)
}

// forget comes to b with nothing but zeros behind, which is where stepping
// through more than a month of them leads.
func (s *Series) forget(b Bucket) {
	s.ring = ring{}
	l := learner{at: b, dark: longDark + 1}
	for i, k := range kinds() {
		n := uint16((kept - lag) / k.every) // #nosec G115 -- less than size
		l.kinds[i].tail.n, l.kinds[i].tail.bins[0] = n, n
		l.kinds[i].measure(k.every)
	}
	l.relearn(&s.ring)
	s.far, s.near, s.head, s.top = l, l, l, b
}
