package main

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/internal/faketelegram"
)

const onDuty = `
duty: {default: {duty: [Sari], lead: [Rina]}}
escalation: {warning: [{after: 10m, call: [duty]}, {after: 90m, call: [lead]}]}
quiet_hours: {malam: {from: "21:00", to: "05:30"}}
`

// TestTimeCallsPeopleInTwoMessengers: Sari is on duty, has written to the bot in
// Telegram and never in Slack.
func TestTimeCallsPeopleInTwoMessengers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, chatReceivers+onDuty)
		w.withChats()
		w.tg.AddChat(faketelegram.Chat{ID: sari, Type: "private"})
		t.Cleanup(w.sl.Close)
		w.start()
		rest(10 * time.Second)
		w.onTelegram("ISU-1", "Debu — Rembang", "Belum ditangani · naik ke piket")
		rest(5 * time.Minute)
		critical := w.onTelegram("SIAGA", "Keselamatan — Rembang")
		if !strings.Contains(critical.Source, `<a href="tg://user?id=111">Sari</a>`) {
			t.Errorf("the critical card mentions nobody: %s", critical.Source)
		}
		rest(10 * time.Minute)
		call := w.onTelegram("Belum ada yang menangani sejak", "/ambil 1")
		if call.ReplyTo == 0 || call.Silent || !strings.Contains(call.Source, `<a href="tg://user?id=111">Sari</a>`) {
			t.Errorf("the call is %+v", call)
		}
		if got := w.onSlack("Belum ada yang menangani sejak"); !strings.Contains(got.Plain, "U01SARI") {
			t.Errorf("Slack mentions nobody: %s", got.Plain)
		}
		alone := w.tg.Messages(sari)
		if len(alone) == 0 || !strings.Contains(alone[0].Text, "Anda dipanggil") {
			t.Errorf("Sari was told alone: %+v", alone)
		}
		if err := w.sl.Slash(channel, "U02RINA", "/isu", "jejak 1"); err != nil {
			t.Fatal(err)
		}
		rest(5 * time.Second)
		w.whispered("memanggil yang berikutnya", "batal memanggil Sari: belum pernah menyapa bot")
		rest(24 * time.Hour)
		w.stop()
		if tg, sl := w.tg.Violations(), w.sl.Violations(); len(tg)+len(sl) > 0 {
			t.Errorf("the messengers were spoken to wrongly: %v %v", tg, sl)
		}
		w.keepsSecrets()
	})
}
