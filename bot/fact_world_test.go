package bot

import (
	"time"

	"github.com/siaga-id/siaga/evidence"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

// vault is a Bank beside two facts of the files, and notes what it announced.
type vault struct {
	*facts.Bank
	files     *facts.Library
	announced []notifier.Note
}

func newVault() *vault {
	dust, old := proposable(), proposable()
	dust.ID, dust.Approver = "FAKTA-012", "Budi"
	old.ID, old.Approver, old.Text, old.Number, old.ValidUntil = "FAKTA-007", "Budi", "PM10 di Tegaldowo 61 mikrogram.", "61", tenForty
	library, wrong := facts.NewLibrary([]facts.Fact{dust, old})
	if wrong != nil {
		panic(wrong)
	}
	v := &vault{files: library}
	v.Bank = facts.NewBank(func() *facts.Library { return v.files }, func() {})
	return v
}

func (v *vault) InForce() *facts.Library {
	l, _ := v.Library(v.files)
	return l
}

func (v *vault) Having(line string) []facts.Fact {
	return evidence.NewIndex(v.InForce().All(), nil).Having(line)
}

func (v *vault) Announce(_ store.Tx, n notifier.Note) error {
	v.announced = append(v.announced, n)
	return nil
}

// proposable is one that nobody could refuse, but for its id and approver.
func proposable() facts.Fact {
	return facts.Fact{
		Text: "PM10 di Tegaldowo 48 mikrogram per meter kubik.", Number: "48", Unit: "µg/m³", Date: "2025-11-03", Tier: 1,
		Source:    facts.Source{Name: "DLH Rembang", URL: "https://dlh.example/udara.pdf"},
		ProvesNot: "keadaan udara hari ini", Topics: []string{"debu"}, Sites: []string{"rembang"},
		ValidUntil: time.Date(2026, 6, 1, 0, 0, 0, 0, time.FixedZone("WIB", 7*60*60)), Owner: "Rina",
	}
}

// sampleSheet proposes a fact that nobody could refuse.
func sampleSheet() string {
	return `/fakta usul
teks: Debu di Kajar 61 mikrogram.
sumber: DLH Rembang, https://dlh.example/udara.pdf
tingkat: 1
tanggal: 2025-10-20
berlaku: 2026-05-31
topik: debu
lokasi: rembang
tidak membuktikan: udara di desa lain`
}

// noteOfFact is a note about a fact that replaces another, and was used.
func noteOfFact(why notifier.Why) notifier.Note {
	f := proposable()
	n := notifier.OfFact{Fact: f, Proposal: "USUL-3", Replaces: "FAKTA-004", Why: "sumber\n{who}", Days: 7, Cause: facts.Expired, More: 2, Uses: []facts.Use{
		{Fact: "FAKTA-012", Incident: 42, Draft: 2, At: tenForty.Add(-48 * time.Hour), Where: "https://semencontoh.example/rilis/1"},
		{Fact: "FAKTA-012", Incident: 43, Draft: 1, At: tenForty},
	}}
	if why != notifier.FactProposed {
		n.Fact.ID, n.Fact.Approver = "FAKTA-012", "Budi"
	}
	return notifier.Note{Why: why, At: tenForty, Args: map[string]string{"who": "Wati", "via": "slack"}, Fact: &n}
}
