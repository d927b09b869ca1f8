package evidence

import (
	"maps"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/forms"
)

// language is what the roots of words depend on.
type language uint8

const (
	indonesian language = iota
	english
)

// lean is how many more function words of a text are Indonesian than English;
// the first 64 words tell.
func lean(s string) int {
	score, seen := 0, 0
	for w := range strings.FieldsSeq(s) {
		if seen++; seen > 64 {
			break
		}
		w = strings.ToLower(strings.Trim(w, ".,;:!?\"'()“”"))
		if stops[indonesian][w] {
			score++
		}
		if stops[english][w] {
			score--
		}
	}
	return score
}

// languageOf tells the language of a text that leans; otherwise decides where
// it does not.
func languageOf(lean int, otherwise language) language {
	switch {
	case lean > 0:
		return indonesian
	case lean < 0:
		return english
	}
	return otherwise
}

// isStop reports words that texts share whatever they are about, in either
// language.
func isStop(w string) bool { return stops[indonesian][w] || stops[english][w] }

//nolint:gochecknoglobals // a constant in all but syntax
var stops = [...]map[string]bool{
	indonesian: asWritten(setOf(`
		ada adalah adanya aja aku anda antara apa apakah apalagi atas atau bagaimana bagi bahkan bahwa banget
		begini begitu belum berapa biar bila bisa bukan cuma dalam dan dapat dari dengan deh di dia dong dr dgn dg
		emang engga enggak ga gak gitu gk gw gue hal hanya harus hingga ia ini itu iya jadi jangan jika jg juga
		kah kalau kalo kami kamu karena karna kata katanya ke kenapa kepada ketika kini kita kok krn lagi lah lain lalu lebih
		loh maka mana masih mau melalui memang mengapa menjadi mereka merupakan min namun nih nggak nya oleh orang pada padahal
		para pasti per pernah pun saat sama sampai sangat saja saya sebagai sebelum sebuah sedang sedangkan sehingga sejak sekali
		sekarang selain selama seluruh semua seorang seperti sering serta setelah setiap si siapa sih sini situ suatu sudah supaya
		tapi tdk telah tentang terhadap tersebut tetap tetapi tidak tiap tuh udah udh untuk utk wah ya yaitu yakni yang yg
		akan aduh ayo banyak bgt bro buat bun cuy dah doang dong gaes jgn kak kalian kek langsung lgsg nah sekalian secara
		tanpa terus wkwk woy yuk`)),
	english: setOf(`
		about above after again against all also am an and any are as at be because been before being below between both but by
		can cannot could did do does doing down during each few for from further get got had has have having he her here hers
		herself him himself his how if in into is it its itself just let like me more most my myself no nor not now of off on once
		only or other our ours out over own really same she should so some such than that the their theirs them themselves then
		there these they this those through to too under until up us very was we were what when where which while who whom why
		will with would you your yours yourself don re ve ll via rt cc dont im ive`),
}

func setOf(words string) map[string]bool {
	set := make(map[string]bool, 256)
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// asWritten adds to Indonesian words how people write them in posts.
func asWritten(set map[string]bool) map[string]bool {
	for _, w := range slices.Sorted(maps.Keys(set)) {
		for _, spelling := range forms.Slang(w) {
			set[spelling] = true
		}
	}
	return set
}

// englishRoot takes the commonest endings off, so that the forms of one word
// mostly meet. Runs of letters bring together what it leaves apart.
func englishRoot(w string) string {
	for _, e := range [...]struct {
		ending, instead string
		least           int
	}{{"ies", "y", 5}, {"sses", "ss", 5}, {"ing", "", 6}, {"ed", "", 5}, {"es", "e", 5}, {"s", "", 4}} {
		if len(w) < e.least || e.ending == "s" && strings.HasSuffix(w, "ss") {
			continue
		}
		if body, ok := strings.CutSuffix(w, e.ending); ok {
			return strings.TrimSuffix(body+e.instead, "e")
		}
	}
	return strings.TrimSuffix(w, "e")
}
