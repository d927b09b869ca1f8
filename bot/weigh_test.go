package bot

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/golden"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/query"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// weighed are alarms of every kind of condition, by what they show.
func weighed() []struct {
	name  string
	alarm incident.Alarm
} {
	alarm := func(n int, w rules.When, m rules.Measure) incident.Alarm {
		m.N = n
		return incident.Alarm{Rule: "Debu", At: tenForty, Counts: rules.Counts{Posts: n + 3, Stories: n, Voices: n}, When: w, Measure: m}
	}
	quarter := 15 * time.Minute
	spike := rules.When{Unit: rules.Voices, N: 5, Within: quarter, Spike: "balanced"}
	ratio := rules.When{Unit: rules.Stories, N: 5, Within: time.Hour, Ratio: 3, Against: 12 * time.Hour}
	spread := rules.When{Unit: rules.Stories, Within: 7 * 24 * time.Hour, Spread: 2}
	return []struct {
		name  string
		alarm incident.Alarm
	}{
		{"each story", alarm(1, rules.When{Within: 24 * time.Hour}, rules.Measure{})},
		{"count", alarm(7, rules.When{Unit: rules.Voices, N: 5, Within: 30 * time.Minute}, rules.Measure{LastCall: 4})},
		{"count, of posts that came late", alarm(7, rules.When{Unit: rules.Posts, N: 5, Within: 30 * time.Minute}, rules.Measure{End: tenForty.Add(-time.Hour)})},
		{"ratio", alarm(9, ratio, rules.Measure{Usual: 2.5, LastCall: 6})},
		{"ratio, where there was next to nothing", alarm(9, ratio, rules.Measure{Usual: 0.2, Learnt: 0, Needed: 1})},
		{"spike, never seen", alarm(9, spike, rules.Measure{Usual: 2.1, Of: 8064, Past: 28 * 24 * time.Hour, Score: 1.43, Learnt: 28, Needed: 14, LastCall: 6})},
		{"spike, seldom seen", alarm(9, spike, rules.Measure{Usual: 2.4, Likes: 3, Of: 8064, Past: 28 * 24 * time.Hour, Score: 1.02, Learnt: 28, Needed: 14})},
		{"spike, of a rule that learns", alarm(24, spike, rules.Measure{Usual: 0.4, Of: 870, Past: 72 * time.Hour, Score: 12.6, Learnt: 3, Needed: 14})},
		{"spike, of a rule that knows nothing yet", alarm(24, spike, rules.Measure{Usual: 13.6, Needed: 14})},
		{"new", alarm(1, rules.When{Within: 24 * time.Hour, New: "place"}, rules.Measure{Place: "nusa kambangan"})},
		{"spread", alarm(2, spread, rules.Measure{Sites: []string{"rembang", "kupang"}})},
		{"silence", alarm(0, rules.When{Silent: 2 * time.Hour}, rules.Measure{Usual: 45.3})},
		{"silence, longer than the rule asks for", alarm(0, rules.When{Silent: 2 * time.Hour}, rules.Measure{Usual: 45.3, Since: tenForty.Add(-6 * time.Hour)})},
		{"silence of what seldom speaks", alarm(0, rules.When{Silent: 26 * time.Hour}, rules.Measure{})},
	}
}

// in puts an alarm on the card of Kupang.
func in(t *testing.T, a incident.Alarm) notifier.Card {
	t.Helper()
	c := dust(t)
	c.SiteName, c.Sites = "Kupang", map[string]string{"rembang": "Rembang", "kupang": "Kupang"}
	c.Incident.Last, c.Incident.Counts, c.Incident.When, c.Incident.Measure = a.At, a.Counts, a.When, a.Measure
	return c
}

func TestEveryCountSaysWhatIsUsualAndHowUnlikelyItIs(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		l := speak(t, code)
		var b strings.Builder
		for _, w := range weighed() {
			c := in(t, w.alarm)
			s := sceneOf(c)
			fmt.Fprintf(&b, "\n# %s\n", w.name)
			if w.alarm.When.Kind() != rules.Silence { // which has no card
				fmt.Fprintf(&b, "card: %s\n", l.counts(c))
			}
			fmt.Fprintf(&b, "why:  %s\n", l.condition(w.alarm, s))
			if numbers := l.numbers(w.alarm); numbers != "" {
				fmt.Fprintf(&b, "      %s\n", numbers)
			}
			match := rules.Explanation{Rule: rules.Rule{Name: "Debu", When: w.alarm.When}, Explanation: query.Explanation{Matched: true}}
			fmt.Fprintf(&b, "post: %s\n", l.whyNotMatch("Debu", match, Explained{}))
			if k := w.alarm.When.Kind(); k != rules.EachStory && k != rules.Silence {
				fmt.Fprintf(&b, "call: %s\n", l.grown(w.alarm, s))
			}
		}
		golden.Check(t, "testdata/weighed."+code+".golden", b.String())
	}
}

func TestAGrowingIncidentNamesWhatGrewAndWhoHasIt(t *testing.T) {
	grown := weighed()[1].alarm
	for _, code := range []string{"id", "en"} {
		l := speak(t, code)
		var b strings.Builder
		for _, c := range []struct {
			name  string
			state incident.State
			rules []string
			grown *incident.Alarm
		}{
			{"open", incident.Open, []string{"Debu"}, &grown},
			{"open, of two rules", incident.Open, []string{"Debu", "Korban"}, &grown},
			{"taken", incident.Acknowledged, []string{"Debu"}, &grown},
			{"spread, taken, of two rules", incident.Acknowledged, []string{"Debu", "Korban"}, &weighed()[10].alarm},
			{"of a firing that is not known", incident.Open, []string{"Debu"}, nil},
		} {
			card := in(t, grown)
			card.Incident.State, card.Incident.Rules, card.Incident.Owner = c.state, c.rules, "Sari"
			fmt.Fprintf(&b, "\n# %s\n%s", c.name, draw(l, notifier.Message{
				Dest: group, Kind: notifier.KindPing, Why: notifier.GotLouder, Card: card, ReplyTo: notifier.Receipt{MsgID: "9"},
				Entry: incident.Entry{At: tenForty, Who: incident.Machine.Name, Verb: incident.Fire, Text: "Debu", Grown: c.grown},
			}))
		}
		golden.Check(t, "testdata/louder."+code+".golden", b.String())
	}
}

func TestNumbersAreSaidAsPeopleSayThem(t *testing.T) {
	id, en := speak(t, "id"), speak(t, "en")
	for x, want := range map[float64][2]string{
		0: {"kurang dari 1", "less than 1"}, 0.99: {"kurang dari 1", "less than 1"}, 1: {"1", "1"}, 1.2: {"1", "1"},
		2.3: {"2,5", "2.5"}, 2.8: {"3", "3"}, 9.9: {"10", "10"}, 14.4: {"14", "14"}, 1234.5: {"1235", "1235"},
		math.NaN(): {"kurang dari 1", "less than 1"}, -3: {"kurang dari 1", "less than 1"},
	} {
		if got := [2]string{id.usual(x), en.usual(x)}; got != want {
			t.Errorf("%v: %q, want %q", x, got, want)
		}
	}
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1.000", 8064: "8.064", 1234567: "1.234.567", -1000: "-1.000"} {
		if got := id.grouped(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestWhatAnAlarmSaysFitsOnACardAndOneLine(t *testing.T) {
	long := strings.Repeat("nama\x1b[2J\n", 30)
	for _, code := range []string{"id", "en"} {
		l := speak(t, code)
		for _, w := range weighed() {
			a := w.alarm
			a.Measure.Place, a.When.Spike = long, strings.Replace(a.When.Spike, "balanced", long, 1)
			if a.Measure.Sites != nil {
				for range 60 {
					a.Measure.Sites = append(a.Measure.Sites, long)
				}
			}
			c := in(t, a)
			for _, said := range []string{l.counts(c), l.condition(a, sceneOf(c)), l.numbers(a)} {
				if n := utf8.RuneCountInString(said); n > 350 || strings.ContainsAny(said, "\x1b\n{}") {
					t.Errorf("%s: %d runes: %q", w.name, n, said)
				}
			}
		}
	}
}

// fire has a rule say something about the incident of Rembang.
func (w *world) fire(rule string, phase rules.Phase, louder bool, a incident.Alarm) {
	w.Helper()
	f := rules.Firing{
		Rule: rule, Phase: phase, Topic: "debu", Site: "rembang", Severity: rules.Warning, At: w.now,
		Counts: a.Counts, When: a.When, Measure: a.Measure, Louder: louder,
	}
	if err := w.db.Update(w.Context(), func(tx store.Tx) error { return w.desk.Fire(tx, f) }); err != nil {
		w.Fatal(err)
	}
}

func TestAnIncidentThatGrowsIsToldWithItsNumbers(t *testing.T) {
	inBoth(t, "growing", newWorld, func(s *story) {
		all := weighed()
		spike, spread := all[6].alarm, all[10].alarm
		s.spoken = notifier.Spoken{Concerned: true, Shown: true, Told: []notifier.Told{{At: tenForty, Why: notifier.FirstCard}}}
		s.chapter("a keyword calls, and no number will")
		s.fire("Korban", rules.Began, true, all[0].alarm)
		s.hear(group, sari, "/kenapa 1")
		s.chapter("it spikes")
		s.later(time.Minute)
		s.fire("Debu", rules.Began, true, spike)
		s.later(5 * time.Minute)
		s.fire("Debu", rules.Grew, false, spike)
		s.later(5 * time.Minute)
		spike.Measure.N, spike.Measure.LastCall, spike.Measure.Score = 24, 9, 2.2
		s.fire("Debu", rules.Grew, true, spike)
		s.spoken.Told = append(s.spoken.Told, notifier.Told{At: s.now, Why: notifier.GotLouder})
		s.hear(group, sari, "/kenapa 1")
		s.chapter("it is somewhere else too")
		s.later(time.Minute)
		s.fire("Menjalar", rules.Began, true, spread)
		s.hear(channel, budi, "/isu kenapa 1")
		s.hear(group, sari, "/jejak 1")
		s.chapter("nobody is called for what is on watch only")
		s.hear(channel, budi, "/isu tingkat 1 pantau")
		s.hear(group, sari, "/kenapa 1")
		s.chapter("what rules would have said")
		s.tried = Tried{From: tenForty.Add(-7 * 24 * time.Hour), To: tenForty, Posts: 1204, Matched: 37, Alarms: 4}
		s.rules = []rules.Standing{{Rule: "Debu"}}
		for _, i := range []int{3, 7, 9, 12} {
			a := all[i].alarm
			s.tried.First = append(s.tried.First, rules.Firing{Topic: "debu", Site: "rembang", At: a.At, Counts: a.Counts, When: a.When, Measure: a.Measure})
		}
		last := &s.tried.First[len(s.tried.First)-1]
		last.Site, last.Source = "", "antara-jateng"
		s.hear(group, agus, "/uji Debu")
	})
}

func TestWhyStaysShortWhateverWasWeighed(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		for _, w := range weighed() {
			s := &story{world: newWorld(t, code)}
			long := strings.Repeat("panjang", 30)
			s.desk.Version = func() string { return long }
			a := w.alarm
			a.When.N, a.When.Within = 99999, 23*time.Hour+59*time.Minute
			a.Measure.N, a.Measure.LastCall, a.Measure.Usual, a.Measure.End = 99999, 99999, 99999, tenForty.Add(-time.Hour)
			a.Measure.Likes, a.Measure.Of, a.Measure.Place = 9999, 9999*a.Measure.Of, long
			for i := range 9 {
				s.matched(fmt.Sprint(i, long), rules.Began, a.When, "pabrik berdebu @akun "+long, "berdebu "+long, long+" pabrik")
				s.fire(fmt.Sprint(i, long), rules.Grew, true, a)
			}
			for range 5 {
				s.spoken.Told = append(s.spoken.Told, notifier.Told{At: tenForty, Why: notifier.LevelRose, Level: rules.Critical})
			}
			s.spoken.Concerned = true
			s.now = s.now.Add(400 * 24 * time.Hour)
			if got := s.says(group, sari, "/kenapa 1").Text; len([]rune(got)) > 1500 {
				t.Errorf("%s, %s: %d characters:\n%s", code, w.name, len([]rune(got)), got)
			}
		}
	}
}

func TestWhoWasSilentIsNamedAsExactlyAsIsKnown(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		l := speak(t, code)
		var b strings.Builder
		for _, q := range []notifier.Quiet{
			{Rule: "SumberDiam", Source: "antara-jateng", Usual: 45.2},
			{Rule: "DebuDiam", Site: "rembang", Usual: 3},
			{Rule: "DebuDiam"},
		} {
			q.Since = tenForty.Add(-2 * time.Hour)
			card := notifier.Card{Zone: zone(t, "Asia/Jakarta")}
			if q.Site != "" {
				card.SiteName = "Rembang"
			}
			for _, why := range []notifier.Why{notifier.WentSilent, notifier.SpeaksAgain} {
				n := notifier.Note{Why: why, At: tenForty, Quiet: &q}
				b.WriteString(draw(l, notifier.Message{Dest: admins, Kind: notifier.KindNote, Why: why, Note: n, Card: card}))
			}
		}
		golden.Check(t, "testdata/silence."+code+".golden", b.String())
	}
}
