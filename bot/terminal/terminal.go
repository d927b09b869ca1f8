// Package terminal is the chat of a fresh machine: it prints cards and answers
// what is typed. Paper cannot be edited, so a card whose state has changed is
// printed again, and one whose counts have moved gets one line.
package terminal

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"

	"golang.org/x/term"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
)

// Dest is the one chat of this transport; its one person has the same name.
const Dest notifier.Dest = "terminal"

var (
	_ notifier.Sender = (*Terminal)(nil)
	_ notifier.Editor = (*Terminal)(nil)
)

// Talker answers a typed line; *bot.Talk is one. With an error the answer says
// that nothing was stored.
type Talker interface {
	Hear(ctx context.Context, s bot.Saying) (bot.Answer, error)
}

// Options are how the terminal looks.
type Options struct {
	Width int          // columns; 0: 80, else at least 20
	Color bool         // the level of a card in colour
	Log   *slog.Logger // nil: no log
}

// Widths in columns.
const (
	usualWidth = 80
	leastWidth = 20
	readWidth  = 100 // longer lines are hard to read
)

// Detect finds out how wide out is and whether it wants colour: a terminal
// does, unless NO_COLOR is set to anything (no-color.org) or TERM is dumb.
func Detect(out *os.File) Options {
	fd := int(out.Fd())
	if !term.IsTerminal(fd) {
		return Options{}
	}
	width, _, err := term.GetSize(fd)
	if err != nil {
		width = usualWidth
	}
	return Options{
		Width: width,
		Color: os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
	}
}

// Terminal is a notifier.Editor on paper.
type Terminal struct {
	in   io.Reader
	talk Talker
	lang *bot.Lang
	look Options

	mu    sync.Mutex // one write at a time, and the map
	out   io.Writer
	shown map[incident.ID]shown
	storm []bot.Block // as it was printed last
}

// New returns a Terminal that prints on out and, while Run runs, hears in.
func New(out io.Writer, in io.Reader, talk Talker, lang *bot.Lang, look Options) *Terminal {
	if look.Width == 0 {
		look.Width = usualWidth
	}
	look.Width = min(max(look.Width, leastWidth), readWidth)
	if look.Log == nil {
		look.Log = slog.New(slog.DiscardHandler)
	}
	return &Terminal{in: in, talk: talk, lang: lang, look: look, out: out, shown: map[incident.ID]shown{}}
}

// shown is what a card on paper says, apart from its moving counts.
type shown struct {
	shape string
	line  string
}

// Send prints a message. Writing it is delivery: the receipt says "terminal".
func (t *Terminal) Send(ctx context.Context, m notifier.Message) (notifier.Receipt, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := t.card(m)
	switch m.Kind {
	case notifier.KindCard:
	case notifier.KindStorm:
		text = t.stormCard(m)
	default:
		text = t.lines(t.lang.Layout(m), "")
	}
	if err := t.write(ctx, text); err != nil {
		return notifier.Receipt{}, err
	}
	t.saw(m)
	return notifier.Receipt{MsgID: string(Dest)}, nil
}

// Edit prints what is new about a card: all of it when its state has changed,
// one line when only its counts have, and nothing where nothing has.
func (t *Terminal) Edit(ctx context.Context, _ notifier.Receipt, m notifier.Message) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if m.Kind == notifier.KindStorm {
		return t.grownStorm(ctx, m)
	}
	before, now := t.shown[m.Card.Incident.ID], t.seen(m.Card)
	text := t.card(m)
	switch {
	case before == now:
		return nil
	case before.shape == now.shape:
		text = wrap(now.line, t.look.Width, "  ") + "\n"
	}
	if err := t.write(ctx, text); err != nil {
		return err
	}
	t.shown[m.Card.Incident.ID] = now
	return nil
}

// saw remembers what was printed.
func (t *Terminal) saw(m notifier.Message) {
	switch m.Kind {
	case notifier.KindCard:
		t.shown[m.Card.Incident.ID] = t.seen(m.Card)
	case notifier.KindStorm:
		t.storm = t.lang.Layout(m)
	default:
	}
}

func (t *Terminal) seen(c notifier.Card) shown {
	in := c.Incident
	shape := fmt.Sprint(in.StateRev, in.Severity, c.Answer.Acknowledge, c.Answer.Live == 0)
	for _, f := range c.Answer.Facts {
		shape += " " + f.ID
	}
	return shown{shape: shape, line: t.lang.Update(c)}
}

// answer prints what a typed line got to hear.
func (t *Terminal) answer(ctx context.Context, ans bot.Answer) error {
	if ans.Text == "" {
		return nil
	}
	text := wrap(ans.Text, t.look.Width, "  ") + "\n"
	if len(ans.Choices) > 0 {
		var labels []string
		for _, c := range ans.Choices {
			labels = append(labels, c.Label)
		}
		text += wrap(strings.Join(labels, " · "), t.look.Width, "  ") + "\n"
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.write(ctx, text)
}

// write prints text in one call. A terminal that takes no more may take more
// later, and what it has not taken nobody has seen.
func (t *Terminal) write(ctx context.Context, text string) error {
	err := ctx.Err()
	if err == nil {
		_, err = io.WriteString(t.out, text)
	}
	if err != nil {
		return &notifier.SendError{Class: notifier.NotSent, Err: fmt.Errorf("print: %w", err)}
	}
	return nil
}
