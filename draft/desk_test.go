package draft

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// office is a desk over a real store, with one incident and what is true of it.
type office struct {
	*Desk
	incidents *incident.Desk
	told      []incident.Entry
	facts     []facts.Fact // live
	explain   bool
}

func newOffice(t testing.TB) *office {
	t.Helper()
	db, err := store.Scratch()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	o := &office{facts: []facts.Fact{fact("FAKTA-001"), fact("FAKTA-002")}, explain: true}
	o.incidents = &incident.Desk{DB: db, Notify: func(_ store.Tx, c incident.Change) error {
		o.told = append(o.told, c.Entry)
		return nil
	}}
	b, wrong := NewBook(Voice{}, nil)
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	o.Desk = &Desk{
		DB: db, Act: o.incidents.Act, Book: func() *Book { return b },
		Matter: func(_ store.Tx, in incident.Incident, _ time.Time) (Matter, error) {
			m, _ := sample()
			m.Incident, m.Fitting, m.Live, m.MayDeny, m.MayExplain = in, o.facts, o.facts, true, o.explain
			return m, nil
		},
	}
	f := rules.Firing{Rule: "Debu", Phase: rules.Began, Topic: "debu", Site: "rembang", Severity: rules.Warning, At: noon}
	if err := db.Update(t.Context(), func(tx store.Tx) error { return o.incidents.Fire(tx, f) }); err != nil {
		t.Fatal(err)
	}
	return o
}

func by(name string) Actor { return Actor{Actor: incident.Actor{Name: name, Lead: true}, At: noon} }

func (o *office) review(t testing.TB) {
	t.Helper()
	if _, err := o.Watch(context.Background(), noon); err != nil {
		t.Fatal(err)
	}
}

// shows has somebody read a draft as it is.
func (o *office) shows(t testing.TB, n int, who string) {
	t.Helper()
	_, all, err := o.Matters(context.Background(), 1, noon)
	if err == nil && n <= len(all) {
		err = o.Show(context.Background(), all[n-1], by(who))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// handed returns what may be copied of a draft now.
func (o *office) handed(t testing.TB, n int) (string, Matter, Draft) {
	t.Helper()
	m, all, err := o.Matters(context.Background(), 1, noon)
	if err != nil {
		t.Fatal(err)
	}
	text, err := o.Book().HandOver(all[n-1], m)
	if err != nil && why(err) == "" {
		t.Fatal(err)
	}
	return text, m, all[n-1]
}

func TestADraftFromTheFirstWordToThePublicIsOnTheTimeline(t *testing.T) {
	o, ctx := newOffice(t), t.Context()
	d, err := o.Compose(ctx, 1, Order{Kind: Clarify, Style: Formal}, by("Sari"))
	if err != nil || d.N != 1 {
		t.Fatalf("%v, %+v", err, d)
	}
	if _, err := o.Publish(ctx, 1, 1, "https://contoh.id/1", by("Sari")); why(err) != Unapproved {
		t.Errorf("published without an approval: %v", err)
	}
	if _, err := o.Edit(ctx, 1, 1, d.Text+" Terima kasih.", by("Sari")); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Approve(ctx, 1, 1, "", by("Budi")); why(err) != Unread {
		t.Errorf("approved without having been read: %v", err)
	}
	if err := o.Show(ctx, d, by("Budi")); err != nil { // as it was before the edit
		t.Fatal(err)
	}
	if _, err := o.Approve(ctx, 1, 1, "", by("Budi")); why(err) != Changed {
		t.Errorf("another text was approved than was read: %v", err)
	}
	if _, err := o.Edit(ctx, 1, 1, "Dari Budi.", by("Budi")); why(err) != Changed {
		t.Errorf("an edit of a text that is another one by now: %v", err)
	}
	o.shows(t, 1, "Budi")
	if _, err := o.Approve(ctx, 1, 1, "", by("Budi")); err != nil {
		t.Fatal(err)
	}
	if text, _, _ := o.handed(t, 1); !strings.Contains(text, "Terima kasih.\n\nSumber:\n- DLH Rembang") {
		t.Errorf("handed over: %q", text)
	}
	if _, err := o.Publish(ctx, 1, 1, "https://contoh.id/1", by("Sari")); err != nil {
		t.Fatal(err)
	}
	second, err := o.Compose(ctx, 1, Order{Kind: Holding, Style: Plain}, by("Sari"))
	if err != nil || second.N != 2 {
		t.Fatalf("%v, %+v", err, second)
	}
	if _, err := o.Reject(ctx, 1, 2, "terlalu panjang", by("Budi")); err != nil {
		t.Fatal(err)
	}
	o.facts = o.facts[1:]
	o.review(t)
	o.review(t) // says nothing twice
	var got []string
	for _, e := range o.told[1:] {
		got = append(got, strings.TrimSpace(fmt.Sprint(e.Who, " ", e.Verb, " ", e.Item, " ", e.Text)))
	}
	want := []string{
		"Sari drafted 1", "Sari edited 1", "Budi approved 1", "Sari published 1 https://contoh.id/1", "Sari drafted 2",
		"Budi rejected 2 terlalu panjang", "siaga voided 1 dead-fact FAKTA-001 https://contoh.id/1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the timeline has\n%s", strings.Join(got, "\n"))
	}
	for _, id := range []string{"FAKTA-001", "FAKTA-002"} {
		var used []string
		err := o.DB.View(ctx, func(tx store.Tx) error {
			all, err := facts.Uses(tx, id)
			for _, u := range all {
				used = append(used, fmt.Sprint(u.Draft, " ", u.Where))
			}
			return err
		})
		if want := []string{"1 https://contoh.id/1", "2 "}; err != nil || !slices.Equal(used, want) {
			t.Errorf("%s was used in %q, %v", id, used, err)
		}
	}
	if _, err := o.Approve(ctx, 1, 9, "", by("Budi")); why(err) != Missing {
		t.Errorf("a draft that is not there: %v", err)
	}
}

func TestAWriterHasNoSayInWhatIsFoundFaultWith(t *testing.T) {
	o, ctx := newOffice(t), t.Context()
	asked := 0
	o.Reword = func(_ context.Context, _ Draft, chosen []facts.Fact) (string, []string) {
		asked++
		return "Menurut " + chosen[0].Source.Name + ": " + chosen[0].Text, []string{chosen[0].ID}
	}
	d, err := o.Compose(ctx, 1, Order{Kind: Clarify}, by("Sari"))
	if err != nil || !d.Model || !strings.Contains(d.Text, "\n\nMenurut DLH Rembang") || !strings.HasPrefix(d.Text, "Gunakan masker") || !strings.Contains(d.Text, d.Next) || len(d.Sources) != 1 {
		t.Errorf("%v, %+v", err, d)
	}
	if _, err := o.incidents.Do(ctx, incident.Command{ID: 1, Verb: incident.Grieve, Actor: incident.Actor{Name: "Sari"}, At: noon}, nil); err != nil {
		t.Fatal(err)
	}
	if d, err = o.Compose(ctx, 1, Order{Kind: Acknowledge}, by("Sari")); err != nil || d.Model || asked != 1 {
		t.Errorf("a model writes to people who complain: %v, asked %d times, %+v", err, asked, d)
	}
}

// Whatever people do, in whatever order, and whatever happens meanwhile: what
// is handed over is approved by enough others, made of facts that live, and no
// counter-message while somebody complains.
func TestNothingIsHandedOverThatMustNotBe(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := newOffice(t)
		people := rapid.SampledFrom([]string{"Sari", "sari", "Budi", "Agus"})
		wrote := map[int][]string{} // who wrote each draft, by another book
		ok := func(err error) bool {
			if err != nil && why(err) == "" && !errors.Is(err, incident.ErrWrongState) && !errors.Is(err, incident.ErrNothing) {
				rt.Fatal(err)
			}
			return err == nil
		}
		did := func(verb incident.Verb, finding incident.Finding, level rules.Severity) {
			_, err := o.incidents.Do(context.Background(), incident.Command{
				ID: 1, Verb: verb, Finding: finding, Severity: level, Actor: incident.Actor{Name: "Sari", Lead: true}, At: noon,
			}, nil)
			ok(err)
		}
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			who, n := people.Draw(rt, "who"), rapid.IntRange(1, 3).Draw(rt, "n")
			ctx := context.Background()
			switch rapid.IntRange(0, 9).Draw(rt, "what") {
			case 0, 1:
				k := rapid.SampledFrom(Kinds()).Draw(rt, "kind")
				if d, err := o.Compose(ctx, 1, Order{Kind: k}, by(who)); ok(err) {
					wrote[d.N] = []string{strings.ToLower(who)}
				}
			case 2:
				if _, err := o.Edit(ctx, 1, n, rapid.SampledFrom([]string{"Satu.", "Dua. " + fact("").Text, "Tiga. " + fact("").Text}).Draw(rt, "text"), by(who)); ok(err) {
					wrote[n] = append(wrote[n], strings.ToLower(who))
				}
			case 3, 4, 5:
				if rapid.Bool().Draw(rt, "read") {
					o.shows(t, n, who)
				}
				_, err := o.Approve(ctx, 1, n, "", by(who))
				ok(err)
			case 6:
				if rapid.Bool().Draw(rt, "a fact dies") && len(o.facts) > 0 {
					o.facts = o.facts[1:]
				} else {
					o.facts = []facts.Fact{fact("FAKTA-001"), fact("FAKTA-002")}
				}
			case 7:
				did(rapid.SampledFrom([]incident.Verb{incident.Grieve, incident.Ungrieve}).Draw(rt, "flag"), "", 0)
			case 8:
				did(incident.Verify, rapid.SampledFrom([]incident.Finding{incident.True, incident.False, incident.Partly}).Draw(rt, "finding"), 0)
			case 9:
				did(incident.SetLevel, "", rapid.SampledFrom([]rules.Severity{rules.Warning, rules.Critical}).Draw(rt, "level"))
			}
			if rapid.Bool().Draw(rt, "reviewed") {
				o.review(t)
			}
			_, all, err := o.Matters(ctx, 1, noon)
			if err != nil {
				rt.Fatal(err)
			}
			for i := range all {
				text, m, d := o.handed(t, i+1)
				if text != "" {
					mustBeSayable(rt, m, d, wrote[i+1], o.facts)
				}
			}
		}
	})
}

// mustBeSayable says it another way than the code.
func mustBeSayable(t *rapid.T, m Matter, d Draft, wrote []string, live []facts.Fact) {
	in := m.Incident
	voters := map[string]bool{}
	for _, v := range d.Votes {
		if name := strings.ToLower(v.By); v.Hash == d.Hash && !slices.Contains(wrote, name) {
			voters[name] = true
		}
	}
	need := 1
	if in.Severity == rules.Critical {
		need = 2
	}
	if len(voters) < need {
		t.Fatalf("handed over with the approval of %v, who did not write it", voters)
	}
	if in.Grievance && (in.Finding == "" || in.Finding == "true") && d.Kind != Acknowledge {
		t.Fatalf("a %s while somebody complains", d.Kind)
	}
	if d.Denies && in.Finding != "" && in.Finding != "false" {
		t.Fatalf("a denial of what is %s", in.Finding)
	}
	if d.Kind != Acknowledge && len(d.Sources) == 0 {
		t.Fatal("a counter-message of nothing")
	}
	for _, s := range d.Sources {
		if !slices.ContainsFunc(live, func(f facts.Fact) bool { return f.ID == s.Fact }) {
			t.Fatalf("%s is dead", s.Fact)
		}
	}
}
