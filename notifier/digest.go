package notifier

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/promise"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

const digests store.Shelf[Digested] = "digest"

// Digested is the time of day up to which a chat has had its digests.
type Digested struct {
	Last time.Time `json:"last"`
}

// Digest is how everything stands that a chat hears of.
type Digest struct {
	At, Since time.Time
	Open      []Card // unresolved, the loudest first and of these the oldest
	Watch     []Card // unresolved and below a warning: these are told nowhere else
	Closed    []Card // resolved since Since, the latest first
	Noisy     []Noisy
	Mutes     []Silence // in force, of what it hears of; by the names that people know
	Spent     []Spent   // of the budget of a day
	Owed      Owed      // promises
	Blind     []Blind
	Sources   int // that are configured
}

// Noisy is a rule of which people say that it is wrong too often.
type Noisy struct {
	Rule      string
	False, Of int // of its resolved incidents in 14 days so many were false alarms
}

const (
	// lateDigest is how long after its time a digest is still sent: what would
	// come later is better asked for.
	lateDigest = 2 * time.Hour
	// noisyFor, noisyFrom and noisyShare say when a rule is to be tuned (chat.md
	// 3); two incidents say nothing about a rule.
	noisyFor   = 14 * 24 * time.Hour
	noisyFrom  = 3
	noisyShare = 0.3
)

// Digests is the chore that sends every chat its digest at the times of the plan.
func (o *Outbox) Digests(ctx context.Context, now time.Time) (time.Time, error) {
	plan := o.Current()
	var next time.Time
	var failed error
	for _, d := range plan.AllDests() {
		last, following, any := plan.digestTimes(d, now)
		if !any {
			return time.Time{}, nil
		}
		if next.IsZero() || following.Before(next) {
			next = following
		}
		failed = errors.Join(failed, o.digestAt(ctx, d, last, now))
	}
	return next, failed
}

// digestAt queues the digest of a time for a chat, once: a chat that is new
// begins with the next one. One that was told in the future is of a clock that
// was wrong.
func (o *Outbox) digestAt(ctx context.Context, d Dest, at, now time.Time) error {
	key := store.Key(d)
	had := func(tx store.Tx) (was Digested, known, done bool, err error) {
		was, known, err = digests.Get(tx, key)
		return was, known, known && !was.Last.Before(at) && !was.Last.After(now), err
	}
	var done bool
	err := o.DB.View(ctx, func(tx store.Tx) (err error) {
		_, _, done, err = had(tx)
		return err
	})
	if err != nil || done {
		return err
	}
	return o.DB.Update(ctx, func(tx store.Tx) error {
		was, known, done, err := had(tx)
		if err != nil || done {
			return err
		}
		begins := !known || was.Last.After(now)
		if begins {
			at = now
		}
		if err := digests.Put(tx, key, Digested{Last: at.UTC()}); err != nil || begins || now.Sub(at) > lateDigest {
			return err
		}
		tx.OnCommit(func() { o.ring(d) })
		p := Ping{Dest: d, Why: DigestDue, Silent: true, Note: &Note{Why: DigestDue, At: at.UTC(), Since: was.Last}}
		return pings.Put(tx, pingKey(at, p), p)
	})
}

// digestTimes returns the latest time of a digest that is not after now, and
// the next one, by the clocks of a chat; any is false where there are none.
func (p *Plan) digestTimes(d Dest, now time.Time) (last, next time.Time, any bool) {
	here := now.In(p.zone(d))
	for day := -1; day <= 1; day++ {
		for _, clock := range p.DigestAt {
			at := time.Date(here.Year(), here.Month(), here.Day()+day, 0, int(clock/time.Minute), 0, 0, here.Location())
			switch {
			case !at.After(now) && at.After(last):
				last = at
			case at.After(now) && (next.IsZero() || at.Before(next)):
				next = at
			}
		}
	}
	return last, next, len(p.DigestAt) > 0
}

// zone is the one of the sites that a chat hears of.
func (p *Plan) zone(d Dest) *time.Location {
	var sites []string
	for key := range p.Sites {
		if slices.Contains(p.Dests(key), d) {
			sites = append(sites, key)
		}
	}
	return p.zoneOf(sites)
}

// DigestOf returns how everything stands for a chat now, and what was resolved
// since its last digest, or in a day where it has had none.
func (o *Outbox) DigestOf(ctx context.Context, d Dest, now time.Time) (out Digest, err error) {
	err = o.DB.View(ctx, func(tx store.Tx) error {
		was, _, err := digests.Get(tx, store.Key(d))
		if err != nil {
			return err
		}
		since := was.Last
		if since.IsZero() || since.After(now) {
			since = now.Add(-24 * time.Hour)
		}
		out, err = o.digest(tx, d, since, now)
		return err
	})
	return out, err
}

// digest gathers what a chat is told.
func (o *Outbox) digest(tx store.Tx, d Dest, since, now time.Time) (Digest, error) {
	plan := o.Current()
	out := Digest{At: now, Since: since, Sources: plan.Sources}
	var err error
	if out.Blind, err = o.Blind(tx, now); err != nil {
		return Digest{}, fmt.Errorf("read blind sources: %w", err)
	}
	hears := func(in incident.Incident) bool { return slices.Contains(plan.Concerned(in), d) }
	open, err := incident.Unresolved(tx)
	if err != nil {
		return Digest{}, err
	}
	for _, in := range open {
		switch {
		case !hears(in):
		case in.Severity <= rules.Info:
			out.Watch = append(out.Watch, plan.Card(in, nil, now))
		default:
			out.Open = append(out.Open, plan.Card(in, nil, now))
		}
	}
	slices.SortStableFunc(out.Open, func(a, b Card) int {
		x, y := a.Incident, b.Incident
		return cmp.Or(cmp.Compare(y.Severity, x.Severity), x.First.Compare(y.First))
	})
	closed, err := incident.ResolvedSince(tx, slices.MinFunc([]time.Time{since, now.Add(-noisyFor)}, time.Time.Compare))
	if err != nil {
		return Digest{}, err
	}
	closed = slices.DeleteFunc(closed, func(in incident.Incident) bool { return !hears(in) })
	for _, in := range closed {
		if in.ResolvedAt.After(since) {
			out.Closed = append(out.Closed, plan.Card(in, nil, now))
		}
	}
	slices.SortStableFunc(out.Closed, func(a, b Card) int { return b.Incident.ResolvedAt.Compare(a.Incident.ResolvedAt) })
	out.Noisy = noisy(closed, now.Add(-noisyFor))
	silent, err := Silences(tx)
	if err != nil {
		return Digest{}, err
	}
	for _, s := range silent {
		if slices.Contains(plan.reached(s.Match), d) {
			s.Match = plan.Named(s.Match)
			out.Mutes = append(out.Mutes, s)
		}
	}
	promises, err := promise.Open(tx)
	if err != nil {
		return Digest{}, err
	}
	out.Owed = plan.owedTo(promises, d, now)
	out.Spent, err = spenders(tx, d, now.Add(-spentWithin))
	return out, err
}

// noisy returns the rules with too many false alarms, by name.
func noisy(closed []incident.Incident, since time.Time) (out []Noisy) {
	rules := map[string]*Noisy{}
	for _, in := range closed {
		for _, rule := range in.Rules {
			if !in.ResolvedAt.After(since) {
				continue
			}
			if rules[rule] == nil {
				rules[rule] = &Noisy{Rule: rule}
			}
			rules[rule].Of++
			if in.Reason == incident.FalseAlarm {
				rules[rule].False++
			}
		}
	}
	for _, n := range rules {
		if n.Of >= noisyFrom && float64(n.False) >= noisyShare*float64(n.Of) {
			out = append(out, *n)
		}
	}
	slices.SortFunc(out, func(a, b Noisy) int { return cmp.Compare(a.Rule, b.Rule) })
	return out
}

// digestMessage is the message of a digest that is due.
func (o *Outbox) digestMessage(tx store.Tx, d Dest, n Note, now time.Time) (Message, error) {
	content, err := o.digest(tx, d, n.Since, now)
	if err != nil {
		return Message{}, fmt.Errorf("gather digest of %s: %w", d, err)
	}
	content.At = n.At
	card := Card{Zone: o.Current().zone(d)}
	return Message{Dest: d, Kind: KindNote, Why: DigestDue, Note: n, Digest: &content, Card: card, Silent: true}, nil
}
