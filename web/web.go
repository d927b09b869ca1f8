// Package web takes pushed posts in and shows health and metrics.
package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Limits of the server. Pushed bodies have their own, in source.
const (
	readHeader = 5 * time.Second
	readAll    = 30 * time.Second
	writeAll   = 35 * time.Second // longer than readAll: who sends too slowly is answered
	idle       = 2 * time.Minute
	maxHeader  = 16 << 10
	drain      = 5 * time.Second
)

// Health is what /healthz answers: whether the program does its work, why not,
// and what will hinder it unless somebody acts.
type Health struct {
	OK       bool     `json:"ok"`
	Version  string   `json:"version"`
	Problems []string `json:"problems,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
}

// Gauge is one number for /metrics, read when somebody asks.
type Gauge struct {
	Name, Help string
	Counter    bool // it only rises
	Read       func() float64
}

// Server is the HTTP side of Siaga.
type Server struct {
	Listen string                       // host:port; loopback unless the admin says otherwise
	Hooks  map[string]http.Handler      // by source name, below /hooks/
	Health func(context.Context) Health // for /healthz
	Gauges []Gauge                      // for /metrics
	Extra  map[string]http.Handler      // further routes, by pattern
	Log    *slog.Logger                 // what goes wrong below the handlers; nil: slog's default
}

// Handler returns the routes: GET /healthz, GET /metrics, POST /hooks/NAME.
func (s Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", s.healthz)
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.registry(), promhttp.HandlerOpts{}))
	for name, h := range s.Hooks {
		mux.Handle("/hooks/"+name, h)
	}
	for pattern, h := range s.Extra {
		mux.Handle(pattern, h)
	}
	return mux
}

func (s Server) healthz(w http.ResponseWriter, r *http.Request) {
	h := s.Health(r.Context())
	w.Header().Set("Content-Type", "application/json")
	if !h.OK {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(h) //nolint:errchkjson // plain strings; a client that left needs no answer
}

func (s Server) registry() *prometheus.Registry {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, g := range s.Gauges {
		if g.Counter {
			r.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: g.Name, Help: g.Help}, g.Read))
		} else {
			r.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: g.Name, Help: g.Help}, g.Read))
		}
	}
	return r
}

// Serve answers on a listener, which it closes, until ctx ends, and then lets
// the requests under way finish for 5 seconds. The error is the listener's.
func (s Server) Serve(ctx context.Context, l net.Listener) error {
	srv := &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: readHeader, ReadTimeout: readAll,
		WriteTimeout: writeAll, IdleTimeout: idle, MaxHeaderBytes: maxHeader,
	}
	if s.Log != nil {
		srv.ErrorLog = slog.NewLogLogger(s.Log.Handler(), slog.LevelWarn)
	}
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
		defer cancel()
		err := srv.Shutdown(ctx)
		if errors.Is(err, context.DeadlineExceeded) { // cut off whoever would go on in a closed store
			err = srv.Close()
		}
		stopped <- err
	})
	defer stop()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve %s: %w", s.Listen, err)
	}
	return <-stopped
}
