package faketelegram

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// AnonymousAdmin is the account behind which a group's administrators write when they post as the group. Presses on
// buttons always carry the real person.
const AnonymousAdmin int64 = 1087968824

var (
	// ErrNoButton is returned by Press when the message shows no such button, or it opens a link.
	ErrNoButton = errors.New("no such button")
	// ErrUnanswered is returned by Press and Forge when the bot let the spinner turn until the press expired.
	ErrUnanswered = errors.New("the press was never answered")
)

// Answer is what a person sees after a press: a toast, or an alert to be closed. An empty Text only ends the spinner.
type Answer struct {
	Text  string
	Alert bool
}

type query struct {
	at     time.Time
	answer chan Answer // room for one
}

// AddChat makes a chat exist with the bot in it, and empties it if it existed. No update tells the bot so.
func (s *Server) AddChat(c Chat) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chats[c.ID] = &chat{Chat: c}
}

// AddUser makes a person exist, a member of every chat.
func (s *Server) AddUser(u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.people[u.ID] = u
}

// SetPrivacy switches the bot's privacy mode, on by default. In a group it then hears only commands, mentions of its
// name and replies to its messages, unless it is an administrator.
func (s *Server) SetPrivacy(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seeAll = !on
}

// SayOption says where a line belongs.
type SayOption func(*Message)

// ReplyTo makes the line a reply to a message of the chat.
func ReplyTo(message int) SayOption { return func(m *Message) { m.ReplyTo = message } }

// InThread puts the line into a forum topic.
func InThread(thread int) SayOption { return func(m *Message) { m.Thread = thread } }

// Say writes a line in a chat and returns its message id. It panics if the chat or the person does not exist: the
// story is wrong, not the bot.
func (s *Server) Say(chat, user int64, text string, options ...SayOption) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.mustChat(chat)
	line := Message{From: s.mustUser(user).ID, Text: text, Source: text}
	for _, set := range options {
		set(&line)
	}
	m := c.add(line)
	s.announce()
	if s.hears(c, m) {
		s.deliver("message", s.wire(c, m))
	}
	return m.ID
}

// hears applies membership and privacy mode.
func (s *Server) hears(c *chat, m *Message) bool {
	if c.bot != member || c.movedTo != 0 {
		return false
	}
	if c.Type == "private" || s.seeAll || slices.Contains(c.Admins, s.me.ID) {
		return true
	}
	if original := c.find(m.ReplyTo); original != nil && original.From == s.me.ID {
		return true
	}
	command, _, _ := strings.Cut(m.Text, " ")
	_, addressee, named := strings.Cut(command, "@")
	if strings.HasPrefix(command, "/") && named {
		return strings.EqualFold(addressee, s.me.Username)
	}
	return strings.HasPrefix(command, "/") || strings.Contains(m.Text, "@"+s.me.Username)
}

// Press presses the button with this text, or this callback data, and waits for the bot's answer.
func (s *Server) Press(ctx context.Context, chat int64, message int, user int64, button string) (Answer, error) {
	data, err := s.buttonData(chat, message, button)
	if err != nil {
		return Answer{}, err
	}
	return s.Forge(ctx, chat, message, user, data)
}

func (s *Server) buttonData(chat int64, message int, button string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.mustChat(chat).find(message)
	if m == nil {
		return "", fmt.Errorf("press %q: %w: message %d is gone", button, ErrNoButton, message)
	}
	for _, b := range slices.Concat(m.Keyboard...) {
		if b.Data != "" && (b.Text == button || b.Data == button) {
			return b.Data, nil
		}
	}
	return "", fmt.Errorf("press %q: %w on %v", button, ErrNoButton, m)
}

// Forge sends a press with any data on any message, as a modified client can, and waits for the bot's answer.
func (s *Server) Forge(ctx context.Context, chat int64, message int, user int64, data string) (Answer, error) {
	q := s.tap(chat, message, user, data)
	patience := time.NewTimer(queryLife)
	defer patience.Stop()
	select {
	case answer := <-q.answer:
		return answer, nil
	case <-patience.C:
		return Answer{}, fmt.Errorf("press %q: %w", data, ErrUnanswered)
	case <-ctx.Done():
		return Answer{}, fmt.Errorf("press %q: %w", data, ctx.Err())
	}
}

// tap delivers the press. A message that is gone arrives as an id without content and with date 0.
func (s *Server) tap(chat int64, message int, user int64, data string) *query {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.mustChat(chat)
	shown := &wireMessage{ID: message, Chat: c.Chat}
	if m := c.find(message); m != nil {
		shown = s.wire(c, m)
	}
	id := strconv.Itoa(4_200_000_000 + s.next)
	q := &query{at: time.Now(), answer: make(chan Answer, 1)}
	s.queries[id] = q
	s.deliver("callback_query", map[string]any{
		"id": id, "from": s.mustUser(user), "message": shown, "chat_instance": strconv.FormatInt(-chat, 10), "data": data,
	})
	return q
}

// Kick throws the bot out of a chat; in a private chat it blocks the bot.
func (s *Server) Kick(chat, by int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.mustChat(chat)
	was := chatMember{User: s.me, Status: c.status(s.me.ID)}
	c.bot = kicked
	s.deliver("my_chat_member", map[string]any{
		"chat": c.Chat, "from": s.mustUser(by), "date": time.Now().Unix(),
		"old_chat_member": was, "new_chat_member": chatMember{User: s.me, Status: "kicked"},
	})
}

// Migrate upgrades a group to a supergroup with a new id and an empty history, and tells both sides.
func (s *Server) Migrate(from, to int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.mustChat(from)
	upgraded := old.Chat
	upgraded.ID, upgraded.Type = to, "supergroup"
	s.chats[to] = &chat{Chat: upgraded}
	old.movedTo = to
	now := time.Now().Unix()
	s.deliver("message", wireMessage{ID: old.lastID + 1, Chat: old.Chat, Date: now, MigratedTo: to})
	s.deliver("message", wireMessage{ID: 1, Chat: upgraded, Date: now, MigratedFrom: from})
}

// CloseTopic closes a forum topic to writing.
func (s *Server) CloseTopic(chat int64, thread int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.mustChat(chat)
	c.closed = append(c.closed, thread)
}

// Erase deletes a message by a person's hand. No update tells the bot so.
func (s *Server) Erase(chat int64, message int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mustChat(chat).remove(message)
	s.announce()
}

// Messages returns what the chat shows now, oldest first, people's lines included.
func (s *Server) Messages(chat int64) []Message {
	shown, _ := s.look(chat)
	return shown
}

// Wait blocks until the chat looks as wanted or ctx ends; then the error shows what the chat looks like instead.
func (s *Server) Wait(ctx context.Context, chat int64, wanted func([]Message) bool) error {
	for {
		shown, changed := s.look(chat)
		if wanted(shown) {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("wait for chat %d: %w; it shows %v", chat, ctx.Err(), shown)
		}
	}
}

// look returns what a chat shows and the channel that is closed when anything changes.
func (s *Server) look(chat int64) ([]Message, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.mustChat(chat)
	shown := make([]Message, 0, len(c.messages))
	for _, m := range c.messages {
		shown = append(shown, *m)
	}
	return shown, s.changed
}

func (s *Server) mustChat(id int64) *chat {
	c, ok := s.chats[id]
	if !ok {
		panic(fmt.Sprintf("faketelegram: the story has no chat %d: AddChat it first", id))
	}
	return c
}

func (s *Server) mustUser(id int64) User {
	u, ok := s.people[id]
	if !ok {
		panic(fmt.Sprintf("faketelegram: the story has no person %d: AddUser them first", id))
	}
	return u
}
