package main

import (
	"context"
	"errors"
	"time"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

// maxMistakes is how many of them a chat is told; the log has all.
const maxMistakes = 5

// tellReload tells the admins what came of looking at the files: what is wrong
// with them, the same mistakes once, and that they are good again. What was
// told last need not outlive the process, which starts with good files only.
func (a *app) tellReload(ctx context.Context, err error) {
	said := ""
	if err != nil {
		said = err.Error()
	}
	was, _ := a.mistakes.Swap(said).(string)
	switch {
	case said == was:
		return
	case err == nil:
		err = a.note(ctx, notifier.Note{Why: notifier.ConfigGood, At: time.Now()})
	default:
		err = a.note(ctx, refusal(err))
	}
	if err != nil {
		a.log.Error("tell the admins of the configuration", "err", err)
	}
}

// refusal says why files were refused.
func refusal(err error) notifier.Note {
	lines := []string{err.Error()}
	if list, ok := errors.AsType[config.Errors](err); ok {
		lines = nil
		for _, e := range list {
			lines = append(lines, e.Error())
		}
	}
	shown := min(len(lines), maxMistakes)
	return notifier.Note{Why: notifier.ConfigRefused, At: time.Now(), Lines: lines[:shown], More: len(lines) - shown}
}

func (a *app) note(ctx context.Context, n notifier.Note) error {
	return a.db.Update(ctx, func(tx store.Tx) error { return a.outbox.Note(tx, n) })
}
