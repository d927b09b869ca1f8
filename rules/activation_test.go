package rules

import (
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/siaga-id/siaga/query"
	"github.com/siaga-id/siaga/store"
)

// shadowed is a rule in shadow: two voices within half an hour.
func shadowed() Rule {
	r := atLeast(Voices, 2, 30*time.Minute)
	r.Shadow = true
	return r
}

func anybody(string) bool { return true }

func (x *trial) activate(who string, after time.Duration) (s Standing, err error) {
	x.t.Helper()
	_ = x.db.Update(x.t.Context(), func(tx store.Tx) error {
		s, err = x.set.Activate(tx, Decision{Rule: "Debu", By: who, At: noon.Add(after), Admin: anybody})
		return err
	})
	return s, err
}

func (x *trial) suspend(who string, after time.Duration) (s Standing, err error) {
	x.t.Helper()
	_ = x.db.Update(x.t.Context(), func(tx store.Tx) error {
		s, err = x.set.Suspend(tx, Decision{Rule: "Debu", By: who, At: noon.Add(after), Admin: anybody})
		return err
	})
	return s, err
}

// agree has two admins make the rule active.
func (x *trial) agree(after time.Duration) {
	x.t.Helper()
	for _, who := range []string{"Agus", "Rina"} {
		if _, err := x.activate(who, after); err != nil {
			x.t.Fatal(err)
		}
	}
}

func (x *trial) standing() (s Standing) {
	x.t.Helper()
	x.update(func(tx store.Tx) error {
		all, err := x.set.Standings(tx, noon)
		s = all[0]
		return err
	})
	return s
}

func (x *trial) review(after time.Duration) (back []string) {
	x.t.Helper()
	x.update(func(tx store.Tx) (err error) {
		back, err = x.set.Review(tx, noon.Add(after))
		return err
	})
	return back
}

func shadows(firings []Firing) (marks []bool) {
	for _, f := range firings {
		marks = append(marks, f.Shadow)
	}
	return marks
}

func TestARuleInShadowSaysSoUntilTwoAdminsHaveAgreed(t *testing.T) {
	x := newTrial(t, shadowed())
	x.want(x.at(0, several("a", 2, 0)...), "Debu/rembang began 2")
	got := x.at(time.Minute, post("b", time.Minute))
	x.want(got, "Debu/rembang grew 3")
	if !slices.Equal(shadows(got), []bool{true}) {
		t.Error("it fires for all")
	}
	s, err := x.activate("Agus", 2*time.Minute)
	if err != nil || !s.Shadow || s.Asked != "Agus" {
		t.Fatalf("%+v, %v", s, err)
	}
	if got := x.at(3*time.Minute, post("c", 3*time.Minute)); !got[0].Shadow {
		t.Error("one admin was enough")
	}
	s, err = x.activate("Rina", 4*time.Minute)
	if err != nil || s.Shadow || s.Asked != "Agus" || s.By != "Rina" {
		t.Fatalf("%+v, %v", s, err)
	}
	got = x.at(5 * time.Minute) // nothing new: what holds is news to those who hear it now
	x.want(got, "Debu/rembang began 4")
	if got[0].Shadow || len(got[0].New) == 0 {
		t.Errorf("shadow %v, %d posts", got[0].Shadow, len(got[0].New))
	}
	x.want(x.at(6*time.Minute), "")
}

func TestARuleOfStoriesChangesSidesToo(t *testing.T) {
	r := Rule{Name: "Debu", Query: "debu", By: []string{"site"}, Topic: "debu", Severity: Warning, Shadow: true}
	x := newTrial(t, r)
	if got := x.at(0, post("a", 0)); !got[0].Shadow {
		t.Error("it fires for all")
	}
	x.agree(time.Minute)
	if got := x.at(2*time.Minute, post("b", 2*time.Minute)); got[0].Shadow {
		t.Error("it still fires to admins only")
	}
}

func TestAConditionThatHasEndedIsNoNewsAtActivation(t *testing.T) {
	r := shadowed()
	r.KeepFiring = time.Hour
	x := newTrial(t, r)
	x.want(x.at(0, several("a", 2, 0)...), "Debu/rembang began 2")
	x.want(x.at(40*time.Minute), "") // ended, and kept
	x.agree(41 * time.Minute)
	x.want(x.at(42*time.Minute), "")
	if x.running() {
		t.Error("a series of its time in shadow is kept")
	}
}

func TestForIsNotWaitedForTwice(t *testing.T) {
	r := shadowed()
	r.For = 5 * time.Minute
	x := newTrial(t, r)
	x.want(x.at(0, several("a", 2, 0)...), "")
	x.agree(4 * time.Minute)
	got := x.at(5 * time.Minute)
	x.want(got, "Debu/rembang began 2")
	if got[0].Shadow {
		t.Error("it fires to admins only")
	}
	if _, err := x.suspend("Agus", 6*time.Minute); err != nil {
		t.Fatal(err)
	}
	got = x.at(7 * time.Minute)
	x.want(got, "Debu/rembang began 2")
	if !got[0].Shadow {
		t.Error("it fires for all after it was sent back")
	}
}

func TestOnePersonIsNotTwo(t *testing.T) {
	x := newTrial(t, shadowed())
	for range 2 {
		s, err := x.activate("Agus", time.Minute)
		if !s.Shadow || s.Asked != "Agus" {
			t.Errorf("%+v, %v", s, err)
		}
	}
	if _, err := x.activate("Agus", 2*time.Minute); !errors.Is(err, ErrAsked) {
		t.Errorf("got %v", err)
	}
}

func TestARequestIsForgottenAfterADay(t *testing.T) {
	x := newTrial(t, shadowed())
	if _, err := x.activate("Agus", 0); err != nil {
		t.Fatal(err)
	}
	s, err := x.activate("Rina", AskValid)
	if err != nil || !s.Shadow || s.Asked != "Rina" {
		t.Errorf("an old request counted: %+v, %v", s, err)
	}
	if s, err = x.activate("Agus", 2*AskValid-time.Second); err != nil || s.Shadow {
		t.Errorf("a request of today did not count: %+v, %v", s, err)
	}
}

func TestWhatSomebodyAskedForWhoIsNoAdminAnyMoreCountsForNothing(t *testing.T) {
	x := newTrial(t, shadowed())
	if _, err := x.activate("Agus", 0); err != nil {
		t.Fatal(err)
	}
	x.update(func(tx store.Tx) error {
		d := Decision{Rule: "Debu", By: "Rina", At: noon, Admin: func(name string) bool { return name == "Rina" }}
		s, err := x.set.Activate(tx, d)
		if !s.Shadow || s.Asked != "Rina" {
			t.Errorf("%+v", s)
		}
		return err
	})
}

func TestDecisionsThatChangeNothingSayWhy(t *testing.T) {
	x := newTrial(t, shadowed())
	if _, err := x.suspend("Agus", 0); !errors.Is(err, ErrAlready) {
		t.Errorf("suspend in shadow: %v", err)
	}
	x.agree(0)
	if s, err := x.activate("Budi", 0); !errors.Is(err, ErrAlready) || s.By != "Rina" {
		t.Errorf("activate an active one: %+v, %v", s, err)
	}
	byFile := newTrial(t, atLeast(Voices, 2, time.Hour))
	if _, err := byFile.activate("Agus", 0); !errors.Is(err, ErrByFile) {
		t.Errorf("activate by file: %v", err)
	}
	if _, err := byFile.suspend("Agus", 0); !errors.Is(err, ErrByFile) {
		t.Errorf("suspend by file: %v", err)
	}
	x.set = mustSet(t, Book{})
	if s, err := x.activate("Agus", 0); !errors.Is(err, ErrNoRule) || s.Rule != "Debu" {
		t.Errorf("unknown rule: %+v, %v", s, err)
	}
}

func TestARequestCanBeTakenBack(t *testing.T) {
	x := newTrial(t, shadowed())
	if _, err := x.activate("Agus", 0); err != nil {
		t.Fatal(err)
	}
	if s, err := x.suspend("Budi", 0); err != nil || s.Asked != "Agus" {
		t.Errorf("%+v, %v", s, err)
	}
	if s, err := x.activate("Rina", 0); err != nil || !s.Shadow {
		t.Errorf("a request that was taken back counted: %+v, %v", s, err)
	}
}

func TestAnActivationHoldsForTheRuleAsItWas(t *testing.T) {
	words := func(also ...string) map[string]query.Words {
		return map[string]query.Words{"debu": {Roots: []string{"debu"}, Also: also}}
	}
	base := shadowed()
	base.Query = "$debu pabrik"
	for name, c := range map[string]struct {
		change func(*Rule)
		words  map[string]query.Words
		shadow bool
	}{
		"untouched":          {func(*Rule) {}, words(), false},
		"another summary":    {func(r *Rule) { r.Summary = "lain" }, words(), false},
		"another example":    {func(r *Rule) { r.Examples.Match = []string{"debu pabrik"} }, words(), false},
		"another line break": {func(r *Rule) { r.Query = "$debu\n  pabrik" }, words(), false},
		"an unused set":      {func(*Rule) {}, map[string]query.Words{"debu": words()["debu"], "air": {Roots: []string{"air"}}}, false},
		"another query":      {func(r *Rule) { r.Query = "$debu semen" }, words(), true},
		"another word":       {func(*Rule) {}, words("bledug"), true},
	} {
		t.Run(name, func(t *testing.T) {
			x := newTrial(t)
			x.set = mustSet(t, Book{Rules: []Rule{base}, Words: words()})
			x.agree(0)
			changed := base
			c.change(&changed)
			x.set = mustSet(t, Book{Rules: []Rule{changed}, Words: c.words})
			if s := x.standing(); s.Shadow != c.shadow {
				t.Errorf("%+v", s)
			}
			if back := x.review(0); (len(back) == 1) != c.shadow {
				t.Errorf("%q are told of", back)
			}
			x.set = mustSet(t, Book{Rules: []Rule{base}, Words: words()})
			if s := x.standing(); s.Shadow != c.shadow {
				t.Errorf("changed back: %+v", s)
			}
		})
	}
}

// TestTheFingerprintMissesNoField fails for a new field of Rule or When that
// is neither in the fingerprint nor listed here.
func TestTheFingerprintMissesNoField(t *testing.T) {
	exempt := []string{"Name", "Group", "Summary", "Examples", "Shadow"}
	var check func(r *Rule, v reflect.Value)
	check = func(r *Rule, v reflect.Value) {
		for i := range v.NumField() {
			field, name := v.Field(i), v.Type().Field(i).Name
			before := fingerprint(*r, nil)
			switch field.Kind() {
			case reflect.Struct:
				if name != "Examples" {
					check(r, field)
				}
				continue
			case reflect.String:
				field.SetString("x")
			case reflect.Float64:
				field.SetFloat(1.5)
			case reflect.Bool:
				field.SetBool(true)
			case reflect.Int, reflect.Int64:
				field.SetInt(7)
			case reflect.Slice:
				field.Set(reflect.ValueOf([]string{"site"}))
			default:
				t.Fatalf("%s: no test for %v", name, field.Kind())
			}
			if same := fingerprint(*r, nil) == before; same != slices.Contains(exempt, name) {
				t.Errorf("%s: the fingerprint is the same: %v", name, same)
			}
		}
	}
	var r Rule
	check(&r, reflect.ValueOf(&r).Elem())
}

func TestReviewForgetsWhatIsGoneOrTooOld(t *testing.T) {
	count := func(x *trial) (n int) {
		x.update(func(tx store.Tx) error {
			n = 0
			return activations.Scan(tx, "", func(store.Key, activation) error { n++; return nil })
		})
		return n
	}
	byFile := shadowed()
	byFile.Shadow = false
	for name, c := range map[string]struct {
		asked bool // and not agreed to
		after time.Duration
		rules []Rule
		left  int
	}{
		"active":          {false, 100 * AskValid, []Rule{shadowed()}, 1},
		"asked":           {true, AskValid - time.Second, []Rule{shadowed()}, 1},
		"asked too long":  {true, AskValid, []Rule{shadowed()}, 0},
		"gone":            {false, 0, nil, 0},
		"active by file":  {false, 0, []Rule{byFile}, 0},
		"asked, and gone": {true, 0, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			x := newTrial(t, shadowed())
			if _, err := x.activate("Agus", 0); err != nil {
				t.Fatal(err)
			}
			if !c.asked {
				if _, err := x.activate("Rina", 0); err != nil {
					t.Fatal(err)
				}
			}
			x.set = mustSet(t, Book{Rules: c.rules})
			if back := x.review(c.after); len(back) != 0 {
				t.Errorf("%q are told of", back)
			}
			if n := count(x); n != c.left {
				t.Errorf("%d are left, want %d", n, c.left)
			}
		})
	}
}

func TestAProcessMayDieBetweenTheTwoAdmins(t *testing.T) {
	path := filepath.Join(t.TempDir(), "siaga.db")
	x := &trial{t: t, db: openStore(t, path), set: mustSet(t, Book{Rules: []Rule{shadowed()}})}
	if _, err := x.activate("Agus", 0); err != nil {
		t.Fatal(err)
	}
	if err := x.db.Close(); err != nil {
		t.Fatal(err)
	}
	x = &trial{t: t, db: openStore(t, path), set: mustSet(t, Book{Rules: []Rule{shadowed()}})}
	if s, err := x.activate("Rina", time.Minute); err != nil || s.Shadow {
		t.Errorf("%+v, %v", s, err)
	}
}
