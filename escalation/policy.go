package escalation

import (
	"slices"
	"time"

	"github.com/siaga-id/siaga/rules"
)

// Role is a turn of duty. Who has it differs from site to site.
type Role string

// The roles, in the order in which they are called.
const (
	Duty Role = "duty" // the duty officer (piket)
	Lead Role = "lead" // the duty lead (ketua piket)
	Head Role = "head" // the head of communications and the corporate secretary
)

// Roles lists all roles.
func Roles() []Role { return []Role{Duty, Lead, Head} }

// Step calls people, and further chats, for an incident that nobody has taken.
type Step struct {
	After     time.Duration // since the incident waits for somebody
	Call      []Role
	Receivers []string // names of receivers that get the card from this step on
}

// Repeat is how often people are reminded after the last step: every Every, so
// many Times, and from then on with a pause that doubles each time up to UpTo.
// Every of 0: they are not.
type Repeat struct {
	Every time.Duration
	Times int
	UpTo  time.Duration
}

// Policy is how people are called, by the level of an incident. Levels that
// are missing, as info is by default, call nobody. It is immutable.
type Policy struct {
	Ladder     map[rules.Severity][]Step // each ordered by After
	Repeat     map[rules.Severity]Repeat
	AckTimeout map[rules.Severity]time.Duration // an owner's silence before the question whether it is still in hand; 0: no question
	Answer     time.Duration                    // the owner's silence after the question, before the incident is released
}

// Default returns the policy of chat.md 6. Reminders of a warning double up to
// a day, those of a critical incident go on hourly.
func Default() *Policy {
	return &Policy{
		Ladder: map[rules.Severity][]Step{
			rules.Warning: {
				{After: 10 * time.Minute, Call: []Role{Duty}},
				{After: 90 * time.Minute, Call: []Role{Lead}},
			},
			rules.Critical: {
				{After: 5 * time.Minute, Call: []Role{Duty}},
				{After: 20 * time.Minute, Call: []Role{Lead}},
				{After: 45 * time.Minute, Call: []Role{Head}},
			},
		},
		Repeat: map[rules.Severity]Repeat{
			rules.Warning:  {Every: 4 * time.Hour, Times: 1, UpTo: 24 * time.Hour},
			rules.Critical: {Every: 30 * time.Minute, Times: 8, UpTo: time.Hour},
		},
		AckTimeout: map[rules.Severity]time.Duration{
			rules.Warning:  2 * time.Hour,
			rules.Critical: 45 * time.Minute,
		},
		Answer: 20 * time.Minute,
	}
}

// Taken returns the steps that were taken of a level's ladder when n were: a
// ladder may have become shorter since, or a person have called further.
func (p *Policy) Taken(level rules.Severity, n int) []Step {
	steps := p.Ladder[level]
	return steps[:min(max(n, 0), len(steps))]
}

// First returns how long after an incident waits for somebody a role is called
// first at a level; ok is false where it never is.
func (p *Policy) First(level rules.Severity, role Role) (after time.Duration, ok bool) {
	for _, s := range p.Ladder[level] {
		if slices.Contains(s.Call, role) {
			return s.After, true
		}
	}
	return 0, false
}

// Turn returns the step that was taken as the n-th of a level's ladder: beyond
// its end the last one once more. ok is false where the ladder has none.
func (p *Policy) Turn(level rules.Severity, n int) (step Step, ok bool) {
	taken := p.Taken(level, max(n, 1))
	if len(taken) == 0 {
		return Step{}, false
	}
	return taken[len(taken)-1], true
}

// pause is how long after the reminder number n (0: after the last step) the
// next one follows.
func (r Repeat) pause(n int) time.Duration {
	d := r.Every
	for range n - r.Times + 1 {
		if d = min(2*d, r.UpTo); d >= r.UpTo {
			break
		}
	}
	return max(d, r.Every)
}
