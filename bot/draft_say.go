package bot

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/siaga-id/siaga/draft"
	"github.com/siaga-id/siaga/guard"
	"github.com/siaga-id/siaga/incident"
)

// sayable says what fits an incident, what can be drafted, and what there is
// already.
func (t *turn) sayable(m draft.Matter, all []draft.Draft) Answer {
	card := t.card(t.in)
	card.Advice, card.Safety = t.Evidence.Advise(t.in, t.at)
	lines := []string{t.Lang.Counsel(card, t.at), ""}
	offers := m.Offers()
	if len(offers) == 0 {
		lines = append(lines, t.Lang.say(draftNothing))
	} else {
		lines = append(lines, t.Lang.say(draftOffers, "kinds", t.kinds(offers), "example", t.orderOf(offers[len(offers)-1])))
	}
	switch {
	case t.in.Gated() && t.in.Finding == incident.True:
		lines = append(lines, t.Lang.say(draftTrue))
	case t.in.Gated():
		lines = append(lines, t.Lang.say(draftGate, "example", t.example(exampleVerify, t.in.ID)))
	}
	for _, d := range all[max(0, len(all)-maxLines):] {
		lines = append(lines, t.Lang.say(draftLine, "item", item(d.Incident, d.N), "kind", t.kind(d.Kind), "state", t.drafted(d)))
	}
	return Answer{Text: strings.Join(lines, "\n"), Private: true, Choices: t.offered(m)}
}

// offered returns a button for each kind of draft that can be made.
func (t *turn) offered(m draft.Matter) []Button {
	var all []Button
	for _, k := range m.Offers() {
		data := Data{Verb: "draft", ID: t.in.ID, StateRev: t.in.StateRev, Arg: pressKind(k)}
		all = append(all, Button{Label: t.Lang.say(buttonDraft, "kind", t.kind(k)), Data: data.String()})
	}
	return all
}

// orderOf is what somebody types for a draft of a kind.
func (t *turn) orderOf(k draft.Kind) string {
	word, _ := cutWord(t.kind(k))
	return t.slash(t.Lang.say(exampleDraftOf, "n", number(t.in.ID), "kind", word))
}

func (t *turn) kind(k draft.Kind) string {
	return t.Lang.say(map[draft.Kind]phrase{
		draft.Holding: kindHolding, draft.Clarify: kindClarify, draft.Acknowledge: kindAcknowledge,
	}[k])
}

func (t *turn) kinds(all []draft.Kind) string {
	names := make([]string, len(all))
	for i, k := range all {
		names[i] = t.kind(k)
	}
	return t.Lang.names(names)
}

// drafted says how a draft stands.
func (t *turn) drafted(d draft.Draft) string {
	by, need := d.Approvers(), draft.Need(t.in.Severity)
	switch {
	case d.Ended == draft.Rejected:
		return t.Lang.say(draftRejected, "why", one(d.Why, maxQuote))
	case d.Ended == draft.Void:
		return t.Lang.say(draftVoid, "why", t.Lang.voided(d.Why))
	case d.IsPublic():
		last := d.Public[len(d.Public)-1]
		return t.Lang.say(draftPublic, "where", one(last.Where, maxQuote), "who", one(last.By, placeRunes),
			"at", t.Lang.clock(last.At, t.at, t.card(t.in).Zone))
	case d.Approved(t.in.Severity):
		return t.Lang.say(draftApproved, "names", t.Lang.names(by))
	default:
		return t.Lang.say(draftWaits, "have", strconv.Itoa(len(by)), "need", strconv.Itoa(need))
	}
}

// showDraft shows the draft of this turn.
func (t *turn) showDraft(ctx context.Context, m draft.Matter, all []draft.Draft) (Answer, error) {
	i := slices.IndexFunc(all, func(d draft.Draft) bool { return d.N == t.n })
	if i < 0 {
		return t.undrafted(ctx, &draft.Refusal{Why: draft.Missing})
	}
	if t.who.Name != "" && all[i].Ended == "" {
		if err := t.Drafts.Show(ctx, all[i], t.author()); err != nil {
			return Answer{}, err
		}
		t.marked = true
	}
	return t.shown(m, all[i]), nil
}

// shown is one draft as whoever asks may use it: to copy once it is approved,
// to approve before that, and not at all when it is void.
func (t *turn) shown(m draft.Matter, d draft.Draft) Answer {
	head := t.Lang.say(draftTitle, "item", item(d.Incident, d.N), "kind", t.kind(d.Kind), "state", t.drafted(d))
	if d.Ended != "" {
		return Answer{Text: head, Private: true}
	}
	args := []string{"item", item(d.Incident, d.N), "authors", t.Lang.names(d.Authors), "approve", t.approving(d)}
	for name, key := range map[string]phrase{"reject": commandReject, "edit": commandEdit, "published": commandPublished} {
		args = append(args, name, t.slash(t.Lang.say(key, "n", item(d.Incident, d.N))))
	}
	if text, err := t.Drafts.HandOver(d, m); err == nil {
		foot := t.Lang.say(draftCopy, args...)
		if d.IsPublic() {
			foot = ""
		}
		return Answer{Text: strings.TrimSpace(head + "\n\n" + text + "\n\n" + foot), Private: true}
	}
	foot := t.Lang.say(draftReview, args...)
	if ids := d.Facts(); len(ids) > 0 {
		foot = t.Lang.say(draftMade, "facts", t.Lang.names(ids)) + "\n" + foot
	}
	ans := Answer{Text: head + "\n\n" + d.Text + "\n\n" + foot, Private: true}
	if t.who.Has(Approver) && t.who.Covers(t.in.Site) && !slices.Contains(append(d.Approvers(), d.Authors...), t.who.Name) {
		data := Data{Verb: "yes", ID: d.Incident, StateRev: t.in.StateRev, Arg: strconv.Itoa(d.N) + "-" + d.Hash[:5]}
		ans.Choices = []Button{{Label: t.Lang.say(buttonApprove), Data: data.String(), Hot: true}}
	}
	return ans
}

// voided says why a draft is void: a draft.Why, and what it is about.
func (l *Lang) voided(why string) string {
	code, rest, _ := strings.Cut(why, " ")
	key, known := map[draft.Why]phrase{
		draft.Gated: voidGated, draft.DeadFact: voidFact, draft.Preventable: voidPreventable, draft.NoDenial: voidDenial,
	}[draft.Why(code)]
	if !known {
		return one(why, maxQuote)
	}
	fact, where, _ := strings.Cut(rest, " ")
	said := l.say(key, "fact", one(fact, placeRunes))
	if draft.Why(code) != draft.DeadFact {
		where = rest
	}
	if where = one(where, noteRunes); where != "" {
		said = l.say(voidPublic, "why", said, "where", where)
	}
	return said
}

// refusedDraft says why something is not done to a draft, and what to do.
func (l *Lang) refusedDraft(t *turn, r *draft.Refusal) Answer {
	if r.Why == draft.Guarded {
		return t.private(refuseGuard, "faults", l.faults(r))
	}
	key := map[draft.Why]phrase{
		draft.Gated: refuseGated, draft.NoComplaint: refuseNoComplaint, draft.NoFact: refuseFactless, draft.DeadFact: refuseDeadFact,
		draft.Preventable: refusePreventable, draft.Unmade: refuseUnmade, draft.Author: refuseAuthor, draft.Twice: refuseTwice,
		draft.Changed: refuseChanged, draft.Same: refuseSame, draft.Ended: refuseEnded, draft.Unapproved: refuseUnapproved,
		draft.Missing: refuseMissing, draft.NoDenial: refuseDenial, draft.Shadow: factsShadow, draft.Over: refuseOver,
		draft.Late: refuseLate, draft.Unread: refuseUnread, draft.Unsaid: refuseUnsaid,
	}[r.Why]
	approvers := t.people.who(func(p Person) bool { return p.Has(Approver) && p.Covers(t.in.Site) && p.Name != t.who.Name })
	switch {
	case r.Why == draft.Author && len(approvers) == 0:
		key = refuseOwn
	case r.Why == draft.Gated && t.in.Finding == incident.True:
		key = refuseTrue
	}
	return t.private(key, "id", t.in.ID.String(), "detail", one(r.Detail, placeRunes), "names", l.names(approvers),
		"verify", t.example(exampleVerify, t.in.ID), "list", t.slash(l.say(exampleDraft, "n", number(t.in.ID))),
		"item", item(t.in.ID, max(t.n, 1)), "edit", t.slash(l.say(commandEdit, "n", item(t.in.ID, max(t.n, 1)))))
}

// faults names what the guard found, each with its reason.
func (l *Lang) faults(r *draft.Refusal) string {
	var found []string
	for _, f := range r.Faults[:min(len(r.Faults), maxNames)] {
		why := map[guard.Kind]phrase{
			guard.Threat: faultThreat, guard.Person: faultPerson, guard.Motive: faultMotive,
			guard.Absolute: faultAbsolute, guard.Number: faultNumber, guard.Denial: faultDenial, guard.Excuse: faultExcuse,
		}[f.Kind]
		found = append(found, l.say(faultLine, "words", one(r.Text[f.Start:f.End], placeRunes), "why", l.say(why)))
	}
	return strings.Join(found, "\n")
}
