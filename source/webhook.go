package source

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	// maxPush bounds the body of one request: some 1,000 posts.
	maxPush = 1 << 20
	// maxSkew is how far a sender's clock may be off, as in Standard Webhooks.
	maxSkew = 5 * time.Minute
	// replayTime is how long a signature can be valid: from maxSkew ahead of
	// our clock to maxSkew behind it.
	replayTime = 2 * maxSkew
)

// push decodes the bodies of signed requests.
type push struct {
	spec   Spec
	voices Voices
}

var _ Pusher = (*push)(nil)

func newPush(spec Spec, deps Deps) (*push, error) {
	if spec.Secret == nil {
		return nil, errors.New("secret: a webhook needs one, or anybody could raise an alarm")
	}
	return &push{spec: spec, voices: deps.Hash}, nil
}

// Decode takes {"posts": [...]}, a list, or one post with the fields id, url,
// author, outlet, tier, kind, title, text, published, lang, reach, repost, site
// and deleted. It takes all or nothing: the error says which post is wrong and
// why, for the sender to mend.
func (p *push) Decode(_ map[string][]string, body []byte) (Batch, error) {
	records, err := pushed(toUTF8(body, ""))
	if err != nil {
		return Batch{}, err
	}
	b := Batch{Live: true}
	fetched := now()
	for i, r := range records {
		event, err := p.event(r, fetched)
		if err != nil {
			return Batch{}, fmt.Errorf("posts[%d]: %w", i, err)
		}
		b.Events = append(b.Events, event)
	}
	return b, nil
}

func (p *push) event(r record, fetched time.Time) (Event, error) {
	published := fetched
	if raw := r["published"]; raw != "" {
		t, ok := parseDate(raw, p.spec.Location)
		if !ok {
			return Event{}, fmt.Errorf("published: %q is no RFC 3339 time", raw)
		}
		published = t
	}
	event, err := r.event(p.spec, p.voices)
	return event.seen(published, fetched), err
}

func pushed(body []byte) ([]record, error) {
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("[")) {
		var list []record
		err := json.Unmarshal(body, &list)
		return list, err
	}
	var many struct {
		Posts *[]record `json:"posts"`
	}
	if err := json.Unmarshal(body, &many); err != nil {
		return nil, err
	}
	if many.Posts != nil {
		return *many.Posts, nil
	}
	var one record
	err := json.Unmarshal(body, &one)
	return []record{one}, err
}

// hook takes signed requests in.
type hook struct {
	push   *push
	accept func(context.Context, Batch) error
	taken  replays
}

// NewHook returns the handler of one webhook source. It takes POST requests of
// at most 1 MiB that carry the headers
//
//	X-Siaga-Timestamp: <unix seconds, within 5 minutes of our clock>
//	X-Siaga-Signature: sha256=<hex of HMAC-SHA256(secret, timestamp + "." + body)>
//
// and answers 200 only after accept returned nil, which means committed; 503
// when it did not, or when the secret cannot be read, so that the sender tries
// again; 401 without a reason when the signature is not right; 400 with the
// reason when the body is not; 405 and 413. A request that was accepted within
// the last 10 minutes is answered 200 without being accepted twice. It is an
// error if there is no secret now.
func NewHook(spec Spec, deps Deps, accept func(context.Context, Batch) error) (http.Handler, error) {
	p, err := newPush(spec.withDefaults(), deps)
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", spec.Name, err)
	}
	if _, err := p.secret(); err != nil {
		return nil, fmt.Errorf("source %s: %w", spec.Name, err)
	}
	return &hook{push: p, accept: accept, taken: replays{at: map[signature]time.Time{}}}, nil
}

func (p *push) secret() ([]byte, error) {
	secret, err := p.spec.Secret()
	if err != nil {
		return nil, fmt.Errorf("read secret: %w", err)
	}
	if secret == "" {
		return nil, errors.New("read secret: it is empty")
	}
	return []byte(secret), nil
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "POST only", http.StatusMethodNotAllowed)
		return
	}
	secret, err := h.push.secret()
	if err != nil {
		http.Error(w, "not ready, send again", http.StatusServiceUnavailable)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxPush))
	if err != nil {
		status := http.StatusBadRequest
		if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
			status = http.StatusRequestEntityTooLarge
		}
		http.Error(w, err.Error(), status)
		return
	}
	if status, reason := h.take(r.Context(), secret, r.Header, body); status != http.StatusOK {
		http.Error(w, reason, status)
	}
}

// take returns the status to answer with, and a reason unless that is 200.
func (h *hook) take(ctx context.Context, secret []byte, header http.Header, body []byte) (status int, reason string) {
	at := time.Now()
	sig, ok := verify(secret, header, body, at)
	if !ok {
		return http.StatusUnauthorized, "unauthorized"
	}
	if h.taken.has(sig, at) {
		return http.StatusOK, ""
	}
	batch, err := h.push.Decode(header, body)
	if err != nil {
		return http.StatusBadRequest, err.Error()
	}
	if err := h.accept(ctx, batch); err != nil {
		return http.StatusServiceUnavailable, "not stored, send again"
	}
	h.taken.add(sig, at)
	return http.StatusOK, ""
}

type signature [sha256.Size]byte

func verify(secret []byte, header http.Header, body []byte, at time.Time) (sig signature, ok bool) {
	stamp := header.Get("X-Siaga-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || at.Sub(time.Unix(seconds, 0)).Abs() > maxSkew {
		return signature{}, false
	}
	digits, found := strings.CutPrefix(header.Get("X-Siaga-Signature"), "sha256=")
	given, err := hex.DecodeString(digits)
	if !found || err != nil {
		return signature{}, false
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(stamp + "."))
	mac.Write(body)
	mac.Sum(sig[:0])
	return sig, hmac.Equal(given, sig[:])
}

// replays remembers signatures for replayTime. Only holders of the secret can
// add to it. A restart forgets; then the ids of the posts tell repeats.
type replays struct {
	mu    sync.Mutex
	at    map[signature]time.Time
	order []signature // oldest first
}

func (r *replays) has(sig signature, at time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.order) > 0 && at.Sub(r.at[r.order[0]]) > replayTime {
		delete(r.at, r.order[0])
		r.order = r.order[1:]
	}
	_, ok := r.at[sig]
	return ok
}

func (r *replays) add(sig signature, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.at[sig]; !ok { // the same request twice at once
		r.at[sig] = at
		r.order = append(r.order, sig)
	}
}
