package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/escalation"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/golden"
	"github.com/siaga-id/siaga/notifier"
)

func TestWhatIsSaidWhenPeopleAreCalled(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		l := speak(t, code)
		var b strings.Builder
		said := func(name string, m notifier.Message) {
			m.Dest = group
			fmt.Fprintf(&b, "\n# %s\n", name)
			for _, block := range l.Layout(m) {
				fmt.Fprintf(&b, "%d  %s\n", block.Drop, strings.ReplaceAll(block.Line(), "\n", "\n   "))
			}
		}
		calls := []notifier.Contact{{Name: "Sari", Telegram: 111}, {Name: "Budi"}}
		open, taken := dust(t), dust(t)
		open.Incident.Calling.Since = tenForty
		taken.Incident.State, taken.Incident.Owner = incident.Acknowledged, "Sari"
		for _, c := range []struct {
			why  notifier.Why
			card notifier.Card
			who  string
		}{
			{notifier.Escalated, open, ""},
			{notifier.Escalated, open, "Rina"},
			{notifier.Escalated, taken, "Rina"},
			{notifier.Reminded, open, ""},
			{notifier.AskedOwner, taken, ""},
			{notifier.LapsedOwner, open, ""},
			{notifier.SnoozeOver, open, ""},
			{notifier.SnoozeOver, taken, ""},
			{notifier.WasWoken, taken, "Rina"},
		} {
			m := notifier.Message{Kind: notifier.KindPing, Why: c.why, Card: c.card, Call: calls, ReplyTo: notifier.Receipt{MsgID: "9"}}
			m.Entry = incident.Entry{At: tenForty.Add(time.Hour), Who: "siaga"}
			if c.who != "" {
				m.Entry.Who, m.Entry.Via, m.Call = c.who, "slack", nil
			}
			said(fmt.Sprintf("%s, %s %s", c.why, c.card.Incident.State, c.who), m)
		}
		alone := notifier.Message{
			Kind: notifier.KindPing, Why: notifier.Escalated, Direct: true, Card: open,
			Entry: incident.Entry{At: tenForty.Add(time.Hour), Who: "siaga"}, Call: calls[:1],
		}
		said("to one person alone", alone)
		alone.Entry.Who = "Rina"
		said("to one person alone, by a person", alone)
		water := taken
		water.Incident.ID, water.TopicName = 43, "Air"
		said("after quiet hours", notifier.Message{
			Kind: notifier.KindPing, Why: notifier.QuietEnded, Call: calls,
			Cards: []notifier.Card{open, water}, Entry: incident.Entry{At: tenForty.Add(8 * time.Hour)},
		})
		many := notifier.Message{Kind: notifier.KindPing, Why: notifier.QuietEnded}
		for range maxLines + 3 {
			many.Cards = append(many.Cards, open)
		}
		if got := l.Layout(many); len(got) != maxLines+2 || !strings.Contains(got[maxLines+1].Text, "3") {
			t.Errorf("%d lines for %d incidents", len(got), len(many.Cards))
		}
		golden.Check(t, "testdata/calls."+code+".golden", b.String())
	}
}

func TestTheCardSaysTheNextStep(t *testing.T) {
	at := tenForty.Add(12 * time.Minute)
	l := speak(t, "id")
	for name, c := range map[string]struct {
		next   *notifier.Next
		snooze time.Time
		want   string
	}{
		"nothing":               {nil, time.Time{}, "👤 Belum ditangani"},
		"the duty lead":         {&notifier.Next{Verb: incident.Escalate, At: at, Call: []escalation.Role{escalation.Lead}}, time.Time{}, "👤 Belum ditangani · naik ke ketua piket 10:52 WIB"},
		"nobody on duty":        {&notifier.Next{Verb: incident.Escalate, At: at}, time.Time{}, "👤 Belum ditangani · diingatkan 10:52 WIB"},
		"a reminder":            {&notifier.Next{Verb: incident.Remind, At: at}, time.Time{}, "👤 Belum ditangani · diingatkan 10:52 WIB"},
		"the end of a question": {&notifier.Next{Verb: incident.Release, At: at}, time.Time{}, "👤 Belum ditangani · menunggu kabar sampai 10:52 WIB"},
		"the end of a snooze":   {&notifier.Next{Verb: incident.Wake, At: at}, at.Add(24 * time.Hour), "👤 Belum ditangani · 💤 ditunda sampai Rab 10:52 WIB"},
	} {
		card := dust(t)
		card.Next, card.Incident.Snoozed = c.next, c.snooze
		if got := l.owner(card); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestACriticalCardNamesWhoIsCalledWhereItSaysThatNobodyIsOnIt(t *testing.T) {
	m := notifier.Message{Dest: group, Kind: notifier.KindCard, Card: dust(t)}
	m.Card.Call = []notifier.Contact{{Name: "Sari"}}
	var named []string
	for _, b := range speak(t, "id").Layout(m) {
		if len(b.Call) > 0 {
			named = append(named, b.Line())
		}
	}
	if len(named) != 1 || named[0] != "Sari · 👤 Belum ditangani" {
		t.Errorf("%q", named)
	}
}

func TestTheTimelineSaysWhoWasCalledAndWhoWasNot(t *testing.T) {
	l := speak(t, "id")
	s := scene{now: tenForty, zone: zone(t, "Asia/Jakarta")}
	for want, e := range map[string]incident.Entry{
		"memanggil yang berikutnya":                   {Verb: incident.Escalate},
		"memanggil Budi":                              {Verb: incident.Escalate, Call: "Budi"},
		"mengingatkan":                                {Verb: incident.Remind},
		"bertanya apakah masih ditangani":             {Verb: incident.Ask},
		"masih menangani":                             {Verb: incident.Confirm},
		"melepas":                                     {Verb: incident.Release},
		"melepas, karena Sari tidak memberi kabar":    {Verb: incident.Release, Call: "Sari"},
		"menunda sampai 11:40 WIB: rapat":             {Verb: incident.Snooze, Until: tenForty.Add(time.Hour), Text: "rapat"},
		"mengakhiri penundaan":                        {Verb: incident.Wake},
		"batal memanggil Sari, Budi: sudah ditangani": {Verb: incident.Skip, Text: notifier.SkippedTaken, Call: "Sari, Budi"},
		"batal memanggil –: sudah selesai":            {Verb: incident.Skip, Text: notifier.SkippedResolved},
		"batal memanggil Sari: sedang ditunda":        {Verb: incident.Skip, Text: notifier.SkippedSnoozed, Call: "Sari"},
		"batal memanggil Sari: sedang dibisukan":      {Verb: incident.Skip, Text: notifier.SkippedMuted, Call: "Sari"},
		"batal memanggil Sari: sudah memberi kabar":   {Verb: incident.Skip, Text: notifier.SkippedAnswered, Call: "Sari"},
	} {
		if got := l.did(e, 1, s); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestWhySaysWhatTimeBrings(t *testing.T) {
	turn := &turn{Talk: &Talk{TalkConfig: TalkConfig{Lang: speak(t, "id")}}, at: tenForty}
	at := tenForty.Add(time.Hour)
	for want, n := range map[string]*notifier.Next{
		"11:40 WIB untuk memanggil piket bila belum ada yang mengambil":                        {Verb: incident.Escalate, At: at, Call: []escalation.Role{escalation.Duty}},
		"11:40 WIB sebagai pengingat bila masih belum ada yang mengambil (sesudah jam tenang)": {Verb: incident.Escalate, At: at, Quiet: true},
		"11:40 WIB bila pemiliknya tidak memberi kabar":                                        {Verb: incident.Ask, At: at},
		"11:40 WIB bila pemiliknya tetap tidak memberi kabar":                                  {Verb: incident.Release, At: at},
		"11:40 WIB saat waktu tundanya habis":                                                  {Verb: incident.Wake, At: at},
	} {
		if got := turn.brings(n, zone(t, "Asia/Jakarta")); len(got) != 1 || got[0] != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := turn.brings(nil, time.UTC); got != nil {
		t.Errorf("of nothing it says %q", got)
	}
}
