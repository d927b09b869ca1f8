package notifier

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// addressed takes every message, and writes down to whom it went.
type addressed struct {
	mu sync.Mutex
	to map[Dest]int
}

func (a *addressed) note(d Dest) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.to[d]++
}

func (a *addressed) Send(_ context.Context, m Message) (Receipt, error) {
	a.note(m.Dest)
	a.mu.Lock()
	defer a.mu.Unlock()
	n := 0
	for _, sent := range a.to {
		n += sent
	}
	return Receipt{MsgID: fmt.Sprint("m", n)}, nil
}

func (a *addressed) Edit(_ context.Context, _ Receipt, m Message) error {
	a.note(m.Dest)
	return nil
}

// Whatever is done to incidents, by whomever and from whatever chat, and
// whatever time brings: nothing goes anywhere but to the chats of the
// configuration.
func TestNothingGoesToAChatThatNobodyConfigured(t *testing.T) {
	verbs := []incident.Verb{
		incident.Ack, incident.Release, incident.Resolve, incident.Reopen, incident.Note, incident.SetLevel, incident.Grieve,
		incident.Ungrieve, incident.Snooze, incident.Wake, incident.Escalate, incident.Verify, incident.Unfit, incident.Drafted,
		incident.Edited, incident.Approved, incident.Rejected, incident.Published, incident.Voided, incident.Promised, incident.Kept,
		incident.Moved, incident.Nudge,
	}
	chats := []string{string(tgDest), string(slDest), "telegram:-666:0", "slack:C666", "telegram:7:0"}
	for seed := range uint64(5) {
		synctest.Test(t, func(t *testing.T) {
			s := newStage(t)
			s.stop()
			heard := &addressed{to: map[Dest]int{}}
			s.outbox.Senders["telegram"], s.outbox.Senders["slack"] = heard, heard
			everywhere := dustFact("Mantan", 2)
			everywhere.ID, everywhere.Sites = "FAKTA-002", nil
			s.knows(dustFact("Rina", 8), everywhere)
			ctx, cancel := context.WithCancel(t.Context())
			var ends sync.WaitGroup
			ends.Go(func() { s.outbox.Run(ctx) })
			ends.Go(func() {
				s.outbox.Clock(ctx, map[string]Chore{
					"ladder": s.outbox.Ladder, "mutes": s.outbox.Mutes, "digest": s.outbox.Digests, "facts": s.outbox.Facts,
				})
			})
			draw := rand.New(rand.NewPCG(seed, 1))
			for range 60 {
				if draw.IntN(3) == 0 {
					site := []string{"rembang", "", "kupang"}[draw.IntN(3)]
					f := rules.Firing{
						Rule: "Debu", Phase: rules.Began, Topic: []string{"debu", "air"}[draw.IntN(2)], Site: site, At: time.Now(),
						Severity: []rules.Severity{rules.Info, rules.Warning, rules.Critical}[draw.IntN(3)], Counts: rules.Counts{Posts: draw.IntN(90)},
					}
					if err := s.outbox.DB.Update(t.Context(), func(tx store.Tx) error { return s.desk.Fire(tx, f) }); err != nil {
						t.Fatal(err)
					}
				}
				chat := chats[draw.IntN(len(chats))]
				_, _ = s.desk.Do(t.Context(), incident.Command{ // most are refused for the state
					ID: incident.ID(1 + draw.IntN(4)), Verb: verbs[draw.IntN(len(verbs))], At: time.Now(), Reason: incident.DiedDown,
					Severity: rules.Critical, Until: time.Now().Add(time.Hour), Finding: incident.True, Text: chat, Call: chat, Item: 1,
					Actor: incident.Actor{Name: "Sari", Via: Dest(chat).Transport(), Chat: chat, Lead: true},
				}, nil)
				wait(time.Duration(draw.IntN(20)) * time.Minute)
			}
			wait(26 * time.Hour)
			cancel()
			ends.Wait()
			for d := range heard.to {
				if !slices.Contains(s.outbox.Current().AllDests(), d) {
					t.Errorf("seed %d: %s heard of it", seed, d)
				}
			}
			if len(heard.to) < 2 {
				t.Errorf("seed %d: %v heard anything at all", seed, heard.to)
			}
		})
	}
}
