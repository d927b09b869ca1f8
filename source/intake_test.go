package source

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/siaga-id/siaga/store"
)

var noon = time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

func openStore(t testing.TB, path string) *store.Bolt {
	t.Helper()
	db, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// inlet is an intake at a store of its own, with a clock that tests set.
type inlet struct {
	t    *testing.T
	path string
	db   *store.Bolt
	in   *Intake
	spec Spec
	now  time.Time
}

// newInlet has polled its source before, so that nothing is backlog.
func newInlet(t *testing.T) *inlet {
	t.Helper()
	path := filepath.Join(t.TempDir(), "siaga.db")
	places := NewGazetteer(map[string][]string{"rembang": {"Rembang", "Gunem"}, "kupang": {"Kupang", "Alak"}})
	i := &inlet{t: t, path: path, db: openStore(t, path), in: &Intake{Places: places}, spec: Spec{Name: "media"}, now: noon}
	i.take()
	return i
}

func (i *inlet) reopen() {
	i.t.Helper()
	if err := i.db.Close(); err != nil {
		i.t.Fatal(err)
	}
	i.db, i.in = openStore(i.t, i.path), i.restarted()
}

// restarted returns the intake as it is after a restart.
func (i *inlet) restarted() *Intake { return &Intake{Places: i.in.Places} }

func (i *inlet) take(events ...Event) Accepted {
	i.t.Helper()
	return i.takeBatch(Batch{Events: events})
}

func (i *inlet) takeBatch(b Batch) (got Accepted) {
	i.t.Helper()
	i.update(func(tx store.Tx) (err error) {
		got, err = i.in.Accept(tx, i.spec, b, i.now)
		return err
	})
	return got
}

func (i *inlet) update(fn func(store.Tx) error) {
	i.t.Helper()
	if err := i.db.Update(i.t.Context(), fn); err != nil {
		i.t.Fatal(err)
	}
}

// kept returns every post whose text is in the store, by id.
func (i *inlet) kept() (all map[string]Post) {
	i.t.Helper()
	i.update(func(tx store.Tx) (err error) {
		all, err = keptPosts(tx)
		return err
	})
	return all
}

func keptPosts(tx store.Tx) (map[string]Post, error) {
	days, err := posts.Days(tx)
	all := map[string]Post{}
	for _, d := range days {
		err = errors.Join(err, posts.On(d).Scan(tx, "", func(_ store.Key, p Post) error {
			if _, twice := all[p.ID]; twice {
				return fmt.Errorf("%s is kept twice", p.ID)
			}
			all[p.ID] = p
			return nil
		}))
	}
	return all, err
}

func written(id, text string, at time.Time) Event {
	return Event{Post: Post{ID: "media:" + id, Kind: Social, Voice: "v-" + id, Text: text, Published: at}}
}

func deleted(id string) Event { return Event{Post: Post{ID: "media:" + id}, Deleted: true} }

func TestAnIDSeenTwiceIsOnePost(t *testing.T) {
	for name, gaps := range map[string][]time.Duration{
		"next batch":       {0},
		"next day":         {day},
		"seven days later": {7 * day},
		"every week":       {7 * day, 7 * day, 7 * day},
	} {
		t.Run(name, func(t *testing.T) {
			for weekday := range 7 {
				i := newInlet(t)
				i.now = noon.Add(time.Duration(weekday) * day)
				e := written("1", "debu lagi", i.now)
				if got := i.take(e); len(got.Posts) != 1 {
					t.Fatalf("first sight: %+v", got)
				}
				for _, gap := range gaps {
					i.now = i.now.Add(gap)
					i.reopen()
					if got := i.take(e); len(got.Posts) > 0 || len(got.Deleted) > 0 {
						t.Errorf("weekday %d, %v later it is new: %+v", weekday, gap, got)
					}
				}
				if len(i.kept()) != 1 {
					t.Errorf("kept %v", i.kept())
				}
			}
		})
	}
	t.Run("same batch", func(t *testing.T) {
		i := newInlet(t)
		if got := i.take(written("1", "debu", noon), written("1", "debu", noon)); len(got.Posts) != 1 {
			t.Errorf("got %+v", got)
		}
	})
}

func TestAnIDThatNobodyShowedForWeeksIsForgotten(t *testing.T) {
	i := newInlet(t)
	i.take(written("1", "debu", noon))
	i.now = noon.Add(15 * day)
	if got := i.take(written("1", "debu", noon)); len(got.Posts) != 1 || !got.Posts[0].Backlog {
		t.Errorf("got %+v", got)
	}
}

func TestAnEditKeepsItsStoryAndItsTimes(t *testing.T) {
	i := newInlet(t)
	was := i.take(written("1", "debu di Gunem", noon.Add(-time.Hour))).Posts[0]
	i.now = noon.Add(3 * day)
	got := i.take(written("1", "bukan debu, tapi kabut di Alak", i.now))
	want := was
	want.Text, want.Site, want.Place = "bukan debu, tapi kabut di Alak", "kupang", "alak"
	if diff := cmp.Diff([]Post{want}, got.Posts); diff != "" {
		t.Errorf("accepted, -want +got:\n%s", diff)
	}
	if diff := cmp.Diff(map[string]Post{"media:1": want}, i.kept()); diff != "" {
		t.Errorf("kept, -want +got:\n%s", diff)
	}
	if again := i.take(written("1", want.Text, i.now)); len(again.Posts) > 0 {
		t.Errorf("the edit seen again is new: %+v", again)
	}
}

func TestAnEditOfHistoryIsHistory(t *testing.T) {
	i := newInlet(t)
	i.take(written("1", "debu", noon.Add(-3*day)))
	if got := i.take(written("1", "debu, diperbarui", noon)); len(got.Posts) != 1 || !got.Posts[0].Backlog {
		t.Errorf("got %+v", got)
	}
}

func TestADeletedPostLosesItsTextAndNeverComesBack(t *testing.T) {
	i := newInlet(t)
	i.take(written("1", "debu", noon), written("2", "asap", noon))
	i.now = noon.Add(day)
	if got := i.take(deleted("1")); !cmp.Equal(got.Deleted, []string{"media:1"}) || len(got.Posts) > 0 {
		t.Fatalf("got %+v", got)
	}
	if kept := i.kept(); len(kept) != 1 || kept["media:2"].Text != "asap" {
		t.Errorf("kept %+v", kept)
	}
	for _, late := range []Event{written("1", "debu", noon), written("1", "debu, diedit", noon), deleted("1")} {
		i.now = i.now.Add(5 * day)
		i.reopen()
		if got := i.take(late); len(got.Posts) > 0 || len(got.Deleted) > 0 {
			t.Errorf("%+v is taken in: %+v", late, got)
		}
	}
}

func TestADeletionThatComesFirstIsBelieved(t *testing.T) {
	i := newInlet(t)
	got := i.take(deleted("1"), written("1", "debu", noon))
	if len(got.Posts) > 0 || !cmp.Equal(got.Deleted, []string{"media:1"}) {
		t.Errorf("one batch: %+v", got)
	}
	i.take(deleted("2"))
	i.now = noon.Add(6 * day)
	if got := i.take(written("2", "debu", noon)); len(got.Posts) > 0 {
		t.Errorf("days later: %+v", got)
	}
	if len(i.kept()) > 0 {
		t.Errorf("kept %+v", i.kept())
	}
}

func TestNothingComesOfATextThatIsGoneByTheEndOfItsBatch(t *testing.T) {
	i := newInlet(t)
	got := i.take(written("1", "debu", noon), written("2", "asap", noon), deleted("1"), written("2", "bukan asap", noon))
	if len(got.Posts) != 1 || got.Posts[0].Text != "bukan asap" || !cmp.Equal(got.Deleted, []string{"media:1"}) {
		t.Errorf("got %+v", got)
	}
}

func TestTheFirstPollIsBacklogAndALiveBatchIsNot(t *testing.T) {
	i := newInlet(t)
	backlog := func(b Batch) string {
		var out strings.Builder
		for _, p := range i.takeBatch(b).Posts {
			fmt.Fprintf(&out, "%t ", p.Backlog)
		}
		return strings.TrimSpace(out.String())
	}
	batch := func(id string) Batch { return Batch{Events: []Event{written(id, "debu", noon)}} }
	i.spec = Spec{Name: "feed"}
	if got := backlog(batch("1")); got != "true" {
		t.Errorf("first poll: %s", got)
	}
	i.reopen()
	if got := backlog(batch("2")); got != "false" {
		t.Errorf("second poll: %s", got)
	}
	i.spec = Spec{Name: "file"}
	live := batch("3")
	live.Live = true
	if got := backlog(live); got != "false" {
		t.Errorf("live: %s", got)
	}
	i.spec = Spec{Name: "quiet"}
	if got := backlog(Batch{}) + backlog(batch("4")); got != "false" {
		t.Errorf("after a first poll without posts: %s", got)
	}
}

func TestPostsOlderThanTwoDaysAreHistory(t *testing.T) {
	i := newInlet(t)
	got := i.take(written("old", "debu", noon.Add(-48*time.Hour-time.Second)), written("fresh", "debu", noon.Add(-48*time.Hour)))
	if len(got.Posts) != 2 || !got.Posts[0].Backlog || got.Posts[1].Backlog {
		t.Errorf("got %+v", got.Posts)
	}
}

func TestNothingIsPublishedLaterThanItIsRead(t *testing.T) {
	wib := time.FixedZone("WIB", 7*60*60)
	for name, c := range map[string]struct{ published, want time.Time }{
		"before":     {noon.Add(-time.Minute), noon.Add(-time.Minute)},
		"no date":    {time.Time{}, noon},
		"soon":       {noon.Add(time.Second), noon},
		"far future": {noon.AddDate(1, 0, 0), noon},
	} {
		t.Run(name, func(t *testing.T) {
			i := newInlet(t)
			i.now = noon.In(wib)
			p := i.take(written("1", "debu", c.published)).Posts[0]
			if p.Published != c.want || p.Fetched != noon || p.Backlog {
				t.Errorf("published %v, fetched %v, backlog %t; want %v", p.Published, p.Fetched, p.Backlog, c.want)
			}
		})
	}
}

func TestAPostBelongsToThePlaceItNamesOrToItsSource(t *testing.T) {
	for name, c := range map[string]struct{ text, claimed, bySource, want string }{
		"named":                 {"debu di Alak", "rembang", "rembang", "kupang"},
		"claimed by the record": {"debu", "rembang", "kupang", "rembang"},
		"of the source":         {"debu", "", "kupang", "kupang"},
		"none":                  {"debu", "", "", ""},
		// exports of listening tools have a column of that name for the host
		"claimed, and no site of ours": {"debu", "twitter.com", "kupang", "kupang"},
	} {
		t.Run(name, func(t *testing.T) {
			i := newInlet(t)
			i.spec.Site = c.bySource
			e := written("1", c.text, noon)
			e.Post.Site = c.claimed
			if p := i.take(e).Posts[0]; p.Site != c.want || p.Source != "media" {
				t.Errorf("site %q of source %q, want %q", p.Site, p.Source, c.want)
			}
		})
	}
}

func TestCursorAndPostsAreOneTransaction(t *testing.T) {
	i := newInlet(t)
	batch := Batch{Events: []Event{written("1", "debu", noon)}, Cursor: "halaman-2"}
	crash := errors.New("disk full")
	err := i.db.Update(t.Context(), func(tx store.Tx) error {
		if _, err := i.in.Accept(tx, i.spec, batch, i.now); err != nil {
			return err
		}
		return crash
	})
	if !errors.Is(err, crash) || i.cursor() != "" || len(i.kept()) > 0 {
		t.Fatalf("after %v: cursor %q, kept %v", err, i.cursor(), i.kept())
	}
	if got := i.takeBatch(batch); len(got.Posts) != 1 || i.cursor() != "halaman-2" {
		t.Errorf("second try: %+v, cursor %q", got, i.cursor())
	}
	i.spec = Spec{Name: "other"}
	if got := i.cursor(); got != "" {
		t.Errorf("the cursor of a source that was never polled is %q", got)
	}
}

func (i *inlet) cursor() (cursor string) {
	i.t.Helper()
	i.update(func(tx store.Tx) (err error) {
		cursor, _, err = Cursor(tx, i.spec.Name)
		return err
	})
	return cursor
}

func TestAnErrorNamesThePostOrTheSource(t *testing.T) {
	i := newInlet(t)
	err := i.db.View(t.Context(), func(tx store.Tx) error {
		_, err := i.in.Accept(tx, i.spec, Batch{Events: []Event{written("1", "debu", noon)}}, i.now)
		return err
	})
	if !errors.Is(err, store.ErrReadOnly) || !strings.Contains(err.Error(), "media:1") {
		t.Errorf("a post that cannot be kept: %v", err)
	}
	err = i.db.View(t.Context(), func(tx store.Tx) error {
		_, err := i.in.Accept(tx, i.spec, Batch{Cursor: "next"}, i.now)
		return err
	})
	if !errors.Is(err, store.ErrReadOnly) || !strings.Contains(err.Error(), "media") {
		t.Errorf("a cursor that cannot be kept: %v", err)
	}
}

// TestASweepDropsTextsAndLeavesWhatIsStillNeeded sweeps as the watcher does,
// daily, for forty days on each of which a post comes.
func TestASweepDropsTextsAndLeavesWhatIsStillNeeded(t *testing.T) {
	i := newInlet(t)
	const keepText, keepIDs = 30 * day, 9 * day
	for n := range 40 {
		i.now = noon.Add(time.Duration(n) * day)
		i.take(written(fmt.Sprint(n), "debu ke-"+fmt.Sprint(n), i.now))
		if n >= 7 {
			i.takeKnown(n - 7)
		}
		i.update(func(tx store.Tx) error { return Sweep(tx, i.now.Add(-keepText), i.now.Add(-keepIDs)) })
	}
	kept := i.kept()
	if len(kept) != 31 || kept["media:9"].Text == "" || kept["media:8"].Text != "" {
		t.Errorf("%d texts kept", len(kept))
	}
	i.update(func(tx store.Tx) error {
		for name, read := range map[string]func(store.Tx) ([]time.Time, error){"ids": seen.Days, "stories": stories.Days} {
			days, err := read(tx)
			if err != nil {
				return err
			}
			if len(days) > 0 && i.now.Sub(days[0]) > keepIDs+rememberFor+day {
				t.Errorf("%s are kept since %v", name, days[0])
			}
		}
		return nil
	})
}

// takeKnown shows a post once more that came seven days ago.
func (i *inlet) takeKnown(n int) {
	i.t.Helper()
	if got := i.take(written(fmt.Sprint(n), "debu ke-"+fmt.Sprint(n), i.now)); len(got.Posts) > 0 {
		i.t.Errorf("post %d is new after a sweep", n)
	}
}
