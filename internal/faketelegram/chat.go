package faketelegram

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Chat is a conversation the bot may know. ID is negative for groups, -100... for supergroups, and the person's id for
// a private chat; Type is "private", "group", "supergroup" or "channel". Topics are the thread ids of a forum beside
// General, which has none. Admins may include the bot.
type Chat struct {
	ID     int64   `json:"id"`
	Type   string  `json:"type"`
	Title  string  `json:"title,omitempty"`
	Forum  bool    `json:"is_forum,omitempty"`
	Topics []int   `json:"-"`
	Admins []int64 `json:"-"`
}

// User is a person or a bot.
type User struct {
	ID       int64  `json:"id"`
	Bot      bool   `json:"is_bot"`
	Name     string `json:"first_name"`
	Username string `json:"username,omitempty"`
}

// Message is what a chat shows now.
type Message struct {
	ID      int // unique within its chat only
	From    int64
	ReplyTo int // 0: not a reply
	Thread  int // 0: General, or no forum

	Text     string // after entity parsing: what people read
	Source   string // as the bot sent it, markup included
	Entities []Entity
	Keyboard [][]Button

	Silent    bool // sent without a sound
	NoPreview bool // links show no preview
	At        time.Time
	EditedAt  time.Time // zero: never edited
	Edits     int
}

// String shows a message as a line for a failing test.
func (m Message) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "#%d from %d: %s", m.ID, m.From, m.Text)
	for _, row := range m.Keyboard {
		b.WriteString("\n  ")
		for _, button := range row {
			fmt.Fprintf(&b, " [%s]", button.Text)
		}
	}
	return b.String()
}

type standing int

const (
	member standing = iota
	left
	kicked
)

// chat is a Chat with what happened in it.
type chat struct {
	Chat
	bot      standing
	movedTo  int64 // not 0: the group was upgraded to this supergroup
	closed   []int // topics nobody may write to
	messages []*Message
	lastID   int

	accepted  []time.Time // posts and edits of the last minute
	paidUntil time.Time   // when the budget of one a second is even again
}

// chatID returns the chat a request names, 0 if none.
func (a *args) chatID() int64 {
	id, _ := strconv.ParseInt(a.values["chat_id"], 10, 64)
	return id
}

// chat finds the chat a request names and checks that the bot may act there. What is wrong with the request itself comes
// first, as on the real server.
func (s *Server) chat(a *args) (*chat, error) {
	if a.err != nil {
		return nil, a.err
	}
	if a.str("chat_id") == "" {
		return nil, malformed(noChat)
	}
	c, ok := s.chats[a.chatID()]
	switch {
	case !ok:
		return nil, badRequest(noAccess)
	case c.movedTo != 0:
		return nil, &refusal{
			Code:        http.StatusBadRequest,
			Description: "Bad Request: " + migrated,
			Parameters:  &parameters{MigratedTo: c.movedTo},
		}
	case c.bot == kicked && c.Type == "private":
		return nil, forbidden("bot was blocked by the user")
	case c.bot == kicked:
		return nil, forbidden("bot was kicked from the " + c.kind())
	case c.bot == left:
		return nil, forbidden("bot is not a member of the " + c.kind())
	}
	return c, nil
}

func (c *chat) kind() string { return c.Type + " chat" }

// checkThread refuses a topic that is not there. General is addressed by no thread at all, never by its number.
func (c *chat) checkThread(thread int) error {
	switch {
	case thread == 0:
		return nil
	case !slices.Contains(c.Topics, thread):
		return badRequest(noThread)
	case slices.Contains(c.closed, thread):
		return badRequest(threadClosed)
	}
	return nil
}

// find returns a message that is still there, or nil.
func (c *chat) find(id int) *Message {
	i := slices.IndexFunc(c.messages, func(m *Message) bool { return m.ID == id })
	if i < 0 {
		return nil
	}
	return c.messages[i]
}

// add gives a message its number and time and shows it.
func (c *chat) add(m Message) *Message {
	c.lastID++
	m.ID, m.At = c.lastID, time.Now()
	c.messages = append(c.messages, &m)
	return &m
}

func (c *chat) remove(id int) {
	c.messages = slices.DeleteFunc(c.messages, func(m *Message) bool { return m.ID == id })
}

// wireMessage is a Message as the Bot API sends it.
type wireMessage struct {
	ID           int          `json:"message_id"`
	Thread       int          `json:"message_thread_id,omitempty"`
	InTopic      bool         `json:"is_topic_message,omitempty"`
	From         *User        `json:"from,omitempty"`
	SenderChat   *Chat        `json:"sender_chat,omitempty"`
	Chat         Chat         `json:"chat"`
	Date         int64        `json:"date"`
	EditDate     int64        `json:"edit_date,omitempty"`
	ReplyTo      *wireMessage `json:"reply_to_message,omitempty"`
	Text         string       `json:"text,omitempty"`
	Entities     []Entity     `json:"entities,omitempty"`
	Keyboard     *wireMarkup  `json:"reply_markup,omitempty"`
	TopicCreated *struct{}    `json:"forum_topic_created,omitempty"`
	MigratedTo   int64        `json:"migrate_to_chat_id,omitempty"`
	MigratedFrom int64        `json:"migrate_from_chat_id,omitempty"`
}

type wireMarkup struct {
	Inline [][]Button `json:"inline_keyboard"`
}

// wire renders a message with the one it replies to, a single level deep. A message in a topic that replies to nothing
// replies to the service message which opened the topic: the real server does that, and a bot must not take it for a
// reply to one of its cards.
func (s *Server) wire(c *chat, m *Message) *wireMessage {
	w := s.flat(c, m)
	switch original := c.find(m.ReplyTo); {
	case original != nil:
		w.ReplyTo = s.flat(c, original)
	case m.Thread != 0:
		w.ReplyTo = &wireMessage{ID: m.Thread, Thread: m.Thread, InTopic: true, Chat: c.Chat, TopicCreated: &struct{}{}}
	}
	return w
}

func (s *Server) flat(c *chat, m *Message) *wireMessage {
	from := s.people[m.From]
	w := &wireMessage{
		ID: m.ID, Thread: m.Thread, InTopic: m.Thread != 0, From: &from, Chat: c.Chat,
		Date: m.At.Unix(), Text: m.Text, Entities: m.Entities,
	}
	if m.From == AnonymousAdmin {
		w.SenderChat = &c.Chat
	}
	if m.Edits > 0 {
		w.EditDate = m.EditedAt.Unix()
	}
	if m.Keyboard != nil {
		w.Keyboard = &wireMarkup{m.Keyboard}
	}
	return w
}
