package source

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

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
	in   Intake
	spec Spec
	now  time.Time
}

// newInlet has polled its source before, so that nothing is backlog.
func newInlet(t *testing.T) *inlet {
	t.Helper()
	path := filepath.Join(t.TempDir(), "siaga.db")
	places := NewGazetteer(map[string][]string{"rembang": {"Rembang", "Gunem"}, "kupang": {"Kupang", "Alak"}})
	i := &inlet{t: t, path: path, db: openStore(t, path), in: Intake{Places: places}, spec: Spec{Name: "media"}, now: noon}
	i.take()
	return i
}

func (i *inlet) reopen() {
	i.t.Helper()
	if err := i.db.Close(); err != nil {
		i.t.Fatal(err)
	}
	i.db = openStore(i.t, i.path)
}

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
	want.Text, want.Site = "bukan debu, tapi kabut di Alak", "kupang"
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

const (
	eightWords = "Debu pabrik semen turun lagi sejak subuh tadi"
	sevenWords = "Debu pabrik semen turun lagi sejak subuh"
	otherWords = "Warga mengeluh air sumur keruh sejak hari Senin lalu"
)

// arrival is a post with what makes it a copy, and how long after the one
// before it comes.
type arrival struct {
	id, text, url, repost, site string
	later                       time.Duration
	gone                        bool
}

func TestCopiesAreOneStory(t *testing.T) {
	for name, c := range map[string]struct {
		arrivals []arrival
		want     string // the id of the story of each
	}{
		"own story":             {[]arrival{{id: "a", text: eightWords}, {id: "b", text: otherWords}}, "a b"},
		"address":               {[]arrival{{id: "a", text: "debu", url: "https://x.id/1"}, {id: "b", text: "asap", url: "https://x.id/1"}}, "a a"},
		"other address":         {[]arrival{{id: "a", text: "debu", url: "https://x.id/1"}, {id: "b", text: "asap", url: "https://x.id/2"}}, "a b"},
		"words":                 {[]arrival{{id: "a", text: eightWords}, {id: "b", text: "@warga: " + strings.ToUpper(eightWords) + "! https://t.co/x"}}, "a a"},
		"too few words":         {[]arrival{{id: "a", text: sevenWords}, {id: "b", text: sevenWords}}, "a b"},
		"words at two sites":    {[]arrival{{id: "a", text: eightWords, site: "rembang"}, {id: "b", text: eightWords, site: "kupang"}}, "a b"},
		"two days on":           {[]arrival{{id: "a", text: eightWords}, {id: "b", text: eightWords, later: 2 * day}}, "a a"},
		"four days on":          {[]arrival{{id: "a", text: eightWords}, {id: "b", text: eightWords, later: 4 * day}}, "a b"},
		"copied every two days": {[]arrival{{id: "a", text: eightWords}, {id: "b", text: eightWords, later: 2 * day}, {id: "c", text: eightWords, later: 2 * day}}, "a a a"},
		"words of a copy at the address": {
			[]arrival{{id: "a", text: "debu", url: "https://x.id/1"}, {id: "b", text: eightWords, url: "https://x.id/1"}, {id: "c", text: eightWords}}, "a a a",
		},
		"repost":                         {[]arrival{{id: "a", text: "debu"}, {id: "b", text: "parah", repost: "a", later: 5 * day}}, "a a"},
		"reposts of one we never saw":    {[]arrival{{id: "b", text: "parah", repost: "a"}, {id: "c", text: "astaga", repost: "a"}}, "b b"},
		"reposts of one deleted unseen":  {[]arrival{{id: "a", gone: true}, {id: "b", text: "parah", repost: "a"}, {id: "c", text: "astaga", repost: "x"}}, "b c"},
		"repost of one deleted after":    {[]arrival{{id: "a", text: "debu"}, {id: "a", gone: true}, {id: "b", text: "parah", repost: "a"}}, "a a"},
		"a copy of one that was deleted": {[]arrival{{id: "a", text: eightWords}, {id: "a", gone: true}, {id: "b", text: eightWords}}, "a a"},
	} {
		t.Run(name, func(t *testing.T) {
			i := newInlet(t)
			var got []string
			for _, a := range c.arrivals {
				i.now = i.now.Add(a.later)
				e := written(a.id, a.text, i.now)
				e.Deleted = a.gone
				e.Post.URL, e.Post.Site = a.url, a.site
				if a.repost != "" {
					e.Post.Repost = "media:" + a.repost
				}
				for _, p := range i.take(e).Posts {
					got = append(got, strings.TrimPrefix(p.Story, "media:"))
				}
			}
			if got := strings.Join(got, " "); got != c.want {
				t.Errorf("stories %q, want %q", got, c.want)
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
		cursor, err = Cursor(tx, i.spec.Name)
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
		_, err := i.in.Accept(tx, i.spec, Batch{}, i.now)
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

// errUndo keeps a trial from being committed: the next one finds an empty store.
var errUndo = errors.New("undo")

// TestHowEventsAreCutIntoBatchesMakesNoDifference compares one batch with any
// other division of the same events.
func TestHowEventsAreCutIntoBatchesMakesNoDifference(t *testing.T) {
	i := newInlet(t)
	play := func(rt *rapid.T, batches ...[]Event) (kept map[string]Post) {
		err := i.db.Update(t.Context(), func(tx store.Tx) (err error) {
			for _, events := range batches {
				if _, err := i.in.Accept(tx, i.spec, Batch{Events: events}, i.now); err != nil {
					return err
				}
			}
			if kept, err = keptPosts(tx); err != nil {
				return err
			}
			return errUndo
		})
		if !errors.Is(err, errUndo) {
			rt.Fatal(err)
		}
		return kept
	}
	rapid.Check(t, func(rt *rapid.T) {
		events := rapid.SliceOfN(rapid.Custom(drawEvent), 1, 20).Draw(rt, "events")
		cut := rapid.IntRange(0, len(events)).Draw(rt, "cut")
		if diff := cmp.Diff(play(rt, events), play(rt, events[:cut], events[cut:])); diff != "" {
			rt.Errorf("one batch and two, -one +two:\n%s", diff)
		}
	})
}

func drawEvent(t *rapid.T) Event {
	id := rapid.SampledFrom([]string{"1", "2", "3", "4"}).Draw(t, "id")
	if rapid.IntRange(0, 9).Draw(t, "kind") == 0 {
		return deleted(id)
	}
	e := written(id, rapid.SampledFrom([]string{"debu", "asap di Alak", eightWords, otherWords}).Draw(t, "text"), noon)
	e.Post.URL = rapid.SampledFrom([]string{"", "", "https://x.id/1", "https://x.id/2"}).Draw(t, "url")
	e.Post.Repost = rapid.SampledFrom([]string{"", "", "media:1", "media:9"}).Draw(t, "repost")
	return e
}
