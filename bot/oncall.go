package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// shifts holds who has handed the work over to whom last, by site.
const shifts store.Shelf[Shift] = "shift"

// Shift is the latest handover at a site. It says who watches now; who is
// called is for duty: in the configuration to say.
type Shift struct {
	From string    `json:"from"`
	To   string    `json:"to"`
	At   time.Time `json:"at"`
}

func shiftKey(site string) store.Key { return store.Key("@" + site) } // the site "" has none

// everywhere lists the sites, or the one that an incident without a site has.
func (t *turn) everywhere() []string {
	if all := t.Sites(); len(all) > 0 {
		return all
	}
	return []string{""}
}

// oncall shows who is on duty at each site, in the order in which they are
// called, when, and who handed over to whom. Sites that are alike are one block.
func (t *turn) oncall(ctx context.Context, rest string) (Answer, error) {
	sites := t.everywhere()
	if rest != "" {
		site, ok := t.site(rest)
		if !ok {
			return t.once(t.private(refuseNoSite, "site", one(rest, placeRunes), "example", t.example(exampleOncall, 0))), nil
		}
		sites = []string{site}
	}
	last := map[string]Shift{}
	err := t.DB.View(ctx, func(tx store.Tx) error {
		for _, site := range sites {
			s, found, err := shifts.Get(tx, shiftKey(site))
			if err != nil {
				return fmt.Errorf("read a shift: %w", err)
			}
			if found {
				last[site] = s
			}
		}
		return nil
	})
	var blocks []string
	where := map[string][]string{}
	for _, site := range sites {
		block := t.table(site, last[site])
		if where[block] == nil {
			blocks = append(blocks, block)
		}
		where[block] = append(where[block], cmp.Or(t.siteName(site), t.Lang.say(seatEverywhere)))
	}
	for i, block := range blocks {
		blocks[i] = t.Lang.say(oncallHead, "sites", t.Lang.names(where[block])) + "\n" + block
	}
	if rest := len(blocks) - maxLines; rest > 0 {
		blocks = append(blocks[:maxLines], t.Lang.More(rest))
	}
	return Answer{Text: strings.Join(blocks, "\n"), Private: true}, err
}

func (t *turn) siteName(site string) string {
	_, name, _ := t.Name("", site)
	return one(name, placeRunes)
}

// site finds a site by its key or its name.
func (t *turn) site(said string) (string, bool) {
	for _, key := range t.everywhere() {
		if key != "" && (strings.EqualFold(key, said) || strings.EqualFold(t.siteName(key), said)) {
			return key, true
		}
	}
	return "", false
}

// table is the duty of one site: the turns, and for each level when they are
// called.
func (t *turn) table(site string, s Shift) string {
	turns := t.turns(site)
	var lines []string
	for _, x := range turns {
		names := cmp.Or(t.Lang.names(x.Names), t.Lang.say(oncallNobody))
		lines = append(lines, t.Lang.say(oncallTurn, "turn", upper(t.Lang.duty(x.Role)), "names", names))
	}
	for _, level := range []rules.Severity{rules.Critical, rules.Warning} {
		var steps []string
		for _, x := range turns {
			if after, called := x.After[level]; called {
				steps = append(steps, t.Lang.say(oncallStep, "turn", t.Lang.duty(x.Role), "after", t.Lang.Span(after)))
			}
		}
		if steps != nil {
			lines = append(lines, t.Lang.say(oncallLadder, "level", t.Lang.level(level), "steps", strings.Join(steps, " → ")))
		}
	}
	if !s.At.IsZero() {
		_, _, zone := t.Name("", site)
		lines = append(lines, t.Lang.say(oncallShift, "from", one(s.From, placeRunes), "to", one(s.To, placeRunes), "at", t.Lang.clock(s.At, t.at, zone)))
	}
	return strings.Join(lines, "\n")
}

// handover gives the watch to somebody, with a card of what they take over:
// what is open and whose it is, and what is not seen.
func (t *turn) handover(ctx context.Context, rest string) (Answer, error) {
	if rest == "" {
		return t.once(t.private(askHandover, "example", t.example(exampleHandover, 0))), nil
	}
	p, left, ok := t.person(rest)
	if !ok || left != "" {
		return t.nobody(rest), nil
	}
	sites := slices.DeleteFunc(t.everywhere(), func(site string) bool { return !p.Covers(site) || !t.who.Covers(site) })
	if len(sites) == 0 {
		return t.private(refuseHandover, "who", one(p.Name, placeRunes)), nil
	}
	card, err := t.shiftCard(ctx, p, sites)
	if err != nil {
		return Answer{}, err
	}
	err = t.DB.Update(ctx, func(tx store.Tx) error {
		for _, site := range sites {
			if err := shifts.Put(tx, shiftKey(site), Shift{From: t.who.Name, To: p.Name, At: t.at}); err != nil {
				return fmt.Errorf("keep a shift: %w", err)
			}
		}
		return t.settle(tx)
	})
	t.marked = err == nil
	return Answer{Text: card}, err
}

// shiftCard says what somebody takes over at some sites.
func (t *turn) shiftCard(ctx context.Context, to Person, sites []string) (string, error) {
	all, err := t.Desk.Unresolved(ctx)
	if err != nil {
		return "", err
	}
	all = slices.DeleteFunc(all, func(in incident.Incident) bool { return in.Site != "" && !slices.Contains(sites, in.Site) })
	slices.SortStableFunc(all, loudest)
	s, err := t.Status(ctx)
	if err != nil {
		return "", err
	}
	var names []string
	for _, site := range sites {
		names = append(names, cmp.Or(t.siteName(site), t.Lang.say(seatEverywhere)))
	}
	_, _, zone := t.Name("", sites[0])
	lines := []string{t.Lang.say(shiftHead, "from", one(t.who.Name, placeRunes), "to", one(to.Name, placeRunes),
		"sites", t.Lang.names(names), "at", t.Lang.clock(t.at, t.at, zone))}
	if len(all) == 0 {
		lines = append(lines, t.Lang.say(listNone))
	} else {
		lines = append(lines, t.lines(all).Text)
	}
	owed, err := t.owedAt(ctx, sites)
	if err != nil {
		return "", err
	}
	if owed != "" {
		lines = append(lines, owed)
	}
	lines = append(lines, t.Lang.blind(s.Blind, t.at, zone), t.Lang.say(shiftFoot, "example", t.example(exampleOncall, 0)))
	return strings.Join(lines, "\n"), nil
}
