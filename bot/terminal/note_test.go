package terminal

import (
	"testing"

	"github.com/siaga-id/siaga/notifier"
)

func TestANoteIsPrintedWithoutTheFrameOfACard(t *testing.T) {
	var out paper
	term := New(&out, nil, nil, speak(t, "id"), Options{Width: 60})
	note := notifier.Message{Dest: Dest, Kind: notifier.KindNote, Card: notifier.Card{Zone: noon.Location()}, Note: notifier.Note{
		Why: notifier.ConfigRefused, At: noon, Lines: []string{"config.yaml:3:1: unknown field \"recievers\""}, More: 2,
	}}
	if _, err := term.Send(t.Context(), note); err != nil {
		t.Fatal(err)
	}
	at := noon.Format("15:04 MST")
	want := "⚠️ Konfigurasi baru ditolak " + at + ", aturan lama tetap\n   berlaku. Yang salah:\n" +
		"config.yaml:3:1: unknown field \"recievers\"\n+2 lagi\n"
	if got := out.take(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestAShadowIncidentIsPaintedUnlikeAnyAlarm(t *testing.T) {
	var out paper
	term := New(&out, nil, nil, speak(t, "id"), Options{Color: true})
	alarm := message()
	shadow := message()
	shadow.Card.Incident.Shadow = true
	if got := term.paint(shadow.Card.Incident); got == "" || got == term.paint(alarm.Card.Incident) {
		t.Errorf("a shadow incident is painted %q", got)
	}
}
