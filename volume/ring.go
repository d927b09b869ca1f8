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

// ring holds the counts of the last 29 days, and the z codes of one window in
// kinds().every, by bucket number.
type ring struct {
	cells [size]uint16
	short [size / 2]uint8
	hour  [size / 4]uint8
	long  [size / 12]uint8
}

func (r *ring) codes(kind int) []uint8 {
	return [windows][]uint8{r.short[:], r.hour[:], r.long[:]}[kind]
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

// sum is what the cells of a window hold, and above that, in the upper byte,
// how many of them are kept out.
type sum uint32

const mark sum = 1 << 24

func (s sum) count() int  { return int(s & (mark - 1)) }
func (s sum) clear() bool { return s < mark }

func (r *ring) at(place int) sum { return one(r.cells[place]) }

func one(cell uint16) sum {
	if cell < apart {
		return sum(cell)
	}
	return sum(count(cell)) | mark // #nosec G115 -- less than mark
}

// slide moves a window of that length on to end at a place.
func (r *ring) slide(s *sum, place, length int) {
	from := place - length
	if from < 0 {
		from += size
	}
	*s += r.at(place) - r.at(from)
}

// slideAll moves a window of each kind on to end at a place.
func (r *ring) slideAll(s *[windows]sum, place int) {
	if place < longest {
		for i, k := range kinds() {
			r.slide(&s[i], place, k.length)
		}
		return
	}
	c := (*[longest + 1]uint16)(r.cells[place-longest:])
	in := one(c[longest])
	s[0] += in - one(c[longest-quarter])
	s[1] += in - one(c[longest-hour])
	s[2] += in - one(c[0])
}

// window adds up what slide keeps.
func (r *ring) window(b Bucket, length int) (s sum) {
	for i := range length {
		s += r.at(place(b - Bucket(i)))
	}
	return s
}

// sums is what the windows hold that end at a place.
func (r *ring) sums(place int) (s [windows]sum) {
	for i := range longest {
		if place -= min(i, 1); place < 0 {
			place += size
		}
		c := one(r.cells[place])
		s[2] += c
		if i < hour {
			s[1] += c
		}
		if i < quarter {
			s[0] += c
		}
	}
	return s
}

// all appends the sums of the clear windows of a length that end in [from, to].
func (r *ring) all(dst []int32, from, to Bucket, length int) []int32 {
	s := r.window(from-1, length)
	head, tail := place(from), place(from-Bucket(length))
	for range to - from + 1 {
		s += r.at(head) - r.at(tail)
		if s.clear() {
			dst = append(dst, int32(s)) // #nosec G115 -- less than mark
		}
		head, tail = next(head), next(tail)
	}
	return dst
}

func next(place int) int {
	if place++; place == size {
		return 0
	}
	return place
}
