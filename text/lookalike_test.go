package text

import (
	"testing"
	"unicode/utf8"
)

func TestLookalikeLettersAreLatinInMixedWords(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"Cyrillic е":             {"sеmen", "semen"},
		"Cyrillic, capitals":     {"SЕМЕN", "semen"},
		"Greek":                  {"sεmεn dεβu", "semen debu"},
		"Greek, capitals":        {"SΕΜΕΝx lΙΜΒΑΗ", "semenx limbah"},
		"most of it":             {"рaбрик", "paбpuk"},
		"marked":                 {"dе\u0301bu", "débu"},
		"in a tag":               {"#Tоlak_Sеmen", "tolaksemen"},
		"microgram":              {"50 µg", "50 ug"},
		"wholly Cyrillic":        {"семен Москва", "семен москва"},
		"wholly Greek":           {"ΑΒΓ μέλι", "αβγ μέλι"},
		"Cyrillic and digits":    {"о2", "о2"},
		"capital without twin":   {"aΓ", "ay"},
		"other scripts, Latin":   {"dеbu粉塵", "debu粉塵"},
		"two words, two scripts": {"debu пыль", "debu пыль"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Fold(c.text); got != c.want {
				t.Errorf("Fold(%q) = %q, want %q", c.text, got, c.want)
			}
		})
	}
}

func TestLookalikesLeaveOffsets(t *testing.T) {
	const post = "Pabrik sеmеn lagi"
	got := Tokenize(nil, post)[1]
	if got.Word != "semen" || post[got.Start:got.End] != "sеmеn" {
		t.Errorf("got %+v, cut from %q", got, post[got.Start:got.End])
	}
}

func FuzzLookalikes(f *testing.F) {
	for _, s := range []string{
		"sеmеn", "µg kΩ Kелвин", "аΓ\u0308", "ё\u0301x", "ςσΣa", "Ϲx ϳ", "aйй\u0306", "а̄a", "ᴀαа", "ﬁлter", "ΐx \u0390a", "aѴ\u030f", "Һh ӀӏI", "#ʼ #aʼʼb",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, word string) {
		for _, tok := range Tokenize(nil, word) {
			checkWord(t, tok.Word)
			if latinised(tok.Word) != tok.Word || !utf8.ValidString(tok.Word) {
				t.Fatalf("%q is folded to %q, which is not Latin yet", word, tok.Word)
			}
		}
	})
}

func TestLatinReadsAWholeWordOfLookalikes(t *testing.T) {
	for word, want := range map[string]string{"ѕомаѕі": "somasi", "sеmen": "semen", "debu": "debu", "粉": "粉"} {
		if got := Latin(word); got != want {
			t.Errorf("%s: %q, want %q", word, got, want)
		}
	}
}
