package bot

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
)

// oneTap is how long the button of a card snoozes for.
const oneTap = 2 * time.Hour

// snooze puts an incident to sleep for as long as is said; what a person said
// after that is the reason.
func (t *turn) snooze(ctx context.Context, rest string) (Answer, error) {
	words := strings.Fields(rest)
	switch {
	case t.in.Shadow:
		return t.private(refuseShadowCall, "id", t.in.ID.String()), nil
	case len(words) == 0 && t.form:
		return Answer{Form: t.snoozeForm()}, nil
	case len(words) == 0 && t.press:
		return t.sleep(ctx, t.at.Add(oneTap), "")
	}
	until, words, err := moment(words, t.english, t.at, t.card(t.in).Zone)
	if err != nil {
		return t.once(t.askMoment(err, t.example(exampleSnooze, t.in.ID))), nil
	}
	return t.sleep(ctx, until, strings.Join(words, " "))
}

func (t *turn) sleep(ctx context.Context, until time.Time, why string) (Answer, error) {
	return t.change(ctx, incident.Command{Verb: incident.Snooze, Until: until, Text: one(why, noteRunes)})
}

// tooLong says how long a snooze may be, and who may do so for longer.
func (t *turn) tooLong() Answer {
	t.logRefusal(forLength)
	hours := func(d time.Duration) string { return strconv.Itoa(int(d / time.Hour)) }
	leads := t.people.who(func(p Person) bool { return p.Has(Lead) && p.Covers(t.in.Site) })
	if t.who.Has(Lead) || len(leads) == 0 {
		longest := incident.LongestNap
		if t.who.Has(Lead) {
			longest = incident.LongestSnooze
		}
		return t.private(refuseLong, "h", hours(longest))
	}
	return t.private(refuseLonger, "h", hours(incident.LongestNap), "lead", hours(incident.LongestSnooze), "names", t.Lang.names(leads))
}
