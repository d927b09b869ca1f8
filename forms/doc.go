// Package forms knows which spellings are forms of an Indonesian root: what
// prefixes and endings make of it, in the standard language and in speech, and
// what people write for it.
//
// It is no stemmer. A rule names its roots, so the question is never what the
// root of a word is, but whether a word is a form of one of these (matching.md,
// section 1). Of spells all forms of a root out, for a dictionary; a Family
// answers for many roots at once, of which the likeliest wins.
package forms
