// Package text turns Indonesian social-media writing into comparable words.
package text

// Token is one word of a text.
type Token struct {
	Word       string // folded: NFKC, lower case, no zero-width characters
	Start, End int    // bytes in the text it was cut from
	Tag        bool   // a #hashtag; Word is without the sign
}
