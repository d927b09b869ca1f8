package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/internal/faketelegram"
	"github.com/siaga-id/siaga/store"
)

const (
	raceRate   = 200 // posts a second, one in a request
	raceAlert  = 10  // one post in so many opens an incident: 20 cards a second, of the 25 that Telegram takes
	raceSites  = 200 // each with a chat of its own, which so gets a card every ten seconds
	raceSecret = "rahasia-dorong"
	raceGroup  = int64(-1001000000000) // and downwards
)

// BenchmarkPostToChat pushes posts into the whole program over HTTP, signed, at
// a fixed rate, and measures from the moment at which a post was to be sent
// until the request for its card reaches the chat's API: a sender that has to
// wait counts as waiting. Every commit is synced. stored is the same until
// the 200, commit what the disk takes of it. With disk=+5ms and more every
// commit takes that much longer, as on a disk that is busy, far away or turns.
//
//	go test -run '^$' -bench PostToChat -benchtime 3000x .
func BenchmarkPostToChat(b *testing.B) {
	for _, slower := range []time.Duration{0, 5 * time.Millisecond, 20 * time.Millisecond} {
		b.Run(fmt.Sprintf("disk=+%v", slower), func(b *testing.B) {
			r := newRace(b, slower)
			b.ResetTimer()
			r.run(b.N)
			b.StopTimer()
			for _, m := range []struct {
				name string
				took []time.Duration
			}{{"", r.chat}, {"stored-", r.stored}, {"commit-", r.db.commits}} {
				slices.Sort(m.took)
				for _, p := range []int{50, 90, 99} {
					b.ReportMetric(percentile(m.took, p), fmt.Sprintf("%sp%d-ms", m.name, p))
				}
				b.ReportMetric(percentile(m.took, 100), m.name+"max-ms")
			}
			b.ReportMetric(0, "ns/op") // the rate is given
		})
	}
}

// percentile reads sorted times, in milliseconds.
func percentile(sorted []time.Duration, p int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	i := min(len(sorted)*p/100, len(sorted)-1)
	return float64(sorted[i].Microseconds()) / 1000
}

// race is a running program between pushed posts and a Telegram.
type race struct {
	b      *testing.B
	db     *timedDB
	client http.Client
	url    string
	cards  chan card

	mu           sync.Mutex
	chat, stored []time.Duration
}

// card is one that reached the chat's API.
type card struct {
	chat int64
	text string
	at   time.Time
}

func newRace(b *testing.B, slower time.Duration) *race {
	b.Helper()
	r := &race{b: b, cards: make(chan card, 1<<16)}
	r.client.Transport = &http.Transport{MaxIdleConnsPerHost: raceRate}
	o := r.outside()
	file := filepath.Join(b.TempDir(), "config.yaml")
	if err := os.WriteFile(file, []byte(raceConfig()), 0o600); err != nil {
		b.Fatal(err)
	}
	live, err := config.NewLive(file, config.Options{Env: o.env})
	if err != nil {
		b.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	a, err := build(b.Context(), live, o, log)
	if err != nil {
		b.Fatal(err)
	}
	r.db = &timedDB{DB: a.db, slower: slower}
	a.watcher.DB, a.outbox.DB, a.desk.DB = r.db, r.db, r.db
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- lifecycle(ctx, log, a.parts()) }()
	b.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			b.Error(err)
		}
		a.db.Close()
	})
	return r
}

func (r *race) outside() outside {
	tg := faketelegram.New(tgToken)
	for i := range raceSites {
		tg.AddChat(faketelegram.Chat{ID: raceGroup - int64(i), Type: "supergroup", Title: "Humas"})
	}
	env := map[string]string{"TELEGRAM_BOT_TOKEN": tgToken, "HOOK": raceSecret}
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		r.b.Fatal(err)
	}
	r.url = "http://" + door.Addr().String() + "/hooks/dorong"
	return outside{
		out: io.Discard, err: os.Stderr, telegram: &counted{tg.RoundTripper(), r.cards},
		env:    func(k string) (string, bool) { v, ok := env[k]; return v, ok },
		listen: func(string, string) (net.Listener, error) { return door, nil },
		feeds:  func(*config.Config) *http.Client { return &http.Client{Transport: noNetwork{}} },
	}
}

var (
	harms  = strings.Fields("debu asap bising keruh limbah retak longsor banjir demo upah")
	things = strings.Fields("pabrik semen tambang truk sumur jalan sawah izin karyawan warga")
	idle   = strings.Fields(`aku kamu kita mereka ini itu lagi sudah belum mau bisa tidak banget sih dong kok
		pagi siang sore malam besok kemarin hujan panas macet pasar sekolah kantor rumah anak ibu bapak teman makan
		minum kopi nasi ayam ikan beli murah mahal main bola nonton film lagu tidur bangun pulang pergi jauh dekat`)
)

// village is the place of a site: a name that is no Indonesian word.
func village(i int) string {
	return "wex" + string(rune('a'+i/20)) + "vo" + string(rune('a'+i%20)) + "qi"
}

// raceConfig has ten rules of which each new story alerts, for each site.
func raceConfig() string {
	var sites, topics, rules, receivers strings.Builder
	for i := range raceSites {
		fmt.Fprintf(&sites, "  s%d: {name: Desa%d, places: [%s], receivers: [r%d]}\n", i, i, village(i), i)
		fmt.Fprintf(&receivers, "  - {name: r%d, telegram: {chat: %d}}\n", i, raceGroup-int64(i))
	}
	for i := range harms {
		fmt.Fprintf(&topics, "  t%d: {name: Soal%d.}\n", i, i)
		fmt.Fprintf(&rules, "      - alert: A%d\n        query: '%s NEAR/8 %s NOT (\"lowongan kerja\" OR promo)'\n        by: [site]\n        labels: {topic: t%d, severity: warning}\n", i, harms[i], things[i], i)
	}
	return "web: {listen: '127.0.0.1:8095'}\nsources: [{name: dorong, type: webhook, secret_env: HOOK, kind: social}]\n" +
		"sites:\n" + sites.String() + "topics:\n" + topics.String() + "receivers:\n" + receivers.String() + "groups:\n  - name: g\n    rules:\n" + rules.String()
}

// raceCell is where the n-th alert opens its incident.
func raceCell(n int) (topic, site int) { return n / raceSites % len(harms), n % raceSites }

// body writes the i-th post: words of no meaning and, in every tenth, an issue
// at a place where there is none yet.
func body(i int) string {
	rng := rand.New(rand.NewPCG(1, uint64(i)))
	words := make([]string, 24)
	for w := range words {
		words[w] = idle[rng.IntN(len(idle))]
	}
	if i%raceAlert == 0 {
		topic, site := raceCell(i / raceAlert)
		words[8], words[11], words[15] = harms[topic], things[topic], village(site)
	}
	post := map[string]string{"id": strconv.Itoa(i), "author": strconv.Itoa(i), "text": strings.Join(words, " ")}
	text, _ := json.Marshal(post) // of strings, which cannot fail
	return string(text)
}

// run sends n posts on time and waits for the cards of those that alert.
func (r *race) run(n int) {
	alerts := (n + raceAlert - 1) / raceAlert
	if alerts > raceSites*len(harms) {
		r.b.Fatalf("%d posts would open more incidents than there are cells", n)
	}
	requests := make([]*http.Request, n)
	for i := range requests {
		requests[i] = r.push(body(i))
	}
	start := time.Now().Add(10 * time.Millisecond)
	due := func(i int) time.Time { return start.Add(time.Duration(i) * time.Second / raceRate) }
	var senders sync.WaitGroup
	for i, req := range requests {
		time.Sleep(time.Until(due(i)))
		senders.Go(func() { r.send(req, due(i)) })
	}
	senders.Wait()
	for n := range alerts {
		select {
		case c := <-r.cards:
			r.chat = append(r.chat, c.at.Sub(due(c.alert(r.b)*raceAlert)))
		case <-time.After(time.Minute):
			r.b.Fatalf("%d of %d cards are missing", alerts-n, alerts)
		}
	}
}

// alert returns which alert a card is of.
func (c card) alert(b *testing.B) int {
	for topic := range harms {
		if strings.Contains(c.text, fmt.Sprintf("Soal%d.", topic)) {
			return topic*raceSites + int(raceGroup-c.chat)
		}
	}
	b.Fatalf("a card of no alert: %q", c.text)
	return 0
}

// push is the request that carries a post.
func (r *race) push(body string) *http.Request {
	req, err := http.NewRequest(http.MethodPost, r.url, strings.NewReader(body))
	if err != nil {
		r.b.Fatal(err)
	}
	at := strconv.FormatInt(time.Now().Unix(), 10)
	mac := hmac.New(sha256.New, []byte(raceSecret))
	mac.Write([]byte(at + "." + body))
	req.Header.Set("X-Siaga-Timestamp", at)
	req.Header.Set("X-Siaga-Signature", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	return req
}

func (r *race) send(req *http.Request, due time.Time) {
	resp, err := r.client.Do(req)
	if err != nil {
		r.b.Error(err)
		return
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	if resp.StatusCode != http.StatusOK {
		r.b.Errorf("answered %d", resp.StatusCode)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stored = append(r.stored, time.Since(due))
}

// counted is a Telegram that notes when a card is posted.
type counted struct {
	next  http.RoundTripper
	cards chan<- card
}

func (c *counted) RoundTrip(req *http.Request) (*http.Response, error) {
	at := time.Now()
	if strings.HasSuffix(req.URL.Path, "/sendMessage") {
		data, err := io.ReadAll(req.Body)
		if err != nil {
			return nil, err
		}
		var m struct {
			Chat int64  `json:"chat_id"`
			Text string `json:"text"`
		}
		if err := json.Unmarshal(data, &m); err != nil {
			return nil, err
		}
		c.cards <- card{m.Chat, m.Text, at}
		req.Body = io.NopCloser(bytes.NewReader(data))
	}
	return c.next.RoundTrip(req)
}

// timedDB is a store that notes how long its commits take, on a disk that may
// be slower than the real one: the writer's place is held all the while.
type timedDB struct {
	store.DB
	slower  time.Duration
	mu      sync.Mutex
	commits []time.Duration
}

func (d *timedDB) Update(ctx context.Context, fn func(store.Tx) error) error {
	var done time.Time
	err := d.DB.Update(ctx, func(tx store.Tx) error {
		tx.OnCommit(func() {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.commits = append(d.commits, time.Since(done))
		})
		err := fn(tx)
		done = time.Now()
		time.Sleep(d.slower)
		return err
	})
	return err
}
