package text

import (
	"fmt"
	"strings"
	"testing"
)

// spelled writes what a reading holds as Tokenize would say it, by looking the
// keys up among the words of Tokenize.
func sameWords(t *testing.T, s string) {
	t.Helper()
	k := NewKeyer()
	var r Reading
	r.Read(k, strings.Repeat("debu ", 3)) // what was there before must not matter
	r.Read(k, s)
	tokens := Tokenize(nil, s)
	if len(tokens) != len(r.Words) {
		t.Fatalf("%q: %d words, want %d: %v, %v", s, len(r.Words), len(tokens), r.Words, tokens)
	}
	for i, w := range r.Words {
		want := tokens[i]
		if int(w.Start) != want.Start || int(w.End) != want.End || w.Key != k.Word(want.Word) {
			t.Fatalf("%q: word %d is %v, want %+v with key %v", s, i, w, want, k.Word(want.Word))
		}
	}
}

func oddTexts() []string {
	long := strings.Repeat("x", 55)
	texts := []string{
		"", " ", "debu", "DEBU Pabrik", "Debu-debu pabrik @contoh #GunemSesak", "jum'at jum’at 'debu' d'e'bu o`clock",
		"lihathttps://x.id/a#b?c@d e www.Contoh.id, WWW.x", "HTTP://X.ID #", "@", "#", "##a#b @@c@d.e @f.g@h.id",
		"parah😭😭 sekali…“debu”–abu", "se\u200bmen \u202esemen", "ＤＥＢＵ Ⓢⓔⓜⓔⓝ CO₂ ①", "dеbu по-русски", "\xff\xfea\xc3 b",
		"a_b #c_d @e_f_", "PM2.5 10.000 5%", "kata.kata www. www.", "http:// https://", "é́ ̈a a̧", "ﷺ ŉ ʼn", "debu:abu :a: b:",
		"a\x00b\tc\r\nd", long + "semen" + long, long + "é" + long, "aaa bb massaaa Covid19 debu2 parahhh",
	}
	for n := 50; n < 80; n++ {
		texts = append(texts, strings.Repeat("a", n), strings.Repeat(" ", n)+"abu", strings.Repeat("ab ", n)+"@c")
	}
	return texts
}

func TestAReadingHasTheWordsOfTokenize(t *testing.T) {
	for _, s := range oddTexts() {
		sameWords(t, s)
	}
}

func FuzzReading(f *testing.F) {
	for _, s := range oddTexts() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { sameWords(t, s) })
}

func TestKeysAreOfTheWordAndNotOfItsSpelling(t *testing.T) {
	k := NewKeyer()
	for n := 1; n < 40; n++ {
		word := strings.Repeat("abcdefghijk1234lmnopqrst", 2)[:n]
		var r Reading
		r.ReadLiterally(k, fmt.Sprintf("%s/%s", strings.ToUpper(word), word))
		if len(r.Words) != 2 || r.Words[0].Key != k.Word(word) || r.Words[1].Key != k.Word(word) || k.Word(word) == 0 {
			t.Errorf("%q: %v, want twice %v", word, r.Words, k.Word(word))
		}
		if k.Word(word) == k.Word(word+"a") || k.Word(word) == NewKeyer().Word(word) || k.Tag(k.Word(word)) == k.Word(word) {
			t.Errorf("%q shares its key", word)
		}
	}
}

func TestPrefixesAreOfTheFoldedWord(t *testing.T) {
	k := NewKeyer()
	var r Reading
	for word, prefix := range map[string]string{
		"CEMARAN": "cemar", "#Cemaran": "cemar", "ＣＥＭＡＲ": "cemar", "cemar": "cemar", "Ébène": "ébè", "cemaranlingkunganhidup": "cemaranlingkungan",
	} {
		r.Read(k, "x "+word)
		if got := r.Prefix(k, 1, len(prefix)); got != k.Word(prefix) {
			t.Errorf("%s does not begin with %s", word, prefix)
		}
		if got := r.Prefix(k, 1, 30); got != 0 {
			t.Errorf("%s has 30 letters?", word)
		}
	}
	r.Read(k, "@cemaran ce\u200bmar")
	if r.Prefix(k, 0, 5) != 0 || r.Prefix(k, 1, 6) != 0 || r.Prefix(k, 1, 5) != k.Word("cemar") {
		t.Error("a handle, or what cannot be seen, counts")
	}
}
