package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/text"
)

// failing is a clause that does not hold, of a long NOT the part that is to blame.
func failing(c rules.Clause) string {
	if c.Why.Cause == rules.Vetoed && short(c.Query) != c.Query {
		return "NOT (… " + short(c.Why.Part) + " …)"
	}
	return short(c.Query)
}

func short(query string) string {
	if utf8.RuneCountInString(query) <= partRunes {
		return query
	}
	return text.Excerpt(query, 0, 0, partRunes)
}

// quoted names what was found in the text, each with the word of the rule that
// it answers to where the two differ, the same words once.
func quoted(found []rules.Found, s string) string {
	var out []string
	for _, f := range found {
		stands := text.Excerpt(s[f.Start:f.End], 0, 0, columns)
		word := `"` + stands + `"`
		if want := strings.Trim(strings.TrimPrefix(f.Word, "="), `"`); text.Fold(stands) != text.Fold(want) {
			word += " (" + f.Word + ")"
		}
		if !slices.Contains(out, word) {
			out = append(out, word)
		}
	}
	return listed(out, ", ")
}

func listed(all []string, between string) string {
	if rest := len(all) - wordShown; rest > 0 {
		all = append(slices.Clone(all[:wordShown]), fmt.Sprintf("%d more", rest))
	}
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	return strings.Join(all[:len(all)-1], between) + " and " + all[len(all)-1]
}

// because says why a clause does not hold.
func because(w rules.Why, s string) string {
	found := quoted(w.Found, s)
	switch w.Cause {
	case rules.Missing:
		return missing(w, found)
	case rules.Unsearched:
		return listed(w.Words, ", ") + " stands only in a handle or an address, and these are not searched"
	case rules.Scattered:
		return "the words of " + w.Words[0] + " are there, but not side by side"
	case rules.Hidden:
		return found + " counts as not written, because of " + short(w.Part)
	case rules.Apart:
		return fmt.Sprintf("%d words stand between %s; %d are allowed", w.Between, found, w.Allowed)
	case rules.Disordered:
		return "they stand in the other order: first " + strings.Replace(found, " and ", ", then ", 1)
	case rules.Overlapping:
		return "both sides are found in the same words only: " + found
	case rules.Vetoed:
		if found == "" {
			return "the post is " + short(w.Part)
		}
		return "the text has " + found
	case rules.Differs:
		field, _, _ := strings.Cut(strings.NewReplacer(":", " ", "<", " ", ">", " ", "=", " ").Replace(w.Part), " ")
		if w.Has == "" {
			return "the " + field + " of this post is unknown"
		}
		return "the " + field + " of this post is " + w.Has
	}
	return string(w.Cause)
}

func missing(w rules.Why, found string) string {
	gone, one := listed(w.Words, ", "), len(w.Words) == 1
	if strings.HasPrefix(w.Part, "$") && !one {
		gone = w.Part + " (" + gone + ")"
	}
	switch {
	case found == "" && one:
		return gone + " is not in the text"
	case found == "":
		return "none of " + gone + " is in the text"
	case one:
		return "there is " + found + ", but not " + gone
	default:
		return "there is " + found + ", but none of " + gone
	}
}

// wrap breaks a text into lines of at most width columns between words; lines
// after the first of a paragraph are indented two more. Words that are longer
// stay whole.
func wrap(s string, indent, width int) string {
	var b strings.Builder
	for paragraph := range strings.SplitSeq(s, "\n") {
		col, pad := 0, indent
		for word := range strings.FieldsSeq(paragraph) {
			n := utf8.RuneCountInString(word)
			switch {
			case col == 0:
				b.WriteString(strings.Repeat(" ", pad))
				col = pad
			case col+1+n > width:
				pad = indent + 2
				b.WriteString("\n" + strings.Repeat(" ", pad))
				col = pad
			default:
				b.WriteByte(' ')
				col++
			}
			b.WriteString(word)
			col += n
		}
		b.WriteByte('\n')
	}
	return b.String()
}
