package query

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/source"
)

// hostile are what posts may be made of that somebody repeats without end.
func hostile() []string {
	long := strings.Repeat("abcdef", 10)
	return []string{
		"@", "_", "#a", "a", "_a", "@a", "@a ", "_#a", "a'", "a:", "a1", "1", "#1a1a1a1a ", "#" + long + "ab ", "#boikot ", "#debudebudebudebu ", "@" + long,
		"http://", "xhttp://", "www.", "www. ", "д", "дд ", "ＡＢ ", "ﷺ", "\u200b", "@\u200b", "#\u200b", "a\u200b", "a\u0301", "\u0301", "\u00a0", "\xff", "\xffa",
		"kupu ", "kupu-", "kupukupu", "a b c d e ", "parahhh ", "pabrik parahhh ", "debuuu ", "debu2an ", "s3m3n ", "cemarx", "cemarx ",
	}
}

func hostileQueries() []string {
	queries := []string{
		"debu", "semen", "cemar*", "#boikot", "kupu-kupu-kupu-kupu", `"kupu kupu kupu"`, `parah NOT "parah sekali"`, `"pabrik parah"`, `"debu parah parah parah"`,
		"kupu NEAR/100 kupu", "debu ONEAR/100 kupu", "a NEAR/100 b NEAR/100 c NEAR/100 d NEAR/100 e", "parah NEAR/8 debu", strings.Repeat("debu-", 15) + "debu",
	}
	for c := 'a'; c < 'k'; c++ { // more than hang at one word
		queries = append(queries, fmt.Sprintf(`"kupu %c"`, c))
	}
	return queries
}

// matching are the queries of an index that match a post, and where.
func (d *Doc) matching(p *source.Post) map[int][]Span {
	found := map[int][]Span{}
	for i, spans := range d.Matches(p) {
		if _, twice := found[i]; twice {
			panic("one query, twice")
		}
		found[i] = slices.Clone(spans)
	}
	return found
}

// TestHostilePostsComeToAnEnd would not come to an end if a post could make the
// work exponential. BenchmarkHostile tells whether it is linear.
func TestHostilePostsComeToAnEnd(t *testing.T) {
	x := mustIndex(t, hostileQueries()...)
	for _, s := range hostile() {
		text := strings.Repeat(s, 20_000/len(s))
		for _, text := range []string{text, "#" + text, "debu " + text + " kupu"} {
			d := x.Borrow()
			for i, spans := range d.matching(&source.Post{Text: text}) {
				for _, at := range spans {
					if at.Start < 0 || at.End <= at.Start || at.End > len(text) {
						t.Errorf("%s in %q...: %v", x.queries[i].src, text[:20], at)
					}
				}
			}
			d.GiveBack()
		}
	}
}

// BenchmarkHostile tells how linear: both sizes should take the same a byte.
func BenchmarkHostile(b *testing.B) {
	x := mustIndex(b, hostileQueries()...)
	for _, s := range hostile() {
		for _, size := range []int{1 << 16, 1 << 20} {
			b.Run(fmt.Sprintf("%q/%d", s[:min(len(s), 20)], size), func(b *testing.B) {
				p := source.Post{Text: strings.Repeat(s, size/len(s))}
				d := x.Borrow()
				b.SetBytes(int64(len(p.Text)))
				for b.Loop() {
					for range d.Matches(&p) {
					}
				}
			})
		}
	}
}

// TestAWordThatMayBeTwoFormsIsOnePlace of one term.
func TestAWordThatMayBeTwoFormsIsOnePlace(t *testing.T) {
	const words = 30
	q := mustCompile(t, strings.Repeat("debu-", 15)+"debu")
	for s, each := range map[string]int{"debu2an ": 1, "#debudebu ": 2, "debu ": 1} {
		d := newTestDoc(source.Post{Text: strings.Repeat(s, words)}, q)
		if lo, hi := d.find(q.root); hi-lo != each*words-15 {
			t.Errorf("%q: found at %d places, want %d", s, hi-lo, each*words-15)
		}
	}
}

func TestADocThatGrewTooMuchIsNotKept(t *testing.T) {
	x := mustIndex(t, hostileQueries()...)
	for text, want := range map[string]bool{"debu": true, strings.Repeat("x ", 8_000): true, strings.Repeat("x ", 100_000): false} {
		d := x.Borrow()
		for range d.Matches(&source.Post{Text: text}) {
		}
		if d.isSmall() != want {
			t.Errorf("%d bytes: small is %v", len(text), !want)
		}
	}
}
