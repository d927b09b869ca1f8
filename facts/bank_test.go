package facts

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/siaga-id/siaga/store"
)

// vault is a bank over a store of its own, beside two facts of the files.
type vault struct {
	testing.TB
	db      store.DB
	bank    *Bank
	files   *Library
	changed int
}

func newVault(t testing.TB) *vault {
	t.Helper()
	db, err := store.Scratch()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	v := &vault{TB: t, db: db, files: library(t, fact("FAKTA-004"), fact("FAKTA-012"))}
	v.restart()
	return v
}

// restart forgets all but the store.
func (v *vault) restart() {
	v.Helper()
	v.bank = NewBank(func() *Library { return v.files }, func() { v.changed++ })
	if err := v.bank.Load(v.Context(), v.db); err != nil {
		v.Fatal(err)
	}
}

func (v *vault) update(fn func(store.Tx) error) error { return v.db.Update(v.Context(), fn) }

// proposal is one that nobody could refuse.
func proposal(by string) Proposal {
	f := fact("")
	f.Approver, f.Owner = "", ""
	return Proposal{Fact: f, By: by, At: now}
}

func (v *vault) propose(p Proposal) (kept Proposal, err error) {
	err = v.update(func(tx store.Tx) error { kept, err = v.bank.Propose(tx, p); return err })
	return kept, err
}

func (v *vault) accept(n uint64, by string, at time.Time) (f Fact, err error) {
	err = v.update(func(tx store.Tx) error {
		f, err = v.bank.Accept(tx, Verdict{N: n, By: by, At: at})
		return err
	})
	return f, err
}

func (v *vault) reject(n uint64, by, why string) error {
	return v.update(func(tx store.Tx) error {
		_, err := v.bank.Reject(tx, Verdict{N: n, By: by, At: now, Why: why})
		return err
	})
}

func (v *vault) must(err error) {
	v.Helper()
	if err != nil {
		v.Fatal(err)
	}
}

// inForce returns the ids of all facts, dead ones in parentheses.
func (v *vault) inForce() string {
	l, _ := v.bank.Library(v.files)
	var out []string
	for f := range l.All() {
		id := f.ID
		if !f.Live(now) {
			id = "(" + id + ")"
		}
		out = append(out, id)
	}
	return strings.Join(out, " ")
}

func TestAProposalIsNoFactUntilSomebodyElseAcceptsIt(t *testing.T) {
	v := newVault(t)
	p, err := v.propose(proposal("Sari"))
	v.must(err)
	if p.ID() != "USUL-1" || p.Fact.Owner != "Sari" || v.inForce() != "FAKTA-004 FAKTA-012" || v.changed != 0 {
		t.Fatalf("%+v, %s, changed %d", p, v.inForce(), v.changed)
	}
	f, err := v.accept(1, "Budi", now)
	v.must(err)
	if f.ID != "FAKTA-013" || f.Approver != "Budi" || v.inForce() != "FAKTA-004 FAKTA-012 FAKTA-013" || v.changed != 1 {
		t.Errorf("%+v, %s, changed %d", f, v.inForce(), v.changed)
	}
	v.restart()
	if v.inForce() != "FAKTA-004 FAKTA-012 FAKTA-013" {
		t.Errorf("after a restart %s", v.inForce())
	}
}

func TestWhatReplacesAFactKillsItWhateverTheFilesSay(t *testing.T) {
	v := newVault(t)
	p := proposal("Sari")
	p.Replaces = "fakta-004"
	for range 2 {
		_, err := v.propose(p)
		v.must(err)
	}
	_, err := v.accept(1, "Budi", now)
	v.must(err)
	if v.inForce() != "(FAKTA-004) FAKTA-012 FAKTA-013" {
		t.Error(v.inForce())
	}
	if _, err := v.accept(2, "Budi", now); !errors.Is(err, ErrReplaced) {
		t.Errorf("a dead fact is replaced once more: %v", err)
	}
	if _, err := v.propose(p); !errors.Is(err, ErrReplaced) {
		t.Errorf("a dead fact is to be replaced: %v", err)
	}
	v.files = library(t, fact("FAKTA-004"))
	v.restart()
	if v.inForce() != "(FAKTA-004) FAKTA-013" {
		t.Errorf("after a reload %s", v.inForce())
	}
}

func TestAFileWinsOverAFactOfTheChatsAndOneIsToldOf(t *testing.T) {
	v := newVault(t)
	p := proposal("Sari")
	p.Replaces = "FAKTA-004"
	_, err := v.propose(p)
	v.must(err)
	_, err = v.accept(1, "Budi", now)
	v.must(err)
	written := fact("FAKTA-013")
	written.Text, written.Number = "Dari berkas.", ""
	v.files = library(t, fact("FAKTA-004"), written)
	l, left := v.bank.Library(v.files)
	got, _ := l.Find("FAKTA-013")
	if got.Text != "Dari berkas." || l.Len() != 2 || len(left) != 1 || left[0].Field != "id" {
		t.Errorf("%+v, %d facts, left out %v", got, l.Len(), left)
	}
	if v.inForce() != "(FAKTA-004) FAKTA-013" {
		t.Error(v.inForce())
	}
}

func TestWhyNothingIsProposedOrDecided(t *testing.T) {
	over := proposal("Sari")
	over.Fact.ValidUntil = now
	unfit := proposal("Sari")
	unfit.Fact.Source.URL = ""
	unknown := proposal("Sari")
	unknown.Replaces = "FAKTA-099"
	for name, c := range map[string]struct {
		p    Proposal
		want error
	}{
		"over":            {over, ErrOver},
		"nobody's":        {proposal(" "), ErrOwn},
		"replaces nobody": {unknown, ErrReplaced},
	} {
		if _, err := newVault(t).propose(c.p); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := newVault(t).propose(unfit)
	if wrong, ok := errors.AsType[Unfit](err); !ok || len(wrong) != 1 || wrong[0].Field != "source" {
		t.Errorf("without a source: %v", err)
	}

	v := newVault(t)
	for range 2 {
		_, err := v.propose(proposal("Sari"))
		v.must(err)
	}
	if _, err := v.accept(7, "Budi", now); !errors.Is(err, ErrNoProposal) {
		t.Error(err)
	}
	if _, err := v.accept(1, "Budi", now.AddDate(1, 0, 0)); !errors.Is(err, ErrOver) {
		t.Error(err)
	}
	if err := v.reject(1, "Budi", " "); !errors.Is(err, ErrNoReason) {
		t.Error(err)
	}
	v.must(v.reject(1, "Budi", "belum terbit"))
	if _, err := v.accept(1, "Rina", now); !errors.Is(err, ErrDecided) {
		t.Error(err)
	}
	_, err = v.accept(2, "Budi", now)
	v.must(err)
	if err := v.reject(2, "Rina", "tidak"); !errors.Is(err, ErrDecided) {
		t.Error(err)
	}
}

func TestAnIdIsNeverGivenTwice(t *testing.T) {
	v := newVault(t)
	for want := 13; want < 15; want++ {
		p, err := v.propose(proposal("Sari"))
		v.must(err)
		f, err := v.accept(p.N, "Budi", now)
		v.must(err)
		if f.ID != fmt.Sprintf("FAKTA-%03d", want) {
			t.Error(f.ID)
		}
	}
	v.files = library(t, fact("FAKTA-020"), fact("A-99"))
	v.look(now)
	v.files = library(t)
	p, err := v.propose(proposal("Sari"))
	v.must(err)
	if f, err := v.accept(p.N, "Budi", now); err != nil || f.ID != "FAKTA-021" {
		t.Errorf("an id that a file had goes to another fact: %s, %v", f.ID, err)
	}
}

func TestAProposalIsReadHoweverItIsWritten(t *testing.T) {
	for s, want := range map[string]uint64{
		"USUL-3": 3, "usul-3": 3, "#3": 3, "3": 3, "USUL-": 0, "USUL-0": 0, "": 0, "FAKTA-3": 0, "-3": 0, "USUL-3x": 0, "99999999999": 0,
	} {
		if n, ok := ParseProposal(s); ok != (want != 0) || ok && n != want {
			t.Errorf("%q: %d, %v", s, n, ok)
		}
	}
}

// Whatever is proposed, decided and forgotten by a restart, and in whatever
// case names are written: a fact beside those of the files is live only where
// an approver who neither owns nor proposed it has said so, once, and what was
// said stays.
func TestNoPathMakesAFactLiveWithoutAnotherPerson(t *testing.T) {
	names := []string{"Sari", "Rina", "Budi", "sari", " SARI ", "", " "}
	rapid.Check(t, func(r *rapid.T) {
		v := newVault(t)
		name := rapid.SampledFrom(names)
		agreed := map[string]string{} // id to who was heard to accept it
		kept := map[uint64]Verdict{}
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			n := rapid.Uint64Range(0, 6).Draw(r, "n")
			by := name.Draw(r, "by")
			switch rapid.IntRange(0, 4).Draw(r, "step") {
			case 0:
				p := proposal(by)
				p.Fact.Owner = name.Draw(r, "owner")
				p.Fact.Approver = name.Draw(r, "approver")
				p.Fact.ID = rapid.SampledFrom([]string{"", "FAKTA-012", "FAKTA-077"}).Draw(r, "id")
				p.Replaces = rapid.SampledFrom([]string{"", "FAKTA-012", "FAKTA-013"}).Draw(r, "replaces")
				_, _ = v.propose(p)
			case 1:
				if f, err := v.accept(n, by, now); err == nil {
					agreed[f.ID] = by
				}
			case 2:
				_ = v.reject(n, by, "tidak")
			case 3:
				v.restart()
			case 4: // a transaction that fails decides nothing
				_ = v.update(func(tx store.Tx) error {
					_, _ = v.bank.Accept(tx, Verdict{N: n, By: by, At: now})
					return errors.New("undo")
				})
			}
			v.judge(r, agreed)
			v.stay(r, kept)
		}
	})
}

// judge checks every fact in force against who was heard to accept it.
func (v *vault) judge(r *rapid.T, agreed map[string]string) {
	l, left := v.bank.Library(v.files)
	if len(left) > 0 || l.Len() != v.files.Len()+len(agreed) {
		r.Fatalf("%d facts, %d accepted, left out %v", l.Len(), len(agreed), left)
	}
	for f := range l.All() {
		if _, ofFile := v.files.Find(f.ID); ofFile {
			continue
		}
		by, heard := agreed[f.ID]
		own := strings.EqualFold(strings.TrimSpace(by), strings.TrimSpace(f.Owner))
		if !heard || strings.TrimSpace(by) == "" || own || f.Approver != by {
			r.Fatalf("%s of %q is in force by %q", f.ID, f.Owner, by)
		}
		if wrong := check(0, f, map[string]int{f.ID: 0, f.SupersededBy: 0}); len(wrong) > 0 && f.SupersededBy == "" {
			r.Fatalf("%s: %v", f.ID, wrong)
		}
	}
}

// stay checks that what was decided is still so, and by nobody who proposed it.
func (v *vault) stay(r *rapid.T, kept map[uint64]Verdict) {
	err := v.db.View(v.Context(), func(tx store.Tx) error {
		return verdicts.Scan(tx, "", func(_ store.Key, is Verdict) error {
			p, _, err := Proposed(tx, is.N)
			if same(p.By, is.By) || same(p.Fact.Owner, is.By) {
				r.Fatalf("%s decides about %s of %s", is.By, p.ID(), p.By)
			}
			if was, known := kept[is.N]; known && !cmp.Equal(was, is) {
				r.Fatalf("%+v became %+v", was, is)
			}
			kept[is.N] = is
			return err
		})
	})
	if err != nil {
		r.Fatal(err)
	}
}

func TestWhereAFactWasUsedIsListedOnce(t *testing.T) {
	v := newVault(t)
	at := func(hours int) time.Time { return now.Add(time.Duration(hours) * time.Hour) }
	given := []Use{
		{Fact: "F-1", Incident: 42, Draft: 1, At: at(3)},
		{Fact: "F-1", Incident: 42, Draft: 1, At: at(5)}, // a retry
		{Fact: "F-1", Incident: 42, Draft: 2, At: at(1)},
		{Fact: "F-1", Incident: 42, Draft: 2, At: at(4), Where: "https://a.example/1"},
		{Fact: "F-1", Incident: 42, Draft: 2, At: at(2), Where: "https://b.example/" + strings.Repeat("x", 4000)},
		{Fact: "F-12", Incident: 1, Draft: 1, At: at(0)},
		{Fact: "F-1/x", Incident: 1, Draft: 1, At: at(0)},
	}
	v.must(v.update(func(tx store.Tx) error {
		for _, u := range given {
			if err := Used(tx, u); err != nil {
				return err
			}
		}
		return nil
	}))
	var got []Use
	v.must(v.db.View(t.Context(), func(tx store.Tx) (err error) { got, err = Uses(tx, "F-1"); return err }))
	if want := []Use{given[4], given[0], given[3]}; !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}
