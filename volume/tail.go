package volume

import "math"

// A z is kept in one byte: nought and below as 0, else by its logarithm, so
// that the steps are .016 near nought and 1.6 % far out. none is a window on
// which there was no verdict, or a silence.
const (
	none    = 255
	top     = 254
	perUnit = 63. // the greatest z of huge counts, 55, is code 253
)

func code(z float64) uint8 {
	if !(z > 0) {
		return 0
	}
	return uint8(min(perUnit*math.Log1p(z)+.5, top)) // #nosec G115 -- bounded
}

// tail counts the z codes of 28 days.
type tail struct {
	n    uint16
	bins [top + 1]uint16
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

// measure walks down from the top: share of the windows are above from, by
// excess in the mean. Of nothing both are 0.
func (t *tail) measure(share float64) (from, excess float64) {
	if t.n == 0 {
		return 0, 0
	}
	above, sum, need := 0., 0., share*float64(t.n)
	z, step := math.Exp(top/perUnit), math.Exp(-1/perUnit)
	for code := top; ; code-- {
		if k := float64(t.bins[code]); k > 0 {
			if above+k >= need {
				break
			}
			above += k
			sum += k * z
		}
		z *= step
	}
	if above > 0 {
		excess = sum/above - z
	}
	return z - 1, excess
}

// atLeast counts the windows that were as unusual.
func (t *tail) atLeast(code uint8) int {
	below := 0
	for _, v := range t.bins[:code] {
		below += int(v)
	}
	return int(t.n) - below
}
