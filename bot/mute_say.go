package bot

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

// muteArgs fill in what is silent, until when, by whom and why.
func (t *turn) muteArgs(s notifier.Silence) []string {
	m, zone := s.Match, t.zone(s.Match.Sites)
	m.Topics, m.Sites = slices.Clone(m.Topics), slices.Clone(m.Sites)
	for i, key := range m.Topics {
		name, _, _ := t.Name(key, "")
		m.Topics[i] = cmp.Or(name, key)
	}
	for i, key := range m.Sites {
		_, name, _ := t.Name("", key)
		m.Sites[i] = cmp.Or(name, key)
	}
	s.Match = m
	return append(t.Lang.muteArgs(s, t.at, zone),
		"undo", t.slash(t.Lang.say(exampleUnmute, "n", strconv.FormatUint(s.ID, 10))))
}

// muteArgs are those of a silence whose matcher has names in place of keys.
func (l *Lang) muteArgs(s notifier.Silence, now time.Time, zone *time.Location) []string {
	return []string{
		"what", l.scope(s.Match), "until", l.clock(s.End, now, zone), "by", one(s.By, placeRunes),
		"reason", one(s.Reason, maxQuote), "n", strconv.FormatUint(s.ID, 10),
	}
}

// muted says on a card that it makes no sound, and why.
func (l *Lang) muted(c notifier.Card) string {
	return l.say(cardMuted, l.muteArgs(*c.Muted, latest(c), c.Zone)...)
}

// silenced returns the lines of the timeline about what kept an incident quiet.
func (t *turn) silenced(ctx context.Context, zone *time.Location) ([]trail, error) {
	var all []notifier.Silence
	err := t.DB.View(ctx, func(tx store.Tx) (err error) {
		all, err = notifier.SilencesOf(tx, t.in)
		return err
	})
	var lines []trail
	add := func(at time.Time, who, what string) {
		lines = append(lines, trail{at, t.Lang.say(trailLine, "at", t.Lang.clock(at, t.at, zone), "who", who, "what", what)})
	}
	for _, s := range all {
		args := append([]string{"until", t.Lang.clock(s.End, t.at, zone)}, t.muteArgs(s)...) // the first of two counts
		add(s.Start, t.Lang.via(s.By, s.Via), t.Lang.say(trailMuted, args...))
		switch {
		case s.Ended.IsZero():
		case s.EndedBy != "":
			add(s.Ended, one(s.EndedBy, placeRunes), t.Lang.say(trailMuteLifted))
		default:
			add(s.Ended, incident.Machine.Name, t.Lang.say(trailMuteEnded))
		}
	}
	return lines, err
}

// ignore returns err unless it is one that says nothing new.
func ignore(err, known error) error {
	if errors.Is(err, known) {
		return nil
	}
	return err
}

// silenceArgs fill in what a note about a silence says.
func (l *Lang) silenceArgs(m notifier.Message) []string {
	s := *m.Note.Silence
	undo := l.slash(m.Dest, l.say(exampleUnmute, "n", strconv.FormatUint(s.ID, 10)))
	return append(l.muteArgs(s, m.Note.At, m.Card.Zone), "undo", undo)
}
