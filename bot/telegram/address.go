package telegram

import (
	"fmt"
	"strconv"
	"strings"

	tele "gopkg.in/telebot.v3"

	"github.com/siaga-id/siaga/notifier"
)

const transport = "telegram"

// address is a notifier.Dest of this transport, taken apart: a chat and, in a
// forum, one of its topics; 0 is the chat itself.
type address struct {
	chat   int64
	thread int
}

func parseAddress(d notifier.Dest) (address, error) {
	chat, thread, _ := strings.Cut(d.Address(), ":")
	id, err := strconv.ParseInt(chat, 10, 64)
	if err != nil || id == 0 || d.Transport() != transport {
		return address{}, fmt.Errorf("chat %q: want telegram:<chat>:<thread>", d)
	}
	topic, err := strconv.Atoi(thread)
	if thread != "" && (err != nil || topic < 0) {
		return address{}, fmt.Errorf("chat %q: the thread is no number", d)
	}
	return address{chat: id, thread: topic}, nil
}

func (a address) dest() notifier.Dest {
	return notifier.Dest(fmt.Sprintf("%s:%d:%d", transport, a.chat, a.thread))
}

// whereIs returns the address of a message. Telegram numbers the replies of
// an ordinary supergroup as threads too, but only a topic can be written to.
func whereIs(m *tele.Message) address {
	at := address{chat: m.Chat.ID}
	if m.TopicMessage {
		at.thread = m.ThreadID
	}
	return at
}

func userKey(u *tele.User) string { return transport + ":" + strconv.FormatInt(u.ID, 10) }
