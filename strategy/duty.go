package strategy

import "github.com/siaga-id/siaga/incident"

// Duty is something that must be said of a hazard at once.
type Duty string

// Duties lists what the law wants said at once where people may come to harm
// (informasi serta-merta: UU 14/2008 KIP art. 10), in the order in which it is
// said.
func Duties() []Duty {
	return []Duty{DutyHazard, DutyPeople, DutyAct, DutyAvoid, DutyHelp, DutySpeaker, DutyDone}
}

// The duties.
const (
	DutyHazard  Duty = "hazard"  // the hazard and its size
	DutyPeople  Duty = "people"  // who is affected
	DutyAct     Duty = "act"     // what to do
	DutyAvoid   Duty = "avoid"   // how to avoid it
	DutyHelp    Duty = "help"    // how to get help
	DutySpeaker Duty = "speaker" // who announces
	DutyDone    Duty = "done"    // what is being done
)

// hazard reports whether people may come to harm: a claim that the field found
// to be false harms nobody.
func (c Case) hazard() bool { return c.Hazard && c.Finding != incident.False }
