package faketelegram

import (
	"reflect"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// method is one call of the Bot API: what it does, under the server's lock, and the parameters it is known to take.
type method struct {
	do    func(*Server, *args) (any, error)
	takes []string
}

func methodTable() map[string]method {
	text := []string{"chat_id", "text", "parse_mode", "link_preview_options", "disable_web_page_preview", "reply_markup"}
	post := append([]string{
		"message_thread_id", "disable_notification", "protect_content", "reply_parameters", "reply_to_message_id",
		"allow_sending_without_reply",
	}, text...)
	return map[string]method{
		"getMe":                  {(*Server).getMe, nil},
		"getUpdates":             {nil, []string{"offset", "limit", "timeout", "allowed_updates"}}, // waits: see updates.go
		"sendMessage":            {(*Server).sendMessage, post},
		"editMessageText":        {(*Server).editMessageText, append([]string{"message_id"}, text...)},
		"editMessageReplyMarkup": {(*Server).editMessageReplyMarkup, []string{"chat_id", "message_id", "reply_markup"}},
		"deleteMessage":          {(*Server).deleteMessage, []string{"chat_id", "message_id"}},
		"answerCallbackQuery":    {(*Server).answerCallbackQuery, []string{"callback_query_id", "text", "show_alert", "cache_time"}},
		"setMyCommands":          {(*Server).setMyCommands, []string{"commands", "scope", "language_code"}},
		"getChat":                {(*Server).getChat, []string{"chat_id"}},
		"getChatMember":          {(*Server).getChatMember, []string{"chat_id", "user_id"}},
		"leaveChat":              {(*Server).leaveChat, []string{"chat_id"}},
		"sendChatAction":         {(*Server).sendChatAction, []string{"chat_id", "message_thread_id", "action"}},
	}
}

func (s *Server) getMe(*args) (any, error) {
	return struct {
		User
		Groups bool `json:"can_join_groups"`
		SeeAll bool `json:"can_read_all_group_messages"`
	}{s.me, true, s.seeAll}, nil
}

// content reads the text, keyboard and preview of a post or an edit. Links to people the bot never met become plain
// text, as they do on the real server.
func (s *Server) content(a *args, tooLong string) Message {
	m := Message{From: s.me.ID, Source: a.str("text"), Text: a.str("text")}
	switch a.str("parse_mode") {
	case "":
		m.Text, _ = trim(m.Text, nil)
	case "HTML":
		text, entities, err := parseHTML(m.Source)
		if err != nil {
			a.fail(err)
		}
		m.Text, m.Entities = text, slices.DeleteFunc(entities, s.mentionsStranger)
	default:
		a.fail(malformed(badParseMode))
	}
	if m.Text == "" {
		a.fail(malformed(noText))
	}
	if utf16Len(m.Text) > textMax {
		a.fail(malformed(tooLong))
	}
	var preview struct {
		Disabled bool `json:"is_disabled"`
	}
	a.object("link_preview_options", &preview, badPreview)
	m.NoPreview = preview.Disabled || a.flag("disable_web_page_preview")
	return m
}

func (s *Server) mentionsStranger(e Entity) bool {
	if e.User == nil {
		return false
	}
	_, known := s.people[e.User.ID]
	return !known
}

func (s *Server) sendMessage(a *args) (any, error) {
	m := s.content(a, textTooLong)
	m.Keyboard = a.keyboard(false)
	m.Thread = a.integer("message_thread_id", noThread)
	m.Silent = a.flag("disable_notification")
	reply := a.replyTarget()
	c, err := s.chat(a)
	if err != nil {
		return nil, err
	}
	if err := c.checkThread(m.Thread); err != nil {
		return nil, err
	}
	if reply.ID != 0 && c.find(reply.ID) == nil && !reply.OrPlain {
		return nil, badRequest(noReplyTarget)
	}
	if c.find(reply.ID) != nil {
		m.ReplyTo = reply.ID
	}
	if err := c.pace(s.flood, time.Now()); err != nil {
		return nil, err
	}
	s.announce()
	return s.wire(c, c.add(m)), nil
}

// replyTarget is the message to reply to; OrPlain sends without a reply if it is gone.
type replyTarget struct {
	ID      int  `json:"message_id"`
	OrPlain bool `json:"allow_sending_without_reply"`
}

// replyTarget reads the modern parameter and the older pair that telebot sends.
func (a *args) replyTarget() replyTarget {
	t := replyTarget{ID: a.integer("reply_to_message_id", badReply), OrPlain: a.flag("allow_sending_without_reply")}
	a.object("reply_parameters", &t, badReply)
	return t
}

func (s *Server) editMessageText(a *args) (any, error) {
	draft := s.content(a, editTooLong)
	draft.Keyboard = a.keyboard(true) // an edit without a keyboard takes the keyboard away
	return s.edit(a, func(m *Message) {
		m.Text, m.Source, m.Entities = draft.Text, draft.Source, draft.Entities
		m.Keyboard, m.NoPreview = draft.Keyboard, draft.NoPreview
	})
}

func (s *Server) editMessageReplyMarkup(a *args) (any, error) {
	keyboard := a.keyboard(true)
	return s.edit(a, func(m *Message) { m.Keyboard = keyboard })
}

// edit applies a change to the bot's own message. An edit that changes nothing is refused, but it has used the budget.
func (s *Server) edit(a *args, change func(*Message)) (any, error) {
	id := a.messageID()
	c, err := s.chat(a)
	if err != nil {
		return nil, err
	}
	m := c.find(id)
	switch {
	case m == nil:
		return nil, badRequest(noEditTarget)
	case m.From != s.me.ID:
		return nil, badRequest(notEditable)
	}
	if err := c.pace(s.flood, time.Now()); err != nil {
		return nil, err
	}
	edited := *m
	change(&edited)
	if sameContent(edited, *m) {
		return nil, badRequest(notModified)
	}
	edited.Edits++
	edited.EditedAt = time.Now()
	*m = edited
	s.announce()
	return s.wire(c, m), nil
}

func sameContent(a, b Message) bool {
	sameEntity := func(x, y Entity) bool { return reflect.DeepEqual(x, y) }
	return a.Text == b.Text && slices.EqualFunc(a.Entities, b.Entities, sameEntity) &&
		slices.EqualFunc(a.Keyboard, b.Keyboard, slices.Equal)
}

func (a *args) messageID() int {
	id := a.integer("message_id", noMessageID)
	if id == 0 {
		a.fail(malformed(noMessageID))
	}
	return id
}

// deleteMessage removes the bot's own messages, and anybody's where the bot is an administrator.
func (s *Server) deleteMessage(a *args) (any, error) {
	id := a.messageID()
	c, err := s.chat(a)
	if err != nil {
		return nil, err
	}
	m := c.find(id)
	switch {
	case m == nil:
		return nil, badRequest(noDeletion)
	case m.From != s.me.ID && !slices.Contains(c.Admins, s.me.ID):
		return nil, badRequest(notDeletable)
	}
	c.remove(id)
	s.announce()
	return true, nil
}

// answerCallbackQuery ends the spinner on the presser's button, once and within queryLife.
func (s *Server) answerCallbackQuery(a *args) (any, error) {
	if utf8.RuneCountInString(a.str("text")) > answerMax {
		return nil, malformed(editTooLong)
	}
	q, ok := s.queries[a.str("callback_query_id")]
	if !ok || time.Since(q.at) > queryLife {
		return nil, badRequest(queryTooOld)
	}
	delete(s.queries, a.str("callback_query_id"))
	q.answer <- Answer{Text: a.str("text"), Alert: a.flag("show_alert")}
	s.announce()
	return true, nil
}

func (s *Server) getChat(a *args) (any, error) {
	c, err := s.chat(a)
	if err != nil {
		return nil, err
	}
	return c.Chat, nil
}

// getChatMember knows everybody who was added to the server as a member of every chat.
func (s *Server) getChatMember(a *args) (any, error) {
	c, err := s.chat(a)
	if err != nil {
		return nil, err
	}
	id, _ := strconv.ParseInt(a.str("user_id"), 10, 64)
	user, ok := s.people[id]
	if !ok {
		return nil, badRequest(noUser)
	}
	return chatMember{User: user, Status: c.status(id)}, nil
}

type chatMember struct {
	User   User   `json:"user"`
	Status string `json:"status"`
}

func (c *chat) status(id int64) string {
	if slices.Contains(c.Admins, id) {
		return "administrator"
	}
	return "member"
}

func (s *Server) leaveChat(a *args) (any, error) {
	c, err := s.chat(a)
	if err != nil {
		return nil, err
	}
	c.bot = left
	s.announce()
	return true, nil
}

func (s *Server) sendChatAction(a *args) (any, error) {
	actions := []string{
		"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
		"choose_sticker", "find_location", "record_video_note", "upload_video_note",
	}
	if !slices.Contains(actions, a.str("action")) {
		return nil, malformed(badAction)
	}
	thread := a.integer("message_thread_id", noThread)
	c, err := s.chat(a)
	if err != nil {
		return nil, err
	}
	return true, c.checkThread(thread)
}
