package facts

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Library is an immutable collection of facts.
type Library struct {
	facts []Fact
}

// Problem is one reason to refuse a fact.
type Problem struct {
	Fact  int    // index in the list given to NewLibrary
	Field string // as in the fact file
	Msg   string
	Hint  string
}

// NewLibrary checks every fact and returns either a Library or everything
// that is wrong. A fact needs an id, a text, a source, an end, an owner and
// an approver who is someone else; crisis.md says why.
func NewLibrary(facts []Fact) (*Library, []Problem) {
	ids := make(map[string]int, len(facts))
	for i, f := range facts {
		if _, taken := ids[f.ID]; !taken {
			ids[f.ID] = i
		}
	}
	var problems []Problem
	for i, f := range facts {
		problems = append(problems, check(i, f, ids)...)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return &Library{facts: slices.Clone(facts)}, nil
}

func check(i int, f Fact, ids map[string]int) []Problem {
	var problems []Problem
	refuse := func(bad bool, field, msg, hint string) {
		if bad {
			problems = append(problems, Problem{Fact: i, Field: field, Msg: msg, Hint: hint})
		}
	}
	refuse(blank(f.ID), "id", "the fact has no id", "give it one such as FAKTA-012")
	refuse(f.ID != "" && ids[f.ID] != i, "id", fmt.Sprintf("id %q is taken by an earlier fact", f.ID), "")
	refuse(blank(f.Text), "text", "the fact says nothing", "write the approved sentence")
	refuse(f.Number != "" && !stands(f.Number, f.Text), "number",
		fmt.Sprintf("number %q does not stand in the text", f.Number), "write it as in the text")
	refuse(blank(f.Source.Name) || blank(f.Source.URL), "source", "the fact has no source",
		"name who says so and where it can be read (source: {name, url})")
	refuse(f.Tier < 1 || f.Tier > 3, "tier", "tier must be 1, 2 or 3",
		"1 regulator or court, 2 independent expert, 3 company measurement")
	refuse(blank(f.ProvesNot), "proves_not", "it is not said what the fact does not prove",
		"every fact has a limit; write it down before a critic does")
	refuse(len(f.Topics) == 0, "topics", "the fact answers no topic", "list the topics it may answer")
	refuse(f.ValidUntil.IsZero(), "valid_until", "the fact has no end", "a fact that nobody looks at again goes bad: set a date")
	refuse(blank(f.Owner), "owner", "the fact has no owner", "")
	refuse(blank(f.Approver), "approver", "nobody has approved the fact", "")
	refuse(!blank(f.Approver) && same(f.Approver, f.Owner), "approver", "the owner cannot approve their own fact", "let somebody else approve it")
	_, exists := ids[f.SupersededBy]
	refuse(f.SupersededBy != "" && !exists, "superseded_by", fmt.Sprintf("there is no fact %q", f.SupersededBy), "")
	refuse(f.SupersededBy != "" && f.SupersededBy == f.ID, "superseded_by", "a fact cannot supersede itself", "")
	return problems
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// stands reports whether number stands in text by itself, and not as a part of
// a longer one, as 5 does in 150 and in 2,5.
func stands(number, text string) bool {
	digit := func(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	for i := range text {
		before := strings.TrimRight(text[:i], ".,")
		after, found := strings.CutPrefix(text[i:], number)
		if found && !digit(before, len(before)-1) && !digit(strings.TrimLeft(after, ".,"), 0) {
			return true
		}
	}
	return false
}

// Live reports whether the fact may be used at now. One that nobody but its
// owner approved never lives, wherever it came from.
func (f Fact) Live(now time.Time) bool {
	return f.SupersededBy == "" && now.Before(f.ValidUntil) && f.Approver != "" && !strings.EqualFold(f.Approver, f.Owner)
}

// covers reports whether the fact speaks about the cell. A fact without sites
// holds everywhere; one with sites does not hold where no site is known.
func (f Fact) covers(topic, site string) bool {
	return slices.Contains(f.Topics, topic) && (len(f.Sites) == 0 || slices.Contains(f.Sites, site))
}

// Len returns the number of facts, dead ones included.
func (l *Library) Len() int { return len(l.facts) }
