package facts

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// fact is one that nobody could refuse.
func fact(id string) Fact {
	return Fact{
		ID: id, Text: "Debu di Kajar 61 mikrogram, di bawah baku mutu.", Number: "61", Unit: "µg/m³", Date: "2026-10-01",
		Source: Source{Name: "DLH Rembang", URL: "https://dlh.example/udara"}, Tier: 1,
		ProvesNot: "udara di desa lain", Topics: []string{"debu"}, Sites: []string{"rembang"},
		ValidUntil: now.AddDate(0, 1, 0), Owner: "Sari", Approver: "Rina",
	}
}

func library(t testing.TB, facts ...Fact) *Library {
	t.Helper()
	l, problems := NewLibrary(facts)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return l
}

func ids(a Answer) string {
	var out []string
	for _, f := range a.Facts {
		out = append(out, f.ID)
	}
	return strings.Join(out, " ")
}

func TestARefusalNamesTheFieldAndTheReason(t *testing.T) {
	for _, c := range []struct {
		field, msg string
		spoil      func(*Fact)
	}{
		{"id", "has no id", func(f *Fact) { f.ID = "" }},
		{"id", "taken by an earlier fact", func(f *Fact) { f.ID = "F-1" }},
		{"text", "says nothing", func(f *Fact) { f.Text, f.Number = "", "" }},
		{"number", `"62" does not stand`, func(f *Fact) { f.Number = "62" }},
		{"number", `"6" does not stand`, func(f *Fact) { f.Number = "6" }},
		{"source", "has no source", func(f *Fact) { f.Source.Name = "" }},
		{"source", "has no source", func(f *Fact) { f.Source.URL = "" }},
		{"tier", "must be 1, 2 or 3", func(f *Fact) { f.Tier = 0 }},
		{"tier", "must be 1, 2 or 3", func(f *Fact) { f.Tier = 4 }},
		{"proves_not", "does not prove", func(f *Fact) { f.ProvesNot = "" }},
		{"topics", "answers no topic", func(f *Fact) { f.Topics = nil }},
		{"valid_until", "has no end", func(f *Fact) { f.ValidUntil = time.Time{} }},
		{"owner", "has no owner", func(f *Fact) { f.Owner = "" }},
		{"approver", "nobody has approved", func(f *Fact) { f.Approver = "" }},
		{"approver", "cannot approve their own", func(f *Fact) { f.Approver = f.Owner }},
		{"approver", "cannot approve their own", func(f *Fact) { f.Approver = "SARI" }},
		{"approver", "cannot approve their own", func(f *Fact) { f.Approver = "Sari " }},
		{"approver", "nobody has approved", func(f *Fact) { f.Approver = " " }},
		{"source", "has no source", func(f *Fact) { f.Source.Name = " " }},
		{"superseded_by", `no fact "F-9"`, func(f *Fact) { f.SupersededBy = "F-9" }},
		{"superseded_by", "cannot supersede itself", func(f *Fact) { f.SupersededBy = f.ID }},
	} {
		t.Run(c.field+"/"+c.msg, func(t *testing.T) {
			bad := fact("F-2")
			c.spoil(&bad)
			l, problems := NewLibrary([]Fact{fact("F-1"), bad})
			if l != nil || len(problems) != 1 {
				t.Fatalf("%v, %+v instead of one problem", l, problems)
			}
			if p := problems[0]; p.Fact != 1 || p.Field != c.field || !strings.Contains(p.Msg, c.msg) {
				t.Errorf("%+v", p)
			}
		})
	}
}

func TestEverythingThatIsWrongIsSaidAtOnce(t *testing.T) {
	_, problems := NewLibrary([]Fact{{ID: "F-1"}, fact("F-2"), {ID: "F-3"}})
	count := map[int]int{}
	for _, p := range problems {
		count[p.Fact]++
	}
	if diff := cmp.Diff(map[int]int{0: 8, 2: 8}, count); diff != "" {
		t.Errorf("problems by fact: %s", diff)
	}
}

func TestANumberStandsByItself(t *testing.T) {
	for _, c := range []struct {
		number, text string
		want         bool
	}{
		{"61", "61", true},
		{"61", "PM10 di Kajar 61.", true},
		{"61", "dari 161 menjadi 61, turun", true},
		{"2,5", "PM2,5 turun", true},
		{"12", "Rp12 juta", true},
		{"1.500", "1.500 warga", true},
		{"61", "161", false},
		{"61", "610", false},
		{"5", "2,5 persen", false},
		{"2", "2,5 persen", false},
		{"500", "1.500 warga", false},
		{"61", "", false},
	} {
		if got := stands(c.number, c.text); got != c.want {
			t.Errorf("%q in %q: %v", c.number, c.text, got)
		}
	}
}

func TestAnAnswerIsMadeOfLiveFactsOfTheCell(t *testing.T) {
	for _, c := range []struct {
		name        string
		spoil       func(*Fact)
		topic, site string
		want        string
	}{
		{"a live fact of the cell", func(*Fact) {}, "debu", "rembang", "F-1"},
		{"one of another topic", func(*Fact) {}, "air", "rembang", ""},
		{"one of another site", func(*Fact) {}, "debu", "kupang", ""},
		{"one of a site, where none is known", func(*Fact) {}, "debu", "", ""},
		{"one that holds everywhere", func(f *Fact) { f.Sites = nil }, "debu", "kupang", "F-1"},
		{"one that holds everywhere, where no site is known", func(f *Fact) { f.Sites = nil }, "debu", "", "F-1"},
		{"one of several topics and sites", func(f *Fact) {
			f.Topics, f.Sites = []string{"air", "debu"}, []string{"kupang", "rembang"}
		}, "debu", "rembang", "F-1"},
		{"one in its last moment", func(f *Fact) { f.ValidUntil = now.Add(1) }, "debu", "rembang", "F-1"},
		{"one that has just expired", func(f *Fact) { f.ValidUntil = now }, "debu", "rembang", ""},
		{"one that was superseded", func(f *Fact) { f.SupersededBy = "F-2" }, "debu", "rembang", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, other := fact("F-1"), fact("F-2")
			c.spoil(&f)
			other.Topics = []string{"lahan"}
			l := library(t, f, other)
			got := l.Answer(c.topic, c.site, false, now)
			if ids(got) != c.want || got.Acknowledge {
				t.Errorf("%q, acknowledge %v, instead of %q", ids(got), got.Acknowledge, c.want)
			}
			if want := (Answer{Acknowledge: true}); !cmp.Equal(l.Answer(c.topic, c.site, true, now), want) {
				t.Error("a grievance is answered with a counter-message")
			}
		})
	}
}

func TestTheBestThreeFactsComeFirst(t *testing.T) {
	var all []Fact
	for i, c := range []struct {
		tier int
		date string
	}{{3, "2026-11-01"}, {1, "2025-12-31"}, {2, "2026-01-01"}, {1, "2026-01-02"}, {1, ""}, {1, "2026-01-02"}} {
		f := fact(fmt.Sprintf("F-%d", i))
		f.Tier, f.Date = c.tier, c.date
		all = append(all, f)
	}
	for n, want := range map[int]string{0: "", 1: "F-0", 2: "F-1 F-0", 3: "F-1 F-2 F-0", 4: "F-3 F-1 F-2", 6: "F-3 F-5 F-1"} {
		if got := ids(library(t, all[:n]...).Answer("debu", "rembang", false, now)); got != want {
			t.Errorf("of %d facts: %q instead of %q", n, got, want)
		}
	}
}

func TestFactsThatAreEquallyGoodKeepTheirOrder(t *testing.T) {
	var all []Fact
	for i := range 40 {
		f := fact(fmt.Sprintf("F-%d", i))
		f.Tier = 3 - i%3
		all = append(all, f)
	}
	if got := ids(library(t, all...).Answer("debu", "rembang", false, now)); got != "F-2 F-5 F-8" {
		t.Error(got)
	}
}

func TestALibraryIsWhatItWasMadeOf(t *testing.T) {
	given := []Fact{fact("F-1"), fact("F-2")}
	given[1].SupersededBy = "F-1"
	l := library(t, given...)
	given[0].ID = "F-9"
	if got := ids(l.Answer("debu", "rembang", false, now)); got != "F-1" || l.Len() != 2 {
		t.Errorf("%q of %d", got, l.Len())
	}
}

// Whatever a library holds: no dead fact is ever handed out, none that speaks
// of something else, and none at all in answer to a grievance.
func TestADeadFactIsNeverAnAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := func(of ...string) *rapid.Generator[[]string] { return rapid.SliceOfN(rapid.SampledFrom(of), 0, 2) }
		n := rapid.IntRange(0, 8).Draw(t, "facts")
		var given []Fact
		for i := range n {
			f := fact(fmt.Sprintf("F-%d", i))
			f.Tier = rapid.IntRange(1, 3).Draw(t, "tier")
			f.Topics = append(words("debu", "air").Draw(t, "topics"), "lahan")
			f.Sites = words("rembang", "kupang").Draw(t, "sites")
			f.ValidUntil = now.Add(time.Duration(rapid.IntRange(-2, 2).Draw(t, "hours")) * time.Hour)
			if by := rapid.IntRange(0, 2*n).Draw(t, "superseded by"); by < n && by != i {
				f.SupersededBy = fmt.Sprintf("F-%d", by)
			}
			given = append(given, f)
		}
		l, problems := NewLibrary(given)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		topic := rapid.SampledFrom([]string{"debu", "air", "lahan", ""}).Draw(t, "topic")
		site := rapid.SampledFrom([]string{"rembang", "kupang", ""}).Draw(t, "site")
		may := 0
		for _, f := range given {
			if usable(f, topic, site) {
				may++
			}
		}
		got := l.Answer(topic, site, false, now)
		if len(got.Facts) != min(may, MaxFacts) || got.Acknowledge {
			t.Fatalf("%d facts of %d that may be used", len(got.Facts), may)
		}
		for i, f := range got.Facts {
			if !usable(f, topic, site) || i > 0 && got.Facts[i-1].Tier > f.Tier {
				t.Fatalf("%s does not belong in place %d of the answer", f.ID, i)
			}
		}
		if sorry := l.Answer(topic, site, true, now); len(sorry.Facts) > 0 || !sorry.Acknowledge {
			t.Fatalf("a grievance is answered with %q", ids(sorry))
		}
	})
}

// usable is said another way than in the code.
func usable(f Fact, topic, site string) bool {
	dead := f.SupersededBy != "" || !f.ValidUntil.After(now)
	elsewhere := len(f.Sites) > 0 && !slices.Contains(f.Sites, site)
	return !dead && !elsewhere && slices.Contains(f.Topics, topic)
}
