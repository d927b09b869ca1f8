package bot

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
)

// maxLines bounds a list in a chat: two phone screens.
const maxLines = 20

// issues lists what is open, shadows last, or has one card posted again, which
// then is the answer.
func (t *turn) issues(ctx context.Context, _ string) (Answer, error) {
	if t.in.ID != 0 {
		return Answer{}, t.Repost(ctx, t.dest, t.in.ID)
	}
	all, err := t.open(ctx)
	if err != nil {
		return Answer{}, err
	}
	if len(all) == 0 {
		return t.nothing(ctx)
	}
	return t.lines(all), nil
}

// about lists what is open and has every word of a line in its topic, site or
// level: "/isu debu rembang". The answer is empty where nothing has.
func (t *turn) about(ctx context.Context, line string) (Answer, error) {
	all, err := t.open(ctx)
	if err != nil {
		return Answer{}, err
	}
	words := strings.Fields(strings.ToLower(line))
	all = slices.DeleteFunc(all, func(in incident.Incident) bool {
		said := strings.ToLower(strings.Join([]string{t.Lang.level(in.Severity), in.Label(), t.Lang.cell(t.card(in))}, " "))
		return slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(said, w) })
	})
	if len(all) == 0 {
		return Answer{}, nil
	}
	return t.lines(all), nil
}

// open returns what this chat may see and is not resolved, the loudest and
// oldest first, and after these the incidents of rules in shadow.
func (t *turn) open(ctx context.Context) ([]incident.Incident, error) {
	all, err := t.Desk.Unresolved(ctx)
	if err != nil {
		return nil, err
	}
	shadows, err := t.shadowsHere(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, loudest)
	slices.SortStableFunc(shadows, loudest)
	return append(all, shadows...), nil
}

// loudest orders incidents: the highest level first, then the oldest.
func loudest(a, b incident.Incident) int {
	return cmp.Or(cmp.Compare(b.Severity, a.Severity), a.First.Compare(b.First))
}

// lines is one line for each of some incidents.
func (t *turn) lines(all []incident.Incident) Answer {
	var lines []string
	for _, in := range all[:min(len(all), maxLines)] {
		lines = append(lines, t.listed(in))
	}
	if rest := len(all) - len(lines); rest > 0 {
		lines = append(lines, t.Lang.More(rest))
	}
	return Answer{Text: strings.Join(lines, "\n"), Private: true}
}

// nothing says that nothing is open, and what we do not see: silence is not calm.
func (t *turn) nothing(ctx context.Context) (Answer, error) {
	s, err := t.Status(ctx)
	if err != nil {
		return Answer{}, err
	}
	ans := t.private(listNone)
	_, _, zone := t.Name("", "")
	ans.Text += "\n" + t.Lang.blind(s.Blind, t.at, zone)
	return ans, nil
}

func (t *turn) listed(in incident.Incident) string {
	owner := t.Lang.say(stateOpen)
	if in.State == incident.Acknowledged {
		owner = one(in.Owner, placeRunes)
	}
	line := t.Lang.say(listLine, "level", t.Lang.level(in.Severity), "id", in.ID.String(),
		"cell", t.Lang.cell(t.card(in)), "age", t.Lang.Span(t.at.Sub(in.First)), "owner", owner)
	if in.Shadow {
		line = t.Lang.marked(in, line+" · "+t.Lang.say(cardRules, "rules", in.Rule))
	}
	return line
}

// timeline shows the last lines of the audit trail, runs of mere counting as
// one line.
func (t *turn) timeline(ctx context.Context, _ string) (Answer, error) {
	entries, err := t.Desk.Timeline(ctx, t.in.ID)
	if err != nil {
		return t.failed(err, incident.Command{ID: t.in.ID}, t.in)
	}
	card := t.card(t.in)
	s := scene{id: t.in.ID, now: t.at, zone: card.Zone, site: card.SiteName, sites: card.Sites}
	trails, err := t.silenced(ctx, card.Zone)
	if err != nil {
		return Answer{}, err
	}
	for i := 0; i < len(entries); {
		e, run := entries[i], runOf(entries[i:])
		at := entries[i+run-1].At
		i += run
		if e.Verb == incident.Unmuted { // the mute's own line says so
			continue
		}
		trails = append(trails, trail{at, t.Lang.say(trailLine, "at", t.Lang.clock(at, t.at, card.Zone),
			"who", t.Lang.via(e.Who, e.Via), "what", t.Lang.did(e, run, s))})
	}
	slices.SortStableFunc(trails, func(a, b trail) int { return a.at.Compare(b.at) })
	lines := make([]string, len(trails))
	for i := range trails {
		lines[i] = trails[i].line
	}
	if early := len(lines) - maxLines; early > 0 {
		lines = append([]string{t.Lang.say(trailEarlier, "n", strconv.Itoa(early))}, lines[early:]...)
	}
	return Answer{Text: strings.Join(lines, "\n"), Private: true}, nil
}

// runOf returns how many entries from the first on are one line: firings that
// called nobody.
func runOf(entries []incident.Entry) int {
	n := 0
	for n < len(entries) && entries[n].Verb == incident.Fire && entries[n].From != 0 && entries[n].Grown == nil {
		n++
	}
	return max(n, 1)
}

// did says what an entry, or a run of firings, did.
func (l *Lang) did(e incident.Entry, run int, s scene) string {
	said := map[incident.Verb]phrase{
		incident.Ack:      trailAck,
		incident.Release:  trailRelease,
		incident.Resolve:  trailResolve,
		incident.Reopen:   trailReopen,
		incident.Note:     trailNote,
		incident.SetLevel: trailLevel,
		incident.Grieve:   trailGrieve,
		incident.Ungrieve: trailUngrieve,
		incident.Split:    trailSplit,
		incident.Join:     trailJoin,
	}
	switch {
	case e.Refused != "":
		return l.tried(e)
	case e.Verb == incident.Fire && e.From == 0:
		return l.say(trailOpened)
	case e.Grown != nil:
		said := l.grown(*e.Grown, s)
		if !somewhere(e.Grown.When) {
			said = l.say(trailGrown, "what", said)
		}
		return said + " · " + l.say(cardRules, "rules", one(e.Grown.Rule, placeRunes))
	case e.Verb == incident.Fire:
		return l.say(trailFire, "n", strconv.Itoa(run))
	}
	if e.Verb == incident.Unsaid {
		return l.say(trailUnsaid, "what", l.unsaid(notifier.Why(e.Text)), "chat", one(e.Chat, placeRunes))
	}
	what, note := l.say(said[e.Verb]), one(e.Text, maxQuote)
	if called := l.called(e, s); called != "" {
		what = called
		if e.Verb == incident.Skip { // its text is a code
			note = ""
		}
	}
	if done := l.worked(e, s); done != "" {
		what = done
	}
	if e.Verb == incident.Voided {
		note = one(l.voided(e.Text), maxQuote)
	}
	if e.Verb == incident.Moved { // its text is a date
		note = ""
	}
	if e.Verb == incident.Resolve {
		note = one(l.resolution(e.Text), maxQuote)
	}
	if note != "" {
		what = l.say(trailText, "what", what, "text", note)
	}
	return what
}

// tried says what somebody asked for who may not do it, and why.
func (l *Lang) tried(e incident.Entry) string {
	why := map[string]phrase{
		forRole: triedRole, forSite: triedSite, forOwner: triedOwner, forUntaken: triedUntaken, forLength: triedLength, forAuthor: triedAuthor,
	}[e.Refused]
	return l.say(trailRefused, "command", "/"+l.pick(doing(e.Verb).names), "why", l.say(why))
}

// unsaid names the reason of what was not said; to which level it had risen,
// nobody needs to know any more.
func (l *Lang) unsaid(why notifier.Why) string {
	if why == notifier.LevelRose {
		return l.say(unsaidRose)
	}
	return l.purpose(notifier.Told{Why: why})
}

// help lists what this person may do in this chat, and nothing else.
func (t *turn) help(context.Context, string) (Answer, error) {
	lines := []string{t.Lang.say(helpHead)}
	for _, v := range verbs() {
		if t.who.Has(v.role) && (v.anywhere || t.Knows(t.dest)) {
			lines = append(lines, t.Lang.say(helpLine, "form", t.slash(t.Lang.say(v.form)), "text", t.Lang.say(v.help)))
		}
	}
	if t.Knows(t.dest) {
		lines = append(lines, t.Lang.say(helpFoot))
	} else {
		lines = append(lines, t.Lang.say(helpElsewhere))
	}
	if t.who.Name == "" {
		lines = append(lines, t.Lang.say(helpUnknown, "user", t.user, "link", t.example(exampleCode, 0)))
	}
	return Answer{Text: strings.Join(lines, "\n"), Private: true}, nil
}
