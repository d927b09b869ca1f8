package draft

import (
	"fmt"

	"github.com/siaga-id/siaga/guard"
)

// Why is why something is not done to a draft. The list is closed; what people
// read is in the catalogue of package bot.
type Why string

// The reasons.
const (
	Gated       Why = "gated"        // a complaint: acknowledge and act, nothing else
	NoDenial    Why = "no-denial"    // what it calls wrong may not be called so any more
	Shadow      Why = "shadow"       // nobody is to answer a shadow incident
	Over        Why = "over"         // the incident is resolved
	Late        Why = "late"         // it promises the next news for a time that is over: Detail
	Unread      Why = "unread"       // nobody approves, or changes, what they have not read
	Unsaid      Why = "unsaid"       // it says none of its facts word for word
	NoComplaint Why = "no-complaint" // acknowledge and act is for complaints
	NoFact      Why = "no-fact"      // no live fact answers it
	DeadFact    Why = "dead-fact"    // Detail: the fact that does not live, or not for this cell
	Preventable Why = "preventable"  // what could have been prevented is repaired, not argued about
	Guarded     Why = "guarded"      // Faults
	Unmade      Why = "unmade"       // a template has no words for it: Detail
	Author      Why = "author"       // nobody approves what they wrote
	Twice       Why = "twice"        // one person, one vote
	Changed     Why = "changed"      // it was another text that they read
	Same        Why = "same"         // the text is what it was
	Ended       Why = "ended"        // Detail: how
	Unapproved  Why = "unapproved"   // not everybody who has to has approved it
	Missing     Why = "missing"      // there is no such draft
)

// Refusal is an error that a person can do something about.
type Refusal struct {
	Why    Why
	Detail string
	Faults []guard.Fault // Guarded
	Text   string        // Guarded: in which the faults are
}

func (r *Refusal) Error() string {
	if r.Detail == "" {
		return fmt.Sprintf("draft refused: %s", r.Why)
	}
	return fmt.Sprintf("draft refused: %s: %s", r.Why, r.Detail)
}

func refuse(why Why, detail string) error { return &Refusal{Why: why, Detail: detail} }
