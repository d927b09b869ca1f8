package rules

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

func TestARiseBeginsWithItsFirstPost(t *testing.T) {
	held := atLeast(Voices, 3, 10*time.Minute)
	held.For = 15 * time.Minute
	for name, c := range map[string]struct {
		rule  Rule
		posts []time.Duration
		read  time.Duration
		want  time.Duration
	}{
		"in the window":           {atLeast(Voices, 3, 10*time.Minute), []time.Duration{0, 20 * time.Minute, 24 * time.Minute, 25 * time.Minute}, 0, 20 * time.Minute},
		"not what came before it": {atLeast(Voices, 5, time.Hour), []time.Duration{0, 50 * time.Minute, 51 * time.Minute, 52 * time.Minute, 53 * time.Minute}, 0, 50 * time.Minute},
		"evenly":                  {atLeast(Voices, 5, time.Hour), []time.Duration{0, 14 * time.Minute, 28 * time.Minute, 42 * time.Minute, 56 * time.Minute}, 0, 0},
		"before for: began":       {held, []time.Duration{0, 4 * time.Minute, 5 * time.Minute, 12 * time.Minute, 14 * time.Minute, 20 * time.Minute}, 0, 0},
		"in a window of the past": {atLeast(Voices, 3, 10*time.Minute), []time.Duration{0, 2 * time.Minute, 3 * time.Minute}, 2 * time.Hour, 0},
	} {
		t.Run(name, func(t *testing.T) {
			x := newTrial(t, c.rule)
			var posts []source.Post
			for _, at := range c.posts {
				posts = append(posts, post(fmt.Sprint(at), at))
			}
			said := x.played(posts, c.read)
			if len(said) == 0 || said[0].Phase != Began {
				t.Fatalf("told %q", told(said))
			}
			x.update(func(tx store.Tx) error {
				at, err := x.set.Rise(tx, said[0])
				if !at.Equal(noon.Add(c.want)) {
					t.Errorf("the rise began at %v", at.Sub(noon))
				}
				return err
			})
		})
	}
}

// played reads posts when they are published, or all at once.
func (x *trial) played(posts []source.Post, at time.Duration) (said []Firing) {
	x.t.Helper()
	if at > 0 {
		return x.at(at, posts...)
	}
	for _, p := range posts {
		said = append(said, x.at(p.Published.Sub(noon), p)...)
	}
	return said
}

func TestARiseStandsOutOfTheUsual(t *testing.T) {
	x := newTrial(t, spike())
	x.steadily(0, 4*day, 10*time.Minute)
	var posts []source.Post
	for n := range 20 {
		posts = append(posts, post(fmt.Sprint("b", n), 4*day+time.Duration(n)*time.Minute))
	}
	said := x.played(posts, 0)
	if len(said) == 0 {
		t.Fatal("it is no spike")
	}
	x.update(func(tx store.Tx) error {
		at, err := x.set.Rise(tx, said[0])
		if !at.Equal(noon.Add(4 * day)) {
			t.Errorf("the rise began at %v", at.Sub(noon)-4*day)
		}
		_, none := x.set.Rise(tx, Firing{Rule: "Hilang"})
		if !errors.Is(none, ErrNoRule) {
			t.Errorf("got %v", none)
		}
		return err
	})
}
