package evidence

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/siaga-id/siaga/facts"
)

var debuRembang = [2]string{"debu", "rembang"}

const terpal = "truk2 klinker ga pake terpal, debunya beterbangan"

func TestASuggestionSaysWhatMet(t *testing.T) {
	x := NewIndex(slices.Values(bank(t)), nil)
	got := x.Suggest(ask("PUSKESMAS Gunem nyatat 212 kasus ISPA, parahhh #PuskesmasGunem", debuRembang))
	if len(got.Hits) == 0 {
		t.Fatal("nothing is suggested")
	}
	hit := got.Hits[0]
	want := Met{Words: []string{"nyatat", "kasus"}, Numbers: []string{"212"}, Names: []string{"Gunem", "ISPA"}}
	hit.Met.Words = slices.DeleteFunc(hit.Met.Words, func(w string) bool { return w == "PUSKESMAS" })
	if diff := cmp.Diff(want, hit.Met); diff != "" || hit.Fact.ID != id(8) {
		t.Errorf("%s: %s", hit.Fact.ID, diff)
	}
}

// held returns what is against a fact that the story would have got.
func held(x *Index, a Ask, fact string) (Against, string) {
	got := x.Suggest(a)
	for _, h := range got.Hits {
		if h.Fact.ID == fact {
			return "", ""
		}
	}
	for _, h := range got.Held {
		if h.Fact.ID == fact {
			return h.Against, h.Detail
		}
	}
	return Far, ""
}

func TestAFactIsHeldBackForAReason(t *testing.T) {
	x := NewIndex(slices.Values(bank(t)), map[string][]string{"rembang": {"Gunem", "Tegaldowo"}, "kupang": {"Alak"}})
	for name, c := range map[string]struct {
		story, fact, detail string
		want                Against
		veto                []Veto
	}{
		"fits":                {story: terpal, fact: id(7)},
		"another number":      {story: "Puskesmas Gunem catat 900 kasus ISPA bulan Juli", fact: id(8), want: Differs, detail: "900 kasus"},
		"the same number":     {story: "Puskesmas Gunem catat 212 kasus ISPA bulan Juli", fact: id(8)},
		"another place":       {story: terpal + " di Alak", fact: id(7), want: OtherSite, detail: "kupang"},
		"both places":         {story: terpal + " di Alak dan Gunem", fact: id(7)},
		"vetoed in the cell":  {story: terpal, fact: id(7), want: Vetoed, veto: []Veto{{Fact: id(7), Topic: "debu", Site: "rembang"}}},
		"vetoed for it":       {story: terpal, fact: id(7), want: Vetoed, veto: []Veto{{Fact: id(7), Topic: "debu", Site: "rembang", Story: "s1"}}},
		"vetoed for another":  {story: terpal, fact: id(7), veto: []Veto{{Fact: id(7), Topic: "debu", Site: "rembang", Story: "s2"}}},
		"vetoed elsewhere":    {story: terpal, fact: id(7), veto: []Veto{{Fact: id(7), Topic: "debu", Site: "kupang"}}},
		"another fact vetoed": {story: terpal, fact: id(7), veto: []Veto{{Fact: id(6), Topic: "debu", Site: "rembang"}}},
		"nothing shared":      {story: "kucing tetangga beranak lima", fact: id(7), want: Far},
		"nothing said":        {story: "", fact: id(7), want: Far},
	} {
		t.Run(name, func(t *testing.T) {
			a := ask(c.story, debuRembang)
			a.Vetoes = c.veto
			if got, detail := held(x, a, c.fact); got != c.want || detail != c.detail {
				t.Errorf("against it: %q %q, want %q %q", got, detail, c.want, c.detail)
			}
		})
	}
}

func TestOneCommonWordIsTooThin(t *testing.T) {
	var list []facts.Fact
	for i := range 200 {
		f := bank(t)[6]
		f.ID, f.Text = id(i), fmt.Sprintf("debu satu%dx dua%dx tiga%dx", i, i, i)
		if i == 7 {
			f.Text = "debu"
		}
		list = append(list, f)
	}
	x := NewIndex(slices.Values(list), nil)
	if got, _ := held(x, ask("debu", debuRembang), id(7)); got != Thin {
		t.Errorf("against it: %q", got)
	}
	if got, _ := held(x, ask("satu9x satu9x satu9x", debuRembang), id(9)); got == Thin {
		t.Error("a rare word is enough by itself")
	}
}

func TestOnlyALiveFactOfTheCellIsSuggested(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*facts.Fact)
		cell  [2]string
		gets  bool
	}{
		"live":         {func(*facts.Fact) {}, debuRembang, true},
		"all sites":    {func(f *facts.Fact) { f.Sites = nil }, debuRembang, true},
		"expired":      {func(f *facts.Fact) { f.ValidUntil = now }, debuRembang, false},
		"superseded":   {func(f *facts.Fact) { f.SupersededBy = id(1) }, debuRembang, false},
		"other topic":  {func(*facts.Fact) {}, [2]string{"air", "rembang"}, false},
		"other site":   {func(*facts.Fact) {}, [2]string{"debu", "kupang"}, false},
		"no site":      {func(*facts.Fact) {}, [2]string{"debu", ""}, false},
		"without cell": {func(f *facts.Fact) { f.Topics = nil }, debuRembang, false},
	} {
		t.Run(name, func(t *testing.T) {
			list := bank(t)
			c.spoil(&list[6])
			got := NewIndex(slices.Values(list), nil).Suggest(ask(terpal, c.cell))
			gets := slices.ContainsFunc(append(got.Hits, got.Held...), func(h Hit) bool { return h.Fact.ID == id(7) })
			if gets != c.gets {
				t.Errorf("suggested or held: %v", gets)
			}
		})
	}
}

func TestEachOfSeveralStoriesIsAnswered(t *testing.T) {
	x := NewIndex(slices.Values(bank(t)), nil)
	a := ask(terpal, debuRembang)
	a.Stories = append(a.Stories, Story{"s2", "Jalan angkut tambang tidak pernah disiram"})
	a.Vetoes = []Veto{{Fact: id(7), Topic: "debu", Site: "rembang", Story: "s2"}} // says nothing of the first
	got := map[string]int{}
	for _, h := range x.Suggest(a).Hits {
		got[h.Fact.ID] = h.Story
	}
	if diff := cmp.Diff(map[string]int{id(7): 0, id(6): 1}, got); diff != "" {
		t.Error(diff)
	}
}

func TestNoMoreThanThreeAreShown(t *testing.T) {
	list := bank(t)
	for i := range 4 {
		f := list[6]
		f.ID = id(100 + i)
		list = append(list, f)
	}
	got := NewIndex(slices.Values(list), nil).Suggest(ask(terpal, debuRembang))
	if len(got.Hits) != facts.MaxFacts || got.Hits[0].Fact.ID != id(7) {
		t.Errorf("%d facts, first %v", len(got.Hits), got.Hits)
	}
}

func TestAnEmptyLibraryIsSilent(t *testing.T) {
	got := NewIndex(slices.Values([]facts.Fact(nil)), nil).Suggest(ask(terpal, debuRembang))
	if diff := cmp.Diff(Suggestion{}, got); diff != "" {
		t.Error(diff)
	}
}

func TestEqualLibrariesAnswerAlike(t *testing.T) {
	first, second := NewIndex(slices.Values(bank(t)), nil), NewIndex(slices.Values(bank(t)), nil)
	done := make(chan Suggestion)
	for _, s := range stories(t, "testdata/stories.txt") {
		go func() { done <- first.Suggest(ask(s.text, debuRembang)) }()
		want := second.Suggest(ask(s.text, debuRembang))
		if diff := cmp.Diff(want, <-done); diff != "" {
			t.Errorf("%s: %s", s.text, diff)
		}
	}
}

func FuzzSuggest(f *testing.F) {
	x := NewIndex(slices.Values(bank(f)), map[string][]string{"kupang": {"Alak", ""}})
	for _, s := range []string{terpal, "#stopdebupabrik @PTSemenContoh", "1.200,5 juta ton 1,1", "pic.twitter.com/a …’‘'s", "\xff\u200b", strings.Repeat("debu truk ", 2_000)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := x.Suggest(ask(s, debuRembang))
		for _, h := range slices.Concat(got.Hits, got.Held) {
			if !(h.Score >= 0 && h.Score <= 154) && h.Against != Vetoed {
				t.Errorf("score %v of %q", h.Score, s)
			}
		}
		for _, h := range got.Hits {
			if h.Score < Threshold || h.Against != "" {
				t.Errorf("%v is suggested for %q", h, s)
			}
		}
	})
}
