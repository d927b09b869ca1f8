package fakeslack

import (
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strconv"
	"time"
)

// object is a JSON object that this package need not know the fields of.
type object = map[string]any

// answer is what goes back over HTTP.
type answer struct {
	status     int
	retryAfter time.Duration
	kind       string
	body       string
}

func (a answer) write(w http.ResponseWriter) {
	if a.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(seconds(a.retryAfter)))
	}
	w.Header().Set("Content-Type", a.kind)
	w.WriteHeader(a.status)
	_, _ = w.Write([]byte(a.body)) // a client that went away is no error of the server
}

func seconds(d time.Duration) int { return int(math.Ceil(d.Seconds())) }

func answerJSON(body object) answer {
	encoded, err := json.Marshal(body)
	if err != nil {
		panic(err) // every body is built in this package out of decoded JSON
	}
	return answer{status: http.StatusOK, kind: "application/json; charset=utf-8", body: string(encoded)}
}

// answerRefusal answers as Slack does: 200 and an error code, but 429 for the rate.
func answerRefusal(r *refusal) answer {
	body := object{"ok": false, "error": r.code}
	if len(r.messages) > 0 {
		body["response_metadata"] = object{"messages": r.messages}
	}
	a := answerJSON(body)
	if r.retryAfter > 0 {
		a.status, a.retryAfter = http.StatusTooManyRequests, r.retryAfter
	}
	return a
}

// serveAPI lets a fault of the story come before or after the method, or instead of it.
func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	req, err := readRequest(r)
	s.carryOut(w, req, err)
}

func (s *Server) carryOut(w http.ResponseWriter, req request, err error) {
	f := s.takeFault(req)
	if !s.sleep(f.before) {
		panic(http.ErrAbortHandler)
	}
	a := f.answer
	if f.lands {
		landed := s.perform(req, err)
		if a.status == 0 {
			a = landed
		}
	}
	if !s.sleep(f.after) || f.cut {
		panic(http.ErrAbortHandler) // net/http cuts the connection without an answer
	}
	a.write(w)
}

// perform carries a request out, or refuses it, in one step.
func (s *Server) perform(req request, err error) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.broadcast()
	var body object
	if err == nil {
		body, err = s.do(req)
	}
	if err == nil {
		body["ok"] = true
		s.logCall(req, "")
		return answerJSON(body)
	}
	r, ok := errors.AsType[*refusal](err)
	if !ok {
		panic(err) // methods return nothing but refusals
	}
	s.logCall(req, r.code)
	if r.formal {
		s.violate(req.method, r.code, r.messages...)
	}
	a := answerRefusal(r)
	if req.hook != "" {
		a.status = http.StatusNotFound
	}
	return a
}
