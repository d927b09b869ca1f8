package incident

import (
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/store"
)

// Shadows returns the shadow incidents that are not resolved, by id.
func Shadows(tx store.Tx) ([]Incident, error) { return unresolved(tx, true) }

// EndShadows resolves the shadow incidents of rules that are in shadow no
// more: what they fire from now on is for everybody, and begins afresh.
func (d *Desk) EndShadows(tx store.Tx, shadow func(rule string) bool, now time.Time) error {
	open, err := Shadows(tx)
	if err != nil {
		return fmt.Errorf("look for shadow incidents: %w", err)
	}
	for _, in := range open {
		if shadow(in.Rule) {
			continue
		}
		who := Machine
		who.Lead = true // whoever took it
		cmd := Command{ID: in.ID, Verb: Resolve, Actor: who, At: now, Reason: ShadowOver, Text: in.Rule}
		if _, err := d.do(tx, cmd); err != nil {
			return fmt.Errorf("end %v: %w", in.ID, err)
		}
	}
	return nil
}

// NoteRule notes on every open incident to which a rule contributed what
// became of the rule.
func (d *Desk) NoteRule(tx store.Tx, rule string, by Actor, note string, now time.Time) error {
	open, err := Unresolved(tx)
	if err != nil {
		return fmt.Errorf("look for incidents of %s: %w", rule, err)
	}
	for _, in := range open {
		if !slices.Contains(in.Rules, rule) {
			continue
		}
		cmd := Command{ID: in.ID, Verb: Note, Actor: by, At: now, Text: note}
		if _, err := d.do(tx, cmd); err != nil {
			return fmt.Errorf("note on %v: %w", in.ID, err)
		}
	}
	return nil
}
