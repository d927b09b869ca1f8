package grievance

// weight is what a sign adds to the score for each of its marks, of which at
// most `most` count.
type weight struct {
	sign   Sign
	points int
	most   int
}

// Bias is the score of a post without any sign.
const Bias = -6

// table is the whole of what is decided here. The points are fitted to the
// posts of testdata/dev.tsv and rounded (see CONTRIBUTING of the room: README).
//
//nolint:gochecknoglobals // never written
var table = [...]weight{
	{Person, 2, 2},
	{We, 0, 1},
	{Kin, 1, 1},
	{Folk, 0, 1},
	{Thing, 1, 2},
	{Place, 2, 1},
	{Time, 2, 2},
	{Harm, 2, 2},
	{Source, 1, 2},
	{Plea, 2, 2},
	{Own, 3, 1},
	{Struck, 2, 1},
	{Hearsay, -5, 1},
	{Report, -2, 3},
	{Others, -2, 2},
	{Advert, -3, 3},
	{Event, -3, 2},
	{Joke, -5, 1},
	{Slogan, -3, 2},
	{Opinion, -3, 2},
	{Question, -4, 1},
	{Praise, -4, 2},
	{Company, -4, 2},
	{Elsewhere, -4, 2},
	{Supposed, -4, 2},
	{not, 0, 0},
	{nothing, 0, 0},
}

// code returns the number of a sign in the table.
func code(s Sign) uint32 {
	for i, w := range table {
		if w.sign == s {
			return uint32(i)
		}
	}
	panic("grievance: signs.txt has a list that is no sign: " + string(s))
}

// count is how many marks there are of each sign in the table.
type count [len(table)]int

func (d *desk) count() count {
	var c count
	for _, h := range d.hits {
		c[h.id&signs]++
	}
	if c[code(Person)]+c[code(Own)] > 0 {
		c[code(Others)] = 0 // the writer is one of them
	}
	if c[code(Own)] == 0 {
		c[code(Folk)] = 0
	}
	return c
}

func (w weight) of(n int) (marks, points int) {
	marks = min(n, w.most)
	return marks, marks * w.points
}

func (c count) score() int {
	sum := Bias
	for i, n := range c {
		_, points := table[i].of(n)
		sum += points
	}
	return sum
}

func (c count) terms() []Term {
	var out []Term
	for i, n := range c {
		if marks, points := table[i].of(n); marks > 0 {
			out = append(out, Term{table[i].sign, marks, points})
		}
	}
	return out
}
