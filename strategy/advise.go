package strategy

import (
	"slices"
	"time"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
)

// Response is a kind of answer.
type Response string

// The responses, in the order in which they are considered.
const (
	Instruct Response = "instruct" // how to stay safe
	Adjust   Response = "adjust"   // empathy, and what is being done
	Deny     Response = "deny"     // it is not so
	Diminish Response = "diminish" // it was not meant, or is smaller than it is said to be
	Rebuild  Response = "rebuild"  // apologise, repair
	Bolster  Response = "bolster"  // what was done well so far; beside another only
)

// Responses lists all responses.
func Responses() []Response {
	return []Response{Instruct, Adjust, Deny, Diminish, Rebuild, Bolster}
}

// Case is what the advice depends on.
type Case struct {
	Cluster   Cluster // of the topic
	Hazard    bool    // people may come to harm by what is claimed
	Grievance bool
	Finding   incident.Finding
	Earlier   int // incidents of the same cell before this one
	Severity  rules.Severity
	Voices    int
	Trend     incident.Trend
	Facts     []facts.Fact // that speak about the cell; those that are live at Now count
	Now       time.Time
	Last      time.Time // when it was last counted: a wait begins there, however late somebody looks
	Least     int       // voices from which on an answer in public is considered; 0: EnoughVoices
}

// Advice is what fits a case.
type Advice struct {
	Cluster Cluster    // with what was found and what went before
	Raised  bool       `json:",omitempty"` // earlier incidents made it worse
	First   []Response `json:",omitempty"` // comes before all else
	May     []Response `json:",omitempty"` // may follow
	Locked  []Lock     `json:",omitempty"` // must not be used, and why
	Wait    *Wait      `json:",omitempty"` // do not answer in public yet; nil: there is no reason to wait
	Hold    bool       `json:",omitempty"` // hold back what is scheduled: campaigns, greetings
	Hazard  bool       `json:",omitempty"` // Duties are due
}

// Lock is a response that must not be used.
type Lock struct {
	Response Response
	Why      Why
}

// Advise returns what fits a case.
func Advise(c Case) Advice {
	a := Advice{
		First:  []Response{Instruct, Adjust},
		Wait:   c.wait(),
		Hold:   c.Severity >= rules.Critical,
		Hazard: c.hazard(),
	}
	a.Cluster, a.Raised = c.cluster()
	a.weigh(Deny, c.deny(a.Cluster))
	a.weigh(Diminish, c.diminish(a.Cluster))
	a.weigh(Rebuild, c.rebuild(a.Cluster))
	a.weigh(Bolster, c.bolster(a.Cluster, len(a.May) > 0))
	return a
}

func (a *Advice) weigh(r Response, why Why) {
	if why == "" {
		a.May = append(a.May, r)
	} else {
		a.Locked = append(a.Locked, Lock{Response: r, Why: why})
	}
}

// Allows reports whether a response may be used. The zero Advice allows none.
func (a Advice) Allows(r Response) bool {
	return slices.Contains(a.First, r) || slices.Contains(a.May, r)
}

// Lock returns why a response is locked; empty: it is not.
func (a Advice) Lock(r Response) Why {
	for _, l := range a.Locked {
		if l.Response == r {
			return l.Why
		}
	}
	return ""
}
