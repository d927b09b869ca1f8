package watcher

import (
	"testing"
	"time"

	"github.com/siaga-id/siaga/source"
)

func TestASourceWasUnseenWhileItWasBlindOrSiagaWasDown(t *testing.T) {
	now := time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC)
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	for name, c := range map[string]struct {
		every time.Duration
		was   source.Health
		is    source.Health
		want  time.Time
	}{
		"polled a while ago":  {time.Minute, source.Health{OK: ago(20 * time.Minute)}, source.Health{OK: now}, time.Time{}},
		"its first poll":      {time.Minute, source.Health{}, source.Health{OK: now}, time.Time{}},
		"blind until now":     {time.Minute, source.Health{OK: ago(3 * time.Hour), Blind: ago(2 * time.Hour)}, source.Health{OK: now}, ago(2 * time.Hour)},
		"blind still":         {time.Minute, source.Health{OK: ago(3 * time.Hour)}, source.Health{OK: ago(3 * time.Hour), Blind: now}, time.Time{}},
		"Siaga was down":      {time.Minute, source.Health{OK: ago(50 * time.Hour)}, source.Health{OK: now}, ago(50 * time.Hour)},
		"it is polled seldom": {time.Hour, source.Health{OK: ago(2 * time.Hour)}, source.Health{OK: now}, time.Time{}},
		"down, polled seldom": {time.Hour, source.Health{OK: ago(5 * time.Hour)}, source.Health{OK: now}, ago(5 * time.Hour)},
	} {
		p := &poll{feed: Feed{Spec: source.Spec{Every: c.every}}}
		if got := p.unseen(c.was, c.is); !got.Equal(c.want) {
			t.Errorf("%s: unseen since %v, want %v", name, got, c.want)
		}
	}
}
