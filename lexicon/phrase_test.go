package lexicon

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/siaga-id/siaga/text"
)

// readable finds entries in a reading in the plainest way: from every word on,
// by everything as which the words after it may be read.
func readable(l *Lexicon, entries []string, s string) (out []string) {
	var r text.Reading
	r.Known = l.Knows
	r.Read(l.Keyer(), s)
	for from := range r.Words {
		for _, e := range entries {
			for _, to := range ends(&r, l.Keyer(), from, strings.Fields(e)) {
				out = append(out, fmt.Sprintf("%s@%d-%d", e, from, to))
			}
		}
	}
	return out
}

// ends is where the words may end that begin at word i of r.
func ends(r *text.Reading, k text.Keyer, i int, words []string) []int {
	if len(words) == 0 {
		return []int{i}
	}
	if i == len(r.Words) {
		return nil
	}
	key, goesOn := k.Word(words[0]), map[int]bool{}
	if r.Words[i].Key == key {
		goesOn[i+1] = true
	}
	for _, o := range r.Others {
		if int(o.At) == i && o.Key == key {
			goesOn[i+1] = true
		}
	}
	for _, t := range r.Tags {
		if int(t.From) == i && t.Key == key {
			goesOn[int(t.To)] = true
		}
	}
	var all []int
	for next := range goesOn {
		all = append(all, ends(r, k, next, words[1:])...)
	}
	return all
}

// TestAnyWordMayBeTheAnchor looks for phrases of a few words that are common
// in one census and rare in another, in texts that play with them.
func TestAnyWordMayBeTheAnchor(t *testing.T) {
	words := []string{"debu", "semen", "abu", "gunem", "semenabu", "x"}
	written := append(words, "debuuu", "s3men", "abu2", "#SemenAbu", "#semen_abu", "#Debuuu_Semen", "#abu", "@x", "#X1X1")
	line := func(words []string, least, most int) *rapid.Generator[string] {
		return rapid.Map(rapid.SliceOfN(rapid.SampledFrom(words), least, most), func(w []string) string { return strings.Join(w, " ") })
	}
	rapid.Check(t, func(t *rapid.T) {
		entries := rapid.SliceOfN(line(words, 1, 4), 0, 60).Draw(t, "entries")
		seen := rapid.SliceOfN(line(words, 0, 5), 0, 4).Draw(t, "seen")
		post := line(written, 0, 8).Draw(t, "post")
		l := build(entries, seen...)
		got, want := found(l, entries, post), readable(l, entries, post)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("%q in %q, after %q: found %q, want %q", entries, post, seen, got, want)
		}
	})
}

func TestVariantsAreFoundBesideAWordOfManyPhrases(t *testing.T) {
	entries := []string{"pabrik"}
	for _, w := range strings.Fields("abu batu debu gas kaca pasir pupuk semen tahu tapioka") {
		entries = append(entries, "pabrik "+w, w+" pabrik")
	}
	l := build(entries, "abu batu debu gas kaca pasir pupuk semen tahu tapioka")
	for post, want := range map[string]string{
		"pabrik":           "pabrik@0-1",
		"pabrik semennn":   "pabrik@0-1 pabrik semen@0-2",
		"s3men pabrikkk":   "semen pabrik@0-2 pabrik@1-2",
		"#PabrikSemen":     "pabrik@0-1 pabrik semen@0-2",
		"pabrikkk #semen":  "pabrik@0-1 pabrik semen@0-2",
		"pabrik #SemenX x": "pabrik@0-1 pabrik semen@0-2",
	} {
		if got := strings.Join(found(l, entries, post), " "); got != want {
			t.Errorf("%q: found %q, want %q", post, got, want)
		}
	}
}

// TestAPhraseMakesNoDifferenceToOthers holds for what is seen in a tag, too: it
// must not depend on which word of a phrase happens to be its anchor.
func TestAPhraseMakesNoDifferenceToOthers(t *testing.T) {
	entries := []string{"semen", "pabrik gula", "semen rembang", "lama semen"}
	for _, seen := range []string{"", "gula rembang", "pabrik semen", "semen lama"} {
		got := strings.Join(found(build(entries, seen), entries, "lama #tolakpabriksemen rembang"), " ")
		if want := "semen@3-4 semen rembang@3-5"; got != want {
			t.Errorf("after %q: found %q, want %q", seen, got, want)
		}
	}
}
