package rules

import (
	"slices"
	"time"
)

// lateFor is how late a post may be, by its publication, to have the windows
// that hold it judged again (detection.md): a source that is read every half
// hour must neither look like a saw nor hide its last half hour.
const lateFor = 6 * time.Hour

// lookFrom is where the windows end that the fresh posts of f may have changed:
// now, or where the oldest of them that is not too late was published. A window
// that began before a person resolved the incident speaks only as the one of
// now: who comes late to what is dealt with is no news.
func (c call) lookFrom(f *Firing) time.Time {
	from := f.At
	for i := range f.New {
		if at := f.New[i].Post.Published; at.Before(from) && at.After(f.At.Add(-lateFor)) {
			from = at
		}
	}
	if from = maxTime(from, c.Dealt.Add(f.When.Within)); from.After(f.At) {
		return f.At
	}
	return from
}

// window is one position of a window over the matches of a series.
type window struct {
	end time.Time
	Counts
}

// slider moves a window over matches.
type slider struct {
	Counts
	stories, voices map[uint64]int
}

func (s *slider) enter(h hit) {
	s.Posts++
	s.Stories += grow(s.stories, h.story, 1)
	s.Voices += grow(s.voices, h.voice, 1)
}

func (s *slider) leave(h hit) {
	s.Posts--
	s.Stories += grow(s.stories, h.story, -1)
	s.Voices += grow(s.voices, h.voice, -1)
}

// grow returns by how much the number of different ids changes.
func grow(n map[uint64]int, id uint64, by int) int {
	before := n[id] > 0
	if n[id] += by; n[id] == 0 {
		delete(n, id)
	}
	switch after := n[id] > 0; {
	case after == before:
		return 0
	case after:
		return 1
	default:
		return -1
	}
}

// slide moves a window of When.Within over the hits that were published after
// from-Within, and returns its position at now. Where that holds less than
// When.N units, it also returns the fullest of those that end in [from, now], if
// there were at least as many for as long as held asks for.
func slide(list hitList, w When, from, now time.Time, held time.Duration) (last, most window) {
	inOrder(list)
	start := now.Add(-w.Within).Unix()
	first := slices.IndexFunc(list, func(h hit) bool { return h.at > start })
	if first < 0 {
		first = len(list)
	}
	if n := countOf(list[first:]); n.Of(w.Unit) >= w.N || first == 0 {
		return window{end: now, Counts: n}, window{}
	}
	s := slider{stories: map[uint64]int{}, voices: map[uint64]int{}}
	length := int64(w.Within / time.Second)
	var best window    // the fullest position in a stretch of enough,
	begun := int64(-1) // which began then
	leave := func(end int64) {
		if begun >= 0 && best.Of(w.Unit) > most.Of(w.Unit) && time.Duration(end-begun)*time.Second >= held {
			most = best
		}
		begun, best = -1, window{}
	}
	for in, out := 0, 0; in < len(list) || out < in; {
		at, enters := int64(0), false
		if out < in {
			at = list[out].at + length
		}
		if in < len(list) && (out == in || list[in].at <= at) {
			at, enters = list[in].at, true
		}
		if at > now.Unix() {
			break
		}
		for ; out < in && list[out].at+length <= at; out++ {
			s.leave(list[out])
		}
		for ; enters && in < len(list) && list[in].at == at; in++ {
			s.enter(list[in])
		}
		switch {
		case s.Of(w.Unit) < w.N:
			leave(at)
		case begun < 0:
			begun = at
			fallthrough
		default:
			if at >= from.Unix() && s.Of(w.Unit) > best.Of(w.Unit) {
				best.end, best.Counts = time.Unix(at, 0).UTC(), s.Counts
			}
		}
	}
	last = window{end: now, Counts: s.Counts}
	leave(now.Unix())
	return last, most
}
