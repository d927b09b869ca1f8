package rules

import (
	"testing"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

func TestAConditionIsMetByTheNthAndByNothingLess(t *testing.T) {
	same := func(what func(*source.Post) *string) func(*source.Post) {
		return func(p *source.Post) { *what(p) = "same" }
	}
	voice := same(func(p *source.Post) *string { return &p.Voice })
	story := same(func(p *source.Post) *string { return &p.Story })
	for name, c := range map[string]struct {
		unit  Unit
		posts []source.Post
		want  string
	}{
		"four voices":           {Voices, several("a", 4, 0), ""},
		"five voices":           {Voices, several("a", 5, 0), "Debu/rembang began 5"},
		"four stories":          {Stories, several("a", 4, 0), ""},
		"five stories":          {Stories, several("a", 5, 0), "Debu/rembang began 5"},
		"four posts":            {Posts, several("a", 4, 0), ""},
		"five posts":            {Posts, several("a", 5, 0), "Debu/rembang began 5"},
		"20 copies, stories":    {Stories, changed(several("a", 20, 0), story), ""},
		"20 copies, posts":      {Posts, changed(several("a", 20, 0), story), "Debu/rembang began 20"},
		"20 posts of one voice": {Voices, changed(several("a", 20, 0), voice), ""},
		"copies and two more":   {Stories, append(changed(several("a", 20, 0), story), several("b", 4, 0)...), "Debu/rembang began 5"},
		"two and three sites":   {Voices, append(several("a", 4, 0), changed(several("b", 4, 0), func(p *source.Post) { p.Site = "kupang" })...), ""},
		"others do not match":   {Voices, append(several("a", 4, 0), changed(several("b", 4, 0), func(p *source.Post) { p.Text = "asap" })...), ""},
	} {
		t.Run(name, func(t *testing.T) {
			x := newTrial(t, atLeast(c.unit, 5, 30*time.Minute))
			x.want(x.at(0, c.posts...), c.want)
		})
	}
}

func TestPostsArrivingOneByOneAddUp(t *testing.T) {
	x := newTrial(t, atLeast(Voices, 3, 30*time.Minute))
	x.want(x.at(0, post("a", 0)), "")
	x.want(x.at(10*time.Minute, post("b", 10*time.Minute)), "")
	x.want(x.at(29*time.Minute, post("c", 29*time.Minute)), "Debu/rembang began 3")
}

func TestAWindowEndsNowAndBeginsJustAfterItsLength(t *testing.T) {
	for name, c := range map[string]struct {
		first, second time.Duration // published; the second is read at once
		want          string
	}{
		"within":                     {0, 29 * time.Minute, "Debu/rembang began 2"},
		"a second within":            {time.Second, 30 * time.Minute, "Debu/rembang began 2"},
		"its whole length":           {0, 30 * time.Minute, ""},
		"within, across midnight":    {18*time.Hour + 45*time.Minute, 19*time.Hour + 14*time.Minute, "Debu/rembang began 2"},
		"a second across midnight":   {18*time.Hour + 45*time.Minute + time.Second, 19*time.Hour + 15*time.Minute, "Debu/rembang began 2"},
		"not within across midnight": {18*time.Hour + 45*time.Minute, 19*time.Hour + 15*time.Minute, ""},
	} {
		t.Run(name, func(t *testing.T) {
			x := newTrial(t, atLeast(Voices, 2, 30*time.Minute))
			x.want(x.at(c.first, post("a", c.first)), "")
			x.want(x.at(c.second, post("b", c.second)), c.want)
		})
	}
}

func TestForFiresByATickAloneAndNotEarlier(t *testing.T) {
	r := atLeast(Voices, 2, 30*time.Minute)
	r.For = 5 * time.Minute
	x := newTrial(t, r)
	x.want(x.at(0, post("a", 0)), "")
	if x.running() {
		t.Error("one post of two waits for a tick")
	}
	x.want(x.at(time.Minute, post("b", time.Minute)), "")
	if !x.running() {
		t.Error("a pending series does not wait for a tick")
	}
	x.want(x.at(6*time.Minute-time.Second), "")
	firings := x.at(6 * time.Minute)
	x.want(firings, "Debu/rembang began 2")
	if got := x.quotedIn(firings); got != "a b" {
		t.Errorf("quotes %q", got)
	}
}

func TestAnInterruptedConditionWaitsAnew(t *testing.T) {
	r := atLeast(Voices, 2, 10*time.Minute)
	r.For = 6 * time.Minute
	x := newTrial(t, r)
	x.want(x.at(0, several("a", 2, -6*time.Minute)...), "") // holds until minute 4
	x.want(x.at(3*time.Minute), "")
	x.want(x.at(4*time.Minute), "")
	if x.running() {
		t.Error("a condition that ended waits still")
	}
	x.want(x.at(7*time.Minute, several("b", 2, 7*time.Minute)...), "")
	x.want(x.at(12*time.Minute), "")
	x.want(x.at(13*time.Minute), "Debu/rembang began 2")
}

func TestAConditionBeginsGrowsAndCeasesOnce(t *testing.T) {
	x := newTrial(t, atLeast(Voices, 2, 10*time.Minute))
	x.want(x.at(0, several("a", 2, 0)...), "Debu/rembang began 2")
	x.want(x.at(time.Minute), "")
	x.want(x.at(2*time.Minute, post("b", 2*time.Minute)), "Debu/rembang grew 3")
	x.want(x.at(2*time.Minute, post("b", 2*time.Minute)), "")
	x.want(x.at(9*time.Minute), "")
	x.want(x.at(10*time.Minute), "Debu/rembang ceased 1")
	x.want(x.at(11*time.Minute), "")
	if x.running() {
		t.Error("a series that ceased waits for a tick")
	}
	x.want(x.at(11*time.Minute, post("c", 11*time.Minute)), "Debu/rembang began 2") // with b
}

func TestKeepFiringBridgesAGap(t *testing.T) {
	r := atLeast(Voices, 2, 10*time.Minute)
	r.KeepFiring = 5 * time.Minute
	x := newTrial(t, r)
	x.want(x.at(0, several("a", 2, 0)...), "Debu/rembang began 2")
	x.want(x.at(10*time.Minute), "")
	x.want(x.at(14*time.Minute, post("b", 14*time.Minute)), "Debu/rembang grew 1")
	x.want(x.at(14*time.Minute+30*time.Second, post("c", 14*time.Minute)), "Debu/rembang grew 2") // met again
	x.want(x.at(20*time.Minute), "")
	x.want(x.at(24*time.Minute), "")
	x.want(x.at(29*time.Minute-time.Second), "")
	x.want(x.at(29*time.Minute), "Debu/rembang ceased 0")
	x.want(x.at(30*time.Minute), "")
}

func TestTheFirstCardQuotesTheNewestStoriesOfTheWindow(t *testing.T) {
	copied := func(id, story string, after time.Duration) source.Post {
		p := post(id, after)
		p.Story = story
		return p
	}
	for name, c := range map[string]struct {
		n       int
		earlier []source.Post // each in a batch of its own
		last    []source.Post // at minute 30
		want    string
	}{
		"earlier ones":               {3, []source.Post{post("a", 5*time.Minute), post("b", 20*time.Minute)}, several("c", 1, 30*time.Minute), "a b c0"},
		"none before the window":     {2, []source.Post{post("a", 0)}, []source.Post{post("b", 29*time.Minute), post("c", 30*time.Minute)}, "b c"},
		"by time of publication":     {3, []source.Post{post("a", 20*time.Minute), post("b", 10*time.Minute)}, several("c", 1, 30*time.Minute), "b a c0"},
		"the newest three":           {5, []source.Post{post("a", 5*time.Minute), post("b", 6*time.Minute)}, several("c", 3, 30*time.Minute), "c0 c1 c2"},
		"the newest post of a story": {4, []source.Post{post("a", 5*time.Minute), copied("b", "x", 6*time.Minute), copied("c", "x", 7*time.Minute)}, several("d", 1, 30*time.Minute), "a c d0"},
	} {
		t.Run(name, func(t *testing.T) {
			x := newTrial(t, atLeast(Voices, c.n, 30*time.Minute))
			for _, p := range c.earlier {
				x.want(x.at(25*time.Minute, p), "")
			}
			if got := x.quotedIn(x.at(30*time.Minute, c.last...)); got != c.want {
				t.Errorf("quotes %q, want %q", got, c.want)
			}
		})
	}
}

func TestARuleWithoutAConditionFiresForEachNewStory(t *testing.T) {
	x := newTrial(t, keywordRule("Celaka", "debu"))
	repeat := func(id, story string, after time.Duration) source.Post {
		p := post(id, after)
		p.Story = story
		return p
	}
	firings := x.at(0, several("a", 2, 0)...)
	x.want(firings, "Celaka/rembang began 2")
	if got := x.quotedIn(firings); got != "a0 a1" {
		t.Errorf("quotes %q", got)
	}
	x.want(x.at(time.Minute), "")
	if x.running() {
		t.Error("it waits for a tick")
	}
	firings = x.at(2*time.Minute, repeat("b", "a0", time.Minute))
	x.want(firings, "Celaka/rembang grew 3")
	if got := x.quotedIn(firings); got != "b" {
		t.Errorf("quotes %q", got)
	}
	x.want(x.at(3*time.Minute, repeat("c", "a1", 3*time.Minute), post("d", 3*time.Minute)), "Celaka/rembang began 5")
	elsewhere := repeat("e", "a0", 4*time.Minute)
	elsewhere.Site = "kupang"
	x.want(x.at(4*time.Minute, elsewhere), "Celaka/kupang began 1")
	x.want(x.at(70*time.Hour, repeat("f", "a0", 70*time.Hour)), "Celaka/rembang grew 1")
}

func TestALatePostIsCountedOnItsFirstCard(t *testing.T) {
	x := newTrial(t, keywordRule("Celaka", "debu"))
	firings := x.at(0, post("a", -30*time.Hour))
	x.want(firings, "Celaka/rembang began 1")
	if got := firings[0].When.Within; got != 31*time.Hour {
		t.Errorf("counted within %v", got)
	}
	late := post("b", -29*time.Hour)
	late.Story = "a"
	x.want(x.at(time.Minute, late), "Celaka/rembang grew 1")
	firings = x.at(2*time.Minute, post("c", 2*time.Minute))
	x.want(firings, "Celaka/rembang began 1")
	if got := firings[0].When.Within; got != 24*time.Hour {
		t.Errorf("counted within %v", got)
	}
}

func TestAnEditFiresOnlyForWhatItNewlyMatches(t *testing.T) {
	x := newTrial(t, keywordRule("Kata", "debu"), keywordRule("Korban", "korban"), atLeast(Posts, 2, time.Hour))
	p := post("a", 0)
	x.want(x.at(0, p), "Kata/rembang began 1")
	p.Text = "debu pabrik, ada korban"
	x.want(x.at(time.Minute, p), "Korban/rembang began 1")
	x.want(x.at(2*time.Minute, p), "")
}

func TestHistoryIsCountedAndNeverFires(t *testing.T) {
	backlog := changed(several("a", 5, 0), func(p *source.Post) { p.Backlog = true })
	r := atLeast(Voices, 3, time.Hour)
	r.For = time.Minute
	x := newTrial(t, r, keywordRule("Kata", "debu"))
	x.want(x.at(0, backlog...), "")
	x.want(x.at(2*time.Minute), "")
	if x.running() {
		t.Error("history waits for a tick")
	}
	x.want(x.at(3*time.Minute, post("b", 3*time.Minute)), "Kata/rembang began 6")
	x.want(x.at(4*time.Minute), "Debu/rembang began 6")
}

func TestHistoryDoesNotCompleteACondition(t *testing.T) {
	x := newTrial(t, atLeast(Voices, 3, time.Hour))
	x.want(x.at(0, post("a", 0)), "")
	x.want(x.at(time.Minute, changed(several("b", 5, 0), func(p *source.Post) { p.Backlog = true })...), "")
	x.want(x.at(2*time.Minute), "")
}

func TestARuleThatAReloadRemovesIsForgotten(t *testing.T) {
	debu := atLeast(Voices, 2, time.Hour)
	for name, after := range map[string][]Rule{
		"rule":      {keywordRule("Lain", "asap")},
		"condition": {keywordRule("Debu", "debu")},
	} {
		t.Run(name, func(t *testing.T) {
			x := newTrial(t, debu)
			x.want(x.at(0, several("a", 2, 0)...), "Debu/rembang began 2")
			before := x.set
			x.set = mustSet(t, Book{Rules: after})
			x.want(x.at(time.Minute), "")
			if x.running() {
				t.Error("it waits for a tick")
			}
			x.set = before
			x.want(x.at(2*time.Minute), "")
			x.want(x.at(3*time.Minute, post("b", 3*time.Minute)), "Debu/rembang began 3")
		})
	}
}

func TestFiringsComeInTheOrderOfTheRulesAndThenOfTheSites(t *testing.T) {
	everywhere := keywordRule("AA", "debu")
	everywhere.By = nil
	x := newTrial(t, keywordRule("Zz", "debu"), everywhere, keywordRule("Mm", "debu"))
	posts := several("a", 3, 0)
	posts[0].Site, posts[2].Site = "rembang", ""
	posts[1].Site = "kupang"
	x.want(x.at(0, posts...), "Zz/- began 1; Zz/kupang began 1; Zz/rembang began 1; AA/- began 3; Mm/- began 1; Mm/kupang began 1; Mm/rembang began 1")
}

func TestAFiringSaysWhatTheAdminWrote(t *testing.T) {
	r := atLeast(Voices, 2, 90*time.Minute)
	r.Grievance, r.Summary = true, "{{ .Voices }} suara, {{ .Posts }} pos, {{ .Stories }} cerita soal {{ .Topic }} di {{ .Site }} dalam {{ .Within }}"
	x := newTrial(t)
	x.set = mustSet(t, Book{Rules: []Rule{r}, Sites: map[string]string{"rembang": "Rembang Raya"}})
	posts := several("a", 3, 0)
	posts[2].Story = posts[0].Story
	firings := x.at(0, posts...)
	x.want(firings, "Debu/rembang began 3")
	f := firings[0]
	if want := "3 suara, 3 pos, 2 cerita soal debu di Rembang Raya dalam 1h30m"; f.Summary != want {
		t.Errorf("summary %q, want %q", f.Summary, want)
	}
	if f.When != r.When || f.Severity != Warning || !f.Grievance || f.Topic != "debu" || !f.At.Equal(noon) {
		t.Errorf("%+v", f)
	}
	if e := f.New[0]; e.Post.Text[e.Spans[0].Start:e.Spans[0].End] != "debu" {
		t.Errorf("spans %v", e.Spans)
	}
}

func TestNothingIsWrittenThatHasNotChanged(t *testing.T) {
	x := newTrial(t, atLeast(Voices, 2, time.Hour))
	x.want(x.at(0, several("a", 2, 0)...), "Debu/rembang began 2")
	for what, posts := range map[string][]source.Post{"tick": nil, "known posts": several("a", 2, 0)} {
		x.update(func(tx store.Tx) error {
			c := counting{tx, map[string]int{}}
			_, err := x.set.Eval(c, noon.Add(time.Minute), posts)
			if len(c.puts) > 0 {
				t.Errorf("%s: writes to %v", what, c.puts)
			}
			return err
		})
	}
}
