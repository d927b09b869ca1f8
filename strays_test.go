package main

import (
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/source"
)

func TestASiteThatNobodyConfiguredIsToldToTheLog(t *testing.T) {
	w := newWorld(t, "")
	live, err := config.NewLive(filepath.Join(w.dir, "config.yaml"), config.Options{Env: w.outside(nil).env})
	if err != nil {
		t.Fatal(err)
	}
	a := &app{live: live, log: slog.New(slog.NewTextHandler(&w.err, nil))}
	push := func(sites ...string) string {
		before := len(w.err.String())
		var b source.Batch
		for _, s := range sites {
			b.Events = append(b.Events, source.Event{Post: source.Post{Site: s}})
		}
		a.tellStrays(source.Spec{Name: "pantauan"}, b)
		return w.err.String()[before:]
	}
	if said := push("rembang", "", "kupang"); said != "" {
		t.Errorf("sites that exist: %s", said)
	}
	if said := push("rembag", "Rembang", "rembag"); strings.Count(said, "rembag") != 1 || !strings.Contains(said, "source=pantauan") || !strings.Contains(said, "different=2") {
		t.Errorf("sites that do not exist: %s", said)
	}
	if said := push(strings.Repeat("x", 1<<16), "a", "b", "c", "d"); len(said) > 300 || !strings.Contains(said, "different=5") {
		t.Errorf("%d bytes of log: %.400s", len(said), said)
	}
}
