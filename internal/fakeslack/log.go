package fakeslack

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Call is one request to the Web API, in the order in which they took effect.
type Call struct {
	At     time.Time
	Method string
	// Args are the arguments without the token; blocks, metadata and view are JSON.
	Args url.Values
	// Code is empty for success, Slack's error code, or "fault: ..." if a fault of the story kept
	// the request from taking effect.
	Code string
}

// Violation is something that Slack would not have taken, or not for long: a request that was wrong in
// itself, an envelope not acknowledged in time, an ignored Retry-After.
type Violation struct {
	At time.Time
	// Where is a method, or "socket".
	Where  string
	Code   string
	Detail string
}

func (v Violation) String() string {
	return fmt.Sprintf("%s %s: %s: %s", v.At.Format("15:04:05.000"), v.Where, v.Code, v.Detail)
}

// Calls returns all requests so far.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// Violations returns what should be empty at the end of every story that is not about violations.
func (s *Server) Violations() []Violation {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.violations)
}

func (s *Server) logCall(req request, code string) {
	s.calls = append(s.calls, Call{At: time.Now(), Method: req.method, Args: maps.Clone(req.args), Code: code})
}

func (s *Server) violate(where, code string, details ...string) {
	s.violations = append(s.violations,
		Violation{At: time.Now(), Where: where, Code: code, Detail: strings.Join(details, "; ")})
}
