package fakeslack

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// ResponseURL is the name under which calls of a response_url are logged and can be made to fail.
const ResponseURL = "response_url"

// hook is a response_url: the right to answer one command or interaction, also where the app is no member, for a while.
type hook struct {
	channel, user string
	// original is the ts of the ephemeral message on which the person pressed, if it was one.
	original string
	ends     time.Time
	left     int
}

// newHook returns a URL that only Client and DialContext reach. It needs mu.
func (s *Server) newHook(channel, user, original string) string {
	id := "h" + strconv.Itoa(s.next())
	s.hooks[id] = &hook{channel: channel, user: user, original: original, ends: time.Now().Add(hookLives), left: hookUses}
	return "http://" + host + "/hook/" + id
}

func (s *Server) serveHook(w http.ResponseWriter, r *http.Request) {
	req := request{method: ResponseURL, host: r.Host, hook: r.PathValue("id")}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	if err == nil {
		err = req.readArgs(r, body)
	}
	if err == nil && r.Header.Get("Authorization") != "" {
		err = malformed("token_leaked", "a response_url takes no token")
	}
	s.carryOut(w, req, err)
}

// respond does what came to a response_url: an answer to the person or the channel, or the end of the message that was
// pressed. Slack can also replace that message; Siaga does not, so it is a violation here.
func (s *Server) respond(req request) (object, error) {
	h := s.hooks[req.hook]
	switch {
	case h == nil:
		return nil, malformed("invalid_url")
	case h.left == 0:
		return nil, malformed("used_url")
	case time.Now().After(h.ends):
		return nil, refuse("expired_url")
	case req.flag("replace_original"):
		return nil, malformed("invalid_arguments", "[ERROR] replace_original is not modelled")
	}
	h.left--
	if req.flag("delete_original") {
		return object{}, s.takeBack(h)
	}
	d, err := s.draft(req)
	if err != nil {
		return nil, err
	}
	ch := s.channels[h.channel]
	switch req.get("response_type") {
	case "", "ephemeral":
		_, err = s.whisper(ch, h.user, 0, d)
		return object{}, err
	case "in_channel":
		p := &post{user: BotUserID, ts: s.stamp()}
		if err := p.apply(d); err != nil {
			return nil, err
		}
		ch.posts = append(ch.posts, p)
		return object{}, nil
	}
	return nil, malformed("invalid_arguments", "[ERROR] response_type must be ephemeral or in_channel")
}

// takeBack removes an ephemeral message. Others are deleted by chat.delete, and to do it here would take a card away.
func (s *Server) takeBack(h *hook) error {
	i := slices.IndexFunc(s.ephemerals, func(e Ephemeral) bool { return e.TS == h.original && !e.Gone })
	if h.original == "" || i < 0 {
		return malformed("message_not_found")
	}
	s.ephemerals[i].Gone = true
	return nil
}

// PressEphemeral lets the person who sees an ephemeral message press a button of it and returns when the app has
// acknowledged.
func (s *Server) PressEphemeral(ts, userID, actionID string) error {
	payload, err := s.ephemeralActions(ts, userID, actionID)
	if err != nil {
		return fmt.Errorf("press %s: %w", actionID, err)
	}
	_, err = s.deliver("interactive", payload)
	return err
}

// ephemeralActions names the message in the container only: Slack does not keep what it was.
func (s *Server) ephemeralActions(ts, userID, actionID string) (object, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.ephemerals, func(e Ephemeral) bool { return e.TS == ts && e.User == userID && !e.Gone })
	if i < 0 {
		return nil, fmt.Errorf("ephemeral message %s: %w", ts, ErrNotThere)
	}
	e := s.ephemerals[i]
	ch, u, err := s.where(e.Channel, userID)
	if err != nil {
		return nil, err
	}
	action, err := s.action(s.whispered[ts], actionID, "")
	if err != nil {
		return nil, err
	}
	container := object{"type": "message", "message_ts": ts, "channel_id": ch.id, "is_ephemeral": true}
	if e.ThreadTS != "" {
		container["thread_ts"] = e.ThreadTS
	}
	payload := s.interaction("block_actions", u)
	payload["response_url"] = s.newHook(ch.id, u.ID, ts)
	payload["container"], payload["channel"] = container, object{"id": ch.id, "name": ch.name}
	payload["state"], payload["actions"] = object{"values": object{}}, []object{action}
	return payload, nil
}
