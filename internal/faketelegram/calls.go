package faketelegram

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Call is one request as the server saw it.
type Call struct {
	At          time.Time
	Method      string
	Chat        int64 // 0: the method names no chat
	Params      map[string]string
	Code        int    // the answer's code, 200 if it was accepted; 0 if nobody waited for it or it never arrived
	Description string // why it was refused
	Injected    bool   // the answer comes from Fail
	Violation   string // what is wrong with the request itself, whatever the chat's state; empty if nothing
}

// String shows a call as a line for a failing test.
func (c Call) String() string {
	return fmt.Sprintf("%s to %d: %d %s %v", c.Method, c.Chat, c.Code, c.Description, c.Params)
}

// record keeps a finished call.
func (s *Server) record(name string, a *args, err error, injected bool) {
	c := Call{
		At: time.Now(), Method: name, Chat: a.chatID(), Params: maps.Clone(a.values),
		Code: http.StatusOK, Injected: injected,
	}
	no, refused := errors.AsType[*refusal](err)
	switch {
	case refused:
		c.Code, c.Description = no.Code, no.Description
	case err != nil:
		c.Code, c.Description = 0, err.Error()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if unknown := a.unknown(s.methods[name].takes); len(unknown) > 0 {
		c.Violation = "parameters the fake does not know: " + strings.Join(unknown, ", ")
	}
	if fault := published(name, a); fault != "" {
		c.Violation = fault
	}
	if refused && no.formal {
		c.Violation = no.Description
	}
	s.calls = append(s.calls, c)
	s.announce()
}

// Calls returns all finished requests, oldest first. A getUpdates counts when it returns.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// Violations returns the calls that were wrong in themselves: markup that does not parse, limits broken, parameters or
// methods that are unknown. A 429, a missing chat or a stale button is no violation. A story that ends with an empty
// list shows that the bot speaks the protocol.
func (s *Server) Violations() []Call {
	return slices.DeleteFunc(s.Calls(), func(c Call) bool { return c.Violation == "" })
}
