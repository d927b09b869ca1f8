package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/internal/golden"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

func TestTheStatusNamesTheRulesThatStillLearn(t *testing.T) {
	for code, want := range map[string]string{
		"id": "Masih belajar apa yang biasa: Aturan0 0/14 hari, Aturan1 1/14 hari, Aturan2 2/14 hari, Aturan3 3/14 hari, Aturan4 4/14 hari, +2 lagi",
		"en": "Still learning what is usual: Aturan0 0/14 days, Aturan1 1/14 days, Aturan2 2/14 days, Aturan3 3/14 days, Aturan4 4/14 days, +2 more",
	} {
		w := newWorld(t, code)
		if said := w.says(group, sari, "/status").Text; strings.Contains(said, "0/14") {
			t.Errorf("nobody learns: %s", said)
		}
		for n := range 7 {
			w.status.Learning = append(w.status.Learning, rules.Learning{Rule: fmt.Sprint("Aturan", n), Learnt: n, Needed: 14})
		}
		if said := w.says(group, sari, "/status").Text; !strings.Contains(said, want) {
			t.Errorf("said %s", said)
		}
	}
}

func TestTheStatusSaysHowSiagaItselfIs(t *testing.T) {
	ill := []notifier.Note{
		{Why: notifier.Unread, At: tenForty, Since: tenForty.Add(-20 * time.Minute)},
		{Why: notifier.DiskFull, At: tenForty, Since: tenForty, Args: map[string]string{"free": Bytes(200 << 20), "percent": "2 %"}},
	}
	for _, code := range []string{"id", "en"} {
		var b strings.Builder
		for _, c := range []struct {
			name string
			s    Status
		}{
			{"without heartbeat", Status{}},
			{"well", Status{Disk: Disk{Store: 1, Free: 9<<30 + 1}, Beat: &Beat{At: tenForty}}},
			{"just started", Status{Disk: Disk{Store: 48 << 20, Free: 12 << 30}, Beat: &Beat{}}},
			{"ill", Status{Ill: ill, Beat: &Beat{At: tenForty.Add(-time.Hour), Held: Ailing}}},
			{"without a store", Status{Beat: &Beat{Held: Unwritten}}},
			{"without a chat", Status{Beat: &Beat{Held: Unheard}}},
			{"unheard", Status{Beat: &Beat{Lost: tenForty.Add(-time.Hour), Err: "beat: it answers 404 Not Found"}}},
		} {
			w := newWorld(t, code)
			w.status.Ill, w.status.Disk, w.status.Beat = c.s.Ill, c.s.Disk, c.s.Beat
			fmt.Fprintf(&b, "# %s\n%s\n", c.name, w.says(group, sari, "/status").Text)
		}
		golden.Check(t, "testdata/status."+code+".golden", b.String())
	}
}
