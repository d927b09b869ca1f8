package terminal

import (
	"context"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/notifier"
)

// stormCard draws the card of a storm between two rules.
func (t *Terminal) stormCard(m notifier.Message) string {
	rule := strings.Repeat("─", t.look.Width) + "\n"
	return rule + t.lines(t.lang.Layout(m), "") + rule
}

// grownStorm prints what is new on the card of a storm: its lines that were
// not printed before.
func (t *Terminal) grownStorm(ctx context.Context, m notifier.Message) error {
	fresh := slices.DeleteFunc(t.lang.Layout(m), func(b bot.Block) bool {
		return slices.ContainsFunc(t.storm, func(before bot.Block) bool { return before.Text == b.Text })
	})
	if len(fresh) == 0 {
		return nil
	}
	if err := t.write(ctx, t.lines(fresh, "")); err != nil {
		return err
	}
	t.saw(m)
	return nil
}
