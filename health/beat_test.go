package health

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/source"
)

// clients are as the program's own: one that may visit this machine, one that
// may not.
func clients() (allowed, guarded *http.Client) {
	return source.NewClient([]netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, ""), source.NewClient(nil, "")
}

func TestABeatArrives(t *testing.T) {
	asked := ""
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked = r.Method + " " + r.URL.Path }))
	defer server.Close()
	allowed, _ := clients()
	if err := (Heart{URL: func() string { return server.URL + "/ping/1" }, Client: allowed}).Beat(t.Context()); err != nil {
		t.Fatal(err)
	}
	if asked != "GET /ping/1" {
		t.Errorf("asked %q", asked)
	}
}

// breaking is a network on which every request fails with an error that
// repeats what it can.
type breaking struct{ err error }

func (b breaking) RoundTrip(*http.Request) (*http.Response, error) { return nil, b.err }

func TestABeatThatDoesNotArriveSaysWhyAndNotWhere(t *testing.T) {
	const secret = "rahasia-4f2c"
	answer := func(code int) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "http://"+secret+".invalid/")
			w.WriteHeader(code)
			_, _ = w.Write([]byte(r.URL.Path))
		}))
		t.Cleanup(s.Close)
		return s.URL + "/" + secret
	}
	untrusted := httptest.NewUnstartedServer(http.NotFoundHandler())
	untrusted.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	untrusted.StartTLS()
	t.Cleanup(untrusted.Close)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	allowed, guarded := clients()
	failing := func(err error) *http.Client { return &http.Client{Transport: breaking{err}} }
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx    context.Context
		client *http.Client
		url    string
		want   string
	}{
		"not found":          {nil, allowed, answer(404), "it answers 404 Not Found"},
		"its own trouble":    {nil, allowed, answer(503), "it answers 503 Service Unavailable"},
		"moved":              {nil, allowed, answer(301), "it answers with a redirect (301); give the address to which that leads"},
		"in-house":           {nil, guarded, answer(200), "the address is not public; allow_hosts can allow one of your own"},
		"in disguise":        {nil, guarded, "http://0x7f.1/" + secret, "the address is not public; allow_hosts can allow one of your own"},
		"not trusted":        {nil, allowed, untrusted.URL + "/" + secret, "its certificate is not trusted"},
		"nobody there":       {nil, allowed, gone.URL + "/" + secret, "no connection"},
		"no such name":       {nil, failing(&net.DNSError{Err: "no such host", Name: secret, IsNotFound: true}), "http://x/" + secret, "its name is not found"},
		"too slow":           {nil, failing(&url.Error{Op: "Get", URL: secret, Err: context.DeadlineExceeded}), "http://x/" + secret, "no answer in time"},
		"something else":     {nil, failing(errors.New(secret)), "http://x/" + secret, "no connection"},
		"a shutdown":         {over, allowed, answer(200), "it was cut off"},
		"what is no address": {nil, allowed, "http://x/%zz" + secret, "the address cannot be read"},
	} {
		if c.ctx == nil {
			c.ctx = t.Context()
		}
		err := Heart{URL: func() string { return c.url }, Client: c.client}.Beat(c.ctx)
		if err == nil || err.Error() != "beat: "+c.want {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		for e := err; e != nil; e = errors.Unwrap(e) {
			if strings.Contains(e.Error(), secret) {
				t.Errorf("%s: the address is in %v", name, e)
			}
		}
	}
}
