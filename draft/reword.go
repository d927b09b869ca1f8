package draft

import (
	"context"

	"github.com/siaga-id/siaga/incident"
)

// wording is what somebody was asked to say otherwise, and how they did.
type wording struct{ text, reworded string }

// instead returns the other words for a draft, unless what they were made of
// has changed in the meantime.
func (w wording) instead(d Draft) string {
	if w.reworded != "" && w.text == d.Text {
		return w.reworded
	}
	return d.Text
}

// words has a draft reworded where somebody does that; never one for people
// who complain (matching.md 6).
func (d *Desk) words(ctx context.Context, id incident.ID, o Order) (wording, error) {
	if d.Reword == nil || o.Kind == Acknowledge {
		return wording{}, nil
	}
	m, _, err := d.Matters(ctx, id, o.At)
	if err != nil || m.Incident.Grievance {
		return wording{}, err
	}
	first, err := d.Book().Compose(m, o)
	if err != nil {
		return wording{}, err
	}
	chosen, err := first.holds(m)
	if err != nil {
		return wording{}, err
	}
	w := wording{text: first.Text, reworded: d.Reword(ctx, first, chosen)}
	first.Text = w.reworded
	if first.check(chosen) != nil {
		w.reworded = ""
	}
	return w, nil
}
