package text

import (
	"slices"
	"strings"
	"testing"
)

func TestUnfoldWritesDoubledWordsInFull(t *testing.T) {
	for word, want := range map[string]string{
		"hati2":       "hati-hati",
		"Hati2":       "hati-hati",
		"jalan2nya":   "jalan-jalannya",
		"berlari2an":  "berlari-larian",
		"ke-merah2an": "kemerah-merahan",
		"kemerah2an":  "kemerah-merahan",
		"sebaik2nya":  "sebaik-baiknya",
		"anak2ku":     "anak-anakku",
		`debu"`:       "debu-debu",
		"debu”nya":    "debu-debunya",
		"jalan²":      "jalan-jalan",
		"anak-2":      "anak-anak",
		"teman2x":     "teman-teman",
		"hatiii2":     "hati-hati",
		"kata2nyaaa":  "kata-katanya",
		"teman2q":     "teman-temanku",
		"anak2ny":     "anak-anaknya",
		"semua2nya":   "semua-semuanya",
		"menari2":     "menari-nari",
		"mengejar2":   "mengejar-ngejar",
		"mengada2":    "mengada-ada",
		"melihat2":    "melihat-lihat",
		"diam2":       "diam-diam",
		"dipukul2":    "dipukul-pukul",
		"perlahan2":   "perlahan-lahan",
		"kemana2":     "ke mana-mana",
		"org2":        "orang-orang",
		"sm2":         "sama-sama",
		"kk2q":        "kakak-kakakku",
		"jum'at2":     "jumat-jumat",
		"ke2":         "kedua",
		"ber2an":      "berduaan",
	} {
		if got := Unfold(nil, word); len(got) == 0 || got[0] != want {
			t.Errorf("Unfold(%q) = %q, want %q first", word, got, want)
		}
	}
}

func TestUnfoldOffersBothReadings(t *testing.T) {
	for word, want := range map[string]string{
		"temen2":    "temen-temen teman-teman",
		"mengira2":  "mengira-ngira mengira-mengira",
		"menuduh2":  "menuduh-nuduh menuduh-menuduh",
		"mengusik2": "mengusik-usik mengusik-ngusik mengusik-mengusik",
		"sedikit2":  "sedikit-sedikit sedikit-dikit",
	} {
		if got := strings.Join(Unfold(nil, word), " "); got != want {
			t.Errorf("Unfold(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestUnfoldLeavesOtherWords(t *testing.T) {
	for word := range strings.FieldsSeq("hati hati-hati covid19 g20 co2 pm2 s2 sman2 bp2mi p2tl h2o 2 2an 2026 10kg debu3 debu2xyz debu2026 se7 \xff2 ² \" ab2 " + strings.Repeat("a", 64) + "2") {
		if got := Unfold([]string{"x"}, word); len(got) != 1 || got[0] != "x" {
			t.Errorf("Unfold(%q) appends %q", word, got[1:])
		}
	}
}

func TestDoubledWordsAreKnown(t *testing.T) {
	all := pairs(t, "doubled.txt")
	checkRate(t, all, 0.95, func(written, meant string) bool { return slices.Contains(Unfold(nil, written), meant) })
	t.Run("best first", func(t *testing.T) {
		checkRate(t, all, 0.90, func(written, meant string) bool { return Unfold([]string{}, written)[0] == meant })
	})
}

func FuzzUnfold(f *testing.F) {
	for _, s := range []string{
		"hati2", "ke-merah2an", `debu"an`, "me2", "meng2", "meny2an", "mem2", "ber2", "ter22", "di--2", "2", "²²", "jum'at2nyalah", "ku\u200b2", "org2ny", "sе2",
		"mengaaa2kan", "nge2", "ke2an", "İ2", "kemana2", "mana2", "aaa2", "ﷺ2",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, word string) {
		got := Unfold(nil, word)
		if len(got) > maxSpellings {
			t.Fatalf("Unfold(%q) has %d answers", word, len(got))
		}
		for i, w := range got {
			if len(w) > 4*maxUnfolded || strings.ContainsAny(w, "2\"") || slices.Contains(got[:i], w) {
				t.Fatalf("Unfold(%q) = %q", word, got)
			}
		}
	})
}
