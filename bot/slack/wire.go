package slack

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

const (
	// placeholder stands in the tokens' place everywhere but on the wire.
	placeholder = "token-hidden"

	// maxReply bounds what is read of one reply, in bytes: a page of history
	// with pageSize messages of full length fits.
	maxReply = 16 << 20

	// scopesHeader lists the scopes of the token in every answer of the Web
	// API, separated by commas; the libraries of Slack read it too.
	scopesHeader = "X-OAuth-Scopes"

	// connectTime bounds the dial and the TLS handshake, each. It is shorter
	// than callTime, so that a server out of reach shows as such and not as a
	// call that may have arrived.
	connectTime = 5 * time.Second
)

// wire is the one place that knows the tokens. The library puts a placeholder
// into form or header; wire puts the real token into the header only, where no
// error of anybody's quotes it.
type wire struct {
	base     http.RoundTripper
	api      string // every URL of the Web API begins so
	bot, app func() string
	scopes   *atomic.Pointer[string] // what the bot token may do, as the last answer said; nil: nobody asks
}

func (w wire) RoundTrip(req *http.Request) (*http.Response, error) {
	method, isCall := strings.CutPrefix(req.URL.String(), w.api)
	if !isCall { // a response_url, which is a permission by itself
		return w.base.RoundTrip(req)
	}
	token := w.bot()
	if method == "apps.connections.open" {
		token = w.app()
	}
	out, err := authorised(req, token)
	if err != nil {
		return nil, err
	}
	resp, err := w.base.RoundTrip(out)
	if err != nil {
		return nil, w.conceal(err)
	}
	if granted := resp.Header.Get(scopesHeader); granted != "" && token == w.bot() && w.scopes != nil {
		w.scopes.Store(&granted)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxReply))
	_ = resp.Body.Close() // it was read as far as we want it
	if err != nil {
		return nil, w.conceal(err)
	}
	body = []byte(w.hide(string(body)))
	resp.Body, resp.ContentLength, resp.Request = io.NopCloser(bytes.NewReader(body)), int64(len(body)), req
	return resp, nil
}

// authorised returns req with the token in its header and nowhere else.
func authorised(req *http.Request, token string) (*http.Request, error) {
	body, err := io.ReadAll(req.Body)
	_ = req.Body.Close() // it is in memory: the library built it
	if err != nil {
		return nil, err
	}
	if token == "" {
		return nil, errBadToken
	}
	if strings.HasPrefix(req.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, fmt.Errorf("read our own form: %w", err)
		}
		form.Del("token")
		body = []byte(form.Encode())
	}
	out := req.Clone(req.Context())
	out.Header.Set("Authorization", "Bearer "+token)
	out.ContentLength = int64(len(body))
	out.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	out.Body, err = out.GetBody()
	return out, err
}

// conceal replaces an error that quotes a token. It loses its type, and with
// it the right to be called "not sent".
func (w wire) conceal(err error) error {
	if hidden := w.hide(err.Error()); hidden != err.Error() {
		return errors.New(hidden)
	}
	return err
}

func (w wire) hide(s string) string {
	for _, token := range []string{w.bot(), w.app()} {
		if token != "" {
			s = strings.ReplaceAll(s, token, placeholder)
		}
	}
	return s
}

// client returns the HTTP client of the configuration over a wire, which notes
// the scopes of the bot token where scopes is not nil. Redirects
// are not followed: the API has none, and what we say must not travel to where
// a proxy points.
func client(c Config, scopes *atomic.Pointer[string]) *http.Client {
	var out http.Client
	if c.HTTP != nil {
		out = *c.HTTP
	}
	if out.Transport == nil {
		out.Transport = defaultTransport()
	}
	out.Transport = wire{base: out.Transport, api: c.APIURL, bot: c.BotToken, app: c.AppToken, scopes: scopes}
	out.Timeout = cmp.Or(out.Timeout, callTime)
	out.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &out
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
