package incident

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

func newDesk(t *testing.T) (*Desk, *[]Change) {
	t.Helper()
	db, err := store.Open(filepath.Join(t.TempDir(), "siaga.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	var told []Change
	return &Desk{DB: db, Notify: func(_ store.Tx, c Change) error {
		told = append(told, c)
		return nil
	}}, &told
}

func fireNow(t *testing.T, d *Desk, f rules.Firing) {
	t.Helper()
	if err := d.DB.Update(t.Context(), func(tx store.Tx) error { return d.Fire(tx, f) }); err != nil {
		t.Fatal(err)
	}
}

func TestOneIncidentPerCellWhateverRulesFire(t *testing.T) {
	d, told := newDesk(t)
	fireNow(t, d, firing(rules.Began, 5, noon))
	other := firing(rules.Began, 9, noon.Add(time.Minute))
	other.Rule = "DebuKata"
	fireNow(t, d, other)
	elsewhere := firing(rules.Began, 5, noon)
	elsewhere.Site = "kupang"
	fireNow(t, d, elsewhere)
	open, err := d.Unresolved(t.Context())
	if err != nil || len(open) != 2 || open[0].ID != 1 || open[1].Site != "kupang" {
		t.Fatalf("unresolved: %+v, %v", open, err)
	}
	if len(*told) != 3 || (*told)[1].Before.ID != 1 {
		t.Errorf("told %+v", *told)
	}
}

func TestATapAndItsMarkAreOneTransaction(t *testing.T) {
	d, _ := newDesk(t)
	fireNow(t, d, firing(rules.Began, 5, noon))
	crash := errors.New("disk full")
	_, err := d.Do(t.Context(), Command{ID: 1, Verb: Ack, Actor: person("Sari"), At: noon},
		func(store.Tx) error { return crash })
	if !errors.Is(err, crash) {
		t.Fatalf("got %v", err)
	}
	if in, _ := d.Get(t.Context(), 1); in.State != Open {
		t.Errorf("without its mark the tap was kept: %s", in.State)
	}
}

func TestTheTimelineTellsWhoDidWhat(t *testing.T) {
	d, _ := newDesk(t)
	fireNow(t, d, firing(rules.Began, 5, noon))
	for _, cmd := range []Command{
		{ID: 1, Verb: Ack, Actor: person("Sari"), At: noon},
		{ID: 1, Verb: Note, Actor: person("Sari"), At: noon, Text: "tim menuju lokasi"},
		{ID: 1, Verb: Resolve, Actor: lead(), At: noon, Reason: DiedDown, Text: "hujan"},
	} {
		if _, err := d.Do(t.Context(), cmd, nil); err != nil {
			t.Fatal(err)
		}
	}
	lines, err := d.Timeline(t.Context(), 1)
	if err != nil || len(lines) != 4 {
		t.Fatalf("timeline %+v, %v", lines, err)
	}
	last := lines[3]
	if last.Who != "Rina" || last.Via != "slack" || last.Verb != Resolve || last.Text != "mereda: hujan" || last.From != 3 || last.To != 4 {
		t.Errorf("last line %+v", last)
	}
	if _, err := d.Timeline(t.Context(), 9); !errors.Is(err, ErrNotFound) {
		t.Errorf("timeline of nothing: %v", err)
	}
}

func TestReopeningIsRefusedWhileTheCellHasAnother(t *testing.T) {
	d, _ := newDesk(t)
	fireNow(t, d, firing(rules.Began, 5, noon))
	do := func(cmd Command) (Change, error) { return d.Do(t.Context(), cmd, nil) }
	if _, err := do(Command{ID: 1, Verb: Resolve, Actor: lead(), At: noon, Reason: DiedDown}); err != nil {
		t.Fatal(err)
	}
	fireNow(t, d, firing(rules.Began, 5, noon.Add(25*time.Hour)))
	change, err := do(Command{ID: 1, Verb: Reopen, Actor: person("Sari"), At: noon.Add(26 * time.Hour)})
	if !errors.Is(err, ErrCellTaken) || change.After.ID != 2 {
		t.Fatalf("got %v of %v, want a pointer to ISU-2", err, change.After.ID)
	}
	if _, err := do(Command{ID: 2, Verb: Resolve, Actor: lead(), At: noon, Reason: Duplicate}); err != nil {
		t.Fatal(err)
	}
	if change, err := do(Command{ID: 1, Verb: Reopen, Actor: person("Sari"), At: noon}); err != nil || change.After.State != Open {
		t.Errorf("the cell is free: %v, %v", change.After.State, err)
	}
}

func TestACommandForNothingIsNotFound(t *testing.T) {
	d, _ := newDesk(t)
	if _, err := d.Do(t.Context(), Command{ID: 9, Verb: Ack}, nil); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v", err)
	}
	if _, err := d.Get(t.Context(), 9); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func TestAReopenedIncidentIsTheOneOfItsCell(t *testing.T) {
	d, _ := newDesk(t)
	fireNow(t, d, firing(rules.Began, 5, noon))
	later := noon.Add(25 * time.Hour)
	for _, cmd := range []Command{
		{ID: 1, Verb: Resolve, Actor: lead(), At: noon, Reason: DiedDown},
		{ID: 2, Verb: Resolve, Actor: lead(), At: later, Reason: DiedDown},
		{ID: 1, Verb: Reopen, Actor: lead(), At: later},
	} {
		if cmd.ID == 2 {
			fireNow(t, d, firing(rules.Began, 5, later))
		}
		if _, err := d.Do(t.Context(), cmd, nil); err != nil {
			t.Fatal(err)
		}
	}
	fireNow(t, d, firing(rules.Began, 6, later.Add(time.Hour)))
	open, err := d.Unresolved(t.Context())
	if err != nil || len(open) != 1 || open[0].ID != 1 || open[0].Counts.Posts != 6 {
		t.Errorf("unresolved %+v, %v", open, err)
	}
}

func TestMovingCountsDoNotFillTheTimeline(t *testing.T) {
	d, _ := newDesk(t)
	for n := range 100 {
		phase := rules.Grew
		if n == 0 {
			phase = rules.Began
		}
		fireNow(t, d, firing(phase, 5+n, noon.Add(time.Duration(n)*time.Second)))
	}
	fireNow(t, d, firing(rules.Ceased, 0, noon.Add(time.Hour)))
	lines, err := d.Timeline(t.Context(), 1)
	if err != nil || len(lines) != 2 || lines[1].To != 101 {
		t.Errorf("timeline %+v, %v", lines, err)
	}
}

func TestDeletedPostsAreQuotedNowhere(t *testing.T) {
	d, told := newDesk(t)
	f := firing(rules.Began, 5, noon)
	f.New = []rules.Evidence{{Post: source.Post{ID: "x:1", Story: "x:1", Text: "debu"}}, {Post: source.Post{ID: "x:2", Story: "x:2", Text: "abu"}}}
	fireNow(t, d, f)
	err := d.DB.Update(t.Context(), func(tx store.Tx) error { return d.Forget(tx, []string{"x:1", "x:9"}, noon) })
	in, _ := d.Get(t.Context(), 1)
	if err != nil || len(in.Excerpts) != 1 || in.Excerpts[0].Post != "x:2" || len(*told) != 2 {
		t.Errorf("quotes %+v, told %d times, %v", in.Excerpts, len(*told), err)
	}
}
