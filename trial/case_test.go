package trial

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/source"
)

func TestWhatATestIsSilentAboutIsDifferentEachTime(t *testing.T) {
	lot := Lot{At: noon, Count: 3, Every: time.Minute, Source: "test", Fields: map[string]string{"text": "debu di gunem {n} dan {n}"}}
	events, err := Case{Lots: []Lot{lot, lot}}.events(nil)
	if err != nil || len(events) != 6 {
		t.Fatal(len(events), err)
	}
	ids, voices := map[string]bool{}, map[string]bool{}
	for _, e := range events {
		ids[e.Post.ID], voices[e.Post.Voice] = true, true
	}
	if len(ids) != 6 || len(voices) != 6 {
		t.Errorf("%d ids and %d voices of six posts", len(ids), len(voices))
	}
	if p := events[2].Post; p.Text != "debu di gunem 3 dan 3" || !p.Published.Equal(noon.Add(2*time.Minute)) || p.Source != "test" {
		t.Errorf("%+v", p)
	}
}

func TestWhatATestSaysOfAPostHolds(t *testing.T) {
	lot := Lot{At: noon, Count: 2, Source: "pantauan", Fields: map[string]string{"text": "debu", "author": "sari", "id": "7"}}
	events, err := Case{Lots: []Lot{lot}}.events([]source.Spec{{Name: "pantauan", Kind: source.Forum}})
	if err != nil {
		t.Fatal(err)
	}
	a, b := events[0].Post, events[1].Post
	if a.ID != "pantauan:7" || a.ID != b.ID || a.Voice != b.Voice || a.Kind != source.Forum {
		t.Errorf("%+v\n%+v", a, b)
	}
}

func TestTheTimesOfAFileCountFromItsEntry(t *testing.T) {
	path := filepath.Join(t.TempDir(), "day.jsonl")
	if err := os.WriteFile(path, []byte(late+"\n"+early+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	lot := Lot{Place: "a:1:1", At: noon.Add(time.Hour), File: path}
	events, err := Case{Lots: []Lot{lot}}.events(nil)
	if err != nil || len(events) != 2 || !events[0].Post.Published.Equal(noon.Add(-time.Hour)) {
		t.Errorf("%+v, %v", events, err)
	}
}

func TestAPostThatCannotBeOneIsNamedWithItsPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "day.jsonl")
	if err := os.WriteFile(path, []byte(early+"\nno post"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, lot := range map[string]Lot{
		"tier":             {Count: 1, Fields: map[string]string{"text": "debu", "tier": "nine"}},
		"day.jsonl:2":      {File: path},
		"no such file":     {File: path + "x.jsonl"},
		"neither title":    {Count: 1, Fields: map[string]string{"id": "7"}},
		"one JSON object ": {File: filepath.Dir(path)},
	} {
		lot.Place = "tests.yaml:7:9"
		_, err := Play(t.Context(), arrange(t, dust()), Case{Lots: []Lot{lot}})
		if err == nil || !strings.HasPrefix(err.Error(), lot.Place+": ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
