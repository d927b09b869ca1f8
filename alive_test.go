package main

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/config"
)

// pulse counts who asks for the address of a heartbeat; every other address has
// no network.
type pulse struct {
	beats atomic.Int64
	up    atomic.Bool // so have the feeds
}

func (p *pulse) RoundTrip(r *http.Request) (*http.Response, error) {
	code := http.StatusNotModified
	switch {
	case r.URL.Host == "beat.example":
		p.beats.Add(1)
		code = http.StatusOK
	case !p.up.Load():
		return noNetwork{}.RoundTrip(r)
	}
	return &http.Response{StatusCode: code, Body: http.NoBody, Request: r}, nil
}

func TestOwnSilenceIsAnAlert(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, p := newWorld(t, "\nheartbeat: {every: 1m}\n"), &pulse{}
		w.env["SIAGA_HEARTBEAT_URL"] = "https://beat.example/very-secret"
		w.feeds = func(*config.Config) *http.Client { return &http.Client{Transport: p} }
		p.up.Store(true)
		w.start()
		rest(10*time.Minute + time.Second)
		if n := p.beats.Load(); n < 9 || n > 11 {
			t.Errorf("%d beats in ten minutes", n)
		}
		p.up.Store(false)
		rest(30 * time.Minute)
		before := p.beats.Load()
		w.expect("no source is read", "🚨 Sejak")
		w.stop()
		w.start() // which tells nothing again
		rest(20 * time.Minute)
		if strings.Contains(w.out.String(), "🚨") || p.beats.Load() > before {
			t.Errorf("told again, or %d beats while nothing was read", p.beats.Load()-before)
		}
		p.up.Store(true)
		rest(40 * time.Minute) // a source that failed is left alone for up to half an hour
		w.expect("it is read again", "Sumber terbaca lagi")
		if p.beats.Load() == before {
			t.Error("no heartbeat after that")
		}
		w.stop()
		if strings.Contains(w.err.String()+w.out.String(), "very-secret") {
			t.Error("the address of the heartbeat was told")
		}
	})
}
