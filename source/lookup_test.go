package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/store"
)

func TestAKeptPostIsFoundByItsAddressOrItsID(t *testing.T) {
	i := newInlet(t)
	take := func(id, url, text string) {
		e := written(id, text, i.now)
		e.Post.URL = url
		i.take(e)
	}
	take("a", "https://news.example/berita/1", "debu, versi lama")
	take("b", "", "tanpa alamat")
	i.now = noon.Add(40 * 24 * time.Hour)
	for n := range lookBack - 1 { // the days that came between
		i.now = i.now.Add(24 * time.Hour)
		i.take(written("x"+string(rune('A'+n)), otherWords, i.now))
	}
	take("c", "https://news.example/berita/1", "debu, versi baru")
	take("d", "https://news.example/berita/2", "hilang")
	i.take(deleted("d"))
	for address, want := range map[string]string{
		"https://news.example/berita/1":                         "debu, versi baru",
		" HTTPS://News.Example:443/berita/1?utm_source=wa#top ": "debu, versi baru",
		"https://news.example/berita/2":                         "",
		"https://news.example/berita":                           "",
		"media:a":                                               "debu, versi lama",
		"b":                                                     "tanpa alamat",
		"media":                                                 "",
		"":                                                      "",
		"\x00":                                                  "",
	} {
		err := i.db.View(t.Context(), func(tx store.Tx) error {
			p, found, err := ByURL(tx, address)
			if p.Text != want || found != (want != "") {
				t.Errorf("%q is %q (%v), want %q", address, p.Text, found, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	i.now = i.now.Add(24 * time.Hour)
	i.take(written("e", eightWords, i.now))
	_ = i.db.View(t.Context(), func(tx store.Tx) error {
		if _, found, err := ByURL(tx, "media:a"); found || err != nil {
			t.Errorf("a post %d days back is found, or %v", lookBack+1, err)
		}
		return nil
	})
}

func TestTheFileOfASourceIsReadAsASourceReadsIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	lines := `{"id": "2", "at": "+1h", "text": "nanti", "site": "kupang"}
{"id": "1", "at": "-1h", "title": "Judul", "text": "isi", "kind": "news", "url": "https://x.example/1?utm_source=a", "author": "warga"}
{"id": "3", "deleted": true}
{"id": "4"}
`
	if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	posts, bad, err := PostsIn(path, noon)
	if err != nil || len(posts) != 2 || len(bad) != 1 || !strings.Contains(bad[0].Error(), "a.jsonl:4") {
		t.Fatalf("%v, %v, %v", posts, bad, err)
	}
	for _, p := range posts {
		checkPost(t, p)
	}
	first, later := posts[0], posts[1]
	if first.Kind != News || first.URL != "https://x.example/1" || !first.Published.Equal(noon.Add(-time.Hour)) {
		t.Errorf("first: %+v", first)
	}
	if later.Text != "nanti" || later.Kind != Social || later.Site != "kupang" || later.Published.After(noon) {
		t.Errorf("later: %+v", later)
	}
	for _, name := range []string{"none.jsonl", "posts.pdf"} {
		if _, _, err := PostsIn(filepath.Join(t.TempDir(), name), noon); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestThePlaceThatNamesTheSiteIsShown(t *testing.T) {
	g := NewGazetteer(map[string][]string{"rembang": {"Gunem"}, "kupang": {"Kupang Barat"}})
	for text, want := range map[string]string{
		"debu di Gunem lagi":       "Gunem",
		"hujan di KUPANG, Barat":   "KUPANG, Barat",
		"#SaveGunem, Kupang Barat": "#SaveGunem",
		"Kupang saja":              "",
	} {
		site, start, end := g.Look(text)
		if got := text[start:end]; got != want || (site == "") != (want == "") {
			t.Errorf("%q: %q names %q, want %q", text, got, site, want)
		}
	}
}
