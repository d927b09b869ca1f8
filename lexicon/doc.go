// Package lexicon finds which of many words and phrases stand in a text, at a
// cost that depends on the text and hardly on how many are looked for.
//
// Words are keys (package text). A word, and one word of each phrase, its
// anchor, stand in one hash table behind a bit for each key that says "surely
// not" for most words of most texts. Where an anchor is found, the words
// beside it decide: whichever word of it the anchor is, a phrase is found in the
// same places. The anchor is the rarest word of its phrase; how rare words
// are is learnt from the texts themselves (Census), because a text is often
// there just because it holds the one word that all phrases share.
package lexicon
