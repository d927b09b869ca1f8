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
