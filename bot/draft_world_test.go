package bot

import (
	"sync"
	"time"

	"github.com/siaga-id/siaga/draft"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

// shelf is what the drafts of the tests are made of.
type shelf struct {
	facts []facts.Fact // live, of every cell
}

// forms are those that ship. Trying them takes some milliseconds, so it is done once.
var forms = sync.OnceValue(func() *draft.Book {
	book, wrong := draft.NewBook(draft.Voice{Company: "PT Semen Contoh", Contact: "humas@semencontoh.example"}, nil)
	if len(wrong) > 0 {
		panic(wrong[0].Error())
	}
	return book
})

// join gives a Talk a desk for drafts over its own store.
func (s *shelf) join(t *Talk) {
	book := forms()
	var act func(store.Tx, incident.Command) (incident.Change, error)
	if desk, ok := t.Desk.(*incident.Desk); ok {
		act = desk.Act
	}
	t.Drafts = &draft.Desk{
		DB: t.DB, Act: act, Book: func() *draft.Book { return book },
		Matter: func(_ store.Tx, in incident.Incident, _ time.Time) (draft.Matter, error) {
			topic, site, zone := t.Name(in.Topic, in.Site)
			return draft.Matter{
				Incident: in, Topic: topic, Site: site, Zone: zone, Fitting: s.facts, Live: s.facts, MayDeny: true, MayExplain: true,
				Safety: "Kenakan masker di luar rumah.",
			}, nil
		},
	}
}

// dustFact is by a regulator, and so may deny.
func dustFact() facts.Fact {
	return facts.Fact{
		ID: "FAKTA-012", Text: "PM10 rata-rata 24 jam di balai desa Tegaldowo 61 mikrogram per meter kubik.", Number: "61", Unit: "µg/m³",
		Date: "2025-09-18", Source: facts.Source{Name: "DLH Kabupaten Rembang", URL: "https://dlh.example/udara.pdf"}, Tier: 1, Independent: true,
		ProvesNot: "Keadaan udara hari ini.", Topics: []string{"debu"}, ValidUntil: tenForty.AddDate(0, 6, 0), Owner: "Rina", Approver: "Budi",
	}
}
