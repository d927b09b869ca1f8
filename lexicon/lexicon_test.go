package lexicon

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/siaga-id/siaga/text"
)

// build makes a lexicon of entries; the ID of each is its index.
func build(entries []string, seen ...string) *Lexicon {
	b := NewBuilder(text.NewKeyer())
	for id, e := range entries {
		var keys []text.Key
		for _, w := range strings.Fields(e) {
			keys = append(keys, b.keyer.Word(w))
		}
		b.Phrase(uint32(id), keys...)
	}
	c := b.Census()
	var r text.Reading
	for _, s := range seen {
		r.Read(b.keyer, s)
		c.Count(&r)
	}
	return b.Build(c)
}

// found writes the matches as "entry@from", in the order of the text.
func found(l *Lexicon, entries []string, s string) []string {
	var r text.Reading
	r.Known = l.Knows
	r.Read(l.Keyer(), s)
	matches := l.Find(nil, &r)
	slices.SortFunc(matches, func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.ID, b.ID), cmp.Compare(a.To, b.To))
	})
	var out []string
	for _, m := range matches {
		out = append(out, fmt.Sprintf("%s@%d-%d", entries[m.ID], m.From, m.To))
	}
	return out
}

func TestWordsAndPhrasesAreFoundWhereTheyStand(t *testing.T) {
	entries := []string{"debu", "pabrik semen", "semen", "semen", "lowongan kerja pabrik", "abu abu"}
	for post, want := range map[string]string{
		"":                      "",
		"Debu, DEBU!":           "debu@0-1 debu@1-2",
		"pabrik semen":          "pabrik semen@0-2 semen@1-2 semen@1-2",
		"pabrik. Semen":         "pabrik semen@0-2 semen@1-2 semen@1-2",
		"pabrik @x semen":       "semen@2-3 semen@2-3",
		"semen pabrik":          "semen@0-1 semen@0-1",
		"lowongan kerja pabrik": "lowongan kerja pabrik@0-3",
		"lowongan kerja":        "",
		"kerja pabrik":          "",
		"abu abu abu":           "abu abu@0-2 abu abu@1-3",
		"#debu":                 "debu@0-1",
		"#PabrikSemen":          "pabrik semen@0-2 semen@1-2 semen@1-2",
		"#tolakpabriksemen":     "pabrik semen@1-3 semen@2-3 semen@2-3",
		"#sementaraini":         "",
		"debuuu":                "debu@0-1",
		"s3men":                 "semen@0-1 semen@0-1",
		"pabrikkk semen":        "pabrik semen@0-2 semen@1-2 semen@1-2",
		"pabrik semennn":        "pabrik semen@0-2 semen@1-2 semen@1-2",
		"sementara debunya":     "",
	} {
		if got := strings.Join(found(build(entries), entries, post), " "); got != want {
			t.Errorf("%q: found %q, want %q", post, got, want)
		}
	}
}

// naive finds entries by comparing the words of Tokenize.
func naive(entries []string, s string) (out []string) {
	tokens := text.Tokenize(nil, s)
	for from := range tokens {
		for _, e := range entries {
			words := strings.Fields(e)
			if from+len(words) > len(tokens) {
				continue
			}
			if same(tokens[from:], words) {
				out = append(out, fmt.Sprintf("%s@%d-%d", e, from, from+len(words)))
			}
		}
	}
	return out
}

func same(tokens []text.Token, words []string) bool {
	for i, w := range words {
		if tokens[i].Word != w {
			return false
		}
	}
	return true
}

// TestNothingIsMissedAndNothingMadeUp compares with the plain way, with so few
// words that anchors are crowded and phrases overlap.
func TestNothingIsMissedAndNothingMadeUp(t *testing.T) {
	word := rapid.StringMatching(`[a-d]{1,2}`)
	line := rapid.Map(rapid.SliceOfN(word, 1, 4), func(w []string) string { return strings.Join(w, " ") })
	rapid.Check(t, func(t *rapid.T) {
		entries := rapid.SliceOfN(line, 0, 200).Draw(t, "entries")
		posts := rapid.SliceOfN(rapid.Map(rapid.SliceOfN(word, 0, 12), func(w []string) string { return strings.Join(w, " ") }), 1, 4).Draw(t, "posts")
		for _, l := range []*Lexicon{build(entries), build(entries, posts...)} {
			got, want := found(l, entries, posts[0]), naive(entries, posts[0])
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Fatalf("%q in %q: found %q, want %q", entries, posts[0], got, want)
			}
		}
	})
}
