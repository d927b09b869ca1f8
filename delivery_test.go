package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/bot/slack"
	"github.com/siaga-id/siaga/bot/telegram"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/fakeslack"
	"github.com/siaga-id/siaga/internal/faketelegram"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// post is the way from the desk to the two messengers, without the rest.
type post struct {
	t      *testing.T
	db     store.DB
	tg     *faketelegram.Server
	sl     *fakeslack.Server
	plan   atomic.Pointer[notifier.Plan]
	send   map[string]notifier.Sender
	outbox *notifier.Outbox
	desk   *incident.Desk
	stop   func()
}

const (
	tgChat = notifier.Dest("telegram:-1001234567890:0")
	slChat = notifier.Dest("slack:C0123456")
)

func newPost(t *testing.T) *post {
	t.Helper()
	db, err := store.Open(filepath.Join(t.TempDir(), "siaga.db"))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t}
	w.withChats()
	lang, err := bot.NewLang("id")
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	tg, err := telegram.New(telegram.Config{Token: func() string { return tgToken }, HTTP: w.tg.RoundTripper(), Lang: lang, DB: db, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	sl, err := slack.New(slack.Config{
		BotToken: func() string { return slBot }, AppToken: func() string { return slApp }, HTTP: w.sl.Client(), APIURL: w.sl.APIURL(),
		Lang: lang, DB: db, Log: log,
	})
	if err != nil {
		t.Fatal(err)
	}
	p := &post{t: t, db: db, tg: w.tg, sl: w.sl, send: map[string]notifier.Sender{"telegram": tg, "slack": sl}}
	library, _ := facts.NewLibrary(nil)
	p.plan.Store(&notifier.Plan{
		Sites:     map[string]notifier.Place{"rembang": {Name: "Rembang", Zone: time.UTC, Receivers: []string{"humas"}}},
		Receivers: map[string]notifier.Receiver{"humas": {Name: "humas", Dests: []notifier.Dest{tgChat, slChat}}},
		Facts:     library, Zone: time.UTC,
	})
	p.start()
	t.Cleanup(func() { p.stop(); p.sl.Close(); db.Close() })
	return p
}

// start lets a new process deliver from the same store.
func (p *post) start() {
	p.t.Helper()
	p.outbox = notifier.NewOutbox(notifier.Outbox{
		DB: p.db, Plan: &p.plan, Senders: p.send, Log: slog.New(slog.DiscardHandler),
		Blind: func(store.Tx, time.Time) ([]notifier.Blind, error) { return nil, nil },
	})
	p.desk = &incident.Desk{DB: p.db, Notify: p.outbox.Tell}
	if err := p.outbox.Recall(p.t.Context(), time.Now()); err != nil {
		p.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { p.outbox.Run(ctx); close(done) }()
	p.stop = func() { cancel(); <-done }
}

func (p *post) fire(n, posts int, level rules.Severity) {
	p.t.Helper()
	phase := rules.Grew
	if posts == 5 {
		phase = rules.Began
	}
	f := rules.Firing{
		Rule: "Debu", Phase: phase, Topic: fmt.Sprintf("topik%02d", n), Site: "rembang", Severity: level, At: time.Now(),
		Counts: rules.Counts{Posts: posts, Stories: posts, Voices: posts},
	}
	if err := p.db.Update(p.t.Context(), func(tx store.Tx) error { return p.desk.Fire(tx, f) }); err != nil {
		p.t.Fatal(err)
	}
}

// calls returns when the chats were written to, and the refusals.
func (p *post) calls() (tg, sl []time.Time, refused []string) {
	for _, c := range p.tg.Calls() {
		if tg = append(tg, c.At); c.Code != 200 {
			refused = append(refused, c.String())
		}
	}
	for _, c := range p.sl.Calls() {
		if sl = append(sl, c.At); c.Code != "" {
			refused = append(refused, c.Method+" "+c.Code)
		}
	}
	return tg, sl, refused
}

// shown is everything that the two chats show now.
func (p *post) shown() (tg, sl string) {
	for _, m := range p.tg.Messages(group) {
		tg += m.Text + "\n"
	}
	for _, m := range p.sl.Messages(channel) {
		sl += m.Plain + "\n"
	}
	return tg, sl
}

func perMinute(at []time.Time) int {
	most := 0
	for i := range at {
		n := 0
		for _, t := range at[i:] {
			if t.Sub(at[i]) < time.Minute {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// TestThirtyIncidentsInTenMinutes is the storm of issue 5: no chat gets more
// than its limit, what is critical is there within seconds, nothing is lost,
// all of it through a restart.
func TestThirtyIncidentsInTenMinutes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		critical := map[int]bool{5: true, 14: true, 15: true, 29: true}
		for n := 1; n <= 30; n++ {
			level := rules.Warning
			if critical[n] {
				level = rules.Critical
			}
			p.fire(n, 5, level)
			if critical[n] {
				rest(3 * time.Second)
				tg, sl := p.shown()
				for _, chat := range []string{tg, sl} {
					if !strings.Contains(chat, fmt.Sprintf("SIAGA · ISU-%d ", n)) {
						t.Errorf("3 s after it began, ISU-%d is not in\n%s", n, chat)
					}
				}
			}
			for before := 1; before <= n; before++ { // all that there is goes on growing
				p.fire(before, 5+n, rules.Warning)
			}
			if n == 18 {
				p.stop()
				p.start()
			}
			rest(20 * time.Second)
		}
		rest(5 * time.Minute)
		tg, sl, refused := p.calls()
		if len(refused) > 0 || perMinute(tg) > 18 || perMinute(sl) > 18 {
			t.Errorf("Telegram got %d calls in a minute, Slack %d; refused: %q", perMinute(tg), perMinute(sl), refused)
		}
		t.Logf("Telegram: %d calls, at most %d a minute; Slack: %d, %d", len(tg), perMinute(tg), len(sl), perMinute(sl))
		p.nothingLost(30)
		inTelegram, _ := p.shown()
		if n := strings.Count(inTelegram, "BADAI"); n != 1 {
			t.Errorf("%d storm cards in\n%s", n, inTelegram)
		}
	})
}

// nothingLost finds every incident in both chats: with its line on a storm
// card, or with a card that shows it as it is.
func (p *post) nothingLost(n int) {
	p.t.Helper()
	backlogs, err := p.outbox.Backlogs(p.t.Context())
	if err != nil {
		p.t.Error(err)
	}
	for _, b := range backlogs {
		if b.Cards > 0 {
			p.t.Errorf("%s still waits for %d cards: %s", b.Dest, b.Cards, b.LastErr)
		}
	}
	for id := 1; id <= n; id++ {
		for _, d := range []notifier.Dest{tgChat, slChat} {
			s, err := p.outbox.Spoken(p.t.Context(), d, incident.ID(id))
			if err != nil || !s.Shown || s.Waiting {
				p.t.Errorf("ISU-%d in %s: %+v, %v", id, d, s, err)
			}
		}
	}
}

// TestAGroupThatBecomesASupergroupGoesOn from its first word on, through a
// restart, and tells the admins what to write into config.yaml.
func TestAGroupThatBecomesASupergroupGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const upgraded = int64(-1009876543210)
		w := newWorld(t, chatReceivers+"admin_receivers: [humas-aceh]\n")
		w.withChats()
		t.Cleanup(w.sl.Close)
		w.start()
		rest(10 * time.Second)
		w.onTelegram("ISU-1", "Belum ditangani")
		w.tg.Migrate(group, upgraded)
		rest(10 * time.Second)
		w.onSlack("menjadi supergrup", "penerima humas-kupang, humas-rembang", "ganti chat: -1001234567890 dengan chat: -1009876543210")

		ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
		defer cancel()
		cardIn := func(words ...string) faketelegram.Message {
			for _, m := range w.tg.Messages(upgraded) {
				if hasAll(m.Text, words) {
					return m
				}
			}
			t.Fatalf("the new group shows no %q: %v\n%s", words, w.tg.Messages(upgraded), w.err.String())
			return faketelegram.Message{}
		}
		toast, err := w.tg.Press(ctx, upgraded, cardIn("ISU-1", "Belum ditangani").ID, sari, "✋ Ambil")
		if err != nil || !strings.Contains(toast.Text, "Terima kasih, Sari") {
			t.Fatalf("toast %q, %v", toast.Text, err)
		}
		w.stop()
		w.start()
		rest(10 * time.Second)
		w.tg.Say(upgraded, sari, "/catat 1 tim berangkat")
		rest(10 * time.Second)
		cardIn("ISU-1", "Ditangani Sari")
		cardIn("Dicatat")
		w.onSlack("tim berangkat")
		w.stop()
		if v := w.tg.Violations(); len(v) > 0 || strings.Contains(w.err.String(), "leave a chat") {
			t.Errorf("violations %v\n%s", v, w.err.String())
		}
	})
}
