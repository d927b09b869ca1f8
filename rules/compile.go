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
)

// Book is everything that Compile needs: the rules, the word sets they refer
// to and the names of the sites for their summaries.
type Book struct {
	Rules []Rule
	Words map[string]query.Words
	Sites map[string]string // key to name as people say it
	// Sources are the names that source: may ask for; nil: any.
	Sources []string
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
	index  *query.Index // of the queries of the rules
}

type compiled struct {
	Rule
	query   *query.Query
	summary *template.Template
	print   string // see fingerprint
}

// Summary holds the values that a summary annotation may use.
type Summary struct {
	Posts, Stories, Voices int
	Site, Topic, Within    string
}

// Compile checks every rule whole, its examples included, and returns either
// a Set or everything that is wrong with them.
func Compile(b Book) (*Set, []Problem) {
	set := &Set{byName: make(map[string]int, len(b.Rules)), sites: b.Sites}
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

func compileRule(i int, r Rule, b Book) (compiled, []Problem) {
	c := compiled{Rule: r}
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
	if r.When.N == 0 && r.For > 0 {
		fail("for", "for: has no effect without when:", "add a volume condition or remove for:")
	}
	if r.When.N == 0 && r.KeepFiring > 0 {
		fail("keep_firing_for", "keep_firing_for: has no effect without when:", "add a volume condition or remove keep_firing_for:")
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
		Site: s.siteName(f.Site), Topic: c.Topic, Within: short(f.When.Within),
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

// keywordWindow is the window in which rules without a condition count, so
// that a card can still tell how large the matter is.
const keywordWindow = 24 * time.Hour

// window is how far back a verdict on fresh posts counts. Without a condition
// that is a day, or as many hours as hold the oldest of them.
func (c *compiled) window(fresh []Evidence, now time.Time) time.Duration {
	if c.When.N > 0 {
		return c.When.Within
	}
	window := keywordWindow
	if len(fresh) > 0 {
		window = max(window, now.Sub(fresh[0].Post.Published).Truncate(time.Hour)+time.Hour)
	}
	return window
}

// site returns the site of the series to which a post belongs.
func (c *compiled) site(p *source.Post) string {
	if slices.Contains(c.By, "site") {
		return p.Site
	}
	return ""
}
