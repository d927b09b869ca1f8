package fakeslack

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Message is what a person sees at one place of a channel, and what the app attached to it.
type Message struct {
	Channel string
	// TS identifies the message in its channel.
	TS string
	// ThreadTS is the TS of the parent in replies, and empty otherwise.
	ThreadTS string
	// User is BotUserID for the app's own messages.
	User string
	// Text is the raw fallback text, escaped as sent.
	Text string
	// Plain is what is on the screen without its formatting: the blocks and attachments if there
	// are any, else the text.
	Plain     string
	Buttons   []Button
	Metadata  Metadata
	Reactions []string
	// Edits counts the successful chat.update calls.
	Edits int
}

// Button is a button or menu of a message.
type Button struct {
	ActionID string
	BlockID  string
	Text     string
	Value    string
	URL      string
	// Options are the values of a menu's entries; nil for buttons.
	Options []string
}

// Metadata is what an app hides in a message. The zero value is none.
type Metadata struct {
	EventType string         `json:"event_type"`
	Payload   map[string]any `json:"event_payload"`
}

// Ephemeral is a message that only one person sees.
type Ephemeral struct {
	Channel, User, TS, ThreadTS string
	Text, Plain                 string
	Buttons                     []Button
	// Gone is true once it was taken back.
	Gone bool
}

// post is a message as stored. Blocks and attachments are replaced, never changed.
type post struct {
	ts, thread  stamp
	broadcast   bool
	user        string
	text        string
	blocks      []object
	attachments []object
	metadata    *Metadata
	reactions   []string
	edits       int
	edited      stamp
}

// allBlocks yields the blocks of the message and then those of its attachments.
func (p *post) allBlocks() []object {
	all := slices.Clone(p.blocks)
	for _, a := range p.attachments {
		all = append(all, objects(a["blocks"])...)
	}
	return all
}

// json renders the post as the API shows it. Metadata is shown only on request.
func (p *post) json(replies int, metadata bool) object {
	o := object{"type": "message", "user": p.user, "text": p.text, "ts": p.ts.String(), "team": TeamID}
	if p.user == BotUserID {
		o["bot_id"], o["app_id"] = BotID, AppID
	}
	switch {
	case p.thread != 0:
		o["thread_ts"] = p.thread.String()
	case replies > 0:
		o["thread_ts"], o["reply_count"] = p.ts.String(), replies
	}
	if len(p.blocks) > 0 {
		o["blocks"] = p.blocks
	}
	if len(p.attachments) > 0 {
		o["attachments"] = p.attachments
	}
	if metadata && p.metadata != nil {
		o["metadata"] = p.metadata
	}
	if p.edits > 0 {
		o["edited"] = object{"user": p.user, "ts": p.edited.String()}
	}
	return o
}

// find returns nil if there is no such message, or no longer.
func (ch *channel) find(ts string) *post {
	t, ok := parseStamp(ts)
	at := slices.IndexFunc(ch.posts, func(p *post) bool { return p.ts == t })
	if !ok || at < 0 {
		return nil
	}
	return ch.posts[at]
}

func (ch *channel) drop(p *post) {
	ch.posts = slices.DeleteFunc(ch.posts, func(other *post) bool { return other == p })
}

func (ch *channel) thread(parent stamp) (replies []*post) {
	for _, p := range ch.posts {
		if p.thread == parent {
			replies = append(replies, p)
		}
	}
	return replies
}

func (ch *channel) json(p *post, metadata bool) object {
	return p.json(len(ch.thread(p.ts)), metadata)
}

// Messages returns what is in a channel now, threads included, oldest first; nothing if there is no
// such channel. Direct messages may be named by the person's id.
func (s *Server) Messages(channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.look(channel)
	if err != nil {
		return nil
	}
	messages := make([]Message, len(ch.posts))
	for i, p := range ch.posts {
		messages[i] = s.show(ch, p)
	}
	return messages
}

func (s *Server) show(ch *channel, p *post) Message {
	m := Message{
		Channel: ch.id, TS: p.ts.String(), ThreadTS: p.thread.String(), User: p.user, Text: p.text,
		Plain: plain(p.text, p.attachments, p.allBlocks(), s.names()), Buttons: buttons(p.allBlocks()),
		Reactions: slices.Clone(p.reactions), Edits: p.edits,
	}
	if p.metadata != nil {
		m.Metadata = *p.metadata
	}
	return m
}

// Ephemerals returns all messages that only one person saw, oldest first.
func (s *Server) Ephemerals() []Ephemeral {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.ephemerals)
}

// Wait returns as soon as the messages of a channel are as wanted, which is before the app has the
// answer to its request: follow with synctest.Wait to look at the app. When ctx ends first, the error
// wraps its cause and tells what was on the screen.
func (s *Server) Wait(ctx context.Context, channel string, wanted func([]Message) bool) error {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		messages := s.Messages(channel)
		if wanted(messages) {
			return nil
		}
		select {
		case <-changed:
		case <-s.done:
			return ErrClosed
		case <-ctx.Done():
			return fmt.Errorf("wait on %s: %w\n%s", channel, context.Cause(ctx), screen(messages))
		}
	}
}

func screen(messages []Message) string {
	var b strings.Builder
	for _, m := range messages {
		fmt.Fprintf(&b, "--- %s %s (%d edits)\n%s\n", m.TS, m.User, m.Edits, m.Plain)
	}
	return b.String()
}
