package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/bot/terminal"
	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/health"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/fakeslack"
	"github.com/siaga-id/siaga/internal/faketelegram"
	"github.com/siaga-id/siaga/store"
)

const (
	tgToken = "123456:test-secret-of-telegram"
	slBot   = "xoxb-test-secret-of-slack"
	slApp   = "xapp-test-secret-of-slack"
	group   = int64(-1001234567890)
	channel = "C0123456"
	sari    = int64(111)
)

// world is the outside of the program: a folder, the chats, a keyboard.
type world struct {
	hangup   chan os.Signal
	t        *testing.T
	dir      string
	env      map[string]string
	tg       *faketelegram.Server
	sl       *fakeslack.Server
	out, err safeBuffer
	door     *door // where web listens
	keys     *io.PipeWriter
	feeds    func(*config.Config) *http.Client // nil: there is no network
	space    atomic.Pointer[health.Disk]
	stop     func()
}

// safeBuffer may be written and read at once.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// newWorld lays out the shipped configuration in a folder of its own, with
// the given lines in place of its receivers and people.
func newWorld(t *testing.T, extra string) *world {
	t.Helper()
	w := &world{t: t, dir: t.TempDir(), env: map[string]string{}}
	w.space.Store(&health.Disk{Free: 50 << 30, Total: 100 << 30, Store: 1 << 20})
	for _, tree := range []string{"rules.d", "facts.d", "testdata/contoh"} {
		if err := os.CopyFS(filepath.Join(w.dir, tree), os.DirFS(tree)); err != nil {
			t.Fatal(err)
		}
	}
	shipped, err := os.ReadFile("config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	w.write(string(shipped) + extra)
	return w
}

func (w *world) write(content string) {
	w.t.Helper()
	if err := os.WriteFile(filepath.Join(w.dir, "config.yaml"), []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// edit changes the configuration in one place.
func (w *world) edit(from, to string) {
	w.t.Helper()
	data, err := os.ReadFile(filepath.Join(w.dir, "config.yaml"))
	if err != nil || !strings.Contains(string(data), from) {
		w.t.Fatalf("no %q to change: %v", from, err)
	}
	w.write(strings.Replace(string(data), from, to, 1))
}

// withChats gives the world a Telegram group and a Slack channel.
func (w *world) withChats() {
	w.env = map[string]string{"TELEGRAM_BOT_TOKEN": tgToken, "SLACK_BOT_TOKEN": slBot, "SLACK_APP_TOKEN": slApp}
	w.tg = faketelegram.New(tgToken)
	w.tg.AddChat(faketelegram.Chat{ID: group, Type: "supergroup", Title: "Humas"})
	w.tg.AddUser(faketelegram.User{ID: sari, Name: "Sari"})
	w.sl = fakeslack.New(slBot, slApp)
	w.sl.AddChannel(channel, "humas")
	w.sl.AddUser(fakeslack.User{ID: "U02RINA", Name: "rina"})
}

func (w *world) outside(in io.Reader) outside {
	o := outside{
		in: in, out: &w.out, err: &w.err, look: terminal.Options{Width: 60},
		env:    func(k string) (string, bool) { v, ok := w.env[k]; return v, ok },
		listen: func(string, string) (net.Listener, error) { return w.door, nil },
		feeds:  func(*config.Config) *http.Client { return &http.Client{Transport: noNetwork{}} },
		space:  func(string) (health.Disk, error) { return *w.space.Load(), nil },
		hangup: w.hangup,
	}
	if w.feeds != nil {
		o.feeds = w.feeds
	}
	if w.tg != nil {
		o.telegram = w.tg.RoundTripper()
		o.slack, o.slackAPI, o.slackDial = w.sl.Client(), w.sl.APIURL(), w.sl.DialContext
	}
	return o
}

// noNetwork is a machine without any: what a newcomer on a train has.
type noNetwork struct{}

func (noNetwork) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, &net.DNSError{Err: "no such host", Name: "jateng.antaranews.com", IsNotFound: true}
}

// door is a net.Listener in memory, as sockets know no fake clock.
type door struct {
	calls  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (d *door) Accept() (net.Conn, error) {
	select {
	case c := <-d.calls:
		return c, nil
	case <-d.closed:
		return nil, net.ErrClosed
	}
}

func (d *door) Close() error {
	d.once.Do(func() { close(d.closed) })
	return nil
}

func (d *door) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

// knock sends one request through the door.
func (w *world) knock(req *http.Request) (int, string) {
	w.t.Helper()
	client := &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(context.Context, string, string) (net.Conn, error) {
			ours, theirs := net.Pipe()
			w.door.calls <- theirs
			return ours, nil
		},
	}}
	resp, err := client.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// start runs the program until stop is called, which also checks its exit.
func (w *world) start() {
	ctx, cancel := context.WithCancel(context.Background())
	w.door = &door{calls: make(chan net.Conn), closed: make(chan struct{})}
	w.hangup = make(chan os.Signal, 1)
	in, keys := io.Pipe()
	w.keys = keys
	done := make(chan int, 1)
	go func() { done <- run(ctx, []string{"-config", filepath.Join(w.dir, "config.yaml")}, w.outside(in)) }()
	w.stop = func() {
		w.t.Helper()
		cancel()
		if code := <-done; code != 0 {
			w.t.Errorf("exit code %d: %s", code, w.err.String())
		}
		keys.Close()
	}
}

func (w *world) say(line string) {
	w.t.Helper()
	if _, err := io.WriteString(w.keys, line+"\n"); err != nil {
		w.t.Fatal(err)
	}
	rest(time.Second)
}

func (w *world) expect(what string, words ...string) {
	w.t.Helper()
	for _, word := range words {
		if !strings.Contains(w.out.String(), word) {
			w.t.Fatalf("%s: no %q in\n%s\nlog: %s", what, word, w.out.String(), w.err.String())
		}
	}
	w.out.mu.Lock()
	w.out.b.Reset()
	w.out.mu.Unlock()
}

// rest lets time pass and everything settle.
func rest(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func TestANewcomerTakesAnIncidentAndFindsItAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "")
		w.start()
		rest(10 * time.Second)
		w.expect("first card", "WASPADA", "ISU-1", "Debu — Rembang", "KELUHAN", "/ambil 1", "antara-jateng")
		w.say("/ambil 1")
		w.expect("taken", "Diambil. Terima kasih", "Ditangani operator")
		w.say("/catat 1 tim menuju Tegaldowo")
		w.expect("noted", "tim menuju Tegaldowo")
		rest(3 * time.Minute)
		w.expect("the day goes on", "SIAGA", "Keselamatan", "Belum ada fakta disetujui", "/fakta 2", "Air")
		w.say("/isu")
		w.expect("list", "ISU-1", "ISU-2")
		w.say("/bantuan")
		w.expect("help", "/selesai", "/catat")
		w.stop()

		w.start()
		rest(5 * time.Second)
		w.expect("second start", "(lagi)", "Ditangani operator")
		w.say("/selesai 1 mereda")
		w.expect("resolved", "selesai", "mereda")
		rest(20 * time.Minute)
		if log := w.err.String(); strings.Count(log, "antara-jateng") > 2 || strings.Contains(log, "level=ERROR") {
			t.Errorf("the log is not calm:\n%s", log)
		}
		w.stop()
	})
}

// chatReceivers replace the terminal in the shipped configuration.
const chatReceivers = `
receivers:
  - {name: humas-rembang, telegram: {chat: -1001234567890}, slack: {channel: C0123456}}
  - {name: humas-aceh, slack: {channel: C0123456}}
  - {name: humas-kupang, telegram: {chat: -1001234567890}}
people:
  - {name: Sari, telegram: 111, slack: U01SARI, roles: [responder]}
  - {name: Rina, slack: U02RINA, roles: [lead]}
`

func TestAWholeDayInTwoMessengers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, chatReceivers)
		w.withChats()
		t.Cleanup(w.sl.Close)
		w.start()
		rest(10 * time.Second)
		ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
		defer cancel()

		tgCard := w.onTelegram("ISU-1", "Belum ditangani")
		slCard := w.onSlack("ISU-1", "Belum ditangani")

		toast, err := w.tg.Press(ctx, group, tgCard.ID, sari, "✋ Ambil")
		if err != nil || !strings.Contains(toast.Text, "Terima kasih, Sari") {
			t.Fatalf("toast %q, %v", toast.Text, err)
		}
		rest(3 * time.Second)
		w.onTelegram("ISU-1", "Ditangani Sari")
		w.onSlack("ISU-1", "Ditangani Sari")
		w.onSlack("Diambil oleh Sari (Telegram)")

		rest(5 * time.Minute)
		w.onTelegram("SIAGA", "Keselamatan — Rembang")
		w.onTelegram("Debu — Kupang", "WITA")

		w.stop() // as an upgrade does
		before := len(w.tg.Messages(group))
		w.start()
		rest(time.Minute)
		if after := len(w.tg.Messages(group)); after > before+1 {
			t.Errorf("a restart posted %d messages anew", after-before)
		}

		if err := w.sl.Slash(channel, "U02RINA", "/isu", "selesai 1 keluhan sumur diperiksa DLH"); err != nil {
			t.Fatal(err)
		}
		rest(5 * time.Second)
		w.onTelegram("✅ selesai", "ISU-1", "keluhan ditindaklanjuti")
		if got := w.slackMessage(slCard.TS); !strings.Contains(got.Plain, "selesai") || got.Edits == 0 {
			t.Errorf("the card in Slack was not edited in place: %+v", got)
		}

		rest(24 * time.Hour)
		w.stop()
		if v := w.tg.Violations(); len(v) > 0 {
			t.Errorf("Telegram was spoken to wrongly: %v", v)
		}
		if v := w.sl.Violations(); len(v) > 0 {
			t.Errorf("Slack was spoken to wrongly: %v", v)
		}
		w.keepsSecrets()
	})
}

// onTelegram returns the latest message of the group that holds all words.
func (w *world) onTelegram(words ...string) faketelegram.Message {
	w.t.Helper()
	all := w.tg.Messages(group)
	for i := len(all) - 1; i >= 0; i-- {
		if hasAll(all[i].Text, words) {
			return all[i]
		}
	}
	w.t.Fatalf("Telegram shows no message with %q:\n%v\nlog: %s", words, all, w.err.String())
	return faketelegram.Message{}
}

func (w *world) onSlack(words ...string) fakeslack.Message {
	w.t.Helper()
	all := w.sl.Messages(channel)
	for i := len(all) - 1; i >= 0; i-- {
		if hasAll(all[i].Plain, words) {
			return all[i]
		}
	}
	w.t.Fatalf("Slack shows no message with %q:\n%+v\nlog: %s", words, all, w.err.String())
	return fakeslack.Message{}
}

func (w *world) slackMessage(ts string) fakeslack.Message {
	for _, m := range w.sl.Messages(channel) {
		if m.TS == ts {
			return m
		}
	}
	return fakeslack.Message{}
}

func hasAll(s string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(s, word) {
			return false
		}
	}
	return true
}

// keepsSecrets looks for tokens and account names where people or logs are.
func (w *world) keepsSecrets() {
	w.t.Helper()
	shown := w.err.String() + w.out.String()
	for _, m := range w.tg.Messages(group) {
		shown += m.Source
	}
	for _, m := range w.sl.Messages(channel) {
		shown += m.Plain
	}
	for _, secret := range []string{"test-secret", "warga_gunem", "author"} {
		if strings.Contains(shown, secret) {
			w.t.Errorf("%q was shown", secret)
		}
	}
}

func TestAPushedPostIsACardAndHealthIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "")
		w.edit("  - {name: antara-jateng", "  - {name: pantauan, type: webhook, secret_env: HOOK}\n  - {name: antara-jateng")
		w.edit("  - {name: contoh,", "  # - {name: contoh,")
		w.env["HOOK"] = "s3cret-of-the-hook"
		w.start()
		rest(5 * time.Second)
		push := func(secret string) int {
			body := `{"posts":[{"id":"1","kind":"social","author":"warga","text":"kecelakaan kerja di pabrik semen contoh Gunem, satu pekerja terluka"}]}`
			code, _ := w.knock(signed(t, secret, body))
			return code
		}
		if code := push("guess"); code != http.StatusUnauthorized {
			t.Errorf("an unsigned push got %d", code)
		}
		if code := push("s3cret-of-the-hook"); code/100 != 2 {
			t.Errorf("a signed push got %d", code)
		}
		rest(time.Second)
		w.expect("card", "SIAGA", "Keselamatan — Rembang", "Kabar kecelakaan kerja di Rembang")
		rest(2 * time.Minute)
		code, body := w.knock(request(t, "GET", "/healthz", ""))
		if code != http.StatusOK || !strings.Contains(body, `"ok":true`) {
			t.Errorf("health: %d %s", code, body)
		}
		_, body = w.knock(request(t, "GET", "/metrics", ""))
		for _, line := range []string{"siaga_posts_total 1", "siaga_incidents_unresolved 1", "siaga_sources_blind 1", "siaga_outbox_cards 0"} {
			if !strings.Contains(body, line) {
				t.Errorf("metrics lack %q", line)
			}
		}
		if code, _ := w.knock(request(t, "GET", "/backup", "")); code != http.StatusUnauthorized {
			t.Errorf("a stranger's backup got %d", code)
		}
		w.stop()
	})
}

func request(t testing.TB, method, path, body string) *http.Request {
	t.Helper()
	req, err := http.NewRequest(method, "http://siaga.test"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return req
}

// signed is what another listening tool would send.
func signed(t testing.TB, secret, body string) *http.Request {
	t.Helper()
	req := request(t, http.MethodPost, "/hooks/pantauan", body)
	at := strconv.FormatInt(time.Now().Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	io.WriteString(mac, at+"."+body)
	req.Header.Set("X-Siaga-Timestamp", at)
	req.Header.Set("X-Siaga-Signature", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	return req
}

func TestABackupIsWholeWhileSiagaRunsAndWhenItDoesNot(t *testing.T) {
	w := newWorld(t, "")
	w.edit("127.0.0.1:8095", freeAddress(t))
	o := w.outside(strings.NewReader(""))
	o.listen = net.Listen
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan int, 1)
	args := func(words ...string) []string {
		return append([]string{"-config", filepath.Join(w.dir, "config.yaml")}, words...)
	}
	go func() { done <- run(ctx, args(), o) }()
	for !strings.Contains(w.out.String(), "ISU-1") {
		time.Sleep(10 * time.Millisecond)
	}
	while, after := filepath.Join(w.dir, "while.db"), filepath.Join(w.dir, "after.db")
	if code := run(t.Context(), args("backup", while), o); code != 0 {
		t.Errorf("while it runs: exit %d, %s", code, w.err.String())
	}
	if code := run(t.Context(), args("backup", filepath.Join(w.dir, "siaga.db")), o); code != 1 {
		t.Errorf("a backup over the store itself: exit %d", code)
	}
	cancel()
	<-done
	if code := run(t.Context(), args("backup", after), o); code != 0 {
		t.Errorf("when it does not: exit %d, %s", code, w.err.String())
	}
	for _, file := range []string{while, after} {
		db, err := store.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		desk := incident.Desk{DB: db}
		if in, err := desk.Get(t.Context(), 1); err != nil || in.Topic != "debu" {
			t.Errorf("%s holds %v, %v", file, in.Topic, err)
		}
		db.Close()
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestCheckSaysWhereAndWhat(t *testing.T) {
	w := newWorld(t, "\nrecievers: []\n")
	code := run(t.Context(), []string{"-config", filepath.Join(w.dir, "config.yaml"), "check"}, w.outside(nil))
	if code != 1 || !strings.Contains(w.err.String(), `did you mean "receivers"`) {
		t.Errorf("exit %d: %s", code, w.err.String())
	}
}

func TestTheShippedConfigurationIsGood(t *testing.T) {
	w := newWorld(t, "")
	if code := run(t.Context(), []string{"-config", filepath.Join(w.dir, "config.yaml"), "check"}, w.outside(nil)); code != 0 {
		t.Errorf("exit %d: %s", code, w.err.String())
	}
	if strings.Contains(w.out.String(), "warning") {
		t.Errorf("the shipped configuration has warnings:\n%s", w.out.String())
	}
}

func TestABadReloadKeepsTheRunningRules(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "")
		w.start()
		rest(5 * time.Second)
		good, err := os.ReadFile(filepath.Join(w.dir, "config.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		w.write("sites: [")
		rest(10 * time.Second)
		if log := w.err.String(); strings.Count(log, "configuration refused") != 1 || !strings.Contains(log, "config.yaml:1") {
			t.Errorf("log: %s", log)
		}
		rest(3 * time.Minute)
		w.expect("alerts go on", "Air — Rembang")
		w.write(string(good))
		rest(10 * time.Second)
		w.stop()
	})
}

func TestUnknownCommandsAreExplained(t *testing.T) {
	for _, args := range [][]string{{"frobnicate"}, {"explain"}, {"explain", " "}, {"explain", "-h"}, {"explain", "--url", "x"}} {
		w := newWorld(t, "")
		if code := run(t.Context(), args, w.outside(nil)); code != 2 || !strings.Contains(w.err.String(), "usage: siaga") {
			t.Errorf("%q: exit %d: %s", args, code, w.err.String())
		}
	}
}
