package fakeslack

import (
	"encoding/json"
	"fmt"
	"time"
)

// delivery is a payload on its way to the app, in one or more envelopes.
type delivery struct {
	kind    string
	payload object
	// answers tells whether an ack may carry a payload back.
	answers bool
	// acked is closed by the first ack; after that, reply is what it carried.
	acked chan struct{}
	reply json.RawMessage
}

// pauses are the waits before each attempt. Events follow the documented schedule of the Events API
// (at once, after 1 min, after 5 min). For commands and interactions none is documented; that
// commands come twice was seen in bolt-js#2188.
func (d *delivery) pauses() []time.Duration {
	if d.kind == "events_api" {
		return []time.Duration{0, 0, time.Minute, 5 * time.Minute}
	}
	return []time.Duration{0, 0}
}

// deliver returns what came with the ack.
func (s *Server) deliver(kind string, payload object) (json.RawMessage, error) {
	d := &delivery{kind: kind, payload: payload, answers: kind != "events_api", acked: make(chan struct{})}
	for n, pause := range d.pauses() {
		if !s.sleep(pause) {
			return nil, ErrClosed
		}
		if s.attempt(d, n) {
			return d.reply, nil
		}
	}
	if s.ended() {
		return nil, ErrClosed
	}
	return nil, fmt.Errorf("deliver %s: %w", kind, ErrNotAcked)
}

// attempt sends one envelope and waits for its ack. Only an app that was connected all the time can be
// blamed for not acknowledging.
func (s *Server) attempt(d *delivery, n int) bool {
	timer := time.NewTimer(ackWithin)
	defer timer.Stop()
	sock, ok := s.dispatch(d, n, timer.C)
	if !ok {
		return false
	}
	select {
	case <-d.acked:
		return true
	case <-timer.C:
	case <-s.done:
		return false
	}
	select {
	case <-sock.gone:
	default:
		s.mu.Lock()
		defer s.mu.Unlock()
		s.violate("socket", "not_acked", fmt.Sprintf("%s, attempt %d, within %s", d.kind, n, ackWithin))
	}
	return false
}

// dispatch hands an envelope to the next socket in turn and waits for one if there is none.
func (s *Server) dispatch(d *delivery, n int, enough <-chan time.Time) (*socket, bool) {
	for {
		s.mu.Lock()
		changed := s.changed
		sock := s.enqueue(d, n)
		s.mu.Unlock()
		if sock != nil {
			return sock, true
		}
		select {
		case <-changed:
		case <-enough:
			return nil, false
		case <-s.done:
			return nil, false
		}
	}
}

// enqueue wraps a payload anew for each attempt: an attempt has its own envelope id, so an app must
// know a repetition by trigger_id or event_id. (Slack does not say; this is the harder case.)
func (s *Server) enqueue(d *delivery, n int) *socket {
	live := s.live()
	for range live {
		s.turn++
		sock := live[s.turn%len(live)]
		id := fmt.Sprintf("envelope-%d", s.next())
		reason := ""
		if n > 0 {
			reason = "timeout"
		}
		data := frame(object{
			"type": d.kind, "envelope_id": id, "payload": d.payload, "accepts_response_payload": d.answers,
			"retry_attempt": n, "retry_reason": reason,
		})
		select {
		case sock.out <- data:
			s.deliveries[id] = d
			return sock
		default: // it does not read; try the next
		}
	}
	return nil
}

// heard takes what an app sends: acks, and nothing else.
func (s *Server) heard(data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ack struct {
		EnvelopeID string          `json:"envelope_id"`
		Payload    json.RawMessage `json:"payload"`
	}
	if len(data) >= maxAck {
		s.violate("socket", "ack_too_long", fmt.Sprintf("%d bytes, dropped silently", len(data)))
		return
	}
	if err := json.Unmarshal(data, &ack); err != nil {
		s.violate("socket", "invalid_ack", err.Error())
		return
	}
	d := s.deliveries[ack.EnvelopeID]
	if d == nil {
		s.violate("socket", "unknown_envelope", ack.EnvelopeID)
		return
	}
	if len(ack.Payload) > 0 && !d.answers {
		s.violate("socket", "unexpected_payload", d.kind)
	}
	d.settle(ack.Payload)
	s.broadcast()
}

// settle lets the first ack count; one that comes late, or for an earlier attempt, is as good.
func (d *delivery) settle(reply json.RawMessage) {
	select {
	case <-d.acked:
	default:
		d.reply = reply
		close(d.acked)
	}
}
