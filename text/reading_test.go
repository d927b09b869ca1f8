package text

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// sameWords compares a reading with what Tokenize says, by the keys of its
// words. A tag is one token, and in a reading the words that it shows.
func sameWords(t *testing.T, s string) {
	t.Helper()
	k := NewKeyer()
	var r Reading
	r.Read(k, strings.Repeat("debu #AbuAbu ", 3)) // what was there before must not matter
	r.Read(k, s)
	i := 0
	var speller Speller
	for _, want := range Tokenize(nil, s) {
		if want.Tag {
			i = sameTag(t, k, &r, i, want)
			continue
		}
		if i == len(r.Words) {
			t.Fatalf("%q: %v is missing", s, want)
		}
		if w := r.Words[i]; int(w.Start) != want.Start || int(w.End) != want.End || w.Key != k.Word(want.Word) {
			t.Fatalf("%q: word %d is %v, want %+v with key %v", s, i, w, want, k.Word(want.Word))
		}
		var meant []Other
		for _, m := range speller.Of([]byte(want.Word)) {
			meant = append(meant, Other{k.Word(string(m)), uint32(i)})
		}
		if got := r.OthersOf(i); !slices.Equal(got, meant) {
			t.Fatalf("%q: word %d may be %v, want %v", s, i, got, meant)
		}
		i++
	}
	if i != len(r.Words) {
		t.Fatalf("%q: %v is too much", s, r.Words[i:])
	}
}

// sameTag finds the tag that begins at word i, and returns the word after it.
func sameTag(t *testing.T, k Keyer, r *Reading, i int, want Token) int {
	t.Helper()
	tag, ok := r.TagFrom(i)
	if !ok || tag.Key != k.Word(want.Word) || tagWord(r, tag) != want.Word {
		t.Fatalf("%q: no tag %v at word %d", r.text, want, i)
	}
	to := int(tag.To)
	if back, _ := r.TagTo(to); back != tag {
		t.Fatalf("%q: %v ends with %v", r.text, tag, back)
	}
	if to-i == 1 && (r.Words[i].Key != tag.Key || int(r.Words[i].Start) != want.Start) {
		t.Fatalf("%q: word %d is %v, want %v", r.text, i, r.Words[i], want)
	}
	if int(r.Words[i].Start) < want.Start || int(r.Words[to-1].End) > want.End {
		t.Fatalf("%q: the words %v are outside of %v", r.text, r.Words[i:to], want)
	}
	return to
}

func tagWord(r *Reading, t TagAt) string {
	return foldWord(lowerASCII(r.text[r.Words[t.From].Start:r.Words[t.To-1].End]))
}

func oddTexts() []string {
	long := strings.Repeat("x", 55)
	texts := []string{
		"", " ", "debu", "DEBU Pabrik", "Debu-debu pabrik @contoh #GunemSesak", "jum'at jum’at 'debu' d'e'bu o`clock",
		"lihathttps://x.id/a#b?c@d e www.Contoh.id, WWW.x", "HTTP://X.ID #", "@", "#", "##a#b @@c@d.e @f.g@h.id",
		"parah😭😭 sekali…“debu”–abu", "se\u200bmen \u202esemen", "ＤＥＢＵ Ⓢⓔⓜⓔⓝ CO₂ ①", "dеbu по-русски", "\xff\xfea\xc3 b",
		"a_b #c_d @e_f_", "#_0 @__a x_y ##_b _c @_ @__ x", "PM2.5 10.000 5%", "#ﾞ1ﾞ #1ﾞ #ㅤAbu #0ﾞ0ﾞ", "kata.kata www. www.", "http:// https://", "é́ ̈a a̧", "ﷺ ŉ ʼn", "debu:abu :a: b:",
		"sakiit bisiing saat SAKIIT", "a\x00b\tc\r\nd", long + "semen" + long, long + "é" + long, "aaa bb massaaa Covid19 debu2 parahhh",
	}
	for n := 50; n < 80; n++ {
		texts = append(texts, strings.Repeat("a", n), strings.Repeat(" ", n)+"abu", strings.Repeat("ab ", n)+"@c")
		for _, odd := range []string{"é", "1", "ooo"} { // more than a block before the end of the word
			texts = append(texts, odd+strings.Repeat("ab", n), strings.Repeat("ab", n/2)+odd+strings.Repeat("ab", n))
		}
		for _, drawn := range []string{"parahh", "sakiit", "bisiing", "paraaah", "4njing", "dem0"} {
			texts = append(texts, strings.Repeat(" ", n)+drawn+" a")
		}
	}
	return texts
}

func TestAReadingHasTheWordsOfTokenize(t *testing.T) {
	for _, s := range oddTexts() {
		sameWords(t, s)
	}
}

func TestAReadingHasRoomForTagsOfManyWords(t *testing.T) {
	for n := range 40 {
		for m := range 40 {
			s := "#" + strings.Repeat("1a", n) + strings.Repeat(" b", m)
			var r Reading
			if r.Read(NewKeyer(), s); len(r.Words) != 2*n+m {
				t.Fatalf("%q: %d words", s, len(r.Words))
			}
		}
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
		"CEMARAN": "cemar", "#Cemaran": "cemar", "ＣＥＭＡＲ": "cemar", "cemar": "cemar", "Ébène": "ébè", "ǅenan": "dženan", "cemaranlingkunganhidup": "cemaranlingkungan",
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

func TestAReadingKnowsWhatElseAWordMayMean(t *testing.T) {
	k := NewKeyer()
	var r Reading
	for _, c := range []struct {
		text, word string
		at         int
	}{
		{"asap parahhh sekali", "parah", 1},
		{"DEBU2 di mana", "debu", 0},
		{"ada s3men di jalan", "semen", 1},
		{"soal #PARAHHH", "parah", 1},
		{"soal #DebuuuKita", "debu", 1},
	} {
		r.Read(k, c.text)
		if !slices.Contains(r.OthersOf(c.at), Other{k.Word(c.word), uint32(c.at)}) {
			t.Errorf("%q: %s is not among %v", c.text, c.word, r.Others)
		}
	}
}

func TestATagIsTheWordsThatItShowsAndAWhole(t *testing.T) {
	k := NewKeyer()
	var r Reading
	r.Read(k, "soal #SemenContoh dan #boikotindosat")
	if len(r.Tags) != 2 || r.Words[1].Key != k.Word("semen") || r.Words[2].Key != k.Word("contoh") ||
		r.Tags[0] != (TagAt{k.Word("semencontoh"), 1, 3}) || r.Tags[1] != (TagAt{k.Word("boikotindosat"), 4, 5}) {
		t.Errorf("tags %v of %v", r.Tags, r.Words)
	}
}

func TestReadingAllocatesNothing(t *testing.T) {
	k := NewKeyer()
	var r Reading
	const post = "Debu2 pabrik PARAHHH bgt 😭😭, lihat https://x.id/a?b @warga #SaveGunem \"sudah 3 hari\" – jum'at #boikotindosat"
	r.Read(k, post)
	if n := testing.AllocsPerRun(100, func() { r.Read(k, post) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestATagIsCutAtWordsThatAreKnown(t *testing.T) {
	k := NewKeyer()
	r := Reading{Known: func(word string) bool { return strings.Contains(" debu pabrik boikot semen ", " "+word+" ") }}
	for _, c := range []struct{ tag, words string }{
		{"#stopdebupabrik", "stop debu pabrik"},
		{"#STOPDEBUPABRIK", "stop debu pabrik"},
		{"#stopdebu_pabrik", "stop debu pabrik"},
		{"#boikotindosat", "boikot indosat"},
		{"#sementaraini", "sementara ini"},
		{"#semenjak", "semenjak"},
		{"#entahapalah", "entahapalah"},
		{"#pabrik", "pabrik"},
		{"#kéboikotindosat", "kéboikotindosat"},
	} {
		r.Read(k, "x "+c.tag+" y")
		var want []Key
		for w := range strings.FieldsSeq(c.words) {
			want = append(want, k.Word(w))
		}
		var got []Key
		for _, w := range r.Words[1 : len(r.Words)-1] {
			got = append(got, w.Key)
		}
		if !slices.Equal(got, want) || len(r.Tags) != 1 || int(r.Tags[0].To) != len(r.Words)-1 {
			t.Errorf("%s: %d words %v, want %s", c.tag, len(got), r.Tags, c.words)
		}
	}
}
