package bot

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/text"
)

// Shadows is what a chat may do to rules in shadow. Activate and Suspend take a
// vote and mark in one transaction, as Desk does; mark may be nil. Their
// errors are those of package rules, or the store's.
type Shadows interface {
	// Told reports whether a chat is one of the admins': elsewhere nobody
	// sees what rules in shadow say.
	Told(d notifier.Dest) bool
	// Look returns where all rules stand, and the unresolved shadow incidents.
	Look(ctx context.Context) ([]rules.Standing, []incident.Incident, error)
	Activate(ctx context.Context, v Vote, mark func(store.Tx) error) (rules.Standing, error)
	Suspend(ctx context.Context, v Vote, mark func(store.Tx) error) (rules.Standing, error)
}

// Vote is what one admin says about a rule in a chat.
type Vote struct {
	rules.Decision
	Actor incident.Actor
	Note  string // Suspend: for the open incidents that the rule had a part in
}

// told reports whether this chat may see shadow incidents.
func (t *turn) told() bool { return t.Shadows.Told(t.dest) }

// activate asks for a rule in shadow to become active, or agrees to it.
func (t *turn) activate(ctx context.Context, rest string) (Answer, error) {
	st, found, ans, err := t.candidate(ctx, rest, exampleActivate)
	if !found {
		return ans, err
	}
	others := t.otherAdmins()
	if st.Shadow && len(others) == 0 {
		return t.private(refuseAlone, "rule", st.Rule), nil
	}
	now, err := t.Shadows.Activate(ctx, t.vote(st.Rule), t.mark)
	if err != nil {
		return t.unchanged(err, now, refuseActive)
	}
	t.marked = true
	key := doneAsked
	if !now.Shadow {
		key = doneActivated
	}
	return t.decided(key, now), nil
}

// suspend sends a rule back to shadow, or takes back a request.
func (t *turn) suspend(ctx context.Context, rest string) (Answer, error) {
	st, found, ans, err := t.candidate(ctx, rest, exampleSuspend)
	if !found {
		return ans, err
	}
	was, err := t.Shadows.Suspend(ctx, t.vote(st.Rule), t.mark)
	if err != nil {
		return t.unchanged(err, was, refuseInShadow)
	}
	t.marked = true
	key := doneSuspended
	if was.Shadow {
		key = doneWithdrawn
	}
	return t.decided(key, was), nil
}

func (t *turn) vote(rule string) Vote {
	admin := func(name string) bool {
		return t.Operator && name == operator().Name || slices.Contains(t.people.who(isAdmin), name)
	}
	return Vote{
		Decision: rules.Decision{Rule: rule, By: t.who.Name, At: t.at, Admin: admin},
		Actor:    incident.Actor{Name: t.who.Name, Via: t.dest.Transport(), Chat: string(t.dest)},
		Note:     t.Lang.say(shadowLeft, "rule", rule),
	}
}

func isAdmin(p Person) bool { return p.Has(Admin) && len(p.keys()) > 0 }

// otherAdmins names those who could agree with whoever speaks. While the
// keyboard is all there is, nobody can.
func (t *turn) otherAdmins() []string {
	if t.Operator {
		return nil
	}
	return t.people.who(func(p Person) bool { return isAdmin(p) && p.Name != t.who.Name })
}

// candidate finds the rule that a line is about. Without a word it lists those
// that have something to do with the verb.
func (t *turn) candidate(ctx context.Context, rest string, example phrase) (st rules.Standing, found bool, ans Answer, err error) {
	all, _, err := t.Shadows.Look(ctx)
	if err != nil {
		return st, false, ans, err
	}
	if rest == "" {
		return st, false, t.standings(all, example), nil
	}
	st, found, ans = t.rule(all, rest, example)
	return st, found, ans, nil
}

// maxRule is above the longest name of an alert (docs/config.md): a longer word
// is none, and is not compared with all of them.
const maxRule = 64

// rule finds the rule that a line names, in whatever case. Where there is none
// the answer names the one most like it, or some that there are.
func (t *turn) rule(all []rules.Standing, rest string, example phrase) (st rules.Standing, found bool, ans Answer) {
	word, _ := cutWord(rest)
	word = one(word, maxRule)
	var names []string
	for _, st := range all {
		if names = append(names, st.Rule); st.Rule == word {
			return st, true, ans
		}
	}
	near, ok := text.Nearest(word, names)
	switch {
	case ok && strings.EqualFold(near, word):
		return all[slices.Index(names, near)], true, ans
	case ok:
		return st, false, t.private(askRule, "rule", word, "example", t.ruleExample(example, near))
	}
	return st, false, t.noRule(word, names)
}

func (t *turn) noRule(word string, known []string) Answer {
	ans := t.private(refuseNoRule, "rule", word)
	if len(known) > 0 {
		ans.Text += " " + t.Lang.say(knownRules, "rules", t.Lang.names(known))
	}
	return ans
}

func (t *turn) ruleExample(example phrase, rule string) string {
	return t.slash(t.Lang.say(example, "rule", rule))
}

// standings lists the rules whose file leaves them to the admins.
func (t *turn) standings(all []rules.Standing, example phrase) Answer {
	var lines []string
	first := ""
	for _, st := range all {
		if !st.ByChat {
			continue
		}
		lines = append(lines, t.Lang.say(t.standing(st), t.votes(st)...))
		if first == "" {
			first = st.Rule
		}
	}
	if first == "" {
		return t.private(shadowNone)
	}
	if rest := len(lines) - maxLines; rest > 0 {
		lines = append(lines[:maxLines], t.Lang.More(rest))
	}
	lines = append(lines, t.Lang.say(askWhichRule, "example", t.ruleExample(example, first)))
	return Answer{Text: strings.Join(lines, "\n"), Private: true}
}

func (t *turn) standing(st rules.Standing) phrase {
	switch {
	case !st.Shadow:
		return shadowActive
	case st.Asked != "":
		return shadowAsked
	default:
		return shadowIdle
	}
}

// votes says who asked for what and who agreed, and when.
func (t *turn) votes(st rules.Standing) []string {
	_, _, zone := t.Name("", "")
	at := st.AskAt
	if !st.Shadow {
		at = st.At
	}
	return []string{
		"rule", st.Rule, "asked", one(st.Asked, placeRunes), "by", one(st.By, placeRunes),
		"at", t.Lang.clock(at, t.at, zone), "until", t.Lang.clock(st.AskAt.Add(rules.AskValid), t.at, zone),
		"who", one(t.who.Name, placeRunes), "names", t.Lang.names(t.otherAdmins()),
		"example", t.ruleExample(exampleActivate, st.Rule),
	}
}

// decided is an answer for all to see: a rule concerns everybody.
func (t *turn) decided(key phrase, st rules.Standing) Answer {
	ans := t.private(key, t.votes(st)...)
	ans.Private = false
	return ans
}

// unchanged says why a vote changed nothing. Errors that are none of package
// rules are the store's, and are returned.
func (t *turn) unchanged(err error, st rules.Standing, already phrase) (Answer, error) {
	switch {
	case errors.Is(err, rules.ErrNoRule): // it went while we looked
		return t.noRule(st.Rule, nil), nil
	case errors.Is(err, rules.ErrByFile):
		return t.private(refuseByFile, "rule", st.Rule), nil
	case errors.Is(err, rules.ErrAsked):
		return t.private(refuseSecond, t.votes(st)...), nil
	case errors.Is(err, rules.ErrAlready):
		return t.private(already, t.votes(st)...), nil
	}
	return Answer{}, err
}

// shadowsHere returns what rules in shadow have open, where that may be seen.
func (t *turn) shadowsHere(ctx context.Context) ([]incident.Incident, error) {
	if !t.told() {
		return nil, nil
	}
	_, open, err := t.Shadows.Look(ctx)
	return open, err
}

// shadow says why only the admins see an incident.
func (l *Lang) shadow(in incident.Incident) string {
	return l.say(cardShadow, "rule", in.Rule, "level", l.level(in.Severity))
}

// marked sets a line about a shadow incident apart from those that matter.
func (l *Lang) marked(in incident.Incident, line string) string {
	if !in.Shadow {
		return line
	}
	return l.say(shadowMark, "line", line)
}
