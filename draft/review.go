package draft

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

// Review ends the drafts of an incident that do not hold any more, within the
// transaction of what has changed.
func (d *Desk) Review(tx store.Tx, in incident.Incident, now time.Time) error {
	all, err := Of(tx, in.ID)
	if err != nil || len(all) == 0 {
		return err
	}
	m, err := d.Matter(tx, in, now)
	if err != nil {
		return err
	}
	for _, old := range all {
		why, detail := old.Review(m)
		if why == "" || why == Ended {
			continue
		}
		old.Ended, old.Why = Void, strings.TrimSpace(string(why)+" "+detail)
		cmd := incident.Command{ID: in.ID, Verb: incident.Voided, Actor: incident.Machine, At: now, Item: old.N, Text: old.obituary()}
		if err := d.keep(tx, old, cmd); err != nil {
			return err
		}
	}
	return nil
}

// obituary is why a draft ended and where it was published before: "dead-fact
// FAKTA-012 https://contoh.id/siaran".
func (d Draft) obituary() string {
	said := d.Why
	for _, p := range d.Public {
		said += " " + p.Where
	}
	return said
}

// Heed is Review after a change that may have closed the grievance gate. It
// belongs in the change's transaction.
func (d *Desk) Heed(tx store.Tx, c incident.Change) error {
	if b, a := c.Before, c.After; b.ID == 0 || b.Grievance == a.Grievance && b.Finding == a.Finding {
		return nil
	}
	return d.Review(tx, c.After, c.Entry.At)
}

// Watch ends the drafts that do not hold any more because time went by, or the
// facts are others. It is a chore of the outbox's clock, which asks twice a
// minute; it writes only where something ended.
func (d *Desk) Watch(ctx context.Context, now time.Time) (next time.Time, err error) {
	var over []incident.Incident
	err = d.DB.View(ctx, func(tx store.Tx) error {
		over, err = d.over(tx, now)
		return err
	})
	if err != nil || len(over) == 0 {
		return next, err
	}
	return next, d.DB.Update(ctx, func(tx store.Tx) error { return d.End(tx, now) })
}

// End ends the drafts that do not hold any more, within a transaction: that in
// which a fact is told to be dead.
func (d *Desk) End(tx store.Tx, now time.Time) error {
	over, err := d.over(tx, now)
	for _, in := range over {
		if err == nil {
			err = d.Review(tx, in, now)
		}
	}
	return err
}

// over returns the incidents of drafts that do not hold any more and have not
// ended yet.
func (d *Desk) over(tx store.Tx, now time.Time) ([]incident.Incident, error) {
	var out []incident.Incident
	var m Matter
	err := drafts.Scan(tx, "", func(_ store.Key, x Draft) (err error) {
		if x.Ended != "" {
			return nil
		}
		if m.Incident.ID != x.Incident {
			if m, err = d.matter(tx, x.Incident, now); err != nil {
				return err
			}
		}
		known := len(out) > 0 && out[len(out)-1].ID == x.Incident
		if why, _ := x.Review(m); why != "" && !known {
			out = append(out, m.Incident)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look for drafts that are over: %w", err)
	}
	return out, nil
}
