package fakeslack

import (
	"fmt"
	"strings"
)

// User is a person, or another app's bot.
type User struct {
	// ID starts with "U" or "W".
	ID   string
	Name string
	// Team is the workspace the person belongs to; empty means this one.
	Team  string
	Guest bool
	Bot   bool
}

// channel is a public channel, or the direct messages with one person.
type channel struct {
	id, name string
	// with is the person at the other end of a direct channel.
	with     string
	member   bool
	archived bool
	posts    []*post
}

func (ch *channel) kind() string {
	if ch.with != "" {
		return "im"
	}
	return "channel"
}

// AddUser adds a person to the workspace; every person is in every channel.
func (s *Server) AddUser(u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u.Team == "" {
		u.Team = TeamID
	}
	s.users[u.ID] = u
}

// AddChannel adds a public channel, such as "C1" "humas", with the bot in it.
func (s *Server) AddChannel(id, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[id] = &channel{id: id, name: name, member: true}
}

// Archive makes a channel read-only; the bot's posts are refused with is_archived.
func (s *Server) Archive(id string) error {
	return s.change(id, func(ch *channel) { ch.archived = true })
}

// Kick takes the bot out of a channel; its calls there are refused with not_in_channel.
func (s *Server) Kick(id string) error {
	return s.change(id, func(ch *channel) { ch.member = false })
}

func (s *Server) change(id string, apply func(*channel)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.look(id)
	if err != nil {
		return err
	}
	apply(ch)
	s.broadcast()
	return nil
}

// look finds a channel for a story, which may name direct messages by the person's id.
func (s *Server) look(id string) (*channel, error) {
	if _, ok := s.users[id]; ok {
		return s.direct(id), nil
	}
	if ch := s.channels[id]; ch != nil {
		return ch, nil
	}
	return nil, fmt.Errorf("channel %s: %w", id, ErrNotThere)
}

func (s *Server) person(id string) (User, error) {
	if u, ok := s.users[id]; ok {
		return u, nil
	}
	return User{}, fmt.Errorf("user %s: %w", id, ErrNotThere)
}

// where finds the place and the person of a story.
func (s *Server) where(channelID, userID string) (*channel, User, error) {
	u, err := s.person(userID)
	if err != nil {
		return nil, u, err
	}
	ch, err := s.look(channelID)
	return ch, u, err
}

// direct opens the direct messages with a known person. Their id is another than the person's.
func (s *Server) direct(userID string) *channel {
	id := "D" + userID[1:]
	if s.channels[id] == nil {
		s.channels[id] = &channel{id: id, with: userID, member: true}
	}
	return s.channels[id]
}

// room finds the channel in which a method wants to do something.
func (s *Server) room(req request) (*channel, error) {
	id := req.get("channel")
	ch := s.channels[id]
	if _, ok := s.users[id]; ok && strings.HasPrefix(req.method, "chat.post") {
		ch = s.direct(id)
	}
	switch {
	case id == "":
		return nil, malformed("invalid_arguments", "[ERROR] missing required field: channel")
	case ch == nil:
		return nil, refuse("channel_not_found")
	case !ch.member:
		return nil, refuse("not_in_channel")
	case ch.archived && !strings.HasPrefix(req.method, "conversations."):
		return nil, refuse("is_archived")
	}
	return ch, nil
}

func (s *Server) conversationInfo(req request) (object, error) {
	ch := s.channels[req.get("channel")]
	if ch == nil {
		return nil, refuse("channel_not_found")
	}
	info := object{
		"id": ch.id, "name": ch.name, "is_channel": ch.with == "", "is_im": ch.with != "",
		"is_archived": ch.archived, "is_member": ch.member,
	}
	if ch.with != "" {
		info["user"] = ch.with
	}
	if req.flag("include_num_members") {
		info["num_members"] = len(s.users) + 1
	}
	return object{"channel": info}, nil
}

func (s *Server) usersInfo(req request) (object, error) {
	u, ok := s.users[req.get("user")]
	if !ok {
		return nil, refuse("user_not_found")
	}
	return object{"user": object{
		"id": u.ID, "team_id": u.Team, "name": strings.ToLower(u.Name), "real_name": u.Name,
		"is_bot": u.Bot, "is_restricted": u.Guest, "is_ultra_restricted": false, "deleted": false,
		"profile": object{"real_name": u.Name, "display_name": u.Name},
	}}, nil
}

// names maps the ids of people to what mentions of them look like.
func (s *Server) names() map[string]string {
	names := map[string]string{BotUserID: "siaga"}
	for id, u := range s.users {
		names[id] = u.Name
	}
	return names
}
