package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Error is one thing that is wrong with the configuration, and where it stands.
type Error struct {
	File   string // as it was opened
	Line   int    // from 1; 0: the file as a whole
	Column int    // from 1, in characters; 0: the line as a whole
	Msg    string // what is wrong, in English, for admins
	Hint   string // what to write instead; may be empty
}

// Error returns "config.yaml:12:5: message (hint)".
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	if e.Line > 0 && e.Column > 0 {
		fmt.Fprintf(&b, ":%d", e.Column)
	}
	fmt.Fprintf(&b, ": %s", e.Msg)
	if e.Hint != "" {
		fmt.Fprintf(&b, " (%s)", e.Hint)
	}
	return b.String()
}

// Errors is everything that is wrong, by file and place. It is what Load and
// Live.Reload return when they return an error.
type Errors []*Error

// Error returns one line for each error.
func (l Errors) Error() string {
	lines := make([]string, len(l))
	for i, e := range l {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// sort puts the list in order of place and drops what was said twice, as
// happens when a wrong value has an anchor.
func (l *Errors) sort() {
	slices.SortStableFunc(*l, func(a, b *Error) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	*l = slices.CompactFunc(*l, func(a, b *Error) bool { return *a == *b })
}

// says reports whether something is said about the very place of e already.
func (l Errors) says(e *Error) bool {
	return slices.ContainsFunc(l, func(o *Error) bool {
		return o.File == e.File && o.Line == e.Line && o.Column == e.Column
	})
}
