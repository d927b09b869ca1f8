package bot

import (
	"strings"
	"testing"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
)

func TestADraftFromTheOfferToThePublic(t *testing.T) {
	inBoth(t, "drafts", newWorld, func(s *story) {
		id := strings.HasPrefix(s.talk.Lang.say(kindHolding), "p")
		in := func(indonesian, english string) string {
			if id {
				return indonesian
			}
			return english
		}
		s.fires("debu", "rembang", rules.Warning, rules.Began)
		s.chapter("nothing to say without a fact")
		s.hear(group, sari, in("/draf 1", "/draft 1"))
		s.hear(group, sari, in("/draf 1 klarifikasi", "/draft 1 clarification"))

		s.chapter("a fact, and a clarification of a claim")
		s.library.facts = append(s.library.facts, dustFact())
		s.hear(group, sari, in("/draf 1", "/draft 1"))
		s.hear(group, sari, in("/draf 1 dongeng", "/draft 1 tale"))
		s.hear(group, guest, in("/draf 1 klarifikasi", "/draft 1 clarification"))
		s.hear(group, sari, in(`/draf 1 klarifikasi lugas "bahwa debu pabrik sudah lewat batas aman."`, `/draft 1 clarification english "that the dust is above the safe limit."`))

		s.chapter("who wrote it does not approve it, and who may not does not either")
		s.hear(group, sari, in("/setujui 1.1", "/approve 1.1"))
		s.hear(channel, budi, in("/setujui 1.1", "/approve 1.1"))
		s.hear(group, agus, in("/draf 1.1", "/draft 1.1"))
		s.hear(group, agus, in("/tolak 1.1", "/reject 1.1"))

		s.chapter("another text, and the guard")
		s.hear(group, sari, in("/ubah 1.1", "/edit 1.1"))
		s.hear(group, sari, in("/ubah 1.1 Udara 100% aman, PM10 hanya 16. Yang protes ditunggangi dan bisa kena UU ITE.",
			"/edit 1.1 The air is completely safe, at 16. Whoever protests is paid, and will face legal action."))
		s.hear(group, sari, in("/ubah 1.1 Menurut DLH Kabupaten Rembang: PM10 rata-rata 24 jam di balai desa Tegaldowo 61 mikrogram per meter kubik.\n\nTerima kasih.",
			"/edit 1.1 DLH Kabupaten Rembang: PM10 rata-rata 24 jam di balai desa Tegaldowo 61 mikrogram per meter kubik.\n\nThank you."))
		s.hear(group, agus, in("/setujui 1.1", "/approve 1.1"))
		s.hear(group, agus, in("/setujui 1.1", "/approve 1.1"))
		s.hear(group, agus, in("/setujui 1.1", "/approve 1.1"))
		s.hear(group, sari, in("/tayang 1.1", "/published 1.1"))
		s.hear(group, sari, in("/tayang 1.1 https://semencontoh.example/siaran/12", "/published 1.1 https://semencontoh.example/siaran/12"))
		s.hear(group, sari, in("/draf 1", "/draft 1"))

		s.chapter("a holding statement that is rejected")
		s.hear(group, sari, in("/draf 1 awal", "/draft 1 holding"))
		s.hear(group, agus, in("/tolak 1.2 terlalu dini", "/reject 1.2 too early"))
		s.hear(group, agus, in("/setujui 1.2", "/approve 1.2"))
		s.hear(group, agus, in("/setujui 1.7", "/approve 1.7"))

		s.chapter("a complaint locks the denial, until somebody looks")
		s.hear(group, sari, in("/draf 1 awal", "/draft 1 holding"))
		s.hear(group, sari, in("/keluhan 1", "/grievance 1"))
		s.hear(group, sari, in("/draf 1 klarifikasi", "/draft 1 clarification"))
		s.hear(group, agus, in("/setujui 1.3", "/approve 1.3"))
		s.hear(group, sari, in("/draf 1 akui lugas", "/draft 1 acknowledge english"))
		s.hear(group, sari, in("/verifikasi 1 benar", "/verify 1 true"))
		s.hear(group, sari, in("/verifikasi 1 benar DLH, sampel 09.00", "/verify 1 true DLH, sample of 09:00"))
		s.hear(group, sari, in("/draf 1", "/draft 1"))
		s.hear(group, sari, in("/draf 1 klarifikasi FAKTA-999", "/draft 1 clarification FAKTA-999"))
		s.hear(group, sari, in("/verifikasi 1 salah DLH, sampel 10.00", "/verify 1 false DLH, sample of 10:00"))
		s.hear(group, sari, in("/draf 1 klarifikasi FAKTA-999", "/draft 1 clarification FAKTA-999"))
		s.hear(group, sari, in("/draf 1", "/draft 1"))

		s.chapter("what is critical takes two")
		s.hear(channel, budi, in("/tingkat 1 siaga", "/severity 1 critical"))
		s.hear(group, agus, in("/setujui 1.4", "/approve 1.4"))
		s.hear(group, agus, in("/setujui 1.4", "/approve 1.4"))
		s.hear(terminalUser, self, in("/draf 1.4", "/draft 1.4"))
		s.hear(terminalUser, self, in("/setujui 1.4", "/approve 1.4"))

		s.chapter("a fact dies")
		s.hear(group, sari, in("/draf 1 awal", "/draft 1 holding"))
		s.library.facts = nil
		s.hear(group, agus, in("/setujui 1.5", "/approve 1.5"))
		s.hear(group, sari, in("/jejak 1", "/timeline 1"))
	})
}

func TestAnApprovalByATapIsForTheTextThatWasShown(t *testing.T) {
	w := newWorld(t, "id")
	w.library.facts = append(w.library.facts, dustFact())
	w.fires("debu", "rembang", rules.Warning, rules.Began)
	w.says(group, sari, "/draf 1 klarifikasi")
	shown := w.says(group, agus, "/draf 1.1")
	if len(shown.Choices) != 1 {
		t.Fatalf("Agus is offered %+v", shown.Choices)
	}
	if offered := w.says(group, sari, "/draf 1.1"); len(offered.Choices) != 0 {
		t.Errorf("Sari, who wrote it, is offered %+v", offered.Choices)
	}
	w.says(group, sari, "/ubah 1.1 Menurut DLH Kabupaten Rembang: PM10 rata-rata 24 jam di balai desa Tegaldowo 61 mikrogram per meter kubik.")
	if ans := w.presses(group, agus, shown.Choices[0].Data); !strings.Contains(ans.Text, "sudah berubah") {
		t.Errorf("another text was approved: %s", ans.Text)
	}
	again := w.says(group, agus, "/draf 1.1")
	if ans := w.presses(group, agus, again.Choices[0].Data); !strings.Contains(ans.Text, "disetujui Agus") {
		t.Errorf("not approved: %s", ans.Text)
	}
	offer := w.says(group, sari, "/draf 1")
	if ans := w.presses(group, sari, offer.Choices[0].Data); !strings.Contains(ans.Text, "Draf 1.2 · pernyataan awal") {
		t.Errorf("the button of the offer: %s", ans.Text)
	}
	if in := w.first(); in.State != incident.Open {
		t.Errorf("drafting changed the state: %v", in.State)
	}
}

func TestTheNumberOfADraftIsReadWithTheIncidents(t *testing.T) {
	for s, want := range map[string]struct {
		n    int
		rest string
	}{
		"42.2 ya":       {2, "42 ya"},
		"ISU-42.13":     {13, "42 "},
		"#42.1, oke":    {1, "42 oke"},
		"42. ya":        {0, "42. ya"},
		"42":            {0, "42"},
		"1.2.3":         {0, "1.2.3"},
		"42.0":          {0, "42.0"},
		"42.99999":      {0, "42.99999"},
		"versi 4.2 itu": {0, "versi 4.2 itu"},
		"":              {0, ""},
	} {
		if n, rest := cutItem(s); n != want.n || rest != want.rest {
			t.Errorf("%q: %d, %q", s, n, rest)
		}
	}
}
