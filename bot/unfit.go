package bot

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"strings"
	"time"

	"github.com/siaga-id/siaga/evidence"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/strategy"
)

// Evidence is what a chat may ask of the facts: notifier.Outbox.
type Evidence interface {
	// Suggest returns the facts that answer an incident, and why.
	Suggest(tx store.Tx, in incident.Incident, now time.Time) (evidence.Suggestion, error)
	// FactsOf returns the facts about its cell, dead ones included.
	FactsOf(in incident.Incident) []facts.Fact
	// Advise returns which kinds of answer fit it, and how people stay safe.
	Advise(in incident.Incident, now time.Time) (strategy.Advice, string)
	// OwnersOf returns whom to ask for another.
	OwnersOf(in incident.Incident) []string
}

// unfit shows which facts answer an incident, and with the id of one says that
// it does not. Only a lead takes that back.
func (t *turn) unfit(ctx context.Context, rest string) (Answer, error) {
	if t.in.Shadow {
		return t.private(factsShadow, "id", t.in.ID.String()), nil
	}
	rest = strings.TrimSpace(rest)
	if rest == "" {
		return t.ready(ctx)
	}
	f, more, found := t.named(rest)
	switch word, _ := cutWord(rest); {
	case !found && t.press: // the fact is gone
		return t.ready(ctx)
	case !found:
		return t.once(t.private(askUnfit, "fact", one(word, placeRunes), "cell", t.Lang.topicAt(t.card(t.in)), "list", t.example(exampleUnfit, t.in.ID))), nil
	}
	switch {
	case more == "":
		return t.veto(ctx, f)
	case isAny(more, "batal", "undo"):
		if ans, denied := t.denied(Lead); denied {
			return ans, nil
		}
		return t.refit(ctx, f)
	}
	return t.once(t.private(askFits, "example", t.example(exampleUnfit, t.in.ID)+" "+one(f.ID, placeRunes), "undo", t.undo(f.ID))), nil
}

// named finds the fact about the cell that a line begins with: its id, of which
// the longest counts. A button carries its mark.
func (t *turn) named(line string) (facts.Fact, string, bool) {
	all := t.Evidence.FactsOf(t.in)
	if t.press {
		f, found := marked(all, strings.TrimSpace(line))
		return f, "", found
	}
	var best facts.Fact
	var rest string
	for _, f := range all {
		n := len(f.ID)
		if n <= len(best.ID) || len(line) < n || !strings.EqualFold(line[:n], f.ID) {
			continue
		}
		if more := line[n:]; more == "" || more[0] == ' ' {
			best, rest = f, strings.TrimSpace(more)
		}
	}
	return best, rest, best.ID != ""
}

// Of the hash of a fact's id, a button carries what there is room for.
const (
	longestMark  = 6
	shortestMark = 3 // 15 bits: a cell has tens of facts
)

// markOf stands for a fact in the data of a button, where an id has no room. It
// is found again whatever facts came or went since the button was drawn.
func markOf(f facts.Fact) string {
	sum := sha256.Sum256([]byte(f.ID))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:longestMark])
}

// marked returns the one fact that has the mark, of which a part may be left.
func marked(all []facts.Fact, mark string) (facts.Fact, bool) {
	var found []facts.Fact
	for _, f := range all {
		if len(mark) >= shortestMark && strings.HasPrefix(markOf(f), mark) {
			found = append(found, f)
		}
	}
	if len(found) != 1 {
		return facts.Fact{}, false
	}
	return found[0], true
}

func (t *turn) veto(ctx context.Context, f facts.Fact) (Answer, error) {
	v := evidence.Veto{Fact: f.ID, Topic: t.in.Topic, Site: t.in.Site, By: t.actor().Name, At: t.at.UTC()}
	return t.judge(ctx, incident.Unfit, f, doneUnfit, alreadyUnfit, func(tx store.Tx) (bool, error) { return evidence.Keep(tx, v) })
}

func (t *turn) refit(ctx context.Context, f facts.Fact) (Answer, error) {
	return t.judge(ctx, incident.Fits, f, doneFits, alreadyFits, func(tx store.Tx) (bool, error) {
		return evidence.TakeBack(tx, f.ID, t.in.Topic, t.in.Site)
	})
}

// judge keeps what a person said of a fact, with its line on the timeline, which
// has the card drawn anew. It does not depend on the state that a button was
// drawn for: a fact fits no better when somebody has taken the incident.
func (t *turn) judge(ctx context.Context, verb incident.Verb, f facts.Fact, done, already phrase, keep func(store.Tx) (bool, error)) (Answer, error) {
	cmd := incident.Command{ID: t.in.ID, Verb: verb, Actor: t.actor(), At: t.at, Text: f.ID}
	change, err := t.Desk.Do(ctx, cmd, func(tx store.Tx) error {
		fresh, err := keep(tx)
		if err == nil && !fresh {
			err = incident.ErrNothing
		}
		if err != nil || t.mark == nil {
			return err
		}
		return t.mark(tx)
	})
	if t.marked = err == nil; errors.Is(err, incident.ErrNothing) {
		done, err = already, nil
	}
	if err != nil {
		return t.failed(err, cmd, change.After)
	}
	ans := t.private(done, "fact", one(f.ID, placeRunes), "cell", t.Lang.topicAt(t.card(t.in)), "undo", t.undo(f.ID))
	ans.Private = t.press
	return ans, nil
}

// undo is what a lead types to offer a fact again.
func (t *turn) undo(id string) string {
	return t.example(exampleUnfit, t.in.ID) + " " + one(id, placeRunes) + " " + t.Lang.pick([2]string{"batal", "undo"})
}
