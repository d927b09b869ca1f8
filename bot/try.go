package bot

import (
	"cmp"
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

// Seat is what the configuration and the outbox know of one chat.
type Seat struct {
	Dest    notifier.Dest // where its cards go: where it was asked in another topic of a group, the configured one
	Sites   []string      // keys of the sites of which it hears
	Waiting int           // cards that are not shown there yet
	Err     string        // of the last delivery, where it failed; without secrets
	Lookup  Lookup
}

// Lookup says whether a messenger lets us find our own messages again, which
// keeps a card from being posted twice after a crash.
type Lookup int

// What is known of that.
const (
	LookupNone    Lookup = iota // the messenger has no such thing
	LookupUntried               // nothing: it was never needed since the start
	LookupGranted               // the scopes for it are there
	LookupRefused               // the scopes for it are missing
)

// Tried is what one rule would have done with the posts that are kept.
type Tried struct {
	From, To time.Time // the fetches of the posts looked at; zero: there were none
	Posts    int       // looked at
	Matched  int
	Alarms   int                // how often it would have begun to fire
	First    []rules.Firing     // the first of these, at most five are shown
	Samples  []incident.Excerpt // posts that match, at most two are shown
	Cut      bool               // there were more posts than may be looked at, or time ran out
}

// ErrTrying says that another dry run is under way: one at a time is enough.
var ErrTrying = errors.New("a dry run is under way")

const (
	maxTried   = 5
	maxSamples = 2
	week       = 7 * 24 * time.Hour
)

// try is a test of this chat, or with the name of a rule a dry run of that.
func (t *turn) try(ctx context.Context, rest string) (Answer, error) {
	if rest == "" {
		return t.tryChat(ctx)
	}
	all, _, err := t.Shadows.Look(ctx)
	if err != nil {
		return Answer{}, err
	}
	st, found, ans := t.rule(all, rest, exampleTryRule)
	if !found {
		return ans, nil
	}
	tried, err := t.TryRule(ctx, st.Rule)
	if errors.Is(err, ErrTrying) {
		return t.private(tryBusy), nil
	}
	if err != nil {
		return Answer{}, err
	}
	return Answer{Text: t.tried(st, tried), Private: true}, nil
}

// tried says what a dry run brought.
func (t *turn) tried(st rules.Standing, r Tried) string {
	rule := st.Rule
	if r.Posts == 0 {
		return t.Lang.say(tryEmpty, "rule", one(rule, placeRunes))
	}
	_, _, zone := t.Name("", "")
	lines := []string{
		t.Lang.say(tryHead, "rule", one(rule, placeRunes), "posts", t.Lang.count(countPosts, r.Posts),
			"from", t.Lang.clock(r.From, t.at, zone), "to", t.Lang.clock(r.To, t.at, zone)),
		t.Lang.say(tryMatched, "posts", t.Lang.count(countPosts, r.Matched), "n", strconv.Itoa(r.Alarms), "often", t.Lang.often(r)),
	}
	for _, f := range r.First[:min(len(r.First), maxTried)] {
		lines = append(lines, t.firing(f))
	}
	if rest := r.Alarms - len(lines) + 2; rest > 0 {
		lines = append(lines, t.Lang.More(rest))
	}
	for _, e := range r.Samples[:min(len(r.Samples), maxSamples)] {
		lines = append(lines, t.Lang.say(trySample, "text", Unnamed(one(e.Text, maxQuote)), "where", t.Lang.where(e),
			"at", t.Lang.clock(e.Published, t.at, zone)))
	}
	if r.Cut {
		lines = append(lines, t.Lang.say(tryCut))
	}
	if st.Shadow {
		lines = append(lines, t.Lang.say(tryShadow, "example", t.ruleExample(exampleActivate, rule)))
	}
	return strings.Join(lines, "\n")
}

// often says how many alarms a week that is, where a day at least was looked at.
func (l *Lang) often(r Tried) string {
	span := r.To.Sub(r.From)
	switch {
	case r.Alarms == 0:
		return l.say(tryNever)
	case span < 24*time.Hour:
		return l.say(tryShort)
	}
	return l.say(tryWeekly, "n", strconv.Itoa(max(1, int(float64(r.Alarms)*float64(week)/float64(span)+0.5))))
}

func (t *turn) firing(f rules.Firing) string {
	_, site, zone := t.Name(f.Topic, f.Site)
	site = cmp.Or(f.Source, site, t.Lang.say(trySiteless))
	alarm := incident.Alarm{At: f.At, Counts: f.Counts, When: f.When, Measure: f.Measure}
	s := scene{now: t.at, zone: zone, site: site, sites: map[string]string{}}
	t.sites(s.sites, alarm)
	return t.Lang.say(tryFired, "at", t.Lang.clock(f.At, t.at, zone), "site", one(site, placeRunes),
		"condition", t.Lang.learning(t.Lang.condition(alarm, s), f.Measure))
}
