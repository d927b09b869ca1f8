package slack

import (
	"context"
	"net"
	"sync/atomic"
	"time"
)

const (
	// deafTime is how long a socket may give no sign of life. The library gives
	// up a socket without a ping after 30 s by itself; this is for the day when
	// the library is what hangs.
	deafTime = 3 * time.Minute
	lookTime = 30 * time.Second // between two looks at the pulse
)

// pulse is when Slack last sent anything: a hello, a ping or an event. The
// library tells nobody of pings, so it is taken at the connection.
type pulse struct{ last atomic.Int64 }

func (p *pulse) beat() { p.last.Store(time.Now().UnixNano()) }

func (p *pulse) silence() time.Duration { return time.Since(time.Unix(0, p.last.Load())) }

// dial connects as dial does, and lets the pulse hear what comes in.
func (p *pulse) dial(dial func(context.Context, string, string) (net.Conn, error)) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return heard{conn, p}, nil
	}
}

type heard struct {
	net.Conn
	pulse *pulse
}

func (h heard) Read(b []byte) (int, error) {
	n, err := h.Conn.Read(b)
	if n > 0 {
		h.pulse.beat()
	}
	return n, err
}
