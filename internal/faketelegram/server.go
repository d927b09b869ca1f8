// Package faketelegram is a Telegram that lives inside a test: a Bot API server strict enough to be trusted, below the
// real client library, with people in it who write, press buttons and read what the bot shows them.
//
// It refuses what the real server refuses, in the same words, keeps to the published limits, and remembers every
// request. Where the real server's behaviour is unpublished, the fake takes the harsher reading and says so beside the
// constant. What it does not model (media, MarkdownV2, inline queries, webhooks) it refuses or reports as a violation
// rather than let pass.
//
// Everything waits on channels and timers only, so a Server made inside a testing/synctest bubble and reached through
// RoundTripper runs on the bubble's clock, long polls included. It also serves real sockets: httptest.NewServer(srv).
package faketelegram

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
)

// firstUpdate is the id of the first update. The real server starts at a random large number, so 1 would hide a
// client that counts for itself.
const firstUpdate = 804_312_001

// Server is one bot's view of Telegram: its chats, people, updates and the requests it made. It is safe for concurrent
// use.
type Server struct {
	token   string
	me      User
	methods map[string]method

	mu      sync.Mutex // held for bookkeeping only, never while waiting
	changed chan struct{}
	chats   map[int64]*chat
	people  map[int64]User
	queries map[string]*query
	faults  map[string][]*Fault
	calls   []Call
	flood   Flood
	seeAll  bool

	updates []update
	next    int
	allowed []string
	poll    chan struct{} // closed when another getUpdates takes over
}

// New returns a server for one bot. token has the real shape, "<bot id>:<secret>"; requests with any other token get
// 401. The bot is @siaga_uji_bot, in privacy mode as BotFather leaves it. Call New inside the synctest bubble that
// uses it.
func New(token string) *Server {
	head, _, _ := strings.Cut(token, ":")
	id, err := strconv.ParseInt(head, 10, 64)
	if err != nil {
		panic("faketelegram: a token starts with the bot's numeric id and a colon")
	}
	me := User{ID: id, Bot: true, Name: "Siaga", Username: "siaga_uji_bot"}
	anonymous := User{ID: AnonymousAdmin, Bot: true, Name: "Group", Username: "GroupAnonymousBot"}
	return &Server{
		token:   token,
		me:      me,
		methods: methodTable(),
		changed: make(chan struct{}),
		poll:    make(chan struct{}),
		chats:   map[int64]*chat{},
		people:  map[int64]User{me.ID: me, anonymous.ID: anonymous},
		queries: map[string]*query{},
		faults:  map[string][]*Fault{},
		flood:   Flood{Burst: floodBurst, PerMinute: groupPerMinute},
		next:    firstUpdate,
	}
}

// Me returns the bot's own account, as getMe gives it.
func (s *Server) Me() User { return s.me }

// ServeHTTP answers one Bot API request at /bot<token>/<method>.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := s.serve(w, r); err != nil {
		panic(http.ErrAbortHandler) // the documented way to cut a connection without an answer
	}
}

// RoundTripper returns a transport that reaches the server without a socket, whatever host is asked for.
func (s *Server) RoundTripper() http.RoundTripper { return inProcess{s} }

type inProcess struct{ server *Server }

// RoundTrip serves the request in the caller's goroutine. A request that was given up reports its context's error, as
// http.Transport does.
func (t inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		defer func() { _ = r.Body.Close() }()
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	rec := httptest.NewRecorder()
	err := t.server.serve(rec, r.WithContext(r.Context())) // a copy: reading parameters changes a request
	if err != nil {
		return nil, err
	}
	resp := rec.Result()
	resp.Request = r
	return resp, nil
}

// serve answers one request; its error means that the connection breaks instead.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) error {
	name, a, err := s.read(r)
	fault := s.takeFault(name, a)
	if fault.refused != nil {
		s.record(name, a, fault.refused, true)
		return answer(w, nil, fault.refused)
	}
	var result any
	if err == nil {
		result, err = s.run(r.Context(), name, a)
	}
	s.record(name, a, err, false)
	if fault.spoil != nil {
		if cut := fault.spoil(r.Context(), &result); cut != nil {
			return cut
		}
	}
	return answer(w, result, err)
}

// read checks the path and the token before it looks at the body, in the order of the real server.
func (s *Server) read(r *http.Request) (string, *args, error) {
	token, name, found := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	switch {
	case !found || !strings.HasPrefix(r.URL.Path, "/bot"):
		return "", &args{}, &refusal{Code: http.StatusNotFound, Description: "Not Found"}
	case token != s.token:
		return name, &args{}, &refusal{Code: http.StatusUnauthorized, Description: "Unauthorized"}
	}
	a, err := readArgs(r)
	return name, a, err
}

func (s *Server) run(ctx context.Context, name string, a *args) (any, error) {
	m, ok := s.methods[name]
	if !ok {
		return nil, &refusal{Code: http.StatusNotFound, Description: "Not Found: method not found", formal: true}
	}
	if name == "getUpdates" {
		return s.getUpdates(ctx, a)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return m.do(s, a)
}

// answer writes the Bot API's envelope; a refusal's code is the HTTP status as well. A 502 never comes from the API but
// from the proxy in front of it, as a page. Any other error breaks the connection.
func answer(w http.ResponseWriter, result any, err error) error {
	no, refused := errors.AsType[*refusal](err)
	switch {
	case err != nil && !refused:
		return err
	case refused && no.Code == http.StatusBadGateway:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(no.Code)
		_, err = io.WriteString(w, "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>")
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	if refused {
		w.WriteHeader(no.Code)
		return json.NewEncoder(w).Encode(struct {
			OK bool `json:"ok"`
			*refusal
		}{false, no})
	}
	return json.NewEncoder(w).Encode(struct {
		OK     bool `json:"ok"`
		Result any  `json:"result"`
	}{true, result})
}

// announce wakes everybody who waits for something to happen. The caller holds mu.
func (s *Server) announce() {
	close(s.changed)
	s.changed = make(chan struct{})
}
