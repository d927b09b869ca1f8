package web

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// door is a net.Listener in memory, as sockets know no fake clock.
type door struct {
	calls  chan net.Conn
	closed chan struct{}
	broken chan error
	once   sync.Once
}

func newDoor() *door {
	return &door{calls: make(chan net.Conn), closed: make(chan struct{}), broken: make(chan error)}
}

func (d *door) Accept() (net.Conn, error) {
	select {
	case c := <-d.calls:
		return c, nil
	case err := <-d.broken:
		return nil, err
	case <-d.closed:
		return nil, net.ErrClosed
	}
}

func (d *door) Close() error {
	d.once.Do(func() { close(d.closed) })
	return nil
}

func (d *door) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

// knock opens a connection and writes the beginning of a request.
func (d *door) knock(t *testing.T, request string) net.Conn {
	t.Helper()
	ours, theirs := net.Pipe()
	t.Cleanup(func() { _ = ours.Close() })
	d.calls <- theirs
	go func() { _, _ = io.WriteString(ours, request) }() // whoever hangs up reads no more
	return ours
}

// answer reads until the other side hangs up, and says how long that took.
func answer(c net.Conn) (string, time.Duration) {
	began := time.Now()
	all, _ := io.ReadAll(c)
	return string(all), time.Since(began)
}

// serving is a Server that runs, with a hook for the test's own handler.
type serving struct {
	*door
	stop func()
	done chan struct{}
	err  error // of Serve, when done
}

func serve(t *testing.T, hook http.HandlerFunc) *serving {
	ctx, cancel := context.WithCancel(t.Context())
	v := &serving{door: newDoor(), stop: cancel, done: make(chan struct{})}
	s := Server{Listen: "127.0.0.1:8080", Health: healthy, Hooks: map[string]http.Handler{"h": hook}}
	go func() {
		defer close(v.done)
		v.err = s.Serve(ctx, v.door)
	}()
	t.Cleanup(func() { cancel(); <-v.done })
	return v
}

const (
	getHealth = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
	postHook  = "POST /hooks/h HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n"
)

// sleeps answers after d, or when the client is gone, and counts the latter.
func sleeps(d time.Duration, cut *int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		select {
		case <-time.After(d):
			_, _ = io.WriteString(w, "stored")
		case <-r.Context().Done():
			*cut++
		}
	}
}

func reads(w http.ResponseWriter, r *http.Request) {
	if _, err := io.Copy(io.Discard, r.Body); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
	}
}

func late(w http.ResponseWriter, _ *http.Request) {
	time.Sleep(writeAll + time.Minute)
	_, _ = io.WriteString(w, "stored")
}

func TestNobodyMayTakeForEver(t *testing.T) {
	for _, c := range []struct {
		name, request string
		hook          http.HandlerFunc
		after         time.Duration
		answer        string // how it begins
	}{
		{"a header that never ends", "GET /healthz HTTP/1.1\r\n", reads, readHeader, ""},
		{"a header of 64 KiB", "GET / HTTP/1.1\r\nX: " + strings.Repeat("x", 64<<10) + "\r\n\r\n", reads, 0, "HTTP/1.1 431"},
		{"a body that never ends", postHook + "xy", reads, readAll, "HTTP/1.1 400"},
		{"a connection that says nothing more", getHealth, reads, idle, "HTTP/1.1 200"},
		{"an answer that comes too late", postHook + "body", late, writeAll + time.Minute, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v := serve(t, c.hook)
				got, took := answer(v.knock(t, c.request))
				if !strings.HasPrefix(got, c.answer) || c.answer == "" && got != "" {
					t.Errorf("answer %q", got)
				}
				if took < c.after || took > c.after+time.Second {
					t.Errorf("hung up after %v instead of %v", took, c.after)
				}
			})
		})
	}
}

func TestStoppingLetsRequestsFinish(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cut := 0
		v := serve(t, sleeps(4*time.Second, &cut))
		idler := v.knock(t, getHealth)
		resp, err := http.ReadResponse(bufio.NewReader(idler), nil)
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Fatal(resp, err)
		}
		defer resp.Body.Close()
		busy := v.knock(t, postHook+"body")
		synctest.Wait()
		began := time.Now()
		v.stop()
		if rest, took := answer(idler); took != 0 {
			t.Errorf("an idle connection was kept for %v: %q", took, rest)
		}
		if got, _ := answer(busy); !strings.HasSuffix(got, "stored") {
			t.Errorf("answer %q", got)
		}
		if <-v.done; v.err != nil || cut != 0 {
			t.Errorf("%v, %d requests cut off", v.err, cut)
		}
		if took := time.Since(began); took < 4*time.Second || took > drain {
			t.Errorf("stopping took %v", took)
		}
		select {
		case <-v.closed:
		default:
			t.Error("the listener is open")
		}
	})
}

func TestStoppingCutsOffWhoeverTakesTooLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cut := 0
		v := serve(t, sleeps(time.Hour, &cut))
		busy := v.knock(t, postHook+"body")
		synctest.Wait()
		began := time.Now()
		v.stop()
		if <-v.done; v.err != nil {
			t.Errorf("a shutdown that was asked for is an error: %v", v.err)
		}
		if took := time.Since(began); took != drain {
			t.Errorf("stopping took %v instead of %v", took, drain)
		}
		synctest.Wait()
		if got, _ := answer(busy); got != "" || cut != 1 {
			t.Errorf("answer %q, %d requests cut off", got, cut)
		}
	})
}

func TestAListenerThatBreaksIsAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := serve(t, reads)
		broken := errors.New("too many open files")
		v.broken <- broken
		if <-v.done; !errors.Is(v.err, broken) || !strings.Contains(v.err.Error(), "serve 127.0.0.1:8080") {
			t.Error(v.err)
		}
	})
}
