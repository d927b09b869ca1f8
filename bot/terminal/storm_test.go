package terminal

import (
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

func TestAStormOnPaperGrowsByItsNewLines(t *testing.T) {
	var out paper
	term := New(&out, nil, nil, speak(t, "id"), Options{Width: 60})
	m := notifier.Message{Dest: Dest, Kind: notifier.KindStorm, Card: notifier.Card{Zone: time.UTC}}
	add := func(id incident.ID) {
		m.Storm.To = noon
		m.Storm.From, m.Storm.All = noon, m.Storm.All+1
		m.Storm.Items = append([]notifier.Item{{
			ID: id, Severity: rules.Warning, State: incident.Open, TopicName: "Debu", SiteName: "Rembang", At: noon,
		}}, m.Storm.Items...)
	}
	add(7)
	if _, err := term.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	at, rule := noon.UTC().Format("15:04 MST"), "────────────────────────────────────────────────────────────\n"
	want := rule + "🌪️ BADAI · 1 isu baru · " + at + "\n" +
		"Terlalu banyak kartu sekaligus, jadi dikumpulkan di sini. 🔴\n  SIAGA tetap mendapat kartu sendiri.\n" +
		"🟠 WASPADA · ISU-7 · Debu — Rembang · " + at + "\n" +
		"Kartu lengkap: /isu 7 · Ambil: /ambil 7 · Semua: /isu\n" + rule
	if got := out.take(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	add(8)
	edit := func() string {
		if err := term.Edit(t.Context(), notifier.Receipt{}, m); err != nil {
			t.Fatal(err)
		}
		return out.take()
	}
	want = "🌪️ BADAI · 2 isu baru · " + at + "\n🟠 WASPADA · ISU-8 · Debu — Rembang · " + at + "\n" +
		"Kartu lengkap: /isu 8 · Ambil: /ambil 8 · Semua: /isu\n"
	if got := edit(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := edit(); got != "" {
		t.Errorf("nothing is new, and yet: %s", got)
	}
}
