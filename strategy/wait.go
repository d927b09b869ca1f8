package strategy

import (
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
)

// The reasons for a wait.
const (
	FewVoices Why = "few-voices" // an answer would carry the claim further than it has come by itself
	Fading    Why = "fading"     // so it would, and it is going away by itself
)

// EnoughVoices is from how many voices on an answer in public is considered:
// as many as the shipped rules for complaints call people for.
const EnoughVoices = 5

const (
	// soon is when a warning is looked at again. By the clock of crisis.md the
	// media ask for comment half an hour after the event.
	soon = 30 * time.Minute
	// later is when anything below is: as long as an owner may be silent before
	// the question whether it is still in hand (escalation.Default).
	later = 2 * time.Hour
	// round is what a time to look again is rounded up to: people say it so, and
	// a card is not drawn again because it moved by a minute.
	round = 5 * time.Minute
)

// Wait is the advice not to answer in public yet: a correction spreads the
// claim too (Debunking Handbook 2020).
type Wait struct {
	Why    Why
	Voices int       // so few
	Least  int       // and it takes so many
	Until  time.Time // look again then
}

// wait returns the advice to wait, or nil. Nobody is kept waiting who complains
// or is in danger, and nothing waits that is true, loud or growing.
func (c Case) wait() *Wait {
	least := c.Least
	if least <= 0 {
		least = EnoughVoices
	}
	doubted := c.Finding == incident.Unchecked || c.Finding == incident.False
	if c.Voices >= least || c.Severity >= rules.Critical || c.Grievance || c.Trend == incident.Rising || c.hazard() || !doubted {
		return nil
	}
	w := &Wait{Why: FewVoices, Voices: c.Voices, Least: least}
	if c.Trend == incident.Falling {
		w.Why = Fading
	}
	d := later
	if c.Severity == rules.Warning {
		d = soon
	}
	w.Until = c.Last.Add(d + round - 1).Truncate(round)
	return w
}
