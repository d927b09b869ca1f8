package bot

import (
	"regexp"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/draft"
	"github.com/siaga-id/siaga/facts"
)

// order reads what somebody wants: the kind, and in any order a style, facts
// by their ids, and behind them the claim.
func (t *turn) order(m draft.Matter, rest string) (draft.Order, bool) {
	word, rest := cutWord(rest)
	o := draft.Order{Style: draft.Formal}
	var ok bool
	if o.Kind, o.Style, ok = pressedDraft(word, o.Style); ok {
		return o, true
	}
	if o.Kind, ok = parseKind(word); !ok {
		return o, false
	}
	for rest != "" {
		word, after := cutWord(rest)
		bare := strings.Trim(word, ",.:")
		if s, found := parseStyle(bare); found {
			o.Style, rest = s, after
			continue
		}
		i := slices.IndexFunc(m.Live, func(f facts.Fact) bool { return strings.EqualFold(f.ID, bare) })
		switch {
		case i >= 0:
			bare = m.Live[i].ID
		case !factLike.MatchString(bare):
			o.Claim = claim(rest)
			return o, true
		}
		o.Facts, rest = append(o.Facts, bare), after // one that does not live is refused by its name
	}
	return o, true
}

// factLike is how the ids of facts look: a claim does not begin so.
var factLike = regexp.MustCompile(`^(?i:fakta|fact|usul)-\d{1,6}$`)

// claim is what is said, as it stands within another sentence.
func claim(s string) string {
	s = strings.Trim(one(s, noteRunes), `"“”'.`)
	for _, that := range []string{"bahwa ", "that "} {
		s = strings.TrimPrefix(s, that)
	}
	return s
}

func parseKind(word string) (draft.Kind, bool) {
	for k, names := range map[draft.Kind][]string{
		draft.Holding: {"pernyataan", "awal", "holding"}, draft.Clarify: {"klarifikasi", "clarification"},
		draft.Acknowledge: {"akui", "acknowledge"},
	} {
		for _, n := range names {
			if len(word) >= 4 && strings.HasPrefix(n, strings.ToLower(word)) {
				return k, true
			}
		}
	}
	return "", false
}

func parseStyle(word string) (draft.Style, bool) {
	for s, names := range map[draft.Style][]string{
		draft.Formal: {"resmi", "formal"}, draft.Plain: {"lugas", "plain"}, draft.English: {"inggris", "english"},
	} {
		if slices.Contains(names, strings.ToLower(word)) {
			return s, true
		}
	}
	return "", false
}

// pressedDraft reads what a button of an offer carries: the first letter of a
// kind, behind a hyphen so that nobody types it.
func pressedDraft(word string, s draft.Style) (draft.Kind, draft.Style, bool) {
	for _, k := range draft.Kinds() {
		if word == pressKind(k) {
			return k, s, true
		}
	}
	return "", s, false
}

func pressKind(k draft.Kind) string { return "-" + string(k[:1]) }
