package slack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/fakeslack"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

const (
	botToken = "xoxb-1-rahasia-sekali"
	appToken = "xapp-1-rahasia-pula"
	secret   = "rahasia"
	room     = "C1"
	foreign  = "C9" // not in the configuration
	sari     = "U1"
	dest     = notifier.Dest("slack:C1")
)

// world is a Slack with two channels, the app installed in it, and a desk
// behind the bot that does as the story says.
type world struct {
	t    *testing.T
	srv  *fakeslack.Server
	db   *failingDB
	desk *desk
	log  *journal
	bot  *Bot
	line line
}

// story runs a test in a bubble of fake time, and checks in the end that the
// bot kept its secrets, and the limits of Slack but for the forgiven codes.
func story(t *testing.T, tell func(t *testing.T, w *world), forgiven ...string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, botToken, appToken)
		tell(t, w)
		for _, v := range w.srv.Violations() {
			if !strings.Contains(strings.Join(forgiven, " "), v.Code) {
				t.Errorf("violation: %v", v)
			}
		}
		if strings.Contains(w.log.String(), secret) {
			t.Errorf("the log shows a token:\n%s", w.log)
		}
	})
}

// newWorld makes a world whose workspace gave out the two tokens.
func newWorld(t *testing.T, botToken, appToken string) *world {
	t.Helper()
	db, err := store.Open(filepath.Join(t.TempDir(), "siaga.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	w := &world{t: t, srv: fakeslack.New(botToken, appToken), db: &failingDB{DB: db}, log: &journal{}}
	t.Cleanup(w.srv.Close)
	w.srv.AddChannel(room, "humas")
	w.srv.AddChannel(foreign, "umum")
	w.srv.AddUser(fakeslack.User{ID: sari, Name: "Sari"})
	w.desk = &desk{db: w.db}
	w.line.dial = w.srv.DialContext
	w.bot = w.newBot(w.srv.Client())
	return w
}

func (w *world) newBot(via *http.Client) *Bot {
	w.t.Helper()
	b, err := New(Config{
		BotToken: func() string { return botToken },
		AppToken: func() string { return appToken },
		HTTP:     via,
		Dial:     w.line.connect,
		APIURL:   w.srv.APIURL(),
		Talk:     w.desk,
		Lang:     words{},
		DB:       w.db,
		Knows:    func(d notifier.Dest) bool { return d == dest },
		CardOf:   w.desk.cardOf,
		Log:      slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return b
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

// send posts the card of incident 42 and returns its place.
func (w *world) send() notifier.Receipt {
	w.t.Helper()
	at, err := w.bot.Send(w.t.Context(), cardMessage())
	if err != nil {
		w.t.Fatal(err)
	}
	return at
}

// last returns what the channel shows last.
func (w *world) last() fakeslack.Message {
	w.t.Helper()
	shown := w.srv.Messages(room)
	if len(shown) == 0 {
		w.t.Fatal("the channel is empty")
	}
	return shown[len(shown)-1]
}

// whispers returns what only one person saw.
func (w *world) whispers() []string {
	var all []string
	for _, e := range w.srv.Ephemerals() {
		all = append(all, e.User+"@"+e.Channel+": "+e.Plain)
	}
	return all
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
	synctest.Wait()
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

func cardMessage() notifier.Message {
	in := incident.Incident{ID: 42, Rev: 8, StateRev: 7, Summary: "42 pos → 9 cerita"}
	return notifier.Message{
		Dest: dest, Kind: notifier.KindCard, Why: notifier.FirstCard,
		Card: notifier.Card{Incident: in}, Nonce: "ISU-42/1",
	}
}

func pingMessage(at notifier.Receipt) notifier.Message {
	m := cardMessage()
	m.Kind, m.Why, m.ReplyTo, m.Nonce, m.Silent = notifier.KindPing, notifier.WasTaken, at, "", true
	return m
}

// desk is the Talker of a story: it stores the mark of whatever it hears and
// answers by script.
type desk struct {
	db store.DB

	mu      sync.Mutex
	heard   []bot.Saying
	pressed []bot.Press
	answer  bot.Answer
	panics  bool
	hold    chan struct{} // keeps everything waiting until it is closed
	card    string        // the ts that is the card of incident 42
}

func (d *desk) Hear(ctx context.Context, s bot.Saying) (bot.Answer, error) {
	d.mu.Lock()
	d.heard = append(d.heard, s)
	d.mu.Unlock()
	return d.settle(ctx, s.Mark)
}

func (d *desk) Press(ctx context.Context, p bot.Press) (bot.Answer, error) {
	d.mu.Lock()
	d.pressed = append(d.pressed, p)
	d.mu.Unlock()
	return d.settle(ctx, p.Mark)
}

func (d *desk) settle(ctx context.Context, mark func(store.Tx) error) (bot.Answer, error) {
	if d.panics {
		panic("a bug")
	}
	if d.hold != nil {
		<-d.hold
	}
	if err := d.db.Update(ctx, mark); err != nil {
		return bot.Answer{Text: "Gagal disimpan, coba lagi"}, err
	}
	return d.answer, nil
}

func (d *desk) cardOf(_ context.Context, at notifier.Dest, ts string) incident.ID {
	if at == dest && ts == d.card {
		return 42
	}
	return 0
}

// sayings returns who said what, and on which card.
func (d *desk) sayings() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []string
	for _, s := range d.heard {
		all = append(all, fmt.Sprintf("%s %s %s on %d", s.Dest, s.User, s.Text, s.On))
	}
	return all
}

func (d *desk) presses() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []string
	for _, p := range d.pressed {
		said := fmt.Sprintf("%s %s %q", p.Dest, p.User, p.Data)
		if p.Text != "" {
			said += " " + p.Text
		}
		all = append(all, said)
	}
	return all
}

// failingDB is a store whose disk fills up when the story says so.
type failingDB struct {
	store.DB
	full atomic.Bool
}

var errStore = errors.New("disk full")

func (f *failingDB) Update(ctx context.Context, fn func(store.Tx) error) error {
	if f.full.Load() {
		return errStore
	}
	return f.DB.Update(ctx, fn)
}

// line is the way of the websocket, which a story can spoil.
type line struct {
	dial  func(context.Context, string, string) (net.Conn, error)
	mute  atomic.Bool // what we send is lost
	stuck atomic.Pointer[chan struct{}]
}

func (l *line) connect(ctx context.Context, network, address string) (net.Conn, error) {
	if stuck := l.stuck.Swap(nil); stuck != nil {
		<-*stuck // whatever ctx says
		return nil, net.ErrClosed
	}
	conn, err := l.dial(ctx, network, address)
	return mutable{conn, &l.mute}, err
}

type mutable struct {
	net.Conn
	mute *atomic.Bool
}

func (m mutable) Write(b []byte) (int, error) {
	if m.mute.Load() {
		return len(b), nil
	}
	return m.Conn.Write(b)
}

// words is a Wording of few words.
type words struct{ text string }

func (l words) Layout(m notifier.Message) []bot.Block {
	if m.Kind == notifier.KindPing {
		return []bot.Block{{Text: "✋ Diambil oleh Sari" + l.text, Head: true}}
	}
	return []bot.Block{
		{Text: "🟠 WASPADA · " + m.Card.Incident.ID.String() + l.text, Head: true},
		{Text: m.Card.Incident.Summary + l.text},
		{Text: "genteng putih <!channel> & anak batuk" + l.text, Quote: true, Drop: 3},
		{Text: "👤 " + m.Card.Incident.Owner + l.text},
		{Text: "Lag 4 mnt · Buta: tidak ada" + l.text, Drop: 1},
	}
}

func (l words) Buttons(c notifier.Card) [][]bot.Button {
	data := bot.Data{Verb: "ack", ID: c.Incident.ID, StateRev: c.Incident.StateRev}
	if data.ID == 0 {
		data = bot.Data{Verb: "ack", ID: 1, StateRev: 1}
	}
	return [][]bot.Button{
		{{Label: "✋ Ambil" + l.text, Data: data.String(), Hot: true}},
		{{Label: "🔗 Postingan", URL: "https://forum.contoh.id/1" + l.text}},
	}
}

func (words) Aside(c notifier.Card) []bot.Button {
	if c.Incident.Severity == 0 { // of most stories here
		return nil
	}
	return []bot.Button{{Label: "🤝 Keluhan", Data: "\fk|flag.16.7"}, {Label: "🧾 Jejak", Data: "\fk|trail.16.7"}}
}

func (words) Replies(m notifier.Message) []bot.Button {
	if m.Kind != notifier.KindPing || m.Why != "asked" {
		return nil
	}
	return []bot.Button{{Label: "Ya", Data: "\fk|still.16.7"}, {Label: "Lepas", Data: "\fk|release.16.7"}}
}

func (words) More(n int) string { return fmt.Sprintf("+%d lagi", n) }

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

// count returns how many lines of the log have all these parts.
func (j *journal) count(parts ...string) (n int) {
	for l := range strings.Lines(j.String()) {
		missing := 0
		for _, p := range parts {
			if !strings.Contains(l, p) {
				missing++
			}
		}
		if missing == 0 {
			n++
		}
	}
	return n
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
