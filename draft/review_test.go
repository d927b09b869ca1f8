package draft

import (
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
)

// What a second pair of eyes found, and what holds since.

func TestAClaimIsAnsweredAndNeverMadeOnesOwn(t *testing.T) {
	m := matter(fact("FAKTA-001"))
	m.Incident.Grievance = true
	const claim = "keluhan itu hoaks dan udara 100% aman"
	d, err := book(t).Compose(m, Order{Kind: Acknowledge, Style: Plain, Claim: claim, By: "Sari", At: noon})
	if err != nil || d.Claim != "" {
		t.Fatalf("%v, claim %q", err, d.Claim)
	}
	if _, err := Mend(d, m, "Kami tegaskan: "+claim+".", "Sari"); why(err) != Guarded {
		t.Errorf("a denial while people complain: %v", err)
	}
	m = matter(fact("FAKTA-001"))
	if d, err = book(t).Compose(m, Order{Kind: Clarify, Claim: "udara 100% aman", By: "Sari", At: noon}); err != nil {
		t.Fatal(err)
	}
	if _, err := Mend(d, m, fact("").Text+" Udara 100% aman.", "Sari"); why(err) != Guarded {
		t.Errorf("a claim became the company's own word: %v", err)
	}
}

func TestASourceStandsBehindItsOwnSentenceOnly(t *testing.T) {
	m := matter(fact("FAKTA-001"))
	d := compose(t, m, Clarify)
	for text, want := range map[string]Why{
		"Terima kasih atas perhatiannya.":                           Unsaid,
		"Pabrik kami beroperasi sesuai baku mutu.":                  Guarded,
		fact("").Text + " Emisi kami memenuhi baku mutu.":           Guarded,
		"Keadaan udara hari ini. " + fact("").Text:                  "", // no fault by itself
		fact("").Text + " PM10 rata-rata jam 16.25.":                Guarded,
		fact("").Text + " Kabar berikutnya pukul 16.30 WIB.":        "",
		fact("").Text + " Kadarnya pukul 16.25 WIB 99 mikrogram.":   Guarded,
		strings.Replace(d.Text, "Sekali lagi", "Sekali lagi ya", 1): "",
	} {
		if _, err := Mend(d, m, text, "Sari"); why(err) != want {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
	limited := fact("FAKTA-001")
	limited.ProvesNot = "Tidak ada dampak pada kesehatan warga."
	m = matter(limited)
	if _, err := Mend(compose(t, m, Clarify), m, limited.Text+" Tidak ada dampak pada kesehatan warga.", "Sari"); why(err) != Guarded {
		t.Errorf("what a fact does not prove is asserted: %v", err)
	}
}

func TestAnAcknowledgementDoesNotArgue(t *testing.T) {
	m := matter()
	m.Incident.Grievance = true
	d := compose(t, m, Acknowledge)
	for _, text := range []string{
		"Emisi pabrik kami memenuhi baku mutu.", "Batuk anak-anak itu karena musim pancaroba.",
		"Sumber debu adalah truk tambang lain, bukan kegiatan kami.",
	} {
		if _, err := Mend(d, m, d.Text+"\n\n"+text, "Sari"); why(err) != Guarded {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestNobodyAnswersAShadowIncidentOrOneThatIsOver(t *testing.T) {
	for want, spoil := range map[Why]func(*Matter){
		Shadow: func(m *Matter) { m.Incident.Shadow = true },
		Over:   func(m *Matter) { m.Incident.State = incident.Resolved },
	} {
		m := matter(fact("FAKTA-001"))
		spoil(&m)
		if _, err := book(t).Compose(m, Order{Kind: Holding, By: "Sari", At: noon}); why(err) != want || len(m.Offers()) > 0 {
			t.Errorf("%v, want %s; offered %v", err, want, m.Offers())
		}
	}
}

func TestAVetoedFactIsNotUsed(t *testing.T) {
	m := matter(fact("FAKTA-001"))
	m.Fitting, m.Vetoed = nil, []string{"FAKTA-001"}
	for _, o := range []Order{{Kind: Holding}, {Kind: Clarify, Facts: []string{"FAKTA-001"}}} {
		if _, err := book(t).Compose(m, o); why(err) == "" {
			t.Errorf("%v was made of it", o)
		}
	}
}

func TestAPromiseOfNewsThatIsOverIsNotHandedOver(t *testing.T) {
	m := matter(fact("FAKTA-001"))
	d, err := Approve(compose(t, m, Clarify), m, "Budi", "", noon)
	if err != nil {
		t.Fatal(err)
	}
	m.Now = noon.Add(72 * time.Hour)
	if _, err := book(t).HandOver(d, m); why(err) != Late {
		t.Errorf("handed over after three days: %v", err)
	}
	if _, err := Approve(d, m, "Agus", "", m.Now); why(err) != Late {
		t.Errorf("approved after three days: %v", err)
	}
	next, err := Mend(d, m, strings.Replace(d.Text, d.Next, "besok pukul 09.00 WIB", 1), "Sari")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Approve(next, m, "Budi", "", m.Now); err != nil {
		t.Errorf("with another time: %v", err)
	}
}

func TestWhatWasPublishedIsKeptWithItsWords(t *testing.T) {
	m := matter(fact("FAKTA-001"))
	d, err := Approve(compose(t, m, Clarify), m, "Budi", "", noon)
	if err == nil {
		d, err = Publish(d, m, Place{By: "Sari", Where: "https://contoh.id/1"})
	}
	if err != nil || d.Public[0].Text != d.Text || !d.IsPublic() {
		t.Fatalf("%v, %+v", err, d.Public)
	}
	edited, err := Mend(d, m, d.Text+" Terima kasih.", "Sari")
	if err != nil || edited.IsPublic() || edited.Public[0].Text != d.Text {
		t.Errorf("%v: the new text passes for the published one", err)
	}
}

func TestALongDraftIsMadeOfFewerFacts(t *testing.T) {
	long := fact("FAKTA-001")
	long.Text += strings.Repeat(" Rincian pengukuran dicatat oleh petugas di lokasi.", 10)
	second, third := long, long
	second.ID, third.ID = "FAKTA-002", "FAKTA-003"
	d, err := book(t).Compose(matter(long, second, third), Order{Kind: Holding, Style: Formal, By: "Sari", At: noon})
	if err != nil || len(d.Sources) == 0 || len(d.Sources) == 3 {
		t.Errorf("%v, made of %v", err, d.Facts())
	}
}
