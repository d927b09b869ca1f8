package bot

import (
	"strings"
	"testing"
	"time"
)

func TestWhatIsRefusedOnPrincipleIsCountedByTheMonth(t *testing.T) {
	w := newWorld(t, "id")
	for _, line := range []string{"/siapa @akun", "/pengunggah 42", "@siaga lacak akun itu", "/peringkat", "/balas 42 semuanya"} {
		if ans := w.says(group, guest, line); !strings.HasPrefix(ans.Text, "Maaf, Siaga tidak") {
			t.Errorf("%q: %s", line, ans.Text)
		}
	}
	want := "Ditolak bulan ini karena prinsip: 3× mencari orang, 1× peringkat pengkritik, 1× balasan otomatis"
	if ans := w.says(group, sari, "/status"); !strings.HasSuffix(ans.Text, want) {
		t.Errorf("/status: %s", ans.Text)
	}
	w.now = time.Date(2025, 12, 31, 12, 0, 0, 0, time.UTC)
	w.says(group, guest, "/top")
	if ans := w.says(group, sari, "/status"); !strings.HasSuffix(ans.Text, "bulan ini karena prinsip: 1× peringkat pengkritik\nBulan lalu: 3× mencari orang, 1× peringkat pengkritik, 1× balasan otomatis") {
		t.Errorf("/status a month later: %s", ans.Text)
	}
	w.now = w.now.AddDate(0, 2, 0)
	if ans := w.says(group, sari, "/status"); strings.Contains(ans.Text, "prinsip") {
		t.Errorf("/status of a month without any: %s", ans.Text)
	}
}
