package main

import (
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/escalation"
	"github.com/siaga-id/siaga/rules"
)

// duty is who is called at a site, and how long after the card, for those who
// ask.
func (a *app) duty(site string) []bot.Turn {
	plan := a.live.Plan.Load()
	var turns []bot.Turn
	for _, role := range escalation.Roles() {
		turn := bot.Turn{Role: string(role), After: map[rules.Severity]time.Duration{}}
		for _, c := range plan.OnDuty(site, role) {
			turn.Names = append(turn.Names, c.Name)
		}
		for _, level := range []rules.Severity{rules.Warning, rules.Critical} {
			if after, called := plan.Escalation.First(level, role); called {
				turn.After[level] = after
			}
		}
		if len(turn.Names) > 0 || len(turn.After) > 0 {
			turns = append(turns, turn)
		}
	}
	return turns
}
