package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/golden"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

// sirens is a silence as a note or a card has it: with names.
func sirens() *notifier.Silence {
	return &notifier.Silence{
		ID: 3, By: "Budi", Via: "slack", Reason: "uji sirene\n<b>", Start: tenForty, End: tenForty.Add(4 * time.Hour),
		Match: notifier.Matcher{Topics: []string{"Debu", "Air"}, Sites: []string{"Rembang"}, Levels: []rules.Severity{rules.Warning}},
	}
}

func TestWhatIsMutedIsSaid(t *testing.T) {
	inBoth(t, "mutes", newWorld, func(s *story) {
		s.rules = []rules.Standing{{Rule: "Debu"}, {Rule: "DebuKata"}}
		s.fires("debu", "rembang", rules.Warning, rules.Began)
		s.fires("air", "kupang", rules.Warning, rules.Began)
		s.asking()
		s.confirming()
		s.lifting()
	})
}

// ask has somebody type a line when no earlier slip is remembered.
func (s *story) ask(dest notifier.Dest, user, line string, on ...incident.ID) {
	s.Helper()
	s.now = s.now.Add(slipEvery)
	s.hear(dest, user, line, on...)
}

func (s *story) asking() {
	s.chapter("what is missing is asked for")
	for _, line := range []string{
		"/bisukan", "/bisukan debu", "/bisukan 4j \"uji\"", "/bisukan debu 4j", "/bisukan debu 4h \"uji\"", "/mute debu 4h \"test\"",
		"/bisukan rembnag 4j \"uji\"", "/bisukan site=sumedang 4j \"uji\"", "/bisukan debu 8 hari \"uji\"", "/bisukan semua 4j \"uji\"",
		"/bisukan ya", "/bunyikan", "/bunyikan 7", "/bisukan daftar",
	} {
		s.ask(channel, budi, line)
	}
	s.ask(group, sari, "/bisukan debu 4j \"uji\"")
	s.ask(group, rina, "/bisukan rembang 4j \"uji\"")
}

func (s *story) confirming() {
	s.chapter("a mute takes two steps, by one person")
	s.ask(channel, budi, "/bisukan debu rembang 4j \"uji sirene\"")
	s.ask(group, rina, "/bisukan ya")
	s.hear(channel, budi, "/bisukan ya")
	s.ask(channel, budi, "/bisukan ya")
	s.ask(group, rina, "/bisukan topik=air waspada sampai 14:00 pipa diganti") // at her site, in its time
	s.hear(group, rina, "/mute yes")
	s.ask(terminalUser, self, "/bisukan tenaga kerja siaga aturan=DebuKata besok libur")
	s.ask(group, rina, "/bisukan 2j \"rapat di lapangan\"", 2)
	s.ask(channel, budi, "/mutes")
	s.hear(channel, budi, "/jejak 1")
}

func (s *story) lifting() {
	s.chapter("a mute is lifted")
	s.ask(group, rina, "/bunyikan 1")
	s.ask(group, sari, "/bunyikan 2")
	s.ask(channel, budi, "/bunyikan 2")
	s.ask(channel, budi, "/unmute #1")
	s.ask(channel, budi, "/bunyikan 1")
	s.hear(group, sari, "/bisukan_daftar")
	s.hear(channel, budi, "/jejak 1")
}

func TestAMuteIsConfirmedByItsAuthorInTime(t *testing.T) {
	const line = "/bisukan debu 4j \"uji sirene\""
	for name, c := range map[string]struct {
		user  string
		after time.Duration
		again bool // something else was asked meanwhile
		want  int
	}{
		"its author":          {user: budi, want: 1},
		"its author, late":    {user: budi, after: confirmTime},
		"somebody else":       {user: self},
		"no lead":             {user: sari},
		"an earlier question": {user: budi, again: true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, "id")
			button := w.says(channel, budi, line).Choices[0].Data
			if c.again {
				w.says(channel, budi, "/bisukan air 2j \"lain\"")
			}
			w.now = w.now.Add(c.after)
			for range 2 { // the second tap finds nothing to do
				w.presses(channel, c.user, button)
			}
			if got := w.silences(); len(got) != c.want {
				t.Errorf("in force: %+v", got)
			}
		})
	}
}

func TestAMuteHoldsWhatWasAsked(t *testing.T) {
	for line, want := range map[string]notifier.Matcher{
		"debu":                         {Topics: []string{"debu"}},
		"Debu AIR debu":                {Topics: []string{"debu", "air"}},
		"tenaga kerja":                 {Topics: []string{"tenaga-kerja"}},
		"topic=tenaga kerja":           {Topics: []string{"tenaga-kerja"}},
		"topik=debu lokasi=Rembang":    {Topics: []string{"debu"}, Sites: []string{"rembang"}},
		"level=siaga":                  {Levels: []rules.Severity{rules.Critical}},
		"critical waspada":             {Levels: []rules.Severity{rules.Critical, rules.Warning}},
		"rule=debu":                    {Rules: []string{"Debu"}},
		"debukata":                     {Rules: []string{"DebuKata"}},
		"1":                            {Topics: []string{"debu"}, Sites: []string{"rembang"}},
		"isu 1":                        {Topics: []string{"debu"}, Sites: []string{"rembang"}},
		"ISU-2":                        {Topics: []string{"air"}, Sites: []string{""}},
		"tingkat=debu":                 {},
		"site=debu":                    {},
		"warna=debu":                   {},
		"debu semen":                   {},
		"=":                            {},
		strings.Repeat("debu ", 39):    {Topics: []string{"debu"}},
		strings.Repeat("debu ", 10000): {},
	} {
		w := newWorld(t, "id")
		w.rules = []rules.Standing{{Rule: "Debu"}, {Rule: "DebuKata"}}
		w.fires("debu", "rembang", rules.Warning, rules.Began)
		w.fires("air", "", rules.Warning, rules.Began)
		ans := w.says(channel, budi, "/bisukan "+line+" 4j \"uji\"")
		asked := len(ans.Choices) == 1
		w.says(channel, budi, "/bisukan ya")
		all := w.silences()
		if len(want.Topics)+len(want.Sites)+len(want.Levels)+len(want.Rules) == 0 {
			if asked || len(all) != 0 {
				t.Errorf("%.40q: %s, %+v", line, ans.Text, all)
			}
			continue
		}
		if len(all) != 1 || !all[0].End.Equal(tenForty.Add(4*time.Hour)) || all[0].Reason != "uji" || all[0].By != "Budi" {
			t.Errorf("%q: %s, %+v", line, ans.Text, all)
			continue
		}
		if got := all[0].Match; !sameMatcher(got, want) {
			t.Errorf("%q holds %+v, want %+v", line, got, want)
		}
	}
}

func sameMatcher(a, b notifier.Matcher) bool {
	l := &Lang{says: map[phrase]string{scopeTopic: "t{names}", scopeSite: "s{names}", scopeLevel: "l{names}", scopeRule: "r{names}"}}
	return len(a.Levels) == len(b.Levels) && l.scope(a) == l.scope(b) && sparesCritical(a) == sparesCritical(b)
}

func TestALeadOfSomeSitesMutesNoOther(t *testing.T) {
	w := newWorld(t, "id")
	w.says(group, rina, "/bisukan debu 4j \"uji\"")
	w.says(group, rina, "/bisukan ya")
	if all := w.silences(); len(all) != 1 || len(all[0].Match.Sites) != 1 || all[0].Match.Sites[0] != "kupang" {
		t.Errorf("%+v", all)
	}
}

func TestAMutedCardAndItsEndAreSaid(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		l := speak(t, code)
		card := dust(t)
		card.Muted = sirens()
		out := draw(l, notifier.Message{Dest: group, Kind: notifier.KindCard, Card: card})
		card.Muted = nil
		end := incident.Entry{At: tenForty.Add(5 * time.Hour), Until: tenForty.Add(4 * time.Hour), Who: incident.Machine.Name}
		for _, at := range []notifier.Receipt{{}, {MsgID: "1"}} {
			out += "\n" + draw(l, notifier.Message{Dest: group, Kind: notifier.KindPing, Why: notifier.MuteEnded, Card: card, Entry: end, ReplyTo: at})
		}
		golden.Check(t, "testdata/muted."+code+".golden", out)
	}
}

func TestWhySaysThatItIsMuted(t *testing.T) {
	w := newWorld(t, "id")
	w.fires("debu", "rembang", rules.Warning, rules.Began)
	w.spoken = notifier.Spoken{Concerned: true, Shown: true, Muted: sirens(), Told: []notifier.Told{{At: tenForty, Why: notifier.MuteEnded}}}
	said := w.says(group, sari, "/kenapa 1").Text
	for _, want := range []string{"tidak lagi dibisukan 10:40 WIB", "Berikutnya: dibisukan Budi sampai 14:40 WIB (uji sirene <b>)", "Isu siaga tetap berbunyi."} {
		if !strings.Contains(strings.ReplaceAll(said, "\n", " "), want) {
			t.Errorf("%q is missing in\n%s", want, said)
		}
	}
}

func TestOnlyALeadMutes(t *testing.T) {
	w := newWorld(t, "id")
	w.says(channel, budi, "/bisukan debu 4j \"uji\"")
	w.says(channel, budi, "/bisukan ya")
	for _, user := range []string{sari, agus, guest} {
		w.now = w.now.Add(slipEvery)
		if ans := w.says(group, user, "/bisukan air 4j \"uji\""); len(ans.Choices) != 0 {
			t.Errorf("%s is offered to mute: %s", user, ans.Text)
		}
		w.says(group, user, "/bisukan ya")
		w.says(group, user, "/bunyikan 1")
		if all := w.silences(); len(all) != 1 {
			t.Errorf("after %s: %+v", user, all)
		}
		if ans := w.says(group, user, "/bisukan daftar"); !strings.Contains(ans.Text, "topik Debu") {
			t.Errorf("%s may look: %s", user, ans.Text)
		}
	}
}
