package fakeslack

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/gorilla/websocket"
)

// socket is one Socket Mode connection.
type socket struct {
	conn *websocket.Conn
	out  chan []byte
	// leave takes the reason of a disconnect message.
	leave chan string
	// gone is closed once nothing more can be read.
	gone chan struct{}
	// leaving sockets get no more envelopes. Guarded by Server.mu.
	leaving bool
}

func (s *Server) connectionsOpen(req request) (object, error) {
	ticket := "t" + strconv.Itoa(s.next())
	s.tickets[ticket] = time.Now().Add(ticketLives)
	return object{"url": "ws://" + req.host + "/link/?ticket=" + ticket + "&app_id=" + AppID}, nil
}

// redeem lets a URL be used once.
func (s *Server) redeem(ticket string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	ends, ok := s.tickets[ticket]
	delete(s.tickets, ticket)
	return ok && time.Now().Before(ends)
}

func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	if !s.redeem(r.URL.Query().Get("ticket")) {
		http.Error(w, "unknown ticket", http.StatusUnauthorized)
		return
	}
	anyOrigin := func(*http.Request) bool { return true } // slack-go says https://api.slack.com
	upgrader := websocket.Upgrader{CheckOrigin: anyOrigin}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	sock := &socket{
		conn: conn, out: make(chan []byte, outgoingQueue), leave: make(chan string, 1), gone: make(chan struct{}),
	}
	s.join(sock)
	s.work.Go(func() { s.write(sock) })
	s.read(sock)
	s.part(sock)
}

// join greets a new socket, or turns the eleventh away.
func (s *Server) join(sock *socket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.sockets) >= maxSockets {
		sock.leave <- "too_many_websockets"
		return
	}
	s.sockets = append(s.sockets, sock)
	sock.out <- frame(object{
		"type": "hello", "num_connections": len(s.sockets), "connection_info": object{"app_id": AppID},
		"debug_info": object{
			"host": "applink-fake", "build_number": 1, "approximate_connection_time": int(socketLives.Seconds()),
		},
	})
	s.broadcast()
}

func (s *Server) part(sock *socket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(sock.gone)
	s.sockets = slices.DeleteFunc(s.sockets, func(other *socket) bool { return other == sock })
	s.broadcast()
}

func frame(o object) []byte {
	encoded, err := json.Marshal(o)
	if err != nil {
		panic(err) // every frame is built in this package out of decoded JSON
	}
	return encoded
}

// write owns the sending side. It ends, and with it the socket, when the client went away, does not
// read, or was told to leave some time ago.
func (s *Server) write(sock *socket) {
	defer func() { _ = sock.conn.Close() }()
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	end := time.NewTimer(socketLives)
	defer end.Stop()
	for {
		var err error
		select {
		case data := <-sock.out:
			err = sock.send(data)
		case <-ping.C:
			err = sock.conn.WriteControl(websocket.PingMessage, []byte("fake"), time.Now().Add(writeWithin))
		case <-end.C:
			if s.retire(sock) {
				return
			}
			sock.leave <- "refresh_requested"
		case reason := <-sock.leave:
			err = sock.send(frame(object{"type": "disconnect", "reason": reason, "debug_info": object{"host": "applink-fake"}}))
			s.retire(sock)
			end.Reset(warnedBefore)
		case <-sock.gone:
			return
		case <-s.done:
			return
		}
		if err != nil {
			return
		}
	}
}

func (sock *socket) send(data []byte) error {
	if err := sock.conn.SetWriteDeadline(time.Now().Add(writeWithin)); err != nil {
		return err
	}
	return sock.conn.WriteMessage(websocket.TextMessage, data)
}

// retire takes a socket out of the rotation and reports whether it already was.
func (s *Server) retire(sock *socket) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	was := sock.leaving
	sock.leaving = true
	return was
}

// read owns the receiving side. A client that does not answer three pings in a row is given up.
func (s *Server) read(sock *socket) {
	listen := func() { _ = sock.conn.SetReadDeadline(time.Now().Add(3*pingEvery + time.Second)) }
	sock.conn.SetPongHandler(func(string) error { listen(); return nil })
	listen()
	for {
		_, data, err := sock.conn.ReadMessage()
		if err != nil {
			return
		}
		s.heard(data)
	}
}

// Sockets counts the open connections that take envelopes.
func (s *Server) Sockets() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.live())
}

func (s *Server) live() []*socket {
	leaving := func(sock *socket) bool { return sock.leaving }
	return slices.DeleteFunc(slices.Clone(s.sockets), leaving)
}

// Disconnect asks every client to connect anew, for the reason "warning" or "refresh_requested", and
// ends the old connections ten seconds later.
func (s *Server) Disconnect(reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, sock := range s.live() {
		select {
		case sock.leave <- reason:
			sock.leaving = true
		default: // it is being asked already
		}
	}
}

// Cut breaks every connection without a word, as a network does.
func (s *Server) Cut() {
	s.mu.Lock()
	sockets := slices.Clone(s.sockets)
	s.mu.Unlock()
	for _, sock := range sockets {
		_ = sock.conn.Close()
		<-sock.gone
	}
}
