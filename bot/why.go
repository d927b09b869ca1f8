package bot

import (
	"context"
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

const (
	// maxAlarms and foundRunes keep the answer below 1,500 characters, with
	// the longest names and words that there can be.
	maxAlarms  = 3
	foundRunes = 60
)

// why says why an incident is there and this chat was told: which rules spoke
// and on what, what they read in the posts on the card, what was said here,
// and when more will be.
func (t *turn) why(ctx context.Context, _ string) (Answer, error) {
	spoken, err := t.Spoken(ctx, t.dest, t.in.ID)
	if err != nil {
		return t.failed(err, incident.Command{ID: t.in.ID}, t.in)
	}
	card := t.card(t.in)
	lines := []string{t.Lang.marked(t.in, t.Lang.say(whyHead, "id", t.in.ID.String(), "cell", t.Lang.cell(card)))}
	if t.in.Shadow && t.in.State != incident.Resolved {
		lines = append(lines, t.Lang.shadow(t.in))
	}
	lines = append(lines, t.alarms(card.Zone)...)
	lines = append(lines, t.found(card.Zone)...)
	lines = append(lines, t.toldHere(spoken, card.Zone), t.next(spoken, card.Zone))
	return Answer{Text: strings.Join(lines, "\n"), Private: true}, nil
}

// alarms says which rules spoke, on what, since when and from which version
// of the configuration.
func (t *turn) alarms(zone *time.Location) []string {
	all := t.in.Alarms
	if len(all) == 0 { // kept before alarms were: the latest firing is all that is known
		all = []incident.Alarm{{Rule: t.in.Rule, At: t.in.First, Counts: t.in.Counts, When: t.in.When}}
	}
	var lines []string
	for _, a := range all[max(len(all)-maxAlarms, 0):] {
		line := t.Lang.say(whyRule, "rule", one(a.Rule, placeRunes), "condition", t.Lang.condition(a),
			"at", t.Lang.clock(a.At, t.at, zone))
		if a.Version != "" {
			line += " · " + t.Lang.say(whyVersion, "config", one(a.Version, placeRunes))
		}
		lines = append(lines, line)
	}
	if early := len(all) - len(lines); early > 0 {
		lines = append(lines, t.Lang.More(early))
	}
	return lines
}

// condition says what a rule waited for, and what it found: "7 suara dalam 30
// mnt, batas 5 suara".
func (l *Lang) condition(a incident.Alarm) string {
	if a.When.N == 0 {
		return l.say(whyStory)
	}
	counted := map[rules.Unit]phrase{rules.Posts: countPosts, rules.Stories: countStories, rules.Voices: countVoices}
	return l.say(whyVolume, "count", l.count(counted[a.When.Unit], a.Counts.Of(a.When.Unit)),
		"window", l.span(a.When.Within), "threshold", l.threshold(a.When))
}

// found says what the rules read in the posts that the card quotes.
func (t *turn) found(zone *time.Location) []string {
	var lines []string
	for _, e := range t.in.Excerpts {
		var read []string
		for _, f := range e.Found {
			read = append(read, t.Lang.read(f))
		}
		if len(read) > 0 {
			lines = append(lines, t.Lang.say(whyFound, "found", strings.Join(read, "; "),
				"where", t.Lang.where(e), "at", t.Lang.clock(e.Published, t.at, zone)))
		}
	}
	return lines
}

func (l *Lang) read(f incident.Found) string {
	rule := one(f.Rule, placeRunes)
	if len(f.Words) == 0 {
		return l.say(whyFields, "rule", rule)
	}
	words := make([]string, len(f.Words))
	for i, w := range f.Words {
		if words[i] = `"` + Unnamed(w) + `"`; strings.HasPrefix(Unnamed(w), "@…") {
			words[i] = l.say(whyAccount)
		}
	}
	return l.say(whyWords, "words", one(strings.Join(words, ", "), foundRunes), "rule", rule)
}

// toldHere says what was said in this chat, and why.
func (t *turn) toldHere(s notifier.Spoken, zone *time.Location) string {
	var parts []string
	for _, m := range s.Told {
		parts = append(parts, t.Lang.say(whyTold, "what", t.Lang.purpose(m), "at", t.Lang.clock(m.At, t.at, zone)))
	}
	switch {
	case len(parts) > 0:
		return t.Lang.say(whyHere, "told", strings.Join(parts, ", "))
	case s.Shown:
		return t.Lang.say(whyShown)
	case s.Waiting && s.Err != "":
		return t.Lang.say(whyStuck, "error", one(s.Err, errorRunes))
	case s.Waiting:
		return t.Lang.say(whyWaiting)
	}
	return t.Lang.say(whySilent)
}

// purpose names the reason of a message.
func (l *Lang) purpose(m notifier.Told) string {
	key, known := map[notifier.Why]phrase{
		notifier.FirstCard:   toldFirst,
		notifier.ShownAgain:  toldAgain,
		notifier.LevelRose:   toldRose,
		notifier.WasTaken:    toldTaken,
		notifier.WasReleased: toldReleased,
		notifier.WasNoted:    toldNoted,
		notifier.WasResolved: toldResolved,
		notifier.WasReopened: toldReopened,
		notifier.WasFlagged:  toldFlagged,
	}[m.Why]
	if !known {
		return one(string(m.Why), placeRunes)
	}
	return l.say(key, "level", l.level(m.Level))
}

// next says when this chat hears more, as notifier.Tell and incident.Step
// decide it.
func (t *turn) next(s notifier.Spoken, zone *time.Location) string {
	switch {
	case !s.Concerned:
		return t.Lang.say(nextElsewhere)
	case t.in.Reason == incident.ShadowOver:
		return t.Lang.say(nextActive)
	case t.in.State == incident.Resolved:
		until := t.in.ResolvedAt.Add(incident.ReopenWithin)
		if !t.at.Before(until) {
			return t.Lang.say(nextNever)
		}
		return t.Lang.say(nextReopen, "at", t.Lang.clock(until, t.at, zone))
	case t.in.Severity <= rules.Info && !s.Shown:
		return t.Lang.say(nextRise)
	case t.in.Severity >= rules.Critical:
		return t.Lang.say(nextPeople)
	}
	return t.Lang.say(nextLouder)
}
