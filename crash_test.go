package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

const (
	// shortCrash is how many deaths every run of the tests sees; CRASH_ROUNDS says another number.
	shortCrash = 8
	// longLife is how long a fuse is waited for, and shortLife how long at most
	// a program lives that is killed at any moment, both from its first request on.
	longLife  = 2 * time.Second
	shortLife = 1200 * time.Millisecond
	// patience is how long a machine that is busy may take over what takes a moment.
	patience = 30 * time.Second
)

// points are where a fuse may be: around what the chats see, around what is
// kept of it, and none, for any moment.
func points() []string {
	return []string{
		"before-send", "after-send", "after-record", "before-send", "after-send", "after-record",
		"before-edit", "after-edit", "after-look", "after-post", "after-tap", "before-tick", "after-tick",
		"any", "any", "any",
	}
}

// TestCrashLosesNoAlertAndNoTap kills the program again and again while posts come
// in and people press buttons, lets it live at last, and looks at the chats.
func TestCrashLosesNoAlertAndNoTap(t *testing.T) {
	rounds, seed := shortCrash, rand.Uint64()
	if n, err := strconv.Atoi(os.Getenv("CRASH_ROUNDS")); err == nil {
		rounds = n
	}
	if n, err := strconv.ParseUint(os.Getenv("CRASH_SEED"), 10, 64); err == nil {
		seed = n
	}
	t.Parallel() // it waits more than it works
	t.Logf("CRASH_ROUNDS=%d CRASH_SEED=%d; the seed says where, not when", rounds, seed)
	began := time.Now()
	w := newCrashWorld(t, seed, max(2*crashSites, rounds*3/8))
	o := newObserver(w)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for n := range rounds {
		for _, c := range w.cells[n*len(w.cells)/rounds : (n+1)*len(w.cells)/rounds] {
			w.open(ctx, c, w.rng.IntN(4) == 0)
		}
		w.press(ctx)
		o.look(w.round())
	}
	killed := time.Since(began)
	w.settle(ctx, o)
	o.judge()
	t.Logf("%d kills in %v, settled after %v", rounds, killed.Round(time.Second), (time.Since(began) - killed).Round(time.Second))
	o.report()
}

// round is one life, and says how it ended: the point of the fuse, or "any".
func (w *crashWorld) round() string {
	point := points()[w.rng.IntN(len(points()))]
	w.tgFront.arm(w.mishaps("sendMessage", "editMessageText", "answerCallbackQuery"))
	w.slFront.arm(w.mishaps("chat.postMessage", "chat.update", "conversations.history"))
	life := time.Duration(w.rng.Int64N(int64(shortLife)))
	if point != "any" {
		life = longLife
	}
	c := w.spawn(point + ":" + strconv.Itoa(1+w.rng.IntN(3)))
	select {
	case <-w.tgFront.seen:
		select {
		case err := <-c.gone:
			w.died(err)
			return point
		case <-time.After(life):
		}
	case err := <-c.gone: // before it had said anything
		w.died(err)
		return point
	case <-time.After(patience):
		w.t.Fatalf("it does not start: %s", &w.tail)
	}
	_ = c.cmd.Process.Kill()
	w.died(<-c.gone)
	return "any"
}

// died ends the test unless it was the kill: the program has no other way to end here.
func (w *crashWorld) died(err error) {
	w.t.Helper()
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		w.t.Fatalf("it ended by itself: %v\n%s", err, &w.tail)
	}
}

// mishaps has some of the first calls of each method go wrong. Only a new
// message may be late: an edit has no grace to wait for.
func (w *crashWorld) mishaps(post string, others ...string) map[string][]mishap {
	all := map[string][]mishap{}
	for _, m := range append(others, post) {
		kinds := 2
		if m == post {
			kinds = 3
		}
		for range w.rng.IntN(3) {
			if w.rng.IntN(2) == 0 {
				all[m] = append(all[m], mishap(w.rng.IntN(kinds)))
			}
		}
	}
	return all
}

// settle lets the program live until nothing waits, changes every incident and
// waits until that has arrived, and stops it as an admin would.
func (w *crashWorld) settle(ctx context.Context, o *observer) {
	w.tgFront.arm(nil)
	w.slFront.arm(nil)
	c := w.spawn("")
	w.work.Wait() // every post was answered with 200, and every press with something
	w.quiet(ctx, c)
	o.before()
	for _, cell := range w.cells {
		cell.words = w.chatter()
		w.work.Go(func() { w.post(ctx, cell.name()+"/2", cell) })
	}
	w.work.Wait()
	w.quiet(ctx, c)
	_ = c.cmd.Process.Signal(syscall.SIGTERM)
	if err := <-c.gone; err != nil {
		w.t.Fatalf("it does not stop well: %v\n%s", err, &w.tail)
	}
}

// quiet waits until no card and no press waits for anything.
func (w *crashWorld) quiet(ctx context.Context, c *child) {
	w.t.Helper()
	for until := time.Now().Add(25 * time.Minute); time.Now().Before(until) && ctx.Err() == nil; time.Sleep(200 * time.Millisecond) {
		select {
		case err := <-c.gone:
			w.t.Fatalf("it ended by itself: %v\n%s", err, &w.tail)
		default:
		}
		if strings.Contains(w.metrics(), "\nsiaga_outbox_cards 0\n") {
			return
		}
	}
	w.t.Fatalf("cards wait for ever:\n%s", &w.tail)
}

func (w *crashWorld) metrics() string {
	client := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Get(strings.Replace(w.hooks, "/hooks/pantauan", "/metrics", 1))
	if err != nil {
		return ""
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	return string(body)
}

// pressable is a button of a card on which nobody has pressed yet.
type pressable struct {
	isu string
	do  func(context.Context)
}

// press lets people take some of the incidents that they see, in one chat or in
// both at once. One whose tick was seen is left alone: a second tap would hide
// that the first was forgotten.
func (w *crashWorld) press(ctx context.Context) {
	all := append(w.pressableTelegram(), w.pressableSlack()...)
	w.mu.Lock()
	all = slices.DeleteFunc(all, func(p pressable) bool { return len(w.ticked[p.isu]) > 0 })
	w.mu.Unlock()
	w.rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for _, p := range all[:min(3, len(all))] {
		w.work.Go(func() {
			ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
			defer cancel()
			p.do(ctx)
		})
	}
}

func (w *crashWorld) pressableTelegram() (all []pressable) {
	for _, at := range w.spots() {
		for _, m := range w.tg.Messages(at.group) {
			isu := isuOf(m.Text)
			if isu == "" || len(m.Keyboard) == 0 || !strings.HasSuffix(m.Keyboard[0][0].Text, "Ambil") {
				continue
			}
			who := []int64{sari, rina}[m.ID%2]
			all = append(all, pressable{isu, func(ctx context.Context) {
				// An answer that does not come leaves the update with the server: it is pressed all the same.
				a, err := w.tg.Press(ctx, at.group, m.ID, who, m.Keyboard[0][0].Text)
				if name, thanked := strings.CutPrefix(a.Text, "Diambil. Terima kasih, "); err == nil && thanked {
					w.mu.Lock()
					defer w.mu.Unlock()
					w.ticked[isu] = append(w.ticked[isu], strings.TrimSuffix(name, "."))
				}
			}})
		}
	}
	return all
}

func (w *crashWorld) pressableSlack() (all []pressable) {
	for _, at := range w.spots() {
		for _, m := range w.sl.Messages(at.channel) {
			isu := isuOf(m.Plain)
			if isu == "" || !slices.ContainsFunc(m.Buttons, func(b slackButton) bool { return b.ActionID == "isu.ack" }) {
				continue
			}
			who := []string{"U01SARI", "U02RINA"}[len(m.TS+isu)%2]
			all = append(all, pressable{isu, func(context.Context) {
				_ = w.sl.Press(at.channel, m.TS, who, "isu.ack") // whether it arrived, the card says
			}})
		}
	}
	return all
}

// peek reads the store of a program that is dead; it fails the test if that is
// not whole. A program that died before it made one has none.
func (w *crashWorld) peek(read func(tx store.Tx) error) {
	w.t.Helper()
	db, err := store.Peek(w.t.Context(), filepath.Join(w.dir, "siaga.db"))
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	if err := db.View(w.t.Context(), read); err != nil {
		w.t.Fatal(err)
	}
}

const crashCards store.Shelf[notifier.Delivery] = "card"
