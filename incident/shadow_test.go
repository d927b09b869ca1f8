package incident

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// shadowFiring is what a rule in shadow says about the same cell as firing.
func shadowFiring(phase rules.Phase, at time.Time) rules.Firing {
	f := firing(phase, 50, at)
	f.Shadow, f.Rule, f.Severity = true, "DebuBaru", rules.Critical
	return f
}

func shadowsOf(t *testing.T, d *Desk) (out []Incident) {
	t.Helper()
	err := d.DB.View(t.Context(), func(tx store.Tx) (err error) {
		out, err = Shadows(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func endShadows(t *testing.T, d *Desk, shadow bool, at time.Time) {
	t.Helper()
	err := d.DB.Update(t.Context(), func(tx store.Tx) error {
		return d.EndShadows(tx, func(string) bool { return shadow }, at)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAShadowIncidentNeverTouchesTheIncidentOfItsPlace(t *testing.T) {
	d, _ := newDesk(t)
	fireNow(t, d, firing(rules.Began, 5, noon))
	before, _ := d.Get(t.Context(), 1)
	for _, phase := range []rules.Phase{rules.Began, rules.Grew, rules.Ceased} {
		fireNow(t, d, shadowFiring(phase, noon.Add(time.Minute)))
	}
	after, _ := d.Get(t.Context(), 1)
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the incident changed:\n%s", diff)
	}
	open, err := d.Unresolved(t.Context())
	if err != nil || len(open) != 1 || open[0].ID != 1 {
		t.Errorf("unresolved: %+v, %v", open, err)
	}
	shadows := shadowsOf(t, d)
	if len(shadows) != 1 || !shadows[0].Shadow || shadows[0].Label() != "bayangan~DebuBaru/rembang" {
		t.Errorf("shadow incidents: %+v", shadows)
	}
}

func TestEveryRuleInShadowHasAnIncidentOfItsOwn(t *testing.T) {
	d, _ := newDesk(t)
	one, other := shadowFiring(rules.Began, noon), shadowFiring(rules.Began, noon)
	other.Rule = "DebuLain"
	fireNow(t, d, one)
	fireNow(t, d, other)
	fireNow(t, d, one)
	if open := shadowsOf(t, d); len(open) != 2 || open[1].Rule != "DebuLain" {
		t.Errorf("%+v", open)
	}
	fireNow(t, d, firing(rules.Began, 5, noon)) // it does not hold the real cell
	if open, _ := d.Unresolved(t.Context()); len(open) != 1 || open[0].Shadow || open[0].ID != 3 {
		t.Errorf("%+v", open)
	}
}

func TestAShadowIncidentEndsWithItsRulesActivationWhoeverTookIt(t *testing.T) {
	d, told := newDesk(t)
	fireNow(t, d, shadowFiring(rules.Began, noon))
	if _, err := d.Do(t.Context(), Command{ID: 1, Verb: Ack, Actor: person("Sari"), At: noon}, nil); err != nil {
		t.Fatal(err)
	}
	endShadows(t, d, true, noon.Add(time.Minute))
	if len(shadowsOf(t, d)) != 1 {
		t.Fatal("it ended while its rule is in shadow")
	}
	endShadows(t, d, false, noon.Add(2*time.Minute))
	in, _ := d.Get(t.Context(), 1)
	if in.State != Resolved || in.Reason != ShadowOver || len(shadowsOf(t, d)) != 0 {
		t.Errorf("%+v", in)
	}
	lines, _ := d.Timeline(t.Context(), 1)
	if last := lines[len(lines)-1]; last.Who != Machine.Name || last.Text != "uji-coba-selesai: DebuBaru" {
		t.Errorf("last line %+v", last)
	}
	n := len(*told)
	endShadows(t, d, false, noon.Add(3*time.Minute))
	if len(*told) != n {
		t.Error("what has ended ended once more")
	}
	if _, err := d.Do(t.Context(), Command{ID: 1, Verb: Reopen, Actor: lead(), At: noon}, nil); !errors.Is(err, ErrWrongState) {
		t.Errorf("a shadow incident of an active rule was reopened: %v", err)
	}
	back := shadowFiring(rules.Began, noon.Add(time.Hour)) // the rule was sent back to shadow
	fireNow(t, d, back)
	if open := shadowsOf(t, d); len(open) != 1 || open[0].ID != 1 || open[0].Reopened != 1 {
		t.Errorf("%+v", open)
	}
}

func TestAShadowIncidentIsReopenedInItsOwnCell(t *testing.T) {
	d, _ := newDesk(t)
	fireNow(t, d, shadowFiring(rules.Began, noon))
	if _, err := d.Do(t.Context(), Command{ID: 1, Verb: Resolve, Actor: lead(), Reason: FalseAlarm, At: noon}, nil); err != nil {
		t.Fatal(err)
	}
	fireNow(t, d, firing(rules.Began, 5, noon))
	if _, err := d.Do(t.Context(), Command{ID: 1, Verb: Reopen, Actor: person("Sari"), At: noon}, nil); err != nil {
		t.Fatal(err)
	}
	if open, _ := d.Unresolved(t.Context()); len(open) != 1 || open[0].ID != 2 {
		t.Errorf("the real cell: %+v", open)
	}
}

func TestWhoHasAnIncidentReadsWhatBecameOfItsRule(t *testing.T) {
	d, _ := newDesk(t)
	fireNow(t, d, firing(rules.Began, 5, noon))
	other := firing(rules.Began, 5, noon)
	other.Rule, other.Topic = "Air", "air"
	fireNow(t, d, other)
	fireNow(t, d, func() rules.Firing { f := shadowFiring(rules.Began, noon); f.Rule = "Debu"; return f }())
	err := d.DB.Update(t.Context(), func(tx store.Tx) error {
		return d.NoteRule(tx, "Debu", person("Agus"), "kembali uji coba", noon)
	})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[ID]int{1: 2, 2: 1, 3: 1} {
		lines, err := d.Timeline(t.Context(), id)
		if err != nil || len(lines) != want {
			t.Errorf("%v has %d lines, want %d: %v", id, len(lines), want, err)
		}
	}
}
