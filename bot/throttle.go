package bot

import (
	"sync"
	"time"
)

// slipEvery is how often one person is told of a slip; a group that argues
// about slashes should not be joined by a bot (chat.md 3).
const slipEvery = 30 * time.Second

// throttle remembers when whom was last told. It is a courtesy, so a restart
// may forget it. The zero value is ready.
type throttle struct {
	mu   sync.Mutex
	last map[string]time.Time
}

// allow reports whether user may be told at now, and remembers that.
func (t *throttle) allow(user string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for known, at := range t.last {
		if now.Sub(at) >= slipEvery {
			delete(t.last, known)
		}
	}
	if _, told := t.last[user]; told {
		return false
	}
	if t.last == nil {
		t.last = map[string]time.Time{}
	}
	t.last[user] = now
	return true
}

// waits reports whether user was told less than slipEvery ago.
func (t *throttle) waits(user string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	at, told := t.last[user]
	return told && now.Sub(at) < slipEvery
}

// once lets an answer to a slip through once in a while, for each person. At
// the terminal nobody else is disturbed, and a press always gets its answer.
func (t *turn) once(ans Answer) Answer {
	if t.press || t.dest.Transport() == terminalUser || t.slips.allow(t.user, t.at) {
		return ans
	}
	return Answer{}
}
