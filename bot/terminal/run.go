package terminal

import (
	"bufio"
	"context"
	"errors"
	"io"
	"time"

	"github.com/siaga-id/siaga/bot"
)

// maxLine bounds a typed line in bytes; what is longer was pasted by mistake.
const maxLine = 8 << 10

// Greet says what will happen here and how to answer. It is the first thing
// that a newcomer reads.
func (t *Terminal) Greet(ctx context.Context) error {
	return t.answer(ctx, bot.Answer{Text: t.lang.Say("terminal.greeting")})
}

// Run answers the lines of in until ctx ends. The end of in does not end it:
// cards go on being printed. A reader that blocks for ever, as a terminal's
// does, keeps one goroutine until its next line or the end of the process.
func (t *Terminal) Run(ctx context.Context) error {
	lines := make(chan string)
	go t.read(ctx, lines)
	for {
		select {
		case <-ctx.Done():
			return nil
		case line, ok := <-lines:
			if !ok {
				lines = nil
				t.say(ctx, bot.Answer{Text: t.lang.Say("terminal.closed")})
				continue
			}
			t.hear(ctx, line)
		}
	}
}

// read hands lines over until in ends or nobody takes them.
func (t *Terminal) read(ctx context.Context, lines chan<- string) {
	defer close(lines)
	in := bufio.NewReaderSize(t.in, maxLine)
	for {
		line, err := readLine(in)
		if err != nil {
			if !errors.Is(err, io.EOF) {
				t.look.Log.Warn("terminal: read", "err", err)
			}
			return
		}
		select {
		case lines <- line:
		case <-ctx.Done():
			return
		}
	}
}

// readLine returns the next line, or as much of it as maxLine.
func readLine(in *bufio.Reader) (string, error) {
	part, more, err := in.ReadLine()
	line := string(part)
	for more && err == nil {
		_, more, err = in.ReadLine()
	}
	return line, err
}

func (t *Terminal) hear(ctx context.Context, line string) {
	ans, err := t.talk.Hear(ctx, bot.Saying{
		Dest: Dest, User: string(Dest), Text: line, At: time.Now(),
	})
	if err != nil {
		t.look.Log.Error("terminal: store an answer", "err", err)
	}
	t.say(ctx, ans)
}

func (t *Terminal) say(ctx context.Context, ans bot.Answer) {
	if err := t.answer(ctx, ans); err != nil {
		t.look.Log.Error("terminal: answer", "err", err)
	}
}
