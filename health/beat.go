package health

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"

	"github.com/siaga-id/siaga/source"
)

// Heart tells a service outside, such as healthchecks.io or a monitor of one's
// own, that Siaga is alive. That service calls people when it hears nothing.
type Heart struct {
	URL    func() string // whoever knows it can feign life: it is in no error
	Client *http.Client  // from source.NewClient: it cannot be led into one's own network
}

// maxAnswer is how much of an answer is read, so that the connection serves again.
const maxAnswer = 4 << 10

// Beat asks for the address once. Only an answer of 2xx counts, and redirects
// are not followed: the Referer would carry the address to a stranger. Errors
// name neither the address nor its host.
func (h Heart) Beat(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, h.URL(), nil)
	if err != nil {
		return errors.New("beat: the address cannot be read")
	}
	client := *h.Client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("beat: %s", reason(err))
	}
	defer resp.Body.Close()
	_, _ = io.CopyN(io.Discard, resp.Body, maxAnswer) // what it says does not matter
	switch code := resp.StatusCode; {
	case code >= 300 && code < 400:
		return fmt.Errorf("beat: it answers with a redirect (%d); give the address to which that leads", code)
	case code < 200 || code >= 300:
		return fmt.Errorf("beat: it answers %d %s", code, http.StatusText(code))
	}
	return nil
}

// reason says why there was no answer, in words of our own: those of the
// libraries repeat the address, or the name of its host.
func reason(err error) string {
	var timeout net.Error
	_, unknown := errors.AsType[*net.DNSError](err)
	_, distrusted := errors.AsType[*tls.CertificateVerificationError](err)
	switch {
	case errors.Is(err, source.ErrRefused):
		return "the address is not public; allow_hosts can allow one of your own"
	case errors.Is(err, context.Canceled):
		return "it was cut off"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "no answer in time"
	case unknown:
		return "its name is not found"
	case distrusted:
		return "its certificate is not trusted"
	}
	return "no connection"
}
