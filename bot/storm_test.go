package bot

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/golden"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

// stormCards are the storm cards of the golden files, by what they show.
func stormCards(t *testing.T) map[string]notifier.Message {
	t.Helper()
	at := tenForty
	item := func(id incident.ID, topic, site string, after time.Duration) notifier.Item {
		return notifier.Item{ID: id, Severity: rules.Warning, State: incident.Open, TopicName: topic, SiteName: site, At: at.Add(after)}
	}
	own, over := item(43, "Debu", "Kupang", time.Minute), item(45, "Bising", "Aceh", 3*time.Minute)
	own.Own, over.State = true, incident.Resolved
	rose := item(44, "Longsor", "Rembang", 2*time.Minute)
	rose.Severity, rose.Own = rules.Critical, true
	card := func(items ...notifier.Item) notifier.Message {
		return notifier.Message{
			Dest: "telegram:-1:0", Kind: notifier.KindStorm, Card: notifier.Card{Zone: zone(t, "Asia/Jakarta")},
			Storm: notifier.Gathering{N: 1, From: at, To: at.Add(9 * time.Minute), All: len(items), Items: items},
		}
	}
	large := card(item(51, "Debu", "Rembang", 9*time.Minute), item(50, "Air", "", 8*time.Minute), rose, own, over)
	large.Storm.All = 24
	first := card(item(42, "Debu", "Rembang", 0))
	first.Storm.To = at
	slack := large
	slack.Dest, slack.Again = "slack:C1", true
	done := card(over)
	done.Storm.From = at.Add(-20 * time.Hour)
	return map[string]notifier.Message{"1 the first": first, "2 a large one": large, "3 in Slack, sent again": slack, "4 all over": done}
}

func TestAStormCardReadsWell(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		l := speak(t, code)
		var b strings.Builder
		for _, name := range []string{"1 the first", "2 a large one", "3 in Slack, sent again", "4 all over"} {
			b.WriteString("## " + name + "\n")
			for _, block := range l.Layout(stormCards(t)[name]) {
				b.WriteString(block.Text + "\n")
			}
			b.WriteString("\n")
		}
		golden.Check(t, "testdata/storm."+code+".golden", b.String())
	}
}

// TestAStormCardIsOnePhoneScreen: 900 characters (chat.md 2), with names of
// an ordinary length.
func TestAStormCardIsOnePhoneScreen(t *testing.T) {
	m := stormCards(t)["2 a large one"]
	m.Storm.Items = nil
	for n := range 12 {
		m.Storm.Items = append(m.Storm.Items, notifier.Item{
			ID: incident.ID(100 + n), Severity: rules.Warning, State: incident.Open, TopicName: "Keselamatan", SiteName: "Rembang", At: tenForty,
		})
	}
	var all []string
	for _, block := range speak(t, "id").Layout(m) {
		all = append(all, block.Text)
	}
	if said := strings.Join(all, "\n"); utf8.RuneCountInString(said) > 900 || strings.Count(said, "\n") > 16 {
		t.Errorf("%d characters:\n%s", utf8.RuneCountInString(said), said)
	}
}

func TestWhatIsLeftOfAMessageThatNobodyTakesIsOneLine(t *testing.T) {
	l := speak(t, "id")
	card := dust(t)
	for want, m := range map[string]notifier.Message{
		"🟠 WASPADA · ISU-42 · Debu — Rembang · naik ↗":                {Kind: notifier.KindPing, Why: notifier.WasNoted, Card: card, Bare: true, Plain: true},
		"↪️ ISU-42 pindah ke kartu lain di sini. Minta lagi: /isu 42": {Dest: "telegram:-1:0", Kind: notifier.KindMoved, Card: card},
	} {
		if got := l.Layout(m); len(got) != 1 || got[0].Text != want {
			t.Errorf("got %+v, want %s", got, want)
		}
	}
	whole := notifier.Message{Kind: notifier.KindCard, Card: card, Bare: true, Plain: true, Again: true}
	if got := l.Layout(whole); len(got) != 1 || !strings.Contains(got[0].Text, "WASPADA · ISU-42 · Debu — Rembang") {
		t.Errorf("got %+v", got)
	}
}

func TestTheTimelineSaysWhatWasNotSaid(t *testing.T) {
	for want, why := range map[string]notifier.Why{
		`tidak menyampaikan "tingkat naik" ke slack:C1: sudah tidak perlu`: notifier.LevelRose,
		`tidak menyampaikan "dibuka lagi" ke slack:C1: sudah tidak perlu`:  notifier.WasReopened,
	} {
		e := incident.Entry{Verb: incident.Unsaid, Who: incident.Machine.Name, Text: string(why), Chat: "slack:C1", From: 3, To: 4}
		if got := speak(t, "id").did(e, 1, scene{}); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
