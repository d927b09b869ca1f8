package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/siaga-id/siaga/internal/fakeslack"
	"github.com/siaga-id/siaga/internal/faketelegram"
)

const (
	crashSites  = 8
	crashSecret = "s3cret-of-the-hook"
	rina        = int64(222)
)

// spot is one site with its two chats, which hear of nothing else.
type spot struct {
	name    string
	group   int64
	channel string
}

// crashCell is one incident to come: its post calls for a card in both chats.
type crashCell struct {
	topic string
	at    spot
	words string // of its posts: no two have enough in common to be one story
}

// crashWorld is the outside of a program that is killed again and again: it
// lives in this process, which goes on.
type crashWorld struct {
	t        *testing.T
	rng      *rand.Rand
	dir      string
	tg       *faketelegram.Server
	sl       *fakeslack.Server
	tgFront  *front
	slFront  *front
	tgHost   string
	slHost   string
	door     *os.File // the socket of the child's web part
	hooks    string   // its address
	cells    []crashCell
	tail     tail // the latest words of the children
	work     sync.WaitGroup
	mu       sync.Mutex
	accepted map[string]bool     // cells whose first post was answered with 200
	ticked   map[string][]string // by ISU-n: whose tap was answered with a tick
}

func newCrashWorld(t *testing.T, seed uint64, cells int) *crashWorld {
	w := &crashWorld{
		t: t, rng: rand.New(rand.NewPCG(seed, 5)), dir: t.TempDir(),
		tg: faketelegram.New(tgToken), sl: fakeslack.New(slBot, slApp),
		accepted: map[string]bool{}, ticked: map[string][]string{},
	}
	t.Cleanup(w.sl.Close)
	w.tgFront, w.slFront = newFront(w.tg), newFront(w.sl)
	w.tgHost, w.slHost = w.host(w.tgFront), w.host(w.slFront)
	w.listen()
	for _, u := range []faketelegram.User{{ID: sari, Name: "Sari"}, {ID: rina, Name: "Rina"}} {
		w.tg.AddUser(u)
	}
	for _, u := range []fakeslack.User{{ID: "U01SARI", Name: "sari"}, {ID: "U02RINA", Name: "rina"}} {
		w.sl.AddUser(u)
	}
	w.plan(cells)
	return w
}

// host serves a fake on a socket of this machine.
func (w *crashWorld) host(h http.Handler) string {
	srv := httptest.NewServer(h)
	w.t.Cleanup(func() {
		srv.CloseClientConnections()
		srv.Close()
	})
	return srv.Listener.Addr().String()
}

func (w *crashWorld) listen() {
	l, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		w.t.Fatal(err)
	}
	w.hooks = "http://" + l.Addr().String() + "/hooks/pantauan"
	if w.door, err = l.File(); err != nil {
		w.t.Fatal(err)
	}
	l.Close()
	w.t.Cleanup(func() { w.door.Close() })
}

// plan lays out the configuration: one rule per topic, one pair of chats per site.
func (w *crashWorld) plan(cells int) {
	var sites, receivers, topics, rules strings.Builder
	var places []spot
	for i := range crashSites {
		p := spot{name: fmt.Sprintf("lokasi%c", 'a'+i), group: -1001000000000 - int64(i), channel: fmt.Sprintf("C000000%d", i)}
		places = append(places, p)
		w.tg.AddChat(faketelegram.Chat{ID: p.group, Type: "supergroup", Title: p.name})
		w.sl.AddChannel(p.channel, p.name)
		fmt.Fprintf(&sites, "  %[1]s: {name: %[1]s, places: [%[1]s], receivers: [%[1]s]}\n", p.name)
		fmt.Fprintf(&receivers, "  - {name: %s, telegram: {chat: %d}, slack: {channel: %s}}\n", p.name, p.group, p.channel)
	}
	for i := range (cells + crashSites - 1) / crashSites {
		topic := w.word()
		fmt.Fprintf(&topics, "  %[1]s: {name: %[1]s}\n", topic)
		fmt.Fprintf(&rules, "      - {alert: R%d, query: '=%s', by: [site], labels: {topic: %s, severity: critical}, annotations: {summary: 'kabar %s'}}\n", i, topic, topic, topic)
		for _, p := range places {
			w.cells = append(w.cells, crashCell{topic, p, w.chatter()})
		}
	}
	w.cells = w.cells[:cells]
	w.rng.Shuffle(cells, func(i, j int) { w.cells[i], w.cells[j] = w.cells[j], w.cells[i] })
	content := "timezone: Asia/Jakarta\nstore: siaga.db\nweb: {listen: 127.0.0.1:1}\nsites:\n" + sites.String() +
		"topics:\n" + topics.String() + "sources:\n  - {name: pantauan, type: webhook, secret_env: HOOK, kind: social}\n" +
		"groups:\n  - name: uji\n    rules:\n" + rules.String() + "receivers:\n" + receivers.String() +
		"people:\n  - {name: Sari, telegram: 111, slack: U01SARI, roles: [responder]}\n" +
		"  - {name: Rina, telegram: 222, slack: U02RINA, roles: [responder]}\n"
	if err := os.WriteFile(filepath.Join(w.dir, "config.yaml"), []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// word invents one that no rule, name or gazetteer knows.
func (w *crashWorld) word() string {
	var b strings.Builder
	for range 4 {
		b.WriteByte("bdfgklmnprstvz"[w.rng.IntN(14)])
		b.WriteByte("aiou"[w.rng.IntN(4)])
	}
	return b.String()
}

func (w *crashWorld) chatter() string {
	words := make([]string, 12)
	for i := range words {
		words[i] = w.word()
	}
	return strings.Join(words, " ")
}

func (c crashCell) name() string { return c.topic + "/" + c.at.name }

// post pushes one post of a cell until it is answered with 200, as whoever
// pushes is told to.
func (w *crashWorld) post(ctx context.Context, id string, c crashCell) bool {
	body := fmt.Sprintf(`{"id":%q,"author":%q,"site":%q,"text":"%s %s"}`, id, id, c.at.name, c.topic, c.words)
	client := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for ctx.Err() == nil {
		req := signed(w.t, crashSecret, body)
		url, err := req.URL.Parse(w.hooks)
		if err != nil {
			w.t.Error(err)
			return false
		}
		req.URL = url
		resp, err := client.Do(req.WithContext(ctx))
		if err == nil {
			answer, _ := io.ReadAll(resp.Body)
			resp.Body.Close()
			switch resp.StatusCode {
			case http.StatusOK:
				return true
			case http.StatusServiceUnavailable:
			default:
				w.t.Errorf("post %s: %d %s", id, resp.StatusCode, answer)
				return false
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	return false
}

// open pushes the first post of a cell, some of them twice.
func (w *crashWorld) open(ctx context.Context, c crashCell, twice bool) {
	w.work.Go(func() {
		if !w.post(ctx, c.name(), c) {
			return
		}
		w.mu.Lock()
		w.accepted[c.name()] = true
		w.mu.Unlock()
		if twice {
			w.post(ctx, c.name(), c)
		}
	})
}

// child is one life of the program.
type child struct {
	cmd  *exec.Cmd
	gone chan error
}

func (w *crashWorld) spawn(fuse string) *child {
	w.t.Helper()
	self, err := os.Executable()
	if err != nil {
		w.t.Fatal(err)
	}
	select {
	case <-w.tgFront.seen: // of the life before
	default:
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(),
		childConfig+"="+filepath.Join(w.dir, "config.yaml"), childFuse+"="+fuse,
		childTelegram+"="+w.tgHost, childSlack+"="+w.slHost, "HOOK="+crashSecret,
		"TELEGRAM_BOT_TOKEN="+tgToken, "SLACK_BOT_TOKEN="+slBot, "SLACK_APP_TOKEN="+slApp)
	cmd.Stdout, cmd.Stderr = &w.tail, &w.tail
	cmd.ExtraFiles = []*os.File{w.door}
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	c := &child{cmd, make(chan error, 1)}
	go func() { c.gone <- cmd.Wait() }()
	return c
}

// tail keeps the end of a log.
type tail struct {
	mu sync.Mutex
	b  []byte
}

const tailSize = 16 << 10

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.b = append(t.b, p...)
	t.b = t.b[max(0, len(t.b)-tailSize):]
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.b)
}
