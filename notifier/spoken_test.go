package notifier

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// told expects the reasons for which a chat was spoken to about ISU-1.
func (s *stage) told(d Dest, want string) Spoken {
	s.t.Helper()
	spoken, err := s.outbox.Spoken(s.t.Context(), d, 1)
	var whys []string
	for _, m := range spoken.Told {
		whys = append(whys, string(m.Why))
	}
	if got := strings.Join(whys, " "); err != nil || got != want {
		s.t.Errorf("%s was told %q, %v; want %q", d, got, err, want)
	}
	return spoken
}

func TestAChatsMessagesAreRememberedWithTheirReasons(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.tg.answers["post 1"] = &SendError{Class: NotSent, Err: errors.New("refused")}
		s.fire(rules.Began, 5)
		wait(0)
		if got := s.told(tgDest, ""); got.Shown || !got.Waiting || !got.Concerned || got.Err == "" {
			t.Errorf("while it waits: %+v", got)
		}
		wait(2 * time.Second)
		first := s.told(tgDest, "first-card")
		if !first.Shown || first.Waiting || first.Err != "" || first.Told[0].Level != rules.Warning {
			t.Errorf("%+v", first)
		}
		s.fire(rules.Grew, 9) // an edit is no message
		s.do(incident.Ack, slDest)
		wait(5 * time.Second)
		s.told(tgDest, "first-card taken")
		s.told(slDest, "first-card") // it happened there
		if err := s.outbox.Repost(t.Context(), tgDest, 1, time.Now()); err != nil {
			t.Fatal(err)
		}
		wait(5 * time.Second)
		s.told(tgDest, "first-card taken shown-again")
		for range 4 {
			s.do(incident.Note, slDest)
			wait(5 * time.Second)
		}
		if got := s.told(tgDest, "first-card noted noted noted noted"); !got.Told[0].At.Equal(first.Told[0].At) {
			t.Errorf("the first card was forgotten: %+v", got)
		}
	})
}

func TestALostCardIsRememberedWhenItIsFoundOrPostedAgain(t *testing.T) {
	play(t, func(_ *testing.T, s *stage) {
		for _, c := range []*chat{s.tg, s.sl} {
			c.answers["post 1"] = &SendError{Class: Ambiguous, Err: errors.New("EOF")}
			c.lost["post 1"] = true
		}
		s.fire(rules.Began, 5)
		wait(time.Minute)
		s.told(slDest, "first-card")
		s.told(tgDest, "shown-again")
		s.tg.answers["edit 1"] = &SendError{Class: Gone, Err: errors.New("message to edit not found")}
		s.do(incident.Ack, tgDest)
		wait(time.Minute)
		s.told(tgDest, "shown-again shown-again")
	})
}

func TestACallForHelpThatWasDroppedIsNotRemembered(t *testing.T) {
	play(t, func(_ *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(time.Minute)
		s.tg.answers["ping 1"] = &SendError{Class: Ambiguous, Err: errors.New("EOF")}
		s.tg.answers["ping 2"] = s.tg.answers["ping 1"]
		s.do(incident.Ack, slDest)
		wait(5 * time.Minute)
		s.told(tgDest, "first-card")
	})
}

func TestWhatOnlyWhyTellsIsNoReasonToEdit(t *testing.T) {
	in := incident.Incident{ID: 1, Excerpts: []incident.Excerpt{{Post: "a"}}}
	plain := hash(Card{Incident: in, Zone: time.UTC})
	in.Alarms = []incident.Alarm{{Rule: "Debu"}}
	in.Excerpts[0].Found = []incident.Found{{Rule: "Debu", Words: []string{"debu"}}}
	if hash(Card{Incident: in, Zone: time.UTC}) != plain || in.Excerpts[0].Found == nil {
		t.Error("two cards that look alike differ, or the card was changed")
	}
	in.Excerpts[0].Post = "b"
	if hash(Card{Incident: in, Zone: time.UTC}) == plain {
		t.Error("two cards that differ look alike")
	}
}

func TestNobodyIsToldOfWhatIsNotThere(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		if _, err := s.outbox.Spoken(t.Context(), tgDest, 7); !errors.Is(err, incident.ErrNotFound) {
			t.Errorf("ISU-7: %v", err)
		}
		s.fire(rules.Began, 5)
		wait(time.Minute)
		if got := s.told("telegram:-2:0", ""); got.Shown || got.Waiting || got.Concerned {
			t.Errorf("%+v", got)
		}
	})
}

func TestDeliveriesOfEarlierVersionsAreRead(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(time.Minute)
		const old store.Shelf[[]byte] = "card"
		err := s.desk.DB.Update(t.Context(), func(tx store.Tx) error {
			kept := fmt.Sprintf(`{"v":1,"wantRev":1,"sentRev":1,"at":{"msgID":"m1"},"state":"sent","sentAt":%q}`, time.Now().Format(time.RFC3339))
			return old.Put(tx, cardKey(tgDest, 1), []byte(kept))
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := s.told(tgDest, ""); !got.Shown {
			t.Errorf("%+v", got)
		}
		s.do(incident.Ack, slDest)
		wait(time.Minute)
		s.told(tgDest, "taken")
	})
}
