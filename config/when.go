package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/rules"
)

// condition is one kind of condition: the field that makes it, and those that
// stand beside it.
type condition struct {
	field string
	needs []string     // fields that must stand beside it
	takes []string     // fields that may
	of    []rules.Unit // what of: may be; none: it takes no of:
	such  string       // an example
}

func conditions() []condition {
	count := func(unit rules.Unit) condition {
		return condition{field: string(unit), needs: []string{"within"}, such: "{" + string(unit) + ": 5, within: 30m}"}
	}
	return []condition{
		count(rules.Posts), count(rules.Stories), count(rules.Voices),
		{
			field: "ratio", needs: []string{"against", "within", "floor"}, takes: []string{"of"}, of: units(),
			such: "{ratio: 3, against: 12h, within: 1h, floor: 5}",
		},
		{field: "spike", takes: []string{"within", "floor", "of"}, of: units(), such: "{spike: balanced}"},
		{field: "silent", such: "{silent: 6h}"},
		{field: "new", such: "{new: place}"},
		{
			field: "spread", needs: []string{"within"}, takes: []string{"of"}, of: []rules.Unit{rules.Posts, rules.Stories},
			such: "{spread: 2 sites, within: 1d}",
		},
	}
}

func units() []rules.Unit { return []rules.Unit{rules.Voices, rules.Stories, rules.Posts} }

// besides lists the fields that make no condition of their own.
func besides() []string { return []string{"against", "within", "floor", "of"} }

func spikeLevels() []string { return []string{"low", "balanced", "high"} }

// spikeLevelsMean is told wherever they are named: low could be taken for few
// alerts.
const spikeLevelsMean = "low calls for smaller rises and is wrong more often, high only for large ones"

// mark is a field of a condition that was given.
type mark struct {
	field string
	place
}

// marks are the fields of a condition in the order of the file.
func (w *whenEntry) marks() []mark {
	all := []mark{
		{"posts", w.Posts.place},
		{"stories", w.Stories.place},
		{"voices", w.Voices.place},
		{"ratio", w.Ratio.place},
		{"spike", w.Spike.place},
		{"silent", w.Silent.place},
		{"new", w.New.place},
		{"spread", w.Spread.place},
		{"against", w.Against.place},
		{"within", w.Within.place},
		{"floor", w.Floor.place},
		{"of", w.Of.place},
	}
	all = slices.DeleteFunc(all, func(m mark) bool { return !m.set() })
	slices.SortStableFunc(all, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.node.Line, b.node.Line), cmp.Compare(a.node.Column, b.node.Column))
	})
	return all
}

// when returns the condition of a rule, the zero value for none; ok is false
// if it is wrong.
func (c *checker) when(e at[whenEntry]) (w rules.When, ok bool) {
	if !e.set() {
		return rules.When{}, true
	}
	before := len(c.errs)
	if kind, one := c.kindOf(e); one {
		c.checkBeside(e, kind)
		w = c.condition(&e.Value, kind)
	}
	return w, e.ok && len(c.errs) == before
}

// kindOf finds the one condition that the fields make.
func (c *checker) kindOf(e at[whenEntry]) (kind condition, one bool) {
	var first mark
	for _, m := range e.Value.marks() {
		i := slices.IndexFunc(conditions(), func(k condition) bool { return k.field == m.field })
		switch {
		case i < 0:
		case first.set():
			c.refuse(m.place, fmt.Sprintf("%s: and %s: are two conditions, and a rule has one", first.field, m.field), together(kind, conditions()[i]))
			return kind, false
		default:
			kind, first = conditions()[i], m
		}
	}
	if e.ok && !first.set() {
		c.refuse(e.place, "when: has no condition", "such as {voices: 5, within: 30m}, {spike: balanced} or {silent: 6h}")
	}
	return kind, first.set()
}

// checkBeside compares the fields beside a condition with those that belong there.
func (c *checker) checkBeside(e at[whenEntry], kind condition) {
	given := map[string]bool{}
	for _, m := range e.Value.marks() {
		given[m.field] = true
		if m.field != kind.field && !slices.Contains(kind.needs, m.field) && !slices.Contains(kind.takes, m.field) {
			c.refuse(m.place, fmt.Sprintf("%s: does not belong to %s:", m.field, kind.field), kind.fellows())
		}
	}
	for _, field := range kind.needs {
		if e.ok && !given[field] {
			hint := "such as " + kind.such
			if field == "floor" {
				hint = "below it the rule keeps silent: without it, one post after none would be an infinite rise, " + hint
			}
			c.refuse(e.place, fmt.Sprintf("missing field %q", field), hint)
		}
	}
	if of := e.Value.Of; kind.of != nil {
		c.oneOf("unit", of, words(kind.of))
	}
}

// together says what can be written instead of two conditions in one.
func together(a, b condition) string {
	for _, k := range [][2]condition{{a, b}, {b, a}} {
		if unit := rules.Unit(k[1].field); slices.Contains(k[0].of, unit) {
			return fmt.Sprintf("%s: counts %s when of: %s stands beside it; for both, write two rules", k[0].field, unit, unit)
		}
	}
	return "for both, write two rules; " + a.fellows()
}

// fellows says which fields belong to a condition.
func (k condition) fellows() string {
	var names []string
	for _, field := range slices.Concat(k.needs, k.takes) {
		names = append(names, field+":")
	}
	switch n := len(names); n {
	case 0:
		return k.field + ": stands alone"
	case 1:
		return fmt.Sprintf("with %s: belongs %s", k.field, names[0])
	default:
		return fmt.Sprintf("with %s: belong %s and %s", k.field, strings.Join(names[:n-1], ", "), names[n-1])
	}
}

func words[S ~string](list []S) []string {
	var out []string
	for _, s := range list {
		out = append(out, string(s))
	}
	return out
}
