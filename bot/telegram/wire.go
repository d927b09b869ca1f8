package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

const (
	// placeholder stands in the token's place everywhere but on the wire.
	placeholder = "token-hidden"

	// maxAnswer bounds what is read of one answer, in bytes: 100 updates of
	// 4,096 characters, escaped and with all their entities, fit.
	maxAnswer = 16 << 20

	// connectTime bounds the dial and the TLS handshake, each. It is shorter
	// than every client's timeout, so that a server out of reach shows as
	// such and not as a call that may have arrived.
	connectTime = 5 * time.Second
)

// wire is the one place that knows the token. telebot writes a URL with a
// placeholder, so that no error or log of its or of net/http can show more;
// wire sends the real one. It also lets nothing but an answer of the Bot API
// through: to telebot a proxy's error page looks like success.
type wire struct {
	base  http.RoundTripper
	token func() string
}

func (w wire) RoundTrip(req *http.Request) (resp *http.Response, err error) {
	token := w.token()
	if token == "" {
		_ = req.Body.Close() // a RoundTripper must, and nobody is left to care
		return nil, errNoToken
	}
	defer func() {
		if p := recover(); p != nil { // net/http would leak a goroutine, and p might quote the URL
			resp, err = nil, conceal(fmt.Errorf("transport: %w: %v", errPanic, p), token)
		}
	}()
	resp, err = w.base.RoundTrip(reveal(req, token))
	if err != nil {
		return nil, conceal(err, token)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	_ = resp.Body.Close() // an answer that was read counts, however its connection ends
	if err != nil {
		return nil, conceal(err, token)
	}
	var r reply
	if json.Unmarshal(body, &r) != nil || !r.valid() {
		body = badGateway(resp.StatusCode)
	}
	body = bytes.ReplaceAll(body, []byte(token), []byte(placeholder))
	resp.Body, resp.ContentLength, resp.Request = io.NopCloser(bytes.NewReader(body)), int64(len(body)), req
	return resp, nil
}

// until ends every call that is under way when its context ends. telebot's own
// Stop misses a call that begins at the same instant.
type until struct {
	http.RoundTripper
	ctx context.Context
}

func (u until) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancel(req.Context())
	defer cancel() // wire has read the answer whole
	defer context.AfterFunc(u.ctx, cancel)()
	return u.RoundTripper.RoundTrip(req.WithContext(ctx))
}

func reveal(req *http.Request, token string) *http.Request {
	out := req.Clone(req.Context())
	out.URL.Path = strings.Replace(req.URL.Path, "/bot"+placeholder+"/", "/bot"+token+"/", 1)
	out.URL.RawPath = ""
	return out
}

// conceal replaces an error that quotes the token. It loses its type, and
// with it the right to be called "not sent".
func conceal(err error, token string) error {
	if !strings.Contains(err.Error(), token) {
		return err
	}
	return errors.New(strings.ReplaceAll(err.Error(), token, placeholder))
}

// badGateway is the answer that a proxy should have given. What it did give
// is dropped whole, as it may quote the request.
func badGateway(status int) []byte {
	return fmt.Appendf(nil, `{"ok":false,"error_code":%d,"description":"Bad Gateway: HTTP status %d without an answer of the Bot API"}`,
		max(status, http.StatusBadGateway), status)
}

func defaultTransport() http.RoundTripper {
	dialer := &net.Dialer{Timeout: connectTime}
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         dialer.DialContext,
		TLSHandshakeTimeout: connectTime,
		ForceAttemptHTTP2:   true,
		IdleConnTimeout:     90 * time.Second,
	}
}

// client returns an HTTP client over w. Redirects are not followed: the API
// has none, and the token must not travel to where a proxy points.
func (w wire) client(timeout time.Duration) *http.Client {
	return &http.Client{
		Transport:     w,
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
