package source

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/siaga-id/siaga/store"
)

const (
	eightWords = "Debu pabrik semen turun lagi sejak subuh tadi"
	sevenWords = "Debu pabrik semen turun lagi sejak subuh"
	otherWords = "Warga mengeluh air sumur keruh sejak hari Senin lalu"
	manyWords  = "Ledakan tungku melukai tiga pekerja pabrik semen pada Senin malam, semua korban sudah dibawa ke rumah sakit terdekat"
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
		"nearly the words":          {[]arrival{{id: "a", text: manyWords}, {id: "b", text: "Kabar dari tetangga: " + manyWords}}, "a a"},
		"nearly the words, by site": {[]arrival{{id: "a", text: manyWords, site: "rembang"}, {id: "b", text: "Kabar: " + manyWords, site: "kupang"}}, "a b"},
		"nearly the words of a copy": {
			[]arrival{{id: "a", text: "debu", url: "https://x.id/1"}, {id: "b", text: manyWords, url: "https://x.id/1"}, {id: "c", text: "Kabar: " + manyWords}}, "a a a",
		},
		"nearly the words of one that was deleted": {[]arrival{{id: "a", text: manyWords}, {id: "a", gone: true}, {id: "b", text: "Kabar: " + manyWords}}, "a b"},
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

// errUndo keeps a trial from being committed: the next one finds an empty store.
var errUndo = errors.New("undo")

// TestHowEventsAreCutIntoBatchesMakesNoDifference compares one batch with any
// other division of the same events, without and with a restart between them.
// The transactions are undone, and the index must not keep what was in them.
func TestHowEventsAreCutIntoBatchesMakesNoDifference(t *testing.T) {
	i := newInlet(t)
	play := func(rt *rapid.T, in [2]*Intake, batches ...[]Event) (kept map[string]Post) {
		err := i.db.Update(t.Context(), func(tx store.Tx) (err error) {
			for n, events := range batches {
				if _, err := in[n].Accept(tx, i.spec, Batch{Events: events}, i.now); err != nil {
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
		one := play(rt, [2]*Intake{i.in}, events)
		if diff := cmp.Diff(one, play(rt, [2]*Intake{i.in, i.in}, events[:cut], events[cut:])); diff != "" {
			rt.Errorf("one batch and two, -one +two:\n%s", diff)
		}
		if diff := cmp.Diff(one, play(rt, [2]*Intake{i.restarted(), i.restarted()}, events[:cut], events[cut:])); diff != "" {
			rt.Errorf("one batch and two with a restart between, -one +two:\n%s", diff)
		}
	})
}

func drawEvent(t *rapid.T) Event {
	id := rapid.SampledFrom([]string{"1", "2", "3", "4"}).Draw(t, "id")
	if rapid.IntRange(0, 9).Draw(t, "kind") == 0 {
		return deleted(id)
	}
	e := written(id, rapid.SampledFrom([]string{
		"debu", "asap di Alak", eightWords, otherWords, manyWords, "Kabar dari tetangga: " + manyWords,
		strings.ReplaceAll(manyWords, "tiga", "5"), strings.ReplaceAll(manyWords, "tiga", "para"), manyWords + " di Alak",
	}).Draw(t, "text"), noon)
	e.Post.URL = rapid.SampledFrom([]string{"", "", "https://x.id/1", "https://x.id/2"}).Draw(t, "url")
	e.Post.Kind = rapid.SampledFrom([]Kind{Social, News}).Draw(t, "place")
	e.Post.Repost = rapid.SampledFrom([]string{"", "", "media:1", "media:9"}).Draw(t, "repost")
	return e
}
