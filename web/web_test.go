package web

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func ask(h http.Handler, method, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, path, http.NoBody))
	return w
}

// says is a handler that answers with its name and the method.
func says(name string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, name+" "+r.Method)
	})
}

func healthy(context.Context) Health { return Health{OK: true, Version: "v1"} }

func TestHealthSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		name   string
		health Health
		status int
		body   string
	}{
		{"all good", Health{OK: true, Version: "v1"}, http.StatusOK, `{"ok":true,"version":"v1"}`},
		{
			"problems",
			Health{Version: "v1", Problems: []string{"3 cards wait", "store: the store is closed"}},
			http.StatusServiceUnavailable, `{"ok":false,"version":"v1","problems":["3 cards wait","store: the store is closed"]}`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Server{Health: func(context.Context) Health { return c.health }}
			got := ask(s.Handler(), "GET", "/healthz")
			if got.Code != c.status || strings.TrimSpace(got.Body.String()) != c.body {
				t.Errorf("%d %s", got.Code, got.Body)
			}
			if kind := got.Header().Get("Content-Type"); kind != "application/json" {
				t.Errorf("content type %q", kind)
			}
		})
	}
}

func TestHealthIsAskedWithTheRequest(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var seen error
	s := Server{Health: func(ctx context.Context) Health { seen = ctx.Err(); return Health{} }}
	s.Handler().ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, "GET", "/healthz", http.NoBody))
	if seen == nil {
		t.Error("a client that left is still looked into the store for")
	}
}

func TestMetricsAreReadWhenAsked(t *testing.T) {
	posts := 0.0
	h := Server{Health: healthy, Gauges: []Gauge{
		{Name: "siaga_posts_total", Help: "Posts taken in.", Counter: true, Read: func() float64 { posts += 40; return posts }},
		{Name: "siaga_sources_blind", Help: "Sources not seen.", Read: func() float64 { return 2 }},
	}}.Handler()
	ask(h, "GET", "/metrics")
	body := ask(h, "GET", "/metrics").Body.String()
	for _, want := range []string{
		"# HELP siaga_posts_total Posts taken in.\n# TYPE siaga_posts_total counter\nsiaga_posts_total 80\n",
		"# TYPE siaga_sources_blind gauge\nsiaga_sources_blind 2\n",
		"go_goroutines ",
		"process_start_time_seconds ",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q in\n%s", want, body)
		}
	}
}

func TestTwoServersShareNoMetrics(t *testing.T) {
	s := Server{Health: healthy, Gauges: []Gauge{{Name: "siaga_x", Read: func() float64 { return 1 }}}}
	s.Handler()
	if got := ask(s.Handler(), "GET", "/metrics"); got.Code != http.StatusOK {
		t.Errorf("%d %s", got.Code, got.Body)
	}
}

func TestRoutes(t *testing.T) {
	h := Server{
		Health: healthy,
		Hooks:  map[string]http.Handler{"warga": says("warga"), "media-1": says("media")},
		Extra:  map[string]http.Handler{"GET /backup": says("backup")},
	}.Handler()
	for _, c := range []struct {
		method, path string
		status       int
		body         string
	}{
		{"POST", "/hooks/warga", 200, "warga POST"},
		{"POST", "/hooks/media-1", 200, "media POST"},
		{"GET", "/hooks/warga", 200, "warga GET"}, // a hook itself says what it takes
		{"POST", "/hooks/lain", 404, ""},
		{"POST", "/hooks/", 404, ""},
		{"POST", "/hooks/warga/lagi", 404, ""},
		{"GET", "/backup", 200, "backup GET"},
		{"POST", "/backup", 405, ""},
		{"HEAD", "/healthz", 200, ""},
		{"POST", "/healthz", 405, ""},
		{"DELETE", "/metrics", 405, ""},
		{"GET", "/", 404, ""},
		{"GET", "/healthz/x", 404, ""},
		{"GET", "/debug/pprof/", 404, ""},
	} {
		got := ask(h, c.method, c.path)
		if got.Code != c.status || c.body != "" && got.Body.String() != c.body {
			t.Errorf("%s %s: %d %s", c.method, c.path, got.Code, got.Body)
		}
	}
}
