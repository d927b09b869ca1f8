package trial

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

// quietFor is how long nothing is heard of an incident until it counts as
// resolved.
const quietFor = 24 * time.Hour

// ears are all receivers: they hear what the outbox would have told them.
type ears struct {
	plan      *notifier.Plan
	names     []string // of the receivers, in order
	keep      int
	receivers map[string]*Receiver
	shown     map[incident.ID][]string
	incidents map[incident.ID]incident.Incident
	open      map[incident.ID]time.Time // when each was heard of last
	last      incident.ID               // that changed last
	cards     []Card
}

func newEars(s Setup) *ears {
	e := &ears{
		plan: s.Plan, names: slices.Sorted(maps.Keys(s.Plan.Receivers)), keep: s.Cards,
		receivers: map[string]*Receiver{}, shown: map[incident.ID][]string{},
		incidents: map[incident.ID]incident.Incident{}, open: map[incident.ID]time.Time{},
	}
	for _, name := range e.names {
		e.receivers[name] = &Receiver{Name: name}
	}
	return e
}

// hear is told of every change of an incident, as the outbox is. What a rule in
// shadow says is judged as if it were active, and counted apart.
func (e *ears) hear(_ store.Tx, c incident.Change) error {
	e.last, e.incidents[c.After.ID] = c.After.ID, c.After
	shadow := c.After.Shadow
	c.After.Shadow = false
	in := c.After
	if in.State == incident.Resolved { // a trial has no people who would be told
		delete(e.open, in.ID)
		return nil
	}
	e.open[in.ID] = in.Last
	var first []string
	for _, name := range Concerned(e.plan, in) {
		shown := slices.Contains(e.shown[in.ID], name)
		why := notifier.Heard(c, shown)
		if why == notifier.FirstCard {
			first = append(first, name)
		}
		e.receivers[name].count(why, shadow)
	}
	e.show(in, shadow, first)
	return nil
}

func (e *ears) show(in incident.Incident, shadow bool, to []string) {
	if len(to) == 0 {
		return
	}
	e.shown[in.ID] = append(e.shown[in.ID], to...)
	if len(e.cards) < e.keep {
		card := e.plan.Card(in, nil, in.Last)
		card.Answer = e.plan.Answer(in, nil, in.Last)
		e.cards = append(e.cards, Card{Receivers: to, Shadow: shadow, Card: card})
	}
}

// Concerned names the receivers that hear of an incident, in order.
func Concerned(plan *notifier.Plan, in incident.Incident) []string {
	dests := plan.Concerned(in)
	var out []string
	for _, name := range slices.Sorted(maps.Keys(plan.Receivers)) {
		if slices.ContainsFunc(plan.Receivers[name].Dests, func(d notifier.Dest) bool { return slices.Contains(dests, d) }) {
			out = append(out, name)
		}
	}
	return out
}

// showing names the receivers that show the card of an incident.
func (e *ears) showing(id incident.ID) []string { return slices.Sorted(slices.Values(e.shown[id])) }

// quiet returns what closes the incidents of which nothing was heard for long
// enough, in their order.
func (e *ears) quiet(now time.Time) []incident.Command {
	var out []incident.Command
	for id, last := range e.open {
		if end := last.Add(quietFor); !end.After(now) {
			out = append(out, incident.Command{
				ID: id, Verb: incident.Resolve, Actor: incident.Machine, At: end, Reason: incident.DiedDown,
			})
		}
	}
	slices.SortFunc(out, func(a, b incident.Command) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

func (e *ears) report() ([]incident.Incident, []Receiver, []Card) {
	var all []incident.Incident
	for _, id := range slices.Sorted(maps.Keys(e.incidents)) {
		all = append(all, e.incidents[id])
	}
	var heard []Receiver
	for _, name := range e.names {
		heard = append(heard, *e.receivers[name])
	}
	return all, heard, e.cards
}
