package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

// What happens when the files may have changed.

const (
	// reloadEvery is how often the configuration files are looked at.
	reloadEvery = 2 * time.Second
	// maxMistakes is how many of them a chat is told; the log has all.
	maxMistakes = 5
)

// Who asks for a look at the files, where it is no person in a chat.
const (
	byFile   = "file"
	bySignal = "signal"
)

// watchConfig reloads on SIGHUP and when a file changes.
func (a *app) watchConfig(ctx context.Context) error {
	changed := make(chan struct{}, 1)
	go config.Watch(ctx, reloadEvery, a.live.Files, func() {
		select {
		case changed <- struct{}{}:
		default: // a look is due already
		}
	})
	for {
		asked := byFile
		select {
		case <-ctx.Done():
			return nil
		case <-a.outside.hangup:
			asked = bySignal
		case <-changed:
		}
		_, _ = a.reload(ctx, asked) // it has logged what is wrong
	}
}

// reload takes the files in force for whoever asks: a changed file, a signal or
// a person in a chat. The same mistakes are logged once, and again for a signal,
// whose sender has nothing but the log.
func (a *app) reload(ctx context.Context, asked string) (config.Report, error) {
	report, err := a.live.Reload()
	news := a.tellReload(ctx, err)
	if err != nil {
		if news || asked == bySignal {
			refuse(a.log, err)
		}
		return report, err
	}
	if err := a.settle(ctx); err != nil {
		a.log.Error("settle the rules in shadow", "err", err)
	}
	if err := a.refresh(ctx); err != nil {
		a.log.Error("draw the cards anew", "err", err)
	}
	warn(a.log, a.live.Config())
	a.log.Info("configuration reloaded", "asked", asked, "changed", report.Changed, "hash", a.live.Config().Hash)
	if len(report.Restart) > 0 {
		a.log.Warn("these changes take effect at the next start", "changed", report.Restart)
	}
	return report, nil
}

// reloadFor looks at the files for a person. That they are refused is an
// answer, and no failure.
func (a *app) reloadFor(ctx context.Context, by string) (bot.Reloaded, error) {
	report, err := a.reload(ctx, by)
	out := bot.Reloaded{Changed: report.Changed, Restart: report.Restart, Config: a.live.Config().Hash}
	if _, refused := errors.AsType[config.Errors](err); refused {
		out.Wrong, err = mistakes(err), nil
	}
	return out, err
}

// refuse logs why a configuration is not taken, one mistake a line.
func refuse(log *slog.Logger, err error) {
	for _, line := range mistakes(err) {
		log.Error("configuration refused, the earlier one stays in force", "err", line)
	}
}

// mistakes is what is wrong with files, each with its place.
func mistakes(err error) []string {
	list, ok := errors.AsType[config.Errors](err)
	if !ok {
		return []string{err.Error()}
	}
	lines := make([]string, len(list))
	for i, e := range list {
		lines[i] = e.Error()
	}
	return lines
}

// tellReload tells the admins what came of looking at the files: what is wrong
// with them, the same mistakes once, and that they are good again. What was
// told last need not outlive the process, which starts with good files only. It
// reports whether this was news.
func (a *app) tellReload(ctx context.Context, err error) bool {
	said := ""
	if err != nil {
		said = err.Error()
	}
	was, _ := a.told.Swap(said).(string)
	switch {
	case said == was:
		return false
	case err == nil:
		err = a.note(ctx, notifier.Note{Why: notifier.ConfigGood, At: time.Now()})
	default:
		err = a.note(ctx, refusal(err))
	}
	if err != nil {
		a.log.Error("tell the admins of the configuration", "err", err)
	}
	return true
}

// refusal says why files were refused.
func refusal(err error) notifier.Note {
	lines := mistakes(err)
	shown := min(len(lines), maxMistakes)
	return notifier.Note{Why: notifier.ConfigRefused, At: time.Now(), Lines: lines[:shown], More: len(lines) - shown}
}

func (a *app) note(ctx context.Context, n notifier.Note) error {
	return a.db.Update(ctx, func(tx store.Tx) error { return a.outbox.Note(tx, n) })
}

// refresh has the cards drawn with the facts and names now in force.
func (a *app) refresh(ctx context.Context) error {
	return a.db.Update(ctx, func(tx store.Tx) error { return a.outbox.Refresh(tx, time.Now()) })
}
