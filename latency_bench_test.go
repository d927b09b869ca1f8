package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/internal/faketelegram"
)

const (
	latencySites = 100             // each with a group of its own: Telegram takes one message a second in a group
	latencyPosts = 3000            // in a session
	latencyRate  = 200             // posts a second
	latencyCards = 20              // every twentieth post opens an incident: all groups together take 25 messages a second
	latencyGrace = 5 * time.Second // for the last of them
)

// stopwatch is the Telegram of a benchmark: it notes when the card about a post
// is asked for.
type stopwatch struct {
	http.RoundTripper
	mu   sync.Mutex
	seen map[string]time.Time
}

var numbered = regexp.MustCompile(`nomor[0-9]+`)

func (s *stopwatch) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/sendMessage") {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		now := time.Now()
		s.mu.Lock()
		for _, n := range numbered.FindAllString(string(body), -1) {
			if s.seen[n].IsZero() {
				s.seen[n] = now
			}
		}
		s.mu.Unlock()
	}
	return s.RoundTripper.RoundTrip(r)
}

// latencyConfig has a topic and a rule for each round over the sites.
func latencyConfig() string {
	var b strings.Builder
	b.WriteString("store: siaga.db\nweb: {listen: 127.0.0.1:8095}\nsources: [{name: pantauan, type: webhook, secret_env: HOOK, kind: social}]\n")
	b.WriteString("topics: {umum: {}, t0: {}, t1: {}, t2: {}, t3: {}}\ngroups:\n  - name: g\n    rules:\n")
	for i := range 4 {
		fmt.Fprintf(&b, "      - {alert: R%d, query: kabar%d, by: [site], labels: {topic: t%d, severity: warning}}\n", i, i, i)
	}
	for i := range 6 { // what is counted and below its threshold
		fmt.Fprintf(&b, "      - {alert: C%d, query: pabrik bising%d, by: [site], when: {voices: 1000, within: 1h}, labels: {topic: umum, severity: info}}\n", i, i)
	}
	b.WriteString("sites:\n")
	for i := range latencySites {
		fmt.Fprintf(&b, "  s%d: {places: [desa%d], receivers: [r%d]}\n", i, i, i)
	}
	b.WriteString("receivers:\n")
	for i := range latencySites {
		fmt.Fprintf(&b, "  - {name: r%d, telegram: {chat: %d}}\n", i, latencyGroup(i))
	}
	return b.String()
}

func latencyGroup(i int) int64 { return -1001000000000 - int64(i) }

// BenchmarkFromPostToChat pushes 200 signed posts a second, each in a request of
// its own, into the whole program with fsync on, and reports how long after the
// moment at which a post was to be sent the chat API was asked for its card: a
// program that falls behind cannot hide it.
func BenchmarkFromPostToChat(b *testing.B) {
	for b.Loop() {
		took, lost := latencySession(b)
		if lost > 0 {
			b.Fatalf("%d cards were not asked for", lost)
		}
		slices.Sort(took)
		at := func(share float64) float64 {
			return float64(took[int(share*float64(len(took)-1))]) / float64(time.Millisecond)
		}
		b.ReportMetric(at(.5), "p50-ms")
		b.ReportMetric(at(.9), "p90-ms")
		b.ReportMetric(at(.99), "p99-ms")
		b.ReportMetric(at(1), "max-ms")
		b.ReportMetric(float64(len(took)), "cards")
	}
}

func latencySession(b *testing.B) (took []time.Duration, lost int) {
	b.Helper()
	dir := b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "config.yaml"), []byte(latencyConfig()), 0o600); err != nil {
		b.Fatal(err)
	}
	tg := faketelegram.New(tgToken)
	for i := range latencySites {
		tg.AddChat(faketelegram.Chat{ID: latencyGroup(i), Type: "supergroup", Title: "Humas"})
	}
	watch := &stopwatch{RoundTripper: tg.RoundTripper(), seen: map[string]time.Time{}}
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	env := map[string]string{"TELEGRAM_BOT_TOKEN": tgToken, "HOOK": "s3cret-of-the-hook"}
	var out, errs safeBuffer
	ctx, stop := context.WithCancel(b.Context())
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, []string{"-config", filepath.Join(dir, "config.yaml")}, outside{
			in: strings.NewReader(""), out: &out, err: &errs, telegram: watch,
			env:    func(k string) (string, bool) { v, ok := env[k]; return v, ok },
			listen: func(string, string) (net.Listener, error) { return door, nil },
			feeds:  func(*config.Config) *http.Client { return &http.Client{Transport: noNetwork{}} },
		})
	}()
	due := pushAll(b, door.Addr().String(), env["HOOK"])
	time.Sleep(latencyGrace)
	stop()
	if code := <-done; code != 0 {
		b.Fatalf("exit %d: %s", code, errs.String())
	}
	for n, at := range due {
		if seen := watch.seen[n]; seen.IsZero() {
			lost++
		} else {
			took = append(took, seen.Sub(at))
		}
	}
	return took, lost
}

// pushAll sends the posts of a session on time, and returns when those that open
// incidents were due.
func pushAll(b *testing.B, address, secret string) map[string]time.Time {
	b.Helper()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	due := map[string]time.Time{}
	var sent sync.WaitGroup
	begin := time.Now().Add(time.Second)
	for i := range latencyPosts {
		at := begin.Add(time.Duration(i) * time.Second / latencyRate)
		text := fmt.Sprintf("pabrik bising%d di desa%d kata warga ke%d", i%6, i%latencySites, i)
		if i%latencyCards == 0 {
			n := i / latencyCards
			key := fmt.Sprintf("nomor%d", n)
			text = fmt.Sprintf("kabar%d %s di desa%d", n/latencySites, key, n%latencySites)
			due[key] = at
		}
		time.Sleep(time.Until(at))
		sent.Go(func() {
			req := signed(b, secret, fmt.Sprintf(`{"posts":[{"id":"%d","kind":"social","author":"w%d","text":%q}]}`, i, i, text))
			req.URL.Host, req.Host = address, address
			resp, err := client.Do(req)
			if err != nil {
				b.Error(err)
				return
			}
			_, _ = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
			if resp.StatusCode/100 != 2 {
				b.Errorf("post %d got %d", i, resp.StatusCode)
			}
		})
	}
	sent.Wait()
	return due
}
