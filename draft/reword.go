package draft

import (
	"context"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
)

// wording is what somebody was asked to say otherwise, how they did, and which
// facts stand behind it.
type wording struct {
	text, reworded string
	cited          []string
}

// instead puts the other words into a draft, unless what they were made of has
// changed in the meantime. Its sources are those that the words rest on.
func (w wording) instead(d Draft) Draft {
	if w.reworded == "" || w.reworded == d.Text || w.text != d.Text {
		return d
	}
	behind := slices.DeleteFunc(slices.Clone(d.Sources), func(s Source) bool { return !slices.Contains(w.cited, s.Fact) })
	if len(behind) == 0 {
		return d
	}
	d.Text, d.Model, d.Sources = w.reworded, true, behind
	return d
}

// words has a draft reworded where somebody does that; never one for people
// who complain (matching.md 6).
func (d *Desk) words(ctx context.Context, id incident.ID, o Order) (wording, error) {
	if d.Reword == nil || o.Kind == Acknowledge || o.Claim != "" { // what people wrote goes to nobody
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
	other, cited := d.Reword(ctx, first, chosen)
	w := wording{text: first.Text, reworded: first.around(other, chosen, m), cited: cited}
	first.Text = w.reworded
	if first.check(chosen) != nil {
		w.reworded = ""
	}
	return w, nil
}

// around puts what a draft must say, in the form's words, around other words:
// how to stay safe before them, what the facts do not prove, whom to ask and
// when the next news comes behind them.
func (d Draft) around(words string, chosen []facts.Fact, m Matter) string {
	if words == "" || words == d.Text {
		return words
	}
	var before, behind []string
	for p := range strings.SplitSeq(d.Text, "\n\n") {
		limit := slices.ContainsFunc(chosen, func(f facts.Fact) bool {
			return strings.Contains(p, inside(f.ProvesNot)) && !strings.Contains(p, f.Text)
		})
		switch {
		case m.Safety != "" && strings.Contains(p, m.Safety):
			before = append(before, p)
		case limit, strings.Contains(p, d.Next):
			behind = append(behind, p)
		}
	}
	return strings.Join(slices.Compact(slices.Concat(before, []string{words}, behind)), "\n\n")
}
