package incident

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/siaga-id/siaga/query"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// spoke is a firing of a rule on a post, in which words were matched.
func spoke(rule string, phase rules.Phase, at time.Time, post string, words ...string) rules.Firing {
	f := firing(phase, 5, at)
	f.Rule, f.When = rule, rules.When{Unit: rules.Voices, N: 5, Within: time.Hour}
	e := rules.Evidence{Post: source.Post{ID: post, Story: post, Text: "Debu, debu: pabrik itu berdebu"}}
	for _, w := range words {
		i := strings.Index(e.Post.Text, w)
		e.Spans = append(e.Spans, query.Span{Start: i, End: i + len(w)})
	}
	f.New = []rules.Evidence{e}
	return f
}

func TestEveryRuleIsKeptAsItBeganToSpeak(t *testing.T) {
	in := fired(t, Incident{}, spoke("Debu", rules.Began, noon, "a"))
	grew := spoke("Debu", rules.Grew, noon.Add(time.Minute), "b")
	grew.Counts.Posts = 99
	in = fired(t, in, grew)
	keyword := spoke("Pabrik", rules.Began, noon.Add(2*time.Minute), "c")
	keyword.When.N = 0
	in = fired(t, in, keyword)
	keyword.At = noon.Add(3 * time.Minute) // another story of the same rule
	in = fired(t, in, keyword)
	var got []string
	for _, a := range in.Alarms {
		got = append(got, fmt.Sprint(a.Rule, " ", a.At.Sub(noon), " ", a.Counts.Posts))
	}
	if want := "Debu 0s 5, Pabrik 2m0s 5"; strings.Join(got, ", ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	again := fired(t, in, spoke("Debu", rules.Began, noon.Add(time.Hour), "d"))
	if !again.Alarms[0].At.Equal(noon.Add(time.Hour)) || !in.Alarms[0].At.Equal(noon) {
		t.Errorf("met anew: %+v, before: %+v", again.Alarms[0], in.Alarms[0])
	}
}

func TestAQuoteKeepsWhatWasReadInIt(t *testing.T) {
	in := fired(t, Incident{}, spoke("Debu", rules.Began, noon, "a", "Debu", "debu", "berdebu"))
	in = fired(t, in, spoke("Pabrik", rules.Began, noon, "a", "pabrik"))
	in = fired(t, in, spoke("Sumber", rules.Began, noon, "a"))
	want := []Found{{Rule: "Debu", Words: []string{"Debu", "berdebu"}}, {Rule: "Pabrik", Words: []string{"pabrik"}}, {Rule: "Sumber"}}
	if diff := cmp.Diff(want, in.Excerpts[0].Found); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for i := range 9 {
		in = fired(t, in, spoke(fmt.Sprint("R", i), rules.Began, noon, "a", "itu"))
	}
	if n := len(in.Excerpts[0].Found); n != maxFound || in.Excerpts[0].Found[n-1].Rule != "R8" {
		t.Errorf("%d rules are named: %+v", n, in.Excerpts[0].Found)
	}
}

func TestSpansThatLieAreLeftOut(t *testing.T) {
	e := rules.Evidence{Post: source.Post{Text: strings.Repeat("kata ", 40)}}
	for _, s := range [][2]int{{-1, 3}, {3, 3}, {9, 2}, {0, 4}, {0, 9999}, {9999, 10000}, {0, 200}} {
		e.Spans = append(e.Spans, query.Span{Start: s[0], End: s[1]})
	}
	for i := range 20 {
		e.Spans = append(e.Spans, query.Span{Start: i, End: i + 7})
	}
	got := found("R", e)
	if len(got.Words) != maxWords || got.Words[0] != "kata" {
		t.Errorf("%q", got.Words)
	}
	for _, w := range got.Words {
		if len([]rune(w)) > wordRunes {
			t.Errorf("%q is too long", w)
		}
	}
}

func TestTheVersionOfTheRulesIsNoted(t *testing.T) {
	d, _ := newDesk(t)
	d.Version = func() string { return "3f9a1c" }
	fireNow(t, d, firing(rules.Began, 5, noon))
	in, err := d.Get(t.Context(), 1)
	if err != nil || len(in.Alarms) != 1 || in.Alarms[0].Version != "3f9a1c" {
		t.Errorf("%+v, %v", in.Alarms, err)
	}
}

func TestIncidentsOfEarlierVersionsAreRead(t *testing.T) {
	d, _ := newDesk(t)
	fireNow(t, d, firing(rules.Began, 5, noon))
	const old store.Shelf[[]byte] = "incident"
	err := d.DB.Update(t.Context(), func(tx store.Tx) error {
		return old.Put(tx, idKey(1), []byte(`{"v":1,"id":1,"topic":"debu","site":"rembang","severity":2,"state":"open","rev":1,"stateRev":1,`+
			`"rule":"Debu","rules":["Debu"],"summary":"","counts":{"posts":5,"stories":5,"voices":5},"when":{"Unit":"voices","N":5,"Within":1800000000000},`+
			`"trend":1,"excerpts":[{"post":"x:1","story":"x:1","text":"debu","kind":"social","published":"2026-11-24T05:00:00Z","fetched":"2026-11-24T05:00:00Z"}],`+
			`"first":"2026-11-24T05:00:00Z","last":"2026-11-24T05:00:00Z"}`))
	})
	if err != nil {
		t.Fatal(err)
	}
	fireNow(t, d, spoke("Debu", rules.Grew, noon.Add(time.Minute), "x:2", "berdebu"))
	in, err := d.Get(t.Context(), 1)
	if err != nil || len(in.Excerpts) != 2 || in.Excerpts[1].Found != nil || len(in.Alarms) != 1 {
		t.Errorf("%+v, %v", in, err)
	}
}
