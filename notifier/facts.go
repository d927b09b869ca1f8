package notifier

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/store"
)

// OfFact is what a note says of a fact.
type OfFact struct {
	Fact     facts.Fact  `json:"fact"`
	Proposal string      `json:"proposal,omitempty"` // USUL-3: what was proposed, and became this fact or did not
	Replaces string      `json:"replaces,omitempty"` // id of the fact that it is to replace
	Why      string      `json:"why,omitempty"`      // FactRejected
	Cause    facts.Cause `json:"cause,omitempty"`    // FactEnding and FactDied
	Days     int         `json:"days,omitempty"`     // FactEnding: until its last day
	Uses     []facts.Use `json:"uses,omitempty"`     // FactDied: the latest, at most maxUses
	More     int         `json:"more,omitempty"`     // how many uses were left out
}

// maxUses is how many uses of a dead fact a note lists; /fakta has all.
const maxUses = 10

// TellOfFact writes down what the chats of a fact's sites should be told of it,
// and of a proposal those of the admins too, but n.Said. It belongs in the
// transaction of what it tells of.
func (o *Outbox) TellOfFact(tx store.Tx, n Note) error {
	plan := o.Current()
	to := plan.reached(Matcher{Sites: n.Fact.Fact.Sites})
	if n.Why == FactProposed {
		to = append(to, plan.AdminDests()...)
		slices.Sort(to)
		to = slices.Compact(to)
	}
	return o.note(tx, to, n)
}

// Facts is the chore that reminds the owners of facts of their end, and tells of
// those that died: it has OnDeath end what rests on them, and the cards drawn
// without them. What it has told lies in the store, and changes together with
// the pings.
func (o *Outbox) Facts(ctx context.Context, now time.Time) (time.Time, error) {
	library := o.Current().Facts
	var r facts.Review
	look := func(tx store.Tx) (err error) {
		r, err = facts.Look(tx, library, now)
		return err
	}
	if err := o.DB.View(ctx, look); err != nil || !r.Changed() {
		return r.Next, err
	}
	err := o.DB.Update(ctx, func(tx store.Tx) error {
		if err := look(tx); err != nil {
			return err
		}
		return errors.Join(r.Keep(tx), o.tellFacts(tx, r.News, now))
	})
	return r.Next, err
}

// tellFacts tells what is new of some facts.
func (o *Outbox) tellFacts(tx store.Tx, news []facts.News, now time.Time) error {
	died := false
	for _, n := range news {
		err := o.tellFact(tx, n, now)
		if err == nil && n.Cause != facts.Ending && o.OnDeath != nil {
			err = o.OnDeath(tx, n.Fact, now)
		}
		if err != nil {
			return fmt.Errorf("tell of %s: %w", n.Fact.ID, err)
		}
		died = died || n.Cause != facts.Ending
	}
	if !died {
		return nil
	}
	return o.Refresh(tx, now)
}

// tellFact tells the owner of a fact, in the chats of its sites. An owner who is
// nobody we know is for the admins to reach.
func (o *Outbox) tellFact(tx store.Tx, news facts.News, now time.Time) error {
	plan := o.Current()
	n := Note{Why: FactEnding, At: now.UTC(), Fact: &OfFact{Fact: news.Fact, Cause: news.Cause, Days: news.Days}}
	to := plan.reached(Matcher{Sites: news.Fact.Sites})
	owner, known := plan.person(news.Fact.Owner)
	switch admins := plan.AdminDests(); {
	case known:
		n.Call = []string{owner}
	case len(admins) > 0:
		to = admins
	}
	if news.Cause == facts.Ending {
		return o.note(tx, to, n)
	}
	n.Why = FactDied
	uses, err := facts.Uses(tx, news.Fact.ID)
	if err != nil {
		return err
	}
	n.Fact.More = max(0, len(uses)-maxUses)
	n.Fact.Uses = uses[n.Fact.More:]
	return o.note(tx, to, n)
}

// person finds a person of the configuration by a name in whatever case.
func (p *Plan) person(name string) (string, bool) {
	for known := range p.People {
		if strings.EqualFold(known, strings.TrimSpace(name)) {
			return known, true
		}
	}
	return "", false
}

// Wake has the chores looked at: what they look at has changed outside of the
// outbox, as facts do at a reload.
func (o *Outbox) Wake() { o.wind() }
