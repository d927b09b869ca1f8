package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/siaga-id/siaga/store"
)

// links leads from an account in a messenger to a person, beside what the
// configuration says.
const links store.Shelf[Link] = "link"

// Link says whose an account is, and which admin said so.
type Link struct {
	Person string    `json:"person"` // a name in people; a link to somebody who left leads nowhere
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// account is the key of the speaker's account: without the team, which the
// transport has checked.
func account(user string) string {
	transport, id, _ := strings.Cut(user, ":")
	return transport + ":" + id[strings.LastIndexByte(id, ':')+1:]
}

// linked finds whose account it is where the configuration names nobody: it
// is asked first, and always right.
func (t *turn) linked(ctx context.Context) error {
	if t.who.Name != "" || t.user == terminalUser {
		return nil
	}
	return t.DB.View(ctx, func(tx store.Tx) error {
		l, found, err := links.Get(tx, store.Key(account(t.user)))
		if err != nil {
			return fmt.Errorf("read links: %w", err)
		}
		if found {
			t.who, _ = t.people.named(l.Person)
		}
		return nil
	})
}

// named returns the person of a name.
func (p *People) named(name string) (Person, bool) {
	for _, row := range p.rows {
		if row.Name == name {
			return row, true
		}
	}
	return Person{}, false
}

// link gives the speaker a code, or lets an admin say whose a code is.
func (t *turn) link(ctx context.Context, rest string) (Answer, error) {
	word, who := cutWord(rest)
	switch {
	case word == "":
		return t.offer(ctx)
	case !t.Knows(t.dest): // it is said where others see it
		return t.private(refuseLinkHere), nil
	}
	if ans, denied := t.denied(Admin); denied && !t.own(who) {
		return ans, nil
	}
	switch {
	case isAny(word, "daftar", "list"):
		return t.linkList(ctx)
	case who == "":
		return t.once(t.private(askLink, "example", t.example(exampleLink, 0))), nil
	}
	p, left, ok := t.person(who)
	switch {
	case !ok || left != "":
		return t.nobody(who), nil
	case isAny(word, "hapus", "remove"):
		return t.unlink(ctx, p)
	case t.guesses.waits(t.user, t.at):
		return t.private(refuseGuesses), nil
	case decides(p) && t.who.Name != p.Name:
		return t.private(refuseLinkDecider, "who", one(p.Name, placeRunes)), nil
	}
	return t.attach(ctx, word, p)
}

// decides reports whether a person is one of the two whom a two-person rule
// wants. Their other account is theirs to link, from the one that is in the
// configuration: else an admin could be both with an account of their own.
func decides(p Person) bool { return p.Has(Admin) || p.Has(Approver) }

// own reports whether somebody who decides speaks of themselves.
func (t *turn) own(who string) bool {
	p, left, ok := t.person(who)
	_, configured := t.people.Find(t.user)
	return ok && left == "" && configured && decides(p) && p.Name == t.who.Name
}

// Why a code is not used. The texts are for logs.
var (
	errNoCode = errors.New("no such code, or it is too old")
	errHasOne = errors.New("the person has an account there")
	errNamed  = errors.New("the configuration says whose it is")
)

// attach makes the account behind a code a person's. A code is used up by it.
func (t *turn) attach(ctx context.Context, said string, p Person) (Answer, error) {
	code := strings.ToUpper(strings.ReplaceAll(said, "-", ""))
	var of Code
	err := t.DB.Update(ctx, func(tx store.Tx) error {
		live, err := liveCodes(tx, t.at)
		if err != nil {
			return err
		}
		var known bool
		if of, known = live[code]; !known {
			return errNoCode
		}
		if err := t.fits(tx, of, p); err != nil {
			return err
		}
		if err := codes.Delete(tx, store.Key(code)); err != nil {
			return fmt.Errorf("use a code up: %w", err)
		}
		if err := links.Put(tx, store.Key(of.Account), Link{Person: p.Name, By: t.who.Name, At: t.at}); err != nil {
			return fmt.Errorf("keep a link: %w", err)
		}
		return t.settle(tx)
	})
	who := one(p.Name, placeRunes)
	transport, _, _ := strings.Cut(of.Account, ":")
	switch {
	case errors.Is(err, errNoCode):
		t.guesses.allow(t.user, t.at)
		return t.private(refuseCode), nil
	case errors.Is(err, errHasOne):
		return t.private(refuseHasAccount, "who", who, "via", upper(transport)), nil
	case errors.Is(err, errNamed):
		return t.private(refuseOwned), nil
	case err != nil:
		return Answer{}, err
	}
	t.marked = true
	t.Log.Info("an account was linked", "account", of.Account, "person", p.Name, "by", t.who.Name)
	ans := t.private(doneLink, "who", who, "via", upper(transport), "by", one(t.who.Name, placeRunes), "field", configField(of.Account))
	ans.Private = false
	return ans, nil
}

// fits reports what speaks against an account's becoming a person's.
func (t *turn) fits(tx store.Tx, c Code, p Person) error {
	if _, known := t.people.Find(c.Account); known {
		return errNamed
	}
	transport, _, _ := strings.Cut(c.Account, ":")
	if transport == "telegram" && p.Telegram != 0 || transport == "slack" && p.Slack != "" {
		return errHasOne
	}
	return links.Scan(tx, store.Key(transport+":"), func(k store.Key, l Link) error {
		if l.Person == p.Name && string(k) != c.Account {
			return errHasOne
		}
		return nil
	})
}

// configField is what makes a link last, in the person's row: "slack: U01".
func configField(account string) string {
	transport, id, _ := strings.Cut(account, ":")
	return transport + ": " + one(id, placeRunes)
}

// linkList shows the links as lines for the configuration.
func (t *turn) linkList(ctx context.Context) (Answer, error) {
	var lines []string
	more := 0
	err := t.DB.View(ctx, func(tx store.Tx) error {
		lines, more = nil, 0
		return links.Scan(tx, "", func(k store.Key, l Link) error {
			if len(lines) == maxLines {
				more++
				return nil
			}
			_, _, zone := t.Name("", "")
			lines = append(lines, t.Lang.say(linkLine, "who", one(l.Person, placeRunes), "field", configField(string(k)), "by", one(l.By, placeRunes), "at", t.Lang.clock(l.At, t.at, zone)))
			return nil
		})
	})
	if len(lines) == 0 {
		return t.private(linkNone), err
	}
	lines = append([]string{t.Lang.say(linkHead)}, lines...)
	if more > 0 {
		lines = append(lines, t.Lang.More(more))
	}
	return Answer{Text: strings.Join(lines, "\n"), Private: true}, err
}

// unlink takes all links of a person back.
func (t *turn) unlink(ctx context.Context, p Person) (Answer, error) {
	gone := 0
	err := t.DB.Update(ctx, func(tx store.Tx) (err error) {
		gone, err = links.Sweep(tx, "", func(_ store.Key, l Link) bool { return l.Person == p.Name })
		if err != nil {
			return fmt.Errorf("unlink: %w", err)
		}
		return t.settle(tx)
	})
	t.marked = err == nil
	if gone == 0 {
		return t.private(linkNone), err
	}
	ans := t.private(doneUnlink, "who", one(p.Name, placeRunes), "by", one(t.who.Name, placeRunes))
	ans.Private = false
	return ans, err
}
