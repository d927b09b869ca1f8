package notifier

import (
	"slices"
	"sync"
	"time"
)

// Limits is how fast the chats of a transport may be written to. Zero is no limit.
type Limits struct {
	Gap       time.Duration // between two calls in one chat
	PerMinute int           // calls in one chat in any minute: posts, edits and replies together
	Kept      int           // of PerMinute, for new critical cards and the calls for help under them
	PerSecond int           // calls in any second over all chats
	Edits     int           // edits in any minute over all chats
}

// Limited is a Sender whose other side counts calls.
type Limited interface {
	Limits() Limits
	// Room names the chat in which a call to a destination is counted, transport
	// first: the topics of a group are one.
	Room(d Dest) string
}

// spent holds the times of calls, oldest first. It is no bucket of tokens: one
// that refills as it is emptied lets through nearly twice its size in its
// first minute, and the other side counts any minute.
type spent []time.Time

// wait returns how long it takes until fewer than limit of the calls lie
// within span; 0 or less: they do now.
func (s spent) wait(now time.Time, limit int, span time.Duration) time.Duration {
	if limit <= 0 || len(s) < limit {
		return 0
	}
	return until(s[len(s)-limit].Add(span), now, span)
}

// recent returns the calls of the span before now.
func (s spent) recent(now time.Time, span time.Duration) spent {
	i := slices.IndexFunc(s, func(t time.Time) bool { return now.Sub(t) < span })
	if i < 0 {
		return nil
	}
	return s[i:]
}

// add notes a call, and forgets those before the last size.
func (s spent) add(now time.Time, size int) spent {
	s = append(s, now)
	return s[max(0, len(s)-max(size, 1)):]
}

// use is one call that somebody wants to make.
type use struct {
	room   string
	limits Limits
	urgent bool // may take what is kept
	edit   bool
}

func (u use) transport() string { return Dest(u.room).Transport() }

// budgets are what was spent in the chats of all transports, for the workers
// of all of them.
type budgets struct {
	mu    sync.Mutex
	rooms map[string]spent // by room
	calls map[string]spent // by transport
	edits map[string]spent // by transport
}

func newBudgets() *budgets {
	return &budgets{rooms: map[string]spent{}, calls: map[string]spent{}, edits: map[string]spent{}}
}

// take notes a call, and returns 0, or how long it has to wait.
func (b *budgets) take(u use, now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	if wait := b.wait(u, now); wait > 0 {
		return wait
	}
	b.add(u, now)
	return 0
}

func (b *budgets) wait(u use, now time.Time) time.Duration {
	room, l := b.rooms[u.room], u.limits
	perMinute := l.PerMinute
	if !u.urgent {
		perMinute -= l.Kept
	}
	wait := max(
		room.wait(now, 1, l.Gap),
		room.wait(now, perMinute, time.Minute),
		b.calls[u.transport()].wait(now, l.PerSecond, time.Second),
	)
	if u.edit {
		wait = max(wait, b.edits[u.transport()].wait(now, l.Edits, time.Minute))
	}
	return wait
}

func (b *budgets) add(u use, now time.Time) {
	transport := u.transport()
	b.rooms[u.room] = b.rooms[u.room].add(now, u.limits.PerMinute)
	b.calls[transport] = b.calls[transport].add(now, u.limits.PerSecond)
	if u.edit {
		b.edits[transport] = b.edits[transport].add(now, u.limits.Edits)
	}
}

// spend notes a call that did not ask.
func (b *budgets) spend(u use, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.add(u, now)
}

// left is how many calls a chat has left for what is not urgent, in this minute.
func (b *budgets) left(u use, now time.Time) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return u.limits.PerMinute - u.limits.Kept - len(b.rooms[u.room].recent(now, time.Minute))
}

// stall uses up the second that all chats of a transport share: whoever was
// too fast in one of them may have been too fast over all.
func (b *budgets) stall(u use, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := b.calls[u.transport()]
	for range u.limits.PerSecond {
		all = all.add(now, u.limits.PerSecond)
	}
	b.calls[u.transport()] = all
}

// spentIn returns what was spent in a chat in the last minute.
func (b *budgets) spentIn(room string, now time.Time) []time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.rooms[room].recent(now, time.Minute))
}

// recall takes over what an earlier process spent in a chat. One more call
// may have been under way when it ended. Which of them were edits is not
// known, so all of them were.
func (b *budgets) recall(u use, at []time.Time, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := append(slices.Clone(at), now.Add(-u.limits.Gap))
	slices.SortFunc(all, time.Time.Compare)
	b.rooms[u.room] = all[max(0, len(all)-u.limits.PerMinute):]
	edits := append(b.edits[u.transport()], all...)
	slices.SortFunc(edits, time.Time.Compare)
	b.edits[u.transport()] = edits[max(0, len(edits)-u.limits.Edits):]
}
