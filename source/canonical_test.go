package source

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestCopiesOfOnePageMeetInOneAddress(t *testing.T) {
	for raw, want := range map[string]string{
		"HTTPS://News.Detik.com:443/a?utm_source=x&utm_medium=y":  "https://news.detik.com/a",
		"http://example.com:80":                                   "http://example.com/",
		"http://example.com:8080/a/":                              "http://example.com:8080/a/",
		"https://example.com./a#bagian":                           "https://example.com/a",
		"https://user:pass@example.com/a?":                        "https://example.com/a",
		"https://example.com/a?b=2&fbclid=x&a=1&gclid=y":          "https://example.com/a?b=2&a=1",
		"https://example.com/a?UTM_Source=x&&igshid=1":            "https://example.com/a",
		"https://example.com/?p=4711&amp=1":                       "https://example.com/?p=4711",
		"https://example.com/a?page=2&s=semen&ref=x":              "https://example.com/a?page=2&s=semen&ref=x",
		"https://nasional.kompas.com/read/1/a?page=all":           "https://nasional.kompas.com/read/1/a",
		"https://finance.detik.com/a/d-1/b?single=1":              "https://finance.detik.com/a/d-1/b",
		"https://youtu.be/abc?si=x&t=90":                          "https://youtu.be/abc?t=90",
		"https://x.com/a/status/1?s=20&t=x":                       "https://x.com/a/status/1",
		"https://example.com/2025/warga-gunem-keluhkan-debu/amp/": "https://example.com/2025/warga-gunem-keluhkan-debu/",
		"https://example.com/2025/warga-gunem-keluhkan-debu/amp":  "https://example.com/2025/warga-gunem-keluhkan-debu",
		"https://example.com/produk/amp":                          "https://example.com/produk/amp",
		"https://amp.suara.com/bisnis/2025/11/03/140500/a":        "https://www.suara.com/bisnis/2025/11/03/140500/a",
		"https://amp.kompas.com/tren/read/1":                      "https://amp.kompas.com/tren/read/1",
		"https://example.com/a%2Fb/%C3%A9?q=%26":                  "https://example.com/a%2Fb/%C3%A9?q=%26",
		" https://example.com/a\x00b\n":                           "https://example.com/ab",
		"http://[2606:2800::1]:80/":                               "http://[2606:2800::1]/",
		"bukan alamat":                                            "bukan alamat",
		"mailto:a@example.com":                                    "mailto:a@example.com",
		"http://:80/":                                             "http://:80/",
		"http://%zz/":                                             "http://%zz/",
		"":                                                        "",
	} {
		if got := Canonical(raw); got != want {
			t.Errorf("%q: got %q, want %q", raw, got, want)
		}
	}
}

func TestCanonicalIsIdempotent(t *testing.T) {
	part := func(alphabet string) *rapid.Generator[string] {
		return rapid.StringOfN(rapid.SampledFrom([]rune(alphabet)), 0, 12, -1)
	}
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.SampledFrom([]string{"http://", "HTTPS://", "//", ""}).Draw(t, "scheme") +
			part("aB.:80@[]%-é").Draw(t, "host") +
			part("/amp-%2Fé; ").Draw(t, "path") + rapid.SampledFrom([]string{"", "/a-b-c-d/amp", "/a-b-c-d/amp/amp/"}).Draw(t, "amp") +
			"?" + part("utm_=&s%#?").Draw(t, "query")
		checkCanonical(t, raw)
	})
}

// checkCanonical is what Canonical promises for every string.
func checkCanonical(t interface{ Errorf(string, ...any) }, raw string) {
	once := Canonical(raw)
	if twice := Canonical(once); twice != once {
		t.Errorf("%q: once %q, twice %q", raw, once, twice)
	}
	if strings.ContainsFunc(once, unicode.IsControl) {
		t.Errorf("%q: control characters in %q", raw, once)
	}
}

func FuzzCanonical(f *testing.F) {
	for _, seed := range []string{"https://example.com/a?utm_source=x#y", "http://[::1]:80/", "HTTP://É.com./%41?&amp=1", "https://amp.suara.com", "http:a", "\x7f"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) { checkCanonical(t, raw) })
}

func TestSubdomainsOfAnOutletAreOneDomain(t *testing.T) {
	for link, want := range map[string]string{
		"https://jateng.antaranews.com/berita/1": "antaranews.com",
		"https://www.republika.co.id/a":          "republika.co.id",
		"http://LH.Rembangkab.go.id/":            "rembangkab.go.id",
		"https://warga.blogspot.com/a":           "warga.blogspot.com",
		"http://127.0.0.1:8080/":                 "127.0.0.1",
		"http://localhost/":                      "localhost",
		"ftp://example.com/":                     "",
		"bukan alamat":                           "",
	} {
		if got := domain(link); got != want {
			t.Errorf("%s: got %q, want %q", link, got, want)
		}
	}
}
