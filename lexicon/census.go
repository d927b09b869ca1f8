package lexicon

import (
	"github.com/siaga-id/siaga/text"
)

// Census counts in how many texts words stand that a Builder has in phrases.
// The nil Census has counted nothing.
type Census struct {
	words map[text.Key]*tally
	texts uint32
}

type tally struct{ texts, last uint32 }

// Census returns an empty census of the words in phrases.
func (b *Builder) Census() *Census {
	c := &Census{words: make(map[text.Key]*tally, len(b.phrases))}
	for _, key := range b.phrases {
		if c.words[key] == nil {
			c.words[key] = new(tally)
		}
	}
	return c
}

// Count takes one more text.
func (c *Census) Count(r *text.Reading) {
	c.texts++
	for i := range r.Words {
		if t := c.words[r.Words[i].Key]; t != nil && t.last != c.texts {
			t.texts++
			t.last = c.texts
		}
	}
}

func (c *Census) of(word text.Key) uint32 {
	if c == nil || c.words[word] == nil {
		return 0
	}
	return c.words[word].texts
}
