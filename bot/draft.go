package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/draft"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/text"
)

// Drafts is what a chat may do to what is to be said in public. Errors are a
// *draft.Refusal, those of package incident, or the store's.
type Drafts interface {
	Compose(ctx context.Context, id incident.ID, o draft.Order, by draft.Actor) (draft.Draft, error)
	Edit(ctx context.Context, id incident.ID, n int, text string, by draft.Actor) (draft.Draft, error)
	Approve(ctx context.Context, id incident.ID, n int, hash string, by draft.Actor) (draft.Draft, error)
	Reject(ctx context.Context, id incident.ID, n int, why string, by draft.Actor) (draft.Draft, error)
	Publish(ctx context.Context, id incident.ID, n int, where string, by draft.Actor) (draft.Draft, error)
	// Show notes that a person is shown a draft as it is.
	Show(ctx context.Context, x draft.Draft, by draft.Actor) error
	Shelf
}

// Shelf is where drafts are read, and handed to a person.
type Shelf interface {
	Matters(ctx context.Context, id incident.ID, now time.Time) (draft.Matter, []draft.Draft, error)
	HandOver(d draft.Draft, m draft.Matter) (string, error)
}

var _ Drafts = (*draft.Desk)(nil)

// author is whoever does something to a draft in this turn.
func (t *turn) author() draft.Actor { return draft.Actor{Actor: t.actor(), At: t.at, Mark: t.mark} }

// verify records what was found in the field, and who says so.
func (t *turn) verify(ctx context.Context, rest string) (Answer, error) {
	word, source := cutWord(rest)
	finding, ok := t.Lang.parseFinding(word)
	source = one(source, noteRunes)
	if !ok || source == "" {
		return t.once(t.private(askVerify, "example", t.example(exampleVerify, t.in.ID))), nil
	}
	return t.change(ctx, incident.Command{Verb: incident.Verify, Finding: finding, Text: source})
}

// parseFinding reads a finding: a prefix of its name, in either language.
func (l *Lang) parseFinding(word string) (incident.Finding, bool) {
	for f, names := range map[incident.Finding][]string{
		incident.True: {"benar", "true"}, incident.False: {"salah", "false"}, incident.Partly: {"sebagian", "partly"},
	} {
		for _, n := range names {
			if len(word) >= 3 && strings.HasPrefix(n, strings.ToLower(word)) {
				return f, true
			}
		}
	}
	return incident.Unchecked, false
}

// draft shows what can be said about an incident, shows one draft, or makes one.
func (t *turn) draft(ctx context.Context, rest string) (Answer, error) {
	m, all, err := t.Drafts.Matters(ctx, t.in.ID, t.at)
	switch {
	case err != nil:
		return Answer{}, err
	case t.n > 0:
		return t.showDraft(ctx, m, all)
	case strings.TrimSpace(rest) == "":
		return t.sayable(m, all), nil
	}
	order, ok := t.order(m, rest)
	if !ok {
		return t.once(t.private(askDraft, "example", t.orderOf(draft.Clarify), "kinds", t.kinds(draft.Kinds()))), nil
	}
	t.verb.role = Responder // looking is free
	if ans, denied := t.deniedHere(); denied {
		return ans, nil
	}
	d, err := t.Drafts.Compose(ctx, t.in.ID, order, t.author())
	if err != nil {
		return t.undrafted(ctx, err)
	}
	t.marked = true
	ans := t.shown(m, d)
	ans.Private = false
	return ans, nil
}

// edit gives a draft another text.
func (t *turn) edit(ctx context.Context, rest string) (Answer, error) {
	words := strings.TrimSpace(text.Clean(rest))
	if words == "" {
		return t.once(t.private(askEdit, "example", t.example(exampleEdit, t.in.ID))), nil
	}
	if ans, err := t.which(ctx); t.n == 0 {
		return ans, err
	}
	d, err := t.Drafts.Edit(ctx, t.in.ID, t.n, words, t.author())
	if err != nil {
		return t.undrafted(ctx, err)
	}
	t.marked = true
	return t.private(doneEdit, "item", item(t.in.ID, t.n), "approve", t.approving(d)), nil
}

// approving is what an approver types.
func (t *turn) approving(d draft.Draft) string {
	return t.slash(t.Lang.say(exampleApprove, "n", item(d.Incident, d.N)))
}

// approve approves a draft, and hands it over when enough people have.
func (t *turn) approve(ctx context.Context, rest string) (Answer, error) {
	hash := t.pressed(rest)
	if ans, err := t.which(ctx); t.n == 0 {
		return ans, err
	}
	d, err := t.Drafts.Approve(ctx, t.in.ID, t.n, hash, t.author())
	if err != nil {
		return t.undrafted(ctx, err)
	}
	t.marked = true
	m, _, err := t.Drafts.Matters(ctx, t.in.ID, t.at)
	ans := t.shown(m, d)
	ans.Private = false
	return ans, err
}

// pressed reads what the button of a draft carries, "2-a1b2c": its number, for
// this turn, and how the hash of the text begins that was shown with it.
func (t *turn) pressed(rest string) (hash string) {
	word, _ := cutWord(rest)
	digits, hash, found := strings.Cut(word, "-")
	n, err := strconv.Atoi(digits)
	if !t.press || !found || err != nil {
		return ""
	}
	t.n = n
	return hash
}

// reject ends a draft; whoever wrote it should learn why.
func (t *turn) reject(ctx context.Context, rest string) (Answer, error) {
	why := one(rest, noteRunes)
	if ans, err := t.which(ctx); t.n == 0 {
		return ans, err
	}
	if why == "" {
		return t.once(t.private(askReject, "example", t.slash(t.Lang.say(exampleReject, "n", item(t.in.ID, t.n))))), nil
	}
	if _, err := t.Drafts.Reject(ctx, t.in.ID, t.n, why, t.author()); err != nil {
		return t.undrafted(ctx, err)
	}
	t.marked = true
	return t.private(doneReject, "item", item(t.in.ID, t.n)), nil
}

// published records where a person published a draft. Siaga does not do it.
func (t *turn) published(ctx context.Context, rest string) (Answer, error) {
	where := one(rest, noteRunes)
	if where == "" {
		return t.once(t.private(askPublished, "example", t.example(examplePublished, t.in.ID))), nil
	}
	if ans, err := t.which(ctx); t.n == 0 {
		return ans, err
	}
	if _, err := t.Drafts.Publish(ctx, t.in.ID, t.n, where, t.author()); err != nil {
		return t.undrafted(ctx, err)
	}
	t.marked = true
	return t.private(donePublished, "item", item(t.in.ID, t.n), "where", where), nil
}

// which sees to it that this turn is about a draft: the one that was named, or
// the only one that can be meant; else the answer asks.
func (t *turn) which(ctx context.Context) (Answer, error) {
	if t.n > 0 {
		return Answer{}, nil
	}
	_, all, err := t.Drafts.Matters(ctx, t.in.ID, t.at)
	if err != nil {
		return Answer{}, err
	}
	open := slices.DeleteFunc(all, func(d draft.Draft) bool { return d.Ended != "" })
	if len(open) == 1 {
		t.n = open[0].N
		return Answer{}, nil
	}
	return t.once(t.private(askWhichDraft, "id", t.in.ID.String(), "example", t.slash(t.Lang.say(exampleDraft, "n", number(t.in.ID))))), nil
}

// undrafted says why something was not done to a draft. To whoever has not read
// it as it is, it is shown.
func (t *turn) undrafted(ctx context.Context, err error) (Answer, error) {
	var r *draft.Refusal
	if !errors.As(err, &r) {
		return t.failed(err, incident.Command{ID: t.in.ID, Verb: t.verb.does}, t.in)
	}
	t.Log.Info("draft refused", "why", string(r.Why), "incident", t.in.ID, "person", t.who.Name)
	if r.Why == draft.Author {
		t.logRefusal(forAuthor)
	}
	ans := t.Lang.refusedDraft(t, r)
	if r.Why != draft.Unread && r.Why != draft.Changed {
		return ans, nil
	}
	m, all, err := t.Drafts.Matters(ctx, t.in.ID, t.at)
	if err != nil {
		return Answer{}, err
	}
	shown, err := t.showDraft(ctx, m, all)
	shown.Text = ans.Text + "\n\n" + shown.Text
	return shown, err
}
