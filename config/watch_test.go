package config

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

func TestWatchTellsOnceOfWhatIsNew(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a.yaml"), filepath.Join(dir, "b.yaml")
	for _, step := range []struct {
		name string
		do   func(t *testing.T, stamp time.Time)
		want int
	}{
		{"nothing", func(*testing.T, time.Time) {}, 0},
		{"a change", func(t *testing.T, at time.Time) { stamped(t, a, "two", at) }, 1},
		{"a change of the same size", func(t *testing.T, at time.Time) { stamped(t, a, "six", at) }, 1},
		{"a touch", func(t *testing.T, at time.Time) { stamped(t, a, "one", at) }, 0},
		{"a new file", func(t *testing.T, at time.Time) { stamped(t, b, "b", at) }, 1},
		{"a file that goes", func(t *testing.T, _ time.Time) { remove(t, a) }, 1},
		{"a file that goes and comes back", func(t *testing.T, at time.Time) {
			remove(t, a)
			time.Sleep(2 * time.Second)
			stamped(t, a, "one", at)
		}, 0},
		{"writing in two steps", func(t *testing.T, at time.Time) {
			stamped(t, a, "half", at)
			time.Sleep(2 * time.Second)
			stamped(t, a, "half and half", at.Add(time.Second))
		}, 1},
	} {
		t.Run(step.name, func(t *testing.T) {
			stamped(t, a, "one", time.Unix(1, 0))
			_ = os.Remove(b) // of the step before
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				told := 0
				go Watch(ctx, 2*time.Second, func() []string { return []string{a, b} }, func() { told++ })
				time.Sleep(time.Second) // between two looks
				step.do(t, time.Unix(2, 0))
				time.Sleep(time.Minute)
				cancel()
				synctest.Wait()
				if told != step.want {
					t.Errorf("told %d times, want %d", told, step.want)
				}
			})
		})
	}
}

func stamped(t *testing.T, file, text string, at time.Time) {
	t.Helper()
	write(t, file, text)
	if err := os.Chtimes(file, at, at); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, file string) {
	t.Helper()
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
}
