package guard

import (
	"cmp"
	"slices"

	"github.com/siaga-id/siaga/facts"
)

// Kind is what is wrong with a stretch of text. The list is closed.
type Kind string

// The kinds.
const (
	Threat   Kind = "threat"   // legal steps: they turn a complaint into a crisis
	Person   Kind = "person"   // a private person or account
	Motive   Kind = "motive"   // why people complain, or who pays them
	Absolute Kind = "absolute" // what one counterexample makes a lie
	Number   Kind = "number"   // a figure, date, time or unit that no fact has, or has for something else
	Excuse   Kind = "excuse"   // it is within limits, or somebody else's doing: for a fact to say
	Denial   Kind = "denial"   // no fault in itself: whoever asks knows whether the gate is open
)

// Kinds lists the kinds in the order in which they are explained.
func Kinds() []Kind { return []Kind{Threat, Person, Motive, Absolute, Number, Excuse, Denial} }

// Fault is one stretch of a text that must not be published.
type Fault struct {
	Kind       Kind
	Start, End int // bytes in the text
}

// Cited is what may stand in a text. A fault that lies wholly within a fact's
// sentence, word for word, or within one of Texts is none.
type Cited struct {
	Facts []facts.Fact
	// Names may be named, besides the sources and owners of the facts.
	Names []string
	// Texts are no statements about the matter, and somebody has approved them:
	// whom to ask, when the next news comes, how to stay safe. Their dates,
	// times and telephone numbers may also stand elsewhere.
	Texts []string
	// Quoted is what others say and the text repeats in order to answer it. Its
	// threats and the people whom it names are faults all the same.
	Quoted []string
}

// Check returns what is wrong with a text, in the order of the text. It sees
// through letters that are hidden, spaced, stretched or swapped for digits and
// for look-alikes.
func Check(text string, c Cited) []Fault {
	words := read(text)
	s := c.standing()
	faults := matches(words)
	faults = append(faults, s.persons(text, words)...)
	figures := s.figures(text, words)
	safe := c.spans(text)
	faults = slices.DeleteFunc(faults, safe.excuse)
	figures = slices.DeleteFunc(figures, safe.excuse)
	for _, f := range figures { // 100% aman is one fault, and so is s0masi
		if !slices.ContainsFunc(faults, f.overlaps) {
			faults = append(faults, f)
		}
	}
	return inOrder(faults)
}

func (f Fault) overlaps(g Fault) bool { return f.Start < g.End && g.Start < f.End }

// inOrder sorts faults, and leaves out those that lie within another of their
// kind.
func inOrder(faults []Fault) []Fault {
	slices.SortFunc(faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.Kind, b.Kind))
	})
	var out []Fault
	for _, f := range faults {
		if !slices.ContainsFunc(out, func(g Fault) bool { return g.Kind == f.Kind && f.End <= g.End }) {
			out = append(out, f)
		}
	}
	return out
}
