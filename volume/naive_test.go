package volume

import (
	"math"
	"math/rand/v2"
	"slices"
)

// naive is the detector as one writes it first: it keeps everything, sorts at
// each step, and is right.
type naive struct {
	counts []int
	out    []bool // kept out
	z      [2][]int
	missed float64
	dark   int
}

func (n *naive) window(i, w int) (x int, clear bool) {
	if i-w+1 < 0 {
		return 0, false
	}
	for j := i - w + 1; j <= i; j++ {
		x += n.counts[j]
		if n.out[j] {
			return 0, false
		}
	}
	return x, true
}

func (n *naive) learnt(i int) int {
	learnt := 0
	for j := max(0, i-kept); j < i; j++ {
		if !n.out[j] {
			learnt++
		}
	}
	return learnt
}

func (n *naive) recent(i, w int) (all []int) {
	for j := max(0, i-recent); j <= i-w; j++ {
		if x, clear := n.window(j, w); clear {
			all = append(all, x)
		}
	}
	return all
}

func (n *naive) season(i, w int) (all []int) {
	days := []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 7, 14}
	for _, d := range days {
		for j := i - d*day - reach; j <= i-d*day+reach; j++ {
			if x, clear := n.window(j, w); clear {
				all = append(all, worth(bin(x)))
			}
		}
	}
	return all
}

func median(all []int) int {
	slices.Sort(all)
	return all[len(all)/2]
}

// judge takes the next count, and whether it is kept out.
func (n *naive) judge(x int, out bool) Verdict {
	i := len(n.counts)
	n.counts, n.out = append(n.counts, x), append(n.out, out)
	v := Verdict{Learnt: n.learnt(i)}
	due := 0.
	for k, w := range lengths() {
		score, z := 0., none
		b, known := 0., false
		if all := n.recent(i, w); len(all) >= enough {
			b, known = float64(median(all)), true
		}
		if all := n.season(i, w); len(all) >= enough && v.Learnt >= settled {
			b, known = max(b, float64(median(all))), true
			if w == long {
				due = float64(median(all)) / long
			}
		}
		count := 0
		for j := max(0, i-w+1); j <= i; j++ {
			count += n.counts[j]
		}
		if known && v.Learnt >= speaks {
			f := 2 * (math.Sqrt(float64(count)+3./8) - math.Sqrt(b+3./8))
			at, gap := n.bounds(i, k, v.Learnt)
			score, z = (f-at)/gap, int(code(f))
			if _, clear := n.window(i, w); !clear {
				z = min(z, int(code(at+spoilt*gap)))
			}
		}
		n.z[k] = append(n.z[k], z)
		v.Looks[k] = Look{Count: count, Usual: b, Score: score}
	}
	n.darken(i, due)
	return v
}

func (n *naive) bounds(i, k, learnt int) (at, gap float64) {
	var all []int
	for j := max(0, i-kept+1); j <= i-lag; j++ {
		if n.z[k][j] != none && (k == 0 || j%every == 0) {
			all = append(all, n.z[k][j])
		}
	}
	hundredth, thousandth := 0., 0.
	if slices.Sort(all); len(all) > 0 {
		hundredth = decode(all[int(float64(len(all)-1)*.99)])
		thousandth = decode(all[int(float64(len(all)-1)*.999)])
	}
	own := float64(len(all)*[2]int{1, every}[k]) / priorWorth
	at = (own*hundredth + priorAt) / (own + 1)
	gap = max((own*(thousandth-hundredth)+priorGap)/(own+1), leastGap)
	if learnt < settled {
		gap *= 2 - float64(learnt)/settled
	}
	return at, gap
}

func (n *naive) darken(i int, due float64) {
	if n.counts[i] > 0 {
		n.missed, n.dark = 0, 0
		return
	}
	if n.missed+due >= silence && n.dark < longDark && !n.out[i] {
		n.out[i] = true
		n.z[0][i], n.z[1][i] = none, none
	}
	n.missed, n.dark = n.missed+due, n.dark+1
}

// walk makes counts that a detector finds hard: a rhythm of the day, bursts,
// long silences, sudden changes of level.
func walk(seed uint64, n int) []int {
	rng := rand.New(rand.NewPCG(seed, 0))
	level := []float64{.05, 1, 6, 80}[rng.IntN(4)]
	out := make([]int, n)
	burst, still := 0., 0
	for i := range out {
		switch rng.IntN(400) {
		case 0:
			burst = 30 * level * rng.Float64()
		case 1:
			still = rng.IntN(40)
		case 2:
			level *= .5 + rng.Float64()
		}
		rhythm := 1.1 + math.Sin(float64(i%day)/day*2*math.Pi)
		if still--; still < 0 {
			out[i] = poisson(rng, level*rhythm+burst)
		}
		burst *= .93
	}
	return out
}

func poisson(rng *rand.Rand, mean float64) int {
	if mean > 30 {
		return max(0, int(mean+math.Sqrt(mean)*rng.NormFloat64()+.5))
	}
	n, p, least := 0, rng.Float64(), math.Exp(-mean)
	for p > least {
		p *= rng.Float64()
		n++
	}
	return n
}
