package forms

import (
	"iter"
	"slices"
	"strings"
)

// Of returns the spellings that count as forms of one root, a folded word:
// first the root, then what prefixes, endings, possessives and particles make
// of it, each once. Words that only look like its forms (sekarang of karang) are
// left out, and those that are forms in a way of their own (belajar of ajar) are
// there. A root has about 250; one of several words, of one byte or of over
// 48, has only itself.
//
// Which affixes go together follows the standard grammar (Alwi et al., Tata
// Bahasa Baku Bahasa Indonesia) and, for speech, what people write. Of the many
// combinations of possessives and particles only those are made that are
// common; a Family knows them all.
func Of(root string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for form := range formsOf(root).strings() {
			if !yield(form) {
				return
			}
		}
	}
}

// VowelShifted returns the forms of a root with the a of its last syllable
// spoken as e (dapat: dapet), and none for roots without. They are real, but
// some are names (asap: asep), which is why Of leaves them out.
func VowelShifted(root string) iter.Seq[string] {
	return func(yield func(string) bool) {
		s := shifted(root)
		if s == "" {
			return
		}
		for form := range Of(s) {
			if !yield(form) {
				return
			}
		}
	}
}

// shifted returns the root with e for a in its last syllable, which must be a
// closed one and not the only one; otherwise the empty string.
func shifted(root string) string {
	i := len(root) - 2
	for i > 0 && !isVowel(root[i]) {
		i--
	}
	if i < 1 || root[i] != 'a' || isVowel(root[len(root)-1]) || syllables(root[:i]) == 0 || isVowel(root[i-1]) {
		return ""
	}
	return root[:i] + "e" + root[i+1:]
}

func formsOf(root string) *formList {
	l := newFormList()
	if root == "" {
		return l
	}
	l.add(nil, root, "")
	if len(root) == 1 || len(root) > maxWord || strings.ContainsRune(root, ' ') {
		return l
	}
	l.addForms(root)
	for _, word := range related()[root] {
		l.addForms(word)
	}
	return l.withoutLookalikes(root)
}

// addForms adds the forms of a word.
func (l *formList) addForms(word string) {
	eachStem(word, func(s stem) {
		takes := s.takes()
		for _, e := range spelled {
			if takes&e.ending == 0 || e.text == "i" && strings.HasSuffix(word, "i") {
				continue
			}
			if takes&e.ending == endCut {
				l.add(s.text, e.text, "")
				continue
			}
			for _, c := range s.clitics() {
				if c.only&^s.prefix.use == 0 && (c.only == 0 || e.formal) {
					l.add(s.text, e.text, c.text)
				}
			}
		}
	})
}

// clitics returns what may stand last: after rare stems, nothing.
func (s stem) clitics() []clitic {
	if s.cost == costRare && s.prefix.text != "" || len(s.prefix.text) > 4 {
		return clitics[:1]
	}
	return clitics[:]
}

// withoutLookalikes returns the list without what is a form of another word in
// the first place.
func (l *formList) withoutLookalikes(root string) *formList {
	var others *formList
	for n := range l.ends {
		word := l.at(n)
		roots, ok := lookalikes()[string(word)]
		if !ok || string(word) == root || slices.Contains(roots, root) {
			continue
		}
		if others == nil {
			others = newFormList()
		}
		others.addForms(string(word))
	}
	if others == nil {
		return l
	}
	return l.without(others)
}

// spelled are the endings as letters.
//
//nolint:gochecknoglobals // a table that nothing writes to
var spelled = [...]struct {
	ending endings
	text   string
	formal bool
}{{endNone, "", true}, {endI, "i", true}, {endKan, "kan", true}, {endAn | endCut, "an", true}, {endIn, "in", false}}

type clitic struct {
	text string
	only use // only after prefixes of this use
}

// clitics are the possessives and particles that are common behind a word.
//
//nolint:gochecknoglobals // a table that nothing writes to
var clitics = [...]clitic{{"", 0}, {"nya", 0}, {"ku", useNoun}, {"mu", useNoun}, {"lah", useMood}, {"pun", useMood}}
