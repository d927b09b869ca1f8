package notifier

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/siaga-id/siaga/evidence"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
)

var evening = time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC)

// What is said in the posts and facts of these tests: each sentence answers itself.
var sentences = []string{
	"Puskesmas Gunem mencatat 212 kasus ISPA selama Juli",
	"Truk pengangkut klinker wajib ditutup terpal sejak Maret",
	"Air sumur pantau Timbrangan tetap jernih menurut laboratorium daerah",
	"Penyiraman jalan tambang dilakukan enam kali sehari",
}

func said(i int) facts.Fact {
	return facts.Fact{
		ID: fmt.Sprintf("F-%d", i), Text: sentences[i%len(sentences)] + ".", Tier: 1, ProvesNot: "hal lain",
		Source: facts.Source{Name: "DLH", URL: "https://dlh.example"}, Topics: []string{"debu"}, Sites: []string{"rembang"},
		ValidUntil: evening.Add(time.Hour), Owner: "Sari", Approver: "Rina",
	}
}

func planOf(t testing.TB, list ...facts.Fact) *Plan {
	t.Helper()
	library, problems := facts.NewLibrary(list)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	p := &Plan{}
	p.Know(library, map[string][]string{"rembang": {"Gunem", "Timbrangan"}, "kupang": {"Alak"}})
	return p
}

func quoting(posts ...string) incident.Incident {
	in := incident.Incident{ID: 42, Topic: "debu", Site: "rembang", Summary: "7 suara soal debu"}
	for i, p := range posts {
		in.Excerpts = append(in.Excerpts, incident.Excerpt{Post: fmt.Sprint("x:", i), Story: fmt.Sprint("s:", i), Text: p})
	}
	return in
}

func TestWhatACardSaysOfFacts(t *testing.T) {
	dead := said(0)
	dead.ValidUntil, dead.Owner = evening, "Dewi"
	for name, c := range map[string]struct {
		plan *Plan
		in   incident.Incident
		want string
		live int
		ask  string
	}{
		"what a post is about":         {planOf(t, said(0), said(1)), quoting(sentences[1]), "F-1", 2, ""},
		"what an older post is about":  {planOf(t, said(0), said(1)), quoting("pagi semua", sentences[1]), "F-1", 2, ""},
		"nothing that fits":            {planOf(t, said(0), said(1)), quoting("kucing tetangga beranak lima"), "", 2, ""},
		"the summary is nobody's word": {planOf(t, said(0)), func() incident.Incident { in := quoting(); in.Summary = sentences[0]; return in }(), "", 1, ""},
		"an empty quotation":           {planOf(t, said(0)), quoting(" "), "", 1, ""},
		"a dead fact, and its owner":   {planOf(t, dead), quoting(sentences[0]), "", 0, "Dewi"},
		"no fact at all":               {planOf(t), quoting(sentences[0]), "", 0, ""},
		"no library":                   {&Plan{}, quoting(sentences[0]), "", 0, ""},
	} {
		a := c.plan.Answer(c.in, nil, evening)
		if names(a.Facts) != c.want || a.Live != c.live || strings.Join(a.Owners, " ") != c.ask || a.Acknowledge {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

func TestTheGateIsOpenOrShut(t *testing.T) {
	p := planOf(t, said(0))
	for _, c := range []struct {
		grievance   bool
		finding     incident.Finding
		shadow      bool
		acknowledge bool
		facts       string
	}{
		{false, incident.Unchecked, false, false, "F-0"},
		{false, incident.True, false, false, "F-0"},
		{true, incident.Unchecked, false, true, ""},
		{true, incident.True, false, true, ""},
		{true, incident.False, false, false, "F-0"},
		{true, incident.Partly, false, false, "F-0"},
		{false, incident.Unchecked, true, false, ""},
		{true, incident.Unchecked, true, false, ""},
	} {
		in := quoting(sentences[0])
		in.Grievance, in.Finding, in.Shadow = c.grievance, c.finding, c.shadow
		if a := p.Answer(in, nil, evening); names(a.Facts) != c.facts || a.Acknowledge != c.acknowledge {
			t.Errorf("%+v: %+v", c, a)
		}
	}
}

func names(list []facts.Fact) string {
	var out []string
	for _, f := range list {
		out = append(out, f.ID)
	}
	return strings.Join(out, " ")
}

// Whatever the facts, the incident and what people said of them: no path leads
// to a suggestion without a live, approved fact of the cell that nobody vetoed,
// and none at all while the gate is closed.
func TestNoPathLeadsToASuggestionWithoutALiveApprovedFact(t *testing.T) {
	offered := 0
	rapid.Check(t, func(t *rapid.T) {
		var list []facts.Fact
		for i := range rapid.SampledFrom([]int{8, 7, 6, 4, 2, 0}).Draw(t, "facts") {
			list = append(list, drawFact(t, i))
		}
		p := &Plan{Index: evidence.NewIndex(slices.Values(list), nil)}
		if library, problems := facts.NewLibrary(list); len(problems) == 0 {
			p.Know(library, nil)
		}
		in := quoting(rapid.SliceOfN(rapid.SampledFrom(append(slices.Clone(sentences), "selamat pagi", "")), 1, 3).Draw(t, "posts")...)
		in.Topic = rapid.SampledFrom(strings.Fields("debu debu debu debu debu air")).Draw(t, "topic")
		in.Site = rapid.SampledFrom([]string{"rembang", "rembang", "rembang", "rembang", "kupang", ""}).Draw(t, "site")
		in.Grievance, in.Shadow = rapid.Bool().Draw(t, "grievance"), rapid.SampledFrom(strings.Fields("- - - - - - shadow")).Draw(t, "shadow") != "-"
		in.Finding = rapid.SampledFrom([]incident.Finding{incident.Unchecked, incident.True, incident.False, incident.Partly}).Draw(t, "finding")
		in.State = rapid.SampledFrom([]incident.State{incident.Open, incident.Acknowledged, incident.Resolved}).Draw(t, "state")
		vetoes := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) evidence.Veto {
			return evidence.Veto{
				Fact:  rapid.SampledFrom(strings.Fields("F-0 F-1 F-2 F-3 F-4 F-5")).Draw(t, "vetoed"),
				Topic: rapid.SampledFrom([]string{"debu", "debu", "air"}).Draw(t, "of topic"),
				Site:  rapid.SampledFrom([]string{"rembang", "rembang", "kupang", ""}).Draw(t, "at site"),
			}
		}), 0, 4).Draw(t, "vetoes")

		s, a := p.Suggest(in, vetoes, evening), p.Answer(in, vetoes, evening)
		var hits []facts.Fact
		for _, h := range s.Hits {
			hits = append(hits, h.Fact)
		}
		if diff := cmp.Diff(hits, a.Facts); diff != "" || len(hits) > facts.MaxFacts {
			t.Fatalf("the card says something else than what is suggested: %s", diff)
		}
		closed := in.Grievance && (in.Finding == "" || in.Finding == "true")
		if (closed || in.Shadow) && len(hits) > 0 || a.Acknowledge != (closed && !in.Shadow) {
			t.Fatalf("gate closed %v, shadow %v: %+v", closed, in.Shadow, a)
		}
		for _, f := range hits {
			offered++
			dead := f.SupersededBy != "" || !f.ValidUntil.After(evening)
			unapproved := f.Approver == "" || f.Approver == f.Owner
			elsewhere := !slices.Contains(f.Topics, in.Topic) || len(f.Sites) > 0 && !slices.Contains(f.Sites, in.Site)
			vetoed := slices.ContainsFunc(vetoes, func(v evidence.Veto) bool {
				return v.Fact == f.ID && v.Topic == in.Topic && v.Site == in.Site
			})
			if dead || unapproved || elsewhere || vetoed {
				t.Fatalf("%s is offered: dead %v, unapproved %v, elsewhere %v, vetoed %v", f.ID, dead, unapproved, elsewhere, vetoed)
			}
		}
	})
	if offered == 0 {
		t.Error("nothing was ever offered, so nothing was tried")
	}
}

// drawFact is a good fact in two of three cases, and otherwise spoilt in one way.
func drawFact(t *rapid.T, i int) facts.Fact {
	f := said(i)
	f.Sites = rapid.SampledFrom([][]string{{"rembang"}, nil}).Draw(t, "sites")
	switch rapid.SampledFrom(strings.Fields("- topic - site - expired - superseded - unapproved - own")).Draw(t, "spoilt") {
	case "topic":
		f.Topics = []string{"air"}
	case "site":
		f.Sites = []string{"kupang"}
	case "expired":
		f.ValidUntil = evening
	case "superseded":
		f.SupersededBy = "F-99"
	case "unapproved":
		f.Approver = ""
	case "own":
		f.Approver = f.Owner
	}
	return f
}
