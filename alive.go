package main

import (
	"context"
	"time"

	"github.com/siaga-id/siaga/health"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

// examineEvery is how often Siaga looks at itself.
const examineEvery = 30 * time.Second

// watchHealth tells the admins what is wrong with Siaga itself, when it begins
// and when it is over, and lets the heart beat while nothing is that would keep
// an alert from them.
func (a *app) watchHealth(ctx context.Context) error {
	look := time.NewTicker(examineEvery)
	defer look.Stop()
	var beaten time.Time
	failing := false
	for {
		select {
		case <-ctx.Done():
			return nil
		case now := <-look.C:
			well := a.examine(ctx, now)
			if !well || a.heart == nil || now.Sub(beaten) < a.beatEvery-examineEvery/2 {
				continue
			}
			err := a.heart.Beat(ctx)
			if err != nil && !failing && ctx.Err() == nil {
				a.log.Warn("no heartbeat is sent; trying again by itself", "err", err)
			}
			beaten, failing = now, err != nil
		}
	}
}

// examine keeps and tells what has begun or ended, and reports whether Siaga
// is well: nothing deadly is the matter, and the store can be read and written.
func (a *app) examine(ctx context.Context, now time.Time) bool {
	var before, is []health.Alarm
	var growth health.Growth
	err := a.db.View(ctx, func(tx store.Tx) (err error) {
		before, growth, err = health.Read(tx)
		return err
	})
	signs := a.signs(growth)
	next, ended := growth.Next(signs.Disk.Store, now)
	if err == nil {
		is = health.Examine(signs, before, now)
		if ended || !sameAlarms(before, is) {
			err = a.db.Update(ctx, func(tx store.Tx) error { return a.tellHealth(tx, before, is, next, now) })
		}
	}
	if err != nil {
		if ctx.Err() == nil {
			a.log.Error("look at myself", "err", err)
		}
		return false
	}
	for _, alarm := range is {
		if alarm.Trouble.Deadly() {
			return false
		}
	}
	return a.reaches(ctx)
}

func sameAlarms(a, b []health.Alarm) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Trouble != b[i].Trouble {
			return false
		}
	}
	return true
}

// tellHealth keeps what is wrong, and notes for the admins what has changed.
func (a *app) tellHealth(tx store.Tx, before, is []health.Alarm, growth health.Growth, now time.Time) error {
	if err := health.KeepGrowth(tx, growth); err != nil {
		return err
	}
	begun, over, err := health.Keep(tx, before, is)
	if err != nil {
		return err
	}
	for _, alarm := range begun {
		if err := a.outbox.Note(tx, notifier.Note{Why: alarmWhy(alarm.Trouble), At: alarm.Since}); err != nil {
			return err
		}
	}
	for _, alarm := range over {
		if err := a.outbox.Note(tx, notifier.Note{Why: overWhy(alarm.Trouble), At: now}); err != nil {
			return err
		}
	}
	return nil
}

func alarmWhy(t health.Trouble) notifier.Why {
	return map[health.Trouble]notifier.Why{
		health.Unread: notifier.Unread, health.Stalled: notifier.Stalled,
		health.Full: notifier.DiskFull, health.Growing: notifier.DiskGrowing,
	}[t]
}

func overWhy(t health.Trouble) notifier.Why {
	return map[health.Trouble]notifier.Why{
		health.Unread: notifier.ReadAgain, health.Stalled: notifier.RunsAgain,
		health.Full: notifier.DiskRoom, health.Growing: notifier.DiskRoom,
	}[t]
}

// signs is what there is to see of Siaga now.
func (a *app) signs(growth health.Growth) health.Signs {
	s := health.Signs{
		Started: a.since, Read: a.watcher.LastRead(), Ticked: a.watcher.LastTick(), Waiting: a.watcher.Waiting(), Growth: growth,
	}
	for _, f := range a.feeds {
		if !f.Spec.Fetched() {
			continue
		}
		if s.Fetched++; s.Every == 0 || f.Spec.Every < s.Every {
			s.Every = f.Spec.Every
		}
	}
	var err error
	if s.Disk, err = health.Measure(a.live.Config().Store); err != nil {
		a.log.Debug("measure the disk", "err", err) // not known is no trouble
	}
	return s
}

// reaches reports whether at least one chat can be spoken to.
func (a *app) reaches(ctx context.Context) bool {
	backlogs, err := a.outbox.Backlogs(ctx)
	if err != nil {
		return false
	}
	for _, b := range backlogs {
		if b.LastErr == "" {
			return true
		}
	}
	return len(backlogs) == 0
}
