package source

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/internal/golden"
)

// teaTime is when the feeds in testdata are fetched.
var teaTime = time.Date(2025, 11, 3, 8, 0, 0, 0, time.UTC)

func feedSpec(url string) Spec {
	return Spec{Name: "contoh", Type: "feed", URL: url, Outlet: "Contoh", Tier: 2}.withDefaults()
}

func TestFeedsOfEveryShapeBecomePosts(t *testing.T) {
	for _, file := range shapes(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			posts, err := decodeFeed(read(t, file), "application/xml", feedSpec("https://contoh.example.com/rss"), teaTime)
			if err != nil {
				t.Fatal(err)
			}
			inJSON(t, file+".golden", posts)
			for _, p := range posts {
				if strings.Contains(fmt.Sprint(p), "Nama") {
					t.Errorf("a name got through: %+v", p)
				}
			}
		})
	}
}

// shapes returns the feeds in testdata.
func shapes(t testing.TB) []string {
	files, err := filepath.Glob("testdata/feed/*")
	if err != nil {
		t.Fatal(err)
	}
	files = slices.DeleteFunc(files, func(f string) bool { return filepath.Ext(f) == ".golden" })
	if len(files) < 7 {
		t.Fatalf("only %v in testdata", files)
	}
	return files
}

func TestWhatIsNoFeedIsPermanentAndSaysWhatToDo(t *testing.T) {
	files, err := filepath.Glob("testdata/notfeed/*")
	if err != nil {
		t.Fatal(err)
	}
	bodies := map[string][]byte{
		"nested":      []byte("<rss>" + strings.Repeat("<a>", 1<<20)),
		"namespaces":  []byte("<rss" + manyNamespaces(1000) + "></rss>"),
		"in disguise": []byte("<html><rss><channel><item><title>x</title></item></channel></rss></html>"),
	}
	for _, file := range files {
		bodies[filepath.Base(file)] = read(t, file)
	}
	for name, body := range bodies {
		t.Run(name, func(t *testing.T) {
			_, err := decodeFeed(body, "text/xml", feedSpec("https://example.com/rss"), teaTime)
			var permanent *Permanent
			if !errors.As(err, &permanent) || permanent.Hint == "" {
				t.Errorf("got %v, want a permanent error with a hint", err)
			}
		})
	}
}

func manyNamespaces(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, ` xmlns:n%d="u"`, i)
	}
	return b.String()
}

func TestABrokenFeedIsTemporary(t *testing.T) {
	for name, body := range map[string]string{
		"cut off":                  `<rss version="2.0"><channel><item><title>Judul</title>`,
		"null item (gofeed panic)": `{"version": "https://jsonfeed.org/version/1.1", "items": [null]}`,
		"no JSON":                  `{"items": `,
	} {
		_, err := decodeFeed([]byte(body), "", feedSpec("https://example.com/rss"), teaTime)
		var temporary *Temporary
		if !errors.As(err, &temporary) {
			t.Errorf("%s: got %v, want a temporary error", name, err)
		}
	}
}

func TestAZoneThatOnlyGofeedKnowsIsBelieved(t *testing.T) {
	posts, err := decodeFeed([]byte(rss("Mon, 03 Nov 2025 01:05:00 EST")), "", feedSpec("https://example.com/rss"), teaTime)
	if err != nil || !posts[0].Published.Equal(time.Date(2025, 11, 3, 6, 5, 0, 0, time.UTC)) {
		t.Errorf("got %+v, %v", posts, err)
	}
}

func TestAnEndlessFeedIsCutAfterItsNewestItems(t *testing.T) {
	body := rss(slices.Repeat([]string{"2025-11-03 14:05"}, maxItems+1)...)
	posts, err := decodeFeed([]byte(body), "", feedSpec("https://example.com/rss"), teaTime)
	if err != nil || len(posts) != maxItems || posts[maxItems-1].Text != "Judul 999" {
		t.Errorf("got %d posts, %v", len(posts), err)
	}
}

// site is a feed server that can be told what to answer.
type site struct {
	*httptest.Server
	answer http.HandlerFunc
	asked  []http.Header
}

func newSite(t *testing.T) (*site, Poller) {
	s := &site{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked = append(s.asked, r.Header)
		s.answer(w, r)
	}))
	t.Cleanup(s.Close)
	client := NewClient([]netip.Prefix{loopback}, "humas@example.com")
	t.Cleanup(client.CloseIdleConnections)
	made, err := New(Spec{Name: "contoh", Type: "feed", URL: s.URL + "/rss?key=RAHASIA"}, Deps{Client: client})
	if err != nil {
		t.Fatal(err)
	}
	return s, made.(Poller)
}

// say answers a client, which may have hung up.
func say(w io.Writer, body string) { _, _ = io.WriteString(w, body) }

func rss(dates ...string) string {
	var b strings.Builder
	for i, date := range dates {
		fmt.Fprintf(&b, "<item><title>Judul %d</title><guid>%s</guid><pubDate>%s</pubDate></item>", i, date, date)
	}
	return `<rss version="2.0"><channel>` + b.String() + `</channel></rss>`
}

func TestValidatorsAreReplayedByteForByte(t *testing.T) {
	s, p := newSite(t)
	s.answer = func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", `W/"a;b"  c`)
		w.Header().Set("Last-Modified", "Senin 3 Nov")
		say(w, rss("2025-11-03 14:05"))
	}
	first, err := p.Poll(t.Context(), "")
	if err != nil || len(first.Events) != 1 {
		t.Fatalf("first poll: %+v, %v", first, err)
	}
	if _, err := p.Poll(t.Context(), first.Cursor); !errors.Is(err, ErrNotModified) {
		t.Errorf("second poll: got %v, want ErrNotModified", err)
	}
	if got := s.asked[1]; got.Get("If-None-Match") != `W/"a;b"  c` || got.Get("If-Modified-Since") != "Senin 3 Nov" {
		t.Errorf("second request had %v", got)
	}
	if agent := s.asked[0].Get("User-Agent"); !strings.HasPrefix(agent, "Siaga/") || !strings.HasSuffix(agent, "(+humas@example.com)") {
		t.Errorf("User-Agent is %q", agent)
	}
}

func TestValidatorsOfAnotherAddressAreNotUsed(t *testing.T) {
	s, p := newSite(t)
	s.answer = func(w http.ResponseWriter, _ *http.Request) { say(w, rss("2025-11-03 14:05")) }
	if _, err := p.Poll(t.Context(), `{"url":"https://old.example.com/rss","etag":"\"x\""}`); err != nil {
		t.Fatal(err)
	}
	if got := s.asked[0].Get("If-None-Match"); got != "" {
		t.Errorf("asked with the old address's ETag %q", got)
	}
}

func TestTheSameBodyWithoutValidatorsIsNotModified(t *testing.T) {
	s, p := newSite(t)
	s.answer = func(w http.ResponseWriter, _ *http.Request) { say(w, rss("2025-11-03 14:05")) }
	first, err := p.Poll(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Poll(t.Context(), first.Cursor); !errors.Is(err, ErrNotModified) {
		t.Errorf("got %v, want ErrNotModified", err)
	}
}

func TestAFetchThatSharesNothingWithTheLastIsAGap(t *testing.T) {
	for _, c := range []struct {
		name string
		next string
		gap  bool
	}{
		{"overlap", rss("2025-11-03 14:07", "2025-11-03 14:05"), false},
		{"no overlap", rss("2025-11-03 15:07", "2025-11-03 15:05"), true},
		{"no dates", rss("tadi", "barusan"), false},
	} {
		s, p := newSite(t)
		body := rss("2025-11-03 14:05", "2025-11-03 14:00")
		s.answer = func(w http.ResponseWriter, _ *http.Request) { say(w, body) }
		first, err := p.Poll(t.Context(), "")
		if err != nil || first.Gap {
			t.Fatalf("%s: first poll: gap %v, %v", c.name, first.Gap, err)
		}
		body = c.next
		if second, err := p.Poll(t.Context(), first.Cursor); err != nil || second.Gap != c.gap {
			t.Errorf("%s: gap is %v, want %v (%v)", c.name, second.Gap, c.gap, err)
		}
	}
}

func TestEachStatusSaysWhetherTimeHeals(t *testing.T) {
	s, p := newSite(t)
	for _, c := range []struct {
		status    int
		after     string
		temporary bool
		wait      time.Duration
	}{
		{http.StatusTooManyRequests, "120", true, 2 * time.Minute},
		{http.StatusTooManyRequests, "", true, 0},
		{http.StatusTooManyRequests, "9999999999999", true, 24 * time.Hour},
		{http.StatusTooManyRequests, "-5", true, 0},
		{http.StatusServiceUnavailable, "Wed, 01 Jan 2020 00:00:00 GMT", true, 0},
		{http.StatusServiceUnavailable, "Fri, 01 Jan 2500 00:00:00 GMT", true, 24 * time.Hour},
		{http.StatusBadGateway, "", true, 0},
		{http.StatusUnauthorized, "", false, 0},
		{http.StatusForbidden, "", false, 0},
		{http.StatusNotFound, "", false, 0},
		{http.StatusGone, "", false, 0},
		{http.StatusTeapot, "", false, 0},
	} {
		s.answer = func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", c.after)
			w.WriteHeader(c.status)
		}
		_, err := p.Poll(t.Context(), "")
		var temporary *Temporary
		var permanent *Permanent
		if errors.As(err, &temporary) != c.temporary || errors.As(err, &permanent) == c.temporary {
			t.Errorf("%d %q: got %v", c.status, c.after, err)
		}
		if c.temporary && temporary.Wait != c.wait {
			t.Errorf("%d %q: wait %v, want %v", c.status, c.after, temporary.Wait, c.wait)
		}
	}
}

func TestRetryAfterTakesADate(t *testing.T) {
	if got := retryAfter("Mon, 03 Nov 2025 08:01:30 GMT", teaTime); got != 90*time.Second {
		t.Errorf("got %v, want 1m30s", got)
	}
}

func TestAServerThatIsDownIsTemporaryAndItsKeyStaysSecret(t *testing.T) {
	s, p := newSite(t)
	s.Close()
	_, err := p.Poll(t.Context(), "")
	var temporary *Temporary
	if !errors.As(err, &temporary) {
		t.Fatalf("got %v, want a temporary error", err)
	}
	if strings.Contains(err.Error(), "RAHASIA") || !strings.Contains(err.Error(), "127.0.0.1") {
		t.Errorf("%q should name the host and not the key", err)
	}
}

func TestABombOfZerosIsCutOffAfterGunzip(t *testing.T) {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	if _, err := io.CopyN(z, zeros{}, maxBody+1); errors.Join(err, z.Close()) != nil {
		t.Fatal(err)
	}
	s, p := newSite(t)
	s.answer = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		say(w, bomb.String())
	}
	_, err := p.Poll(t.Context(), "")
	var permanent *Permanent
	if !errors.As(err, &permanent) || !errors.Is(err, errTooLarge) || !strings.Contains(err.Error(), "4 MiB") {
		t.Errorf("got %v, want a permanent error that names the limit", err)
	}
}

func FuzzFeed(f *testing.F) {
	others, err := filepath.Glob("testdata/notfeed/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range slices.Concat(shapes(f), others) {
		f.Add(read(f, file), "text/xml")
	}
	f.Add([]byte("\xff\xfe<\x00r\x00s\x00s\x00>\x00"), "text/xml; charset=utf-16")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		posts, err := decodeFeed(body, contentType, feedSpec("https://example.com/rss"), teaTime)
		var temporary *Temporary
		var permanent *Permanent
		if err != nil && !errors.As(err, &temporary) && !errors.As(err, &permanent) {
			t.Fatalf("unsorted error %v", err)
		}
		for _, p := range posts {
			checkPost(t, p)
		}
	})
}

func read(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// inJSON compares got with a file.
func inJSON(t *testing.T, file string, got any) {
	t.Helper()
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(got); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, file, out.String())
}
