package notifier

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/escalation"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

// Ladder is the chore that brings to incidents what is due: the next step of
// their ladder, a reminder, the question to a silent owner and its end, the end
// of a snooze. Each is one transaction, with its timeline line and its pings.
func (o *Outbox) Ladder(ctx context.Context, now time.Time) (time.Time, error) {
	var due []incident.ID
	var next time.Time
	err := o.DB.View(ctx, func(tx store.Tx) error {
		due, next = nil, time.Time{}
		all, err := incident.Unresolved(tx)
		silent, failed := Silences(tx)
		for _, in := range all {
			move, ok := o.Plan.Load().moveUnless(silent, in, now)
			switch {
			case !ok:
			case !move.Due.After(now):
				due = append(due, in.ID)
			case next.IsZero() || move.Due.Before(next):
				next = move.Due
			}
		}
		return errors.Join(err, failed)
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("look at the ladders: %w", err)
	}
	for _, id := range due { // one that fails must not hold up the others
		err = errors.Join(err, o.climb(ctx, id, now))
	}
	return next, err
}

// climb does what is due for an incident, unless somebody did something since.
func (o *Outbox) climb(ctx context.Context, id incident.ID, now time.Time) error {
	err := o.DB.Update(ctx, func(tx store.Tx) error {
		in, err := incident.Read(tx, id)
		if err != nil {
			return err
		}
		silent, err := Silences(tx)
		if err != nil {
			return err
		}
		move, ok := o.Plan.Load().moveUnless(silent, in, now)
		if !ok || move.Due.After(now) {
			return nil
		}
		cmd := incident.Command{ID: id, Verb: move.Verb, Actor: incident.Machine, At: now}
		if move.Verb == incident.Release {
			cmd.Actor.Lead, cmd.Call = true, in.Owner
		}
		_, err = o.Act(tx, cmd)
		return err
	})
	if err != nil {
		return fmt.Errorf("climb with %v: %w", id, err)
	}
	return nil
}

// move is what time brings to an incident next. An owner is not asked in quiet
// hours, in which the question would wait, nor loses the incident in them.
func (p *Plan) move(in incident.Incident, now time.Time) (escalation.Move, bool) {
	if p.Escalation == nil {
		return escalation.Move{}, false
	}
	move, ok := p.Escalation.Next(in, now)
	if move.Verb == incident.Ask || move.Verb == incident.Release {
		at := move.Due
		if at.Before(now) {
			at = now
		}
		if end := p.quietUntil(in, at); end.After(at) {
			move.Due = end
		}
	}
	return move, ok
}

// moveUnless is move where no silence keeps people from being called, not even
// one whose end is yet to be noticed: that brings what follows. A snooze ends all
// the same, unheard.
func (p *Plan) moveUnless(silent []Silence, in incident.Incident, now time.Time) (escalation.Move, bool) {
	move, ok := p.move(in, now)
	held := slices.ContainsFunc(silent, func(s Silence) bool { return s.Match.Matches(in) })
	return move, ok && (move.Verb == incident.Wake || !held)
}

// Next is what time brings to an incident next, as people will notice it.
type Next struct {
	Verb  incident.Verb
	At    time.Time         // when the message leaves: after quiet hours in which it would
	Quiet bool              // it waits for these
	Call  []escalation.Role // Escalate: whose turn it is, where somebody has it; empty: only the chats hear
}

// Next returns what time brings to an incident next, or nil where nothing is
// to be expected or it is due by now.
func (p *Plan) Next(in incident.Incident, now time.Time) *Next {
	move, ok := p.move(in, now)
	if !ok || !move.Due.After(now) {
		return nil
	}
	n := &Next{Verb: move.Verb, At: move.Due}
	if end := p.quietUntil(in, move.Due); end.After(move.Due) && move.Verb != incident.Wake {
		n.At, n.Quiet = end, true
	}
	if move.Verb == incident.Escalate {
		step, _ := p.Escalation.Turn(in.Severity, in.Calling.Rung+1)
		for _, role := range step.Call {
			if len(p.OnDuty(in.Site, role)) > 0 {
				n.Call = append(n.Call, role)
			}
		}
	}
	return n
}
