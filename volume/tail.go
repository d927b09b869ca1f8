package volume

import "math"

// A z is kept in one byte: nought and below as 0, else by its logarithm, so
// that the steps are .03 near nought and 3 % far out. none is a window on
// which there was no verdict, or a silence.
const (
	none     = 255
	zCodes   = 254
	zPerUnit = 35.5 // the greatest z of huge counts, 1254, is code 253
)

func code(z float64) uint8 {
	if !(z > 0) {
		return 0
	}
	return uint8(min(zPerUnit*math.Log1p(z)+.5, zCodes)) // #nosec G115 -- bounded
}

func decode(code int) float64 {
	return math.Expm1(float64(code) / zPerUnit)
}

// tail counts the z codes of 28 days.
type tail struct {
	n    uint16
	bins [zCodes + 1]uint16
}

func (t *tail) put(code uint8) {
	if code != none {
		t.n++
		t.bins[code]++
	}
}

func (t *tail) take(code uint8) {
	if code != none {
		t.n--
		t.bins[code]--
	}
}

// highest walks down from the top and says above which z lie one in a hundred
// and one in a thousand. Of nothing both are 0.
func (t *tail) highest() (hundredth, thousandth float64) {
	if t.n == 0 {
		return 0, 0
	}
	over, code := 0, zCodes+1
	down := func(rank int) float64 {
		for over <= rank {
			code--
			over += int(t.bins[code])
		}
		return decode(code)
	}
	last := float64(t.n - 1)
	thousandth = down(int(last - math.Floor(last*.999)))
	return down(int(last - math.Floor(last*.99))), thousandth
}

// atLeast counts the windows that were as unusual.
func (t *tail) atLeast(code uint8) int {
	n := 0
	for _, v := range t.bins[code:] {
		n += int(v)
	}
	return n
}
