package promise

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// book is a ledger over a real desk, before one incident in each of two cells.
type book struct {
	*testing.T
	*Ledger
	desk  *incident.Desk
	drawn int // how often cards were to be looked at again
}

func newBook(t *testing.T) *book {
	t.Helper()
	db, err := store.Scratch()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	b := &book{T: t, desk: &incident.Desk{DB: db, Notify: func(store.Tx, incident.Change) error { return nil }}}
	b.Ledger = &Ledger{
		DB: db, Act: b.desk.Act, Zone: func(string) *time.Location { return wita },
		Refresh: func(store.Tx, time.Time) error { b.drawn++; return nil },
	}
	b.fires("debu", "rembang", false)
	b.fires("air", "", false)
	return b
}

func (b *book) fires(topic, site string, shadow bool) {
	b.Helper()
	f := rules.Firing{Rule: "Debu", Phase: rules.Began, Topic: topic, Site: site, Shadow: shadow, Severity: rules.Warning, At: on(1, 9, 0)}
	if err := b.DB.Update(b.Context(), func(tx store.Tx) error { return b.desk.Fire(tx, f) }); err != nil {
		b.Fatal(err)
	}
}

func sari(at time.Time) By {
	return By{Actor: incident.Actor{Name: "Sari", Via: "telegram"}, At: at}
}

func (b *book) makes(id incident.ID, text string, due time.Time) Promise {
	b.Helper()
	p, err := b.Make(b.Context(), id, text, "Budi", due, sari(on(1, 10, 0)))
	if err != nil {
		b.Fatal(err)
	}
	return p
}

// owed lists what is open, as the notes of a ledger are read.
func (b *book) owed() []string {
	b.Helper()
	all, err := b.Open(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	var out []string
	for _, p := range all {
		out = append(out, fmt.Sprintf("%d.%d %s", p.Incident, p.N, p.Text))
	}
	return out
}

func (b *book) lines(id incident.ID) []incident.Entry {
	b.Helper()
	all, err := b.desk.Timeline(b.Context(), id)
	if err != nil {
		b.Fatal(err)
	}
	return all
}

func TestAPromiseIsOwedUntilThereIsProof(t *testing.T) {
	b := newBook(t)
	b.makes(1, "tirai debu crusher", on(15, 23, 59))
	b.makes(1, "cek lapangan", on(2, 23, 59))
	b.makes(2, "tangki air", on(9, 23, 59))
	if got, want := b.owed(), []string{"1.2 cek lapangan", "2.1 tangki air", "1.1 tirai debu crusher"}; !slices.Equal(got, want) {
		t.Errorf("owed are %q, want %q", got, want)
	}
	if _, err := b.Keep(t.Context(), 1, 1, "  ", sari(on(3, 9, 0))); !errors.Is(err, ErrEmpty) {
		t.Errorf("kept without proof: %v", err)
	}
	p, err := b.Keep(t.Context(), 1, 1, "https://contoh.id/tirai.jpg", sari(on(3, 9, 0)))
	if err != nil || p.Kept == nil || p.Kept.By != "Sari" || p.Overdue(on(20, 0, 0)) {
		t.Errorf("it was kept as %+v, %v", p, err)
	}
	if got, want := b.owed(), []string{"1.2 cek lapangan", "2.1 tangki air"}; !slices.Equal(got, want) {
		t.Errorf("owed are %q, want %q", got, want)
	}
	again, err := b.Keep(t.Context(), 1, 1, "lagi", sari(on(4, 9, 0)))
	if !errors.Is(err, ErrKept) || again.Kept.Proof != "https://contoh.id/tirai.jpg" {
		t.Errorf("kept twice: %+v, %v", again, err)
	}
	if p := b.makes(1, "jalan disiram", on(9, 23, 59)); p.N != 3 {
		t.Errorf("the number of what was kept was given again: %d", p.N)
	}
	all, err := b.OfIncident(t.Context(), 1)
	if err != nil || len(all) != 3 || all[0].Kept == nil || all[1].Kept != nil {
		t.Errorf("of the incident: %+v, %v", all, err)
	}
}

func TestACellHasThePromisesOfAllItsIncidentsAndNoOthers(t *testing.T) {
	b := newBook(t)
	b.makes(1, "tirai", on(15, 23, 59))
	b.makes(2, "tangki", on(9, 23, 59))
	if _, err := b.desk.Do(t.Context(), incident.Command{
		ID: 1, Verb: incident.Resolve, Reason: incident.DiedDown, Actor: incident.Actor{Name: "Rina", Lead: true}, At: on(1, 11, 0),
	}, nil); err != nil {
		t.Fatal(err)
	}
	f := rules.Firing{Rule: "Debu", Phase: rules.Began, Topic: "debu", Site: "rembang", Severity: rules.Warning, At: on(5, 9, 0)}
	if err := b.DB.Update(t.Context(), func(tx store.Tx) error { return b.desk.Fire(tx, f) }); err != nil {
		t.Fatal(err)
	}
	b.makes(3, "sirene", on(8, 23, 59))
	var got []string
	err := b.DB.View(t.Context(), func(tx store.Tx) error {
		all, err := OfCell(tx, "debu", "rembang")
		for _, p := range all {
			got = append(got, p.Text)
		}
		return err
	})
	if err != nil || !slices.Equal(got, []string{"sirene", "tirai"}) {
		t.Errorf("the cell has %q, %v", got, err)
	}
}

func TestWhatIsNoPromiseIsRefusedAndLeavesNothing(t *testing.T) {
	b := newBook(t)
	b.fires("asap", "rembang", true)
	ok := on(5, 23, 59)
	for name, c := range map[string]struct {
		id          incident.ID
		text, owner string
		due         time.Time
		want        error
	}{
		"no text":         {1, " ", "Budi", ok, ErrEmpty},
		"no owner":        {1, "cek", "", ok, ErrEmpty},
		"in the past":     {1, "cek", "Budi", on(1, 10, 0), ErrDue},
		"too far":         {1, "cek", "Budi", on(1, 10, 1).Add(LongestAhead), ErrDue},
		"no incident":     {99, "cek", "Budi", ok, incident.ErrNotFound},
		"a rule on trial": {3, "cek", "Budi", ok, ErrShadow},
	} {
		if _, err := b.Make(t.Context(), c.id, c.text, c.owner, c.due, sari(on(1, 10, 0))); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if _, err := b.Keep(t.Context(), 1, 7, "foto", sari(ok)); !errors.Is(err, ErrNone) {
		t.Errorf("kept what was not promised: %v", err)
	}
	if _, err := b.Move(t.Context(), 2, 1, ok, sari(on(2, 0, 0))); !errors.Is(err, ErrNone) {
		t.Errorf("moved what was not promised: %v", err)
	}
	if got := b.owed(); got != nil || b.drawn != 0 || len(b.lines(1)) != 1 {
		t.Errorf("owed are %q, drawn %d times, %d lines", got, b.drawn, len(b.lines(1)))
	}
}

func TestWhatHappensToAPromiseIsOnTheTimelineWithItsMark(t *testing.T) {
	b := newBook(t)
	marks := 0
	by := func(at time.Time) By {
		who := sari(at)
		who.Mark = func(store.Tx) error { marks++; return nil }
		return who
	}
	p, err := b.Make(t.Context(), 1, "tirai", "Budi", on(9, 23, 59), by(on(1, 10, 0)))
	if err == nil {
		_, err = b.Move(t.Context(), 1, p.N, on(12, 23, 59), by(on(2, 10, 0)))
	}
	if err == nil {
		_, err = b.Keep(t.Context(), 1, p.N, "foto", by(on(3, 10, 0)))
	}
	if err != nil || marks != 3 || b.drawn != 3 {
		t.Fatalf("%v, %d marks, drawn %d times", err, marks, b.drawn)
	}
	var said []string
	for _, e := range b.lines(1)[1:] {
		said = append(said, fmt.Sprintf("%s %d %s %s %q", e.Verb, e.Item, e.Call, e.Until.In(wita).Format("2"), e.Text))
	}
	want := []string{`promised 1 Budi 9 "tirai"`, `moved 1 Budi 12 "2026-12-09T15:59:00Z"`, `kept 1 Budi 12 "foto"`}
	if !slices.Equal(said, want) {
		t.Errorf("the timeline says %q, want %q", said, want)
	}
}

func TestAMarkThatFailsTakesThePromiseWithIt(t *testing.T) {
	b := newBook(t)
	by := sari(on(1, 10, 0))
	by.Mark = func(store.Tx) error { return errors.New("test") }
	if _, err := b.Make(t.Context(), 1, "tirai", "Budi", on(9, 23, 59), by); err == nil {
		t.Error("no error")
	}
	if got := b.owed(); got != nil || len(b.lines(1)) != 1 {
		t.Errorf("owed are %q", got)
	}
}

func TestAReminderIsOnTheTimelineOnceHoweverOftenSomebodyLooks(t *testing.T) {
	b := newBook(t)
	b.makes(1, "tirai", on(15, 23, 59))
	b.makes(2, "tangki", on(2, 12, 0))
	if _, err := b.Keep(t.Context(), 2, 1, "foto", sari(on(1, 12, 0))); err != nil {
		t.Fatal(err)
	}
	var said []string
	for now := on(1, 10, 0); now.Before(on(20, 0, 0)); now = now.Add(20 * time.Minute) {
		next, err := b.Remind(t.Context(), now)
		if err != nil || !next.IsZero() && !next.After(now) {
			t.Fatalf("at %v next is %v, %v", now, next, err)
		}
		if next.IsZero() != !now.Before(on(16, 8, 0)) {
			t.Errorf("at %v next is %v", now, next)
		}
	}
	for _, e := range b.lines(1) {
		if e.Verb == incident.Nudge {
			said = append(said, e.At.In(wita).Format("2 15:04 ")+e.Who+" "+e.Call)
		}
	}
	if got, want := strings.Join(said, ", "), "8 08:00 siaga Budi, 14 08:00 siaga Budi, 15 08:00 siaga Budi, 16 08:00 siaga Budi"; got != want {
		t.Errorf("reminded %s, want %s", got, want)
	}
	if n := len(b.lines(2)); n != 3 {
		t.Errorf("of what was kept there are %d lines", n)
	}
}
