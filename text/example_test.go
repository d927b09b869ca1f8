package text_test

import (
	"fmt"

	"github.com/siaga-id/siaga/text"
)

func ExampleTokenize() {
	post := "Debu-debu pabrik @contoh #GunemSesak"
	for _, t := range text.Tokenize(nil, post) {
		fmt.Printf("%q %q %v\n", t.Word, post[t.Start:t.End], t.Tag)
	}
	// Output:
	// "debu" "Debu" false
	// "debu" "debu" false
	// "pabrik" "pabrik" false
	// "" "@contoh" false
	// "gunemsesak" "#GunemSesak" true
}

func ExampleExcerpt() {
	fmt.Println(text.Excerpt("Sudah tiga hari warga Gunem mengeluh debu tebal dari pabrik", 37, 41, 32))
	// Output: …mengeluh debu tebal dari…
}

func ExampleNearest() {
	fmt.Println(text.Nearest("souce", []string{"site", "source"}))
	// Output: source true
}

func ExampleSpeller() {
	var s text.Speller
	for _, word := range []string{"parahhh", "massaaa", "s3men", "debu2nya", "keadaan"} {
		fmt.Printf("%s: %s\n", word, s.Of([]byte(word)))
	}
	// Output:
	// parahhh: [parah]
	// massaaa: [massa masa]
	// s3men: [semen]
	// debu2nya: [debunya debu]
	// keadaan: []
}

func ExampleUnfold() {
	fmt.Printf("%q\n", text.Unfold(nil, "anak2ku"))
	fmt.Printf("%q\n", text.Unfold(nil, "berlari2an"))
	// Output:
	// ["anak-anakku"]
	// ["berlari-larian" "berlari-berlarian"]
}

func ExampleTagParts() {
	const tag = "PTSemenContoh2026"
	for _, p := range text.TagParts(nil, tag) {
		fmt.Println(tag[p.Start:p.End])
	}
	// Output:
	// PT
	// Semen
	// Contoh
	// 2026
}

func ExampleSegment() {
	known := func(word string) bool { return word == "semen" || word == "pabrik" }
	for _, tag := range []string{"tolakpabriksemen", "sementaraini", "semenrembang"} {
		parts, found := text.Segment(nil, tag, known)
		fmt.Print(tag, " ", found)
		for _, p := range parts {
			fmt.Print(" ", tag[p.Start:p.End])
		}
		fmt.Println()
	}
	// Output:
	// tolakpabriksemen true tolak pabrik semen
	// sementaraini true sementara ini
	// semenrembang false
}
