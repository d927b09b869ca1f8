package main

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/fakeslack"
	"github.com/siaga-id/siaga/internal/faketelegram"
	"github.com/siaga-id/siaga/internal/golden"
	"github.com/siaga-id/siaga/store"
)

// works is a site of testdata/soak and its group.
type works struct {
	name  string
	group int64
}

// matter is a topic of testdata/soak as its cards name it, and what people say.
type matter struct{ name, text string }

const (
	budi  = int64(222)
	jakin = 7 * time.Hour // WIB is ahead of UTC by this
)

// soak is a company for seven days.
type soak struct {
	*world
	posts int
	plan  []moment
}

// moment is something that happens at a time after the beginning.
type moment struct {
	at time.Duration
	do func()
}

func (s *soak) at(after time.Duration, do func()) { s.plan = append(s.plan, moment{after, do}) }

// TestSevenDays lets more than fifty incidents come up at three sites in three time zones
// over a week, in which people take them at once, late or not at all, go silent
// and come back, while Siaga is stopped and started. What every chat was told, and
// when, is the file.
func TestSevenDays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &soak{world: newSoak(t)}
		t.Cleanup(s.sl.Close)
		begin := time.Now()
		s.start()
		for i := range 59 { // of which some add to what is on watch
			s.incident(i, time.Duration(i)*170*time.Minute+20*time.Second)
		}
		s.at(76*time.Hour, func() { s.slashed("U02RINA", `bisukan jalan 4j "truk lewat jalan lain"`) })
		s.at(76*time.Hour+time.Minute, func() { s.slashed("U02RINA", "bisukan ya") })
		for day := range 6 {
			s.at(time.Duration(day)*24*time.Hour+11*time.Hour+7*time.Minute, func() { s.stop(); s.start() })
		}
		slices.SortStableFunc(s.plan, func(a, b moment) int { return cmp.Compare(a.at, b.at) })
		for _, m := range s.plan {
			rest(time.Until(begin.Add(m.at)))
			m.do()
		}
		rest(time.Until(begin.Add(7*24*time.Hour + 12*time.Hour)))
		s.stop()
		if v := s.tg.Violations(); len(v) > 0 {
			t.Errorf("Telegram was spoken to wrongly: %v", v)
		}
		if v := s.sl.Violations(); len(v) > 0 {
			t.Errorf("Slack was spoken to wrongly: %v", v)
		}
		golden.Check(t, "testdata/soak/timeline.golden", s.told())
	})
}

func newSoak(t *testing.T) *world {
	t.Helper()
	w := newWorld(t, "")
	config, err := os.ReadFile("testdata/soak/config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	w.write(string(config))
	w.withChats()
	w.env["HOOK"] = "s3cret-of-the-hook"
	w.tg.AddUser(faketelegram.User{ID: budi, Name: "Budi"})
	w.sl.AddUser(fakeslack.User{ID: "U01SARI", Name: "sari"})
	w.tg.AddChat(faketelegram.Chat{ID: budi, Type: "private", Title: "Budi"}) // Sari never wrote to the bot
	for _, p := range allWorks() {
		w.tg.AddChat(faketelegram.Chat{ID: p.group, Type: "supergroup", Title: p.name})
	}
	return w
}

func allWorks() []works {
	return []works{{"Rembang", -100111}, {"Kupang", -100222}, {"Timika", -100333}}
}

func matters() []matter {
	return []matter{
		{"Debu", "debu lagi di %s, laporan %d"},
		{"Air", "sumur keruh di %s, laporan %d"},
		{"Kebisingan", "bising semalaman di %s, laporan %d"},
		{"Jalan", "truk merusak jalan di %s, laporan %d"},
		{"Keselamatan", "kabar kecelakaan di %s, laporan %d"},
		{"Umum", "soal pabrik di %s, laporan %d"},
	}
}

// incident plans one incident: who does what is the same for every fifth.
func (s *soak) incident(i int, at time.Duration) {
	p, m := allWorks()[i%3], matters()[i/3%6]
	cell := m.name + " — " + p.name
	s.at(at, func() { s.post(fmt.Sprintf(m.text, p.name, i)) })
	if m.name == "Umum" { // on watch only: there is no card
		return
	}
	minutes := func(n int) time.Duration { return at + time.Duration(n)*time.Minute }
	sari, budi := s.telegram(p.group, cell, sari), s.telegram(p.group, cell, budi)
	switch i % 5 {
	case 0: // taken at once
		s.at(minutes(4), func() { sari("✋ Ambil") })
		s.at(minutes(120), func() { s.slash("U01SARI", cell, "selesai", "fakta") })
	case 1: // late
		s.at(minutes(25), func() { sari("✋ Ambil") })
		for _, after := range []int{50, 90, 130} { // a critical one asks for a sign of life sooner
			s.at(minutes(after), func() { s.note(p.group, cell, "masih di lokasi") })
		}
		s.at(minutes(180), func() { sari("✅ Selesai"); sari("Mereda") })
	case 2: // by nobody, put off once, until a lead closes it
		s.at(minutes(30), func() { s.slash("U02RINA", cell, "tunda", "2j") })
		s.at(minutes(300), func() { s.slash("U02RINA", cell, "selesai", "salah") })
	case 3: // and forgotten
		s.at(minutes(2), func() { budi("✋ Ambil") })
		if i == 8 || i == 18 { // by day: nobody is asked in quiet hours
			s.at(minutes(130), func() { budi("Ya") })
		}
		s.at(minutes(400), func() { s.slash("U02RINA", cell, "selesai", "duplikat") })
	case 4: // given back, and taken by another
		s.at(minutes(3), func() { sari("✋ Ambil") })
		s.at(minutes(9), func() { sari("↩️ Lepas") })
		s.at(minutes(40), func() { s.slash("U02RINA", cell, "ambil", "") })
		s.at(minutes(90), func() { s.slash("U02RINA", cell, "selesai", "keluhan") })
	}
}

// post pushes one public post.
func (s *soak) post(text string) {
	s.posts++
	body := fmt.Sprintf(`{"posts":[{"id":"%d","kind":"social","author":"warga%d","text":%q}]}`, s.posts, s.posts, text)
	if code, answer := s.knock(signed(s.t, s.env["HOOK"], body)); code != http.StatusOK && code != http.StatusAccepted {
		s.t.Errorf("post %d got %d: %s", s.posts, code, answer)
	}
	rest(5 * time.Second)
}

// telegram returns how a person presses buttons of the newest message about a
// cell in a group.
func (s *soak) telegram(group int64, cell string, who int64) func(button string) {
	return func(button string) {
		s.t.Helper()
		ctx, cancel := context.WithTimeout(s.t.Context(), time.Minute)
		defer cancel()
		all := s.tg.Messages(group)
		about := func(m faketelegram.Message) bool {
			card := slices.IndexFunc(all, func(c faketelegram.Message) bool { return c.ID == m.ReplyTo })
			return strings.Contains(m.Text, cell) || card >= 0 && strings.Contains(all[card].Text, cell)
		}
		for _, m := range slices.Backward(all) {
			if hasButton(m, button) && about(m) {
				if _, err := s.tg.Press(ctx, group, m.ID, who, button); err != nil {
					s.t.Errorf("%s on %s: %v", button, cell, err)
				}
				rest(5 * time.Second)
				return
			}
		}
		s.t.Errorf("%v: nothing to press %s on for %s", time.Now(), button, cell)
	}
}

// note has Sari note something about the open incident of a cell in its group.
func (s *soak) note(group int64, cell, text string) {
	s.t.Helper()
	for _, m := range slices.Backward(s.tg.Messages(group)) {
		if strings.Contains(m.Text, cell) && len(m.Keyboard) > 0 {
			s.tg.Say(group, sari, "/catat "+text, faketelegram.ReplyTo(m.ID))
			rest(5 * time.Second)
			return
		}
	}
	s.t.Errorf("%v: nothing to note %q on", time.Now(), text)
}

func hasButton(m faketelegram.Message, label string) bool {
	for _, row := range m.Keyboard {
		for _, b := range row {
			if b.Text == label {
				return true
			}
		}
	}
	return false
}

// slashed has a person say something in Slack.
func (s *soak) slashed(who, line string) {
	s.t.Helper()
	if err := s.sl.Slash(channel, who, "/isu", line); err != nil {
		s.t.Errorf("%s: %v", line, err)
	}
	rest(5 * time.Second)
}

// slash has a person do something about the open incident of a cell in Slack.
func (s *soak) slash(who, cell, verb, words string) {
	s.t.Helper()
	for _, m := range slices.Backward(s.sl.Messages(channel)) {
		if strings.Contains(m.Plain, cell) && m.ThreadTS == "" && !strings.HasPrefix(m.Plain, "🗞") { // a digest names many
			id := m.Plain[strings.Index(m.Plain, "ISU-"):]
			id, _, _ = strings.Cut(id, " ")
			if err := s.sl.Slash(channel, who, "/isu", strings.TrimSpace(verb+" "+id+" "+words)); err != nil {
				s.t.Errorf("%s %s: %v", verb, cell, err)
			}
			rest(5 * time.Second)
			return
		}
	}
	s.t.Errorf("%v: nothing to %s for %s", time.Now(), verb, cell)
}

// stampTime is when Slack got a message.
func stampTime(ts string) time.Time {
	var seconds, micros int64
	_, _ = fmt.Sscanf(ts, "%d.%d", &seconds, &micros) // zero where it is none, as the file then shows
	return time.Unix(seconds, micros*1000)
}

// told is everything that the chats were told, in order, and what the timelines
// of the incidents hold.
func (s *soak) told() string {
	var lines []string
	note := func(at time.Time, chat, kind, text string) {
		first, _, _ := strings.Cut(text, "\n")
		if i := strings.Index(first, "ISU-"); i > 0 && strings.Contains(first, " — ") {
			first = "card " + first[i:] // which has the state of its last edit before it
		}
		lines = append(lines, fmt.Sprintf("%s  %-8s %-6s %s", at.UTC().Add(jakin).Format("02 Mon 15:04"), chat, kind, first))
	}
	for _, p := range append(allWorks(), works{"Budi", budi}) {
		for _, m := range s.tg.Messages(p.group) {
			kind := "post"
			if m.ReplyTo != 0 {
				kind = "reply"
			}
			if m.Silent {
				kind += " -"
			}
			note(m.At, p.name, kind, m.Text)
		}
	}
	for _, m := range s.sl.Messages(channel) {
		kind := "post"
		if m.ThreadTS != "" {
			kind = "reply"
		}
		note(stampTime(m.TS), "pusat", kind, m.Plain)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n\n" + s.trails()
}

// trails are the timelines of all incidents.
func (s *soak) trails() string {
	s.t.Helper()
	db, err := store.Open(filepath.Join(s.dir, "siaga.db"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer db.Close()
	desk := incident.Desk{DB: db}
	var b strings.Builder
	for id := incident.ID(1); ; id++ {
		all, err := desk.Timeline(s.t.Context(), id)
		if err != nil {
			return b.String()
		}
		fmt.Fprintf(&b, "%v", id)
		for _, e := range all {
			fmt.Fprintf(&b, " · %s %s %s", e.At.UTC().Add(jakin).Format("Mon 15:04"), e.Verb, e.Who)
		}
		b.WriteString("\n")
	}
}
