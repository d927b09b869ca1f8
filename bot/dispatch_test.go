package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
)

func TestWithABrokenStoreNothingIsMarkedAndTheAnswerSaysSo(t *testing.T) {
	w := newWorld(t, "id")
	w.fires("debu", "rembang", rules.Warning, rules.Began)
	full := errors.New("disk full")
	ask := map[string]func() (Answer, error){}
	for _, line := range []string{"/ambil 1", "/isu", "/selesai 1", "selamat pagi", "/ambli"} {
		ask[line] = func() (Answer, error) {
			return w.talk.Hear(t.Context(), Saying{Dest: group, User: sari, Text: line, At: w.now, Mark: w.mark()})
		}
	}
	for _, data := range []string{"\fk|ack.1.1", "rm -rf"} {
		ask[data] = func() (Answer, error) {
			return w.talk.Press(t.Context(), Press{Dest: group, User: sari, Data: data, At: w.now, Mark: w.mark()})
		}
	}
	for what, do := range ask {
		w.db.fail = full
		ans, err := do()
		w.db.fail = nil
		if !errors.Is(err, full) || ans.Text != "Gagal disimpan, coba lagi" || ans.Brief != ans.Text {
			t.Errorf("%q: answer %q, error %v", what, ans.Text, err)
		}
		if w.marked() != 0 || w.first().State != incident.Open {
			t.Errorf("%q: something was kept", what)
		}
	}
}

func TestAChangeAndItsMarkAreOneTransaction(t *testing.T) {
	w := newWorld(t, "id")
	w.fires("debu", "rembang", rules.Warning, rules.Began)
	for range 2 { // the second tap changes nothing and is marked all the same
		w.presses(group, sari, "\fk|ack.1.1")
	}
	if in := w.first(); in.Owner != "Sari" || in.Rev != 2 {
		t.Errorf("after two taps: %+v", in)
	}
}

func TestAPanicIsAnsweredMarkedAndLogged(t *testing.T) {
	w := newWorld(t, "id")
	w.talk.Status = func(context.Context) (Status, error) { panic("no status") }
	ans := w.says(group, sari, "/status")
	if !strings.HasPrefix(ans.Text, "Maaf, ada kesalahan") {
		t.Errorf("answer %q", ans.Text)
	}
	for _, want := range []string{"no status", "verb=status", "dispatch_test.go"} {
		if !strings.Contains(w.log.String(), want) {
			t.Errorf("the log lacks %q", want)
		}
	}
}

func TestWhatCannotBeLookedUpIsTheStoresFault(t *testing.T) {
	w := newWorld(t, "id")
	w.fires("debu", "rembang", rules.Warning, rules.Began)
	broken := errors.New("cannot read")
	w.talk.Status = func(context.Context) (Status, error) { return Status{}, broken }
	s := Saying{Dest: group, User: sari, Text: "/status", At: w.now, Mark: w.mark()}
	if _, err := w.talk.Hear(t.Context(), s); !errors.Is(err, broken) || w.marked() != 0 {
		t.Errorf("error %v, marked %d times", err, w.marked())
	}
}

func TestASlipIsToldOncePerPersonInHalfAMinute(t *testing.T) {
	w := newWorld(t, "id")
	told := func(user string) bool { return w.says(group, user, "/ambli").Text != "" }
	if !told(sari) || told(sari) || !told(dewi) {
		t.Error("want one answer for each person")
	}
	w.now = w.now.Add(slipEvery)
	if !told(sari) {
		t.Error("want another answer after half a minute")
	}
	if w.says(group, sari, "/ambil 7").Text == "" {
		t.Error("a well-formed command must always be answered")
	}
}

func TestManyMayTalkAtOnce(t *testing.T) {
	w := newWorld(t, "id")
	w.fires("debu", "rembang", rules.Warning, rules.Began)
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for _, line := range []string{"/ambli", "/ambil 1", "/isu"} {
				s := Saying{Dest: group, User: []string{sari, dewi}[i%2], Text: line, At: tenForty}
				if _, err := w.talk.Hear(t.Context(), s); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
}

func TestAToastIsACutOfTheAnswer(t *testing.T) {
	for _, text := range []string{
		"", "Diambil.", strings.Repeat("a", 200), strings.Repeat("a", 201), strings.Repeat("🔴", 100), strings.Repeat("🔴", 101),
		strings.Repeat("a", 199) + "🔴",
	} {
		got := toast(text)
		units := len(utf16.Encode([]rune(got)))
		whole := len(utf16.Encode([]rune(text))) <= toastUnits
		if units > toastUnits || whole != (got == text) || !strings.HasPrefix(text, strings.TrimSuffix(got, "…")) {
			t.Errorf("%.10s… (%d units): %d units, cut %v", text, len([]rune(text)), units, got != text)
		}
	}
}

func TestLongListsAreCutAndSaySo(t *testing.T) {
	w := newWorld(t, "id")
	for i := range maxLines + 3 {
		w.fires(fmt.Sprintf("t%d", i), "rembang", rules.Warning, rules.Began)
	}
	lines := strings.Split(w.says(group, sari, "/isu").Text, "\n")
	if len(lines) != maxLines+1 || lines[maxLines] != "+3 lagi" {
		t.Errorf("%d lines, the last %q", len(lines), lines[len(lines)-1])
	}
	for i := range maxLines {
		w.says(group, sari, fmt.Sprintf("/catat 1 ke-%d", i))
	}
	lines = strings.Split(w.says(group, sari, "/jejak 1").Text, "\n")
	if len(lines) != maxLines+1 || lines[0] != "1 baris sebelumnya tidak ditampilkan" {
		t.Errorf("%d lines, the first %q", len(lines), lines[0])
	}
}

func TestNamesOfManyAreCut(t *testing.T) {
	got := speak(t, "id").names([]string{"A", "B", "C", "D", "E", "F", "G"})
	if want := "A, B, C, D, E +2 lagi"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestARefusalIsLogged(t *testing.T) {
	w := newWorld(t, "id")
	w.fires("debu", "rembang", rules.Warning, rules.Began)
	w.says(group, agus, "/ambil 1")
	w.now = w.now.Add(time.Minute)
	w.says(group, sari, "/siapa @akun")
	for _, want := range []string{"refused", "person=Agus", "verb=ambil", "asked=siapa"} {
		if !strings.Contains(w.log.String(), want) {
			t.Errorf("the log lacks %q", want)
		}
	}
	if strings.Contains(w.log.String(), "@akun") {
		t.Error("the log names whom somebody asked about")
	}
}
