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
	z      [windows][]int
	tails  [windows][2]float64
	missed float64
	dark   int
}

func (n *naive) window(i, w int) (x int, clear bool) {
	if i-w+1 < 0 {
		return 0, false
	}
	if slices.Contains(n.out[i-w+1:i+1], true) {
		return 0, false
	}
	for _, c := range n.counts[i-w+1 : i+1] {
		x += c
	}
	return x, true
}

func (n *naive) learnt(i int) int {
	learnt := 0
	for _, out := range n.out[max(0, i-kept):i] {
		if !out {
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
	for d := 1; d <= seasonDays; d++ {
		for j := i - d*day - reach; j <= i-d*day+reach; j++ {
			if x, clear := n.window(j, w); clear {
				all = append(all, worth(bin(x)))
			}
		}
	}
	return all
}

// ranked is the member that has so many below.
func ranked(all []int, rank int) float64 {
	slices.Sort(all)
	return float64(all[rank])
}

// judge takes the next count, and whether it is kept out.
func (n *naive) judge(x int, out bool) Verdict {
	i := len(n.counts)
	n.counts, n.out = append(n.counts, x), append(n.out, out)
	v := Verdict{Learnt: n.learnt(i)}
	due := 0.
	for k, w := range kinds() {
		b, known := 0., false
		if all := n.recent(i, w.length); len(all) >= enough {
			b, known = ranked(all, len(all)/2), true
		}
		if all := n.season(i, w.length); len(all) >= enough && v.Learnt >= settled {
			q := ranked(all, int(seasonShare*float64(len(all)-1)))
			b, known = max(b, q), true
			if k == 1 {
				due = q / hour
			}
		}
		look := Look{Usual: b}
		for j := max(0, i-w.length+1); j <= i; j++ {
			look.Count += n.counts[j]
		}
		n.z[k] = append(n.z[k], none)
		if (i+2*k)%6 == 0 || n.tails[k][1] == 0 {
			n.measure(i, k)
		}
		if known && v.Learnt >= speaks {
			_, clear := n.window(i, w.length)
			look.Score, n.z[k][i] = n.score(k, look, clear, v.Learnt)
		}
		v.Looks[k] = look
	}
	n.darken(i, due)
	return v
}

func (n *naive) score(k int, look Look, clear bool, learnt int) (score float64, stored int) {
	from, gap := n.tails[k][0], n.tails[k][1]
	z := steady(float64(look.Count)) - steady(look.Usual)
	highest := from + clip*gap
	if !clear {
		highest = from + spoilt*gap
	}
	stored = int(code(min(z, highest)))
	if learnt < settled {
		gap *= 2 - float64(learnt)/settled
	}
	return (z - from) / gap / kinds()[k].weight, stored
}

func (n *naive) measure(i, k int) {
	var all []int
	every := kinds()[k].every
	for j := max(0, i-kept+1); j <= i-lag; j++ {
		if n.z[k][j] != none && j%every == 0 {
			all = append(all, n.z[k][j])
		}
	}
	slices.Sort(all)
	from, excess := 0., 0.
	if len(all) > 0 {
		edge := all[len(all)-int(math.Ceil(tailShare*float64(len(all))))]
		from = math.Expm1(float64(edge) / perUnit)
		above, _ := slices.BinarySearch(all, edge+1)
		for _, c := range all[above:] {
			excess += (math.Expm1(float64(c)/perUnit) - from) / float64(len(all)-above)
		}
	}
	own := float64(len(all)*every) / priorWorth
	n.tails[k] = [2]float64{
		float64(float32((own*from + priorAt) / (own + 1))),
		float64(float32(max((own*math.Ln10*excess+priorGap)/(own+1), leastGap))),
	}
}

func (n *naive) darken(i int, due float64) {
	if n.counts[i] > 0 {
		n.missed, n.dark = 0, 0
		return
	}
	if n.missed+due >= silence && n.dark < longDark && !n.out[i] {
		n.out[i] = true
		for k := range n.z {
			n.z[k][i] = none
		}
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
