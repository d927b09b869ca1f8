package source

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// maxWait bounds what a Retry-After may ask of us.
const maxWait = 24 * time.Hour

// feed polls one RSS, Atom or JSON feed.
type feed struct {
	spec   Spec
	client *http.Client
}

var _ Poller = (*feed)(nil)

func newFeed(spec Spec, deps Deps) (*feed, error) {
	u, err := url.Parse(spec.URL)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("url: %q is no web address", spec.URL)
	}
	if err := checkURL(u); err != nil {
		return nil, fmt.Errorf("url: %w", err)
	}
	if spec.Outlet == "" {
		spec.Outlet = strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	}
	return &feed{spec: spec, client: deps.Client}, nil
}

// feedMark is a feed's cursor. Validators are kept byte for byte, and only for
// the address that gave them.
type feedMark struct {
	URL      string    `json:"url"`
	ETag     string    `json:"etag,omitempty"`
	Modified string    `json:"modified,omitempty"`
	Hash     string    `json:"hash"`   // of the last body, for servers without validators
	Newest   time.Time `json:"newest"` // publication of the newest item then
}

// Poll brings all items that the feed shows now, oldest first, since feeds show
// edits nowhere else. Gap is set when even the oldest item is newer than all
// that were there before, as far as they are dated.
func (f *feed) Poll(ctx context.Context, cursor string) (Batch, error) {
	var last feedMark
	if err := json.Unmarshal([]byte(cursor), &last); err != nil || last.URL != f.spec.URL {
		last = feedMark{}
	}
	resp, err := f.get(ctx, last)
	if err != nil {
		return Batch{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	fetched := now()
	if resp.StatusCode != http.StatusOK {
		return Batch{}, statusError(resp, fetched)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return Batch{}, fetchError(f.spec.URL, err)
	}
	sum := sha256.Sum256(body)
	next := feedMark{
		URL:      f.spec.URL,
		ETag:     resp.Header.Get("ETag"),
		Modified: resp.Header.Get("Last-Modified"),
		Hash:     hex.EncodeToString(sum[:8]),
	}
	if next.Hash == last.Hash {
		return Batch{}, ErrNotModified
	}
	posts, err := decodeFeed(body, resp.Header.Get("Content-Type"), f.spec, fetched)
	if err != nil {
		return Batch{}, err
	}
	return batchOf(posts, last, next)
}

func batchOf(posts []Post, last, next feedMark) (Batch, error) {
	var batch Batch
	next.Newest = last.Newest
	for i, p := range posts {
		batch.Events = append(batch.Events, Event{Post: p})
		if p.Published.Before(p.Fetched) { // else the date was missing or ahead
			next.Newest = p.Published
			batch.Gap = batch.Gap || i == 0 && !last.Newest.IsZero() && p.Published.After(last.Newest)
		}
	}
	cursor, err := json.Marshal(next)
	if err != nil {
		return Batch{}, fmt.Errorf("write cursor: %w", err)
	}
	batch.Cursor = string(cursor)
	return batch, nil
}

func (f *feed) get(ctx context.Context, last feedMark) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, f.spec.URL, nil)
	if err != nil {
		return nil, &Permanent{Err: fmt.Errorf("fetch: %w", err)}
	}
	req.Header.Set("Accept", "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5")
	if last.ETag != "" {
		req.Header.Set("If-None-Match", last.ETag)
	}
	if last.Modified != "" {
		req.Header.Set("If-Modified-Since", last.Modified)
	}
	resp, err := f.client.Do(req)
	if err != nil {
		return nil, fetchError(f.spec.URL, err)
	}
	return resp, nil
}

// fetchError names the host only: addresses of feeds may carry keys.
func fetchError(address string, err error) error {
	var cause *url.Error
	if errors.As(err, &cause) {
		err = cause.Err
	}
	host := address
	if u, parseErr := url.Parse(address); parseErr == nil {
		host = u.Host
	}
	err = fmt.Errorf("fetch from %s: %w", host, err)
	switch {
	case errors.Is(err, ErrRefused):
		return &Permanent{Err: err, Hint: "only public http and https addresses on their usual ports are fetched; name in-house ranges in the configuration"}
	case errors.Is(err, errTooLarge):
		return &Permanent{Err: err, Hint: "look for a shorter feed of the site"}
	default:
		return &Temporary{Err: err}
	}
}

// statusError is what a status other than 200 means for the next poll.
func statusError(resp *http.Response, at time.Time) error {
	code := resp.StatusCode
	err := fmt.Errorf("status %d %s", code, http.StatusText(code))
	switch {
	case code == http.StatusNotModified:
		return ErrNotModified
	case code == http.StatusTooManyRequests, code == http.StatusRequestTimeout, code == http.StatusTooEarly, code >= 500:
		return &Temporary{Err: err, Wait: retryAfter(resp.Header.Get("Retry-After"), at)}
	case code == http.StatusUnauthorized, code == http.StatusForbidden:
		return &Permanent{Err: err, Hint: "the site refuses programs, or wants a key: ask it, or use another feed"}
	case code == http.StatusNotFound, code == http.StatusGone:
		return &Permanent{Err: err, Hint: "the feed has ended or moved: look for its new address"}
	default:
		return &Permanent{Err: err}
	}
}

// retryAfter reads seconds or a date; anything else, and the past, is 0.
func retryAfter(value string, at time.Time) time.Duration {
	wait := time.Duration(0)
	if seconds, err := strconv.Atoi(value); err == nil {
		wait = time.Duration(min(seconds, int(maxWait/time.Second))) * time.Second
	} else if date, err := http.ParseTime(value); err == nil {
		wait = date.Sub(at)
	}
	return min(max(wait, 0), maxWait)
}

// now is the time of a fetch as it is stored: UTC, without the monotonic clock.
func now() time.Time { return time.Now().UTC().Round(0) }
