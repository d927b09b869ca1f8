package bot

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/internal/hostile"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// newBanked is a world with people who may approve, Sari among them.
func newBanked(t *testing.T, code string) *world {
	t.Helper()
	w := newWorld(t, code)
	people, err := NewPeople([]Person{
		{Name: "Sari", Telegram: 111, Slack: "U01", Roles: []Role{Responder, Approver}},
		{Name: "Dewi", Telegram: 222, Roles: []Role{Responder}, Sites: []string{"kupang"}},
		{Name: "Budi", Slack: "U03", Roles: []Role{Lead, Approver}},
		{Name: "Rina", Telegram: 555, Roles: []Role{Approver}, Sites: []string{"kupang"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	w.talk.People = func() *People { return people }
	return w
}

const sariToo = "slack:T01:U01" // Sari's second account

func TestAFactGoesFromOnePersonToAnother(t *testing.T) {
	inBoth(t, "bank", newBanked, func(s *story) {
		s.chapter("what is known")
		s.fires("debu", "rembang", rules.Warning, rules.Began)
		s.fires("air", "kupang", rules.Warning, rules.Began)
		for _, line := range []string{"/fakta", "/fakta debunya Tegaldowo", "/fakta 1", "/fakta 2", "/fakta banjir", "/fakta FAKTA-012", "/fakta fakta-007", "/fakta FAKTA-099", "/fakta USUL-9"} {
			s.hear(group, guest, line)
		}
		s.hear(group, guest, "/fakta", 1)
		s.hear(group, sari, "/keluhan 1")
		s.hear(group, guest, "/fakta 1 mikrogram")
		s.proposing()
		s.deciding()
		s.using()
	})
}

func (s *story) proposing() {
	s.chapter("what a proposal lacks")
	s.hear(group, sari, "/fakta usul")
	s.hear(channel, budi, "/isu fakta usul")
	s.ask(terminalUser, self, "/facts propose")
	s.ask(group, sari, "/fakta usul debu aman")
	s.ask(group, sari, "/fakta usul\nteks: Debu 61 mikrogram.\nangka: 62\nsumber: DLH, dlh.example\ntingkat: tinggi\ntanggal: 2030-01-01\nberlaku: 3 Nov\n"+
		"topik: debu, batu\nlokasi: sumedang\nindependen: mungkin\nsha256: abc\nmenggantikan: FAKTA-007\ntidak membuktika: udara\ntopik: air")
	s.ask(group, guest, sampleSheet())
	s.chapter("one that is taken")
	s.hear(group, sari, strings.Replace(sampleSheet(), "teks:", "menggantikan: fakta-012\nangka: 61\nsatuan: µg/m³\nindependen: ya\nteks:", 1))
	s.hear(group, dewi, strings.ReplaceAll(sampleSheet(), "\n", " | "))
	s.hear(group, guest, "/fakta USUL-1")
	s.hear(group, guest, "/fakta")
	s.form(channel, budi, sheetPress(), "")
	s.form(channel, budi, sheetPress(), "teks: Debu.\ntingkat: 1")
	s.tap(group, dewi, sheetPress())
}

func (s *story) deciding() {
	s.chapter("who may accept")
	for _, c := range []struct{ chat, user, line string }{
		{string(group), dewi, "/fakta terima USUL-1"},
		{string(group), sari, "/fakta terima USUL-1"},
		{string(channel), sariToo, "/isu fakta terima USUL-1"},
		{string(channel), sariToo, "/isu fakta tolak USUL-1 tidak jadi"},
		{string(group), rina, "/fakta terima USUL-1"},
		{string(channel), budi, "/isu fakta terima"},
		{string(channel), budi, "/isu fakta tolak USUL-2"},
		{string(channel), budi, "/isu fakta terima USUL-7"},
		{string(channel), budi, "/isu fakta terima usul-1"},
		{string(channel), budi, "/isu fakta terima 1"},
		{string(channel), budi, "/isu fakta tolak 2 sama dengan USUL-1"},
	} {
		s.ask(notifier.Dest(c.chat), c.user, c.line)
	}
	s.hear(group, guest, "/fakta")
	s.hear(group, guest, "/fakta USUL-2")
	s.later(400 * 24 * time.Hour)
	s.hear(group, sari, strings.ReplaceAll(sampleSheet(), "2026-05-31", "2026-12-31"))
	s.later(24 * time.Hour)
	s.hear(channel, budi, "/isu fakta terima 3")
}

func (s *story) using() {
	s.chapter("where it was used")
	s.use(facts.Use{Fact: "FAKTA-013", Incident: 1, Draft: 1, At: s.now})
	s.use(facts.Use{Fact: "FAKTA-013", Incident: 1, Draft: 2, At: s.now, Where: "https://semencontoh.example/rilis/1"})
	s.hear(group, guest, "/fakta FAKTA-013")
	s.hear(group, guest, "/fakta")
}

func (w *world) use(u facts.Use) {
	w.Helper()
	if err := w.db.Update(w.Context(), func(tx store.Tx) error { return facts.Used(tx, u) }); err != nil {
		w.Fatal(err)
	}
}

func TestTheSampleIsTakenAsItIs(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		w := newBanked(t, code)
		for _, c := range []struct {
			dest notifier.Dest
			user string
		}{{group, sari}, {terminalUser, self}} {
			asked := w.says(c.dest, c.user, "/fakta usul").Text
			_, line, _ := strings.Cut(asked, "\n")
			if ans := w.says(c.dest, c.user, line); !strings.HasPrefix(ans.Text, "📥") {
				t.Errorf("%s: %s\nis answered with\n%s", code, line, ans.Text)
			}
		}
		if n := len(w.vault.announced); n != 2 || w.vault.announced[0].Why != notifier.FactProposed {
			t.Errorf("announced %+v", w.vault.announced)
		}
	}
}

func TestWhoMayAcceptIsCalledAndTheAuthorHearsOfIt(t *testing.T) {
	w := newBanked(t, "id")
	w.says(group, dewi, sampleSheet())
	w.says(channel, budi, "/isu fakta terima 1")
	if len(w.vault.announced) != 2 {
		t.Fatalf("%+v", w.vault.announced)
	}
	asked, done := w.vault.announced[0], w.vault.announced[1]
	if fmt.Sprint(asked.Call) != "[Sari Budi]" || asked.Fact.Proposal != "USUL-1" || asked.Fact.Fact.ID != "" {
		t.Errorf("asked: %+v", asked)
	}
	if fmt.Sprint(done.Call) != "[Dewi]" || done.Why != notifier.FactAccepted || done.Fact.Fact.ID != "FAKTA-013" || done.Said != channel {
		t.Errorf("done: %+v", done)
	}
}

func TestNothingOfAFactIsCutInTheMiddle(t *testing.T) {
	w := newBanked(t, "id")
	var many []facts.Fact
	for i := range 30 {
		f := proposable()
		f.ID, f.Approver = fmt.Sprintf("FAKTA-%03d", i), "Budi"
		f.Text = "Pengukuran 48 " + strings.Repeat("debu ", 60) + "habis."
		many = append(many, f)
	}
	w.vault.files, _ = facts.NewLibrary(many)
	ans := w.says(group, guest, "/fakta").Text
	shown := strings.Count(ans, "habis.")
	if n := utf8.RuneCountInString(ans); n > 3000 || shown < 5 || strings.Count(ans, "Tidak membuktikan") != shown || !strings.Contains(ans, fmt.Sprintf("+%d fakta lagi", 30-shown)) {
		t.Errorf("%d characters, %d facts:\n%s", n, shown, ans)
	}
}

func TestAFailingStoreKeepsNoProposal(t *testing.T) {
	w := newBanked(t, "id")
	w.db.fail = errors.New("disk")
	_, err := w.talk.Hear(t.Context(), Saying{Dest: group, User: sari, Text: sampleSheet(), At: w.now})
	w.db.fail = nil
	if err == nil || strings.Contains(w.says(group, guest, "/fakta").Text, "USUL") {
		t.Errorf("error %v", err)
	}
}

// FuzzSheet proposes what is hostile: either all is said that is wrong with it,
// or it is a fact that package facts takes.
func FuzzSheet(f *testing.F) {
	hostile.Add(f)
	f.Add(strings.TrimPrefix(sampleSheet(), "/fakta usul\n"), uint16(0))
	lang, err := NewLang("id")
	if err != nil {
		f.Fatal(err)
	}
	talk := NewTalk(TalkConfig{
		Lang: lang, Bank: newVault(), Labels: labelled, People: func() *People { return &People{} },
		Name: func(topic, site string) (string, string, *time.Location) { return topic, site, time.UTC },
	})
	f.Fuzz(func(t *testing.T, written string, times uint16) {
		tn := talk.turn(group, sari, tenForty, nil)
		tn.who = Person{Name: "Sari"}
		s := tn.readSheet(hostile.Long(written, times))
		p := s.proposal()
		wrong := facts.Wrong(p.Fact)
		if len(s.wrong) == 0 && len(wrong) > 0 {
			t.Errorf("%q is taken, and %v", written, wrong)
		}
		if said := tn.mend(s, written).Text; len(s.wrong) > 0 && strings.Contains(strings.ReplaceAll(said, written, ""), "{do}") {
			t.Errorf("%q: a gap in %s", written, said)
		}
	})
}
