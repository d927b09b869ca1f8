package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/store"
)

// What the crash test tells its child, in the environment.
const (
	childConfig   = "CRASH_CHILD_CONFIG"   // the configuration; set: this process is the child
	childTelegram = "CRASH_CHILD_TELEGRAM" // host:port of the fake
	childSlack    = "CRASH_CHILD_SLACK"    // likewise
	childFuse     = "CRASH_CHILD_FUSE"     // "before-send:2": die when that is reached for the second time
)

// webSocket is the file descriptor of the child on which its web part listens.
// The parent keeps it open, so that who pushes a post finds the same port after
// every death.
const webSocket = 3

func TestMain(m *testing.M) {
	if file := os.Getenv(childConfig); file != "" {
		os.Exit(crashChild(file))
	}
	os.Exit(m.Run())
}

// crashChild is the program as main runs it, but for the wires to the fakes, which
// have the fuse in them.
func crashChild(file string) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	f := newFuse(os.Getenv(childFuse))
	o := outside{
		in: strings.NewReader(""), out: os.Stdout, err: os.Stderr, env: os.LookupEnv,
		open:     f.open,
		listen:   func(string, string) (net.Listener, error) { return net.FileListener(os.NewFile(webSocket, "web")) },
		feeds:    func(*config.Config) *http.Client { return &http.Client{Transport: noNetwork{}} },
		telegram: f.wire(os.Getenv(childTelegram)),
		slack:    &http.Client{Transport: f.wire(os.Getenv(childSlack))},
		slackAPI: "http://" + os.Getenv(childSlack) + "/api/",
	}
	return run(ctx, []string{"-config", file}, o)
}

// fuse kills its own process, as nothing in it could prevent, at one point.
type fuse struct {
	point string
	left  atomic.Int64
}

func newFuse(s string) *fuse {
	point, n, _ := strings.Cut(s, ":")
	f := &fuse{point: point}
	left, _ := strconv.ParseInt(n, 10, 64)
	f.left.Store(left)
	return f
}

func (f *fuse) reach(point string) {
	if f.point == point && f.left.Add(-1) == 0 {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {} // it takes the kernel a moment
	}
}

// wire carries every request to one host.
func (f *fuse) wire(host string) http.RoundTripper { return wire{f, host} }

type wire struct {
	fuse *fuse
	host string
}

// RoundTrip has the fuse before the request leaves and behind its answer, which
// is read whole: then the other side has done what it was asked.
func (w wire) RoundTrip(r *http.Request) (*http.Response, error) {
	point := pointOf(r)
	w.fuse.reach("before-" + point)
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = "http", w.host
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil || point == "" {
		return resp, err
	}
	body, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	resp.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), broken{err}))
	w.fuse.reach("after-" + point)
	return resp, nil
}

// broken ends an answer as it ended on the wire.
type broken struct{ err error }

func (b broken) Read([]byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	return 0, io.EOF
}

// pointOf names the requests that matter.
func pointOf(r *http.Request) string {
	switch r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:] {
	case "sendMessage", "chat.postMessage":
		return "send"
	case "editMessageText", "chat.update":
		return "edit"
	case "answerCallbackQuery":
		return "tick"
	case "conversations.history":
		return "look"
	}
	return ""
}

// open returns the store with the fuse behind its commits.
func (f *fuse) open(path string) (disk, error) {
	db, err := store.Open(path)
	return fusedStore{db, f}, err
}

type fusedStore struct {
	*store.Bolt
	fuse *fuse
}

// Update tells commits apart by the shelves on which they put something: what a
// message in a chat is about is noted when its receipt is, and what came in
// from a chat when what it asked for is done.
func (s fusedStore) Update(ctx context.Context, fn func(store.Tx) error) error {
	var put map[string]bool
	err := s.Bolt.Update(ctx, func(tx store.Tx) error {
		put = map[string]bool{}
		return fn(putSpy{tx, put})
	})
	switch {
	case err != nil:
	case put["shown"]:
		s.fuse.reach("after-record")
	case put["inbox"] && put["incident"]:
		s.fuse.reach("after-tap")
	case put["incident"]:
		s.fuse.reach("after-post")
	}
	return err
}

type putSpy struct {
	store.Tx
	put map[string]bool
}

func (s putSpy) Put(shelf string, key store.Key, value []byte) error {
	s.put[shelf] = true
	return s.Tx.Put(shelf, key, value)
}
