package source

import (
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/store"
)

func TestALineIsReadAsAFileSourceReadsIt(t *testing.T) {
	r := NewRecords(Spec{Name: "arsip", Site: "rembang", Location: time.UTC}, NewVoices(nil), noon)
	e, err := r.Event([]byte(`{"id": 7, "at": "-45m", "author": "@sari", "text": "debu", "reach": 3}`))
	if err != nil {
		t.Fatal(err)
	}
	p, at := e.Post, noon.Add(-45*time.Minute)
	if p.ID != "arsip:7" || p.Kind != Social || p.Voice != NewVoices(nil).Of("arsip", "Sari") || p.Reach != 3 {
		t.Errorf("%+v", p)
	}
	if !p.Published.Equal(at) || !p.Fetched.Equal(at) {
		t.Errorf("published %v and read %v instead of %v", p.Published, p.Fetched, at)
	}
}

func TestADeletionKeepsItsSourceAndItsTime(t *testing.T) {
	r := NewRecords(Spec{Name: "arsip"}, NewVoices(nil), noon)
	e, err := r.Of(map[string]string{"id": "7", "deleted": "true", "at": "+1m"})
	if err != nil || !e.Deleted || e.Post.ID != "arsip:7" || e.Post.Source != "arsip" || !e.Post.Fetched.Equal(noon.Add(time.Minute)) {
		t.Errorf("%+v, %v", e, err)
	}
}

func TestTheTimeOfALineIsThatOfItsEvent(t *testing.T) {
	r := NewRecords(Spec{Name: "arsip"}, NewVoices(nil), noon)
	for line, want := range map[string]time.Time{
		`{"text": "a"}`: noon,
		`{"text": "a", "at": "2026-11-24T10:00:00+08:00"}`: time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC),
		`{"text": "a", "at": "24 November 2026 10.00"}`:    time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC), // WIB, where nothing is said
		`{"text": "a", "AT": "-1h"}`:                       noon.Add(-time.Hour),
		`{"text": "a", "at": "+1h", "AT": "soon"}`:         noon.Add(time.Hour),
		`{"text": "a", "at": null}`:                        noon,
		`{"text": "a", "at": ["-1h"]}`:                     noon,
	} {
		at, err := r.At([]byte(line))
		e, err2 := r.Event([]byte(line))
		if err != nil || err2 != nil || !at.Equal(want) || !e.Post.Published.Equal(want) {
			t.Errorf("%s: %v (%v) and %v (%v), want %v", line, at, err, e.Post.Published, err2, want)
		}
	}
	for _, line := range []string{`{"at": "soon", "text": "a"}`, `{"at": 5, "text": "a"}`, `debu`, `{`, `[]`, ``} {
		if _, err := r.At([]byte(line)); err == nil {
			t.Errorf("%s has a time", line)
		}
	}
}

// FuzzRecords looks for lines that are indexed and cannot be played for the
// sake of their time, or whose posts no later room could live with.
func FuzzRecords(f *testing.F) {
	for _, line := range strings.Split(`{"id": 7, "at": "-45m", "author": "@sari", "text": "debu", "reach": 3}
{"at": "2026-11-24T10:00:00+08:00", "title": "Debu", "kind": "news", "outlet": "x", "url": "https://a.example/b?utm_source=c"}
{"at": "+1h", "AT": "soon", "deleted": "true", "id": "x"}
{"AT": 5, "at": null}
debu`, "\n") {
		f.Add(line)
	}
	r := NewRecords(Spec{Name: "arsip"}, NewVoices(nil), noon)
	f.Fuzz(func(t *testing.T, line string) {
		e, err := r.Event([]byte(line))
		if err != nil {
			return
		}
		if _, err := r.At([]byte(line)); err != nil {
			t.Errorf("%s can be read, and has no time: %v", line, err)
		}
		if !e.Deleted {
			checkPost(t, e.Post)
		}
	})
}

func TestAPostThatWasHistoryStaysHistory(t *testing.T) {
	i := newInlet(t)
	old := written("a", otherWords, noon.Add(-time.Hour))
	old.Post.Backlog = true
	if got := i.take(old); len(got.Posts) != 1 || !got.Posts[0].Backlog {
		t.Errorf("%+v", got.Posts)
	}
}

func TestNothingIsKeptOfADeletionThatWasPlayed(t *testing.T) {
	i := newInlet(t)
	r := NewRecords(Spec{Name: "media"}, NewVoices(nil), noon)
	for _, line := range []string{`{"id": "7", "text": "debu dahsyat"}`, `{"id": "7", "deleted": true}`} {
		e, err := r.Event([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		i.take(e)
	}
	err := i.db.View(t.Context(), func(tx store.Tx) error {
		return Kept(tx, time.Time{}, func(p Post) error { t.Errorf("kept: %+v", p); return nil })
	})
	if err != nil {
		t.Fatal(err)
	}
}
