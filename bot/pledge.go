package bot

import (
	"cmp"
	"errors"
	"strings"
	"time"
)

// pledge is a promise as somebody words it.
type pledge struct {
	text  string
	owner string
	due   time.Time
}

// errUnknown says that a promise is given to somebody who is none of people.
type errUnknown string

func (e errUnknown) Error() string { return "nobody is called " + string(e) }

// pledge reads what was promised, by whom and until when: "@Budi tirai dipasang
// sampai 5 Des", "tirai dipasang oleh Budi besok", "besok". What is chosen in a form
// stands in front of what was written there. Whoever speaks is the owner unless
// another is named, and looks and reports back unless something else is said.
func (t *turn) pledge(rest string) (pledge, error) {
	words, zone := strings.Fields(rest), t.card(t.in).Zone
	p := pledge{owner: t.who.Name}
	if t.press && len(words) > 0 {
		if chosen, err := deadline(words[:1], t.english, t.at, zone); err == nil {
			p.due, words = chosen, words[1:]
		}
	}
	if len(words) > 0 && strings.HasPrefix(words[0], "@") {
		person, left, ok := t.person(strings.Join(words, " "))
		if !ok {
			return pledge{}, errUnknown(words[0])
		}
		p.owner, words = person.Name, strings.Fields(left)
	}
	words, p.owner = t.cutOwner(words, p.owner)
	text, due, err := t.cutDue(words, zone)
	switch {
	case err == nil:
		p.due = due
	case p.due.IsZero():
		return pledge{}, err
	}
	text, p.owner = t.cutOwner(text, p.owner)
	p.text = cmp.Or(one(strings.Join(text, " "), noteRunes), t.Lang.say(promiseUsual))
	return p, nil
}

// cutOwner takes the owner off the end of a promise, "oleh Budi", where that is
// one of people: what an authority is to do is part of the text.
func (t *turn) cutOwner(words []string, owner string) (text []string, name string) {
	for i := len(words) - 1; i >= 0; i-- {
		said := words[i+1:]
		switch {
		case isAny(words[i], "oleh", "by"):
		case strings.HasPrefix(words[i], "@"):
			said = words[i:]
		default:
			continue
		}
		if p, left, ok := t.person(strings.Join(said, " ")); ok && left == "" {
			return words[:i], p.Name
		}
	}
	return words, owner
}

// cutDue takes the time off the end of a promise. A name of a day alone says
// when something is to be done only behind a word for it: what is done "tiap minggu"
// is not over on Sunday.
func (t *turn) cutDue(words []string, zone *time.Location) (text []string, due time.Time, err error) {
	err = errNoMoment
	for i := range words {
		if i > 0 && isAny(words[i-1], "tiap", "setiap", "per", "selama", "sejak", "every", "for", "since") {
			continue
		}
		if i > 0 && len(words) == i+1 && weekday(words[i], t.at) > 0 {
			continue
		}
		due, failed := deadline(words[i:], t.english, t.at, zone)
		if failed == nil {
			return words[:i], due, nil
		}
		if errors.Is(err, errNoMoment) {
			err = failed
		}
	}
	return words, time.Time{}, err
}

// unpledged asks for what is missing or unclear in a promise.
func (t *turn) unpledged(err error) Answer {
	if name, unknown := errors.AsType[errUnknown](err); unknown {
		return t.once(t.nobody(string(name)))
	}
	return t.undated(err, t.example(examplePromise, t.in.ID))
}

// undated asks for the date of a promise.
func (t *turn) undated(err error, example string) Answer {
	if n, vague := errors.AsType[vagueHour](err); vague {
		return t.once(t.private(askHour, "n", string(n)))
	}
	key := askDue
	switch {
	case errors.Is(err, errPast):
		key = askDuePast
	case errors.Is(err, errFar):
		key = askDueFar
	}
	return t.once(t.private(key, "example", example))
}

// terms are what the form of a promise offers, as people type it, the first
// unless another is chosen.
//
//nolint:gochecknoglobals // a table that nothing writes to
var terms = []string{"3d", "1d", "7d", "14d"}

func (t *turn) promiseForm() *Form {
	f := t.blank(formPromiseTitle, t.asked("promise"))
	f.Label, f.Words = t.Lang.say(formPromiseDue), t.Lang.say(formPromiseWords)
	labels := strings.Split(t.Lang.say(formTerms), " | ")
	for i, term := range terms {
		d := t.asked("promise")
		d.Arg = term
		f.Choices = append(f.Choices, Button{Label: labels[i], Data: d.String()})
	}
	return f
}
