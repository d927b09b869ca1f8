package bot

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/query"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

func TestEverythingThatIsToldOfARule(t *testing.T) {
	inBoth(t, "tools", newWorld, func(s *story) {
		s.reloading()
		s.whyItSpoke()
		s.testOfChats()
		s.dryRuns()
		s.regrouping()
		s.kindly()
	})
}

func (s *story) reloading() {
	s.chapter("the files are looked at again")
	s.reloaded = Reloaded{Config: "3f9a1c0b77d2"}
	s.hear(group, agus, "/muatulang")
	s.reloaded.Changed, s.reloaded.Restart = []string{"rules", "facts"}, []string{"sources"}
	s.hear(group, agus, "/muatulang")
	s.reloaded.Changed = nil
	s.hear(group, agus, "/reload")
	for i := range 7 {
		s.reloaded.Wrong = append(s.reloaded.Wrong, fmt.Sprintf("rules.d/lingkungan.yaml:%d:14: there is no word set $dbu (did you mean $debu?)", i+3))
	}
	s.hear(group, agus, "/muatulang")
	s.hear(group, sari, "/muatulang")
	s.hear(channel, budi, "/isu muatulnag")
}

// matched is a firing that says what it read.
func (s *story) matched(rule string, phase rules.Phase, when rules.When, posts ...string) {
	s.Helper()
	f := rules.Firing{
		Rule: rule, Phase: phase, Topic: "debu", Site: "rembang", Severity: rules.Warning, At: s.now, When: when,
		Counts: rules.Counts{Posts: 42, Stories: 9, Voices: 7},
	}
	for i, p := range posts {
		e := rules.Evidence{Post: source.Post{
			ID: rule + p, Story: p, Text: p, Kind: source.Social, Published: s.now.Add(-time.Duration(i) * time.Minute),
		}}
		for _, w := range []string{"berdebu", "pabrik", "@akun"} {
			if at := strings.Index(p, w); at >= 0 {
				e.Spans = append(e.Spans, query.Span{Start: at, End: at + len(w)})
			}
		}
		f.New = append(f.New, e)
	}
	if err := s.db.Update(s.Context(), func(tx store.Tx) error { return s.desk.Fire(tx, f) }); err != nil {
		s.Fatal(err)
	}
}

func (s *story) whyItSpoke() {
	s.chapter("why an incident is there")
	s.desk.Version = func() string { return "3f9a1c0b77d2" }
	voices := rules.When{Unit: rules.Voices, N: 5, Within: 30 * time.Minute}
	s.matched("Debu", rules.Began, voices, "pabrik itu berdebu parah", "rumah kami berdebu, lapor @akun")
	s.spoken = notifier.Spoken{Concerned: true, Waiting: true}
	s.hear(group, guest, "/kenapa 1")
	s.later(2 * time.Minute)
	s.spoken.Err = "flood: too many requests"
	s.hear(group, guest, "/why 1")
	s.later(8 * time.Minute)
	s.matched("AsalPabrik", rules.Began, rules.When{Within: 24 * time.Hour}, "warga bertanya")
	s.spoken = notifier.Spoken{Concerned: true, Shown: true, Told: []notifier.Told{
		{At: tenForty.Add(2 * time.Minute), Why: notifier.FirstCard, Level: rules.Warning},
		{At: tenForty.Add(10 * time.Minute), Why: notifier.LevelRose, Level: rules.Critical},
		{At: tenForty.Add(11 * time.Minute), Why: notifier.WasTaken, Level: rules.Critical},
	}}
	s.hear(channel, budi, "/isu kenapa 1")
	s.hear(channel, budi, "/isu tingkat 1 siaga")
	s.hear(group, sari, "/kenapa", 1)
	s.hear(group, sari, "/kenapa")
	s.spoken = notifier.Spoken{Shown: true}
	s.hear(group, sari, "/kenapa 1")
	s.hear(channel, budi, "/isu selesai 1 mereda")
	s.spoken.Concerned = true
	s.hear(group, sari, "/kenapa 1")
	s.later(25 * time.Hour)
	s.hear(group, sari, "/kenapa 1")
	s.hear(group, sari, "/kenapa 99")
	s.fires("air", "", rules.Info, rules.Began)
	s.spoken = notifier.Spoken{Concerned: true}
	s.hear(group, sari, "/kenapa 2")
}

func (s *story) testOfChats() {
	s.chapter("a test of a chat")
	s.seat = Seat{Dest: group, Sites: []string{"rembang", "kupang"}}
	s.hear(group, agus, "/uji")
	s.tap(group, agus, "\fk|test.0.0")
	s.tap(group, guest, "\fk|test.0.0")
	s.seat = Seat{Dest: "telegram:-100123:9", Waiting: 2}
	s.hear(group, agus, "/test")
	s.seat = Seat{Dest: "terminal", Sites: []string{"rembang"}, Waiting: 1, Err: "not-sent: broken pipe"}
	s.hear("terminal", self, "/uji")
	s.seat = Seat{Dest: channel, Sites: []string{"rembang"}, Lookup: LookupUntried}
	s.hear(channel, self, "/isu uji")
	s.seat.Lookup = LookupGranted
	s.hear(channel, self, "/isu uji")
	s.seat.Lookup = LookupRefused
	s.hear(channel, self, "/isu uji")
	s.hear(group, sari, "/uji")
}

func (s *story) dryRuns() {
	s.chapter("a dry run of a rule")
	s.hear(group, agus, "/uji Debu")
	s.rules = []rules.Standing{{Rule: "Debu", ByChat: true, Shadow: true}, {Rule: "AirSumur"}, {Rule: "Korban"}}
	s.hear(group, agus, "/uji debu")
	s.tried = Tried{From: tenForty.Add(-7 * 24 * time.Hour), To: tenForty, Posts: 1204, Matched: 37, Alarms: 7}
	for i := range 6 {
		s.tried.First = append(s.tried.First, rules.Firing{
			Topic: "debu", Site: []string{"rembang", ""}[i%2], At: tenForty.Add(time.Duration(i-160) * time.Hour),
			Counts: rules.Counts{Voices: 5 + i}, When: rules.When{Unit: rules.Voices, N: 5, Within: 30 * time.Minute},
		})
	}
	for _, text := range []string{"pabrik semennya berdebu parah, kata @akun", "debu lagi", "tidak tampil"} {
		s.tried.Samples = append(s.tried.Samples, incident.Excerpt{Text: text, Kind: "forum", Published: tenForty.Add(-time.Hour)})
	}
	s.hear(group, agus, "/uji debu")
	s.tried = Tried{From: tenForty.Add(-9 * time.Hour), To: tenForty, Posts: 1, Matched: 1, Alarms: 1, Cut: true}
	s.tried.First = []rules.Firing{{Topic: "debu", Site: "kupang", At: tenForty}}
	s.hear(group, agus, "/uji Korban")
	s.tried = Tried{From: tenForty, To: tenForty, Posts: 3}
	s.hear(group, agus, "/uji Korban")
	s.later(time.Minute)
	s.hear(group, agus, "/uji Dbeu")
	s.later(time.Minute)
	s.hear(group, agus, "/uji cuaca buruk sekali")
	s.trying = ErrTrying
	s.hear(group, agus, "/uji Debu")
	s.hear(group, sari, "/uji Debu")
}

func (s *story) regrouping() {
	s.chapter("stories behind an incident")
	s.later(time.Minute)
	s.hear(group, sari, "/pisah 1")
	s.archives("Debu pabrik tebal sekali pagi ini, kata @akun, dan warga menutup jendela rumah mereka", "kabar", "p2", "p3", "p4", "p5", "p6", "p7")
	s.archives("Air sumur keruh", "harian")
	s.hear(group, sari, "/pisah 1")
	s.hear(group, sari, "/pisah 1 B")
	s.hear(group, sari, "/pisah 1 B2")
	s.hear(group, sari, "/pisah 1 b2 B3")
	s.hear(group, sari, "/pisah 1")
	s.hear(channel, budi, "/isu gabung 1 A C")
	s.hear(channel, budi, "/isu pisah 1 B1, B4-B5")
	for _, line := range []string{
		"/pisah 1 A", "/pisah 1 A9", "/pisah 1 Z", "/pisah 1 A1 C1", "/pisah 1 A1-A3", "/pisah 1 A A2", "/pisah 1 A2 B", "/pisah 1 dua", "/gabung 1", "/gabung 1 A",
		"/gabung 1 A A", "/gabung 1 A B2", "/gabung 1 A Q", "/pisah", "/gabung 99 A B",
	} {
		s.later(time.Minute)
		s.hear(group, sari, line)
	}
	s.hear(group, guest, "/pisah 1")
	s.hear(group, rina, "/gabung 1 A B")
	s.hear(group, guest, "/jejak 1")
}

func (s *story) kindly() {
	s.chapter("understood kindly")
	s.later(time.Minute)
	s.fires("debu", "rembang", rules.Critical, rules.Began)
	for _, line := range []string{"/isu debu", "/isu siaga rembang", "/isu cuaca", "/isu abc", "/isu ambli 3", "/ambil #3", "/lepas isu 3", "/ambil ISU_3.", "/lepas #ISU-3"} {
		s.later(time.Minute)
		s.hear(group, dewi, line)
	}
}

func TestAMoveThatIsNotMarkedIsNotMade(t *testing.T) {
	w := newWorld(t, "id")
	w.fires("debu", "rembang", rules.Warning, rules.Began)
	w.archives("debu", "a", "b", "c")
	w.says(group, sari, "/pisah 1")
	full := errors.New("disk full")
	for _, line := range []string{"/pisah 1 A2", "/pisah 1 A1"} {
		s := Saying{Dest: group, User: sari, Text: line, At: w.now, Mark: func(store.Tx) error { return full }}
		if _, err := w.talk.Hear(t.Context(), s); !errors.Is(err, full) {
			t.Fatalf("%s: %v", line, err)
		}
	}
	lines, err := w.desk.Timeline(t.Context(), 1)
	if err != nil || len(lines) != 1 || w.stories() != "a b c" {
		t.Errorf("stories %q, timeline %v, %v", w.stories(), lines, err)
	}
}

// gone is an archive from which a post vanishes between the list and the move.
type gone struct{ archive }

func (gone) Split(store.Tx, string, time.Time) ([]incident.Excerpt, error) {
	return nil, fmt.Errorf("split: %w", ErrUnmovable)
}

func TestWhatCannotBeMovedIsAnAnswerAndNoFailure(t *testing.T) {
	w := newWorld(t, "id")
	w.fires("debu", "rembang", rules.Warning, rules.Began)
	w.archives("debu", "a", "b")
	var many []string
	for i := range maxMoved + 1 {
		many = append(many, fmt.Sprint("m", i))
	}
	w.archives("banyak", many...)
	w.says(group, sari, "/pisah 1") // the latest is A
	w.talk.Stories = gone{}
	for line, want := range map[string]string{
		"/pisah 1 B2":      "Tidak ada yang dipindah",
		"/gabung 1 B A":    "Cerita A terlalu besar",
		"/pisah 1 A1-A999": "Paling banyak 200 pos",
	} {
		if got := w.says(group, sari, line).Text; !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s", line, got)
		}
	}
	if lines, err := w.desk.Timeline(t.Context(), 1); err != nil || len(lines) != 1 {
		t.Errorf("timeline %v, %v", lines, err)
	}
}

func TestWhatAnAnswerOffersUndoesIt(t *testing.T) {
	for _, first := range []string{"/pisah 1 A2", "/pisah 1 A1", "/pisah 1 A1 A3", "/pisah 1 A2-A3", "/pisah 1 A3 A2 A2", "/gabung 1 A B", "/gabung 1 B A"} {
		w := newWorld(t, "id")
		w.fires("debu", "rembang", rules.Warning, rules.Began)
		w.archives("satu", "a", "b", "c")
		w.archives("dua", "d", "e")
		w.says(group, sari, "/pisah 1")
		if got := w.says(group, sari, "/pisah 1 Z9").Text; !strings.Contains(got, "Z9 tidak ada") {
			t.Fatal(got)
		}
		// The list shows the latest story first, so A is "dua".
		first = strings.NewReplacer("A", "B", "B", "A").Replace(first)
		done := w.says(group, sari, first).Text
		moved := w.stories()
		_, undo, _ := strings.Cut(done, "Batalkan: ")
		w.says(group, sari, undo)
		if moved == "a b c|d e" || w.stories() != "a b c|d e" {
			t.Errorf("%s made %q and answered %q, which made %q", first, moved, done, w.stories())
		}
	}
}

func TestTheSecondStoryBecomesPartOfTheFirst(t *testing.T) {
	for line, want := range map[string]string{"/gabung 1 A B": "into A", "/gabung 1 B A": "into B"} {
		w := newWorld(t, "id")
		w.fires("debu", "rembang", rules.Warning, rules.Began)
		w.archives("satu", "a", "b")
		w.archives("dua", "c")
		w.says(group, sari, "/pisah 1") // the latest is A
		w.says(group, sari, line)
		got := "into A"
		if list := w.says(group, sari, "/pisah 1").Text; strings.Contains(list, "\nB. ") {
			got = "into B"
		}
		if got != want || w.stories() != "a b c" {
			t.Errorf("%s: %s, %s", line, got, w.stories())
		}
	}
}

func TestANameThatWasShownIsGivenToNothingElse(t *testing.T) {
	w := newWorld(t, "id")
	w.fires("debu", "rembang", rules.Warning, rules.Began)
	w.archives("satu", "a", "b", "c")
	w.says(group, sari, "/pisah 1")
	w.archives("dua", "d") // arrives between the list and the command
	w.says(group, dewi, "/pisah 1 A2")
	w.says(group, sari, "/pisah 1 A3")
	if got := w.stories(); got != "a|b|c|d" {
		t.Errorf("A3 was another post: %s", got)
	}
	list := w.says(group, sari, "/pisah 1").Text
	for _, line := range []string{"A. satu (1 pos): A1", "B. satu (1 pos): B1", "C. satu (1 pos): C1", "D. dua (1 pos): D1"} {
		if !strings.Contains(list, line) {
			t.Errorf("no %q in\n%s", line, list)
		}
	}
}

func TestAFullBookOfLettersBeginsAnew(t *testing.T) {
	var l letters
	for i := range maxLetters {
		l.name(incident.Excerpt{Story: fmt.Sprint(i), Post: fmt.Sprint(i)})
	}
	last := ref{story: maxLetters - 1, number: 1}
	if got, ok := parseRef(last.String()); last.String() != "ZZ1" || !ok || got != last || l.post(last) != fmt.Sprint(maxLetters-1) {
		t.Errorf("the last one is %s", last)
	}
	if got := l.name(incident.Excerpt{Story: "x", Post: "x"}).String(); got != "A1" {
		t.Errorf("after it comes %s", got)
	}
	for i := range maxNumber {
		l.name(incident.Excerpt{Story: "x", Post: fmt.Sprint(i)})
	}
	if got := len(l.Stories[0].Posts); got > maxNumber {
		t.Errorf("%d posts are numbered", got)
	}
}

func TestWhatIsSaidOfStoriesHoldsWhereTheBookBeginsAnew(t *testing.T) {
	w := newWorld(t, "id")
	w.fires("debu", "rembang", rules.Warning, rules.Began)
	w.archives("satu", "a", "b", "c")
	book := letters{Stories: []lettered{{Story: "a", Posts: []string{"a", "b", "c"}}}}
	for i := range maxLetters - 1 {
		book.Stories = append(book.Stories, lettered{Story: fmt.Sprint("old", i)})
	}
	if err := w.db.Update(t.Context(), func(tx store.Tx) error { return book.keep(tx, 1) }); err != nil {
		t.Fatal(err)
	}
	if got := w.says(group, sari, "/pisah 1 A2").Text; !strings.Contains(got, "/gabung 1 B A") {
		t.Errorf("%s", got)
	}
	if got := w.says(group, sari, "/gabung 1 B A").Text; w.stories() != "a b c" {
		t.Errorf("%s: %s", w.stories(), got)
	}
}

func TestWhyStaysShortWhateverIsInIt(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		w := newWorld(t, code)
		s := &story{world: w}
		long := strings.Repeat("panjang", 30)
		when := rules.When{Unit: rules.Stories, N: 99999, Within: 23*time.Hour + 59*time.Minute}
		s.desk.Version = func() string { return long }
		for i := range 9 {
			s.matched(fmt.Sprint(i, long), rules.Began, when, "pabrik berdebu @akun "+long, "berdebu "+long, long+" pabrik")
		}
		for range 5 {
			w.spoken.Told = append(w.spoken.Told, notifier.Told{At: tenForty, Why: notifier.LevelRose, Level: rules.Critical})
		}
		w.spoken.Concerned = true
		w.now = w.now.Add(400 * 24 * time.Hour)
		if got := w.says(group, sari, "/kenapa 1").Text; len([]rune(got)) > 1500 {
			t.Errorf("%s: %d characters:\n%s", code, len([]rune(got)), got)
		}
	}
}

func FuzzRefs(f *testing.F) {
	for _, seed := range []string{"A2", "a2, a4-a6", "A B", "AA1-AA999", "A1-B2", "A0", "A-", "A1-A65536", "é1", "A1-A999 B1-B999", "A1 A10 A"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		refs, ok := parseRefs(s)
		if !ok {
			return
		}
		if len(refs) > maxNumber {
			t.Fatalf("%q names %d posts", s, len(refs))
		}
		again, ok := parseRefs(sayRefs(refs))
		if !ok || sayRefs(again) != sayRefs(refs) {
			t.Errorf("%q is said as %q, which is read as %q, %v", s, sayRefs(refs), sayRefs(again), ok)
		}
	})
}
