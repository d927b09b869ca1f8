package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

// Mutes is what a chat may do to silences: notifier.Outbox. Its errors are those
// of package notifier, or the store's.
type Mutes interface {
	Mute(tx store.Tx, s notifier.Silence, said notifier.Dest) (notifier.Silence, error)
	Unmute(tx store.Tx, id uint64, by string, now time.Time, said notifier.Dest) (notifier.Silence, error)
}

// proposals holds what each person was asked to confirm last, by their user.
const proposals store.Shelf[proposal] = "proposal"

// proposal is a silence that waits for the second step of its author.
type proposal struct {
	At      time.Time        `json:"at"`
	Silence notifier.Silence `json:"silence"`
}

// confirmTime is how long a mute may be confirmed. chat.md 2 has 10 s: with an
// answer that has to be read on a telephone first, and typed where there are no
// buttons, that would be a race. It is as long as the reasons of a resolve stay.
const confirmTime = 2 * time.Minute

// muteVerb is the verb of the button that confirms a mute.
const muteVerb = "mute"

// key tells the proposals of one person apart, so that an old button confirms
// nothing new.
func (p proposal) key() uint64 { return uint64(p.At.UnixMicro()) }

// mute asks for the confirmation of a silence, or with a yes is it.
func (t *turn) mute(ctx context.Context, rest string) (Answer, error) {
	if isAny(rest, "ya", "yes") {
		return t.agree(ctx, 0)
	}
	s, ans, err := t.proposed(ctx, rest)
	if err != nil || s.By == "" {
		return t.once(ans), err
	}
	p := proposal{At: t.at.UTC(), Silence: s}
	var held []incident.Incident
	err = t.marking(ctx, func(tx store.Tx) error {
		all, err := incident.Unresolved(tx)
		held = slices.DeleteFunc(all, func(in incident.Incident) bool { return !s.Match.Matches(in) })
		if err != nil {
			return err
		}
		return proposals.Put(tx, store.Key(t.user), p)
	})
	if err != nil {
		return Answer{}, fmt.Errorf("keep a proposal: %w", err)
	}
	data := Data{Verb: muteVerb, ID: 1, StateRev: p.key()}
	return Answer{
		Text: t.proposal(s, held), Private: true,
		Choices: []Button{{Label: t.Lang.say(buttonMute), Data: data.String(), Hot: true}},
	}, nil
}

// marking runs a change and the mark of this turn in one transaction.
func (t *turn) marking(ctx context.Context, change func(store.Tx) error) error {
	err := t.DB.Update(ctx, func(tx store.Tx) error {
		if err := change(tx); err != nil || t.mark == nil {
			return err
		}
		return t.mark(tx)
	})
	t.marked = t.marked || err == nil
	return err
}

// proposed reads what is to be silent until when and why. The silence is zero
// where the answer says what is missing.
func (t *turn) proposed(ctx context.Context, rest string) (notifier.Silence, Answer, error) {
	words := strings.Fields(rest)
	zone := t.zone(nil)
	i, err := 0, errNoMoment
	for ; i < min(len(words), maxMatchers) && errors.Is(err, errNoMoment); i++ {
		_, _, err = moment(words[i:], t.english, t.at, zone)
	}
	var none notifier.Silence
	example := t.example(exampleMute, 0)
	said := words[:max(i-1, 0)]
	if len(said) == 0 && t.on != 0 {
		said = []string{number(t.on)}
	}
	switch {
	case len(words) == 0, err == nil && len(said) == 0:
		return none, t.private(askMute, "example", example, "list", t.example(exampleMutes, 0)), nil
	case err != nil:
		return none, t.askMoment(err, example), nil
	}
	m, odd, err := t.matcher(ctx, said)
	if odd != "" && err == nil {
		ans, err := t.strange(ctx, odd)
		return none, ans, err
	}
	if err != nil {
		return none, Answer{}, err
	}
	if ans, denied := t.within(&m); denied {
		return none, ans, nil
	}
	return t.bounded(m, words[i-1:])
}

// bounded gives a silence its end and its reason.
func (t *turn) bounded(m notifier.Matcher, words []string) (notifier.Silence, Answer, error) {
	var none notifier.Silence
	zone, example := t.zone(m.Sites), t.example(exampleMute, 0)
	until, rest, err := moment(words, t.english, t.at, zone)
	reason := strings.TrimSpace(strings.Trim(strings.Join(rest, " "), `"'“”„`))
	last := t.at.Add(notifier.LongestSilence)
	switch {
	case err != nil:
		return none, t.askMoment(err, example), nil
	case until.After(last):
		return none, t.private(refuseMuteLong, "until", t.Lang.clock(last, t.at, zone), "example", example), nil
	case reason == "":
		return none, t.private(askMuteReason, "example", example), nil
	}
	return notifier.Silence{
		Match: m, By: t.who.Name, Via: t.dest.Transport(), Reason: one(reason, maxQuote), Start: t.at.UTC(), End: until.UTC(),
	}, Answer{}, nil
}

// within keeps a silence within the sites of a lead who has some only.
func (t *turn) within(m *notifier.Matcher) (Answer, bool) {
	if len(t.who.Sites) > 0 && len(m.Sites) == 0 {
		m.Sites = slices.Clone(t.who.Sites)
	}
	for _, site := range m.Sites {
		if !t.who.Covers(site) {
			t.in.Site = site
			return t.deniedSite(), true
		}
	}
	return Answer{}, false
}

// zone returns the one time zone of some sites, or that of the configuration.
func (t *turn) zone(sites []string) *time.Location {
	_, _, usual := t.Name("", "")
	var zone *time.Location
	for _, site := range sites {
		_, _, z := t.Name("", site)
		if zone != nil && z.String() != zone.String() {
			return usual
		}
		zone = z
	}
	if zone == nil {
		return usual
	}
	return zone
}

// proposal says what a silence would do now, and asks.
func (t *turn) proposal(s notifier.Silence, held []incident.Incident) string {
	l := t.Lang
	lines := []string{l.say(muteConfirm, t.muteArgs(s)...), l.say(muteNone)}
	if len(held) > 0 {
		var ids []string
		for _, in := range held {
			ids = append(ids, in.ID.String())
		}
		lines[1] = l.say(muteNow, "n", strconv.Itoa(len(held)), "issues", l.names(ids))
	}
	if sparesCritical(s.Match) {
		lines[1] += " " + l.say(muteCritical)
	}
	lines = append(lines, l.say(muteReason, t.muteArgs(s)...))
	if t.dest.Transport() == terminalUser {
		lines = append(lines, l.say(muteType, "example", t.example(exampleMuteOK, 0)))
	}
	return strings.Join(lines, "\n")
}

// errNoProposal says that there is nothing to confirm, or not any more.
var errNoProposal = errors.New("no proposal of this person waits")

// agree puts a silence in force that its author was asked about; key 0 is the
// last one, in words.
func (t *turn) agree(ctx context.Context, key uint64) (Answer, error) {
	if ans, denied := t.denied(Lead); denied {
		return ans, nil
	}
	said := t.dest
	if t.press { // the answer to a press is seen by one
		said = ""
	}
	var s notifier.Silence
	err := t.marking(ctx, func(tx store.Tx) error {
		p, found, err := proposals.Get(tx, store.Key(t.user))
		if err != nil {
			return err
		}
		late := t.at.Sub(p.At) > confirmTime || !t.at.Before(p.Silence.End)
		if !found || late || key != 0 && key != p.key() || p.Silence.By != t.who.Name {
			return errNoProposal
		}
		if err := proposals.Delete(tx, store.Key(t.user)); err != nil {
			return err
		}
		p.Silence.Start = t.at.UTC()
		s, err = t.Mutes.Mute(tx, p.Silence, said)
		return err
	})
	switch {
	case errors.Is(err, errNoProposal), errors.Is(err, notifier.ErrUnbounded):
		return t.private(refuseMuteGone, "example", t.example(exampleMute, 0)), nil
	case err != nil:
		return Answer{}, err
	}
	ans := t.private(doneMute, t.muteArgs(s)...)
	ans.Private = t.press
	return ans, nil
}

// agreed answers the press of a button that confirms a mute.
func (t *turn) agreed(ctx context.Context, d Data) (Answer, error) {
	t.verb, _ = find(muteVerb)
	return t.agree(ctx, d.StateRev)
}

// mutes lists the silences in force.
func (t *turn) mutes(ctx context.Context, _ string) (Answer, error) {
	var all []notifier.Silence
	err := t.DB.View(ctx, func(tx store.Tx) (err error) {
		all, err = notifier.Silences(tx)
		return err
	})
	if err != nil {
		return Answer{}, err
	}
	var lines []string
	for _, s := range all {
		if t.at.Before(s.End) {
			lines = append(lines, t.Lang.say(mutesLine, t.muteArgs(s)...))
		}
	}
	if len(lines) == 0 {
		return t.private(mutesNone), nil
	}
	if rest := len(lines) - maxLines; rest > 0 {
		lines = append(lines[:maxLines], t.Lang.More(rest))
	}
	return Answer{Text: strings.Join(lines, "\n"), Private: true}, nil
}

// unmute ends a silence before its time: its author may, and a lead of all sites
// that it holds.
func (t *turn) unmute(ctx context.Context, rest string) (Answer, error) {
	word, _ := cutWord(rest)
	list := t.example(exampleMutes, 0)
	id, ok := muteNumber(word)
	if !ok {
		return t.once(t.private(askUnmute, "example", t.example(exampleUnmute, 3), "list", list)), nil
	}
	var s notifier.Silence
	err := t.marking(ctx, func(tx store.Tx) error {
		ended, err := t.Mutes.Unmute(tx, id, t.who.Name, t.at, t.dest)
		if s = ended; err == nil && !t.mayUnmute(s) {
			err = errDenied
		}
		return err
	})
	switch {
	case errors.Is(err, errDenied):
		return t.notOwner(s.By, t.people.who(func(p Person) bool { return p.Has(Lead) && p.Name != s.By && coversAll(p, s.Match) })), nil
	case errors.Is(err, notifier.ErrNoSilence):
		return t.private(refuseNoMute, "n", strconv.FormatUint(id, 10), "list", list), nil
	case err != nil:
		return Answer{}, err
	}
	ans := t.private(doneUnmute, t.muteArgs(s)...)
	ans.Private = false
	return ans, nil
}

// muteNumber reads the number of a silence, "3" or "#3".
func muteNumber(word string) (uint64, bool) {
	id, err := strconv.ParseUint(strings.TrimPrefix(word, "#"), 10, 64)
	return id, err == nil
}

// errDenied takes back what was done in a transaction that found it forbidden.
var errDenied = errors.New("not allowed")

func (t *turn) mayUnmute(s notifier.Silence) bool {
	return s.By == t.who.Name || coversAll(t.who, s.Match)
}

// coversAll reports whether a person may act at all sites that a matcher names,
// or at all there are where it names none.
func coversAll(p Person, m notifier.Matcher) bool {
	if len(m.Sites) == 0 {
		return len(p.Sites) == 0
	}
	return !slices.ContainsFunc(m.Sites, func(site string) bool { return !p.Covers(site) })
}

// trail is one line of a timeline.
type trail struct {
	at   time.Time
	line string
}
