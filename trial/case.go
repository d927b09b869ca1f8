package trial

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
)

// Case is one test of rules: invented posts, and what must and what must not
// come of them. Place is file:line:column, here and below.
type Case struct {
	Place  string
	Name   string
	Start  time.Time
	Lots   []Lot
	Expect []Expectation
	Never  []Never
	Routes []Route
}

// Lot is one entry of posts: some of a kind, or those of a file.
type Lot struct {
	Place  string
	At     time.Time // of the first
	Count  int       // at least 1
	Every  time.Duration
	Source string            // as which they come
	Fields map[string]string // as in a file of posts; "{n}" is the number of the post, from 1
	File   string            // instead of Fields: JSONL, whose relative times count from At
}

// Verb is what an expectation is about.
type Verb string

// The verbs.
const (
	Fires  Verb = "alert"  // it is firing; a rule without a condition has begun at least once
	Ceased Verb = "ceased" // it has been firing, and is no more
	Silent Verb = "silent" // it is not firing
)

// Expectation is what must be true at one moment.
type Expectation struct {
	Place     string
	At        time.Time
	Verb      Verb
	Rule      string
	Site      *string // nil: anywhere; "": no site
	Severity  rules.Severity
	Counts    map[rules.Unit]int
	Summary   *string
	Receivers []string // that have been shown the card, in order; nil: not asked for
}

// Never is a rule that must not fire at any time.
type Never struct {
	Place string
	Rule  string
	Site  *string
}

// Route is who has to hear of a rule at a site.
type Route struct {
	Place     string
	Rule      string
	Site      string
	Receivers []string // in order
}

// Report is how a test went.
type Report struct {
	Case     Case
	Outcome  Outcome
	Told     []Told // every firing, in order, without posts
	Failures []Failure
}

// Failure is one expectation that was not met.
type Failure struct {
	Place string
	Want  string   // what was expected
	Got   []string // what happened instead, a line each
}

// Play plays the posts of a test and compares what came of them with what was
// expected. The error is about posts that cannot be read.
func Play(ctx context.Context, s Setup, c Case) (Report, error) {
	r := Report{Case: c}
	events, err := c.events(s.Sources)
	if err != nil {
		return r, err
	}
	s.Told = func(t Told) {
		t.New = nil
		r.Told = append(r.Told, t)
	}
	for _, e := range c.Expect {
		s.Moments = append(s.Moments, e.At)
		if e.At.After(s.Until) {
			s.Until = e.At
		}
	}
	if r.Outcome, err = Run(ctx, s, Events(events)); err != nil {
		return r, err
	}
	r.judge(s)
	return r, nil
}

// voices need no secret: what is invented is nobody's.
func voices() source.Voices { return source.NewVoices([]byte("trial")) }

func (c Case) events(sources []source.Spec) ([]source.Event, error) {
	var out []source.Event
	for i, lot := range c.Lots {
		spec := source.Spec{Name: lot.Source}
		if at := slices.IndexFunc(sources, func(s source.Spec) bool { return s.Name == lot.Source }); at >= 0 {
			spec = sources[at]
		}
		events, err := lot.events(spec, strconv.Itoa(i+1))
		if err != nil {
			return nil, err
		}
		out = append(out, events...)
	}
	return out, nil
}

func (l Lot) events(spec source.Spec, name string) ([]source.Event, error) {
	if l.File != "" {
		return l.fromFile(spec)
	}
	var out []source.Event
	for n := range l.Count {
		at := l.At.Add(time.Duration(n) * l.Every)
		e, err := source.NewRecords(spec, voices(), at).Of(l.fields(name, n+1))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.Place, err)
		}
		out = append(out, e)
	}
	return out, nil
}

// fields are those of one post. Without an id it is a post of its own, and
// without an author it has a voice of its own: what a test is silent about is
// different each time.
func (l Lot) fields(name string, n int) map[string]string {
	number := strconv.Itoa(n)
	out := maps.Clone(l.Fields)
	for field, value := range out {
		out[field] = strings.ReplaceAll(value, "{n}", number)
	}
	for field, form := range map[string]string{"id": "post-%s-%s", "author": "voice-%s-%s"} {
		if out[field] == "" {
			out[field] = fmt.Sprintf(form, name, number)
		}
	}
	return out
}

func (l Lot) fromFile(spec source.Spec) ([]source.Event, error) {
	a, err := OpenArchive([]string{l.File}, source.NewRecords(spec, voices(), l.At))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", l.Place, err)
	}
	var out []source.Event
	for e, err := range a.Events() {
		if err != nil {
			return nil, errors.Join(fmt.Errorf("%s: %w", l.Place, err), a.Close())
		}
		out = append(out, e)
	}
	return out, a.Close()
}
