package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/health"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// network is a network that can be cut, with a service that counts heartbeats.
type network struct {
	cut, refuses atomic.Bool
	beats        atomic.Int64
}

const (
	beatSecret = "rahasia-detak-4f2c"
	calmFeed   = `<rss version="2.0"><channel><title>t</title><item><guid>1</guid><title>Panen raya</title></item></channel></rss>`
)

func (w *network) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host == "hc.example" {
		if w.refuses.Load() || r.URL.Path != "/"+beatSecret {
			return reply(r, http.StatusNotFound, r.URL.String()), nil
		}
		w.beats.Add(1)
		return reply(r, http.StatusOK, "OK"), nil
	}
	if w.cut.Load() {
		return noNetwork{}.RoundTrip(r)
	}
	return reply(r, http.StatusOK, calmFeed), nil
}

func reply(r *http.Request, code int, body string) *http.Response {
	return &http.Response{
		StatusCode: code, Request: r, Header: http.Header{"Content-Type": {"application/rss+xml"}},
		Body: io.NopCloser(strings.NewReader(body)),
	}
}

// withBeat gives a world a network and a heartbeat every minute.
func withBeat(t *testing.T) (*world, *network) {
	t.Helper()
	w, net := newWorld(t, "\nheartbeat: {url_env: BEAT}\n"), &network{}
	w.env["BEAT"], w.env["SIAGA_LOG"], w.feeds = "https://hc.example/"+beatSecret, "info", func(*config.Config) *http.Client { return &http.Client{Transport: net} }
	return w, net
}

// wantSaid checks that the terminal said something, and forgets it.
func (w *world) wantSaid(words string) {
	w.t.Helper()
	all := w.out.String()
	if w.said(words) == 0 {
		w.t.Errorf("no %q in\n%s\nlog: %s", words, all, w.err.String())
	}
}

// said counts how often something stands in the terminal, and forgets it.
func (w *world) said(words string) int {
	n := strings.Count(strings.Join(strings.Fields(w.out.String()), " "), words) // it wraps lines
	w.out.mu.Lock()
	w.out.b.Reset()
	w.out.mu.Unlock()
	return n
}

func TestANetworkThatIsGoneIsToldOnceAndSoIsItsReturn(t *testing.T) {
	const gone, back = "tidak ada satu pun sumber yang bisa dibaca", "Sumber terbaca lagi"
	synctest.Test(t, func(t *testing.T) {
		w, net := withBeat(t)
		net.cut.Store(true)
		w.start()
		rest(14 * time.Minute)
		if n := w.said(gone); n != 0 {
			t.Errorf("told %d times in the first minutes", n)
		}
		rest(time.Hour)
		if n := w.said(gone); n != 1 {
			t.Errorf("told %d times", n)
		}
		w.stop()

		w.start() // knows that it was told
		rest(time.Hour)
		w.say("/status")
		if n := w.said(gone); n != 1 {
			t.Errorf("after a restart it stands in the terminal %d times instead of once, in the answer", n)
		}
		net.cut.Store(false)
		rest(time.Hour) // the pauses of a failing source grow up to half an hour
		if n := w.said(back); n != 1 {
			t.Errorf("its return was told %d times", n)
		}
		w.say("/status")
		w.wantSaid("Berkas data 1 MiB, sisa disk 50 GiB Detak ke luar: terakhir")
		w.stop()
	})
}

func TestTheHeartBeatsOnlyWhileSiagaIsWell(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, net := withBeat(t)
		w.start()
		rest(time.Minute - time.Second)
		if n := net.beats.Load(); n != 0 {
			t.Errorf("%d beats before the first minute was lived through", n)
		}
		rest(10 * time.Minute)
		if n := net.beats.Load(); n != 10 {
			t.Errorf("%d beats in ten minutes", n)
		}
		net.cut.Store(true)
		rest(time.Hour)
		before := net.beats.Load()
		rest(time.Hour)
		if n := net.beats.Load(); n != before || n > 10+2+16 {
			t.Errorf("%d beats of a Siaga that reads nothing, %d at first", n-before, before)
		}
		w.say("/status")
		w.wantSaid("ditahan: lihat peringatan di atas")
		net.cut.Store(false)
		rest(2 * time.Hour)
		if n := net.beats.Load(); n < before+60 {
			t.Errorf("%d beats after it was well again", n-before)
		}
		w.stop()
	})
}

func TestABeatThatIsRefusedIsLoggedOnceAndNeverWithItsAddress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, net := withBeat(t)
		net.refuses.Store(true)
		w.start()
		rest(time.Hour)
		w.say("/status")
		w.wantSaid("Detak ke luar gagal sejak 07:01 WIB: beat: it answers 404 Not Found")
		net.refuses.Store(false)
		rest(2 * time.Minute)
		_, metrics := w.knock(request(t, "GET", "/metrics", ""))
		for _, line := range []string{"siaga_heartbeats_total 2", "siaga_heartbeat_failures_total 60", "siaga_troubles 0", "siaga_store_bytes 1.048576e+06", "siaga_disk_free_bytes 5.36870912e+10"} {
			if !strings.Contains(metrics, line+"\n") {
				t.Errorf("no %q in the metrics", line)
			}
		}
		w.stop()
		log := w.err.String() + w.out.String() + metrics
		if strings.Count(log, "does not arrive") != 1 || strings.Count(log, "arrives again") != 1 {
			t.Errorf("the log is not calm:\n%s", log)
		}
		if strings.Contains(log, beatSecret) {
			t.Error("the address was written down")
		}
	})
}

func TestADiskThatFillsIsToldWhileThereIsRoomToAct(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, net := withBeat(t)
		w.start()
		rest(time.Minute + time.Second)
		w.disk(4<<30, 1<<20)
		rest(10 * time.Minute)
		w.wantSaid("hampir penuh sejak 07:02 WIB: sisa 4096 MiB (4 %)")
		if code, body := w.knock(request(t, "GET", "/healthz", "")); code != http.StatusOK || !strings.Contains(body, `"warnings":["the disk of the data file has only 4096 MiB left"]`) {
			t.Errorf("%d %s", code, body)
		}
		if net.beats.Load() != 11 {
			t.Errorf("%d beats of a Siaga that still does its work", net.beats.Load())
		}
		w.disk(20<<30, 1<<20)
		rest(2 * time.Minute)
		w.wantSaid("cukup lagi (07:12 WIB): sisa 20 GiB")
		w.stop()
	})
}

// disk puts what is free of 100 GiB, and the size of the data file.
func (w *world) disk(free, file int64) {
	w.space.Store(&health.Disk{Free: free, Total: 100 << 30, Store: file})
}

func TestADataFileThatGrowsTooFastIsToldAfterADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, a := built(t)
		for hour, file := range []int64{0: 1 << 20, 23: 5<<30 - 1, 24: 5<<30 + 1<<20} {
			if file == 0 {
				continue
			}
			w.disk(20<<30, file)
			if err := a.examine(t.Context(), a.since.Add(time.Duration(hour)*time.Hour)); err != nil {
				t.Fatal(err)
			}
			s, err := a.status(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			filling := slices.IndexFunc(s.Ill, func(n notifier.Note) bool { return n.Why == notifier.DiskGrowing })
			if (filling >= 0) != (hour == 24) {
				t.Fatalf("after %d hours: %+v", hour, s.Ill)
			}
			if hour == 24 && (s.Ill[filling].Args["days"] != "4" || s.Ill[filling].Args["grown"] != "5120 MiB") {
				t.Errorf("%+v", s.Ill[filling])
			}
		}
	})
}

// built is a Siaga of which nothing runs.
func built(t *testing.T) (*world, *app) {
	t.Helper()
	w, _ := withBeat(t)
	o := w.outside(nil)
	live, err := config.NewLive(filepath.Join(w.dir, "config.yaml"), config.Options{Env: o.env})
	if err != nil {
		t.Fatal(err)
	}
	a, err := build(t.Context(), live, o, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.db.Close() })
	return w, a
}

func TestAStoreThatIsHeldHoldsTheHeart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, a := built(t)
		if why, err := a.held(t.Context(), time.Now()); why != "" || err != nil {
			t.Fatalf("held at the start: %q, %v", why, err)
		}
		busy, let := make(chan struct{}), make(chan struct{})
		go func() {
			_ = a.db.Update(context.Background(), func(store.Tx) error { close(busy); <-let; return nil })
		}()
		<-busy
		began := time.Now()
		if why, err := a.held(t.Context(), began); why != "store" || err == nil || time.Since(began) != lookWithin {
			t.Errorf("%q, %v after %v", why, err, time.Since(began))
		}
		close(let)
	})
}

func TestRulesThatAreNotEvaluatedAreToldWithTheReason(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, a := built(t)
		time.Sleep(5 * time.Minute) // and nobody ran the watcher
		l, err := a.look(t.Context(), time.Now())
		if err != nil || fmt.Sprint(l.alarms) != fmt.Sprint([]health.Alarm{{Trouble: health.Stalled, Since: a.since}}) {
			t.Fatalf("%+v, %v", l.alarms, err)
		}
		a.db.Close()
		_ = a.watcher.Accept(t.Context(), source.Spec{Name: "x"}, source.Batch{})
		if n := a.ill(l.alarms[0], l); len(n.Lines) != 1 || !strings.Contains(n.Lines[0], "closed") {
			t.Errorf("%+v", n)
		}
		if h := a.health(t.Context()); h.OK || !strings.Contains(strings.Join(h.Problems, "\n"), "nothing was evaluated or taken in since") {
			t.Errorf("%+v", h)
		}
	})
}

func TestAChatIsReachedUnlessSomethingHasFailedForLong(t *testing.T) {
	now := time.Now()
	for name, c := range map[string]struct {
		chat notifier.Backlog
		want bool
	}{
		"nothing waits":         {notifier.Backlog{}, true},
		"a card waits its turn": {notifier.Backlog{Cards: 1, Oldest: now.Add(-time.Hour)}, true},
		"it failed just now":    {notifier.Backlog{Cards: 1, Oldest: now.Add(-time.Minute), LastErr: "x"}, true},
		"it has for long":       {notifier.Backlog{Cards: 1, Oldest: now.Add(-5 * time.Minute), LastErr: "x"}, false},
	} {
		if got := arrives(c.chat, now); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
