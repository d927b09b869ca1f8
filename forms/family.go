package forms

import (
	"maps"
	"slices"
	"strings"
)

// maxWord is the length in bytes above which a word is no word: the longest
// entries of Indonesian dictionaries have under 30 letters, and what is longer
// in a post is glued or noise.
const maxWord = 48

// A Family is a closed set of roots, and tells of which of them a token is a
// form: by the affix tables of Of, with any possessive and particle behind
// them. The likelier reading wins (mengantar is of antar, not of hantar), then
// the longest root; a token that is a root is a form of that one only. Words
// that only look like forms (lookalikes) and the forms of slang, of clipped and
// of drawn-out spellings are known to it. In x-y both halves must be forms of one
// root.
//
// A Family is made once and then only read, by any number of goroutines.
type Family struct {
	words []member
	slots []slot // open addressing, a power of two
	more  []entry
	text  []byte // the stems' letters, one after another
}

// A member is a word whose forms count: a root, or another spelling of one, or
// a word that is there only to keep its forms from being taken for others'.
type member struct {
	text  string
	roots []string
	style style
}

// style is which forms of a member count.
type style uint8

const (
	full   style = iota
	fixed        // with possessives and particles only
	spoken       // with an affix of speech only
)

// NewFamily returns the family of the given roots, which are folded words, as
// Token.Word. Empty ones and those over 48 bytes have no forms.
func NewFamily(roots []string) *Family {
	f := &Family{slots: make([]slot, 64)}
	known := make(map[string]bool, len(roots))
	for _, r := range roots {
		if r != "" && len(r) <= maxWord {
			known[r] = true
		}
	}
	f.addRoots(known)
	f.addLookalikes(known)
	f.addSlang(known)
	f.addClipped(known)
	return f
}

func (f *Family) addRoots(known map[string]bool) {
	for _, r := range sorted(known) {
		style := full
		if isCommand(r, known) || len(r) == 1 {
			style = fixed
		}
		f.add(member{r, []string{r}, style})
		if s := shifted(r); s != "" && !known[s] {
			f.add(member{s, []string{r}, spoken})
		}
	}
}

// sorted returns the keys in order, so that equal sets make equal families.
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// isCommand reports a root that is another root with -kan (lakukan). Then its
// affixed forms are the other's.
func isCommand(root string, known map[string]bool) bool {
	base, ok := strings.CutSuffix(root, "kan")
	return ok && len(base) > 3 && known[base]
}

// addLookalikes adds the words that belong to the roots in ways of their own,
// and those that would otherwise be taken for forms of them.
func (f *Family) addLookalikes(known map[string]bool) {
	for _, word := range sorted(lookalikes()) {
		if known[word] {
			continue
		}
		var own []string
		for _, r := range lookalikes()[word] {
			if known[r] {
				own = append(own, r)
			}
		}
		if own != nil || f.read(word).length > 0 {
			f.add(member{word, own, full})
		}
	}
}

func (f *Family) addSlang(known map[string]bool) {
	for _, word := range sorted(slang()) {
		roots := f.Roots(nil, word)
		if roots == nil {
			continue
		}
		for _, s := range slang()[word] {
			if s.ambiguous || known[s.text] {
				continue
			}
			style := fixed
			if s.inflects() {
				style = full
			}
			f.add(member{s.text, roots, style})
		}
	}
}

// addClipped adds spellings without vowels, where they are nothing else.
func (f *Family) addClipped(known map[string]bool) {
	for _, root := range sorted(known) {
		for _, s := range Clipped(root) {
			if _, other := lookalikes()[s]; !other && f.read(s).length == 0 {
				f.add(member{s, []string{root}, fixed})
			}
		}
	}
}

// Roots appends to dst the roots of which the token, a folded word, is a form:
// none, one, or two where two roots of the same length explain it equally well.
// It does not allocate if dst has room.
func (f *Family) Roots(dst []string, token string) []string {
	if token == "" || len(token) > maxWord {
		return dst
	}
	r := f.read(token)
	if r.length == 0 {
		r = f.loose(token)
	}
	return f.appendRoots(dst, r)
}

func (f *Family) appendRoots(dst []string, r reading) []string {
	from := len(dst)
	for _, w := range r.words[:r.n] {
		for _, root := range f.words[w].roots {
			if !slices.Contains(dst[from:], root) {
				dst = append(dst, root)
			}
		}
	}
	return dst
}
