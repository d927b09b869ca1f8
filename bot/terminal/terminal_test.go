package terminal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/golden"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

func speak(t *testing.T, code string) *bot.Lang {
	t.Helper()
	l, err := bot.NewLang(code)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// echo answers every line with itself, in two lines and with two choices
// where it is a question.
type echo struct {
	mu    sync.Mutex
	heard []bot.Saying
	fail  error
}

func (e *echo) Hear(_ context.Context, s bot.Saying) (bot.Answer, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.heard = append(e.heard, s)
	ans := bot.Answer{Text: s.Text}
	if strings.HasSuffix(s.Text, "?") {
		ans.Text += "\nyang mana"
		ans.Choices = []bot.Button{{Label: "Mereda"}, {Label: "Duplikat"}}
	}
	return ans, e.fail
}

var noon = time.Date(2025, 11, 4, 5, 0, 0, 0, time.UTC)

func message() notifier.Message {
	wib := time.FixedZone("WIB", 7*60*60)
	return notifier.Message{Dest: Dest, Kind: notifier.KindCard, Card: notifier.Card{
		TopicName: "Debu", SiteName: "Rembang", Zone: wib,
		Incident: incident.Incident{
			ID: 1, State: incident.Open, Severity: rules.Warning, Rev: 1, StateRev: 1, Rule: "Debu", Trend: incident.Rising,
			Counts: rules.Counts{Posts: 42, Stories: 9, Voices: 7}, First: noon, Last: noon, Grievance: true,
			When: rules.When{Unit: rules.Voices, N: 5, Within: 30 * time.Minute},
			Excerpts: []incident.Excerpt{{
				Text: "genteng putih semua, anak batuk, pabriknya berdebu parah dari kemarin", Kind: "forum",
				URL: "https://forum.contoh.id/warga/rembang/debu/2025/11/04/genteng-putih", Published: noon, Fetched: noon,
			}},
		},
		Answer: facts.Answer{Acknowledge: true},
	}}
}

// paper collects what is printed, write by write.
type paper struct {
	mu     sync.Mutex
	writes []string
	fail   error
}

func (p *paper) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fail != nil {
		return 0, p.fail
	}
	p.writes = append(p.writes, string(b))
	return len(b), nil
}

func (p *paper) take() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := strings.Join(p.writes, "")
	p.writes = nil
	return all
}

func TestCardsCanBeReadInEveryWidthAndLanguage(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		for _, width := range []int{40, 80} {
			var out paper
			term := New(&out, nil, nil, speak(t, code), Options{Width: width})
			var b strings.Builder
			for _, m := range lifetime() {
				if _, err := term.Send(t.Context(), m); err != nil {
					t.Fatal(err)
				}
				b.WriteString(out.take() + "\n")
			}
			for line := range strings.SplitSeq(b.String(), "\n") {
				if columns(line) > width && !strings.HasPrefix(line, "https://") {
					t.Errorf("%d columns in a terminal of %d: %q", columns(line), width, line)
				}
			}
			golden.Check(t, "testdata/"+fmt.Sprintf("cards.%s.%d.golden", code, width), b.String())
		}
	}
}

// lifetime is a card in all its states, and a ping.
func lifetime() []notifier.Message {
	open := message()
	taken := message()
	taken.Card.Incident.State, taken.Card.Incident.Owner, taken.Card.Incident.AckAt = incident.Acknowledged, "Sari", noon
	taken.Card.Incident.Grievance, taken.Card.Incident.Severity = false, rules.Critical
	taken.Card.Answer = facts.Answer{Facts: []facts.Fact{{
		ID: "FAKTA-012", Text: "PM10 di Tegaldowo 48 µg/m³, di bawah baku mutu 75 µg/m³.", Tier: 1, Source: facts.Source{Name: "DLH Rembang"},
	}}}
	taken.Again = true
	done := message()
	done.Card.Incident.State, done.Card.Incident.Reason = incident.Resolved, incident.DiedDown
	done.Card.Incident.ResolvedAt = noon.Add(2 * time.Hour)
	ping := message()
	ping.Kind, ping.Why = notifier.KindPing, notifier.LevelRose
	ping.Entry = incident.Entry{At: noon, Who: incident.Machine.Name, Verb: incident.Fire}
	return []notifier.Message{open, taken, done, ping}
}

func TestCountsGetOneLineAndStatesTheWholeCard(t *testing.T) {
	var out paper
	term := New(&out, nil, nil, speak(t, "id"), Options{})
	m := message()
	at, err := term.Send(t.Context(), m)
	if err != nil || at.MsgID != "terminal" {
		t.Fatalf("receipt %+v, error %v", at, err)
	}
	whole := out.take()
	edit := func() string {
		if err := term.Edit(t.Context(), at, m); err != nil {
			t.Fatal(err)
		}
		return out.take()
	}
	if got := edit(); got != "" {
		t.Errorf("nothing is new, yet it printed %q", got)
	}
	m.Card.Incident.Counts.Posts, m.Card.Incident.Rev = 51, 2
	if got := edit(); got != "ISU-1 · 51 pos → 9 cerita → 7 suara · naik ↗\n" {
		t.Errorf("counts moved: %q", got)
	}
	changes := map[string]func(*notifier.Card){
		"taken":   func(c *notifier.Card) { c.Incident.StateRev = 3 },
		"level":   func(c *notifier.Card) { c.Incident.Severity = rules.Critical },
		"a fact":  func(c *notifier.Card) { c.Answer.Facts = []facts.Fact{{ID: "FAKTA-1"}} },
		"listens": func(c *notifier.Card) { c.Answer.Acknowledge = false },
	}
	for what, change := range changes {
		change(&m.Card)
		if got := edit(); len(got) < len(whole)/2 || !strings.HasPrefix(got, "──") {
			t.Errorf("%s: printed %q", what, got)
		}
	}
}

func TestACardOfAnEarlierProcessIsPrintedWhole(t *testing.T) {
	var out paper
	term := New(&out, nil, nil, speak(t, "id"), Options{})
	if err := term.Edit(t.Context(), notifier.Receipt{MsgID: "terminal"}, message()); err != nil {
		t.Fatal(err)
	}
	if got := out.take(); !strings.Contains(got, "/ambil 1 · /draf 1 · /bantuan") {
		t.Errorf("printed %q", got)
	}
}

func TestACardThatWasNotPrintedIsPrintedWholeNextTime(t *testing.T) {
	out := paper{fail: errors.New("pipe closed")}
	term := New(&out, nil, nil, speak(t, "id"), Options{})
	_, err := term.Send(t.Context(), message())
	if fail, ok := errors.AsType[*notifier.SendError](err); !ok || fail.Class != notifier.NotSent {
		t.Errorf("error %v", err)
	}
	out.fail = nil
	if err := term.Edit(t.Context(), notifier.Receipt{}, message()); err != nil || !strings.HasPrefix(out.take(), "──") {
		t.Errorf("after a failure: %v", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := term.Send(ended, message()); err == nil || out.take() != "" {
		t.Error("printed after the end")
	}
}

func TestColourIsForTerminalsThatWantIt(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	if got := Detect(file); got != (Options{}) {
		t.Errorf("a file: %+v", got)
	}
	for _, color := range []bool{false, true} {
		var out paper
		term := New(&out, nil, nil, speak(t, "id"), Options{Color: color})
		for _, m := range lifetime() {
			if _, err := term.Send(t.Context(), m); err != nil {
				t.Fatal(err)
			}
		}
		if got := strings.Contains(out.take(), "\x1b["); got != color {
			t.Errorf("colour %v: escapes %v", color, got)
		}
	}
}

func TestLinesAreHeardUntilTheContextEndsNotTheInput(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out paper
		talk := &echo{}
		term := New(&out, strings.NewReader("/ambil 1\r\n\n/selesai 1?\n"+strings.Repeat("x", 3*maxLine)+"\nakhir"), talk,
			speak(t, "id"), Options{Width: 100})
		ctx, end := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- term.Run(ctx) }()
		synctest.Wait()
		want := "/ambil 1\n/selesai 1?\nyang mana\nMereda · Duplikat\n"
		if got := out.take(); !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "x\nakhir\n"+ended(t)) {
			t.Errorf("printed %.200q", got)
		}
		if len(talk.heard) != 5 || len(talk.heard[3].Text) != maxLine {
			t.Errorf("heard %d lines", len(talk.heard))
		}
		if s := talk.heard[0]; s.Dest != Dest || s.User != "terminal" || !s.At.Equal(time.Now()) {
			t.Errorf("heard %+v", s)
		}
		if _, err := term.Send(ctx, message()); err != nil || out.take() == "" {
			t.Errorf("after the input ended no card is printed: %v", err)
		}
		end()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestTheEndOfTheContextEndsAWaitingReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in, typed := io.Pipe()
		ctx, end := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- New(&paper{}, in, &echo{}, speak(t, "id"), Options{}).Run(ctx) }()
		synctest.Wait()
		end()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if _, err := typed.Write([]byte("too late\n")); err != nil {
			t.Error(err)
		}
		synctest.Wait()
	})
}

func TestWhatGoesWrongWithALineIsLogged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		talk := &echo{fail: errors.New("disk full")}
		in, typed := io.Pipe()
		term := New(&paper{fail: errors.New("paper jam")}, in, talk, speak(t, "id"), Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
		ctx, end := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- term.Run(ctx) }()
		if _, err := typed.Write([]byte("/ambil 1\n")); err != nil {
			t.Fatal(err)
		}
		typed.CloseWithError(errors.New("unplugged"))
		synctest.Wait()
		end()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		for _, want := range []string{"disk full", "paper jam", "unplugged"} {
			if !strings.Contains(log.String(), want) {
				t.Errorf("the log lacks %q: %s", want, log.String())
			}
		}
	})
}

// ended is what the terminal says when nobody can type any more.
func ended(t *testing.T) string {
	t.Helper()
	return speak(t, "id").Say("terminal.closed") + "\n"
}

func TestCardsAndAnswersDoNotInterleave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out paper
		term := New(&out, strings.NewReader(strings.Repeat("/isu?\n", 20)), &echo{}, speak(t, "id"), Options{})
		ctx, end := context.WithCancel(t.Context())
		var wait sync.WaitGroup
		wait.Go(func() { _ = term.Run(ctx) })
		for range 20 {
			wait.Go(func() {
				if _, err := term.Send(ctx, message()); err != nil {
					t.Error(err)
				}
			})
		}
		synctest.Wait()
		end()
		wait.Wait()
		for _, w := range out.writes {
			card := strings.HasPrefix(w, "──") && strings.HasSuffix(w, "──\n")
			if !card && !strings.HasSuffix(w, "Mereda · Duplikat\n") && w != ended(t) {
				t.Errorf("a write of half a thing: %q", w)
			}
		}
		if len(out.writes) != 40+1 {
			t.Errorf("%d writes, want one for each card and answer, and one for the end of the input", len(out.writes))
		}
	})
}
