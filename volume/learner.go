package volume

// learner is what a series has learnt up to a bucket, the bucket itself left
// out. It holds no pointer and is copied whole.
type learner struct {
	at     Bucket
	learnt int16   // buckets of 28 days that were not kept out
	dark   int16   // length of the stretch of zeros before at
	missed float32 // posts expected in that stretch
	kinds  [windows]lesson
	// The windows that slide into the season of each day back, and out of it.
	in, out [seasonDays][windows]sum
}

// lesson is what is learnt of the windows of one length.
type lesson struct {
	in, out sum // the windows that slide into the recent ones and out
	recent  rank
	season  quantile
	tail    tail
	from    float32 // where the tail begins
	gap     float32 // and how far it reaches
}

// step goes on to the next bucket. It reads the buckets before, never the new
// one.
func (l *learner) step(r *ring) {
	l.dwell(r)
	l.at++
	l.learn(r, l.at-1, 1)
	l.learn(r, l.at-1-kept, -1)
	l.passSeason(r)
	for i, k := range kinds() {
		l.kinds[i].season.settle(seasonShare)
		l.kinds[i].passDay(r, l.at, k.length)
		l.kinds[i].passTail(r.codes(i), l.at, k.every)
		// One kind at a time: the tail moves slowly, and to measure it takes long.
		if (int(l.at)+2*i)%(2*windows) == 0 {
			l.kinds[i].measure(k.every)
		}
	}
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
	season := &l.kinds[1].season
	if l.learnt < settled || season.n < enough {
		return 0
	}
	return float64(worth(int(season.at))) / hour
}

func (l *learner) learn(r *ring, b Bucket, by int16) {
	if r.cells[place(b)]&apart == 0 {
		l.learnt += by
	}
}

func (l *learner) passSeason(r *ring) {
	l.slideSeason(r)
	for d := range seasonDays {
		for i := range windows {
			season := &l.kinds[i].season
			if s := l.out[d][i]; s.clear() {
				season.add(bin(s.count()), -1)
			}
			if s := l.in[d][i]; s.clear() {
				season.add(bin(s.count()), 1)
			}
		}
	}
}

// slideSeason stands apart because it waits for memory: the cells of a month
// are fetched side by side.
func (l *learner) slideSeason(r *ring) {
	for d := range seasonDays {
		out := place(l.at - Bucket((d+1)*day) - reach - 1)
		in := out + 2*reach + 1
		if in >= size {
			in -= size
		}
		r.slideAll(&l.out[d], out)
		r.slideAll(&l.in[d], in)
	}
}

// passDay takes the window that just ended before the one to be judged into
// the recent ones, and the one of yesterday out.
func (k *lesson) passDay(r *ring, at Bucket, length int) {
	r.slide(&k.in, place(at-Bucket(length)), length)
	r.slide(&k.out, place(at-recent-1), length)
	if k.in.clear() {
		k.recent.add(k.in.count(), 1)
	}
	if k.out.clear() {
		k.recent.add(k.out.count(), -1)
	}
	if !k.recent.right() {
		var all [recent]int32
		k.recent.settle(r.all(all[:0], at-recent, at-Bucket(length), length))
	}
}

func (k *lesson) passTail(codes []uint8, at Bucket, every int) {
	if in := place(at - lag); in%every == 0 {
		k.tail.put(codes[in/every])
		k.tail.take(codes[place(at-kept)/every])
	}
}

// relearn takes the baselines anew from counts that changed long after; what
// was judged stays judged.
func (l *learner) relearn(r *ring) {
	l.learnt = 0
	for b := l.at - kept; b < l.at; b++ {
		l.learn(r, b, 1)
	}
	for i, kind := range kinds() {
		k := &l.kinds[i]
		k.relearn(r, l.at, kind.length)
		for d := range seasonDays {
			mid := l.at - Bucket((d+1)*day)
			l.out[d][i] = r.window(mid-reach-1, kind.length)
			l.in[d][i] = r.window(mid+reach, kind.length)
		}
	}
}

func (k *lesson) relearn(r *ring, at Bucket, length int) {
	var buf [recent]int32
	k.recent, k.season = rank{}, quantile{}
	k.in, k.out = r.window(at-Bucket(length), length), r.window(at-recent-1, length)
	yesterday := r.all(buf[:0], at-recent, at-Bucket(length), length)
	for _, x := range yesterday {
		k.recent.add(int(x), 1)
	}
	k.recent.settle(yesterday)
	for d := range seasonDays {
		mid := at - Bucket((d+1)*day)
		for _, x := range r.all(buf[:0], mid-reach, mid+reach, length) {
			k.season.add(bin(int(x)), 1)
		}
	}
	k.season.settle(seasonShare)
}
