package notifier

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestWhatIsSaidWithoutTheStoreReachesTheAdminsOrElseEverybody(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.stop()
		if err := s.outbox.DB.Close(); err != nil { // it is not needed
			t.Fatal(err)
		}
		n := Note{Why: DiskFailed, At: time.Now()}
		if err := s.outbox.Say(t.Context(), n); err != nil {
			t.Error(err)
		}
		expect(t, "telegram", s.tg, "note disk-failed []")
		expect(t, "slack", s.sl, "note disk-failed []")
		s.withAdmins()
		if err := s.outbox.Say(t.Context(), n); err != nil {
			t.Error(err)
		}
		expect(t, "telegram", s.tg)
		expect(t, "slack", s.sl, "note disk-failed []")
	})
}

func TestAChatThatCannotBeReachedKeepsNoOtherFromHearing(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.sl.answers["note 1"] = &SendError{Class: Dead, Err: errors.New("is_archived")}
		err := s.outbox.Say(t.Context(), Note{Why: DiskFailed, At: time.Now()})
		if err == nil || !strings.Contains(err.Error(), "say disk-failed in slack:C1: dead: is_archived") {
			t.Errorf("the error is %v", err)
		}
		expect(t, "telegram", s.tg, "note disk-failed []")
	})
}
