package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/faketelegram"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

const (
	token = "7012345678:AAF-rahasia_sekali_jangan_bocor_1234"
	group = int64(-1001234567890)
	topic = 7
	sari  = int64(111)
	budi  = int64(222)
)

var dest = notifier.Dest(fmt.Sprintf("telegram:%d:%d", group, topic))

// world is a Telegram with one group in it, the bot in the group, and a desk
// behind the bot that does as the story says.
type world struct {
	t    *testing.T
	srv  *faketelegram.Server
	db   *failingDB
	desk *desk
	log  *journal
	bot  *Bot
}

// story runs a test in a bubble of fake time, and checks in the end that the
// bot spoke the protocol and kept its secret.
func story(t *testing.T, tell func(t *testing.T, w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		tell(t, w)
		for _, c := range w.srv.Violations() {
			t.Errorf("violation: %s: %v", c.Violation, c)
		}
		if strings.Contains(w.log.String(), "rahasia") {
			t.Errorf("the log shows the token:\n%s", w.log)
		}
	})
}

func newWorld(t *testing.T) *world {
	t.Helper()
	db, err := store.Open(filepath.Join(t.TempDir(), "siaga.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	w := &world{t: t, srv: faketelegram.New(token), db: &failingDB{DB: db}, log: &journal{}}
	w.srv.AddChat(faketelegram.Chat{ID: group, Type: "supergroup", Forum: true, Topics: []int{topic}})
	w.srv.AddUser(faketelegram.User{ID: sari, Name: "Sari"})
	w.srv.AddUser(faketelegram.User{ID: budi, Name: "Budi"})
	w.desk = &desk{db: w.db}
	w.bot = w.newBot(w.srv.RoundTripper())
	return w
}

func (w *world) newBot(via http.RoundTripper) *Bot {
	w.t.Helper()
	b, err := New(w.config(via))
	if err != nil {
		w.t.Fatal(err)
	}
	return b
}

func (w *world) config(via http.RoundTripper) Config {
	return Config{
		Token:  func() string { return token },
		HTTP:   via,
		Talk:   w.desk,
		Lang:   words{},
		DB:     w.db,
		Knows:  func(chat int64) bool { return chat == group },
		CardOf: w.desk.cardOf,
		Log:    slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
}

// run starts a bot and returns the function that stops it and waits.
func (w *world) run(b *Bot) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- b.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			w.t.Errorf("run: %v", err)
		}
	})
	w.t.Cleanup(stop)
	synctest.Wait()
	return stop
}

// say has a person write in the group's topic, and waits for what comes of it.
func (w *world) say(user int64, text string) int {
	id := w.srv.Say(group, user, text, faketelegram.InThread(topic))
	synctest.Wait()
	return id
}

func (w *world) press(message int, user int64, button string) string {
	w.t.Helper()
	a, err := w.srv.Press(w.t.Context(), group, message, user, button)
	if err != nil {
		w.t.Fatal(err)
	}
	synctest.Wait()
	return a.Text
}

// last returns what the group shows last.
func (w *world) last() faketelegram.Message {
	w.t.Helper()
	shown := w.srv.Messages(group)
	if len(shown) == 0 {
		w.t.Fatal("the group is empty")
	}
	return shown[len(shown)-1]
}

// calls counts the requests of a method.
func (w *world) calls(method string) (n int) {
	for _, c := range w.srv.Calls() {
		if c.Method == method {
			n++
		}
	}
	return n
}

// post sends the card of incident 42 to the group and returns its message id.
func (w *world) post() int {
	w.t.Helper()
	if _, err := w.bot.Send(w.t.Context(), cardMessage()); err != nil {
		w.t.Fatal(err)
	}
	return w.last().ID
}

func cardMessage() notifier.Message {
	card := notifier.Card{Incident: incident.Incident{ID: 42}}
	return notifier.Message{Dest: dest, Kind: notifier.KindCard, Card: card}
}

// desk is the Talker of a story: it stores the mark of whatever it hears,
// unless told otherwise, and answers by script.
type desk struct {
	db store.DB

	mu      sync.Mutex
	script  script
	heard   []bot.Saying
	pressed []bot.Press
}

type script struct {
	answer bot.Answer
	idle   bool   // changes nothing, so has no transaction
	panics string // blows up with this
	card   int    // the message that is the card of incident 42
}

var errStore = errors.New("disk full")

func (d *desk) follow(s script) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.script = s
}

func (d *desk) sayings() []bot.Saying {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.heard)
}

func (d *desk) presses() []bot.Press {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.pressed)
}

func (d *desk) Hear(ctx context.Context, s bot.Saying) (bot.Answer, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.heard = append(d.heard, s)
	return d.settle(ctx, s.Mark)
}

func (d *desk) Press(ctx context.Context, p bot.Press) (bot.Answer, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.pressed = append(d.pressed, p)
	return d.settle(ctx, p.Mark)
}

func (d *desk) settle(ctx context.Context, mark func(store.Tx) error) (bot.Answer, error) {
	if d.script.panics != "" {
		panic(d.script.panics)
	}
	if d.script.idle {
		return d.script.answer, nil
	}
	if err := d.db.Update(ctx, mark); err != nil {
		return bot.Answer{Text: "Gagal disimpan, coba lagi"}, err
	}
	return d.script.answer, nil
}

func (d *desk) cardOf(_ context.Context, at notifier.Dest, msgID string) incident.ID {
	d.mu.Lock()
	defer d.mu.Unlock()
	if at == dest && msgID == fmt.Sprint(d.script.card) {
		return 42
	}
	return 0
}

// failingDB is a store whose disk fills up when the story says so.
type failingDB struct {
	store.DB
	full atomic.Bool
}

func (f *failingDB) Update(ctx context.Context, fn func(store.Tx) error) error {
	if f.full.Load() {
		return errStore
	}
	return f.DB.Update(ctx, fn)
}

func (f *failingDB) next(t *testing.T) int {
	t.Helper()
	c, err := load(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return c.Next
}

// words is a Wording of few words.
type words struct{}

func (words) Layout(m notifier.Message) []bot.Block {
	if m.Kind == notifier.KindPing {
		return []bot.Block{{Text: "✋ Diambil oleh Sari"}}
	}
	return []bot.Block{
		{Text: "🟠 WASPADA · " + m.Card.Incident.ID.String(), Head: true},
		{Text: m.Card.Incident.Summary},
		{Text: "genteng putih <semua> & anak batuk", Quote: true, Drop: 3},
		{Text: "👤 " + m.Card.Incident.Owner, Drop: 1},
	}
}

func (words) Buttons(notifier.Card) [][]bot.Button {
	return [][]bot.Button{{
		{Label: "✋ Ambil", Data: "\fk|ack.16.7", Hot: true},
		{Label: "🔗 Postingan", URL: "https://forum.contoh.id/1"},
	}}
}

func (words) Replies(m notifier.Message) []bot.Button {
	if m.Kind != notifier.KindPing || m.Why != "asked" {
		return nil
	}
	return []bot.Button{{Label: "Ya", Data: "\fk|still.16.7"}, {Label: "Lepas", Data: "\fk|release.16.7"}}
}

func (words) Replied(to, line string) (string, bool) {
	return "/catat 42 " + line, strings.HasSuffix(to, "catatan?")
}

func (words) More(n int) string     { return fmt.Sprintf("+%d lagi", n) }
func (words) Say(key string) string { return "<" + key + ">" }

// journal is a log that can be read while it is written.
type journal struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.String()
}

// roundTrip lets a function be a transport.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// pass lets d of fake time go by, a little past it so that what is due then
// has happened.
func pass(d time.Duration) {
	time.Sleep(d + time.Millisecond)
	synctest.Wait()
}
