package bot

import (
	"strconv"
	"strings"

	"github.com/siaga-id/siaga/notifier"
)

// wayArgs fill in which chats a note about the way to them means, and what
// waits for them.
func (l *Lang) wayArgs(n notifier.Note, c notifier.Card) []string {
	w := n.Way
	waiting := ""
	if w.Cards > 0 {
		waiting = l.say(wayWaiting, "cards", l.count(countCards, w.Cards))
	}
	return []string{
		"what", l.messenger(w), "chat", one(string(w.Dest), placeRunes), "receivers", l.names(w.Receivers),
		"old", chatID(w.Dest), "new", chatID(w.To),
		"since", l.clock(w.Since, n.At, c.Zone), "span", l.Span(n.At.Sub(w.Since)),
		"waiting", waiting, "error", one(w.Err, errorRunes),
	}
}

// messenger names a transport, and how many of its chats are meant where it is
// not all of them.
func (l *Lang) messenger(w *notifier.Way) string {
	name := upper(w.Transport)
	if w.Chats < w.Of {
		return l.say(waySome, "what", name, "n", strconv.Itoa(w.Chats), "of", strconv.Itoa(w.Of))
	}
	return name
}

// chatID is the number under which a group stands in the configuration.
func chatID(d notifier.Dest) string {
	id, _, _ := strings.Cut(d.Address(), ":")
	return id
}
