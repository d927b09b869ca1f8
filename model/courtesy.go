package model

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed courtesy.txt
var courtesyFile string

// isCourtesy reports a sentence that says nothing about the matter: one of the
// list, or a safe text.
func isCourtesy(s string, safe []string) bool {
	s = comparable(s)
	for line := range strings.Lines(courtesyFile) {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, "#") && fills(comparable(line), s, safe) {
			return true
		}
	}
	return slices.ContainsFunc(safe, func(t string) bool { // a safe text may be several sentences
		return slices.Contains(strings.SplitAfter(comparable(t)+" ", ". "), s+" ") || comparable(t) == strings.TrimRight(s, ".")
	})
}

// fills reports whether s is a line with safe texts in place of its gaps.
func fills(line, s string, safe []string) bool {
	before, rest, gap := strings.Cut(line, "{}")
	if !gap {
		return line == s
	}
	s, ok := strings.CutPrefix(s, before)
	if !ok {
		return false
	}
	return slices.ContainsFunc(safe, func(t string) bool {
		t = comparable(t)
		after, ok := strings.CutPrefix(s, t)
		return t != "" && ok && fills(rest, after, safe)
	})
}

func comparable(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
