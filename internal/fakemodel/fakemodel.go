// Package fakemodel is a language model's endpoint that behaves as told: well,
// or in one of the ways in which such servers and such models go wrong.
package fakemodel

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
)

// Fact is what a request says of a fact.
type Fact struct {
	ID       string `json:"id"`
	Sentence string `json:"sentence"`
	Source   string `json:"source"`
	Date     string `json:"date"`
}

// Given is what a request holds for the model.
type Given struct {
	Kind, Style, Language, Draft string
	Facts                        []Fact
}

// Server is a fake endpoint; its address is URL + "/v1".
type Server struct {
	*httptest.Server
	mu     sync.Mutex
	bodies []string // of all requests
	tokens []string
	Came   chan struct{} // receives once for each request
	be     Behaviour
}

// New starts a server that behaves in one way. Close it.
func New(b Behaviour) *Server {
	s := &Server{be: b, Came: make(chan struct{}, 8)}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	return s
}

// Bodies returns the requests as they came.
func (s *Server) Bodies() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.bodies...)
}

// Tokens returns the Authorization header of each request.
func (s *Server) Tokens() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.tokens...)
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Messages []struct{ Role, Content string }
	}
	var raw json.RawMessage
	if r.Body != nil {
		_ = json.NewDecoder(r.Body).Decode(&raw) // a request of another kind has no messages
		_ = json.Unmarshal(raw, &asked)
	}
	s.mu.Lock()
	s.bodies = append(s.bodies, string(raw))
	s.tokens = append(s.tokens, r.Header.Get("Authorization"))
	s.mu.Unlock()
	s.Came <- struct{}{}
	var given Given
	for _, m := range asked.Messages {
		if m.Role == "user" {
			_ = json.Unmarshal([]byte(m.Content), &given)
		}
	}
	if s.be.Serve != nil {
		s.be.Serve(w, r)
		return
	}
	say(w, s.be.Says(given))
}

// say answers with one complete text.
func say(w http.ResponseWriter, text string) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{
		"id": "cmpl-1", "object": "chat.completion", "usage": map[string]int{"total_tokens": 7},
		"choices": []any{map[string]any{"index": 0, "finish_reason": "stop", "message": map[string]string{"role": "assistant", "content": text}}},
	})
}

// Right is what a model answers that does as it is told: each fact, cited.
func Right(g Given) string {
	var out []string
	for _, f := range g.Facts {
		out = append(out, fmt.Sprintf("Menurut %s, %s [%s].", f.Source, strings.TrimSuffix(f.Sentence, "."), f.ID))
	}
	return strings.Join(append(out, "Terima kasih."), " ")
}
