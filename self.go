package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/health"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/web"
)

// How Siaga looks after itself: its own silence is an alert.

const (
	// lookEvery is how often Siaga looks at itself.
	lookEvery = time.Minute
	// lookWithin bounds one look: a store that is held by somebody must not
	// keep the looker too.
	lookWithin = 10 * time.Second
)

// watchSelf looks at Siaga until ctx ends.
func (a *app) watchSelf(ctx context.Context) error {
	return every(ctx, lookEvery, func() {
		if err := a.examine(ctx, time.Now()); err != nil && ctx.Err() == nil {
			a.log.Error("look after myself", "err", err)
		}
	})
}

// every calls fn again and again, the first time after one period.
func every(ctx context.Context, period time.Duration, fn func()) error {
	ticker := time.NewTicker(period)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			fn()
		}
	}
}

// look is Siaga as it saw itself at one moment.
type look struct {
	at     time.Time
	signs  health.Signs
	before []health.Alarm // kept
	alarms []health.Alarm
}

// look reads everything that an examination needs.
func (a *app) look(ctx context.Context, now time.Time) (look, error) {
	l := look{at: now, signs: health.Signs{
		Started: a.since, Read: a.watcher.LastRead(), Ticked: a.watcher.LastTick(), Waiting: a.watcher.Waiting(),
	}}
	for _, f := range a.feeds {
		if !f.Spec.Fetched() {
			continue
		}
		if l.signs.Fetched++; l.signs.Fetched == 1 || f.Spec.Every < l.signs.Every {
			l.signs.Every = f.Spec.Every
		}
	}
	measure := a.outside.space
	if measure == nil {
		measure = health.Measure
	}
	var err error
	if l.signs.Disk, err = measure(a.data); err != nil {
		a.log.Debug("look after myself", "err", err) // where the disk is gone, the store says so
	}
	err = a.db.View(ctx, func(tx store.Tx) (err error) {
		l.before, l.signs.Growth, err = health.Read(tx)
		return err
	})
	l.alarms = health.Examine(l.signs, l.before, now)
	return l, err
}

// examine tells the admins what has begun and what is over, each once.
func (a *app) examine(ctx context.Context, now time.Time) error {
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	l, err := a.look(ctx, now)
	if err != nil {
		return err
	}
	growth, ended := l.signs.Growth.Next(l.signs.Disk.Store, now)
	begun, over := health.Changes(l.before, l.alarms)
	if !ended && len(begun)+len(over) == 0 {
		return nil
	}
	for _, al := range begun {
		a.log.Warn("something is wrong with siaga itself", "trouble", string(al.Trouble), "since", al.Since)
	}
	for _, al := range over {
		a.log.Info("siaga itself is better", "trouble", string(al.Trouble), "since", al.Since)
	}
	return a.db.Update(ctx, func(tx store.Tx) error {
		if err := health.KeepGrowth(tx, growth); err != nil {
			return err
		}
		if err := health.Keep(tx, begun, over); err != nil {
			return err
		}
		return a.tellTroubles(tx, l, begun, over)
	})
}

func (a *app) tellTroubles(tx store.Tx, l look, begun, over []health.Alarm) error {
	for _, al := range begun {
		if err := a.outbox.Note(tx, a.ill(al, l)); err != nil {
			return err
		}
	}
	for _, al := range over {
		if err := a.outbox.Note(tx, l.note(al, troubleSays(al.Trouble).over)); err != nil {
			return err
		}
	}
	return nil
}

// says is what the admins are told of a trouble.
type says struct{ begins, over notifier.Why }

func troubleSays(t health.Trouble) says {
	return map[health.Trouble]says{
		health.Unread:  {notifier.Unread, notifier.ReadAgain},
		health.Stalled: {notifier.Stalled, notifier.RunsAgain},
		health.Full:    {notifier.DiskFull, notifier.DiskRoom},
		health.Growing: {notifier.DiskGrowing, notifier.DiskRoom},
	}[t]
}

// ill says that there is a trouble, with what the store said where it is the cause.
func (a *app) ill(al health.Alarm, l look) notifier.Note {
	n := l.note(al, troubleSays(al.Trouble).begins)
	if why := a.watcher.Refused(); why != "" && al.Trouble == health.Stalled {
		n.Lines = []string{why}
	}
	return n
}

// note is about one trouble, with every number that a sentence may want.
func (l look) note(al health.Alarm, why notifier.Why) notifier.Note {
	d := l.signs.Disk
	return notifier.Note{Why: why, At: l.at, Since: al.Since, Args: map[string]string{
		"free": bot.Bytes(d.Free), "percent": fmt.Sprintf("%d %%", d.Free*100/max(1, d.Total)),
		"grown": bot.Bytes(l.signs.Growth.PerDay), "days": strconv.FormatInt(l.signs.DaysLeft(), 10),
	}}
}

// showSelf puts a look at Siaga itself into its status.
func (a *app) showSelf(ctx context.Context, s *bot.Status) error {
	l, err := a.look(ctx, time.Now())
	for _, al := range l.alarms {
		s.Ill = append(s.Ill, a.ill(al, l))
	}
	s.Disk = bot.Disk{Store: l.signs.Disk.Store, Free: l.signs.Disk.Free}
	if a.live.Config().Beat.URL.Set() {
		beat := a.pulse.read().Beat
		s.Beat = &beat
	}
	return err
}

// judgeSelf puts what is wrong with Siaga itself into what /healthz answers: a
// disk that fills does not hinder it yet.
func (a *app) judgeSelf(ctx context.Context, h *web.Health) {
	l, _ := a.look(ctx, time.Now()) // a store that cannot be read is told of already
	for _, al := range l.alarms {
		since := al.Since.UTC().Format(time.RFC3339)
		switch al.Trouble {
		case health.Unread:
			h.Problems = append(h.Problems, "no source could be fetched since "+since)
		case health.Stalled:
			h.Problems = append(h.Problems, "nothing was evaluated or taken in since "+since)
		case health.Full:
			h.Warnings = append(h.Warnings, fmt.Sprintf("the disk of the data file has only %s left", bot.Bytes(l.signs.Disk.Free)))
		case health.Growing:
			h.Warnings = append(h.Warnings, fmt.Sprintf("the disk of the data file will be full in %d days", l.signs.DaysLeft()))
		}
	}
}

// selfGauges are the numbers of Siaga itself. Who scrapes them notices a stop
// by himself: time() - siaga_last_tick_timestamp_seconds.
func (a *app) selfGauges() []web.Gauge {
	moment := func(of func() time.Time) func() float64 {
		return func() float64 {
			if t := of(); !t.IsZero() {
				return float64(t.UnixMilli()) / 1000
			}
			return 0
		}
	}
	looked := func(read func(look) float64) func() float64 {
		return func() float64 {
			ctx, cancel := context.WithTimeout(context.Background(), time.Second)
			defer cancel()
			l, _ := a.look(ctx, time.Now()) // /healthz tells of a store that cannot be read
			return read(l)
		}
	}
	return []web.Gauge{
		{Name: "siaga_last_fetch_timestamp_seconds", Help: "When a source last answered; 0 before.", Read: moment(a.watcher.LastRead)},
		{Name: "siaga_last_tick_timestamp_seconds", Help: "When rules were last evaluated by time; 0 before.", Read: moment(a.watcher.LastTick)},
		{Name: "siaga_troubles", Help: "How many things are wrong with Siaga itself, which /status names.", Read: looked(func(l look) float64 { return float64(len(l.alarms)) })},
		{Name: "siaga_store_bytes", Help: "Size of the data file.", Read: looked(func(l look) float64 { return float64(l.signs.Disk.Store) })},
		{Name: "siaga_disk_free_bytes", Help: "Free space on the disk of the data file.", Read: looked(func(l look) float64 { return float64(l.signs.Disk.Free) })},
		{Name: "siaga_heartbeats_total", Help: "Heartbeats that arrived since the start.", Counter: true, Read: func() float64 { return float64(a.pulse.read().Sent) }},
		{Name: "siaga_heartbeat_failures_total", Help: "Heartbeats that did not arrive since the start.", Counter: true, Read: func() float64 { return float64(a.pulse.read().Failed) }},
	}
}
