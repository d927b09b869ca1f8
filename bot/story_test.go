package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/golden"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

// story writes down what is said, to be read as one conversation.
type story struct {
	*world
	out strings.Builder
}

// inBoth tells a story in both languages and compares each with a file.
func inBoth(t *testing.T, name string, in func(*testing.T, string) *world, tell func(*story)) {
	t.Helper()
	for _, code := range []string{"id", "en"} {
		t.Run(code, func(t *testing.T) {
			s := &story{world: in(t, code)}
			tell(s)
			golden.Check(t, "testdata/"+name+"."+code+".golden", s.out.String())
		})
	}
}

func (s *story) chapter(title string) { fmt.Fprintf(&s.out, "\n# %s\n", title) }

func (s *story) hear(dest notifier.Dest, user, line string, on ...incident.ID) {
	s.Helper()
	before := len(s.reposts)
	ans := s.says(dest, user, line, on...)
	reply := ""
	if len(on) > 0 {
		reply = " [on " + on[0].String() + "]"
	}
	fmt.Fprintf(&s.out, "\n%s%s> %s\n", user, reply, strings.ReplaceAll(line, "\n", "⏎"))
	if len(s.reposts) > before {
		fmt.Fprintf(&s.out, "    (card %v posted again)\n", s.reposts[before])
	}
	s.tell(ans)
}

func (s *story) tap(dest notifier.Dest, user, data string) {
	s.Helper()
	ans := s.presses(dest, user, data)
	fmt.Fprintf(&s.out, "\n%s presses %q\n", user, data)
	s.tell(ans)
}

func (s *story) tell(ans Answer) {
	for line := range strings.SplitSeq(ans.Text, "\n") {
		switch {
		case ans.Text == "":
			line = "(silence)"
		case !ans.Private:
			line = "to all: " + line
		}
		fmt.Fprintf(&s.out, "    %s\n", line)
	}
	for _, b := range ans.Choices {
		fmt.Fprintf(&s.out, "    [%s] %q\n", b.Label, b.Data)
	}
}

// later lets time pass, longer than the patience with slips.
func (s *story) later(d time.Duration) { s.now = s.now.Add(d) }

func TestEverythingThatIsAnswered(t *testing.T) {
	inBoth(t, "answers", newWorld, func(s *story) {
		s.quietDay()
		s.life()
		s.buttonsOf()
		s.refusals()
		s.slipsOf()
		s.helpFor()
	})
}

func (s *story) quietDay() {
	s.chapter("nothing is open")
	s.hear(group, sari, "/isu")
	s.status.Blind = []notifier.Blind{{Source: "x", Since: s.now.Add(-7*time.Hour - 30*time.Minute)}}
	s.hear(group, sari, "/issues")
	s.hear(group, sari, "/status")
	s.status.Pending, s.status.Oldest = 2, s.now.Add(-4*time.Minute)
	s.status.Failing = map[notifier.Dest]string{channel: "not-sent: dial tcp: connection refused", "terminal": "x"}
	s.status.Refused = true
	s.hear(group, guest, "/status")
	s.status.Refused = false
}

func (s *story) life() {
	s.chapter("the life of an incident")
	s.fires("debu", "rembang", rules.Warning, rules.Began)
	s.later(2 * time.Minute)
	s.fires("air", "", rules.Critical, rules.Began)
	s.hear(group, sari, "/isu")
	s.hear(group, sari, "/isu 1")
	s.hear(group, sari, "/ambil 1")
	s.hear(group, sari, "/ambil 1")
	s.hear(group, sari, "/catat tim lapangan tiba\ndi Tegaldowo", 1)
	s.later(9 * time.Minute)
	s.fires("debu", "rembang", rules.Warning, rules.Grew)
	s.later(time.Minute)
	s.fires("debu", "rembang", rules.Warning, rules.Grew)
	s.hear(channel, budi, "/isu tingkat 1 siaga")
	s.hear(channel, budi, "@siaga keluhan 1")
	s.hear(channel, budi, "/isu keluhan 1 batal sudah dicek")
	s.hear(group, sari, "/lepas 1")
	s.hear(channel, budi, "/isu ambil isu-1")
	s.hear(channel, budi, "/isu issues")
	s.hear(channel, budi, "/isu selesai 1")
	s.hear(channel, budi, "/isu selesai 1 mer hujan turun")
	s.hear(channel, budi, "/isu selesai 1 mereda")
	s.hear(group, dewi, "/buka 1")
	s.later(26 * time.Hour)
	s.hear(group, guest, "/jejak 1")
}

func (s *story) buttonsOf() {
	s.chapter("buttons")
	first := s.buttons()
	s.tap(group, sari, first["ack"])
	s.tap(group, sari, first["ack"])
	s.tap(channel, budi, first["ack"])
	second := s.buttons()
	s.tap(group, sari, second["resolve"])
	s.tap(group, dewi, second["release"])
	s.tap(group, sari, second["release"])
	s.tap(group, sari, second["resolve"])
	s.tap(group, dewi, s.buttons()["ack"])
	s.tap(group, dewi, second["resolve"]+".m")
	s.tap(group, dewi, s.buttons()["resolve"]+".m")
	s.tap(group, dewi, s.buttons()["reopen"])
	s.tap(group, dewi, Data{Verb: "flag", ID: 1, StateRev: s.first().StateRev}.String())
	s.tap(group, dewi, first["ack"])
	s.tap(group, dewi, "\fk|ack.zz.1")
	s.tap(group, dewi, "rm -rf")
	s.tap(stranger, sari, first["ack"])
	s.tap(group, guest, first["ack"])
}

func (s *story) refusals() {
	s.chapter("what cannot be done, and why")
	s.hear(group, sari, "/selesai 1 mereda")
	s.hear(group, sari, "/ambil 1")
	s.hear(group, dewi, "/selesai 1 mereda")
	s.hear(group, dewi, "/lepas 1")
	s.hear(group, guest, "/ambil 1")
	s.hear(group, sari, "/ambil 2")
	s.hear(group, rina, "/ambil 1")
	s.hear(group, sari, "/tingkat 1 siaga")
	s.hear(group, sari, "/keluhan 1 batal")
	s.hear(group, agus, "/catat 1 halo")
	s.hear(group, sari, "/selesai 1 mereda")
	s.hear(group, sari, "/selesai 1")
	s.hear(group, sari, "/lepas 1")
	s.hear(group, sari, "/selesai 1 duplikat")
	s.later(25 * time.Hour)
	s.fires("debu", "rembang", rules.Warning, rules.Began)
	s.hear(group, sari, "/buka 1")
	s.hear(channel, budi, "/isu buka 1")
	s.hear(group, sari, "/ambil 99")
	s.hear(stranger, sari, "/ambil 3")
	s.hear(group, ghost, "/ambil 3")
	s.hear(group, relay, "/ambil 3")
	s.hear(group, sari, "/siapa @akun")
	s.hear(group, sari, "/peringkat pengkritik")
	s.hear(group, sari, "/balas massal")
}

func (s *story) slipsOf() {
	s.chapter("slips")
	for _, line := range []string{
		"/ambli 3", "/ambil", "/selsai 3 mereda", "/tingkat 3 gawat", "/catat 3", "/keluhan 3 mungkin", "/cuaca", "@siaga tolong",
	} {
		s.later(time.Minute)
		s.hear(channel, budi, line)
	}
	s.hear(channel, budi, "/ambli 3")
	s.hear(group, sari, "/ambli", 3)
	s.hear(group, guest, "/tingkat")
	s.hear(group, sari, "selamat pagi, ada kabar dari pabrik?")
	s.hear("terminal", self, "selamat pagi")
	s.hear("terminal", self, "")
	s.hear("terminal", self, "/ambli 3")
	s.hear("terminal", self, "/ambli 3")
}

func (s *story) helpFor() {
	s.chapter("help")
	s.hear(group, guest, "/bantuan")
	s.hear(group, sari, "/bantuan")
	s.hear(channel, budi, "/isu bantuan")
	s.hear(group, agus, "/help")
	s.hear(stranger, sari, "/help")
	s.hear(stranger, guest, "/help")
	s.hear("terminal", self, "/bantuan")
}
