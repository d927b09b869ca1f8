package source

import (
	"strings"
	"testing"
	"time"
)

func TestOutletsAreShownAndPersonsAreNot(t *testing.T) {
	for _, c := range []struct{ outlet, author, want string }{
		{"Kabar Contoh", "Nama Wartawan", "Kabar Contoh"},
		{"@warga_a", "", ""},
		{"Warga_A", "@warga_a", ""},
		{"", "warga_a", ""},
	} {
		if got := (record{"outlet": c.outlet, "author": c.author}).outlet(Spec{}); got != c.want {
			t.Errorf("outlet %q by %q: got %q, want %q", c.outlet, c.author, got, c.want)
		}
	}
}

func TestARecordThatCannotBeMeantIsRefusedWithItsField(t *testing.T) {
	for field, r := range map[string]record{
		"kind":                   {"text": "a", "kind": "podcast"},
		"tier":                   {"text": "a", "tier": "4"},
		"reach":                  {"text": "a", "reach": "-1"},
		"deleted":                {"text": "a", "deleted": "ya"},
		"deleted, but":           {"text": "a", "deleted": "true"},
		"neither title nor text": {"text": " \n"},
	} {
		if _, err := r.event(feedSpec("https://example.com/"), Voices{}); err == nil || !strings.HasPrefix(err.Error(), field) {
			t.Errorf("%v: got %v, want an error on %s", r, err, field)
		}
	}
}

func TestAPostKeepsItsIDHoweverLongOrMissing(t *testing.T) {
	id := func(r record) string {
		e, err := r.event(feedSpec("https://example.com/"), Voices{})
		if err != nil {
			t.Fatal(err)
		}
		return e.Post.ID
	}
	long := strings.Repeat("x", maxID)
	for _, c := range []struct {
		name string
		a, b record
		same bool
	}{
		{"by id", record{"id": "1", "text": "a"}, record{"id": "1", "text": "edited"}, true},
		{"by address", record{"url": "https://example.com/?utm_source=x", "text": "a"}, record{"url": "https://example.com", "text": "b"}, true},
		{"by text", record{"text": "a"}, record{"text": "a "}, true},
		{"other text", record{"text": "a"}, record{"text": "b"}, false},
		{"long ids", record{"id": long + "a", "text": "a"}, record{"id": long + "b", "text": "a"}, false},
	} {
		if a, b := id(c.a), id(c.b); (a == b) != c.same || len(a) > len("contoh:")+maxID {
			t.Errorf("%s: %q and %q", c.name, a, b)
		}
	}
}

func TestARepostPointsToTheOriginal(t *testing.T) {
	e, err := record{"id": "2", "repost": "1"}.event(feedSpec("https://example.com/"), Voices{})
	if err != nil || e.Post.Repost != "contoh:1" {
		t.Errorf("got %+v, %v", e.Post, err)
	}
}

func TestADeletionCarriesTheIDAlone(t *testing.T) {
	e, err := record{"id": "1", "text": "rahasia", "deleted": "true"}.event(feedSpec("https://example.com/"), Voices{})
	if want := (Event{Post: Post{ID: "contoh:1"}, Deleted: true}); err != nil || e.seen(time.Now(), time.Now()) != want {
		t.Errorf("got %+v, %v", e, err)
	}
}
