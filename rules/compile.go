package rules

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/template"
	"time"

	"github.com/siaga-id/siaga/query"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/volume"
)

// Book is everything that Compile needs: the rules, the word sets they refer
// to and the names of the sites for their summaries.
type Book struct {
	Rules []Rule
	Words map[string]query.Words
	Sites map[string]string // key to name as people say it
	// Sources are the names that source: may ask for; nil: any.
	Sources []string
	// Span writes {{ .Within }} for people; nil: 30m.
	Span func(time.Duration) string
}

// Problem is one reason to refuse a rule. Offset counts bytes from the start
// of the value of Field.
type Problem struct {
	Rule   int    // index in Book.Rules
	Field  string // query, for, summary, match, no_match, ...
	Item   int    // index within a list field
	Offset int
	Msg    string
	Hint   string // what to do instead; may be empty
}

// Set is an immutable set of compiled rules, safe for use by many at once. It
// learns which words are rare in the posts that it sees, which makes it quicker
// and changes nothing else.
type Set struct {
	rules  []compiled
	byName map[string]int
	sites  map[string]string
	span   func(time.Duration) string
	index  *query.Index // of the queries of the rules

	learners []string    // the rules whose history begins before their first post
	watched  []store.Key // the series whose silence is waited for
	memory   *memory
}

type compiled struct {
	Rule
	query   *query.Query
	summary *template.Template
	print   string // see fingerprint
	level   volume.Level
}

// Summary holds the values that a summary annotation may use.
type Summary struct {
	Posts, Stories, Voices int
	Site, Topic, Within    string
}

// Compile checks every rule whole, its examples included, and returns either
// a Set or everything that is wrong with them.
func Compile(b Book) (*Set, []Problem) {
	set := &Set{byName: make(map[string]int, len(b.Rules)), sites: b.Sites, span: b.Span, memory: newMemory()}
	if set.span == nil {
		set.span = short
	}
	var problems []Problem
	var queries []*query.Query
	for i, r := range b.Rules {
		c, found := compileRule(i, r, b)
		problems = append(problems, found...)
		if prev, taken := set.byName[r.Name]; taken {
			problems = append(problems, Problem{
				Rule: i, Field: "alert", Hint: "every alert needs a name of its own",
				Msg: fmt.Sprintf("alert %q exists already in group %q", r.Name, b.Rules[prev].Group),
			})
		}
		set.byName[r.Name] = i
		c.print = fingerprint(r, b.Words)
		set.rules = append(set.rules, c)
		set.listen(&c, b.Sources)
		if c.query != nil {
			queries = append(queries, c.query)
		}
	}
	set.index = query.NewIndex(queries)
	if problems = append(problems, set.checkExamples()...); len(problems) > 0 {
		slices.SortStableFunc(problems, func(a, b Problem) int { return cmp.Compare(a.Rule, b.Rule) })
		return nil, problems
	}
	return set, nil
}

// listen notes what Eval has to do for a rule though no post comes.
func (s *Set) listen(c *compiled, sources []string) {
	kind := c.When.Kind()
	if kind == Silence {
		s.watched = append(s.watched, c.speakers(s.siteKeys(), sources)...)
	}
	if kind != EachStory && kind != Count {
		s.learners = append(s.learners, c.Name)
	}
}

// speakers returns the series of a rule that waits for a silence.
func (c *compiled) speakers(sites, sources []string) (out []store.Key) {
	switch {
	case slices.Contains(c.By, "site"):
		for _, site := range sites {
			out = append(out, seriesKey(c.Name, site))
		}
	case slices.Contains(c.By, "source"):
		for _, source := range sources {
			out = append(out, seriesKey(c.Name, sourceMark+source))
		}
	default:
		out = append(out, seriesKey(c.Name, ""))
	}
	return out
}

// levels names how unusual a count has to be.
func levels() map[string]volume.Level {
	return map[string]volume.Level{"low": volume.Low, "balanced": volume.Balanced, "high": volume.High}
}

// Afresh returns the set for another store: what it remembers belongs to one.
func (s *Set) Afresh() *Set {
	out := *s
	out.memory = newMemory()
	return &out
}

func compileRule(i int, r Rule, b Book) (compiled, []Problem) {
	c := compiled{Rule: r, level: levels()[r.When.Spike]}
	var problems []Problem
	fail := func(field, msg, hint string) {
		problems = append(problems, Problem{Rule: i, Field: field, Msg: msg, Hint: hint})
	}
	q, mistake := query.Compile(r.Query, query.Options{Words: b.Words, Colloquial: r.Colloquial})
	if c.query = q; mistake != nil {
		problems = inQuery(i, *mistake)
	} else {
		problems = inQuery(i, q.Unknown(b.known())...)
	}
	if !r.When.Lasts() && r.For > 0 {
		fail("for", "for: has no effect without a condition that lasts", "add a volume condition or remove for:")
	}
	if !r.When.Lasts() && r.KeepFiring > 0 {
		fail("keep_firing_for", "keep_firing_for: has no effect without a condition that lasts", "add a volume condition or remove keep_firing_for:")
	}
	var err error
	if c.summary, err = parseSummary(r.Summary); err != nil {
		fail("summary", err.Error(), "use {{ .Voices }}, {{ .Stories }}, {{ .Posts }}, {{ .Site }}, {{ .Topic }} or {{ .Within }}")
	}
	return c, problems
}

// parseSummary tries a summary on nothing and on much, so that both sides of
// an if are known to work.
func parseSummary(s string) (*template.Template, error) {
	t, err := template.New("summary").Parse(s)
	for _, v := range []Summary{{}, {Posts: 1e3, Stories: 1e3, Voices: 1e3, Site: "x", Topic: "x", Within: "x"}} {
		if err == nil {
			err = t.Execute(io.Discard, v)
		}
	}
	if err != nil {
		return nil, summaryError(err)
	}
	return t, nil
}

// known are the values that fields may ask for: a site or a source that is not
// configured is that of no post.
func (b Book) known() map[string][]string {
	known := map[string][]string{"source": b.Sources}
	if b.Sites != nil {
		known["site"] = slices.Sorted(maps.Keys(b.Sites))
	}
	return known
}

// inQuery are mistakes in the query of a rule.
func inQuery(rule int, mistakes ...query.Error) []Problem {
	var out []Problem
	for _, m := range mistakes {
		out = append(out, Problem{Rule: rule, Field: "query", Offset: m.Offset, Msg: m.Msg, Hint: m.Hint})
	}
	return out
}

// checkExamples tries the examples of every rule whose query can be read.
func (s *Set) checkExamples() []Problem {
	var problems []Problem
	d := s.index.Borrow()
	defer d.GiveBack()
	for i := range s.rules {
		c := &s.rules[i]
		if c.query == nil {
			continue
		}
		check := func(field string, texts []string, want bool, msg string) {
			for k, text := range texts {
				if d.Match(c.query, &source.Post{Text: text, Kind: source.Social}) != want {
					problems = append(problems, Problem{Rule: i, Field: field, Item: k, Msg: fmt.Sprintf(msg, text)})
				}
			}
		}
		check("match", c.Examples.Match, true, "the query does not match this example: %q")
		check("no_match", c.Examples.NoMatch, false, "the query matches this example, and should not: %q")
	}
	return problems
}

// Len returns the number of rules.
func (s *Set) Len() int { return len(s.rules) }

func (s *Set) summarise(c *compiled, f Firing) string {
	var b strings.Builder
	v := Summary{
		Posts: f.Counts.Posts, Stories: f.Counts.Stories, Voices: f.Counts.Voices,
		Site: s.siteName(f.Site), Topic: c.Topic, Within: s.span(f.When.Within),
	}
	if err := c.summary.Execute(&b, v); err != nil {
		return c.Name // Compile tried it; never lose an alert for it
	}
	return b.String()
}

// short writes a duration as an admin would: 30m, and not 30m0s.
func short(d time.Duration) string {
	s := d.String()
	for _, zero := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(s, zero) {
			s = s[:len(s)-2]
		}
	}
	return s
}

func (s *Set) siteName(site string) string {
	if name := s.sites[site]; name != "" {
		return name
	}
	return site
}

// keywordWindow is how far back a verdict on fresh posts counts where there is
// no window: a day, or as many hours as hold the oldest of them, so that a card
// can still tell how large the matter is.
func keywordWindow(fresh []Evidence, now time.Time) time.Duration {
	window := 24 * time.Hour
	if len(fresh) > 0 {
		window = max(window, now.Sub(fresh[0].Post.Published).Truncate(time.Hour)+time.Hour)
	}
	return window
}
