package incident

import (
	"errors"
	"testing"
	"time"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

func TestARefusalIsOnTheTimelineOnceAndChangesNothing(t *testing.T) {
	d, told := newDesk(t)
	fireNow(t, d, firing(rules.Began, 5, noon))
	before, err := d.Get(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	refuse := func(who string, verb Verb, id ID) error {
		return d.DB.Update(t.Context(), func(tx store.Tx) error {
			return Refused(tx, id, Actor{Name: who, Via: "telegram"}, verb, "role", before.Last.Add(time.Minute))
		})
	}
	for range 3 {
		if err := refuse("Sari", Ack, 1); err != nil {
			t.Fatal(err)
		}
	}
	for _, verb := range []Verb{Ack, Resolve} {
		if err := refuse("telegram:9/x", verb, 1); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := d.Timeline(t.Context(), 1)
	if err != nil || len(entries) != 4 || entries[0].Verb != Fire {
		t.Fatalf("%d lines, %v: %+v", len(entries), err, entries)
	}
	for _, e := range entries[1:] {
		if e.Refused != "role" || e.From != before.Rev || e.To != before.Rev {
			t.Errorf("%+v", e)
		}
	}
	after, err := d.Get(t.Context(), 1)
	if err != nil || after.Rev != before.Rev || after.StateRev != before.StateRev {
		t.Errorf("%+v, %v", after, err)
	}
	if len(*told) != 1 {
		t.Errorf("told of %d changes", len(*told))
	}
	fireNow(t, d, firing(rules.Grew, 9, noon.Add(time.Hour))) // numbers move, the state does not
	do := Command{ID: 1, Verb: Note, Text: "x", Actor: person("Budi"), At: noon.Add(2 * time.Hour)}
	if _, err := d.Do(t.Context(), do, nil); err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{"Sari", "Tono"} {
		if err := refuse(who, Ack, 1); err != nil {
			t.Fatal(err)
		}
	}
	entries, err = d.Timeline(t.Context(), 1)
	if last := entries[len(entries)-1]; err != nil || len(entries) != 6 || entries[4].Verb != Note || last.Who != "Tono" {
		t.Errorf("later: %v, %+v", err, entries)
	}
	if err := refuse("Sari", Ack, 2); !errors.Is(err, ErrNotFound) {
		t.Errorf("of an incident that is not there: %v", err)
	}
}
