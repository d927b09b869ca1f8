package source

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// byOutlet is an article of an outlet.
func byOutlet(id, outlet, text string, at time.Time) Event {
	e := written(id, text, at)
	e.Post.Kind, e.Post.Voice, e.Post.Outlet = News, outlet, outlet
	e.Post.URL = "https://" + outlet + "/" + id
	return e
}

// voices counts who speaks.
func voices(posts map[string]Post) int {
	var all []string
	for _, p := range posts {
		all = append(all, p.Voice)
	}
	slices.Sort(all)
	return len(slices.Compact(all))
}

func TestTwentyOutletsWithOneTextAreOneVoice(t *testing.T) {
	n := newNewsroom(11)
	article := n.article(8)
	i := newInlet(t)
	for k := range 20 {
		text := article
		if k%2 == 1 {
			text = n.around(body(article))
		}
		i.now = i.now.Add(5 * time.Hour)
		p := i.take(byOutlet(fmt.Sprint(k), fmt.Sprintf("warta%d.example", k), text, i.now)).Posts[0]
		if p.Story != "media:0" || p.Voice != "warta0.example" || p.Outlet != fmt.Sprintf("warta%d.example", k) {
			t.Errorf("copy %d: story %s, voice %s, outlet %s", k, p.Story, p.Voice, p.Outlet)
		}
	}
	if got := voices(i.kept()); got != 1 {
		t.Errorf("%d voices", got)
	}
}

func TestPeopleWhoPassATextOnAreVoices(t *testing.T) {
	i := newInlet(t)
	i.take(byOutlet("0", "warta.example", manyWords, i.now), written("1", manyWords, i.now), written("2", nearWords, i.now))
	repost := written("3", "", i.now)
	repost.Post.Repost = "media:0"
	i.take(repost)
	if got := voices(i.kept()); got != 4 || i.members("0") != "0 1 2 3" {
		t.Errorf("%d voices in %q", got, i.members("0"))
	}
}

func TestOutletsThatPrintWhatAPersonWroteAreOneVoiceMore(t *testing.T) {
	i := newInlet(t)
	i.take(written("0", manyWords, i.now), byOutlet("1", "satu.example", manyWords, i.now), byOutlet("2", "dua.example", nearWords, i.now))
	if got := voices(i.kept()); got != 2 || i.members("0") != "0 1 2" {
		t.Errorf("%d voices in %q", got, i.members("0"))
	}
}

func TestOutletsWithStoriesOfTheirOwnAreVoicesEach(t *testing.T) {
	i := newInlet(t)
	i.take(byOutlet("0", "satu.example", manyWords, i.now), byOutlet("1", "dua.example", otherWords, i.now),
		byOutlet("2", "dua.example", nearWords, i.now), byOutlet("3", "satu.example", eightWords, i.now))
	if got := voices(i.kept()); got != 2 {
		t.Errorf("%d voices", got)
	}
}

func TestAnEditKeepsTheVoice(t *testing.T) {
	i := newInlet(t)
	i.take(byOutlet("0", "satu.example", manyWords, i.now), byOutlet("1", "dua.example", nearWords, i.now))
	if p := i.take(byOutlet("1", "dua.example", nearWords+", diperbarui", i.now)).Posts[0]; p.Voice != "satu.example" {
		t.Errorf("voice %s", p.Voice)
	}
}

func TestAnArticleThatIsSplitOffHasItsOwnVoiceAgain(t *testing.T) {
	i := newInlet(t)
	i.take(byOutlet("0", "satu.example", manyWords, i.now), byOutlet("1", "dua.example", nearWords, i.now))
	moved := i.split("1")
	if moved[0].Voice != "dua.example" {
		t.Errorf("split off: voice %s", moved[0].Voice)
	}
	if p := i.take(byOutlet("2", "tiga.example", nearWords, i.now)).Posts[0]; p.Voice != "dua.example" || p.Story != "media:1" {
		t.Errorf("a copy of it: voice %s, story %s", p.Voice, p.Story)
	}
	for _, p := range i.join("media:1", "media:0") {
		if p.Voice != "satu.example" {
			t.Errorf("joined again: voice %s", p.Voice)
		}
	}
}
