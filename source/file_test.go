package source

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func newPlayer(t *testing.T, path string) Poller {
	t.Helper()
	made, err := New(Spec{Name: "contoh", Type: "file", Path: path}, Deps{Hash: NewVoices([]byte("key"))})
	if err != nil {
		t.Fatal(err)
	}
	return made.(Poller)
}

func poll(t *testing.T, p Poller, cursor string) Batch {
	t.Helper()
	b, err := p.Poll(t.Context(), cursor)
	if err != nil {
		t.Fatal(err)
	}
	if !b.Live {
		t.Error("a batch of a file may not alert")
	}
	for _, e := range b.Events {
		if !e.Deleted {
			checkPost(t, e.Post)
		}
	}
	return b
}

func ids(b Batch) string {
	var all []string
	for _, e := range b.Events {
		id := strings.TrimPrefix(e.Post.ID, "contoh:")
		if e.Deleted {
			id = "-" + id
		}
		all = append(all, id)
	}
	return strings.Join(all, " ")
}

func TestADayIsPlayedInOrderOfTimeAtTheRightMoment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlayer(t, "testdata/table/mixed.jsonl")
		start := time.Now()
		absolute := time.Date(2025, 11, 3, 14, 5, 0, 0, time.FixedZone("WIB", 7*60*60))
		cursor := ""
		for _, want := range []struct {
			after time.Duration
			ids   string
			wait  time.Duration
		}{
			{0, "p1", 30 * time.Second},
			{30 * time.Second, "p2", 9*time.Minute + 30*time.Second},
			{10 * time.Minute, "-p2", absolute.Sub(start) - 10*time.Minute},
			{absolute.Sub(start), "6", 0},
		} {
			time.Sleep(time.Until(start.Add(want.after)))
			b := poll(t, p, cursor)
			cursor = b.Cursor
			if ids(b) != want.ids || b.Wait != want.wait {
				t.Errorf("after %v: got %q and wait %v, want %q and %v", want.after, ids(b), b.Wait, want.ids, want.wait)
			}
		}
		if _, err := p.Poll(t.Context(), cursor); !errors.Is(err, ErrNotModified) {
			t.Errorf("after the last record: got %v, want ErrNotModified", err)
		}
	})
}

func TestARecordBecomesAPostWithoutItsAuthor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := poll(t, newPlayer(t, "testdata/table/mixed.jsonl"), "")
		want := Post{
			ID: "contoh:p1", Source: "contoh", Kind: News, URL: "https://www.kabar.example.co.id/a/1",
			Voice: "example.co.id", Outlet: "Kabar Contoh", Tier: 2, Text: "Warga protes debu\nIsi berita.",
			Published: time.Now().Add(-45 * time.Minute).UTC(), Fetched: time.Now().UTC(),
		}
		if got := b.Events[0].Post; got != want {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	})
}

func TestARestartContinuesTheDayWhereItStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		first := poll(t, newPlayer(t, "testdata/table/mixed.jsonl"), "")
		time.Sleep(20 * time.Second)
		second := poll(t, newPlayer(t, "testdata/table/mixed.jsonl"), first.Cursor)
		if ids(second) != "" || second.Wait != 10*time.Second {
			t.Errorf("after the restart: got %q and wait %v, want nothing and 10s", ids(second), second.Wait)
		}
	})
}

func TestABadLineIsNamedAndStopsNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlayer(t, "testdata/table/mixed.jsonl")
		b := poll(t, p, "")
		wants := []string{":4: ", `:5: kind: "podcast"`, `:6: at: "besok"`, ":8: neither title nor text", ":9: "}
		if len(b.Bad) != len(wants) {
			t.Fatalf("bad lines are %q", b.Bad)
		}
		for i, want := range wants {
			if got := b.Bad[i].Error(); !strings.HasPrefix(got, "testdata/table/mixed.jsonl"+want) {
				t.Errorf("bad line %d is %q, want %q", i, got, want)
			}
		}
		if again := poll(t, p, b.Cursor); len(again.Bad) > 0 {
			t.Errorf("told twice: %q", again.Bad)
		}
	})
}

func TestASpreadsheetWithABrokenQuoteLosesOneLine(t *testing.T) {
	b := poll(t, newPlayer(t, "testdata/table/excel.csv"), "")
	if ids(b) != "1 4" || b.Events[0].Post.Text != `debu; abu dan "asap"` || b.Events[0].Post.Reach != 7 || b.Events[1].Post.Kind != Forum {
		t.Errorf("got %q: %+v", ids(b), b.Events)
	}
	if len(b.Bad) != 2 || !strings.Contains(b.Bad[0].Error(), "excel.csv:4: ") || !strings.Contains(b.Bad[1].Error(), `excel.csv:5: reach: "banyak"`) {
		t.Errorf("bad lines are %q", b.Bad)
	}
}

func TestSeparatorsAreDetected(t *testing.T) {
	for name, table := range map[string]string{
		"comma":     "id,text\n1,\"a;b\"\n",
		"semicolon": "id;text;title\n1;a,b,c;\n",
		"tab":       "id\ttext\n1\ta,b\n",
		"one only":  "text\na b\n",
		"UTF-16":    "\xff\xfei\x00d\x00\t\x00t\x00e\x00x\x00t\x00\n\x001\x00\t\x00a\x00\n\x00",
	} {
		rows, err := readCSV(toUTF8([]byte(table), ""))
		if err != nil || len(rows) != 1 || rows[0].err != nil || rows[0].line != 2 || !strings.HasPrefix(rows[0].record["text"], "a") {
			t.Errorf("%s: got %+v, %v", name, rows, err)
		}
	}
}

func TestManyRecordsComeInBatches(t *testing.T) {
	var lines strings.Builder
	for i := range maxBatch + 1 {
		fmt.Fprintf(&lines, "{\"id\":%d,\"text\":\"debu\"}\n", i)
	}
	p := newPlayer(t, write(t, "day.jsonl", lines.String()))
	first := poll(t, p, "")
	second := poll(t, p, first.Cursor)
	if len(first.Events) != maxBatch || !first.More || len(second.Events) != 1 || second.More {
		t.Errorf("%d (more %v) and %d (more %v)", len(first.Events), first.More, len(second.Events), second.More)
	}
}

func TestTheWrongFileDoesNotFillTheLog(t *testing.T) {
	p := newPlayer(t, write(t, "day.jsonl", strings.Repeat("x\n", maxBad+23)))
	b := poll(t, p, "")
	if n := len(b.Bad); n != maxBad+1 || !strings.Contains(b.Bad[maxBad].Error(), "23 more") {
		t.Errorf("%d errors, the last is %v", n, b.Bad[n-1])
	}
}

func TestAChangedFileIsReadAgainAndKeepsItsBase(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := write(t, "day.jsonl", `{"id":"a","at":"-1m","text":"satu"}`)
		p := newPlayer(t, path)
		first := poll(t, p, "")
		if err := os.WriteFile(path, []byte(`{"id":"a","at":"-1m","text":"satu"}`+"\n"+`{"id":"b","at":"+1m","text":"dua"}`), 0o600); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		if second := poll(t, p, first.Cursor); ids(second) != "a b" {
			t.Errorf("got %q, want both records", ids(second))
		}
	})
}

func TestAFileThatIsMissingIsPermanentUntilItIsThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "day.csv")
	p := newPlayer(t, path)
	for name, make := range map[string]func() error{
		"missing":   func() error { return nil },
		"a folder":  func() error { return os.Mkdir(path, 0o700) },
		"no header": func() error { return os.WriteFile(path, nil, 0o600) },
		"no text":   func() error { return os.WriteFile(path, []byte("a;b\n1;2\n"), 0o600) },
	} {
		if err := errors.Join(os.RemoveAll(path), make()); err != nil {
			t.Fatal(err)
		}
		_, err := p.Poll(t.Context(), "")
		var permanent *Permanent
		if !errors.As(err, &permanent) {
			t.Errorf("%s: got %v, want a permanent error", name, err)
		}
	}
	if err := errors.Join(os.RemoveAll(path), os.WriteFile(path, []byte("text\ndebu\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if b := poll(t, p, ""); len(b.Events) != 1 {
		t.Errorf("got %+v", b)
	}
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func FuzzFile(f *testing.F) {
	for _, file := range []string{"testdata/table/mixed.jsonl", "testdata/table/excel.csv"} {
		f.Add(read(f, file), filepath.Ext(file) == ".csv")
	}
	f.Add([]byte("text\n\"\"\"\n\"a\"\"\n"), true)
	f.Add([]byte(`{"ID":1,"id":"2","text":"\ud800"}`), false)
	f.Fuzz(func(t *testing.T, data []byte, isCSV bool) {
		p := &file{spec: feedSpec("https://example.com/"), read: readJSONL}
		if isCSV {
			p.read = readCSV
		}
		rows, err := p.read(toUTF8(data, ""))
		if err != nil {
			return
		}
		p.schedule(rows, teaTime)
		lines := strings.Count(string(toUTF8(data, "")), "\n") + 1
		for _, r := range rows {
			if r.line < 1 || r.line > lines {
				t.Errorf("line %d of %d", r.line, lines)
			}
		}
		for _, m := range p.moments {
			if !m.event.Deleted {
				checkPost(t, m.event.seen(m.at, teaTime).Post)
			}
		}
	})
}
