package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

// ratings holds what people said of the alarms they got.
const ratings store.Shelf[Rating] = "rating"

// Rating is one person's opinion of one incident: was it right to call people?
// It changes no rule; /status turns many of them into a proposal.
type Rating struct {
	Rule string    `json:"rule"` // the latest one of the incident
	Said string    `json:"said"` // right, noisy or misplaced
	At   time.Time `json:"at"`
}

// The opinions: as they are kept, as buttons carry them, as people write them.
const (
	right     = "right"
	noisy     = "noisy"
	misplaced = "misplaced"
)

func opinions() []string { return []string{right, noisy, misplaced} }

const (
	// ratedFor is how far back /status looks, as for false alarms (chat.md 3).
	ratedFor = 14 * 24 * time.Hour
	// fewRatings and tooNoisy are when it proposes something: three people are
	// no whim, and 30 % is chat.md's limit for false alarms.
	fewRatings = 3
	tooNoisy   = 0.3
)

// rate keeps what the person thinks of the incident, in place of what they
// said before.
func (t *turn) rate(ctx context.Context, rest string) (Answer, error) {
	word, _ := cutWord(rest)
	said, ok := t.Lang.opinion(word)
	if !ok {
		ans := t.private(askRate, "id", t.in.ID.String(), "example", t.example(exampleRate, t.in.ID))
		ans.Choices = t.Lang.rates(t.in)
		return ans, nil
	}
	err := t.DB.Update(ctx, func(tx store.Tx) error {
		if err := forgetRatings(tx, t.at); err != nil {
			return err
		}
		key := store.Path(store.Num(uint64(t.in.ID)), t.who.Name)
		if err := ratings.Put(tx, key, Rating{Rule: t.in.Rule, Said: said, At: t.at}); err != nil {
			return fmt.Errorf("keep a rating: %w", err)
		}
		return t.settle(tx)
	})
	t.marked = err == nil
	return t.private(doneRate, "id", t.in.ID.String(), "said", t.Lang.rated(said), "rule", one(t.in.Rule, maxRule)), err
}

// opinion reads an opinion: a unique prefix of its name in either language,
// in which "_" may stand for a blank.
func (l *Lang) opinion(word string) (string, bool) {
	word = fold(word)
	var found []string
	for _, o := range opinions() {
		label := strings.ReplaceAll(strings.ToLower(l.rated(o)), " ", "-")
		if word != "" && (strings.HasPrefix(o, word) || strings.HasPrefix(label, word)) {
			found = append(found, o)
		}
	}
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}

func (l *Lang) rated(said string) string {
	return l.say(map[string]phrase{right: ratedRight, noisy: ratedNoisy, misplaced: ratedMisplaced}[said])
}

// rates returns a button for each opinion. They need no revision but have one,
// as all do: what people think of an alarm does not depend on its state.
func (l *Lang) rates(in incident.Incident) []Button {
	var all []Button
	for _, o := range opinions() {
		d := Data{Verb: "rate", ID: in.ID, StateRev: in.StateRev, Arg: o[:1]}
		all = append(all, Button{Label: upper(l.rated(o)), Data: d.String()})
	}
	return all
}

// forgetRatings removes what is too old to be counted, so that the shelf does
// not grow.
func forgetRatings(tx store.Tx, now time.Time) error {
	_, err := ratings.Sweep(tx, "", func(_ store.Key, r Rating) bool { return now.Sub(r.At) > ratedFor })
	return err
}

// tally is what people said of the alarms of one rule.
type tally struct {
	rule  string
	said  map[string]int
	votes int
}

// wrong is the part of those who were called in vain.
func (y tally) wrong() float64 { return 1 - float64(y.said[right])/float64(y.votes) }

// proposals lists the rules that people found wrong too often, the worst first.
func (t *turn) proposals(ctx context.Context) ([]string, error) {
	by := map[string]*tally{}
	err := t.DB.View(ctx, func(tx store.Tx) error {
		clear(by)
		return ratings.Scan(tx, "", func(_ store.Key, r Rating) error {
			if t.at.Sub(r.At) > ratedFor {
				return nil
			}
			y := by[r.Rule]
			if y == nil {
				y = &tally{rule: r.Rule, said: map[string]int{}}
				by[r.Rule] = y
			}
			y.said[r.Said]++
			y.votes++
			return nil
		})
	})
	var bad []tally
	for _, y := range by {
		if y.votes >= fewRatings && y.wrong() >= tooNoisy {
			bad = append(bad, *y)
		}
	}
	slices.SortFunc(bad, func(a, b tally) int {
		return cmp.Or(cmp.Compare(b.wrong(), a.wrong()), cmp.Compare(a.rule, b.rule))
	})
	var lines []string
	for _, y := range bad[:min(len(bad), maxNames)] {
		lines = append(lines, t.Lang.say(statusTune, "rule", one(y.rule, maxRule), "votes", strconv.Itoa(y.votes),
			"noisy", strconv.Itoa(y.said[noisy]), "misplaced", strconv.Itoa(y.said[misplaced])))
	}
	return lines, err
}
