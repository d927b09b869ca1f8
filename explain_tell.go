package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/query"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/text"
	"github.com/siaga-id/siaga/trial"
)

const (
	columns   = 100 // lines of an explanation are no wider
	nearShown = 3   // rules that were missed
	partRunes = 60  // of a part of a query
)

// teller writes explanations in English, for a person who has never seen the code.
type teller struct {
	*config.Config
	lang *bot.Lang // English, as all commands
	out  io.Writer
}

func (t teller) line(indent int, format string, args ...any) {
	fmt.Fprint(t.out, wrap(fmt.Sprintf(format, args...), indent, columns)) //nolint:errcheck // as all that goes to a terminal
}

// tell explains one text: the rules that match, those that it missed by
// least, and the names of all others.
func (t teller) tell(e explained) {
	all := t.Rules.Explain(&e.post)
	slices.SortStableFunc(all, rules.ByNearness)
	t.origin(e)
	t.line(2, "%s", marked(e, all))
	t.line(0, "%s", t.site(e))
	matched := slices.IndexFunc(all, func(x rules.Explanation) bool { return !x.Matched })
	if matched < 0 {
		matched = len(all)
	}
	missed := all[matched:]
	far := slices.IndexFunc(missed, func(x rules.Explanation) bool { return x.NoWord() })
	if far < 0 {
		far = len(missed)
	}
	near := missed[:min(far, nearShown)]
	t.section("\nMatches:", all[:matched], e)
	if matched == 0 {
		t.line(0, "\nNo rule matches.")
	}
	t.section("\nClosest misses:", near, e)
	fmt.Fprintln(t.out)
	t.names("Further from it", missed[len(near):far])
	t.names("No word of these rules is in the text", missed[far:])
	if e.typed && slices.ContainsFunc(near, differs) {
		t.line(0, "A text given here counts as a post on social media; its source, outlet, tier and reach are unknown.")
	}
}

func (t teller) names(what string, list []rules.Explanation) {
	var names []string
	for _, e := range list {
		names = append(names, e.Rule.Name)
	}
	if len(names) > 0 {
		t.line(0, "%s: %s.", what, strings.Join(names, ", "))
	}
}

// differs reports whether a field is among the reasons for a miss.
func differs(e rules.Explanation) bool {
	return slices.ContainsFunc(e.Clauses, func(c query.Clause) bool { return c.Why.Cause == query.Differs })
}

// origin tells where a post was read, without its author.
func (t teller) origin(e explained) {
	p := e.post
	if e.typed {
		t.line(0, "Text:")
		return
	}
	what := string(p.Kind) + " post"
	if p.Outlet != "" {
		what += " of " + p.Outlet
	}
	t.line(0, "%s, published %s, from %s:", upper(what), p.Published.In(t.zone(p.Site)).Format("2 Jan 2006 15:04 MST"), e.from)
	if p.URL != "" {
		fmt.Fprintln(t.out, "  "+text.Clean(bot.Unnamed(p.URL)))
	}
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func (t teller) zone(site string) *time.Location {
	if z := t.Plan.Sites[site].Zone; z != nil {
		return z
	}
	return t.Timezone
}

func (t teller) siteName(site string) string {
	if name := t.Plan.Sites[site].Name; name != "" {
		return name
	}
	return site
}

func (t teller) site(e explained) string {
	switch {
	case e.post.Site == "":
		return "Site: none; the text names no place of a site."
	case e.place != "":
		return fmt.Sprintf("Site: %s, because of %q.", t.siteName(e.post.Site), e.place)
	default:
		return fmt.Sprintf("Site: %s, from its source; the text names no place of it.", t.siteName(e.post.Site))
	}
}

// marked is the text with brackets around what any rule matched.
func marked(e explained, all []rules.Explanation) string {
	var spans []query.Span
	for _, x := range all {
		spans = append(spans, x.Spans...)
	}
	slices.SortFunc(spans, func(a, b query.Span) int { return a.Start - b.Start })
	show := text.Clean
	if !e.typed {
		show = func(s string) string { return text.Clean(bot.Unnamed(s)) }
	}
	var b strings.Builder
	end := 0
	for _, s := range spans {
		if s.Start < end {
			continue // two rules found the same; a longer find of the second begins within
		}
		b.WriteString(show(e.post.Text[end:s.Start]) + "[" + show(e.post.Text[s.Start:s.End]) + "]")
		end = s.End
	}
	return b.String() + show(e.post.Text[end:])
}

func (t teller) section(title string, list []rules.Explanation, e explained) {
	if len(list) == 0 {
		return
	}
	t.line(0, "%s", title)
	for _, x := range list {
		t.rule(x, e)
	}
}

func (t teller) rule(x rules.Explanation, e explained) {
	if x.Matched {
		t.line(2, "%s: %s", x.Rule.Name, t.verdict(x.Rule, &e.post))
	} else {
		t.line(2, "%s: no", x.Rule.Name)
	}
	for _, c := range x.Clauses {
		found := t.lang.Found(c.Found, e.post.Text)
		switch {
		case !c.Holds:
			t.line(4, "- %s: %s", failing(c), t.lang.Because(c.Why, e.post.Text))
		case c.Hides && found != "":
			t.line(4, "+ %s: %s counts as not written", short(c.Query), found)
		case found != "":
			t.line(4, "+ %s: %s", short(c.Query), found)
		case !c.Hides && !strings.HasPrefix(c.Query, "NOT"): // a field; NOT that holds has nothing to show
			t.line(4, "+ %s: yes", short(c.Query))
		}
	}
}

// verdict is what a rule does with a post that it matches.
func (t teller) verdict(r rules.Rule, p *source.Post) string {
	where := ""
	switch {
	case !slices.Contains(r.By, "site"):
	case p.Site == "":
		where = ", among posts without a site"
	default:
		where = " at " + t.siteName(p.Site)
	}
	said := awaited(r.When, where)
	if r.For > 0 {
		said += fmt.Sprintf("; the condition has to hold for %s", trial.Span(r.For))
	}
	if r.Shadow {
		said += "; in shadow: only admins hear of it, unless two of them have activated it"
	}
	if p.Backlog {
		said = "counted, but fires nothing: the post was more than two days old when it was first read"
	}
	return said
}

// awaited is what a rule does with a post that it matches and that counts where
// it was read.
func awaited(w rules.When, where string) string {
	counted := fmt.Sprintf("counts as 1 of %d %s within %s%s", w.N, w.Unit, trial.Span(w.Within), where)
	switch w.Kind() {
	case rules.Count:
		return counted
	case rules.Ratio:
		return counted + fmt.Sprintf("; it fires if that is also %g times the rate of %s before", w.Ratio, trial.Span(w.Against))
	case rules.Spike:
		return counted + fmt.Sprintf("; it fires if that is also far above the usual for the hour (spike: %s)", w.Spike)
	case rules.Silence:
		return "counts" + where + "; it fires when posts stop for " + trial.Span(w.Silent)
	case rules.Spread:
		return fmt.Sprintf("counts; it fires once it is at %d sites within %s", w.Spread, trial.Span(w.Within))
	case rules.New:
		return "fires if it names a place that was not named for long"
	case rules.EachStory:
	}
	return "fires at once, as it does for every new story"
}

// failing is a clause that does not hold, of a long NOT the part that is to blame.
func failing(c query.Clause) string {
	if c.Why.Cause == query.Vetoed && short(c.Query) != c.Query {
		return "NOT (… " + short(c.Why.Part) + " …)"
	}
	return short(c.Query)
}

func short(query string) string {
	if utf8.RuneCountInString(query) <= partRunes {
		return query
	}
	return text.Excerpt(query, 0, 0, partRunes)
}

// wrap breaks a text into lines of at most width columns between words; lines
// after the first of a paragraph are indented two more. Words that are longer
// stay whole.
func wrap(s string, indent, width int) string {
	var b strings.Builder
	for paragraph := range strings.SplitSeq(s, "\n") {
		col, pad := 0, indent
		for word := range strings.FieldsSeq(paragraph) {
			n := utf8.RuneCountInString(word)
			switch {
			case col == 0:
				b.WriteString(strings.Repeat(" ", pad))
				col = pad
			case col+1+n > width:
				pad = indent + 2
				b.WriteString("\n" + strings.Repeat(" ", pad))
				col = pad
			default:
				b.WriteByte(' ')
				col++
			}
			b.WriteString(word)
			col += n
		}
		b.WriteByte('\n')
	}
	return b.String()
}
