package volume

// learner is what a series has learnt up to a bucket, the bucket itself left
// out. It holds no pointer and is copied whole.
type learner struct {
	at     Bucket
	learnt uint16    // buckets of 28 days that were not kept out
	dark   uint16    // length of the stretch of zeros before at
	missed float32   // posts expected in that stretch
	recent [2]rank   // of the windows of a day
	season [2]middle // of the windows at this hour of many days, in these bins:
	short  [shortBins]uint16
	long   [longBins]uint16
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

func (l *learner) learn(r *ring, b Bucket, by int) {
	if r.cells[place(b)]&apart == 0 {
		l.learnt = uint16(int(l.learnt) + by) // #nosec G115 -- counts cells of the ring
	}
}

// passDay takes the window that just ended before the one to be judged into
// the recent median, and the one of yesterday out.
func (l *learner) passDay(r *ring) {
	out := r.sums(place(l.at - recent - 1))
	for i, w := range lengths() {
		in := r.sums(place(l.at - Bucket(w)))
		if in.clear[i] {
			l.recent[i].put(in.x[i])
		}
		if out.clear[i] {
			l.recent[i].take(out.x[i])
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
	for _, days := range season() {
		from := place(l.at - Bucket(days*day) - reach - 1)
		if out := r.sums(from); out.clear[0] {
			l.season[0].take(l.short[:], bin(out.x[0]))
			if out.clear[1] {
				l.season[1].take(l.long[:], bin(out.x[1]))
			}
		}
		if in := r.sums((from + 2*reach + 1) % size); in.clear[0] {
			l.season[0].put(l.short[:], bin(in.x[0]))
			if in.clear[1] {
				l.season[1].put(l.long[:], bin(in.x[1]))
			}
		}
	}
	l.season[0].settle(l.short[:])
	l.season[1].settle(l.long[:])
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
			l.recent[i].put(int(x))
		}
		l.recent[i].settle(windows)
	}
	for _, days := range season() {
		mid := l.at - Bucket(days*day)
		for b := mid - reach; b <= mid+reach; b++ {
			if s := r.sums(place(b)); s.clear[0] {
				l.season[0].put(l.short[:], bin(s.x[0]))
				if s.clear[1] {
					l.season[1].put(l.long[:], bin(s.x[1]))
				}
			}
		}
	}
	l.season[0].settle(l.short[:])
	l.season[1].settle(l.long[:])
	l.learnt = 0
	for b := l.at - kept; b < l.at; b++ {
		l.learn(r, b, 1)
	}
}
