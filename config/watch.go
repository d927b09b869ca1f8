package config

import (
	"context"
	"crypto/sha256"
	"maps"
	"os"
	"time"
)

// Watch calls changed when what stands in the files is another than at the
// last call, or than when Watch began, until ctx ends. It looks every so often
// at size and time, and reads the files whose size or time is new. It waits
// until two looks in a row agree, as a file may be half written. files is
// asked at every look; a file that comes or goes is a change too. changed is
// called by Watch's own goroutine.
//
// It polls because notifications of the kernel miss network drives and the
// way in which editors and orchestrators swap files, and two seconds are soon
// enough for a person who has just saved.
func Watch(ctx context.Context, every time.Duration, files func() []string, changed func()) {
	t := time.NewTicker(every)
	defer t.Stop()
	last := look(files(), nil)
	told := last
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		now := look(files(), last)
		if same(now, last) && !same(now, told) {
			told = now
			changed()
		}
		last = now
	}
}

// glance is what one look at a file saw; the zero value: there is none.
type glance struct {
	size     int64
	modified time.Time
	sum      [sha256.Size]byte
}

// look reads the files that are not as they were.
func look(files []string, before map[string]glance) map[string]glance {
	now := make(map[string]glance, len(files))
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil {
			now[name] = glance{}
			continue
		}
		g := before[name]
		if g.size != info.Size() || !g.modified.Equal(info.ModTime()) {
			data, err := machine{}.ReadFile(name)
			if err != nil {
				now[name] = glance{}
				continue
			}
			g = glance{info.Size(), info.ModTime(), sha256.Sum256(data)}
		}
		now[name] = g
	}
	return now
}

func same(a, b map[string]glance) bool {
	return maps.EqualFunc(a, b, func(x, y glance) bool { return x.sum == y.sum })
}
