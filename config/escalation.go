package config

import (
	"fmt"
	"time"

	"github.com/siaga-id/siaga/escalation"
	"github.com/siaga-id/siaga/rules"
)

// escalationEntry is when people are called. What is left out is as
// escalation.Default has it.
type escalationEntry struct {
	Warning    at[[]at[stepEntry]] `yaml:"warning"`
	Critical   at[[]at[stepEntry]] `yaml:"critical"`
	Repeat     repeatsEntry        `yaml:"repeat"`
	AckTimeout ackEntry            `yaml:"ack_timeout"`
}

type stepEntry struct {
	After     at[duration] `yaml:"after,required"`
	Call      []at[string] `yaml:"call"`
	Receivers []at[string] `yaml:"receivers"`
}

type repeatsEntry struct {
	Warning  at[repeatEntry] `yaml:"warning"`
	Critical at[repeatEntry] `yaml:"critical"`
}

type repeatEntry struct {
	Every at[duration] `yaml:"every,required"`
	Times at[int]      `yaml:"times"`
	UpTo  at[duration] `yaml:"up_to"`
}

type ackEntry struct {
	Warning  at[duration] `yaml:"warning"`
	Critical at[duration] `yaml:"critical"`
	Answer   at[duration] `yaml:"answer"`
}

const (
	// shortestPause keeps reminders from becoming noise that people mute.
	shortestPause = 5 * time.Minute
	// longestPause is the longest of reminders that double, where none is given.
	longestPause = 24 * time.Hour
)

func (c *checker) checkEscalation() {
	e, p := c.doc.Escalation, escalation.Default()
	for _, level := range []struct {
		of     rules.Severity
		steps  at[[]at[stepEntry]]
		repeat at[repeatEntry]
		silent at[duration]
	}{
		{rules.Warning, e.Warning, e.Repeat.Warning, e.AckTimeout.Warning},
		{rules.Critical, e.Critical, e.Repeat.Critical, e.AckTimeout.Critical},
	} {
		if level.steps.set() {
			p.Ladder[level.of] = c.steps(level.steps.Value)
		}
		if level.repeat.set() {
			p.Repeat[level.of] = c.repeat(level.repeat.Value)
		}
		if level.silent.ok {
			p.AckTimeout[level.of] = time.Duration(level.silent.Value)
		}
	}
	if a := e.AckTimeout.Answer; a.ok {
		p.Answer = time.Duration(a.Value)
	}
	c.plan.Escalation = p
}

// steps checks the ladder of one level.
func (c *checker) steps(list []at[stepEntry]) []escalation.Step {
	var out []escalation.Step
	for i, s := range list {
		e := s.Value
		step := escalation.Step{After: time.Duration(e.After.Value), Receivers: values(e.Receivers)}
		if i > 0 && e.After.ok && step.After <= out[i-1].After {
			c.refuse(e.After.place, "after: counts from the beginning, so each step has a longer one than the step before it", "write the steps in the order in which they come")
		}
		for _, r := range e.Call {
			if c.oneOf("turn of duty", r, dutyRoles()) {
				step.Call = append(step.Call, escalation.Role(r.Value))
			}
		}
		for _, r := range e.Receivers {
			c.oneOf("receiver", r, c.receivers)
		}
		if s.ok && len(e.Call) == 0 && len(e.Receivers) == 0 {
			c.refuse(s.place, "the step calls nobody", "give it call: [duty] or receivers: [...]")
		}
		out = append(out, step)
	}
	return out
}

func (c *checker) repeat(e repeatEntry) escalation.Repeat {
	r := escalation.Repeat{Every: time.Duration(e.Every.Value), Times: e.Times.Value, UpTo: time.Duration(e.UpTo.Value)}
	if !e.Times.set() {
		r.Times = 1
	}
	if !e.UpTo.set() {
		r.UpTo = max(longestPause, r.Every)
	}
	switch {
	case e.Every.ok && r.Every > 0 && r.Every < shortestPause:
		c.refuse(e.Every.place, "reminders come 5m apart or more", "people mute what is louder; 0s turns them off")
	case e.Times.ok && r.Times < 1:
		c.refuse(e.Times.place, fmt.Sprintf("times: is 1 or more, got %d", r.Times), "every: 0s turns reminders off")
	case e.UpTo.ok && r.UpTo < r.Every:
		c.refuse(e.UpTo.place, "up_to: is no shorter than every:", "leave it out for 24h")
	}
	return r
}
