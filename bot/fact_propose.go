package bot

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

// What is asked for in the chats becomes a fact when somebody else accepts it.

// factVerb is the verb of the button that opens the form of a proposal.
const factVerb = "fact"

// proposeFact writes a proposal down, or says all that is wrong with it.
func (t *turn) proposeFact(ctx context.Context, rest string) (Answer, error) {
	if rest == "" {
		return t.askSheet(), nil
	}
	s := t.readSheet(rest)
	p := s.proposal()
	if len(s.wrong) > 0 {
		return t.mend(s, rest), nil
	}
	names := t.othersFor(p)
	err := t.marking(ctx, func(tx store.Tx) error {
		kept, err := t.Bank.Propose(tx, p)
		if err != nil {
			return err
		}
		p = kept
		return t.Bank.Announce(tx, notifier.Note{
			Why: notifier.FactProposed, At: t.at.UTC(), Call: names, Args: t.deciding(),
			Fact: &notifier.OfFact{Fact: p.Fact, Proposal: p.ID(), Replaces: p.Replaces},
		})
	})
	switch {
	case errors.Is(err, facts.ErrReplaced): // since we looked
		s.wrongIf(true, "superseded_by")
		return t.mend(s, rest), nil
	case err != nil:
		return Answer{}, err
	}
	key := doneFactPropose
	if len(names) == 0 {
		key = doneFactProposeAlone
	}
	read := t.allFacts() + " " + p.ID()
	ans := t.private(key, "proposal", p.ID(), "names", t.Lang.names(names), "read", read)
	ans.Private = t.press
	return ans, nil
}

// deciding names whoever speaks, for a note.
func (t *turn) deciding() map[string]string {
	return map[string]string{"who": t.who.Name, "via": t.dest.Transport()}
}

// askSheet shows what to fill in: as a form where the chat has forms, or to be
// copied.
func (t *turn) askSheet() Answer {
	sample := t.sample()
	if t.form {
		return Answer{Form: &Form{
			Title: t.Lang.say(sheetTitle), Submit: t.Lang.say(formSubmit), Cancel: t.Lang.say(formCancel), Data: sheetPress(),
			Words: t.Lang.say(sheetWords), Start: sample, Needed: true,
		}}
	}
	between := "\n"
	if t.dest.Transport() == terminalUser { // where a line is all that can be typed
		sample, between = strings.ReplaceAll(sample, "\n", " | "), " "
	}
	ans := Answer{Text: t.Lang.say(askFactPropose) + "\n" + t.example(exampleFactPropose, 0) + between + sample, Private: true}
	if t.dest.Transport() == "slack" {
		ans.Choices = []Button{{Label: t.Lang.say(buttonSheet), Data: sheetPress(), Hot: true}}
	}
	return ans
}

// sample is a sheet that would be taken, of topics and sites that there are.
func (t *turn) sample() string {
	topics, sites := t.Labels()
	first := func(names map[string]string) string {
		for _, key := range slices.Sorted(maps.Keys(names)) {
			return key
		}
		return ""
	}
	return t.Lang.say(sheetSample, "date", t.pastDay(), "until", t.nextDay(), "topic", first(topics), "site", first(sites))
}

func sheetPress() string { return Data{Verb: factVerb, ID: 1, StateRev: 1}.String() }

// mend says what is wrong with a sheet. What was filled into a form is gone from
// the screen, and so said again.
func (t *turn) mend(s *sheet, written string) Answer {
	lines := append([]string{t.Lang.say(sheetHead)}, s.wrong...)
	if t.press {
		lines = append(lines, t.Lang.say(sheetWritten), written)
	}
	return Answer{Text: strings.Join(lines, "\n"), Private: true}
}

// othersFor names who may decide about a proposal.
func (t *turn) othersFor(p facts.Proposal) []string {
	return t.people.who(func(x Person) bool {
		own := strings.EqualFold(x.Name, p.By) || strings.EqualFold(x.Name, p.Fact.Owner)
		return x.Has(Approver) && !own && coversAll(x, notifier.Matcher{Sites: p.Fact.Sites})
	})
}
