package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/golden"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// The chat of the admins, and one more of them: Wati is Agus' colleague, with
// an account in both messengers.
const (
	admins notifier.Dest = "telegram:-100999:0"
	wati   string        = "slack:T01:U06"
	wati2  string        = "telegram:666"
)

// book is Shadows over real rules and the desk of a world.
type book struct {
	*world
	set *rules.Set
}

func (b *book) Told(d notifier.Dest) bool { return d == admins }

func (b *book) Look(ctx context.Context) (all []rules.Standing, open []incident.Incident, err error) {
	err = b.db.View(ctx, func(tx store.Tx) (err error) {
		if all, err = b.set.Standings(tx, b.now); err != nil {
			return err
		}
		open, err = incident.Shadows(tx)
		return err
	})
	return all, open, err
}

func (b *book) Activate(ctx context.Context, v Vote, mark func(store.Tx) error) (st rules.Standing, err error) {
	err = b.db.Update(ctx, func(tx store.Tx) error {
		var err error
		if st, err = b.set.Activate(tx, v.Decision); err != nil {
			return err
		}
		return mark(tx)
	})
	return st, err
}

func (b *book) Suspend(ctx context.Context, v Vote, mark func(store.Tx) error) (st rules.Standing, err error) {
	err = b.db.Update(ctx, func(tx store.Tx) error {
		var err error
		if st, err = b.set.Suspend(tx, v.Decision); err != nil {
			return err
		}
		return errors.Join(b.desk.NoteRule(tx, v.Rule, v.Actor, v.Note, v.At), mark(tx))
	})
	return st, err
}

// newShadows is a world with two rules in shadow and one that is active by its
// file. Nobody is at the keyboard.
func newShadows(t *testing.T, code string) *world {
	t.Helper()
	w := newWorld(t, code)
	var list []rules.Rule
	for _, name := range []string{"Debu", "Air", "Bising"} {
		list = append(list, rules.Rule{
			Name: name, Query: "debu", Topic: "debu", By: []string{"site"}, Severity: rules.Warning, Shadow: name != "Bising",
		})
	}
	set, problems := rules.Compile(rules.Book{Rules: list})
	if problems != nil {
		t.Fatal(problems)
	}
	people, err := NewPeople(append(crew(), Person{Name: "Wati", Telegram: 666, Slack: "U06", Roles: []Role{Admin, Responder}}))
	if err != nil {
		t.Fatal(err)
	}
	w.talk.Shadows, w.talk.Operator = &book{w, set}, false
	w.talk.People = func() *People { return people }
	return w
}

// tries lets a rule in shadow fire.
func (w *world) tries(rule, site string) {
	w.Helper()
	f := rules.Firing{
		Rule: rule, Shadow: true, Phase: rules.Began, Topic: "debu", Site: site, Severity: rules.Critical, At: w.now,
	}
	if err := w.db.Update(w.Context(), func(tx store.Tx) error { return w.desk.Fire(tx, f) }); err != nil {
		w.Fatal(err)
	}
}

func TestWhatIsSaidAboutRulesInShadow(t *testing.T) {
	inBoth(t, "shadow", newShadows, func(s *story) {
		s.activation()
		s.errors()
		s.watching()
	})
}

func (s *story) activation() {
	s.chapter("two admins activate a rule")
	s.hear(admins, agus, "/aktifkan")
	s.hear(admins, agus, "/aktifkan debu")
	s.hear(admins, agus, "/activate Debu")
	s.hear(admins, agus, "/aktifkan")
	s.hear(channel, wati, "/isu aktifkan Debu")
	s.hear(channel, wati, "/isu aktifkan Debu")
	s.hear(admins, agus, "/aktifkan")
	s.chapter("one admin sends it back")
	s.fires("debu", "rembang", rules.Warning, rules.Began)
	s.hear(admins, wati2, "/tidurkan Debu")
	s.hear(group, sari, "/jejak 1")
	s.hear(admins, wati2, "/tidurkan Debu")
	s.hear(admins, agus, "/aktifkan Debu")
	s.hear(admins, wati2, "/shadow Debu")
	s.chapter("a request is old after a day")
	s.hear(admins, wati2, "/aktifkan Debu")
	s.hear(channel, wati, "/isu aktifkan Debu") // the same person
	s.later(25 * time.Hour)
	s.hear(admins, agus, "/aktifkan Debu")
}

func (s *story) errors() {
	s.chapter("what cannot be done, and why")
	s.hear(group, sari, "/aktifkan Debu")
	s.hear(group, guest, "/tidurkan Debu")
	s.hear(admins, agus, "/aktifkan Bising")
	s.hear(admins, agus, "/tidurkan Bising")
	s.hear(channel, wati, "/isu aktifkan Debo")
	s.hear(admins, agus, "/tidurkan Banjir")
	s.hear(admins, agus, "/aktifkn")
	alone, err := NewPeople(crew())
	if err != nil {
		s.Fatal(err)
	}
	s.talk.People = func() *People { return alone }
	s.hear(admins, agus, "/aktifkan Air")
	s.talk.Operator = true
	s.hear("terminal", self, "/aktifkan Air")
}

func (s *story) watching() {
	s.chapter("shadow incidents are for the admins")
	s.tries("Air", "rembang")
	s.status.Shadow = 2
	s.hear(admins, agus, "/status")
	s.hear(admins, agus, "/isu")
	s.hear(group, sari, "/isu")
	s.hear(admins, agus, "/isu 2")
	s.spoken = notifier.Spoken{Shown: true, Concerned: true}
	s.hear(admins, agus, "/kenapa 2")
	s.hear(group, sari, "/kenapa 2")
	s.hear(group, sari, "/isu 2")
	s.hear(group, sari, "/ambil 2")
	s.tap(group, sari, Data{Verb: "ack", ID: 2, StateRev: 1}.String())
	s.hear(group, budi, "/jejak 2")
	s.hear(admins, sari, "/ambil 2")
	s.hear(admins, sari, "/selesai 2 salah")
	s.tries("Air", "rembang")
	if err := s.db.Update(s.Context(), func(tx store.Tx) error {
		return s.desk.EndShadows(tx, func(string) bool { return false }, s.now)
	}); err != nil {
		s.Fatal(err)
	}
	s.hear(admins, agus, "/jejak 2")
	s.hear(admins, agus, "/kenapa 2")
	s.hear(admins, sari, "/buka 2")
	s.hear(admins, agus, "/isu")
}

func TestAVoteThatIsNotStoredDoesNotCount(t *testing.T) {
	w := newShadows(t, "id")
	w.db.fail = errors.New("disk full")
	s := Saying{Dest: admins, User: agus, Text: "/aktifkan Debu", At: w.now, Mark: w.mark()}
	ans, err := w.talk.Hear(t.Context(), s)
	if err == nil || ans.Text != w.talk.Lang.say(sorryStore) || w.marked() != 0 {
		t.Errorf("%q, %v, marked %d times", ans.Text, err, w.marked())
	}
	w.db.fail = nil
	w.says(admins, wati2, "/aktifkan Debu")
	all, _, err := w.talk.Shadows.Look(t.Context())
	if err != nil || !all[0].Shadow || all[0].Asked != "Wati" {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestOnlyAdminsDecideAboutRules(t *testing.T) {
	for _, role := range Roles() {
		w := newShadows(t, "id")
		people, err := NewPeople([]Person{
			{Name: "Sari", Telegram: 111, Roles: []Role{role}},
			{Name: "Wati", Telegram: 666, Roles: []Role{Admin}},
			{Name: "Agus", Telegram: 444, Roles: []Role{Admin}},
		})
		if err != nil {
			t.Fatal(err)
		}
		w.talk.People = func() *People { return people }
		w.says(admins, sari, "/aktifkan Debu")
		all, _, err := w.talk.Shadows.Look(t.Context())
		if asked := all[0].Asked != ""; err != nil || asked != (role == Admin) {
			t.Errorf("%s asked: %v, %v", role, asked, err)
		}
		w.says(admins, wati2, "/aktifkan Debu")
		w.says(admins, sari, "/tidurkan Debu")
		all, _, err = w.talk.Shadows.Look(t.Context())
		if left := all[0].Asked == ""; err != nil || left != (role == Admin) {
			t.Errorf("%s took it back: %v, %v", role, left, err)
		}
	}
}

// TestNobodyElseSeesAShadowIncident asks everything of a shadow incident that can be
// asked, in a chat that is not the admins'.
func TestNobodyElseSeesAShadowIncident(t *testing.T) {
	w := newShadows(t, "id")
	w.tries("Air", "rembang")
	before := w.first()
	var asked []string
	for _, v := range verbs() {
		asked = append(asked, "/"+v.names[0]+" 1", "/"+v.names[0]+" 1 mereda", "/"+v.names[0])
	}
	for _, verb := range []string{"ack", "release", "resolve", "reopen", "flag", "esc", "snooze", "wake", "note", "still", "trail"} {
		asked = append(asked, Data{Verb: verb, ID: 1, StateRev: 1}.String())
	}
	for _, user := range []string{sari, budi, agus, wati2, guest, self} {
		for _, line := range asked {
			w.now = w.now.Add(time.Minute)
			var ans Answer
			if strings.HasPrefix(line, dataPrefix) {
				ans = w.presses(group, user, line)
			} else {
				ans = w.says(group, user, line, 1)
			}
			for _, secret := range []string{"Rembang", "SIAGA ·", "UJI COBA"} {
				if strings.Contains(ans.Text, secret) && !strings.HasPrefix(line, "/piket") { // which names all sites
					t.Errorf("%s asks %q and reads %q", user, line, ans.Text)
				}
			}
		}
	}
	if after := w.first(); after.Rev != before.Rev || len(w.reposts) != 0 {
		t.Errorf("it was changed to %+v, or shown %d times", after, len(w.reposts))
	}
}

// shadowCards are the cards of a rule in shadow.
func shadowCards(t *testing.T) []named {
	t.Helper()
	open := dust(t)
	open.Incident.Shadow, open.Incident.Grievance, open.Incident.Severity = true, true, rules.Critical
	over := open
	over.Incident.State, over.Incident.Reason = incident.Resolved, incident.ShadowOver
	over.Incident.ResolvedAt = tenForty.Add(time.Hour)
	return []named{{"open", open}, {"over", over}}
}

func TestShadowIncidentsAreMarkedInTheFirstLine(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		l := speak(t, code)
		var b strings.Builder
		for _, c := range shadowCards(t) {
			fmt.Fprintf(&b, "\n# %s\n", c.name)
			b.WriteString(draw(l, notifier.Message{Dest: admins, Kind: notifier.KindCard, Card: c.card}))
			for _, button := range slices.Concat(l.Buttons(c.card)...) {
				fmt.Fprintf(&b, "    [%s]\n", button.Label)
			}
			fmt.Fprintf(&b, "    › %s\n    › %s\n", l.Next(c.card), l.Update(c.card))
			ping := notifier.Message{
				Dest: "terminal", Kind: notifier.KindPing, Why: notifier.WasTaken, Card: c.card,
				Entry: incident.Entry{Verb: incident.Ack, Who: "Sari", Via: "telegram", At: tenForty},
			}
			b.WriteString(draw(l, ping))
		}
		golden.Check(t, "testdata/shadowcards."+code+".golden", b.String())
	}
}

func TestNotesForEveryReason(t *testing.T) {
	args := map[string]string{
		"rule": "Debu", "who": "Wati", "via": "slack", "asked": "Agus\n{who}",
		"free": Bytes(200 << 20), "percent": "2 %", "grown": Bytes(60 << 20), "days": "3",
	}
	for _, code := range []string{"id", "en"} {
		l := speak(t, code)
		var b strings.Builder
		for _, why := range notifier.Notes() {
			n := notifier.Note{Why: why, At: tenForty, Since: tenForty.Add(-25 * time.Hour), Args: args}
			if why == notifier.WentSilent || why == notifier.SpeaksAgain {
				n.Args, n.Since, n.Quiet = nil, time.Time{}, &notifier.Quiet{Rule: "Debu\n{who}", Since: tenForty.Add(-time.Hour)}
			}
			if slices.Index(notifier.Notes(), why) >= slices.Index(notifier.Notes(), notifier.ChatMoved) {
				n.Args, n.Since, n.Way = nil, time.Time{}, &notifier.Way{
					Dest: "telegram:-1234567:0", Transport: "telegram", To: "telegram:-1001234567890:0", Receivers: []string{"humas-rembang", "admin"},
					Since: tenForty.Add(-90 * time.Second), Err: "sendMessage: Forbidden: bot was kicked\n{who}", Cards: 3, Chats: 1, Of: 2,
				}
			}
			if slices.Contains([]notifier.Why{notifier.MuteBegan, notifier.MuteEnding, notifier.MuteLifted}, why) {
				n.Silence = sirens()
			}
			if slices.Index(notifier.Notes(), why) >= slices.Index(notifier.Notes(), notifier.FactProposed) {
				n = noteOfFact(why)
			}
			if why == notifier.ConfigRefused {
				n.Lines = []string{"rules.d/debu.yaml:7:17: unknown status \"shadwo\" (did you mean \"shadow\"?)", "config.yaml:3: " + strings.Repeat("x", 400)}
				n.More = 2
			}
			for _, d := range []notifier.Dest{admins, channel} {
				drawn := draw(l, notifier.Message{Dest: d, Kind: notifier.KindNote, Why: why, Note: n, Card: notifier.Card{Zone: zone(t, "Asia/Jakarta")}})
				if strings.Contains(strings.ReplaceAll(drawn, "{who}", ""), "{") {
					t.Errorf("%s has a gap: %s", why, drawn)
				}
				fmt.Fprintf(&b, "# %s in %s\n%s", why, d.Transport(), drawn)
			}
		}
		golden.Check(t, "testdata/notes."+code+".golden", b.String())
	}
}
