package evidence

import (
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/facts"
)

// Index finds facts. It never changes, and many may ask it at once.
type Index struct {
	facts  []facts.Fact
	places []place
	ranker *ranker
}

// A place is what is known of one site.
type place struct {
	site  string
	names []string // folded, between spaces
}

// NewIndex makes an index of facts, dead ones included: whether a fact lives is
// asked when it is looked for. Places names the sites (source.NewGazetteer); a
// story about one site is no story for a fact about another. It may be nil.
func NewIndex(list iter.Seq[facts.Fact], places map[string][]string) *Index {
	x := &Index{facts: slices.Collect(list)}
	texts := make([]string, len(x.facts))
	for i, f := range x.facts {
		texts[i] = f.Text + ". " + strings.Join(f.Topics, ", ")
	}
	x.ranker = newRanker(texts, shipped())
	x.places = placesOf(places)
	return x
}

// Story is a text that people wrote.
type Story struct {
	ID   string // as in a Veto; may be empty
	Text string
}

// Ask is what facts are looked for.
type Ask struct {
	Stories     []Story // of one incident
	Topic, Site string  // its cell of the issue map
	Now         time.Time
	Vetoes      []Veto
}

// Hit is a fact that shares something with a story.
type Hit struct {
	Fact  facts.Fact
	Story int     // which of Ask.Stories is nearest to it
	Score float64 // 0 and more, 154 at most; see Threshold
	Met   Met
	// Against is why the fact is no answer all the same.
	Against Against
	Detail  string // what differs, for Against
}

// Met is what a fact and a story share, as it stands in the story.
type Met struct {
	Words, Numbers, Names []string
}

// Against is a reason not to suggest a fact.
type Against string

// The reasons against a fact, the first that holds.
const (
	Far       Against = "far"       // its score is below the threshold
	Thin      Against = "thin"      // it shares one word, and no rare one
	OtherSite Against = "otherSite" // the story names another place
	Differs   Against = "differs"   // the story says another number of the same thing
	Vetoed    Against = "vetoed"    // a person said that it does not fit
)

// Suggestion is what may be said to a story.
type Suggestion struct {
	Hits []Hit // at most facts.MaxFacts, best first; empty: say that there is no approved fact
	Held []Hit // those of the nearest that were held back, best first, at most facts.MaxFacts
	Live int   // facts that live in the cell; 0: its owner should be asked for one
}

// Suggest returns the facts of a cell that answer its stories. Silence is its
// usual answer: a fact that does not fit costs more than none.
func (x *Index) Suggest(a Ask) Suggestion {
	d := x.ranker.desks.Get().(*desk) //nolint:forcetypeassert // the only kind
	defer x.ranker.desks.Put(d)
	best := map[int]Hit{}
	for s := range a.Stories {
		x.hits(best, d, &a, s)
	}
	out := x.sorted(best)
	for i := range x.facts {
		if x.answers(i, &a) {
			out.Live++
		}
	}
	return out
}

// answers reports whether fact i lives and is about the cell.
func (x *Index) answers(i int, a *Ask) bool {
	f := &x.facts[i]
	return f.Live(a.Now) && f.Covers(a.Topic, a.Site)
}
