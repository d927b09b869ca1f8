package forms

import (
	"slices"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/text"
)

func TestSlangIsWhatPeopleWrite(t *testing.T) {
	for word, want := range map[string]string{
		"tidak": "gak ga nggak enggak ngga tdk kagak", "karena": "krn", "perusahaan": "prusahaan perush",
		"masyarakat": "msyrkt", "terima kasih": "makasih", "boikot": "boycott",
	} {
		got := Slang(word)
		for s := range strings.FieldsSeq(want) {
			if !slices.Contains(got, s) {
				t.Errorf("%s is no spelling of %s", s, word)
			}
		}
	}
	if got := Slang("sungai"); slices.Contains(got, "kali") {
		t.Errorf("kali is as often another word: %q", got)
	}
	if got := Slang("xyz"); got != nil {
		t.Errorf("got %q", got)
	}
}

func TestTheSlangTableIsConsistent(t *testing.T) {
	of := map[string]string{}
	for word, spellings := range slang() {
		if text.Fold(word) != word {
			t.Errorf("%q is not folded", word)
		}
		for _, s := range spellings {
			if text.Fold(s.text) != s.text {
				t.Errorf("%s: %q is not folded", word, s.text)
			}
			if other, ok := of[s.text]; ok {
				t.Errorf("%s stands for %s and %s", s.text, other, word)
			}
			of[s.text] = word
			_, standard := slang()[s.text]
			if standard && !s.ambiguous {
				t.Errorf("%s: %s is another word, and not marked", word, s.text)
			}
		}
	}
	if n := len(of); n < 200 || n > 350 {
		t.Errorf("%d spellings", n)
	}
}

func TestLookalikesAreFoldedWordsOnce(t *testing.T) {
	seen := map[string]bool{}
	for head, list := range groups(lookalikesFile) {
		for word := range strings.FieldsSeq(list) {
			if seen[word] {
				t.Errorf("%s stands twice", word)
			}
			seen[word] = true
			if folded := strings.ReplaceAll(text.Fold(word), " ", "-"); folded != word || word == head {
				t.Errorf("%s: %q is not a folded other word", head, word)
			}
		}
	}
	if len(seen) < 300 {
		t.Errorf("only %d", len(seen))
	}
}

func TestClippedWordsKeepEnoughToBeKnown(t *testing.T) {
	for word, want := range map[string]string{
		"tolak": "tlak", "banyak": "bnyak bnyk", "limbah": "lmbah lmbh", "debu": "", "abuan": "", "kritik": "krtk", "sekali": "skali",
	} {
		if got := strings.Join(Clipped(word), " "); got != want {
			t.Errorf("Clipped(%s) = %q, want %q", word, got, want)
		}
	}
}
