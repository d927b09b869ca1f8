// Package fakeslack is a Slack workspace inside the test process. It stands below the real client
// library: the bot under test speaks HTTP to the Web API and WebSocket to Socket Mode, and a story
// reads and presses what a person would see.
//
// It is as strict as Slack is known to be, and stricter where Slack is vague (every such place says
// so), because a request that passes here is going to be sent to a company in a crisis. What Slack
// would refuse is refused with Slack's own error code and, if the request itself was at fault,
// remembered in [Server.Violations].
//
// A Server made inside a testing/synctest bubble needs no network and no real time: every wait is on
// a channel or timer of the bubble. The same Server also works as the handler of an httptest.Server.
package fakeslack

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

// The identities of the workspace and of the bot installed in it, as auth.test reports them.
const (
	TeamID    = "T0FAKE"
	AppID     = "A0FAKE"
	BotUserID = "U0BOT"
	BotID     = "B0BOT"
)

const host = "slack.fake"

// Server is one workspace with one installed app. All methods are safe for concurrent use.
type Server struct {
	botToken, appToken string

	routes    *http.ServeMux
	pipe      *pipe
	web       *http.Server
	transport *http.Transport
	done      chan struct{}
	work      sync.WaitGroup

	// mu guards everything below. It is never held across a wait: a goroutine that waits for a
	// mutex is not durably blocked, so the clock of a synctest bubble would stand still.
	mu         sync.Mutex
	closed     bool
	changed    chan struct{}
	serial     int
	last       stamp
	channels   map[string]*channel
	users      map[string]User
	ephemerals []Ephemeral
	views      []*view
	triggers   map[string]*trigger
	hooks      map[string]*hook
	whispered  map[string]*post
	faults     []*armed
	full       map[string]time.Time
	barred     map[string]time.Time
	tickets    map[string]time.Time
	sockets    []*socket
	turn       int
	deliveries map[string]*delivery
	calls      []Call
	violations []Violation
}

// New starts a workspace whose app was given these two tokens: the bot token opens the Web API, the
// app-level token opens Socket Mode. The workspace has no channels and no people yet. Close it before
// the bubble ends.
func New(botToken, appToken string) *Server {
	s := &Server{
		botToken: botToken, appToken: appToken,
		routes:     http.NewServeMux(),
		pipe:       newPipe(),
		done:       make(chan struct{}),
		changed:    make(chan struct{}),
		channels:   map[string]*channel{},
		users:      map[string]User{},
		triggers:   map[string]*trigger{},
		hooks:      map[string]*hook{},
		whispered:  map[string]*post{},
		full:       map[string]time.Time{},
		barred:     map[string]time.Time{},
		tickets:    map[string]time.Time{},
		deliveries: map[string]*delivery{},
	}
	s.routes.HandleFunc("/api/{method}", s.serveAPI)
	s.routes.HandleFunc("POST /hook/{id}", s.serveHook)
	s.routes.HandleFunc("GET /link/", s.serveSocket)
	s.web = &http.Server{Handler: s}
	s.transport = &http.Transport{DialContext: s.DialContext}
	s.work.Go(func() { _ = s.web.Serve(s.pipe) }) // returns only at Close, with ErrServerClosed
	return s
}

// Close cuts every connection, ends every goroutine of the server and waits for them. Stories that
// still wait are answered with ErrClosed. Later calls do nothing.
func (s *Server) Close() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.closed = true
	close(s.done)
	s.mu.Unlock()
	_ = s.web.Close()
	s.transport.CloseIdleConnections()
	s.work.Wait()
}

// APIURL is what slack.OptionAPIURL takes: "http://slack.fake/api/". It is reachable only through
// Client and DialContext.
func (s *Server) APIURL() string { return "http://" + host + "/api/" }

// Client returns an HTTP client without a timeout whose every connection ends in this server.
func (s *Server) Client() *http.Client { return &http.Client{Transport: s.transport} }

// DialContext connects to the server in memory; it is meant for websocket.Dialer.NetDialContext. It
// refuses every address but slack.fake:80, so that nothing under test speaks to the real Slack.
func (s *Server) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	if address != host+":80" {
		return nil, &net.OpError{Op: "dial", Net: network, Err: errElsewhere}
	}
	return s.pipe.dial(ctx)
}

// ServeHTTP serves the Web API under /api/, each response_url under /hook/ and Socket Mode under /link/.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.enter() {
		http.Error(w, "closed", http.StatusServiceUnavailable)
		return
	}
	defer s.work.Done()
	s.routes.ServeHTTP(w, r)
}

func (s *Server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.work.Add(1)
	}
	return !s.closed
}

// broadcast wakes everybody who waits for the workspace to change. It needs mu.
func (s *Server) broadcast() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// next numbers whatever needs an id of its own. It needs mu.
func (s *Server) next() int {
	s.serial++
	return s.serial
}

func (s *Server) ended() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

// sleep reports false if the server is closed before d is over.
func (s *Server) sleep(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return !s.ended()
	case <-s.done:
		return false
	}
}
