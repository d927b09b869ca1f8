package source

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

const secret = "rahasia-bersama"

// receiver is a hook and what it accepted.
type receiver struct {
	http.Handler
	batches []Batch
	fail    error
}

func newReceiver(t *testing.T, read func() (string, error)) *receiver {
	t.Helper()
	r := &receiver{}
	hook, err := NewHook(Spec{Name: "pantau", Type: "webhook", Secret: read}, Deps{Hash: NewVoices([]byte("key"))},
		func(_ context.Context, b Batch) error {
			if r.fail == nil {
				r.batches = append(r.batches, b)
			}
			return r.fail
		})
	if err != nil {
		t.Fatal(err)
	}
	r.Handler = hook
	return r
}

func signed(body string, at time.Time) *http.Request {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(stamp + "." + body))
	r := httptest.NewRequest(http.MethodPost, "/hooks/pantau", strings.NewReader(body))
	r.Header.Set("X-Siaga-Timestamp", stamp)
	r.Header.Set("X-Siaga-Signature", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	return r
}

func (r *receiver) send(req *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	r.ServeHTTP(w, req)
	return w
}

const onePost = `{"id":"1","author":"@warga","text":"debu lagi","published":"2025-11-03T14:05:00+07:00"}`

func TestASignedPushIsAcceptedInEachShape(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		ids  string
	}{
		"one":       {onePost, "pantau:1"},
		"list":      {`[` + onePost + `,{"id":2,"title":"b"}]`, "pantau:1 pantau:2"},
		"posts":     {`{"posts":[` + onePost + `]}`, "pantau:1"},
		"deletion":  {`{"posts":[{"id":"1","deleted":true}]}`, "-pantau:1"},
		"empty":     {`{"posts":[]}`, ""},
		"in blanks": {"\ufeff\n " + onePost + "\n", "pantau:1"},
	} {
		r := newReceiver(t, fixed(secret))
		w := r.send(signed(c.body, time.Now()))
		if w.Code != http.StatusOK || len(r.batches) != 1 || !r.batches[0].Live {
			t.Errorf("%s: %d %s, accepted %+v", name, w.Code, w.Body, r.batches)
			continue
		}
		if got := ids(r.batches[0]); got != c.ids {
			t.Errorf("%s: got %q, want %q", name, got, c.ids)
		}
	}
}

func TestAPushedAuthorBecomesAVoice(t *testing.T) {
	r := newReceiver(t, fixed(secret))
	r.send(signed(onePost, time.Now()))
	p := r.batches[0].Events[0].Post
	checkPost(t, p)
	if p.Kind != Social || p.Voice != NewVoices([]byte("key")).Of("pantau", "warga") || strings.Contains(fmt.Sprint(p), "warga") {
		t.Errorf("got %+v", p)
	}
}

func TestARequestThatIsNotSignedIsRefusedWithoutAReason(t *testing.T) {
	for name, spoil := range map[string]func(*http.Request){
		"no signature": func(r *http.Request) { r.Header.Del("X-Siaga-Signature") },
		"no timestamp": func(r *http.Request) { r.Header.Del("X-Siaga-Timestamp") },
		"no hex":       func(r *http.Request) { r.Header.Set("X-Siaga-Signature", "sha256=rahasia") },
		"another scheme": func(r *http.Request) {
			r.Header.Set("X-Siaga-Signature", strings.TrimPrefix(r.Header.Get("X-Siaga-Signature"), "sha256="))
		},
		"cut":             func(r *http.Request) { r.Header.Set("X-Siaga-Signature", r.Header.Get("X-Siaga-Signature")[:20]) },
		"another time":    func(r *http.Request) { r.Header.Set("X-Siaga-Timestamp", strconv.FormatInt(time.Now().Unix()+1, 10)) },
		"an endless time": func(r *http.Request) { r.Header.Set("X-Siaga-Timestamp", "-9223372036854775808") },
		"another body":    func(r *http.Request) { r.Body = http.NoBody },
	} {
		r := newReceiver(t, fixed(secret))
		req := signed(onePost, time.Now())
		spoil(req)
		if w := r.send(req); w.Code != http.StatusUnauthorized || w.Body.String() != "unauthorized\n" || len(r.batches) > 0 {
			t.Errorf("%s: %d %q", name, w.Code, w.Body)
		}
	}
}

func TestASignatureIsValidForFiveMinutesAroundNow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for age, want := range map[time.Duration]int{
			5 * time.Minute:                http.StatusOK,
			5*time.Minute + time.Second:    http.StatusUnauthorized,
			-5 * time.Minute:               http.StatusOK,
			-(5*time.Minute + time.Second): http.StatusUnauthorized,
		} {
			if w := newReceiver(t, fixed(secret)).send(signed(onePost, time.Now().Add(-age))); w.Code != want {
				t.Errorf("signed %v ago: %d, want %d", age, w.Code, want)
			}
		}
	})
}

func TestARepeatedRequestIsAnsweredAndNotAcceptedTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newReceiver(t, fixed(secret))
		at := time.Now().Add(5 * time.Minute) // valid for 10 minutes
		for range 3 {
			if w := r.send(signed(onePost, at)); w.Code != http.StatusOK {
				t.Errorf("got %d", w.Code)
			}
			time.Sleep(5 * time.Minute)
		}
		if len(r.batches) != 1 {
			t.Errorf("accepted %d times", len(r.batches))
		}
		time.Sleep(time.Second)
		r.send(signed(onePost, time.Now()))
		if taken := &r.Handler.(*hook).taken; len(taken.at) != 1 || len(taken.order) != 1 || len(r.batches) != 2 {
			t.Errorf("remembers %d of 2 accepted, one of them too old to be valid", len(taken.at))
		}
	})
}

func TestNothingIsAnswered200BeforeItIsCommitted(t *testing.T) {
	r := newReceiver(t, fixed(secret))
	r.fail = errors.New("disk full at /var/lib/siaga.db")
	at := time.Now()
	if w := r.send(signed(onePost, at)); w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), "disk") {
		t.Errorf("got %d %q, want 503 without internals", w.Code, w.Body)
	}
	r.fail = nil
	if w := r.send(signed(onePost, at)); w.Code != http.StatusOK || len(r.batches) != 1 {
		t.Errorf("sent again: %d, accepted %d times", w.Code, len(r.batches))
	}
}

func TestABadBodyIsRefusedWithTheReason(t *testing.T) {
	for body, want := range map[string]string{
		`{"posts":`:                       "unexpected end of JSON input",
		`{"posts":[{"id":1}]}`:            "posts[0]: neither title nor text",
		`[` + onePost + `,{"text":" "}]`:  "posts[1]: neither title nor text",
		`{"text":"a","published":"lusa"}`: `published: "lusa"`,
		`"debu"`:                          "cannot unmarshal string",
	} {
		r := newReceiver(t, fixed(secret))
		if w := r.send(signed(body, time.Now())); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), want) || len(r.batches) > 0 {
			t.Errorf("%s: %d %q, want %q", body, w.Code, w.Body, want)
		}
	}
}

func TestTheDoorIsNarrow(t *testing.T) {
	r := newReceiver(t, fixed(secret))
	get := signed("", time.Now())
	get.Method = http.MethodGet
	if w := r.send(get); w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != http.MethodPost {
		t.Errorf("GET: %d, allowed %q", w.Code, w.Header().Get("Allow"))
	}
	large := strings.Repeat(" ", maxPush) + onePost
	if w := r.send(signed(large, time.Now())); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("over 1 MiB: %d", w.Code)
	}
}

func TestWithoutASecretNothingIsTaken(t *testing.T) {
	gone := errors.New("no such file: /run/secrets/pantau")
	for name, read := range map[string]func() (string, error){
		"none":       nil,
		"empty":      fixed(""),
		"unreadable": func() (string, error) { return "", gone },
	} {
		if _, err := NewHook(Spec{Name: "pantau", Secret: read}, Deps{}, nil); err == nil || !strings.HasPrefix(err.Error(), "source pantau: ") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	value, readErr := secret, error(nil)
	r := newReceiver(t, func() (string, error) { return value, readErr })
	for value, readErr = range map[string]error{"": nil, secret: gone} {
		if w := r.send(signed(onePost, time.Now())); w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), "/run") || len(r.batches) > 0 {
			t.Errorf("secret %q, %v: got %d %q", value, readErr, w.Code, w.Body)
		}
	}
}

func FuzzWebhook(f *testing.F) {
	for _, seed := range []string{onePost, `{"posts":[` + onePost + `]}`, `[{"id":1,"deleted":true}]`, `{"posts":null}`, `[null]`, `{"posts":{}}`, `{"ID":"\u0000"}`} {
		f.Add([]byte(seed))
	}
	p := &push{spec: feedSpec("https://example.com/")}
	f.Fuzz(func(t *testing.T, body []byte) {
		b, err := p.Decode(nil, body)
		if err != nil && len(b.Events) > 0 {
			t.Error("events beside an error")
		}
		for _, e := range b.Events {
			if !e.Deleted {
				checkPost(t, e.Post)
			}
		}
	})
}
