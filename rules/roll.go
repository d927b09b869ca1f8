package rules

import "time"

// roll is a window that rolls over matches.
type roll struct {
	slider
	unit    Unit
	length  int64 // seconds
	list    hitList
	in, out int // list[out:in] is inside
}

func newRoll(w When) roll {
	return roll{
		slider: slider{stories: map[uint64]int{}, voices: map[uint64]int{}},
		unit:   w.Unit, length: int64(w.Within / time.Second),
	}
}

// add takes a match that was published after those before.
func (r *roll) add(h hit) {
	if r.out > len(r.list)/2 {
		r.list, r.in, r.out = append(hitList{}, r.list[r.out:]...), r.in-r.out, 0
	}
	r.list = append(r.list, h)
}

// to rolls through the bucket that begins then, and returns the most units that
// were inside meanwhile; false: there are no matches.
func (r *roll) to(start time.Time) (most int, any bool) {
	r.leave(start.Unix())
	most, any = r.Of(r.unit), r.out < r.in
	for end := start.Unix() + int64(bucket/time.Second); r.in < len(r.list) && r.list[r.in].at < end; r.in++ {
		r.leave(r.list[r.in].at)
		r.enter(r.list[r.in])
		most, any = max(most, r.Of(r.unit)), true
	}
	return most, any
}

func (r *roll) leave(at int64) {
	for ; r.out < r.in && r.list[r.out].at <= at-r.length; r.out++ {
		r.slider.leave(r.list[r.out])
	}
}
