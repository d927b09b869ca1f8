package source

import (
	"cmp"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
)

const (
	// maxBody bounds what is read of one response, after gunzip. The largest
	// feed seen among Indonesian newsrooms is under 1 MiB.
	maxBody = 4 << 20
	// maxHeader is 1/16 of what net/http would accept.
	maxHeader = 64 << 10
	// maxRedirects is half of what net/http would follow.
	maxRedirects = 5
	// fetchTime bounds one request with all its redirects and its body.
	fetchTime = 30 * time.Second
)

var (
	// ErrRefused says that an address is one that nobody outside may make us visit.
	ErrRefused = errors.New("address refused")
	// errTooLarge says that a response went on after maxBody bytes.
	errTooLarge = fmt.Errorf("response larger than %d MiB", maxBody>>20)
)

// NewClient returns the only HTTP client that sources fetch with. Addresses in
// a feed are an outsider's choice, so each connection, also of every redirect,
// is checked after DNS has answered: public addresses on ports 80 and 443, and
// those in allow (in-house servers, tests) on any port. It follows 5 redirects,
// none from https to http; takes http and https without user names; reads
// 64 KiB of header and 4 MiB of body after gunzip in 30 s; and ignores proxy
// settings of the environment. contact, an address or a URL, is shown to the
// sites in the User-Agent.
func NewClient(allow []netip.Prefix, contact string) *http.Client {
	dialer := &net.Dialer{Timeout: fetchTime / 3, Control: guard(allow)}
	base := &http.Transport{
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    fetchTime / 3,
		ForceAttemptHTTP2:      true,
		MaxResponseHeaderBytes: maxHeader,
		IdleConnTimeout:        90 * time.Second,
	}
	return &http.Client{
		Transport:     &transport{base: base, agent: agent(contact)},
		CheckRedirect: checkRedirect,
		Timeout:       fetchTime,
	}
}

// guard returns a net.Dialer.Control function. It sees what the name resolved
// to, so that a name cannot mean one thing when checked and another when dialled.
func guard(allow []netip.Prefix) func(network, address string, _ syscall.RawConn) error {
	public := ssrf.New()
	allow = slices.Clone(allow)
	return func(network, address string, conn syscall.RawConn) error {
		if to, err := netip.ParseAddrPort(address); err == nil {
			contains := func(p netip.Prefix) bool { return p.Contains(to.Addr().Unmap()) }
			if slices.ContainsFunc(allow, contains) {
				return nil
			}
		}
		if err := public.Safe(network, address, conn); err != nil {
			return fmt.Errorf("%w: %w", ErrRefused, err)
		}
		return nil
	}
}

func checkRedirect(req *http.Request, via []*http.Request) error {
	switch from := via[len(via)-1].URL; {
	case len(via) > maxRedirects:
		return fmt.Errorf("%w: more than %d redirects", ErrRefused, maxRedirects)
	case from.Scheme == "https" && req.URL.Scheme == "http":
		return fmt.Errorf("%w: redirect from https to http", ErrRefused)
	default:
		return nil
	}
}

// transport checks what each hop asks for and bounds what it answers.
type transport struct {
	base  *http.Transport
	agent string
}

func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := checkURL(req.URL); err != nil {
		if req.Body != nil {
			_ = req.Body.Close() // nothing was read of it
		}
		return nil, err
	}
	req = req.Clone(req.Context())
	req.Header.Set("User-Agent", t.agent)
	resp, err := t.base.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	resp.Body = &limited{ReadCloser: resp.Body, left: maxBody}
	return resp, nil
}

// CloseIdleConnections is what http.Client.CloseIdleConnections looks for.
func (t *transport) CloseIdleConnections() { t.base.CloseIdleConnections() }

func checkURL(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("%w: scheme %q is neither http nor https", ErrRefused, u.Scheme)
	case u.User != nil:
		return fmt.Errorf("%w: user name in the address", ErrRefused)
	case disguised(u.Hostname()):
		return fmt.Errorf("%w: %q is an address in disguise", ErrRefused, u.Hostname())
	default:
		return nil
	}
}

// disguised reports whether host is a number that is no plain IP address, such
// as 2130706433 or 0x7f.1: Go would ask DNS for it, some resolvers take it for
// 127.0.0.1, and no public host has such a name.
func disguised(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return false
	}
	host = strings.TrimSuffix(host, ".")
	last := host[strings.LastIndexByte(host, '.')+1:]
	_, err := strconv.ParseUint(last, 0, 64)
	digits := strings.Trim(last, "0123456789") == "" && last != ""
	return err == nil || digits
}

// limited is a body that ends with errTooLarge instead of going on.
type limited struct {
	io.ReadCloser
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.ReadCloser.Read(p)
	if int64(n) > l.left {
		n, err = int(l.left), errTooLarge
	}
	l.left -= int64(n)
	return n, err
}

func agent(contact string) string {
	version := "dev"
	if info, ok := debug.ReadBuildInfo(); ok && strings.HasPrefix(info.Main.Version, "v") {
		version = info.Main.Version[1:]
	}
	return fmt.Sprintf("Siaga/%s (+%s)", version, cmp.Or(contact, "no contact given"))
}
