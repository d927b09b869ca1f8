package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

func TestADayOfOperations(t *testing.T) {
	inBoth(t, "operations", newWorld, func(s *story) {
		s.snoozes()
		s.calls()
		s.rates()
		s.watches()
		s.links()
	})
}

func (s *story) snoozes() {
	s.chapter("putting to sleep")
	s.fires("debu", "rembang", rules.Warning, rules.Began)
	s.hear(group, sari, "/tunda 1 2j menunggu hasil lab")
	s.hear(group, sari, "/bangunkan 1")
	s.hear(group, sari, "/bangunkan 1")
	s.hear(group, sari, "/tunda 1 sampai 13:00")
	s.hear(group, sari, "/tunda 1 besok")
	s.hear(channel, budi, "/isu tunda 1 besok")
	s.hear(channel, budi, "/isu tunda 1 4 hari")
	s.hear(group, rina, "/tunda 1 2j")
	s.later(time.Minute)
	s.hear(group, sari, "/tunda 1")
	s.later(time.Minute)
	s.hear(group, sari, "/tunda 1 2h")
	s.hear(group, sari, "/snooze 1 2h")
	s.later(time.Minute)
	s.hear(group, sari, "/tunda 1 nanti saja")
	s.tap(group, sari, s.buttons()["wake"])
	s.tap(group, sari, s.buttons()["snooze"])
	s.tap(group, guest, s.buttons()["wake"])
	s.tap(group, sari, s.buttons()["wake"])
	s.form(channel, "slack:T01:U01", s.buttons()["snooze"], "")
}

func (s *story) calls() {
	s.chapter("calling people")
	s.hear(group, sari, "/eskalasi 1")
	s.hear(channel, budi, "/isu eskalasi 1 Sari")
	s.hear(channel, budi, "/isu eskalasi 1 @U01")
	s.hear(group, sari, "/eskalasi 1 @agus")
	s.hear(group, sari, "/eskalasi 1 Riana")
	s.hear(group, sari, "/eskalasi 1 siapa saja")
	s.hear(group, guest, "/eskalasi 1")
	s.talk.Duty = duties
	s.tap(group, sari, s.buttons()["esc"])
	s.hear(group, sari, "/eskalasi 1")
	s.chapter("is somebody on it")
	s.hear(group, sari, "/masih 1")
	s.hear(group, sari, "/ambil 1")
	s.hear(group, sari, "/masih 1")
	s.hear(group, dewi, "/masih 1")
	s.ping(incident.Ask)
	s.tap(channel, budi, s.buttons()["esc"])
	s.tap(group, sari, s.buttons()["note"])
	s.form(channel, "slack:T01:U01", s.buttons()["note"], "")
	s.form(channel, "slack:T01:U01", s.buttons()["note"], "tim lapangan tiba\ndi Tegaldowo")
	s.form(channel, "slack:T01:U01", s.buttons()["resolve"], "")
	s.form(channel, "slack:T01:U01", s.buttons()["resolve"]+".m", "hujan turun")
	s.ping(incident.Ask)
}

func (s *story) rates() {
	s.chapter("what people think of it")
	for _, row := range s.talk.Lang.Buttons(notifier.Card{Incident: s.first()}) {
		for _, b := range row {
			fmt.Fprintf(&s.out, "\n    [%s] %q", b.Label, b.Data)
		}
	}
	s.out.WriteString("\n")
	s.tap(group, sari, s.buttons()["rate"])
	s.hear(group, sari, "/nilai 1 bising")
	s.hear(group, dewi, "/nilai 1 salah_lokasi")
	s.later(time.Minute)
	s.hear(group, dewi, "/nilai 1 ramai")
	s.hear(group, agus, "/nilai 1 tepat")
	s.hear(group, sari, "/status")
	s.hear(channel, budi, "/isu nilai 1 tepat")
	s.hear(group, sari, "/status")
	s.later(ratedFor)
	s.hear(group, sari, "/status")
}

func (s *story) watches() {
	s.chapter("who watches")
	s.hear(group, guest, "/piket")
	s.hear(group, guest, "/piket kupang")
	s.hear(group, guest, "/piket aceh")
	s.talk.Duty = nil
	s.hear(group, guest, "/piket")
	s.fires("air", "kupang", rules.Critical, rules.Began)
	s.status.Blind = []notifier.Blind{{Source: "x", Since: s.now.Add(-time.Hour)}}
	s.hear(channel, budi, "/isu piket serah @U01")
	s.hear(group, rina, "/serah Dewi")
	s.hear(group, rina, "/piket serah Sari")
	s.later(time.Minute)
	s.hear(group, rina, "/piket serah")
	s.hear(group, rina, "/piket serah Dewii")
	s.hear(group, sari, "/piket serah Dewi")
	s.hear(group, sari, "/piket")
}

func (s *story) links() {
	s.chapter("a second account")
	const (
		new     = "slack:T01:U77" // Dewi's, who is in people with her Telegram account only
		private = notifier.Dest("slack:D77")
	)
	s.code(group, guest, "/tautkan")
	s.code(channel, new, "/isu ambil 2")
	s.code(private, new, "/isu tautkan")
	s.later(time.Minute)
	s.code(private, new, "/isu tautkan")
	s.code(group, sari, "/tautkan "+s.codes()[0]+" Dewi")
	s.code(stranger, agus, "/tautkan "+s.codes()[0]+" Dewi")
	s.code(group, agus, "/tautkan "+s.codes()[0]+" Dwi")
	s.code(group, agus, "/tautkan "+s.codes()[0]+" Budi")
	s.code(group, agus, "/tautkan "+s.codes()[0]+" Dewi")
	s.code(channel, new, "/isu ambil 2")
	s.code(channel, new, "/isu tautkan")
	s.code(group, agus, "/tautkan daftar")
	s.code(group, agus, "/tautkan hapus Dewi")
	s.code(channel, new, "/isu lepas 2")
	s.code(group, agus, "/tautkan daftar")
	s.code("terminal", self, "/tautkan")
}

// duties are those of two sites.
func duties(site string) []Turn {
	after := func(critical, warning time.Duration) map[rules.Severity]time.Duration {
		all := map[rules.Severity]time.Duration{rules.Critical: critical}
		if warning > 0 {
			all[rules.Warning] = warning
		}
		return all
	}
	turns := []Turn{
		{Role: "duty", Names: []string{"Sari", "Dewi"}, After: after(5*time.Minute, 10*time.Minute)},
		{Role: "lead", Names: []string{"Budi"}, After: after(20*time.Minute, 90*time.Minute)},
		{Role: "head", After: after(45*time.Minute, 0)},
	}
	if site == "kupang" {
		turns[1].Names = []string{"Rina"}
	}
	return turns
}

// form presses a button where forms can be shown, or sends one back.
func (s *story) form(dest notifier.Dest, user, data, words string) {
	s.Helper()
	ans, err := s.talk.Press(s.Context(), Press{Dest: dest, User: user, Data: data, Text: words, Form: true, At: s.now, Mark: s.mark()})
	s.check(data, ans, err)
	fmt.Fprintf(&s.out, "\n%s presses %q, and writes %q\n", user, data, words)
	f := ans.Form
	if f == nil {
		s.tell(ans)
		return
	}
	fmt.Fprintf(&s.out, "    ┌ %s\n", f.Title)
	for _, b := range f.Choices {
		fmt.Fprintf(&s.out, "    │ %s: (%s) %q\n", f.Label, b.Label, b.Data)
	}
	fmt.Fprintf(&s.out, "    │ %s: ____ needed=%v\n    └ [%s] [%s] %q\n", f.Words, f.Needed, f.Submit, f.Cancel, f.Data)
}

// ping shows the buttons that a ping about ISU-1 would have.
func (s *story) ping(verb incident.Verb) {
	m := notifier.Message{Kind: notifier.KindPing, Card: notifier.Card{Incident: s.first()}, ReplyTo: notifier.Receipt{MsgID: "9"}}
	m.Entry = incident.Entry{Who: incident.Machine.Name, Verb: verb}
	fmt.Fprintf(&s.out, "\nthe machine: %s (%s)\n", verb, m.Card.Incident.State)
	for _, b := range s.talk.Lang.Replies(m) {
		fmt.Fprintf(&s.out, "    [%s] %q\n", b.Label, b.Data)
	}
}

// codes returns the codes that wait.
func (s *story) codes() []string { return waitingCodes(s.world) }

// code is hear where a code is said, which is another one each time.
func (s *story) code(dest notifier.Dest, user, line string) {
	s.Helper()
	before := s.out.Len()
	known := s.codes()
	s.hear(dest, user, line)
	said := s.out.String()
	for _, c := range append(known, s.codes()...) {
		said = said[:before] + strings.ReplaceAll(strings.ReplaceAll(said[before:], spelled(c), "CODE1-CODE2"), c, "CODE1CODE2")
	}
	s.out.Reset()
	s.out.WriteString(said)
}
