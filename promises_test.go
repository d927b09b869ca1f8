package main

import (
	"strings"
	"testing"
	"time"
)

// count is how many messages of a chat have all words.
func (p chair) count(words ...string) int {
	n := 0
	for _, v := range p.messages() {
		if hasAll(v.text, words) {
			n++
		}
	}
	return n
}

// TestAPromiseIsMadeByAButtonAndRemindedOfInBothMessengers plays from 07:00 on
// the first of the month, when a promise of a week has its first reminder within
// the hour. A restart behind each reminder repeats none of them.
func TestAPromiseIsMadeByAButtonAndRemindedOfInBothMessengers(t *testing.T) {
	tell(t, func(s tale) {
		began := time.Now()
		rest(10 * time.Minute) // the crisis day is over
		s.Telegram("Sari").Presses("✋ Ambil", "ISU-1").Reads("Terima kasih, Sari")
		s.Telegram("Sari").Presses("🤝 Akui & tindak lanjuti", "ISU-1")
		question := s.Telegram("Humas").Expect("Sari: 🤝 Tulis janji untuk ISU-1")
		s.Telegram("Sari").Says("sumur diuji lagi oleh Rina sampai besok", question).Reads("Janji 1.1 dicatat", "Rina, sampai 2 Jan")
		s.Slack("#humas").Expect("🤝 Janji 1.1 dicatat Sari (Telegram)", "sumur diuji lagi")
		s.Telegram("Humas").ExpectCard("ISU-1").Says("Janji: sumur diuji lagi, sampai 2 Jan")

		s.Slack("Rina").Presses("🤝 Akui & tindak lanjuti", "ISU-1")
		s.Slack("Rina").Submits(map[string]string{"isu.choice": "7d", "isu.words": "tirai debu dipasang oleh Sari"})
		s.Telegram("Humas").Expect("🤝 Janji 1.2 dicatat Rina (Slack): Sari, sampai 8 Jan", "tirai debu dipasang")
		s.Slack("Rina").Says("janji 1 cek lapangan sampai besok").Reads("Janji 1.3 dicatat")
		s.Slack("Rina").Says("janji tepati 1.3 foto di grup").Reads("Janji 1.3 ditepati")
		s.Telegram("Humas").Expect("✔️ Janji 1.3 ditepati", "foto di grup")
		s.Telegram("Sari").Says("/selesai 1 keluhan").Reads("selesai")

		told := func(words string, want int) {
			t.Helper()
			for _, chat := range []chair{s.Telegram("Humas"), s.Slack("#humas")} {
				if n := chat.count("Janji 1." + words); n != want {
					t.Errorf("%s was told %q %d times, want %d", chat.in, words, n, want)
				}
			}
		}
		moments := []string{"2 tinggal 7 hari", "1 jatuh tempo besok", "1 jatuh tempo hari ini", "1 lewat 1 hari", "3 jatuh"}
		for n, want := range [][]int{{0, 0, 0, 0, 0}, {1, 1, 0, 0, 0}, {1, 1, 1, 0, 0}, {1, 1, 1, 1, 0}} {
			if n > 0 {
				rest(time.Duration(n-1)*24*time.Hour + time.Hour - time.Since(began)) // some minutes after 08:00
				s.stop()                                                              // as an upgrade does
				s.start()
				rest(time.Minute)
			}
			for i, words := range moments {
				told(words, want[i])
			}
		}
		if m := s.onSlack("Janji 1.1 lewat"); !strings.Contains(m.Plain, "@rina") {
			t.Errorf("Slack mentions nobody: %s", m.Plain)
		}
		if m := s.onTelegram("Janji 1.2 tinggal"); !strings.Contains(m.Source, "tg://user?id=111") {
			t.Errorf("Telegram mentions nobody: %s", m.Source)
		}
		s.Telegram("Sari").Says("/ringkasan").Reads("Janji kepada warga: 1 lewat, 1 jatuh tempo dalam 7 hari")
	})
}
