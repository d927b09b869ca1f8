package grievance

// weight is what a sign adds to the score for each of its marks, of which at
// most `most` count.
type weight struct {
	sign   Sign
	points int
	most   int
}

// Bias is the score of a post without any sign.
const Bias = -9

// table is the whole of what is decided here. The points are fitted to the
// posts of testdata/dev.tsv and rounded (see CONTRIBUTING of the room: README).
//
//nolint:gochecknoglobals // never written
var table = [...]weight{
	{Person, 4, 2},
	{Kin, 2, 2},
	{Folk, 2, 1},
	{Thing, 3, 3},
	{Place, 4, 2},
	{Time, 5, 3},
	{Harm, 4, 3},
	{Source, 2, 3},
	{Plea, 4, 2},
	{Upset, 3, 2},
	{Turn, 2, 2},
	{Own, 4, 2},
	{Struck, 3, 2},
	{Hearsay, -5, 2},
	{Report, -7, 4},
	{Office, -4, 3},
	{Others, -3, 2},
	{Advert, -6, 4},
	{Event, -5, 4},
	{Joke, -6, 1},
	{Slogan, -3, 2},
	{Opinion, -6, 3},
	{Question, -6, 2},
	{Praise, -6, 2},
	{Company, -6, 4},
	{Elsewhere, -10, 3},
	{Supposed, -6, 2},
	{Everyday, -2, 2},
	{Harmless, -4, 1},
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
	if c[code(Harm)]+c[code(Source)] == 0 {
		c[code(Harmless)] = 1
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
