package volume

// learner is what a series has learnt up to a bucket, the bucket itself left
// out. It holds no pointer and is copied whole.
type learner struct {
	at     Bucket
	learnt int16     // buckets of 28 days that were not kept out
	dark   uint16    // length of the stretch of zeros before at
	missed float32   // posts expected in that stretch
	recent [2]rank   // of the windows of a day
	season [2]middle // of the windows at this hour of many days, in these bins:
	short  [shortBins]int16
	long   [longBins]int16
	tails  [2]tail
}

// step goes on to the next bucket. It reads the buckets before, never the new
// one.
func (l *learner) step(r *ring) {
	l.dwell(r)
	l.at++
	l.learn(r, l.at-1, 1)
	l.learn(r, l.at-1-kept, -1)
	l.passDay(r)
	l.passSeason(r)
	l.passTails(r)
}

// dwell counts how long there has been nothing, and how much should have been.
func (l *learner) dwell(r *ring) {
	if r.count(l.at) > 0 {
		l.dark, l.missed = 0, 0
		return
	}
	l.missed += float32(l.due())
	l.dark = min(l.dark+1, longDark+1)
}

// due is how many posts are to be expected in the bucket: as many as at this
// hour of other days.
func (l *learner) due() float64 {
	if l.learnt < settled || l.season[1].n < enough {
		return 0
	}
	return float64(worth(int(l.season[1].at))) / long
}

func (l *learner) learn(r *ring, b Bucket, by int16) {
	if r.cells[place(b)]&apart == 0 {
		l.learnt += by
	}
}

// passDay takes the window that just ended before the one to be judged into
// the recent median, and the one of yesterday out.
func (l *learner) passDay(r *ring) {
	out := r.sums(place(l.at - recent - 1))
	for i, w := range lengths() {
		if x, clear := r.sums(place(l.at - Bucket(w))).of(i); clear {
			l.recent[i].add(x, 1)
		}
		if x, clear := out.of(i); clear {
			l.recent[i].add(x, -1)
		}
		if !l.recent[i].right() {
			l.settleDay(r, i, w)
		}
	}
}

func (l *learner) settleDay(r *ring, i, w int) {
	var all [recent]int32
	l.recent[i].settle(r.windows(all[:0], l.at-recent, l.at-Bucket(w), w))
}

func (l *learner) passSeason(r *ring) {
	for d := 1; d <= seasonDays; d++ {
		from := place(l.at - Bucket(d*day) - reach - 1)
		l.seasonal(r.sums(from), d, -1)
		to := from + 2*reach + 1
		if to >= size {
			to -= size
		}
		l.seasonal(r.sums(to), d, 1)
	}
	l.season[0].settle(l.short[:])
	l.season[1].settle(l.long[:])
}

// seasonal takes windows of so many days ago in, or out if by is -1.
func (l *learner) seasonal(s sums, days int, by int16) {
	if days%7 == 0 {
		by *= sameWeekday
	}
	if s.shortClear {
		l.season[0].add(l.short[:], bin(s.short), by)
	}
	if s.longClear {
		l.season[1].add(l.long[:], bin(s.long), by)
	}
}

func (l *learner) passTails(r *ring) {
	in, out := place(l.at-lag), place(l.at-kept)
	l.tails[0].put(r.short[in])
	l.tails[0].take(r.short[out])
	if in%every == 0 {
		l.tails[1].put(r.long[in/every])
		l.tails[1].take(r.long[out/every])
	}
}

// relearn takes the medians anew from counts that changed long after; what
// was judged stays judged.
func (l *learner) relearn(r *ring) {
	l.recent, l.season = [2]rank{}, [2]middle{}
	clear(l.short[:])
	clear(l.long[:])
	for i, w := range lengths() {
		var all [recent]int32
		windows := r.windows(all[:0], l.at-recent, l.at-Bucket(w), w)
		for _, x := range windows {
			l.recent[i].add(int(x), 1)
		}
		l.recent[i].settle(windows)
	}
	for d := 1; d <= seasonDays; d++ {
		mid := l.at - Bucket(d*day)
		for b := mid - reach; b <= mid+reach; b++ {
			l.seasonal(r.sums(place(b)), d, 1)
		}
	}
	l.season[0].settle(l.short[:])
	l.season[1].settle(l.long[:])
	l.learnt = 0
	for b := l.at - kept; b < l.at; b++ {
		l.learn(r, b, 1)
	}
}
