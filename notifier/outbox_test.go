package notifier

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// chat is a Sender that writes down what a chat would show. Its next answers
// can be set beforehand.
type chat struct {
	mu      sync.Mutex
	log     []string          // "post ISU-1 rev 2", "edit ...", "ping taken ..."
	answers map[string]error  // call, as "post 1", to its error
	lost    map[string]bool   // the call took effect, its answer was lost
	posted  map[string]string // nonce to message id
	calls   map[string]int
	arrived int         // cards
	at      []time.Time // of all calls but look-ups
	dest    Dest        // of the latest message
	notes   []Note      // those that arrived
	astray  bool        // the topic is gone
	shows   int         // posts on the card as it is now
	marks   bool        // write down what is about a shadow incident

	since time.Time // write down where it was shown, and how long after this
	dead  Dest      // a chat that is closed
}

// line ends the line of a message with what else is true of it.
func (c *chat) line(s string, m Message) string {
	if m.Card.Incident.Shadow && m.Silent {
		s += " silent"
	}
	if m.Card.Incident.Shadow && c.marks {
		s += " shadow"
	}
	if m.Card.Muted != nil {
		s += " muted"
	}
	return c.placed(s, m)
}

// placed begins a line with when and where it was shown, and ends it with whom
// it mentions.
func (c *chat) placed(s string, m Message) string {
	if c.since.IsZero() {
		return s
	}
	var names []string
	people := m.Call
	if m.Kind == KindCard {
		people = m.Card.Call
	}
	for _, who := range people {
		names = append(names, who.Name)
	}
	if names != nil {
		s += " calls " + strings.Join(names, " ")
	}
	for _, card := range m.Cards {
		s += " " + card.Incident.ID.String()
	}
	if m.Kind == KindCard && m.Silent {
		s += " silent"
	}
	return fmt.Sprintf("%v %s %s", time.Since(c.since).Round(time.Second), m.Dest, s)
}

func (c *chat) closed(d Dest) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return d == c.dead
}

func newChat() *chat {
	return &chat{answers: map[string]error{}, lost: map[string]bool{}, posted: map[string]string{}, calls: map[string]int{}}
}

func (c *chat) call(kind, line string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls[kind]++
	if kind != "find" {
		c.at = append(c.at, time.Now())
	}
	n := fmt.Sprintf("%s %d", kind, c.calls[kind])
	err := c.answers[n]
	if err == nil || c.lost[n] {
		c.log = append(c.log, line)
	}
	return err
}

func (c *chat) count(kind string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.calls[kind]
}

func (c *chat) times() []time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.at)
}

func (c *chat) lines() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.log)
}

func (c *chat) showing() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.shows
}

// clear forgets what was shown so far.
func (c *chat) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.log = nil
}

func (c *chat) last() Dest {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.dest
}

func (c *chat) Send(_ context.Context, m Message) (Receipt, error) {
	c.mu.Lock()
	c.dest = m.Dest
	c.mu.Unlock()
	in := m.Card.Incident
	if c.closed(m.Dest) {
		return Receipt{}, &SendError{Class: Dead, Err: errors.New("403")}
	}
	switch m.Kind {
	case KindPing:
		if m.Direct {
			return Receipt{MsgID: "p"}, c.call("ping", c.line(fmt.Sprintf("ping %s alone", m.Why), m))
		}
		line := fmt.Sprintf("ping %s under %s", m.Why, m.ReplyTo.MsgID) + form(m)
		err := c.call("ping", c.line(line, m))
		if err == nil || c.lost[fmt.Sprintf("ping %d", c.count("ping"))] {
			c.mu.Lock()
			c.posted[m.Nonce] = "p"
			c.mu.Unlock()
		}
		return Receipt{MsgID: "p"}, err
	case KindNote:
		c.mu.Lock()
		c.notes = append(c.notes, m.Note)
		c.mu.Unlock()
		return Receipt{MsgID: "p"}, c.call("note", fmt.Sprintf("note %s %v", m.Why, m.Note.Lines))
	case KindStorm:
		err := c.call("storm", stormLine(m))
		return Receipt{MsgID: c.arrive(m.Nonce, m.Storm.All, err == nil)}, err
	case KindCard, KindMoved:
	}
	line := fmt.Sprintf("post %v %s", in.ID, in.State)
	if m.Again {
		line += " again"
	}
	line += form(m)
	err := c.call("post", c.line(line, m))
	return Receipt{Astray: c.isAstray(), MsgID: c.arrive(m.Nonce, in.Counts.Posts, err == nil || c.lost[fmt.Sprintf("post %d", c.calls["post"])])}, err
}

func (c *chat) isAstray() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.astray
}

func form(m Message) string {
	switch {
	case m.Bare:
		return " bare"
	case m.Plain:
		return " plain"
	}
	return ""
}

func (c *chat) arrive(nonce string, posts int, arrived bool) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if arrived {
		c.shows = posts
		c.arrived++
		c.posted[nonce] = fmt.Sprintf("m%d", c.arrived)
	}
	return c.posted[nonce]
}

func (c *chat) Edit(_ context.Context, at Receipt, m Message) error {
	switch m.Kind {
	case KindStorm:
		return c.call("edit", at.MsgID+" "+stormLine(m))
	case KindMoved:
		return c.call("edit", fmt.Sprintf("%s is no card of %v", at.MsgID, m.Card.Incident.ID))
	default:
	}
	in := m.Card.Incident
	c.mu.Lock()
	c.shows = in.Counts.Posts
	c.mu.Unlock()
	line := fmt.Sprintf("edit %s %v %s %d posts", at.MsgID, in.ID, in.State, in.Counts.Posts)
	return c.call("edit", c.line(line, Message{Dest: m.Dest, Card: m.Card}))
}

// finding is a chat in which messages can be found again.
type finding struct{ *chat }

func (f finding) Find(_ context.Context, _ Dest, nonce string, _ time.Time) (Receipt, bool, error) {
	if err := f.call("find", "find"); err != nil {
		return Receipt{}, false, err
	}
	id, ok := f.posted[nonce]
	return Receipt{MsgID: id}, ok, nil
}

func (f finding) FindReply(ctx context.Context, d Dest, _ Receipt, nonce string, since time.Time) (Receipt, bool, error) {
	return f.Find(ctx, d, nonce, since)
}

type stage struct {
	t      *testing.T
	outbox *Outbox
	desk   *incident.Desk
	tg, sl *chat
	stop   func()
	path   string
}

const (
	tgDest Dest = "telegram:-1:0"
	slDest Dest = "slack:C1"
)

// newStage plays on one store with a chat that forgets (Telegram) and one in
// which messages can be found (Slack).
func newStage(t *testing.T) *stage {
	t.Helper()
	path := filepath.Join(t.TempDir(), "siaga.db")
	db, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	library, _ := facts.NewLibrary(nil)
	plan := &atomic.Pointer[Plan]{}
	plan.Store(&Plan{
		Topics:    map[string]string{"debu": "Debu"},
		Sites:     map[string]Place{"rembang": {Name: "Rembang", Zone: time.UTC, Receivers: []string{"humas"}}},
		Receivers: map[string]Receiver{"humas": {Name: "humas", Dests: []Dest{tgDest, slDest}}},
		Facts:     library, Zone: time.UTC,
	})
	s := &stage{t: t, tg: newChat(), sl: newChat(), path: path}
	s.outbox = NewOutbox(Outbox{
		DB: db, Plan: plan, Senders: map[string]Sender{"telegram": s.tg, "slack": finding{s.sl}},
		Blind: func(store.Tx, time.Time) ([]Blind, error) { return nil, nil },
		Log:   slog.New(slog.DiscardHandler),
	})
	s.desk = &incident.Desk{DB: db, Notify: s.outbox.Tell}
	s.outbox.Act = s.desk.Act
	s.start()
	t.Cleanup(func() { s.stop(); db.Close() })
	return s
}

func (s *stage) start() {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { s.outbox.Run(ctx); close(done) }()
	s.stop = func() { cancel(); <-done }
}

func (s *stage) fire(phase rules.Phase, posts int) {
	s.t.Helper()
	f := rules.Firing{
		Rule: "Debu", Phase: phase, Topic: "debu", Site: "rembang", Severity: rules.Warning, At: time.Now(),
		Counts: rules.Counts{Posts: posts},
	}
	if err := s.desk.DB.Update(s.t.Context(), func(tx store.Tx) error { return s.desk.Fire(tx, f) }); err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) do(verb incident.Verb, chat Dest) {
	s.t.Helper()
	cmd := incident.Command{
		ID: 1, Verb: verb, At: time.Now(), Reason: incident.DiedDown,
		Actor: incident.Actor{Name: "Sari", Via: chat.Transport(), Chat: string(chat)},
	}
	if _, err := s.desk.Do(s.t.Context(), cmd, nil); err != nil {
		s.t.Fatal(err)
	}
}

func expect(t *testing.T, name string, c *chat, want ...string) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	if !slices.Equal(c.log, want) {
		t.Errorf("%s shows\n  %s\nwant\n  %s", name, strings.Join(c.log, "\n  "), strings.Join(want, "\n  "))
	}
	c.log = nil
}

// wait lets fake time pass and everything settle.
func wait(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func play(t *testing.T, story func(*testing.T, *stage)) {
	synctest.Test(t, func(t *testing.T) { story(t, newStage(t)) })
}

func TestATapInOneChatChangesTheCardInTheOther(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(0)
		expect(t, "telegram", s.tg, "post ISU-1 open")
		expect(t, "slack", s.sl, "post ISU-1 open")
		s.do(incident.Ack, tgDest)
		wait(time.Second)
		expect(t, "telegram", s.tg, "edit m1 ISU-1 acknowledged 5 posts")
		expect(t, "slack", s.sl, "edit m1 ISU-1 acknowledged 5 posts", "ping taken under m1")
	})
}

func TestTenMovingCountsAreOneEdit(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(0)
		for n := range 10 {
			s.fire(rules.Grew, 6+n)
			time.Sleep(100 * time.Millisecond)
		}
		wait(calm)
		expect(t, "telegram", s.tg, "post ISU-1 open", "edit m1 ISU-1 open 15 posts")
	})
}

func TestAChangeThatCannotBeSeenIsNotSent(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(0)
		s.fire(rules.Grew, 6)
		wait(time.Minute)
		s.fire(rules.Grew, 6) // a later firing with the same numbers
		wait(time.Minute)
		if n := s.tg.count("edit"); n != 1 {
			t.Errorf("%d edits, want 1", n)
		}
	})
}

func TestAnInfoIncidentWaitsForTheDigest(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		f := rules.Firing{Rule: "Umum", Phase: rules.Began, Topic: "umum", Severity: rules.Info, At: time.Now()}
		if err := s.desk.DB.Update(t.Context(), func(tx store.Tx) error { return s.desk.Fire(tx, f) }); err != nil {
			t.Fatal(err)
		}
		wait(time.Minute)
		expect(t, "telegram", s.tg)
		s.fire(rules.Began, 5) // another cell, to see that the chat works
		wait(time.Minute)
		expect(t, "telegram", s.tg, "post ISU-2 open")
	})
}

func TestWhatWasNotSentIsTriedUntilItIs(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		for n := 1; n <= 5; n++ {
			s.tg.answers[fmt.Sprintf("post %d", n)] = &SendError{Class: NotSent, Err: errors.New("no route")}
		}
		s.fire(rules.Began, 5)
		wait(0)
		backlogs, err := s.outbox.Backlogs(t.Context())
		if err != nil || backlogs[1].Cards != 1 || !strings.Contains(backlogs[1].LastErr, "no route") {
			t.Errorf("backlogs %+v, %v", backlogs, err)
		}
		wait(5 * time.Minute)
		expect(t, "telegram", s.tg, "post ISU-1 open")
		expect(t, "slack", s.sl, "post ISU-1 open")
	})
}

func TestALostAnswerIsReconciled(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		for _, c := range []*chat{s.tg, s.sl} {
			c.answers["post 1"], c.lost["post 1"] = &SendError{Class: Ambiguous, Err: errors.New("EOF")}, true
		}
		s.fire(rules.Began, 5)
		wait(time.Minute)
		expect(t, "telegram", s.tg, "post ISU-1 open", "post ISU-1 open again")
		expect(t, "slack", s.sl, "post ISU-1 open", "find", "edit m1 ISU-1 open 5 posts")
	})
}

func TestACardIsNeverPostedBlindWhereItCanBeFound(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.sl.answers["post 1"] = &SendError{Class: Ambiguous, Err: errors.New("EOF")} // it did not arrive
		s.sl.answers["find 1"] = errors.New("502")
		s.fire(rules.Began, 5)
		wait(2 * time.Minute)
		expect(t, "slack", s.sl, "find", "post ISU-1 open")
		if s.sl.count("find") != 2 {
			t.Errorf("looked %d times, want 2", s.sl.count("find"))
		}
	})
}

func TestADefiniteFailureOfAResendKeepsTheWarning(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.tg.answers["post 1"], s.tg.lost["post 1"] = &SendError{Class: Ambiguous, Err: errors.New("EOF")}, true
		s.tg.answers["post 2"] = &SendError{Class: NotSent, Err: errors.New("no route")}
		s.fire(rules.Began, 5)
		wait(2 * time.Minute)
		expect(t, "telegram", s.tg, "post ISU-1 open", "post ISU-1 open again")
	})
}

func TestACrashBetweenMarkAndAnswerIsReconciled(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.stop()
		s.fire(rules.Began, 5)
		err := s.outbox.update(t.Context(), job{key: cardKey(tgDest, 1)}, func(c *Delivery) {
			c.State, c.Nonce, c.Since = Sending, "ISU-1/1", time.Now()
		})
		if err != nil {
			t.Fatal(err)
		}
		s.start()
		wait(grace - time.Second)
		expect(t, "telegram", s.tg)
		wait(2 * time.Second)
		expect(t, "telegram", s.tg, "post ISU-1 open again")
	})
}

func TestFormattingNeverLosesAnAlert(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.tg.answers["post 1"] = &SendError{Class: BadFormat, Err: errors.New("can't parse entities")}
		s.fire(rules.Began, 5)
		wait(time.Second)
		expect(t, "telegram", s.tg, "post ISU-1 open plain")
	})
}

func TestADeletedCardIsPostedAfresh(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(0)
		s.tg.answers["edit 1"] = &SendError{Class: Gone, Err: errors.New("message to edit not found")}
		s.do(incident.Ack, slDest)
		wait(2 * time.Second)
		expect(t, "telegram", s.tg, "post ISU-1 open", "post ISU-1 acknowledged", "ping taken under m2")
	})
}

func TestAFloodedChatRestsAndTheOthersDoNot(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.tg.answers["post 1"] = &SendError{Class: Flood, After: 30 * time.Second, Err: errors.New("429")}
		s.fire(rules.Began, 5)
		wait(29 * time.Second)
		expect(t, "telegram", s.tg)
		expect(t, "slack", s.sl, "post ISU-1 open")
		wait(5 * time.Second)
		expect(t, "telegram", s.tg, "post ISU-1 open")
	})
}

func TestATerminalShowsOpenCardsAgainAfterARestart(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(0)
		if err := s.outbox.ShowAgain(t.Context(), tgDest, time.Now()); err != nil {
			t.Fatal(err)
		}
		wait(idle)
		expect(t, "telegram", s.tg, "post ISU-1 open", "post ISU-1 open again")
		s.do(incident.Resolve, tgDest)
		wait(time.Second)
		s.tg.clear()
		if err := s.outbox.ShowAgain(t.Context(), tgDest, time.Now()); err != nil {
			t.Fatal(err)
		}
		wait(idle)
		expect(t, "telegram", s.tg)
	})
}

func TestAMessageLeadsBackToItsIncident(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(0)
		if id, err := s.outbox.CardOf(t.Context(), tgDest, "m1"); err != nil || id != 1 {
			t.Errorf("m1 is about %v, %v", id, err)
		}
		if id, err := s.outbox.CardOf(t.Context(), tgDest, "m9"); err != nil || id != 0 {
			t.Errorf("m9 is about %v, %v", id, err)
		}
	})
}

func TestEverythingArrivesHoweverOftenTheProcessStops(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		for n := range 20 {
			s.stop()
			s.fire(rules.Grew, 6+n)
			s.start()
		}
		wait(time.Minute)
		if s.sl.count("post") != 1 || s.sl.showing() != 25 {
			t.Errorf("slack shows %d posts after %q", s.sl.showing(), s.sl.lines())
		}
	})
}

func TestARiseOnATakenIncidentIsHeardHoweverFastItGoesOn(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(0)
		s.do(incident.Ack, tgDest)
		wait(5 * time.Second)
		s.sl.clear()
		f := rules.Firing{Rule: "Korban", Phase: rules.Began, Topic: "debu", Site: "rembang", Severity: rules.Critical, At: time.Now()}
		if err := s.desk.DB.Update(t.Context(), func(tx store.Tx) error { return s.desk.Fire(tx, f) }); err != nil {
			t.Fatal(err)
		}
		s.fire(rules.Grew, 50) // the next post, before anything was sent
		wait(10 * time.Second)
		if !slices.Contains(s.sl.lines(), "ping level-rose under m1") {
			t.Errorf("slack shows %q", s.sl.lines())
		}
	})
}

func TestACallForHelpThatCameTooLateIsDropped(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(0)
		s.do(incident.Resolve, slDest)
		wait(5 * time.Second)
		s.stop()
		s.fire(rules.Began, 9) // reopens it
		s.do(incident.Ack, slDest)
		s.tg.clear()
		s.start()
		wait(time.Minute)
		for _, line := range s.tg.lines() {
			if strings.HasPrefix(line, "ping reopened") {
				t.Errorf("telegram shows %q", s.tg.lines())
			}
		}
	})
}

func TestAChatThatIsNewSeesWhatIsOpen(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		plan := *s.outbox.Plan.Load()
		all := plan.Receivers
		plan.Receivers = map[string]Receiver{"humas": {Name: "humas", Dests: []Dest{slDest}}}
		s.outbox.Plan.Store(&plan)
		s.fire(rules.Began, 5)
		wait(time.Second)
		expect(t, "telegram", s.tg)
		later := plan
		later.Receivers = all
		s.outbox.Plan.Store(&later)
		s.stop()
		if err := s.outbox.CatchUp(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
		s.start()
		wait(time.Second)
		expect(t, "telegram", s.tg, "post ISU-1 open")
		expect(t, "slack", s.sl, "post ISU-1 open")
	})
}

func TestACardStaysTrueWhereTheSitesWereDealtOutAnew(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(time.Second)
		plan := *s.outbox.Plan.Load()
		plan.Receivers = map[string]Receiver{
			"humas": {Name: "humas", Dests: []Dest{slDest}}, "lain": {Name: "lain", Dests: []Dest{tgDest}},
		}
		s.outbox.Plan.Store(&plan)
		s.do(incident.Ack, slDest)
		wait(5 * time.Second)
		expect(t, "telegram", s.tg, "post ISU-1 open", "edit m1 ISU-1 acknowledged 5 posts")
	})
}

func TestAFloodRestsTheWholeChat(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.tg.answers["post 1"] = &SendError{Class: Flood, After: 30 * time.Second, Err: errors.New("429")}
		s.fire(rules.Began, 5)
		f := rules.Firing{Rule: "Air", Phase: rules.Began, Topic: "air", Site: "rembang", Severity: rules.Warning, At: time.Now()}
		if err := s.desk.DB.Update(t.Context(), func(tx store.Tx) error { return s.desk.Fire(tx, f) }); err != nil {
			t.Fatal(err)
		}
		wait(29 * time.Second)
		if n := s.tg.count("post"); n != 1 {
			t.Errorf("%d posts while the chat asked for silence", n-1)
		}
		wait(10 * time.Second)
		expect(t, "telegram", s.tg, "post ISU-1 open", "post ISU-2 open")
	})
}

func TestACardIsAskedForAnewWhileItIsEdited(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(0)
		jobOf := job{key: cardKey(tgDest, 1), message: Message{Dest: tgDest}}
		if err := s.outbox.Repost(t.Context(), tgDest, 1, time.Now()); err != nil {
			t.Fatal(err)
		}
		// The edit that was under way ends only now.
		if err := s.outbox.recordShown(t.Context(), jobOf, Receipt{MsgID: "m1"}); err != nil {
			t.Fatal(err)
		}
		// So does a post that was about to begin.
		if _, err := s.outbox.post(t.Context(), jobOf); !errors.Is(err, errAnew) {
			t.Errorf("an outdated post went on: %v", err)
		}
		wait(time.Second)
		expect(t, "telegram", s.tg, "post ISU-1 open", "post ISU-1 open")
	})
}

func TestAPingThatMayHaveBeenToldSaysSo(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(0)
		s.tg.answers["ping 1"] = &SendError{Class: Ambiguous, Err: errors.New("EOF")}
		s.tg.answers["ping 2"] = &SendError{Class: Ambiguous, Err: errors.New("EOF")}
		s.do(incident.Ack, slDest)
		wait(10 * time.Minute)
		if n := s.tg.count("ping"); n != maxPingTries {
			t.Errorf("told %d times, want %d", n, maxPingTries)
		}
	})
}

func TestACopyIsNotRepeatedForEver(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		for n := range 500 {
			s.tg.answers[fmt.Sprintf("post %d", n)] = &SendError{Class: Ambiguous, Err: errors.New("timeout")}
		}
		s.fire(rules.Began, 5)
		wait(time.Hour)
		if n := s.tg.count("post"); n < 3 || n > 12 {
			t.Errorf("%d copies in an hour", n)
		}
	})
}

func TestAClockThatWasSetBackDelaysNothing(t *testing.T) {
	now := time.Now()
	j := job{card: Delivery{State: Sent, SentAt: now.Add(7 * time.Hour), NotBefore: now.Add(7 * time.Hour)}}
	if d := j.wait(now); d > 0 {
		t.Errorf("a card waits for %v", d)
	}
	p := job{ping: &Ping{NotBefore: now.Add(7 * time.Hour)}}
	if d := p.wait(now); d > 0 {
		t.Errorf("a ping waits for %v", d)
	}
}

func TestATransportThatIsMissingOrPanicsHoldsUpNobody(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.stop()
		s.outbox.Senders["telegram"] = panicking{}
		s.start()
		s.fire(rules.Began, 5)
		wait(time.Minute)
		expect(t, "slack", s.sl, "post ISU-1 open")
		backlogs, err := s.outbox.Backlogs(t.Context())
		if err != nil || !strings.Contains(backlogs[1].LastErr, "panic: drawn badly") {
			t.Errorf("backlogs %+v, %v", backlogs, err)
		}
		s.stop()
		delete(s.outbox.Senders, "telegram")
		s.start()
		wait(time.Hour)
		if backlogs, _ = s.outbox.Backlogs(t.Context()); !strings.Contains(backlogs[1].LastErr, "not connected") {
			t.Errorf("backlogs %+v", backlogs)
		}
	})
}

type panicking struct{}

func (panicking) Send(context.Context, Message) (Receipt, error) { panic("drawn badly") }
