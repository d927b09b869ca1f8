package faketelegram

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

// update is an event the bot has not confirmed yet, rendered when it happened.
type update struct {
	id   int
	body json.RawMessage
}

// deliver queues an event for the bot unless it asked not to hear of this kind. The caller holds mu.
func (s *Server) deliver(kind string, event any) {
	if len(s.allowed) > 0 && !slices.Contains(s.allowed, kind) {
		return
	}
	body, err := json.Marshal(map[string]any{"update_id": s.next, kind: event})
	if err != nil {
		panic("faketelegram: render update: " + err.Error())
	}
	s.updates = append(s.updates, update{id: s.next, body: body})
	s.next++
	s.announce()
}

// getUpdates waits for events until the timeout. A second poller ends the first one's wait with a conflict. Events stay
// until a later offset confirms them.
func (s *Server) getUpdates(ctx context.Context, a *args) (any, error) {
	offset := a.integer("offset", "can't parse offset")
	limit := a.integer("limit", "can't parse limit")
	seconds := a.integer("timeout", "can't parse timeout")
	var allowed []string
	a.object("allowed_updates", &allowed, "can't parse allowed_updates")
	if a.err != nil {
		return nil, a.err
	}
	if limit < 1 || limit > updatesMax {
		limit = updatesMax
	}
	evicted := s.startPoll(offset, allowed)
	deadline := time.NewTimer(time.Duration(seconds) * time.Second)
	defer deadline.Stop()
	for {
		batch, changed := s.pending(limit)
		if len(batch) > 0 || seconds <= 0 {
			return batch, nil
		}
		select {
		case <-changed:
		case <-deadline.C:
			return batch, nil
		case <-evicted:
			return nil, &refusal{Code: http.StatusConflict, Description: conflict}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// startPoll takes the poll over from whoever holds it, forgets confirmed events, and returns the channel that is
// closed when the next one takes over. A negative offset keeps only that many events, counted from the end; a list of
// kinds holds until another is given.
func (s *Server) startPoll(offset int, allowed []string) <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.poll)
	s.poll = make(chan struct{})
	if allowed != nil {
		s.allowed = allowed
	}
	if offset < 0 {
		offset = s.next + offset
	}
	s.updates = slices.DeleteFunc(s.updates, func(u update) bool { return u.id < offset })
	return s.poll
}

// pending returns the oldest events and the channel to wait on when there are none.
func (s *Server) pending(limit int) ([]json.RawMessage, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	batch := []json.RawMessage{}
	for _, u := range s.updates[:min(limit, len(s.updates))] {
		batch = append(batch, u.body)
	}
	return batch, s.changed
}
