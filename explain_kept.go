package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// namedBy returns the words for which a kept post has its site, if it has it
// for a place that its text names.
func (r reader) namedBy(p *source.Post) string {
	site, start, end := r.places.Look(p.Text)
	if site == "" || site != p.Site {
		return ""
	}
	return p.Text[start:end]
}

// keptAt finds a post by its address in the store, or in a copy of it where a
// running siaga holds the store itself.
func (r reader) keptAt(ctx context.Context, address string) ([]explained, error) {
	db, remove, err := openOrCopy(ctx, r.Config)
	if err != nil {
		return nil, err
	}
	defer remove()
	var p source.Post
	var found bool
	var blind []string
	err = db.View(ctx, func(tx store.Tx) (err error) {
		if p, found, err = source.ByURL(tx, address); err == nil && !found {
			blind, err = watched(tx, r.Config)
		}
		return err
	})
	if err = errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("no post with the address %s was ever read, or it was more than 30 days ago.\nSources: %s",
			address, strings.Join(blind, ", "))
	}
	return []explained{{post: p, place: r.namedBy(&p), from: "source " + p.Source}}, nil
}

// watched names the sources, and says of each whether it is seen.
func watched(tx store.Tx, c *config.Config) ([]string, error) {
	var out []string
	for _, spec := range c.Sources {
		h, err := source.ReadHealth(tx, spec.Name)
		if err != nil {
			return nil, err
		}
		name := spec.Name
		if !h.Blind.IsZero() {
			name += " (blind since " + h.Blind.In(cmp.Or(c.Timezone, time.UTC)).Format("2 Jan 15:04 MST") + ")"
		}
		out = append(out, name)
	}
	return out, nil
}

func openOrCopy(ctx context.Context, c *config.Config) (db *store.Bolt, remove func(), err error) {
	if _, err := os.Stat(c.Store); errors.Is(err, fs.ErrNotExist) { // Open would make one
		return nil, nil, fmt.Errorf("there is no store at %s: no post was read yet", c.Store)
	}
	db, err = store.Open(c.Store)
	if !errors.Is(err, store.ErrLocked) {
		return db, func() {}, err
	}
	dir, err := os.MkdirTemp(filepath.Dir(c.Store), ".siaga-explain-*")
	if err != nil {
		return nil, nil, err
	}
	remove = func() { os.RemoveAll(dir) } //nolint:errcheck // nobody is left to tell
	if db, err = openCopy(ctx, c, filepath.Join(dir, "copy.db")); err != nil {
		remove()
		return nil, nil, fmt.Errorf("the store is held by a running siaga, which gives no copy (%w); ask in a chat instead: /kenapa_tidak ADDRESS", err)
	}
	return db, remove, nil
}

func openCopy(ctx context.Context, c *config.Config, name string) (*store.Bolt, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = askForCopy(ctx, c, f)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	return store.Open(name)
}
