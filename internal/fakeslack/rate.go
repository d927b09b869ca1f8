package fakeslack

import "time"

// rate lets burst calls through at once and then one per every.
type rate struct {
	every      time.Duration
	burst      int
	perChannel bool
}

// take reports how long to wait for the next call, if not at all then with the call counted. full is
// when the whole burst will be there again; one instant is all that has to be remembered.
func (r rate) take(full, now time.Time) (after time.Time, wait time.Duration) {
	if full.Before(now) {
		full = now
	}
	after = full.Add(r.every)
	wait = after.Sub(now) - time.Duration(r.burst)*r.every
	if wait > 0 {
		return full, wait
	}
	return after, 0
}

// admit refuses what comes too fast. Coming back before Retry-After is over is a violation.
func (s *Server) admit(req request, r rate) error {
	now := time.Now()
	wait := s.impatient(req, now)
	if wait <= 0 {
		key := req.method
		if r.perChannel {
			key = place(req)
		}
		if s.full[key], wait = r.take(s.full[key], now); wait > 0 {
			s.bar(req, wait)
		}
	}
	if wait > 0 {
		return &refusal{code: "ratelimited", retryAfter: wait}
	}
	return nil
}

// impatient reports how much of an earlier Retry-After is left, and holds that against the caller.
func (s *Server) impatient(req request, now time.Time) time.Duration {
	wait := s.barred[place(req)].Sub(now)
	if wait > 0 {
		s.violate(req.method, "ratelimited", "asked again before Retry-After was over")
	}
	return wait
}

// bar shuts a method for one channel for whole seconds, as Retry-After will say.
func (s *Server) bar(req request, wait time.Duration) {
	s.barred[place(req)] = time.Now().Add(time.Duration(seconds(wait)) * time.Second)
}

func place(req request) string { return req.method + " " + req.get("channel") }
