package source

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// Voices turns authors into voices: names that can be counted, but from which
// nobody can be looked up without the key. The key is the installation's own,
// so that voices of two installations cannot be joined.
type Voices struct{ key []byte }

// NewVoices returns the voices of one installation. The key should be 32 random
// bytes that stay the same for as long as voices are to be recognised.
func NewVoices(key []byte) Voices { return Voices{key: slices.Clone(key)} }

// Of returns the voice of author on source, 16 hex digits. A handle means the
// same with and without @, in upper and lower case. The same author on another
// source is another voice. An empty author is the voice of the source itself.
func (v Voices) Of(source, author string) string {
	mac := hmac.New(sha256.New, v.key)
	mac.Write([]byte(source + "\x00" + strings.ToLower(strings.TrimPrefix(strings.TrimSpace(author), "@"))))
	return hex.EncodeToString(mac.Sum(nil))[:16]
}

// voice decides who speaks in a post: for news the outlet, whoever signed the
// article, and elsewhere the author where one is known.
func (v Voices) voice(source string, kind Kind, link, author, outlet string) string {
	switch host := domain(link); {
	case kind == News && host != "":
		return host
	case kind != News && author != "":
		return v.Of(source, author)
	case host != "":
		return host
	default:
		return v.Of(source, outlet)
	}
}
