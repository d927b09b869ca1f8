package forms

import (
	"iter"
	"slices"
)

// Spellings returns every spelling under which a root, a folded word, is looked
// for: its forms (Of), those of its Slang, what it is Clipped to, and if colloquial
// the VowelShifted ones. One that is several of these may come more
// than once.
func Spellings(root string, colloquial bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		sources := []iter.Seq[string]{Of(root), slices.Values(Clipped(root))}
		for _, s := range Slang(root) {
			sources = append(sources, formsOfSpeech(s))
		}
		if colloquial {
			sources = append(sources, VowelShifted(root))
		}
		for _, forms := range sources {
			for form := range forms {
				if !yield(form) {
					return
				}
			}
		}
	}
}

// formsOfSpeech are the forms of what people write for a word, or only that if
// it is an abbreviation.
func formsOfSpeech(s string) iter.Seq[string] {
	if (spelling{text: s}).inflects() {
		return Of(s)
	}
	return func(yield func(string) bool) { yield(s) }
}
