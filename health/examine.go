package health

import "time"

// Trouble is one thing that can be wrong with Siaga itself.
type Trouble string

// The troubles.
const (
	Unread  Trouble = "unread"  // no source that is fetched could be
	Stalled Trouble = "stalled" // rules are not evaluated, or posts are not taken in
	Full    Trouble = "full"    // the disk of the data file is nearly full
	Growing Trouble = "growing" // the disk will be full within days, as fast as the data file grows
)

// Troubles lists the troubles in the order in which people should hear of them.
func Troubles() []Trouble { return []Trouble{Stalled, Unread, Full, Growing} }

// Deadly reports whether Siaga hears or decides nothing while the trouble lasts.
func (t Trouble) Deadly() bool { return t == Stalled || t == Unread }

const (
	// unreadAfter is chat.md 6, Dead man: no successful fetch for 15 minutes.
	unreadAfter = 15 * time.Minute
	// stalledAfter is thirty ticks of the rules, which are due every ten
	// seconds, and thirty times the pause after a store that refused posts.
	stalledAfter = 5 * time.Minute
	// leastFree and leastShare bound the free space, whichever is more: what a
	// busy day adds several times over, and where file systems begin to slow down.
	leastFree  = 256 << 20
	leastShare = 20 // one in twenty: 5 %
	// leastDays is how long the disk must last: a weekend with holidays on both sides.
	leastDays = 7
	day       = 24 * time.Hour
)

// Signs is what was seen of Siaga at one moment. Times are those of this
// process; zero is never.
type Signs struct {
	Started time.Time
	Fetched int           // how many sources are fetched from other machines; 0: none is missed
	Every   time.Duration // between two fetches of the one that is fetched most often
	Read    time.Time     // the last fetch that worked
	Ticked  time.Time     // the rules were last evaluated by time alone
	Waiting time.Time     // since when posts wait to be taken in, and none was
	Disk    Disk
	Growth  Growth
}

// Disk is the space around the data file, in bytes. The zero value is not known.
type Disk struct {
	Free, Total int64 // of the file system; Free is what we may use
	Store       int64 // the data file itself
}

// Alarm is a trouble that is there.
type Alarm struct {
	Trouble Trouble   `json:"trouble"`
	Since   time.Time `json:"since"`
}

// Examine returns what is wrong at now, in the order of Troubles, given what
// was wrong before. An alarm that was there keeps its beginning, and ends only
// when something was seen that ends it: a process that has just started knows
// nothing yet, neither good nor bad.
func Examine(s Signs, before []Alarm, now time.Time) []Alarm {
	var out []Alarm
	for _, t := range Troubles() {
		was, known := find(before, t)
		since, wrong := s.check(t, known, now)
		if known {
			since = was.Since
		}
		if wrong {
			out = append(out, Alarm{Trouble: t, Since: since})
		}
	}
	return out
}

func find(all []Alarm, t Trouble) (Alarm, bool) {
	for _, a := range all {
		if a.Trouble == t {
			return a, true
		}
	}
	return Alarm{}, false
}

// check reports whether a trouble is there, and since when. was says that it
// was there before.
func (s Signs) check(t Trouble, was bool, now time.Time) (since time.Time, wrong bool) {
	switch t {
	case Unread:
		return s.unread(was, now)
	case Stalled:
		return s.stalled(was, now)
	case Full:
		return now, s.full(was)
	default:
		return now, s.growing(was)
	}
}

// unread is measured against the source that is fetched most often: where all
// are read once an hour, a quarter of an hour says nothing.
func (s Signs) unread(was bool, now time.Time) (since time.Time, wrong bool) {
	if s.Fetched == 0 {
		return now, false
	}
	if s.Read.IsZero() && was {
		return now, true
	}
	return overdue(s.Read, s.Started, max(unreadAfter, 2*s.Every), now)
}

// stalled looks at the ticks, which are due whatever happens, and at posts,
// which a store may refuse while there is nothing to tick.
func (s Signs) stalled(was bool, now time.Time) (since time.Time, wrong bool) {
	if s.Ticked.IsZero() && was {
		return now, true
	}
	since, wrong = overdue(s.Ticked, s.Started, stalledAfter, now)
	if s.Waiting.IsZero() || wrong && since.Before(s.Waiting) {
		return since, wrong
	}
	return s.Waiting, now.Sub(s.Waiting) >= stalledAfter
}

// overdue reports whether what last happened at a time, or never since the
// start, should have happened again.
func overdue(last, started time.Time, after time.Duration, now time.Time) (since time.Time, wrong bool) {
	if since = last; last.Before(started) {
		since = started
	}
	return since, now.Sub(since) >= after
}

// LeastFree is how much of a disk must be free, in bytes.
func (d Disk) LeastFree() int64 { return max(leastFree, d.Total/leastShare) }

// full ends a quarter above where it begins, so that a disk at the edge is
// told once.
func (s Signs) full(was bool) bool {
	if s.Disk.Total == 0 {
		return was
	}
	least := s.Disk.LeastFree()
	if was {
		least += least / 4
	}
	return s.Disk.Free < least
}

// growing ends, as full does, where it is well over.
func (s Signs) growing(was bool) bool {
	if s.Disk.Total == 0 || s.Growth.At.IsZero() {
		return was
	}
	least := int64(leastDays)
	if was {
		least += 2
	}
	left := s.DaysLeft()
	return left >= 0 && left < least
}

// DaysLeft is for how many days the disk lasts at the growth measured; -1 is
// for ever.
func (s Signs) DaysLeft() int64 {
	if s.Growth.PerDay <= 0 {
		return -1
	}
	return s.Disk.Free / s.Growth.PerDay
}
