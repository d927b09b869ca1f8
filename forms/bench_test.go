package forms

import (
	"strings"
	"testing"
	"time"
)

// stream is words as posts have them: a tenth are forms of the roots.
func stream() (roots, words []string) {
	for root, list := range groups(keywordsFile) {
		if root != "-" {
			roots = append(roots, root)
		}
		words = append(words, strings.Fields(list)[0])
	}
	plain := strings.Fields(`waktu datang ke sini sedang bukan musim jadi pada dan tidak bagus cuma ambil
		saja saya bersama ternyata di sana ada pernikahan ulang tahun sehingga tempat penuh sekali baik
		kalau memang pihak memberitahukan kepada tamu sebelum kendaraan saat itu hujan deras jarak
		lumayan jauh perlu selama berlangsung baru pertama kali makan warung ini yang menyajikan`)
	for len(words) < 10*len(roots) {
		words = append(words, plain...)
	}
	return roots, words
}

// BenchmarkFamily reads a stream of words, and says how many times faster that
// is than what one writes first: strip affixes in loops, and look up what is
// left in a map.
func BenchmarkFamily(b *testing.B) {
	roots, words := stream()
	f := NewFamily(roots)
	known := map[string]bool{}
	for _, r := range roots {
		known[r] = true
	}
	start := time.Now()
	n := 0
	for time.Since(start) < 200*time.Millisecond {
		for _, w := range words {
			stripped(w, known)
			n++
		}
	}
	naive := float64(n) / time.Since(start).Seconds()
	var dst []string
	b.ReportAllocs()
	for b.Loop() {
		for _, w := range words {
			dst = f.Roots(dst[:0], w)
		}
	}
	fast := float64(b.N) * float64(len(words)) / b.Elapsed().Seconds()
	b.ReportMetric(fast/1e6, "Mwords/s")
	b.ReportMetric(fast/naive, "x-naive")
}

// stripped is the naive way: every prefix, every ending, every nasal undone.
func stripped(word string, known map[string]bool) string {
	for _, pre := range []string{"", "di", "ke", "se", "ter", "ber", "per", "me", "pe", "mem", "men", "meng", "meny", "pem", "pen", "peng", "peny", "memper", "diper"} {
		rest, ok := strings.CutPrefix(word, pre)
		if !ok {
			continue
		}
		for _, end := range []string{"", "i", "kan", "an", "nya", "kannya", "annya", "inya", "lah", "ku", "mu"} {
			root, ok := strings.CutSuffix(rest, end)
			if !ok {
				continue
			}
			for _, first := range []string{"", "k", "t", "s", "p"} {
				if known[first+root] {
					return first + root
				}
			}
		}
	}
	return ""
}

func BenchmarkForms(b *testing.B) {
	roots, _ := stream()
	lookalikes()
	n := 0
	for b.Loop() {
		for _, r := range roots {
			for range Of(r) {
				n++
			}
		}
	}
	made := float64(b.N) * float64(len(roots))
	b.ReportMetric(float64(n)/made, "forms/root")
	b.ReportMetric(b.Elapsed().Seconds()*1e6/made, "us/root")
}

func BenchmarkNewFamily(b *testing.B) {
	roots, _ := stream()
	for b.Loop() {
		NewFamily(roots)
	}
}
