package health

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestABeatCountsOnlyWhenItIsAnswered(t *testing.T) {
	beats := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		beats++
		switch r.URL.Path {
		case "/secret-ok":
		case "/secret-moved":
			http.Redirect(w, r, "/secret-ok", http.StatusFound)
		default:
			http.Error(w, "no", http.StatusNotFound)
		}
	}))
	defer srv.Close()
	for path, want := range map[string]string{
		"/secret-ok": "", "/secret-moved": "redirect (302)", "/secret-gone": "404 Not Found",
	} {
		h := Heart{URL: func() string { return srv.URL + path }, Client: srv.Client()}
		err := h.Beat(t.Context())
		switch {
		case want == "" && err != nil, want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v, want %q", path, err, want)
		case err != nil && strings.Contains(err.Error(), "secret"):
			t.Errorf("%s is told: %v", path, err)
		}
	}
	if beats != 3 {
		t.Errorf("%d requests: a redirect was followed", beats)
	}
}

func TestAnErrorNamesNeitherTheAddressNorItsHost(t *testing.T) {
	for _, url := range []string{"http://127.0.0.1:1/secret", "http://secret.invalid/x", ":// secret"} {
		err := Heart{URL: func() string { return url }, Client: http.DefaultClient}.Beat(t.Context())
		if err == nil || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "127.0.0.1") {
			t.Errorf("%s: %v", url, err)
		}
	}
}
