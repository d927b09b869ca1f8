package notifier

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

// Mute puts a silence in force and announces it in the chats concerned but said,
// which knows. It returns the silence with its number, or ErrUnbounded.
func (o *Outbox) Mute(tx store.Tx, s Silence, said Dest) (Silence, error) {
	length := s.End.Sub(s.Start)
	if s.Match.empty() || s.Reason == "" || s.By == "" || length <= 0 || length > LongestSilence {
		return Silence{}, ErrUnbounded
	}
	if err := silenceNumbers.Add(tx, "last", 1); err != nil {
		return Silence{}, fmt.Errorf("number a silence: %w", err)
	}
	n, err := silenceNumbers.Get(tx, "last")
	if err != nil {
		return Silence{}, fmt.Errorf("number a silence: %w", err)
	}
	s.ID, s.Ended, s.EndedBy = uint64(n), time.Time{}, "" //nolint:gosec // it counts from 1
	s.Reminded = length < 2*remindBefore
	if err := silences.Put(tx, silenceKey(inForce, s.ID), s); err != nil {
		return Silence{}, fmt.Errorf("keep silence %d: %w", s.ID, err)
	}
	tx.OnCommit(o.wind)
	return s, errors.Join(o.announce(tx, s, Note{Why: MuteBegan, At: s.Start, Said: said}), o.Refresh(tx, s.Start))
}

// Unmute ends a silence before its time and says so in the chats concerned but
// said. What it kept quiet and still goes on is told at once. It returns the
// silence, or ErrNoSilence.
func (o *Outbox) Unmute(tx store.Tx, id uint64, by string, now time.Time, said Dest) (Silence, error) {
	s, found, err := silences.Get(tx, silenceKey(inForce, id))
	if err != nil {
		return Silence{}, fmt.Errorf("read silence %d: %w", id, err)
	}
	if !found || !now.Before(s.End) {
		return Silence{}, ErrNoSilence
	}
	s.EndedBy = by
	if err := o.endMute(tx, s, now); err != nil {
		return Silence{}, err
	}
	return s, o.announce(tx, s, Note{Why: MuteLifted, At: now, Args: map[string]string{"who": by}, Said: said})
}

// Mutes is the chore that reminds of the end of a silence and ends it when its
// time is over. What it has told lies in the silence's row, and changes together
// with the pings.
func (o *Outbox) Mutes(ctx context.Context, now time.Time) (time.Time, error) {
	var all []Silence
	err := o.DB.View(ctx, func(tx store.Tx) (err error) {
		all, err = Silences(tx)
		return err
	})
	var next time.Time
	for _, s := range all {
		at := s.next()
		if !at.After(now) {
			err = errors.Join(err, o.DB.Update(ctx, func(tx store.Tx) error { return o.muteDue(tx, s.ID, now) }))
			at = s.End
		}
		if at.After(now) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next, err
}

// muteDue does what is due for a silence, unless that was done since.
func (o *Outbox) muteDue(tx store.Tx, id uint64, now time.Time) error {
	s, found, err := silences.Get(tx, silenceKey(inForce, id))
	if err != nil || !found || s.next().After(now) {
		return err
	}
	if !now.Before(s.End) {
		return o.endMute(tx, s, now)
	}
	s.Reminded = true
	if err := silences.Put(tx, silenceKey(inForce, id), s); err != nil {
		return fmt.Errorf("keep silence %d: %w", id, err)
	}
	return o.announce(tx, s, Note{Why: MuteEnding, At: now})
}

// endMute puts a silence to those that are over and has what it kept quiet speak.
func (o *Outbox) endMute(tx store.Tx, s Silence, now time.Time) error {
	s.Ended = now
	if s.End.Before(now) { // nobody was there to notice
		s.Ended = s.End
	}
	err := silences.Delete(tx, silenceKey(inForce, s.ID))
	if err == nil {
		err = silences.Put(tx, silenceKey(over, s.ID), s)
	}
	if err != nil {
		return fmt.Errorf("end silence %d: %w", s.ID, err)
	}
	tx.OnCommit(o.wind)
	return errors.Join(o.speakUp(tx, s, now), o.Refresh(tx, now))
}

// speakUp begins the calling anew for each incident that a silence kept quiet,
// unless another silence or a snooze still does, and so tells once of those that
// go on.
func (o *Outbox) speakUp(tx store.Tx, s Silence, now time.Time) error {
	others, err := Silences(tx)
	if err != nil {
		return err
	}
	all, err := incident.Unresolved(tx)
	for _, in := range all {
		quiet := in.Snoozed.After(now) || muting(others, in, now) != nil
		if err == nil && !quiet && s.Match.Matches(in) {
			_, err = o.Act(tx, incident.Command{
				ID: in.ID, Verb: incident.Unmuted, Actor: incident.Machine, At: now, Until: s.Ended,
			})
		}
	}
	return err
}

// announce says something about a silence in the chats that hear of what it holds.
func (o *Outbox) announce(tx store.Tx, s Silence, n Note) error {
	n.Silence = &s
	return o.note(tx, o.Current().reached(s.Match), n)
}

// reached returns the chats that hear of some of what a matcher names.
func (p *Plan) reached(m Matcher) []Dest {
	if len(m.Sites) == 0 {
		return p.AllDests()
	}
	var out []Dest
	for _, site := range m.Sites {
		out = append(out, p.Dests(site)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// zoneOf returns the one time zone of some sites, or that of the configuration
// where there is none, or more than one.
func (p *Plan) zoneOf(sites []string) *time.Location {
	var zone *time.Location
	for _, key := range sites {
		z := cmp.Or(p.Sites[key].Zone, p.Zone, time.UTC)
		if zone != nil && z.String() != zone.String() {
			return cmp.Or(p.Zone, time.UTC)
		}
		zone = z
	}
	return cmp.Or(zone, p.Zone, time.UTC)
}

// Named returns a matcher with the names that people know in place of keys.
func (p *Plan) Named(m Matcher) Matcher {
	m.Topics, m.Sites = slices.Clone(m.Topics), slices.Clone(m.Sites)
	for i, key := range m.Topics {
		m.Topics[i] = cmp.Or(p.Topics[key], key)
	}
	for i, key := range m.Sites {
		m.Sites[i] = cmp.Or(p.Sites[key].Name, key)
	}
	return m
}
