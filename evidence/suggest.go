package evidence

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/text"
)

// Threshold is the score from which a fact is suggested: above what 5 % of the
// stories whose fact was taken away reach on every development set, which is 3.43
// on testdata/hoaxes-dev.tsv, 3.80 on testdata/stories.txt, 4.54 on CheckThat! 2020
// train and 5.03 on dev (bench/retrieval -threshold). A wrong fact beside a
// frightened post costs more than none. Stories that have no answer but speak of
// the same things reach more: 5 % of those in hoaxes-dev.tsv are above 7.95.
const Threshold = 5.1

// background is what the next text comes to at least: it does so for each of
// the 800 questions of CheckThat! 2020 train to 10,000 claims. Of few facts one is
// always far ahead, which says nothing.
const background = 0.7

// rare is the share of facts that a word stands in at most if it is enough by
// itself; a small library has words that stand in one fact.
const rare = 0.01

// raise is by what the sums of an answer are multiplied: how far the best text
// is ahead of the next one that is no copy of it.
func (r *ranker) raise(list []near) float64 {
	if len(list) == 0 {
		return 1
	}
	best, next := list[0].sum, float32(background)
	for _, n := range list[1:] {
		if !r.copies(list[0].doc, n.doc) {
			next = max(next, n.sum)
			break
		}
	}
	return 1 + float64(r.weights.lead*max(0, best-next)/best)
}

// copies reports texts of which half of the words are the same.
func (r *ranker) copies(a, b int) bool {
	first, second := r.termsOf(a), r.termsOf(b)
	both := 0
	for _, t := range first {
		if slices.Contains(second, t) {
			both++
		}
	}
	return 2*both >= max(len(first), len(second))
}

func (r *ranker) termsOf(doc int) []uint32 { return r.seq[r.from[doc]:r.from[doc+1]] }

// hits enters the facts of the cell that are near to one story, where they were
// not nearer to an earlier one.
func (x *Index) hits(best map[int]Hit, d *desk, a *Ask, s int) {
	story := a.Stories[s]
	list := x.ranker.rank(d, story.Text, func(i int) bool { return !x.holds(i, a) })
	raise := x.ranker.raise(list)
	for place, n := range list {
		if !x.answers(n.doc, a) {
			if place == 0 {
				raise = 1 // the story is about something else
			}
			continue
		}
		h := Hit{Fact: x.facts[n.doc], Story: s, Score: float64(n.sum) * raise}
		x.judge(&h, d, a, n.doc)
		if old, ok := best[n.doc]; !ok || better(h, old) < 0 {
			best[n.doc] = h
		}
	}
}

// holds reports whether fact i lives and holds at the site, whatever it is about.
func (x *Index) holds(i int, a *Ask) bool {
	f := &x.facts[i]
	return f.Live(a.Now) && len(f.Topics) > 0 && f.Covers(f.Topics[0], a.Site)
}

// better orders hits: those that nothing is against first, then by score.
func better(a, b Hit) int {
	return cmp.Or(cmp.Compare(min(len(a.Against), 1), min(len(b.Against), 1)), cmp.Compare(b.Score, a.Score))
}

// judge says what a fact and the story share, and what is against it.
func (x *Index) judge(h *Hit, d *desk, a *Ask, doc int) {
	story := a.Stories[h.Story]
	switch {
	case vetoed(a.Vetoes, h.Fact.ID, a.Topic, a.Site, story.ID):
		h.Against = Vetoed
	case h.Score < Threshold:
		h.Against = Far
		return // there are many of these
	}
	rarely := x.met(h, d, story.Text, doc)
	if h.Against != "" {
		return
	}
	if shared := len(h.Met.Words) + len(h.Met.Numbers) + len(h.Met.Names); shared < 2 && !rarely {
		h.Against = Thin
		return
	}
	if elsewhere := x.elsewhere(h.Fact, story.Text); elsewhere != "" {
		h.Against, h.Detail = OtherSite, elsewhere
		return
	}
	if q, ok := x.ranker.differ(h.Fact.Text, story.Text); ok {
		h.Against, h.Detail = Differs, q.value+" "+q.unit
	}
}

// met fills in the words that are shared, each once, and reports whether a rare
// one is among them.
func (x *Index) met(h *Hit, d *desk, story string, doc int) bool {
	terms := x.ranker.termsOf(doc)
	rarely := false
	var told []uint32
	for i, t := range d.terms {
		if !slices.Contains(terms, t) || slices.Contains(told, t) {
			continue
		}
		told = append(told, t)
		shown := text.Clean(story[d.asked[i].start:d.asked[i].end])
		in := x.ranker.words.from[t+1] - x.ranker.words.from[t]
		rarely = rarely || float64(in) <= max(1, rare*float64(len(x.facts)))
		switch {
		case d.asked[i].number:
			h.Met.Numbers = append(h.Met.Numbers, shown)
		case isName(h.Fact.Text, d.asked[i].spelled):
			h.Met.Names = append(h.Met.Names, shown)
		default:
			h.Met.Words = append(h.Met.Words, shown)
		}
	}
	return rarely
}

// isName reports a word that has a capital in the fact where no sentence begins.
func isName(fact, spelled string) bool {
	begins := true
	for f := range strings.FieldsSeq(fact) {
		bare := strings.TrimFunc(f, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		first, _ := utf8.DecodeRuneInString(bare)
		if !begins && unicode.IsUpper(first) && strings.EqualFold(bare, spelled) {
			return true
		}
		begins = strings.HasSuffix(f, ".") || strings.HasSuffix(f, "!") || strings.HasSuffix(f, "?")
	}
	return false
}

// differ returns a number of the story that contradicts the fact.
func (r *ranker) differ(fact, story string) (quantity, bool) {
	var room []string
	unit := func(w string) (root string) {
		root, room = r.reader.root(room, word{spelled: w}, r.reader.home)
		return root
	}
	return differ(quantities(wordsOf(nil, fact, nil), unit), quantities(wordsOf(nil, story, nil), unit))
}

// sorted splits hits into those that may be said and those that were held back.
func (x *Index) sorted(best map[int]Hit) Suggestion {
	var out Suggestion
	order := slices.SortedFunc(maps.Keys(best), func(i, j int) int {
		return cmp.Or(better(best[i], best[j]), cmp.Compare(best[i].Fact.Tier, best[j].Fact.Tier), cmp.Compare(i, j))
	})
	for _, i := range order {
		h := best[i]
		switch {
		case h.Against == "" && len(out.Hits) < facts.MaxFacts:
			out.Hits = append(out.Hits, h)
		case h.Against != "" && h.Against != Far && len(out.Held) < facts.MaxFacts:
			out.Held = append(out.Held, h)
		}
	}
	return out
}
