package guard

import (
	"strings"
	"testing"
)

func BenchmarkCheck(b *testing.B) {
	text := strings.Join(lines(b, "testdata/good.txt"), " ")[:1500]
	c := sample()
	for b.Loop() {
		Check(text, c)
	}
}
