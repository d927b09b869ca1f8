package text

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// show writes each token as word=cut, with # before tags; placeholders have no
// word.
func show(s string) []string {
	var out []string
	for _, t := range Tokenize(nil, s) {
		sign := ""
		if t.Tag {
			sign = "#"
		}
		out = append(out, sign+t.Word+"="+s[t.Start:t.End])
	}
	return out
}

func TestTokenizeFindsTheWordsAndWhereTheyStand(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"nothing":              {"", nil},
		"no words":             {" … !? 🙏🏽 -- ", nil},
		"plain":                {"debu, dari pabrik.", []string{"debu=debu", "dari=dari", "pabrik=pabrik"}},
		"upper case":           {"Semen PADANG", []string{"semen=Semen", "padang=PADANG"}},
		"digits":               {"PM2 10.000 kg", []string{"pm2=PM2", "10=10", "000=000", "kg=kg"}},
		"hyphen splits":        {"Debu-debu", []string{"debu=Debu", "debu=debu"}},
		"inner apostrophe":     {"Jum'at jum’at jum`at", []string{"jum'at=Jum'at", "jum'at=jum’at", "jum'at=jum`at"}},
		"quotes":               {"'debu' ‘abu’ a''b", []string{"debu=debu", "abu=abu", "a=a", "b=b"}},
		"two scripts":          {"Москва É", []string{"москва=Москва", "é=É"}},
		"mark of its own":      {"cafe\u0301 H\u0331", []string{"café=cafe\u0301", "ẖ=H\u0331"}},
		"full width":           {"ＳＥＭＥＮ", []string{"semen=ＳＥＭＥＮ"}},
		"mathematical letters": {"𝐃𝐞𝐛𝐮", []string{"debu=𝐃𝐞𝐛𝐮"}},
		"circled letters":      {"ⒹⓔⒷⓤ", []string{"debu=ⒹⓔⒷⓤ"}},
		"subscript":            {"CO₂ m²", []string{"co2=CO₂", "m2=m²"}},
		"ligature":             {"ﬁlter", []string{"filter=ﬁlter"}},
		"trade mark":           {"Semen™ Contoh®", []string{"semen=Semen", "contoh=Contoh"}},
		"fraction":             {"1½ jam", []string{"1=1", "jam=jam"}},
		"arabic formula":       {"Nabi ﷺ", []string{"nabi=Nabi", "صلىاللهعليهوسلم=ﷺ"}},
		"zero width inside":    {"se\u200bm\u00aden\ufeff ok", []string{"semen=se\u200bm\u00aden", "ok=ok"}},
		"zero width around":    {"\u200dsemen\u200d", []string{"semen=semen"}},
		"bidi":                 {"\u202esemen\u202c", []string{"semen=semen"}},
		"keycap":               {"1\ufe0f\u20e3 debu", []string{"1=1", "debu=debu"}},
		"emoji with selector":  {"❤\ufe0f debu", []string{"debu=debu"}},
		"broken bytes":         {"se\xffmen", []string{"se=se", "men=men"}},
		"mark without letter":  {"\u0301 debu", []string{"debu=debu"}},
		"letter that is none":  {"\u037a debu", []string{"debu=debu"}},

		"handle":              {"cc @Semen_Contoh.id: debu", []string{"cc=cc", "=@Semen_Contoh.id", "debu=debu"}},
		"handle of a server":  {"@warga@mastodon.social", []string{"=@warga@mastodon.social"}},
		"handle, full stop":   {"kata @warga.", []string{"kata=kata", "=@warga"}},
		"e-mail":              {"humas@contoh.co.id", []string{"humas=humas", "=@contoh.co.id"}},
		"at":                  {"@ pabrik", []string{"pabrik=pabrik"}},
		"address":             {"baca https://t.co/AbC?debu=1 ya", []string{"baca=baca", "=https://t.co/AbC?debu=1", "ya=ya"}},
		"address, upper case": {"HTTP://CONTOH.ID/DEBU", []string{"=HTTP://CONTOH.ID/DEBU"}},
		"address without it":  {"www.contoh.id/debu", []string{"=www.contoh.id/debu"}},
		"address in brackets": {"<https://a.id/debu>abu", []string{"=https://a.id/debu", "abu=abu"}},
		"glued address":       {"lihat'https://a.id/debu", []string{"lihat=lihat", "=https://a.id/debu"}},
		"half an address":     {"https:// www. http", []string{"https=https", "www=www", "http=http"}},

		"tag":                {"#Debu, #SemenContoh", []string{"#debu=#Debu", "#semencontoh=#SemenContoh"}},
		"tag with underline": {"#_semen__contoh_ x", []string{"#semencontoh=#_semen__contoh_", "x=x"}},
		"tag, full width":    {"＃debu", []string{"#debu=＃debu"}},
		"tag in a row":       {"#debu#abu", []string{"#debu=#debu", "#abu=#abu"}},
		"tag, apostrophes":   {"#jumʼat #jum'at #ʼx", []string{"#jum=#jum", "at=at", "#jum=#jum", "at=at", "x=x"}},
		"no tag":             {"# debu #_ #'x", []string{"debu=debu", "x=x"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, show(c.text)); diff != "" {
				t.Errorf("Tokenize(%q) (-want +got):\n%s", c.text, diff)
			}
		})
	}
}

func TestTokenizeAppends(t *testing.T) {
	got := Tokenize(Tokenize(nil, "debu"), "abu")
	if len(got) != 2 || got[0].Word != "debu" || got[1].Word != "abu" {
		t.Errorf("got %v", got)
	}
}

func TestTokenizeAllocatesNothingForLowerCaseASCII(t *testing.T) {
	const post = "debu pabrik masuk rumah lagi, jum'at kemarin #debu @warga https://contoh.id/a tolong-tolong"
	buf := Tokenize(nil, post)
	if n := testing.AllocsPerRun(100, func() { buf = Tokenize(buf[:0], post) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	const loud = "DEBU Pabrik masuk RUMAH lagi, JUM'AT kemarin #DEBU"
	if n := testing.AllocsPerRun(100, func() { buf = Tokenize(buf[:0], loud) }); n != 1 {
		t.Errorf("%v allocations for capital letters, want the one copy of the text", n)
	}
}

func TestFoldIsTheSameForTheSameWords(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"empty":               {"", ""},
		"case, signs, spaces": {"  DEBU --\n dari Pabrik!!", "debu dari pabrik"},
		"other address":       {"debu https://t.co/1 @a", "debu"},
		"only an address":     {"https://t.co/1", ""},
		"tags":                {"#Debu_Pabrik", "debupabrik"},
		"disguise":            {"ｄｅ\u200bＢＵ", "debu"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Fold(c.text); got != c.want {
				t.Errorf("Fold(%q) = %q, want %q", c.text, got, c.want)
			}
		})
	}
}

func FuzzTokenize(f *testing.F) {
	for _, s := range []string{
		"Debu-debu dari PABRIK semen #SemenContoh @humas.id https://t.co/x", "jum’at ``x'", "\u200b\u202eـ", "ŉ a'ŉ",
		"İ K ﷺ 1½ CO₂ Ⓢ", "se\xffmen\u0301\u0301", "#_#__＃@@.a.@", "hhttps://x www.www.", "e\u034f\u0301",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, tok := range Tokenize(nil, s) {
			if tok.Start < end || tok.End <= tok.Start || tok.End > len(s) {
				t.Fatalf("token %+v after %d in %d bytes", tok, end, len(s))
			}
			end = tok.End
			if !utf8.RuneStart(s[tok.Start]) || end < len(s) && utf8.ValidString(s) && !utf8.RuneStart(s[end]) {
				t.Fatalf("token %+v cuts a rune of %q", tok, s)
			}
			checkWord(t, tok.Word)
		}
		if once := Fold(s); Fold(once) != once {
			t.Fatalf("Fold(%q) = %q, folded again %q", s, once, Fold(once))
		}
	})
}

func checkWord(t *testing.T, word string) {
	t.Helper()
	strange := func(r rune) bool { return r != '\'' && !isWord(r) || unicode.IsUpper(r) && unicode.ToLower(r) != r }
	if strings.ContainsFunc(word, strange) {
		t.Fatalf("word %q", word)
	}
	if again := Tokenize(nil, word); word != "" && (len(again) != 1 || again[0].Word != word) {
		t.Fatalf("word %q is read again as %+v", word, again)
	}
}
