package bot

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/query"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/text"
)

// Explained is what became of a post or a text, rule by rule.
type Explained struct {
	Known     bool   // false: an address under which no post is kept
	Typed     bool   // a text, of which nothing else is known
	Outlet    string // as in incident.Excerpt
	Kind      string
	Published time.Time
	Backlog   bool   // counted, never alerted
	Site      string // key; empty: none
	Place     string // the words that name the site; empty: its source says so
	Text      string // what the spans of Rules count in
	Rules     []rules.Explanation
	Sources   []string // all that are configured
	Blind     []notifier.Blind
}

const (
	whyNotRunes = 1200 // of an answer: one phone screen and a half, safely below the 1,500 of chat.md 1.3
	whyNotLine  = 240  // of what is said of one rule
	whyNotMiss  = 4    // rules that were missed
	whyNotWords = 4    // of one list
)

// whyNot says why a post that was read, or a text, did not alert.
func (t *turn) whyNot(ctx context.Context, rest string) (Answer, error) {
	if rest == "" {
		return t.once(t.private(askWhyNot, "example", t.example(exampleWhyNot, 0))), nil
	}
	e, err := t.Explain(ctx, rest)
	if err != nil {
		return Answer{}, err
	}
	_, site, zone := t.Name("", e.Site)
	l := t.Lang
	if !e.Known {
		said := l.say(whyNotUnknown, "sources", l.names(e.Sources)) + "\n" + l.blind(e.Blind, t.at, zone)
		return Answer{Text: said, Private: true}, nil
	}
	lines := []string{l.whyNotHead(e, site, t.at, zone)}
	return Answer{Text: Unnamed(strings.Join(l.whyNotRules(lines, e), "\n")), Private: true}, nil
}

// whyNotHead says which post it is.
func (l *Lang) whyNotHead(e Explained, site string, now time.Time, zone *time.Location) string {
	at := l.say(whyNotNowhere)
	switch {
	case e.Site != "" && e.Place != "":
		at = l.say(whyNotPlace, "site", one(site, placeRunes), "place", one(e.Place, placeRunes))
	case e.Site != "":
		at = l.say(whyNotSource, "site", one(site, placeRunes))
	}
	if e.Typed {
		return l.say(whyNotText, "site", at)
	}
	where := l.where(incident.Excerpt{Outlet: e.Outlet, Kind: e.Kind})
	return l.say(whyNotPost, "where", where, "at", l.clock(e.Published, now, zone), "site", at)
}

// whyNotRules adds a line for every rule that matches and for those that were
// missed by least, as long as there is room, and one for all the others.
func (l *Lang) whyNotRules(lines []string, e Explained) []string {
	all := slices.Clone(e.Rules)
	slices.SortStableFunc(all, rules.ByNearness)
	var further, none []string
	room, missed, more := whyNotRunes, 0, 0
	for _, x := range all {
		name := one(x.Rule.Name, placeRunes)
		var line string
		switch {
		case x.Matched:
			line = l.whyNotMatch(name, x, e)
		case x.NoWord():
			none = append(none, name)
			continue
		case missed == whyNotMiss:
			further = append(further, name)
			continue
		default:
			missed++
			line = l.say(whyNotMisses, "rule", name, "reasons", l.reasonsFor(x, e.Text))
		}
		line = one(line, whyNotLine)
		if room -= utf8.RuneCountInString(line); room < 0 {
			more++
			continue
		}
		lines = append(lines, line)
	}
	if more > 0 {
		lines = append(lines, l.More(more))
	}
	if len(further) > 0 {
		lines = append(lines, l.say(whyNotFurther, "rules", l.names(further)))
	}
	if len(none) > 0 {
		lines = append(lines, l.say(whyNotNone, "rules", l.names(none)))
	}
	return lines
}

// whyNotMatch says what a rule does with a post that it matches.
func (l *Lang) whyNotMatch(name string, x rules.Explanation, e Explained) string {
	var found []query.Found
	for _, c := range x.Clauses {
		if !c.Hides {
			found = append(found, c.Found...)
		}
	}
	match := l.say(whyNotYes)
	if len(found) > 0 {
		match = l.say(whyNotYesWords, "found", l.Found(found, e.Text))
	}
	r, key := x.Rule, whyNotBacklog
	if !e.Backlog {
		key = waits(r.When.Kind())
	}
	said := l.say(key, "rule", name, "match", match, "threshold", l.amount(r.When.Unit, r.When.N),
		"window", l.Span(r.When.Within), "times", l.decimal(r.When.Ratio, 10), "level", l.rise(r.When.Spike),
		"silent", l.Span(r.When.Silent), "span", l.Span(rules.NewAfter), "n", strconv.Itoa(r.When.Spread))
	if r.Shadow {
		said = l.say(whyNotShadow, "said", said)
	}
	return said
}

// waits is what a rule waits for once a post has matched.
func waits(k rules.Kind) phrase {
	return map[rules.Kind]phrase{
		rules.EachStory: whyNotFires,
		rules.Count:     whyNotCounts,
		rules.Ratio:     whyNotRatio,
		rules.Spike:     whyNotSpike,
		rules.Silence:   whyNotSilent,
		rules.New:       whyNotNew,
		rules.Spread:    whyNotSpread,
	}[k]
}

func (l *Lang) reasonsFor(x rules.Explanation, s string) string {
	var out []string
	for _, c := range x.Clauses {
		if !c.Holds {
			out = append(out, l.Because(c.Why, s))
		}
	}
	return strings.Join(out, "; ")
}

// Because says why a clause does not hold of the text s.
func (l *Lang) Because(w query.Why, s string) string {
	key := map[query.Cause]phrase{
		query.Missing:     whyNotMissing,
		query.Unsearched:  whyNotUnsearched,
		query.Scattered:   whyNotScattered,
		query.Hidden:      whyNotHidden,
		query.Apart:       whyNotApart,
		query.Disordered:  whyNotDisordered,
		query.Overlapping: whyNotOverlapping,
		query.Vetoed:      whyNotVetoed,
		query.Differs:     whyNotDiffers,
	}[w.Cause]
	switch {
	case w.Cause == query.Missing:
		key = missing(w)
	case w.Cause == query.Vetoed && len(w.Found) == 0:
		key = whyNotVetoedField
	case w.Cause == query.Differs && w.Has == "":
		key = whyNotDiffersUnknown
	}
	return l.say(key, "word", l.list(w.Words), "found", l.Found(w.Found, s), "part", one(w.Part, placeRunes),
		"n", strconv.Itoa(w.Between), "allowed", strconv.Itoa(w.Allowed), "has", one(w.Has, placeRunes))
}

func missing(w query.Why) phrase {
	beside, any := len(w.Found) > 0, len(w.Words) > 1
	switch {
	case beside && any:
		return whyNotMissingAnyBeside
	case beside:
		return whyNotMissingBeside
	case any:
		return whyNotMissingAny
	}
	return whyNotMissing
}

// Found names what stands in the text s, with the word of the rule where the two
// differ, the same words once.
func (l *Lang) Found(found []query.Found, s string) string {
	var out []string
	for _, f := range found {
		stands := Unnamed(one(s[f.Start:f.End], placeRunes))
		word := `"` + stands + `"`
		if want := strings.Trim(strings.TrimPrefix(f.Word, "="), `"`); text.Fold(stands) != text.Fold(want) {
			word = l.say(whyNotForm, "found", word, "word", one(f.Word, placeRunes))
		}
		if !slices.Contains(out, word) {
			out = append(out, word)
		}
	}
	return l.list(out)
}

func (l *Lang) list(all []string) string {
	said := strings.Join(all[:min(len(all), whyNotWords)], ", ")
	if rest := len(all) - whyNotWords; rest > 0 {
		said += " " + l.More(rest)
	}
	return said
}
