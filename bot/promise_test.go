package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/golden"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/promise"
	"github.com/siaga-id/siaga/rules"
)

func TestTheLifeOfAPromise(t *testing.T) {
	inBoth(t, "promises", newWorld, func(s *story) {
		s.promising()
		s.pledging()
		s.keeping()
		s.askedByAButton()
	})
}

func (s *story) promising() {
	s.chapter("what was promised")
	s.hear(group, guest, "/janji")
	s.fires("debu", "rembang", rules.Warning, rules.Began)
	s.fires("air", "kupang", rules.Warning, rules.Began)
	s.hear(group, sari, "/janji 1 cek lapangan dan kabari warga sampai besok")
	s.hear(channel, budi, "/isu janji 1 @U01 tirai debu crusher dipasang sampai 5 Des")
	s.hear(channel, budi, "/isu promises 2 water tank by Dewi until Friday")
	s.hear(group, sari, "/janji 12 rumah dicuci 3 hari", 1)
	s.hear(group, guest, "/janji")
	s.hear(group, guest, "/janji 2")
	s.hear(group, guest, "/janji", 2)
	s.hear(group, guest, "/janji 1.2")
	s.later(9 * 24 * time.Hour)
	s.hear(group, guest, "/janji")
	s.hear(group, guest, "/piket serah Sari")
	s.hear(channel, budi, "/isu piket serah Dewi")
}

func (s *story) pledging() {
	s.chapter("what is unclear, and what is not allowed")
	for _, line := range []string{
		"/janji 1 siram jalan", "/janji 1 siram jalan tiap minggu", "/janji 1 siram jalan 5 Nov", "/janji 1 siram jalan 3h",
		"/janji 1 siram jalan sampai 5 Des 2029", "/janji 1 @Bdi siram jalan besok", "/janji siram jalan besok", "/janji 99 siram jalan besok",
		"/janji 1 uji air oleh DLH sampai besok",
	} {
		s.later(time.Minute)
		s.hear(group, sari, line)
	}
	s.hear(group, guest, "/janji 1 siram jalan besok")
	s.hear(group, rina, "/janji 1 siram jalan besok")
	s.hear(group, sari, "/promises 1 wash the road 2h")
}

func (s *story) keeping() {
	s.chapter("what was kept")
	for _, line := range []string{
		"/janji tepati 1.1", "/janji tepati 1 warga dikabari", "/janji tepati", "/janji tepati 1.9 foto", "/janji ubah 1.2", "/janji ubah 1.2 nanti",
	} {
		s.later(time.Minute)
		s.hear(group, sari, line)
	}
	s.hear(group, guest, "/janji tepati 1.1 foto")
	s.hear(group, rina, "/janji tepati 1.1 foto")
	s.hear(group, sari, "/janji tepati 1.1 https://contoh.id/foto.jpg")
	s.hear(group, sari, "/janji tepati 1.1 lagi")
	s.hear(group, sari, "/janji ubah 1.1 besok")
	s.hear(group, sari, "/janji 1.1")
	s.hear(group, sari, "/janji ubah 1.2 sampai 12 Des")
	s.hear(channel, budi, "/isu promises keep 2.1 tank delivered, photo with Dewi")
	s.hear(group, sari, "/janji tepati 2")
	s.hear(group, dewi, "/janji tepati 2 foto")
	s.hear(group, guest, "/jejak 1")
}

func (s *story) askedByAButton() {
	s.chapter("a grievance that somebody has taken")
	s.hear(group, sari, "/ambil 1")
	s.hear(group, sari, "/keluhan 1")
	press := s.buttons()["promise"]
	s.tap(group, guest, press)
	s.tap(group, sari, press)
	question := s.presses(group, sari, press)
	if !question.Reply {
		s.Error("the question is not to be replied to")
	}
	for _, reply := range []string{"sumur diuji oleh Budi sampai lusa", "besok", "/bantuan"} {
		line, ok := s.talk.Lang.Replied("Sari: "+question.Text, reply)
		fmt.Fprintf(&s.out, "\n%q as a reply is %q, %v\n", reply, line, ok)
		if ok {
			s.hear(group, sari, line)
		}
	}
	s.form(channel, "slack:T01:U01", press, "")
	s.form(channel, "slack:T01:U01", press+".7d", "")
	s.form(channel, "slack:T01:U01", press+".7d", "jalan disiram oleh Budi")
	s.form(channel, "slack:T01:U01", press+".7d", "jalan disiram oleh Budi sampai lusa")
}

// owing are cards of a cell in which something was promised.
func owing(t *testing.T) []named {
	due := func(days int, text string, told time.Time) promise.Promise {
		return promise.Promise{
			Incident: 40, N: days, Text: text, Owner: "Budi", Told: told,
			Due: time.Date(2025, 11, 4+days, 23, 59, 0, 0, zone(t, "Asia/Jakarta")),
		}
	}
	card := func(all ...promise.Promise) notifier.Card {
		c := dust(t)
		c.Incident.Grievance, c.Promises = true, all
		return c
	}
	return []named{
		{"one ahead", card(due(31, "tirai debu crusher", time.Time{}))},
		{"one overdue, one ahead", card(due(-3, "tirai debu crusher", time.Time{}), due(2, "cek @warga", time.Time{}))},
		{"overdue by its reminder", card(due(2, "cek lapangan", tenForty.Add(3*24*time.Hour)))},
		{"many", card(due(-40, strings.Repeat("kata ", 40), time.Time{}), due(-3, "b", time.Time{}), due(1, "c", time.Time{}), due(2, "d", time.Time{}))},
	}
}

func TestWhatIsOwedIsOnTheCard(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		l := speak(t, code)
		var b strings.Builder
		for _, c := range owing(t) {
			fmt.Fprintf(&b, "\n# %s\n%s", c.name, draw(l, notifier.Message{Dest: group, Kind: notifier.KindCard, Card: c.card}))
		}
		golden.Check(t, "testdata/owed."+code+".golden", b.String())
	}
}

func TestAReminderSaysHowLongThereIs(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		l := speak(t, code)
		var b strings.Builder
		jakarta := zone(t, "Asia/Jakarta")
		for _, due := range []time.Time{
			time.Date(2025, 11, 11, 23, 59, 0, 0, jakarta), time.Date(2025, 11, 5, 14, 0, 0, 0, jakarta), time.Date(2025, 11, 4, 23, 59, 0, 0, jakarta),
			time.Date(2025, 11, 4, 14, 0, 0, 0, jakarta), time.Date(2025, 11, 3, 23, 59, 0, 0, jakarta), tenForty.Add(-2 * time.Hour),
		} {
			c := dust(t)
			for _, dest := range []notifier.Dest{group, channel} {
				m := notifier.Message{Dest: dest, Kind: notifier.KindPing, Why: notifier.PromiseDue, Card: c, ReplyTo: notifier.Receipt{MsgID: "9"}}
				m.Entry = incident.Entry{Verb: incident.Nudge, Who: incident.Machine.Name, At: tenForty, Until: due, Item: 1, Text: "tirai debu crusher"}
				m.Call = []notifier.Contact{{Name: "Budi"}}
				for _, block := range l.Layout(m) {
					fmt.Fprintln(&b, block.Line())
				}
			}
		}
		golden.Check(t, "testdata/prompts."+code+".golden", b.String())
	}
}
