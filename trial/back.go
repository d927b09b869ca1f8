package trial

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// Point is five minutes of a series in which there was anything to see.
type Point struct {
	rules.Series
	rules.Slot
	Alert string // what the rule said meanwhile: began, grew-louder, ceased; several with a plus in between
}

// longestBack is how far a trial looks back from its end: for as long as counts
// are kept.
const longestBack = 2 * 365 * 24 * time.Hour

// rises reports whether conditions of that kind speak of a rise.
func rises(k rules.Kind) bool {
	return k == rules.Count || k == rules.Ratio || k == rules.Spike || k == rules.Spread
}

// learns reports whether what was usual decides, and not matches alone.
func learns(k rules.Kind) bool {
	return k == rules.Ratio || k == rules.Spike || k == rules.Silence
}

// lookBack goes through the history of every series of a rule, for what is to
// be told of it.
func (p *player) lookBack(ctx context.Context, tx store.Tx, r *Rule, first *Alert) error {
	chart, learns := slices.Contains(p.Charts, r.Name), learns(r.When.Kind())
	if r.When.Lasts() && first != nil {
		if err := p.draw(tx, r, first); err != nil {
			return err
		}
	}
	if !chart && !learns || p.out.Read == 0 {
		return nil
	}
	all, err := rules.SeriesOf(tx, r.Name)
	for _, k := range all {
		if err == nil {
			err = p.follow(ctx, tx, r, k, learns, chart)
		}
	}
	return err
}

// follow goes through one series.
func (p *player) follow(ctx context.Context, tx store.Tx, r *Rule, k rules.Series, learns, chart bool) error {
	from := p.out.From
	if latest := p.now.Add(-longestBack); latest.After(from) {
		from = latest
	}
	near := nearest{rule: r, series: k, last: from}
	for slot, err := range p.Rules.History(tx, k, from, p.now) {
		if err == nil {
			err = ctx.Err()
		}
		if learns {
			near.see(slot)
		}
		said := p.marks.at(k, slot.At)
		if err == nil && chart && (slot.Counts.Posts > 0 || slot.Measure.Score > 0 || said != "") {
			err = p.Chart(Point{k, slot, said})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// nearest finds where a series came nearest to its condition.
type nearest struct {
	rule   *Rule
	series rules.Series
	last   time.Time // when the last slot with posts ended
}

func (n *nearest) see(s rules.Slot) {
	best := &n.rule.Peak
	n.rule.Learnt = max(n.rule.Learnt, s.Learnt)
	if n.rule.When.Kind() == rules.Spike && s.Learnt < rules.SpikesAfter { // it has no opinion yet
		return
	}
	end := s.At.Add(slotSpan)
	is := Peak{Series: n.series, At: end, Within: s.Within, N: s.Measure.N, Usual: s.Measure.Usual, Score: s.Measure.Score}
	better := is.Score > best.Score || is.Score == best.Score && is.N > best.N
	if n.rule.When.Kind() == rules.Silence {
		if s.Counts.Posts > 0 {
			n.last = end
		}
		is.Within = end.Sub(n.last)
		better = is.Within > best.Within
	}
	if better {
		*best = is
	}
}

// slotSpan is the length of a rules.Slot.
const slotSpan = 5 * time.Minute

// A curve has half hours, some before the alert and some after: as many as are
// read at a glance, and fit into a line of 80 characters.
const (
	curveStep   = 30 * time.Minute
	curveBefore = 20
	curveAfter  = 12
)

// draw notes the surroundings of the first alert of a rule.
func (p *player) draw(tx store.Tx, r *Rule, a *Alert) error {
	k := rules.Series{Rule: r.Name, Site: a.Site, Source: a.Source}
	mark := a.Began.Truncate(curveStep)
	c := Curve{Series: k, Unit: unitOf(r.When), From: mark.Add(-curveBefore * curveStep), Mark: curveBefore}
	for early := p.out.From.Truncate(curveStep); c.From.Before(early); c.Mark-- {
		c.From = c.From.Add(curveStep)
	}
	to := mark.Add((curveAfter + 1) * curveStep)
	if p.now.Before(to) {
		to = p.now.Add(time.Second)
	}
	for slot, err := range p.Rules.History(tx, k, c.From, to.Add(-time.Second)) {
		if err != nil {
			return err
		}
		i := int(slot.At.Sub(c.From) / curveStep)
		for len(c.Counts) <= i {
			c.Counts = append(c.Counts, 0)
		}
		c.Counts[i] += slot.Counts.Of(c.Unit)
	}
	r.Curve = c
	return nil
}

// unitOf is the unit in which a condition counts.
func unitOf(w rules.When) rules.Unit {
	switch {
	case w.Kind() == rules.Silence, w.Kind() == rules.Spread:
		return rules.Posts
	case w.Unit == "":
		return rules.Voices
	}
	return w.Unit
}

// marks are what charted rules said, by series and slot.
type marks map[rules.Series]map[time.Time][]string

func (m marks) note(f rules.Firing) {
	said := string(f.Phase)
	switch {
	case f.Phase == rules.Grew && f.Louder:
		said = "grew-louder"
	case f.Phase == rules.Grew:
		return
	}
	k, at := rules.Series{Rule: f.Rule, Site: f.Site, Source: f.Source}, f.At.UTC().Truncate(slotSpan)
	if m[k] == nil {
		m[k] = map[time.Time][]string{}
	}
	if !slices.Contains(m[k][at], said) {
		m[k][at] = append(m[k][at], said)
	}
}

func (m marks) at(k rules.Series, slot time.Time) string { return strings.Join(m[k][slot], "+") }
