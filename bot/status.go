package bot

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

// Status is how Siaga itself is.
type Status struct {
	Version string
	Config  string    // hash of the configuration in force
	Since   time.Time // when this process started
	Refused bool      // the files on disk are, and an earlier configuration is in force
	Sources int       // configured
	Shadow  int       // rules in shadow
	// Learning are the rules whose history is still short.
	Learning []rules.Learning
	Blind    []notifier.Blind
	Pending  int       // cards and pings that are not shown yet
	Oldest   time.Time // since when the oldest of these waits
	// Failing has the last error of each chat that could not be reached, as
	// the notifier keeps it: without secrets.
	Failing map[notifier.Dest]string
	// Ill is what is wrong with Siaga itself, as the admins were told.
	Ill  []notifier.Note
	Disk Disk
	Beat *Beat // nil: no service outside listens for one
}

// errorRunes bounds an error in a chat; the log has all of it.
const errorRunes = 120

func (t *turn) status(ctx context.Context, _ string) (Answer, error) {
	s, err := t.Status(ctx)
	if err != nil {
		return Answer{}, err
	}
	_, _, zone := t.Name("", "")
	said := t.Lang.status(s, t.example(exampleReload, 0), t.at, zone)
	tune, err := t.proposals(ctx)
	if err != nil {
		return Answer{}, err
	}
	refused, err := t.ethics(ctx)
	return Answer{Text: strings.Join(slices.Concat([]string{said}, tune, refused), "\n"), Private: true}, err
}

func (l *Lang) status(s Status, reload string, now time.Time, zone *time.Location) string {
	lines := []string{
		l.say(statusHead, "version", s.Version, "at", l.clock(s.Since, now, zone), "config", s.Config),
		l.say(statusSources, "n", strconv.Itoa(s.Sources), "blind", l.blind(s.Blind, now, zone)),
	}
	lines = append(lines, l.self(s, now, zone)...)
	if s.Refused {
		lines = append(lines, l.say(statusRefused, "reload", reload))
	}
	if s.Shadow > 0 {
		lines = append(lines, l.say(statusShadow, "rules", l.count(countRules, s.Shadow)))
	}
	if len(s.Learning) > 0 {
		lines = append(lines, l.say(statusLearning, "rules", l.learners(s.Learning)))
	}
	if s.Pending == 0 {
		lines = append(lines, l.say(statusDone))
	} else {
		lines = append(lines, l.say(statusPending, "cards", l.count(countCards, s.Pending), "age", l.Span(now.Sub(s.Oldest))))
	}
	for _, dest := range slices.Sorted(maps.Keys(s.Failing)) {
		lines = append(lines, l.say(statusFailing, "chat", string(dest), "error", one(s.Failing[dest], errorRunes)))
	}
	return strings.Join(lines, "\n")
}

// maxLearners bounds the rules that are named as learning.
const maxLearners = 5

// learners names rules and how far they have come: "LonjakanSebutan 3/14 hari".
func (l *Lang) learners(all []rules.Learning) string {
	names := make([]string, min(len(all), maxLearners))
	for i := range names {
		r := all[i]
		names[i] = l.say(statusLearner, "rule", one(r.Rule, placeRunes), "learnt", strconv.Itoa(r.Learnt), "needed", strconv.Itoa(r.Needed))
	}
	if more := len(all) - len(names); more > 0 {
		names = append(names, l.More(more))
	}
	return strings.Join(names, ", ")
}
