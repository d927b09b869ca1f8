package guard

import "github.com/siaga-id/siaga/facts"

type Kind string

const Denial Kind = "denial"

type Fault struct {
	Kind       Kind
	Start, End int
}

type Cited struct {
	Facts []facts.Fact
	Names []string
	Texts []string
}

func Check(text string, c Cited) []Fault { return nil }

const (
	Threat   Kind = "threat"
	Person   Kind = "person"
	Motive   Kind = "motive"
	Absolute Kind = "absolute"
	Number   Kind = "number"
)
