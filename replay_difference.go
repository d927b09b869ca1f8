package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/siaga-id/siaga/trial"
)

// differenceLines is how many alerts of one rule are listed for each kind of
// difference.
const differenceLines = 5

func (r *replayed) printDifference(a, b string, all []trial.Difference) error {
	r.head()
	fmt.Fprintf(r.out, "A is %s, B is %s.\n", a, b)
	w := r.columns()
	calls := "calls A"
	if r.outcome.Weeks() >= 1 {
		calls = "calls a week A"
	}
	fmt.Fprintf(w, "\nRule\tmatches A\tB\t%s\tB\tsame alerts\tonly A\tonly B\tearlier in B\tlater in B\n", calls)
	for _, d := range all {
		earlier := 0
		for _, p := range d.Moved {
			if p.Later() < 0 {
				earlier++
			}
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%d\t%d\t%d\t%d\t%d\n", d.Rule, number(d.MatchesA, d.InA), number(d.MatchesB, d.InB),
			r.calls(d.CallsA, d.InA), r.calls(d.CallsB, d.InB), d.Same, len(d.OnlyA), len(d.OnlyB), earlier, len(d.Moved)-earlier)
	}
	flush(w)
	for _, d := range all {
		r.details(d)
	}
	return nil
}

// number is that of a rule; where there is no such rule, none.
func number(n int, exists bool) string {
	if !exists {
		return "no rule"
	}
	return fmt.Sprint(n)
}

// calls is how often a rule calls people, in a long archive a week.
func (r *replayed) calls(n int, exists bool) string {
	switch {
	case !exists:
		return "-"
	case r.outcome.Weeks() < 1:
		return fmt.Sprint(n)
	}
	return r.weekly(n)
}

func (r *replayed) details(d trial.Difference) {
	var lines []string
	list := func(of string, alerts []trial.Alert) {
		for _, a := range alerts[:min(len(alerts), differenceLines)] {
			lines = append(lines, fmt.Sprintf("%s: %s %s, %s", of, r.short(a.Began), place(cmp.Or(a.Site, a.Source)), a.Summary))
		}
		if more := len(alerts) - differenceLines; more > 0 {
			lines = append(lines, fmt.Sprintf("%s: and %d more", of, more))
		}
	}
	list("only A", d.OnlyA)
	list("only B", d.OnlyB)
	for _, p := range d.Moved[:min(len(d.Moved), differenceLines)] {
		word, by := "later", p.Later()
		if by < 0 {
			word, by = "earlier", -by
		}
		lines = append(lines, fmt.Sprintf("%s %s in B: %s instead of %s, %s", trial.Span(by), word, r.short(p.B.Began), r.short(p.A.Began), place(cmp.Or(p.A.Site, p.A.Source))))
	}
	if len(lines) > 0 {
		fmt.Fprintf(r.out, "\n%s\n  %s\n", d.Rule, strings.Join(lines, "\n  "))
	}
}
