package bot

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

const (
	// maxAlarms and foundRunes keep what is never left out below whyRunes, with
	// the longest names and words that there can be.
	maxAlarms  = 3
	foundRunes = 60
	// whyRunes bounds the answer (chat.md 1.3).
	whyRunes = 1500
)

// What is left out first of an answer that is too long; 0 is kept.
const (
	dropNumbers = 1 // of the latest alarm; of each earlier one before it
	dropFound   = 4 // in the newest quote; in each older one before it
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
	lines := []Block{{Text: t.Lang.marked(t.in, t.Lang.say(whyHead, "id", t.in.ID.String(), "cell", t.Lang.cell(card)))}}
	if t.in.Shadow && t.in.State != incident.Resolved {
		lines = append(lines, Block{Text: t.Lang.shadow(t.in)})
	}
	lines = append(lines, t.alarms(card)...)
	lines = append(lines, t.found(card.Zone)...)
	lines = append(lines, t.complaint()...)
	end := []Block{{Text: t.toldHere(spoken, card.Zone)}, {Text: t.next(spoken, card.Zone)}}
	return Answer{Text: t.Lang.brief(lines, end), Private: true}, nil
}

// complaint says which post closed the grievance gate, and by which words.
func (t *turn) complaint() []Block {
	if t.in.Complaint == "" {
		return nil
	}
	i := slices.IndexFunc(t.in.Excerpts, func(x incident.Excerpt) bool { return x.Post == t.in.Complaint })
	if i < 0 {
		return []Block{{Text: t.Lang.say(whyComplained)}}
	}
	words := t.Signs(t.in.Excerpts[i].Text)
	return []Block{{Text: t.Lang.say(whyComplaint, "words", t.Lang.names(words), "text", Unnamed(one(t.in.Excerpts[i].Text, storyRunes)))}}
}

// brief joins lines, and leaves out what is less needed where they are too long.
func (l *Lang) brief(lines, end []Block) string {
	dropped := 0
	for {
		shown := slices.Clone(lines)
		if dropped > 0 {
			shown = append(shown, Block{Text: l.More(dropped)})
		}
		var texts []string
		least := -1
		for i, b := range append(shown, end...) {
			texts = append(texts, b.Text)
			if b.Drop > 0 && (least < 0 || b.Drop > lines[least].Drop) {
				least = i
			}
		}
		said := strings.Join(texts, "\n")
		if least < 0 || utf8.RuneCountInString(said) <= whyRunes {
			return said
		}
		lines = slices.Delete(lines, least, least+1)
		dropped++
	}
}

// alarms says which rules spoke, on what, since when and from which version
// of the configuration.
func (t *turn) alarms(card notifier.Card) []Block {
	all := t.in.Alarms
	if len(all) == 0 { // kept before alarms were: the latest firing is all that is known
		all = []incident.Alarm{t.in.Latest()}
		all[0].At = t.in.First
	}
	s := scene{now: t.at, zone: card.Zone, site: card.SiteName, sites: card.Sites}
	shown := all[max(len(all)-maxAlarms, 0):]
	var lines []Block
	for i, a := range shown {
		line := t.Lang.say(whyRule, "rule", one(a.Rule, placeRunes), "condition", t.Lang.condition(a, s),
			"at", t.Lang.clock(a.At, t.at, card.Zone))
		if a.Version != "" {
			line += " · " + t.Lang.say(whyVersion, "config", one(a.Version, placeRunes))
		}
		lines = append(lines, Block{Text: line})
		if numbers := t.Lang.numbers(a); numbers != "" {
			lines = append(lines, Block{Text: numbers, Drop: dropNumbers + len(shown) - 1 - i})
		}
	}
	if early := len(all) - len(shown); early > 0 {
		lines = append(lines, Block{Text: t.Lang.More(early)})
	}
	return lines
}

// found says what the rules read in the posts that the card quotes.
func (t *turn) found(zone *time.Location) []Block {
	var lines []Block
	for i, e := range t.in.Excerpts {
		var read []string
		for _, f := range e.Found {
			read = append(read, t.Lang.read(f))
		}
		if len(read) > 0 {
			line := t.Lang.say(whyFound, "found", strings.Join(read, "; "),
				"where", t.Lang.where(e), "at", t.Lang.clock(e.Published, t.at, zone))
			lines = append(lines, Block{Text: line, Drop: dropFound + i})
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
		notifier.InStorm:     toldStorm,
		notifier.ShownAgain:  toldAgain,
		notifier.LevelRose:   toldRose,
		notifier.GotLouder:   toldLouder,
		notifier.WasTaken:    toldTaken,
		notifier.WasReleased: toldReleased,
		notifier.WasNoted:    toldNoted,
		notifier.WasResolved: toldResolved,
		notifier.WasReopened: toldReopened,
		notifier.WasFlagged:  toldFlagged,
		notifier.WasSnoozed:  toldSnoozed,
		notifier.WasWoken:    toldWoken,
		notifier.Escalated:   toldEscalated,
		notifier.Reminded:    toldReminded,
		notifier.AskedOwner:  toldAsked,
		notifier.LapsedOwner: toldLapsed,
		notifier.SnoozeOver:  toldSnoozeOver,
		notifier.QuietEnded:  toldQuietEnded,
		notifier.MuteEnded:   toldMuteEnded,

		notifier.WasVerified: toldVerified, notifier.WasDrafted: toldDrafted, notifier.WasEdited: toldEdited,
		notifier.WasApproved: toldApproved, notifier.WasRejected: toldRejected, notifier.WasPublished: toldPublished,
		notifier.WasVoided: toldVoided, notifier.WasPromised: toldPromised, notifier.WasKept: toldKept,
		notifier.WasMoved: toldMoved, notifier.PromiseDue: toldPromiseDue,
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
	case s.Muted != nil:
		said := t.Lang.say(nextMuted, t.Lang.muteArgs(*s.Muted, t.at, zone)...)
		if sparesCritical(s.Muted.Match) {
			said += " " + t.Lang.say(muteCritical)
		}
		return said
	case t.in.Severity <= rules.Info && !s.Shown:
		return t.Lang.say(nextRise)
	}
	return t.Lang.say(nextMessage, "when", t.Lang.either(append(t.brings(s.Next, zone), t.calls()...)))
}

// calls lists what makes this chat hear of an incident that goes on.
func (t *turn) calls() []string {
	var out []string
	if t.in.Severity < rules.Critical {
		out = append(out, t.Lang.say(nextRose))
	}
	if t.in.Severity > rules.Info || t.in.Shadow {
		alarms := append(slices.Clone(t.in.Alarms), t.in.Latest())
		moves := func(a incident.Alarm) bool { return somewhere(a.When) }
		grows := func(a incident.Alarm) bool { return !moves(a) && a.When.Kind() != rules.EachStory }
		if slices.ContainsFunc(alarms, grows) {
			out = append(out, t.Lang.say(nextGrown))
		}
		if slices.ContainsFunc(alarms, moves) {
			out = append(out, t.Lang.say(nextPlace))
		}
	}
	return append(out, t.Lang.say(nextActed))
}
