package query

import (
	"sync"
	"sync/atomic"
)

// learnFrom is after how many posts a plan is made anew, and each time after
// eight times as many: what is common shows early, and drifts slowly.
const learnFrom = 2_000

// learnEvery is how many posts a doc counts before the learner hears of them:
// that takes a look at every term, which is much beside a single post.
const learnEvery = 100

// learner counts in how many posts terms stand, since sources are searched for
// the brand and words that are rare elsewhere stand in every post here.
type learner struct {
	mu    sync.Mutex
	posts uint32
	next  uint32
	seen  []uint32
	plan  atomic.Pointer[plan]
}

// learn takes what a doc has counted, and makes a new plan when it is time.
func (l *learner) learn(d *Doc, queries []*Query) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for t, n := range d.seen {
		l.seen[t] += n
	}
	clear(d.seen)
	l.posts += d.posts
	d.posts = 0
	if l.posts < l.next {
		return
	}
	l.plan.Store(newPlan(queries, len(l.seen), l.seen))
	if l.next *= 8; l.next > 1<<27 { // start afresh before the counts could overflow
		l.posts, l.next = 0, learnFrom
		clear(l.seen)
	}
}
