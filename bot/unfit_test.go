package bot

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/siaga-id/siaga/evidence"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// What people write, and the facts that answer it.
const (
	coughs = "Puskesmas Gunem nyatat 212 kasus ISPA bulan Juli, parah @akun"
	trucks = "truk pengangkut klinker tidak ditutup terpal, jalan tambang berdebu"
)

// knowledge has facts about Rembang, also for the matrix, and one that has died.
func knowledge() *notifier.Outbox {
	fact := func(n int, text, limit string) facts.Fact {
		return facts.Fact{
			ID: fmt.Sprintf("FAKTA-%03d", n), Text: text, Date: "2025-08-12", Tier: 1, ProvesNot: limit,
			Source: facts.Source{Name: "Puskesmas Gunem", URL: "https://puskesmas.example/ispa"},
			Topics: []string{"debu", "tambang", "hukum", "budaya", "bising", "tISU-0"}, Sites: []string{"rembang"},
			ValidUntil: tenForty.AddDate(1, 0, 0), Owner: "Dewi", Approver: "Budi",
		}
	}
	list := []facts.Fact{
		fact(1, "Puskesmas Gunem mencatat 212 kasus ISPA selama Juli.", "sebab ISPA"),
		fact(2, "Truk pengangkut klinker wajib ditutup terpal sejak Maret di jalan tambang.", "bahwa setiap truk mematuhinya"),
		fact(3, "Penyiraman jalan dilakukan enam kali sehari.", "bahwa jalan bebas debu"),
	}
	old := fact(4, "Air sumur pantau tetap jernih.", "air sumur warga")
	old.Topics, old.ValidUntil, old.Owner = []string{"air"}, tenForty.AddDate(0, -1, 0), "Agus"
	library, problems := facts.NewLibrary(append(list, old))
	if len(problems) > 0 {
		panic(problems)
	}
	plan := &notifier.Plan{}
	plan.Know(library, map[string][]string{"rembang": {"Gunem"}, "kupang": {"Alak"}})
	var current atomic.Pointer[notifier.Plan]
	current.Store(plan)
	return notifier.NewOutbox(notifier.Outbox{Plan: &current})
}

// posted opens or feeds the incident of a cell with posts.
func (s *story) posted(topic string, grievance bool, posts ...string) {
	s.Helper()
	f := rules.Firing{
		Rule: "Debu", Phase: rules.Began, Topic: topic, Site: "rembang", Severity: rules.Warning, At: s.now, Grievance: grievance,
		Counts: rules.Counts{Posts: 42, Stories: 9, Voices: 7},
	}
	for i, p := range posts {
		f.New = append(f.New, rules.Evidence{Post: source.Post{ID: fmt.Sprint("x:", topic, i), Story: p, Text: p, Kind: source.Social, Published: s.now}})
	}
	if err := s.db.Update(s.Context(), func(tx store.Tx) error { return s.desk.Fire(tx, f) }); err != nil {
		s.Fatal(err)
	}
}

func (s *story) press(verb string, id incident.ID, fact string) string {
	s.Helper()
	in, err := s.desk.Get(s.Context(), id)
	if err != nil {
		s.Fatal(err)
	}
	d := Data{Verb: verb, ID: id, StateRev: in.StateRev}
	if fact != "" {
		d.Arg = markOf(facts.Fact{ID: fact})
	}
	return d.String()
}

func TestEverythingThatIsSaidOfFacts(t *testing.T) {
	inBoth(t, "facts", newWorld, func(s *story) {
		s.chapter("facts that fit")
		s.posted("debu", false, trucks, coughs)
		s.tap(group, sari, s.press("facts", 1, ""))
		s.hear(channel, "slack:T01:U01", "/isu tidak-cocok 1")
		s.tap(group, guest, s.press("facts", 1, ""))

		s.chapter("one that does not")
		s.later(time.Minute)
		s.tap(group, sari, s.press("unfit", 1, "FAKTA-001"))
		s.tap(group, dewi, s.press("unfit", 1, "FAKTA-001"))
		s.tap(channel, budi, s.press("facts", 1, ""))
		s.hear(group, sari, "/tidak_cocok 1 FAKTA-001 batal")
		s.hear(channel, budi, "/isu tidak-cocok 1 fakta-001 batal")
		s.hear(channel, budi, "/isu unfit 1 FAKTA-001 undo")
		s.hear(group, dewi, "/tidak_cocok 1 FAKTA-002")
		s.hear(group, guest, "/tidak_cocok 1 FAKTA-001")
		s.hear(group, dewi, "/jejak 1")

		s.chapter("what it does not understand")
		s.later(time.Minute)
		s.hear(group, sari, "/tidak_cocok 1 FAKTA-009")
		s.later(time.Minute)
		s.hear(group, sari, "/tidak_cocok 1 FAKTA-001 entahlah")
		s.later(time.Minute)
		s.hear(group, sari, "/tidak_cocok")
		s.later(time.Minute)
		s.tap(group, sari, Data{Verb: "unfit", ID: 1, StateRev: 1, Arg: "zzz"}.String())
		s.hear(group, sari, "/tidak_cocok 99")

		s.chapter("none that fits")
		s.posted("lahan", false, "sawah kami retak")
		s.hear(group, sari, "/tidak_cocok 2")
		s.posted("air", false, "sumur kami keruh")
		s.tap(group, sari, s.press("facts", 3, ""))
		s.posted("tambang", false, "kucing tetangga beranak lima")
		s.hear(group, sari, "/tidak_cocok 4")
		s.posted("hukum", false)
		s.hear(group, sari, "/tidak_cocok 5")
		s.posted("budaya", false, "Puskesmas Gunem nyatat 900 kasus ISPA bulan Juli", trucks+" di Alak")
		s.hear(group, sari, "/tidak_cocok 6")

		s.chapter("the gate")
		s.posted("bising", true, coughs)
		s.tap(group, sari, s.press("facts", 7, ""))
		s.verified(7, incident.True)
		s.hear(group, sari, "/tidak_cocok 7")
		s.verified(7, incident.False)
		s.hear(group, sari, "/tidak_cocok 7")
		s.hear(group, sari, "/selesai 7 mereda")
		s.hear(group, dewi, "/ambil 7")
		s.hear(group, dewi, "/selesai 7 mereda")
		s.hear(group, dewi, "/tidak_cocok 7 FAKTA-001")
		s.hear(channel, budi, "/isu tidak_cocok 1 FAKTA-002 batal")
	})
}

func (s *story) verified(id incident.ID, f incident.Finding) {
	s.Helper()
	cmd := incident.Command{ID: id, Verb: incident.Verify, Finding: f, Actor: incident.Actor{Name: "Dewi"}, At: s.now}
	if _, err := s.desk.Do(s.Context(), cmd, nil); err != nil {
		s.Fatal(err)
	}
}

func TestWhatIsRejectedTwiceIsOnTheTimelineOnce(t *testing.T) {
	w := newWorld(t, "id")
	s := &story{world: w}
	s.posted("debu", false, coughs)
	for range 2 {
		w.presses(group, sari, s.press("unfit", 1, "FAKTA-001"))
	}
	w.says(channel, budi, "/isu tidak-cocok 1 FAKTA-002 batal") // which nobody rejected
	entries, err := w.desk.Timeline(t.Context(), 1)
	if err != nil || len(entries) != 2 || entries[1].Verb != incident.Unfit || entries[1].Text != "FAKTA-001" {
		t.Errorf("%v: %+v", err, entries)
	}
	err = w.db.View(t.Context(), func(tx store.Tx) error {
		vetoes, err := evidence.Vetoes(tx, "debu", "rembang")
		if len(vetoes) != 1 || vetoes[0].By != "Sari" || vetoes[0].Fact != "FAKTA-001" {
			t.Errorf("%+v", vetoes)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestAFactFitsNoBetterWhenSomebodyTookTheIncident(t *testing.T) {
	w := newWorld(t, "id")
	s := &story{world: w}
	s.posted("debu", false, coughs)
	before := s.press("unfit", 1, "FAKTA-001")
	w.says(group, dewi, "/ambil 1")
	if ans := w.presses(group, sari, before); !strings.Contains(ans.Text, "tidak ditawarkan lagi") {
		t.Error(ans.Text)
	}
}
