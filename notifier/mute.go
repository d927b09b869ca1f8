package notifier

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

const (
	silences       store.Shelf[Silence] = "silence"
	silenceNumbers store.Counter        = "silences"
)

const (
	// LongestSilence is how long a silence may last (chat.md 3).
	LongestSilence = 7 * 24 * time.Hour
	// remindBefore is how long before the end of a silence its chats are
	// reminded of it (chat.md 3); one that is shorter than twice that is not.
	remindBefore = 15 * time.Minute
)

var (
	// ErrUnbounded says that a silence has no matcher, no reason, or no end
	// within LongestSilence.
	ErrUnbounded = errors.New("a silence needs a matcher, a reason and an end within 7 days")
	// ErrNoSilence says that no silence of that number is in force.
	ErrNoSilence = errors.New("no such silence is in force")
)

// Matcher says which incidents a silence holds: those that have, of every label
// that it names, one of the values that it names.
type Matcher struct {
	Topics []string         `json:"topics,omitempty"`
	Sites  []string         `json:"sites,omitempty"` // keys; "": without a site
	Levels []rules.Severity `json:"levels,omitempty"`
	Rules  []string         `json:"rules,omitempty"` // all rules of the incident are among them
}

// Matches reports whether an incident is one of those. Nothing that is critical
// is silenced by the way: the matcher has to name that level.
func (m Matcher) Matches(in incident.Incident) bool {
	switch {
	case in.Shadow, in.Severity >= rules.Critical && len(m.Levels) == 0:
		return false
	case len(m.Levels) > 0 && !slices.Contains(m.Levels, in.Severity):
		return false
	}
	return m.reaches(in)
}

// reaches is Matches at whatever level.
func (m Matcher) reaches(in incident.Incident) bool {
	other := func(rule string) bool { return !slices.Contains(m.Rules, rule) }
	return (len(m.Topics) == 0 || slices.Contains(m.Topics, in.Topic)) &&
		(len(m.Sites) == 0 || slices.Contains(m.Sites, in.Site)) &&
		(len(m.Rules) == 0 || !slices.ContainsFunc(in.Rules, other))
}

func (m Matcher) empty() bool { return len(m.Topics)+len(m.Sites)+len(m.Levels)+len(m.Rules) == 0 }

// Silence keeps what some incidents would say from being said, for a while.
// Their cards stay true, without a sound.
type Silence struct {
	ID       uint64    `json:"id"`
	Match    Matcher   `json:"match"`
	By       string    `json:"by"`            // name of the person
	Via      string    `json:"via,omitempty"` // transport
	Reason   string    `json:"reason"`
	Start    time.Time `json:"start"`
	End      time.Time `json:"end"`
	Ended    time.Time `json:"ended,omitzero"`    // zero: it is in force, or its end is yet to be noticed
	EndedBy  string    `json:"endedBy,omitempty"` // empty: its time was over
	Reminded bool      `json:"reminded,omitempty"`
}

// holds reports whether a silence keeps an incident quiet at a moment.
func (s Silence) holds(in incident.Incident, now time.Time) bool {
	return in.State != incident.Resolved && s.Match.Matches(in) && !now.Before(s.Start) && now.Before(s.End)
}

// next is when something is due for a silence in force: the reminder, or its end.
func (s Silence) next() time.Time {
	if s.Reminded {
		return s.End
	}
	return s.End.Add(-remindBefore)
}

// muting returns the silence, of those in force, that keeps an incident quiet
// longest, or nil.
func muting(all []Silence, in incident.Incident, now time.Time) *Silence {
	var longest *Silence
	for _, s := range all {
		if s.holds(in, now) && (longest == nil || s.End.After(longest.End)) {
			longest = &s
		}
	}
	return longest
}

// Muted returns the silence that keeps an incident quiet now, and whether there
// is one.
func Muted(tx store.Tx, in incident.Incident, now time.Time) (Silence, bool, error) {
	all, err := Silences(tx)
	if s := muting(all, in, now); s != nil && err == nil {
		return *s, true, nil
	}
	return Silence{}, false, err
}

// Silences returns the silences in force, by number.
func Silences(tx store.Tx) ([]Silence, error) { return silencesIn(tx, inForce) }

// SilencesOf returns the silences, past and in force, that kept an incident
// quiet at some time of its life, by their start. Of levels that are named only
// its level of now is known, so that these do not count.
func SilencesOf(tx store.Tx, in incident.Incident) ([]Silence, error) {
	past, err := silencesIn(tx, over)
	now, failed := Silences(tx)
	all := slices.DeleteFunc(append(past, now...), func(s Silence) bool {
		end := s.End
		if !s.Ended.IsZero() {
			end = s.Ended
		}
		gone := in.State == incident.Resolved && in.ResolvedAt.Before(s.Start)
		return in.Shadow || !s.Match.reaches(in) || end.Before(in.First) || gone
	})
	slices.SortStableFunc(all, func(a, b Silence) int { return a.Start.Compare(b.Start) })
	return all, errors.Join(err, failed)
}

// A silence lies at on/<id>, and when it is over at off/<id>: there will be
// many of these, and each card asks for those in force.
const (
	inForce = "on"
	over    = "off"
)

func silenceKey(where string, id uint64) store.Key { return store.Path(where, store.Num(id)) }

func silencesIn(tx store.Tx, where string) ([]Silence, error) {
	var out []Silence
	err := silences.Scan(tx, store.Path(where, ""), func(_ store.Key, s Silence) error {
		out = append(out, s)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read silences: %w", err)
	}
	return out, nil
}

// passes reports whether something is said in spite of a silence: what a
// colleague writes or does about the answer, that a colleague calls for help,
// that a draft must not be used, and that it is over (chat.md 6). Edits always are.
func passes(w Why, e incident.Entry) bool {
	return w == WasResolved || w == WasNoted || w == Escalated && e.Who != incident.Machine.Name || worked(e.Verb) != ""
}

// silenced reports whether a silence keeps a change from being said.
func silenced(tx store.Tx, c incident.Change, why Why) (bool, error) {
	if passes(why, c.Entry) {
		return false, nil
	}
	_, muted, err := Muted(tx, c.After, c.Entry.At)
	return muted, err
}
