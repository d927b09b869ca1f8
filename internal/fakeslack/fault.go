package fakeslack

import (
	"net/http"
	"strconv"
	"time"
)

// Fault is one way in which a call of the Web API goes wrong. The zero Fault is no fault.
type Fault struct {
	name          string
	times         int
	before, after time.Duration
	// lands means that the request takes effect.
	lands  bool
	answer answer
	cut    bool
}

// Times returns the fault for the next n calls; without it a fault hits one call.
func (f Fault) Times(n int) Fault {
	f.times = n
	return f
}

// Landing returns the fault with the request taking effect all the same.
func (f Fault) Landing() Fault {
	f.lands = true
	return f
}

// ErrorCode answers {"ok":false,"error":code}, such as "is_archived" or "missing_scope".
func ErrorCode(code string) Fault {
	return Fault{name: code, answer: answerRefusal(&refusal{code: code})}
}

// TooMany answers 429 with Retry-After in whole seconds, or without that header if the wait is zero.
// Until the wait is over the method stays shut for that channel.
func TooMany(wait time.Duration) Fault {
	a := answerRefusal(&refusal{code: "ratelimited", retryAfter: wait})
	a.status = http.StatusTooManyRequests
	return Fault{name: "429", answer: a}
}

// Page answers with this status and an HTML page, as Slack's front does when what is behind it fails.
func Page(status int) Fault {
	body := "<!DOCTYPE html><html><body><h1>" + http.StatusText(status) + "</h1></body></html>"
	return Fault{name: strconv.Itoa(status), answer: answer{status: status, kind: "text/html", body: body}}
}

// Body answers 200 with these bytes and does nothing; Slack has been seen to send {} and {"ok":false}.
func Body(json string) Fault {
	return Fault{name: "body", answer: answer{status: http.StatusOK, kind: "application/json", body: json}}
}

// Slow lets the request take effect, and be answered, only after d; also when its sender gave up.
func Slow(d time.Duration) Fault { return Fault{name: "slow", lands: true, before: d} }

// LateAnswer lets the request take effect at once and answers after d.
func LateAnswer(d time.Duration) Fault { return Fault{name: "late", lands: true, after: d} }

// AnswerLost lets the request take effect and cuts the connection instead of answering.
func AnswerLost() Fault { return Fault{name: "lost", lands: true, cut: true} }

// RequestLost cuts the connection without any effect.
func RequestLost() Fault { return Fault{name: "cut", cut: true} }

// Fail arms a fault for the next calls of a method, or of every method if it is "". Faults of one
// method are used up in the order in which they were armed.
func (s *Server) Fail(method string, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &armed{method: method, left: max(1, f.times), fault: f})
}

// armed is a fault that waits for its calls.
type armed struct {
	method string
	left   int
	fault  Fault
}

// takeFault returns the fault that this call meets; mostly none, and the call just lands.
func (s *Server) takeFault(req request) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.faults {
		if a.left == 0 || a.method != "" && a.method != req.method {
			continue
		}
		a.left--
		if !a.fault.lands {
			s.impatient(req, time.Now())
			s.logCall(req, "fault: "+a.fault.name)
			s.broadcast()
		}
		if a.fault.answer.retryAfter > 0 {
			s.bar(req, a.fault.answer.retryAfter)
		}
		return a.fault
	}
	return Fault{lands: true}
}
