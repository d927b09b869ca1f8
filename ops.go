package main

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/web"
)

const (
	// stalledAfter is how late a tick of the rules, which is due every ten
	// seconds, may be before /healthz says so.
	stalledAfter = time.Minute
	// stuckAfter is how long a card may wait before /healthz says so.
	stuckAfter = 5 * time.Minute
)

// connectWeb makes the way in for pushed posts, and the way out for health
// and metrics.
func (a *app) connectWeb(_ context.Context, c *config.Config) error {
	if c.Listen == "" {
		return nil
	}
	token, err := writeToken(c.Store)
	if err != nil {
		return err
	}
	a.web = &web.Server{
		Listen: c.Listen, Log: a.log, Hooks: a.hooks, Health: a.health, Gauges: a.gauges(),
		Extra: map[string]http.Handler{"GET " + backupPath: backupHandler(a.db, token)},
	}
	return nil
}

func (a *app) serveWeb(ctx context.Context) error {
	l, err := a.outside.listen("tcp", a.web.Listen)
	if err != nil { // a taken port must not cost an alert
		a.log.Error("no health, metrics and webhooks: cannot listen", "address", a.web.Listen, "err", err)
		<-ctx.Done()
		return nil
	}
	return a.web.Serve(ctx, l)
}

func (a *app) health(ctx context.Context) web.Health {
	h := web.Health{Version: version()}
	if late := time.Since(a.watcher.LastTick()); late > stalledAfter && time.Since(a.since) > stalledAfter {
		h.Problems = append(h.Problems, fmt.Sprintf("rules have not been evaluated for %v", late.Round(time.Second)))
	}
	s, err := a.status(ctx)
	if err != nil {
		h.Problems = append(h.Problems, "store: "+err.Error())
	}
	if s.Pending > 0 && time.Since(s.Oldest) > stuckAfter {
		h.Problems = append(h.Problems, fmt.Sprintf("%d cards wait, the oldest for %v", s.Pending, time.Since(s.Oldest).Round(time.Second)))
	}
	if why := a.watcher.Refused(); why != "" {
		h.Problems = append(h.Problems, "posts cannot be taken in: "+why)
	}
	if s.Sources > 0 && len(s.Blind) == s.Sources {
		h.Problems = append(h.Problems, "no source is being seen")
	}
	a.judgeSelf(ctx, &h)
	h.OK = len(h.Problems) == 0
	return h
}

func (a *app) gauges() []web.Gauge {
	count := func(n *atomic.Int64) func() float64 { return func() float64 { return float64(n.Load()) } }
	asked := func(read func(context.Context) float64) func() float64 {
		return func() float64 {
			ctx, cancel := context.WithTimeout(context.Background(), time.Second)
			defer cancel()
			return read(ctx)
		}
	}
	seen := &a.watcher.Seen
	return append(a.selfGauges(), []web.Gauge{
		{Name: "siaga_posts_total", Help: "Posts taken in since the start.", Counter: true, Read: count(&seen.Posts)},
		{Name: "siaga_firings_total", Help: "What rules said since the start, those in shadow included.", Counter: true, Read: count(&seen.Firings)},
		{Name: "siaga_polls_total", Help: "Polls of sources since the start.", Counter: true, Read: count(&seen.Polls)},
		{Name: "siaga_poll_failures_total", Help: "Failed polls since the start.", Counter: true, Read: count(&seen.Failures)},
		{Name: "siaga_incidents_unresolved", Help: "Incidents that are not resolved.", Read: asked(a.unresolved)},
		{Name: "siaga_outbox_cards", Help: "Cards that are not shown yet.", Read: asked(func(ctx context.Context) float64 {
			s, _ := a.status(ctx) // /healthz tells of a store that cannot be read
			return float64(s.Pending)
		})},
		{Name: "siaga_sources_blind", Help: "Sources that are not being seen.", Read: asked(func(ctx context.Context) float64 {
			s, _ := a.status(ctx)
			return float64(len(s.Blind))
		})},
		{Name: "siaga_config_refused", Help: "1 while the files on disk are refused and the earlier configuration is in force.", Read: func() float64 {
			if a.live.Refused() {
				return 1
			}
			return 0
		}},
	}...)
}

func (a *app) unresolved(ctx context.Context) float64 {
	list, err := a.desk.Unresolved(ctx)
	if err != nil {
		return -1
	}
	return float64(len(list))
}
