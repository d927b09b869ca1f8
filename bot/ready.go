package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/evidence"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

// What is left out first of a list of facts that is too long; 0 is kept.
const (
	dropHeld  = 1 // the nearest that was held back; each other one before it
	dropReady = 8 // likewise of those that fit: the card has their sentences
)

// ready says which facts answer the incident, what each shares with the posts
// and what it does not prove, and what was held back and why.
func (t *turn) ready(ctx context.Context) (Answer, error) {
	var s evidence.Suggestion
	var vetoes []evidence.Veto
	err := t.DB.View(ctx, func(tx store.Tx) (err error) {
		if vetoes, err = evidence.Vetoes(tx, t.in.Topic, t.in.Site); err != nil {
			return err
		}
		s, err = t.Evidence.Suggest(tx, t.in, t.at)
		return err
	})
	if err != nil {
		return Answer{}, err
	}
	card := t.card(t.in)
	lines := []Block{{Text: t.Lang.say(factsHead, "id", t.in.ID.String(), "cell", t.Lang.cell(card))}}
	switch {
	case t.in.Gated():
		lines = append(lines, Block{Text: t.Lang.say(factsGated, "finding", t.Lang.finding(t.in.Finding))}, Block{Text: t.Lang.say(cardFrame)})
	case len(s.Hits) > 0:
		lines = append(lines, t.fitting(s.Hits)...)
	case s.Live > 0 && !quotes(t.in):
		lines = append(lines, Block{Text: t.Lang.say(factsBlank)})
	default:
		lines = append(lines, Block{Text: t.Lang.noFact(t.dest, card, s.Live, t.Evidence.OwnersOf(t.in))})
	}
	lines = append(lines, t.held(s.Held, vetoes)...)
	m, _, err := t.Drafts.Matters(ctx, t.in.ID, t.at)
	if err != nil {
		return Answer{}, err
	}
	end := []Block{{Text: t.Lang.say(factsDraft, "draft", t.slash(t.Lang.say(exampleDraft, "n", number(t.in.ID))))}}
	choices := slices.Concat(t.offered(m), t.Lang.misfits(t.in, s.Hits))
	return t.readable(Answer{Text: t.Lang.brief(lines, end), Private: true, Choices: choices}), nil
}

// readable has a text that is longer than a toast said in the group where that
// is all that Telegram would show to the person alone.
func (t *turn) readable(ans Answer) Answer {
	if t.press && t.dest.Transport() == "telegram" && len(ans.Choices) == 0 && toast(ans.Text) != ans.Text {
		ans.Private = false
	}
	return ans
}

func (t *turn) fitting(hits []evidence.Hit) []Block {
	var blocks []Block
	for i, h := range hits {
		parts := []string{
			t.Lang.fact(h.Fact, t.at),
			t.Lang.say(factsMet, "met", t.Lang.met(h.Met)),
			t.Lang.say(factsLimit, "limit", one(h.Fact.ProvesNot, maxQuote)),
		}
		blocks = append(blocks, Block{Text: strings.Join(parts, "\n"), Drop: dropReady + len(hits) - i})
	}
	return blocks
}

// met names what a fact shares with a post, in the words of the post.
func (l *Lang) met(m evidence.Met) string {
	all := slices.Concat(m.Names, m.Numbers, m.Words)
	for i := range all {
		all[i] = Unnamed(all[i])
	}
	return l.names(all)
}

func (t *turn) held(hits []evidence.Hit, vetoes []evidence.Veto) []Block {
	var blocks []Block
	for i, h := range hits {
		line := t.Lang.say(factsHeld, "fact", one(h.Fact.ID, placeRunes), "why", t.against(h, vetoes))
		blocks = append(blocks, Block{Text: line, Drop: dropHeld + i})
	}
	return blocks
}

// against says why a fact was held back.
func (t *turn) against(h evidence.Hit, vetoes []evidence.Veto) string {
	switch h.Against { //nolint:exhaustive // what is far is not told of, and says no more
	case evidence.Thin:
		return t.Lang.say(heldThin, "met", t.Lang.met(h.Met))
	case evidence.OtherSite:
		var names []string
		for key := range strings.SplitSeq(h.Detail, ", ") {
			_, name, _ := t.Name("", key)
			names = append(names, name)
		}
		return t.Lang.say(heldSite, "sites", t.Lang.names(names))
	case evidence.Differs:
		return t.Lang.say(heldNumber, "number", one(h.Detail, placeRunes))
	case evidence.Vetoed:
		i := slices.IndexFunc(vetoes, func(v evidence.Veto) bool { return v.Fact == h.Fact.ID })
		if i >= 0 {
			v := vetoes[i]
			return t.Lang.say(heldVetoed, "who", one(v.By, placeRunes), "at", t.Lang.clock(v.At, t.at, t.card(t.in).Zone), "undo", t.undo(v.Fact))
		}
	}
	return t.Lang.say(heldFar)
}

// misfits returns a button for each fact, by which it is said not to fit.
func (l *Lang) misfits(in incident.Incident, hits []evidence.Hit) []Button {
	var all []Button
	for _, h := range hits {
		d := Data{Verb: "unfit", ID: in.ID, StateRev: in.StateRev}
		room := maxData - len(d.String()) - len(".")
		d.Arg = markOf(h.Fact)[:max(min(room, longestMark), shortestMark)]
		all = append(all, Button{Label: l.say(buttonUnfit, "fact", one(h.Fact.ID, placeRunes)), Data: d.String()})
	}
	return all
}
