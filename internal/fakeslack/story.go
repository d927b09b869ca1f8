package fakeslack

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Press lets a person press a button of a message and returns when the app has acknowledged. The
// person needs to see the message and the button, else the error is ErrNotThere.
func (s *Server) Press(channel, ts, userID, actionID string) error {
	return s.interact(channel, ts, userID, actionID, "")
}

// Choose lets a person choose the entry with this value from a menu of a message, such as an overflow.
func (s *Server) Choose(channel, ts, userID, actionID, value string) error {
	return s.interact(channel, ts, userID, actionID, value)
}

func (s *Server) interact(channel, ts, userID, actionID, value string) error {
	payload, err := s.blockActions(channel, ts, userID, actionID, value)
	if err != nil {
		return fmt.Errorf("press %s: %w", actionID, err)
	}
	_, err = s.deliver("interactive", payload)
	return err
}

func (s *Server) blockActions(channel, ts, userID, actionID, value string) (object, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, u, err := s.where(channel, userID)
	if err != nil {
		return nil, err
	}
	p := ch.find(ts)
	if p == nil {
		return nil, fmt.Errorf("message %s: %w", ts, ErrNotThere)
	}
	action, err := s.action(p, actionID, value)
	if err != nil {
		return nil, err
	}
	container := object{"type": "message", "message_ts": ts, "channel_id": ch.id, "is_ephemeral": false}
	if p.thread != 0 {
		container["thread_ts"] = p.thread.String()
	}
	payload := s.interaction("block_actions", u)
	payload["response_url"] = s.newHook(ch.id, u.ID, "")
	payload["container"] = container
	payload["channel"] = object{"id": ch.id, "name": ch.name}
	payload["message"] = ch.json(p, false)
	payload["state"] = object{"values": object{}}
	payload["actions"] = []object{action}
	return payload, nil
}

// action describes what was pressed or chosen.
func (s *Server) action(p *post, actionID, value string) (object, error) {
	for _, b := range p.allBlocks() {
		for _, e := range elements(b) {
			if str(e, "action_id") != actionID {
				continue
			}
			action := object{
				"type": e["type"], "action_id": actionID, "block_id": b["block_id"], "action_ts": s.stamp().String(),
			}
			if str(e, "type") == "button" {
				action["text"], action["value"] = e["text"], str(e, "value")
				return action, nil
			}
			option, err := option(e, value)
			action["selected_option"] = option
			return action, err
		}
	}
	return nil, fmt.Errorf("button %s: %w", actionID, ErrNotThere)
}

func option(e object, value string) (object, error) {
	options := objects(e["options"])
	at := slices.IndexFunc(options, func(o object) bool { return str(o, "value") == value })
	if at < 0 {
		return nil, fmt.Errorf("option %q: %w", value, ErrNotThere)
	}
	return options[at], nil
}

// interaction is what all interactive payloads have in common.
func (s *Server) interaction(kind string, u User) object {
	return object{
		"type": kind, "api_app_id": AppID, "token": "verification-token-is-deprecated",
		"trigger_id": s.newTrigger(u.ID), "team": object{"id": TeamID, "domain": "fake"},
		"user":       object{"id": u.ID, "username": u.Name, "name": u.Name, "team_id": u.Team},
		"enterprise": nil, "is_enterprise_install": false,
	}
}

// Slash lets a person type a command such as "/isu" "ambil 42" and returns when the app has
// acknowledged. A text or blocks in the ack are shown to that person only.
func (s *Server) Slash(channel, userID, command, text string) error {
	payload, err := s.slash(channel, userID, command, text)
	if err != nil {
		return fmt.Errorf("type %s: %w", command, err)
	}
	reply, err := s.deliver("slash_commands", payload)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answerSlash(channel, userID, reply)
	return nil
}

func (s *Server) slash(channel, userID, command, text string) (object, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, u, err := s.where(channel, userID)
	if err != nil {
		return nil, err
	}
	return object{
		"token": "verification-token-is-deprecated", "team_id": u.Team, "team_domain": "fake",
		"channel_id": ch.id, "channel_name": ch.name, "user_id": u.ID, "user_name": u.Name,
		"command": command, "text": text, "api_app_id": AppID, "is_enterprise_install": "false",
		"trigger_id": s.newTrigger(u.ID), "response_url": s.newHook(ch.id, u.ID, ""),
	}, nil
}

// answerSlash shows what came with the ack of a command.
func (s *Server) answerSlash(channel, userID string, reply json.RawMessage) {
	args, err := jsonArgs(reply)
	if err != nil || len(args) == 0 {
		return
	}
	d, err := s.draft(request{method: "ack", args: args})
	ch, _ := s.look(channel)
	if err == nil && ch != nil {
		_, err = s.whisper(ch, userID, 0, d)
	}
	if err != nil {
		s.violate("socket", err.Error(), "answer to a command")
	}
	s.broadcast()
}

// Mention lets a person write "@siaga text" in a channel and returns the ts of that message when the
// app has acknowledged the app_mention event.
func (s *Server) Mention(channel, userID, text string) (ts string, err error) {
	return s.say("app_mention", channel, "", userID, "<@"+BotUserID+"> "+text)
}

// Say lets a person write in a channel or, with the person's id as the channel, to the bot directly;
// the app gets a message event.
func (s *Server) Say(channel, userID, text string) (ts string, err error) {
	return s.say("message", channel, "", userID, text)
}

// Reply lets a person answer in the thread of a message. The app gets an app_mention event if it is
// mentioned as "<@U0BOT>", else a message event.
func (s *Server) Reply(channel, threadTS, userID, text string) (ts string, err error) {
	kind := "message"
	if strings.Contains(text, "<@"+BotUserID+">") {
		kind = "app_mention"
	}
	return s.say(kind, channel, threadTS, userID, text)
}

func (s *Server) say(kind, channel, threadTS, userID, text string) (string, error) {
	event, err := s.event(kind, channel, threadTS, userID, text)
	if err != nil {
		return "", fmt.Errorf("say %q: %w", text, err)
	}
	_, err = s.deliver("events_api", event)
	return str(sub(event, "event"), "ts"), err
}

// event writes a person's message into the channel and tells of it.
func (s *Server) event(kind, channel, threadTS, userID, text string) (object, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, u, err := s.where(channel, userID)
	if err != nil {
		return nil, err
	}
	p := &post{ts: s.stamp(), thread: ch.parent(threadTS), user: u.ID, text: text}
	if threadTS != "" && p.thread == 0 {
		return nil, fmt.Errorf("thread %s: %w", threadTS, ErrNotThere)
	}
	ch.posts = append(ch.posts, p)
	s.broadcast()
	inner := ch.json(p, false)
	inner["type"], inner["channel"], inner["event_ts"] = kind, ch.id, p.ts.String()
	if kind == "message" {
		inner["channel_type"] = ch.kind()
	}
	return object{
		"type": "event_callback", "team_id": u.Team, "api_app_id": AppID, "event": inner,
		"event_id": fmt.Sprintf("Ev%d", s.next()), "event_time": time.Now().Unix(),
		"token": "verification-token-is-deprecated",
	}, nil
}

// Remove lets a person with the right to do so delete a message.
func (s *Server) Remove(channel, ts string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.look(channel)
	if err != nil {
		return err
	}
	p := ch.find(ts)
	if p == nil {
		return fmt.Errorf("message %s: %w", ts, ErrNotThere)
	}
	ch.drop(p)
	s.broadcast()
	return nil
}
