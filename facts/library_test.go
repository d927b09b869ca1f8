package facts

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
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

// live names what lives in a cell.
func live(l *Library, topic, site string) string {
	var out []string
	for _, f := range l.Of(topic, site) {
		if f.Live(now) {
			out = append(out, f.ID)
		}
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

func TestWhatMayBeSaidAreLiveFactsOfTheCell(t *testing.T) {
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
			if got := live(library(t, f, other), c.topic, c.site); got != c.want {
				t.Errorf("%q instead of %q", got, c.want)
			}
		})
	}
}

func TestWhatNobodyElseApprovedNeverLives(t *testing.T) {
	for approver, want := range map[string]bool{"Rina": true, "": false, "Sari": false, "SARI": false} {
		f := fact("F-1")
		if f.Approver = approver; f.Live(now) != want {
			t.Errorf("a fact of Sari, approved by %q: live %v", approver, !want)
		}
	}
}

func TestWhoIsAskedForAFact(t *testing.T) {
	by := func(id, owner, site string, days int) Fact {
		f := fact(id)
		f.Owner, f.Sites, f.ValidUntil = owner, []string{site}, now.AddDate(0, 0, days)
		return f
	}
	air := by("F-9", "Wati", "rembang", 900)
	air.Topics = []string{"air"}
	for name, c := range map[string]struct {
		facts []Fact
		want  []string
	}{
		"nobody knows anything":            {nil, nil},
		"another topic is no help":         {[]Fact{air}, nil},
		"the owner of the dead fact":       {[]Fact{by("F-1", "Sari", "rembang", -9), air}, []string{"Sari"}},
		"of two, whose fact lived longest": {[]Fact{by("F-1", "Sari", "rembang", -9), by("F-2", "Dewi", "rembang", -2)}, []string{"Dewi", "Sari"}},
		"each once, by the latest":         {[]Fact{by("F-1", "Sari", "rembang", -9), by("F-2", "Dewi", "rembang", -5), by("F-3", "Sari", "rembang", -1)}, []string{"Sari", "Dewi"}},
		"those of the cell alone":          {[]Fact{by("F-1", "Sari", "rembang", -9), by("F-2", "Dewi", "kupang", 90)}, []string{"Sari"}},
		"elsewhere where it has none":      {[]Fact{by("F-2", "Dewi", "kupang", 90)}, []string{"Dewi"}},
		"three at most": {[]Fact{
			by("F-1", "A", "rembang", -1), by("F-2", "B", "rembang", -2), by("F-3", "C", "rembang", -3), by("F-4", "D", "rembang", -4),
		}, []string{"A", "B", "C"}},
	} {
		if got := library(t, c.facts...).Owners("debu", "rembang"); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v instead of %v", name, got, c.want)
		}
	}
	if got := (*Library)(nil).Owners("debu", "rembang"); got != nil {
		t.Errorf("without a library: %v", got)
	}
}

func TestALibraryIsWhatItWasMadeOf(t *testing.T) {
	given := []Fact{fact("F-1"), fact("F-2")}
	given[1].SupersededBy = "F-1"
	l := library(t, given...)
	given[0].ID = "F-9"
	if got := live(l, "debu", "rembang"); got != "F-1" || l.Len() != 2 {
		t.Errorf("%q of %d", got, l.Len())
	}
}
