package volume

// size is the number of buckets that are held: 28 days back from the oldest
// place that head can return to (12 h), and 6 h ahead, fit into 29 days.
const size = kept + day

// A cell holds the count of a bucket. Kept out of the baseline are the cells
// with the mark apart. Two of them hold no count: dark is a nought that is a
// silence, unknown is what was before the series began.
const (
	apart    = 0x8000
	unknown  = 0xfffe
	dark     = 0xffff
	greatest = 32765 // counts above are held as this
)

// every is how many buckets lie between two long windows whose z is kept: they
// overlap so much that one in twenty minutes says it all.
const every = 4

// ring holds the counts and the z codes of the last 29 days by bucket number.
type ring struct {
	cells [size]uint16
	short [size]uint8
	long  [size / every]uint8
}

func place(b Bucket) int {
	return int((b%size + size) % size)
}

func (r *ring) count(b Bucket) int { return count(r.cells[place(b)]) }

func count(cell uint16) int {
	if cell >= unknown {
		return 0
	}
	return int(cell &^ apart)
}

// set puts a count into a cell and leaves the mark apart as it is.
func (r *ring) set(b Bucket, n int) (changed bool) {
	cell := &r.cells[place(b)]
	old := *cell
	*cell = uint16(min(max(n, 0), greatest)) // #nosec G115 -- bounded
	if old < unknown {
		*cell |= old & apart
	}
	return *cell != old
}

// sums is what the two windows that end with a bucket hold. A window is clear
// if none of its cells is kept out.
type sums struct {
	short, long           int
	shortClear, longClear bool
}

func (s sums) of(i int) (x int, clear bool) {
	if i == 0 {
		return s.short, s.shortClear
	}
	return s.long, s.longClear
}

// sums adds up the windows that end at a place.
func (r *ring) sums(at int) sums {
	if at < long-1 {
		return r.wrapped(at)
	}
	c := (*[long]uint16)(r.cells[at-long+1 : at+1])
	// One loop less is a third of a step.
	late := c[9] | c[10] | c[11]
	early := c[0] | c[1] | c[2] | c[3] | c[4] | c[5] | c[6] | c[7] | c[8]
	if (early|late)&apart != 0 {
		return marked(c)
	}
	short := int(c[9]) + int(c[10]) + int(c[11])
	long := int(c[0]) + int(c[1]) + int(c[2]) + int(c[3]) + int(c[4]) + int(c[5]) + int(c[6]) + int(c[7]) + int(c[8])
	return sums{short, short + long, true, true}
}

func (r *ring) wrapped(at int) sums {
	var c [long]uint16
	for i := range c {
		c[i] = r.cells[(at-long+1+i+size)%size]
	}
	return marked(&c)
}

// marked adds up cells of which some may be kept out.
func marked(c *[long]uint16) sums {
	s := sums{shortClear: true, longClear: true}
	for i, v := range c {
		clear := v&apart == 0
		s.long += count(v)
		s.longClear = s.longClear && clear
		if i >= long-short {
			s.short += count(v)
			s.shortClear = s.shortClear && clear
		}
	}
	return s
}

// windows appends the sums of the clear windows of w buckets that end in
// [from, to].
func (r *ring) windows(dst []int32, from, to Bucket, w int) []int32 {
	lead := place(from)
	trail := place(from - Bucket(w))
	var sum, marked int32
	for b := range w - 1 {
		cell := r.cells[(trail+1+b)%size]
		sum += int32(cell &^ apart)
		marked += int32(cell >> 15)
	}
	trail = (trail + 1) % size
	for range to - from + 1 {
		in, out := r.cells[lead], r.cells[trail]
		sum += int32(in &^ apart)
		marked += int32(in >> 15)
		if marked == 0 {
			dst = append(dst, sum)
		}
		sum -= int32(out &^ apart)
		marked -= int32(out >> 15)
		lead, trail = next(lead), next(trail)
	}
	return dst
}

func next(place int) int {
	if place++; place == size {
		return 0
	}
	return place
}
