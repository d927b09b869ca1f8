package evidence

import "slices"

// Veto is what a person said by *tidak cocok*: this fact is no answer here. It
// is kept by whoever asks; a fact that supersedes another has an id of its own
// and is not vetoed with it.
type Veto struct {
	Fact        string // its id
	Topic, Site string // the cell
	Story       string // its id; empty: all stories of the cell
}

// Covers reports whether the veto speaks of a fact as an answer to a story of a
// cell. A veto never reaches another cell; one on a story leaves the others.
func (v Veto) Covers(fact, topic, site, story string) bool {
	return v.Fact == fact && v.Topic == topic && v.Site == site && (v.Story == "" || v.Story == story)
}

func vetoed(list []Veto, fact, topic, site, story string) bool {
	return slices.ContainsFunc(list, func(v Veto) bool { return v.Covers(fact, topic, site, story) })
}
