package notifier

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// counted is a chat whose other side counts calls.
type counted struct{ *chat }

func (counted) Limits() Limits {
	return Limits{Gap: time.Second, PerMinute: 18, Kept: 6, PerSecond: 25, Edits: 50}
}
func (counted) Room(d Dest) string { return d.Transport() + ":room" }

var someLimits = counted{}.Limits()

// most returns the largest number of times that lie within any such span.
func most(at []time.Time, span time.Duration) int {
	n := 0
	for i, from := range at {
		j := i
		for j < len(at) && at[j].Sub(from) < span {
			j++
		}
		n = max(n, j-i)
	}
	return n
}

func TestNoMinuteHasMoreCallsThanAllowedAndSomeAreKept(t *testing.T) {
	b, start := newBudgets(), time.Unix(1e9, 0)
	spend := func(from time.Time, urgent bool) (all []time.Time) {
		for now := from; now.Sub(from) < 10*time.Minute; {
			wait := b.take(use{room: "telegram:1", limits: someLimits, urgent: urgent}, now)
			if wait == 0 {
				all = append(all, now)
			}
			now = now.Add(max(wait, 100*time.Millisecond))
		}
		return all
	}
	ordinary := spend(start, false)
	if len(ordinary) != 120 || most(ordinary, time.Minute) != 12 || most(ordinary, time.Second) != 1 {
		t.Errorf("%d calls, %d a minute, %d a second", len(ordinary), most(ordinary, time.Minute), most(ordinary, time.Second))
	}
	urgent := spend(start.Add(10*time.Minute), true)
	if all := append(ordinary, urgent...); len(urgent) < 180 || most(all, time.Minute) != 18 {
		t.Errorf("%d urgent calls, %d a minute", len(urgent), most(all, time.Minute))
	}
}

func TestChatsShareWhatATransportTakesAsAWhole(t *testing.T) {
	b, now := newBudgets(), time.Unix(1e9, 0)
	for n := range 30 {
		wait := b.take(use{room: fmt.Sprintf("telegram:%d", n), limits: someLimits}, now)
		if want := n >= 25; (wait > 0) != want || wait > time.Second {
			t.Errorf("call %d waits for %v", n+1, wait)
		}
	}
	if wait := b.take(use{room: "slack:C1", limits: someLimits}, now); wait != 0 {
		t.Errorf("another transport waits for %v", wait)
	}
	var edits []time.Time
	for n := range 100 {
		at := now.Add(time.Hour + time.Duration(n)*100*time.Millisecond)
		if b.take(use{room: fmt.Sprintf("slack:C%d", n), limits: someLimits, edit: true}, at) == 0 {
			edits = append(edits, at)
		}
	}
	if len(edits) != 50 {
		t.Errorf("%d edits in ten seconds, want 50", len(edits))
	}
}

func TestABudgetSurvivesARestartAndAClockThatWasSetBack(t *testing.T) {
	now := time.Unix(1e9, 0)
	u := use{room: "telegram:1", limits: someLimits}
	var before []time.Time
	for n := range 10 {
		before = append(before, now.Add(-time.Duration(10-n)*2*time.Second))
	}
	b := newBudgets()
	b.recall(u, before, now)
	if left := b.left(u, now); left != 1 { // 12 - 10, and one that may have been under way
		t.Errorf("%d calls left, want 1", left)
	}
	if wait := b.take(u, now); wait != 0 {
		t.Errorf("the first call waits for %v", wait)
	}
	if wait := b.take(u, now.Add(time.Second)); wait != 39*time.Second {
		t.Errorf("the next call waits for %v, want until the oldest is a minute old", wait)
	}
	if wait := b.take(u, now.Add(-24*time.Hour)); wait != 0 {
		t.Errorf("with the clock set back a call waits for %v", wait)
	}
}

// counts makes the chats of a stage counted ones.
func (s *stage) counts() {
	s.stop()
	s.outbox.Senders["telegram"], s.outbox.Senders["slack"] = counted{s.tg}, counted{s.sl}
	s.start()
}

// opens lets the incident of a cell of its own begin.
func (s *stage) opens(topic string, level rules.Severity) {
	s.t.Helper()
	f := rules.Firing{Rule: topic, Phase: rules.Began, Topic: topic, Site: "rembang", Severity: level, At: time.Now()}
	if err := s.desk.DB.Update(s.t.Context(), func(tx store.Tx) error { return s.desk.Fire(tx, f) }); err != nil {
		s.t.Fatal(err)
	}
}

func TestACriticalCardGoesFirstHoweverMuchWaits(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.counts()
		for n := range 6 {
			s.opens(fmt.Sprintf("t%d", n), rules.Warning)
		}
		wait(6 * time.Second)
		for n := range 9 { // each an edit and a silent reply
			s.jots(incident.ID(n%6 + 1))
		}
		wait(10 * time.Second)
		s.tg.clear()
		s.opens("kecelakaan", rules.Critical)
		wait(time.Second)
		expect(t, "telegram", s.tg, "post ISU-7 open")
		wait(10 * time.Minute)
		if last := s.tg.lines(); len(last) == 0 {
			t.Error("what waited was lost")
		}
		if most := most(s.tg.times(), time.Minute); most > 18 {
			t.Errorf("%d calls in a minute", most)
		}
	})
}

// jots has somebody in another chat take a note.
func (s *stage) jots(id incident.ID) {
	s.t.Helper()
	cmd := incident.Command{ID: id, Verb: incident.Note, At: time.Now(), Text: "dicek", Actor: incident.Actor{Name: "Sari", Via: "web"}}
	if _, err := s.desk.Do(s.t.Context(), cmd, nil); err != nil {
		s.t.Fatal(err)
	}
}

func TestWhatIsShortGoesToCallsBeforeEdits(t *testing.T) {
	card := func(id incident.ID, level rules.Severity, state CardState) job {
		j := job{card: Delivery{State: state, SentState: 1}}
		j.message.Card.Incident = incident.Incident{ID: id, Severity: level, State: incident.Open, StateRev: 1}
		return j
	}
	ping := func(id incident.ID, level rules.Severity, silent bool) job {
		j := card(id, level, Sent)
		j.ping = &Ping{ID: id, Silent: silent}
		return j
	}
	state := card(6, rules.Warning, Sent)
	state.card.SentState = 0
	want := []job{
		card(9, rules.Critical, Unsent), ping(5, rules.Critical, false), card(2, rules.Warning, Unsent), card(8, rules.Warning, Unsent),
		ping(4, rules.Critical, true), ping(1, rules.Warning, false), state, card(3, rules.Critical, Sent),
	}
	names := func(jobs []job) (all []string) {
		for _, j := range jobs {
			all = append(all, fmt.Sprint(j.message.Card.Incident.ID, j.ping != nil))
		}
		return all
	}
	plan := &atomic.Pointer[Plan]{}
	plan.Store(&Plan{})
	o := NewOutbox(Outbox{Plan: plan, Senders: map[string]Sender{"telegram": counted{newChat()}}})
	now := time.Now()
	for range 12 {
		o.Spend(tgDest, now)
	}
	got := []job{want[4], want[5], want[1], want[7], want[6], want[3], want[2], want[0]}
	for i := range got {
		got[i].message.Dest = tgDest
	}
	o.inOrder(tgDest, got, now)
	if !slices.Equal(names(got), names(want)) {
		t.Errorf("got %v\nwant %v", names(got), names(want))
	}
}

func TestWhatWasSpentBeforeARestartIsSpent(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.counts()
		for n := range 10 {
			s.opens(fmt.Sprintf("t%d", n), rules.Critical)
		}
		for range 5 {
			wait(4 * time.Second)
			s.stop()
			if err := s.outbox.Recall(t.Context(), time.Now()); err != nil {
				t.Fatal(err)
			}
			s.start()
			for id := range 10 {
				s.jots(incident.ID(id + 1))
			}
		}
		wait(10 * time.Minute)
		if n := most(s.tg.times(), time.Minute); n > 18 {
			t.Errorf("%d calls in a minute", n)
		}
		if n := s.tg.count("post"); n != 10 {
			t.Errorf("%d posts, want 10", n)
		}
	})
}
