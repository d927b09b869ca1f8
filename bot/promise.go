package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/promise"
)

// Promises is what a chat may do to what was promised to people. Errors are those
// of packages promise and incident, or the store's.
type Promises interface {
	Make(ctx context.Context, id incident.ID, text, owner string, due time.Time, by promise.By) (promise.Promise, error)
	Keep(ctx context.Context, id incident.ID, n int, proof string, by promise.By) (promise.Promise, error)
	Move(ctx context.Context, id incident.ID, n int, due time.Time, by promise.By) (promise.Promise, error)
	PromiseBook
}

// PromiseBook is where promises are read: what is owed, what is due first before
// the others; and all of one incident, by number.
type PromiseBook interface {
	Open(ctx context.Context) ([]promise.Promise, error)
	OfIncident(ctx context.Context, id incident.ID) ([]promise.Promise, error)
}

var _ Promises = (*promise.Ledger)(nil)

// by is whoever does something to a promise in this turn.
func (t *turn) by() promise.By { return promise.By{Actor: t.actor(), At: t.at, Mark: t.mark} }

// promises lists what is owed, shows one promise, or writes one down.
func (t *turn) promises(ctx context.Context, rest string) (Answer, error) {
	switch {
	case t.in.ID != 0 && (rest != "" || t.press):
		return t.promise(ctx, rest)
	case t.in.ID != 0:
		all, err := t.Promises.Open(ctx)
		return t.owed(promise.Of(all, t.in.Topic, t.in.Site)), err
	case rest == "":
		all, err := t.Promises.Open(ctx)
		return t.owed(all), err
	}
	if word, _ := cutWord(rest); !isItem(word) {
		return t.once(t.private(askID, "example", t.example(examplePromise, 0))), nil
	}
	p, _, ans, err := t.aPromise(ctx, rest)
	if p.N == 0 {
		return ans, err
	}
	return Answer{Text: t.promiseLine(p), Private: true}, nil
}

// promise writes a promise down, and asks for what is missing.
func (t *turn) promise(ctx context.Context, rest string) (Answer, error) {
	t.verb.role = Responder // "janji" alone is for everybody
	if ans, denied := t.deniedHere(); denied {
		return ans, nil
	}
	switch {
	case t.in.Shadow:
		return t.private(refuseShadowPromise, "id", t.in.ID.String()), nil
	case rest == "" && t.form:
		return Answer{Form: t.promiseForm()}, nil
	case rest == "" && !t.press:
		return t.undated(errNoMoment, t.example(examplePromise, t.in.ID)), nil
	case rest == "":
		ans := t.private(askPromiseReply, "id", t.in.ID.String())
		ans.Reply = true
		return ans, nil
	}
	w, err := t.pledge(rest)
	if err != nil {
		return t.unpledged(err), nil
	}
	p, err := t.Promises.Make(ctx, t.in.ID, w.text, w.owner, w.due, t.by())
	if err != nil {
		return t.unkept(err, p)
	}
	t.marked = true
	zone := t.card(t.in).Zone
	return t.all(donePromise, p, "at", t.Lang.clock(p.Next(t.at, zone), t.at, zone)), nil
}

// keepPromise writes down that a promise was kept, and what proves it.
func (t *turn) keepPromise(ctx context.Context, rest string) (Answer, error) {
	p, proof, ans, err := t.aPromise(ctx, rest)
	if p.N == 0 {
		return ans, err
	}
	proof = one(proof, noteRunes)
	switch {
	case p.Kept != nil:
		return t.unkept(promise.ErrKept, p)
	case proof == "":
		return t.once(t.private(askProof, "example", t.slash(t.Lang.say(exampleKeep, "n", itemOf(p))))), nil
	}
	done, err := t.Promises.Keep(ctx, p.Incident, p.N, proof, t.by())
	if err != nil {
		return t.unkept(err, done)
	}
	t.marked = true
	return t.all(doneKeep, done), nil
}

// movePromise gives a promise another date.
func (t *turn) movePromise(ctx context.Context, rest string) (Answer, error) {
	p, when, ans, err := t.aPromise(ctx, rest)
	if p.N == 0 {
		return ans, err
	}
	if p.Kept != nil {
		return t.unkept(promise.ErrKept, p)
	}
	due, err := deadline(strings.Fields(when), t.english, t.at, t.card(t.in).Zone)
	if err != nil {
		return t.undated(err, t.slash(t.Lang.say(exampleMove, "n", itemOf(p)))), nil
	}
	moved, err := t.Promises.Move(ctx, p.Incident, p.N, due, t.by())
	if err != nil {
		return t.unkept(err, moved)
	}
	t.marked = true
	return t.all(doneMove, moved, "before", t.Lang.due(p.Due, t.at, t.card(t.in).Zone)), nil
}

// aPromise finds the promise that a line begins with, "42.1", and may be changed
// or, with a verb for everybody, looked at here; in a reply to a card and behind
// an id the only one that is owed need not be named. Of none, N is 0 and the
// answer says what is wrong.
func (t *turn) aPromise(ctx context.Context, rest string) (p promise.Promise, left string, ans Answer, err error) {
	word, left := cutWord(rest)
	id, n, ok := parseItem(word)
	switch {
	case ok:
	case t.on != 0 && !isID(word):
		id, left = t.on, rest
	case isID(word):
		id, _ = incident.ParseID(word)
	default:
		return p, "", t.once(t.private(askItem, "example", t.slash(t.Lang.say(t.verb.example, "n", item(42, 1))), "list", t.listPromises())), nil
	}
	if ans, err = t.find(ctx, id); t.in.ID == 0 {
		return p, "", ans, err
	}
	if ans, denied := t.deniedHere(); denied {
		return p, "", ans, nil
	}
	all, err := t.Promises.OfIncident(ctx, id)
	if n == 0 {
		all = slices.DeleteFunc(all, func(p promise.Promise) bool { return p.Kept != nil })
	} else {
		all = slices.DeleteFunc(all, func(p promise.Promise) bool { return p.N != n })
	}
	switch {
	case err != nil:
		return p, "", Answer{}, err
	case len(all) == 1:
		return all[0], left, Answer{}, nil
	case len(all) == 0 && n == 0:
		return p, "", t.private(refuseNoPromises, "id", id.String(), "list", t.listPromises()), nil
	case len(all) == 0:
		return p, "", t.private(refuseNoPromise, "item", item(id, n), "list", t.listPromises()), nil
	}
	var items []string
	for _, p := range all {
		items = append(items, itemOf(p)+" "+one(p.Text, storyRunes))
	}
	example := t.slash(t.Lang.say(t.verb.example, "n", itemOf(all[0])))
	return p, "", t.once(t.private(askWhich, "items", t.Lang.names(items), "example", example)), nil
}

// listPromises is the command that lists what is owed.
func (t *turn) listPromises() string { return t.slash(t.Lang.pick([2]string{"janji", "promises"})) }

func isItem(word string) bool {
	_, _, ok := parseItem(word)
	return ok
}

func itemOf(p promise.Promise) string { return item(p.Incident, p.N) }

// unkept says in a person's words why a promise was not written down, kept or
// moved; p is the promise as it stands.
func (t *turn) unkept(err error, p promise.Promise) (Answer, error) {
	switch {
	case errors.Is(err, promise.ErrKept):
		zone := t.card(t.in).Zone
		return t.private(refuseKept, "item", itemOf(p), "who", one(p.Kept.By, placeRunes),
			"at", t.Lang.clock(p.Kept.At, t.at, zone), "proof", one(p.Kept.Proof, noteRunes)), nil
	case errors.Is(err, promise.ErrNone):
		return t.private(refuseNoPromises, "id", t.in.ID.String(), "list", t.listPromises()), nil
	case errors.Is(err, promise.ErrShadow):
		return t.private(refuseShadowPromise, "id", t.in.ID.String()), nil
	case errors.Is(err, promise.ErrDue):
		return t.undated(errFar, t.example(examplePromise, t.in.ID)), nil
	}
	return t.failed(err, incident.Command{ID: t.in.ID}, t.in)
}
