package grievance

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// TestWhatSurroundsAPostDoesNotChangeTheVerdict: an address, a face, capitals
// and drawn-out words say nothing about who is harmed.
func TestWhatSurroundsAPostDoesNotChangeTheVerdict(t *testing.T) {
	r := NewReader(nil)
	all := examples(t, batches...)
	changes := map[string]func(string) string{
		"an address":        func(s string) string { return s + " https://t.co/a1B2c3" },
		"an address before": func(s string) string { return "http://example.com/foto.jpg " + s },
		"a handle":          func(s string) string { return "@pabrik.semen " + s },
		"a face":            func(s string) string { return s + " 😭🙏" },
		"capitals":          strings.ToUpper,
		"small letters":     strings.ToLower,
		"drawn out":         func(s string) string { return s + " baaanget" },
		"white space":       func(s string) string { return "\n " + strings.ReplaceAll(s, " ", "  ") + "\n" },
	}
	rapid.Check(t, func(t *rapid.T) {
		e := rapid.SampledFrom(all).Draw(t, "post")
		post, how := e.text, ""
		for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(keys(changes)), 1, 3, rapid.ID).Draw(t, "changes") {
			post, how = changes[name](post), how+name+", "
		}
		if was, is := r.Read(e.text), r.Read(post); was.Credible != is.Credible {
			t.Fatalf("%s%d -> %d: %s", how, was.Score, is.Score, post)
		}
	})
}

func keys(m map[string]func(string) string) []string {
	return []string{"an address", "an address before", "a handle", "a face", "capitals", "small letters", "drawn out", "white space"}[:len(m)]
}

func TestDrawnOutWordsAreTheWords(t *testing.T) {
	r := NewReader(nil)
	for _, pair := range [][2]string{
		{"anakku batuk tiap malam", "anakkuuu baaatuk tiaaap malaaam"},
		{"sumur kami kering lagi", "sumuuur kamiii keriiing lagiii"},
		{"debu masuk rumah saya", "debuuuu masuk rumaaah saya"},
	} {
		if plain, drawn := r.Read(pair[0]), r.Read(pair[1]); plain.Score != drawn.Score {
			t.Errorf("%q %d, %q %d", pair[0], plain.Score, pair[1], drawn.Score)
		}
	}
}

func TestManyReadAtOnce(t *testing.T) {
	r := NewReader(nil)
	all := examples(t, "dev")
	want := make([]bool, len(all))
	for i, e := range all {
		want[i] = r.Credible(e.text)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i, e := range all {
				if r.Read(e.text).Credible != want[i] || r.Credible(e.text) != want[i] {
					t.Errorf("read otherwise beside others: %s", e.text)
				}
			}
		})
	}
	wg.Wait()
}

// TestOtherPeoplesPostsRaiseFewAlarms reads real posts in the languages of the
// sites, about meals, phones and shows, where they lie beside the repository.
func TestOtherPeoplesPostsRaiseFewAlarms(t *testing.T) {
	f, err := os.Open("../../shared/data/posts/sample-dev.jsonl")
	if err != nil {
		t.Skip("no real posts beside the repository")
	}
	defer f.Close()
	r := NewReader(nil)
	posts, alarms := 0, 0
	for lines := bufio.NewScanner(f); lines.Scan(); posts++ {
		var post struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &post); err != nil {
			t.Fatal(err)
		}
		if r.Credible(post.Text) {
			alarms++
			t.Log(post.Text)
		}
	}
	t.Logf("%d alarms in %d posts", alarms, posts)
	if alarms*25 > posts {
		t.Errorf("%d alarms in %d posts, more than 4 %%", alarms, posts)
	}
}

func FuzzRead(f *testing.F) {
	for _, e := range examples(f, "dev", "long") {
		f.Add(e.text)
	}
	f.Add(strings.Repeat("rumah saya \"retak\" ", 2000))
	f.Add("#sumurkering\x00\xff“ku ku\u200bku")
	r := NewReader([]string{"Rembang", "", "  "})
	f.Fuzz(func(t *testing.T, post string) {
		g := r.Read(post)
		if g.Credible != r.Credible(post) {
			t.Error("two verdicts")
		}
		for _, m := range g.Marks {
			if m.Start < 0 || m.Start >= m.End || m.End > len(post) {
				t.Errorf("mark %+v of %d bytes", m, len(post))
			}
		}
	})
}

func BenchmarkCredible(b *testing.B) {
	r := NewReader([]string{"Rembang", "Lhoknga", "Kupang"})
	all := examples(b, "dev", "held", "held2", "held3")
	size, i := 0, 0
	b.ReportAllocs()
	for b.Loop() {
		r.Credible(all[i%len(all)].text)
		size += len(all[i%len(all)].text)
		i++
	}
	b.SetBytes(int64(size / i))
}

func BenchmarkRead(b *testing.B) {
	r := NewReader([]string{"Rembang", "Lhoknga", "Kupang"})
	all := examples(b, "dev", "held", "held2", "held3")
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		r.Read(all[i%len(all)].text)
		i++
	}
}

func BenchmarkNewReader(b *testing.B) {
	for b.Loop() {
		NewReader(nil)
	}
}
