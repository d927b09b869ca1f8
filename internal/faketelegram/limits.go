package faketelegram

import (
	"time"
	"unicode/utf16"
)

// Published limits. Source: Bot API 10.1 (PaulSonOfLars/telegram-bot-api-spec @160fd99), the named field.
const (
	textMax        = 4096 // sendMessage.text, editMessageText.text: characters after entity parsing; counted here in UTF-16 units, the harsher reading
	dataMax        = 64   // InlineKeyboardButton.callback_data: 1-64 bytes
	answerMax      = 200  // answerCallbackQuery.text: 0-200 characters
	updatesMax     = 100  // getUpdates.limit: 1-100
	commandsMax    = 100  // setMyCommands.commands
	commandMax     = 32   // BotCommand.command: 1-32 of a-z, 0-9 and underscore
	descriptionMax = 256  // BotCommand.description: 1-256 characters
)

// Unpublished limits.
const (
	floodBurst     = 3                // messages to one chat before one a second applies; the FAQ only says "short bursts"
	groupPerMinute = 20               // core.telegram.org/bots/faq: "20 messages per minute to the same group"; edits count
	queryLife      = 15 * time.Second // how long a press can be answered, as observed by bots in the field
)

// Flood is how fast one chat may be written to before the server answers 429.
type Flood struct {
	// Burst is how many posts and edits may come at once before one a second applies. 1 tolerates no burst.
	Burst int
	// PerMinute is how many posts and edits a group takes in any 60 seconds.
	PerMinute int
}

// SetFlood changes the pace that the server tolerates; New allows bursts of 3 and 20 a minute.
func (s *Server) SetFlood(f Flood) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flood = f
}

// pace counts one post or edit against the chat's budget, or refuses it with the time to wait.
func (c *chat) pace(f Flood, now time.Time) error {
	if free := c.paidUntil.Add(-time.Duration(f.Burst-1) * time.Second); now.Before(free) {
		return tooMany(free.Sub(now))
	}
	if c.Type != "private" {
		for len(c.accepted) > 0 && now.Sub(c.accepted[0]) >= time.Minute {
			c.accepted = c.accepted[1:]
		}
		if len(c.accepted) >= f.PerMinute {
			return tooMany(c.accepted[0].Add(time.Minute).Sub(now))
		}
		c.accepted = append(c.accepted, now)
	}
	if c.paidUntil.Before(now) {
		c.paidUntil = now
	}
	c.paidUntil = c.paidUntil.Add(time.Second)
	return nil
}

func utf16Len(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}
