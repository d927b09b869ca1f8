package bot

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/golden"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

// aDay is a digest in which there is something of everything.
func aDay(t *testing.T) notifier.Digest {
	card := func(id incident.ID, topic string, level rules.Severity, change func(*incident.Incident)) notifier.Card {
		c := dust(t)
		c.TopicName, c.Incident.ID, c.Incident.Severity = topic, id, level
		change(&c.Incident)
		return c
	}
	nothing := func(*incident.Incident) {}
	d := notifier.Digest{
		At: tenForty, Since: tenForty.Add(-15 * time.Hour), Sources: 5,
		Blind: []notifier.Blind{{Source: "antara-jateng", Since: tenForty.Add(-2 * time.Hour)}},
		Mutes: []notifier.Silence{{ID: 3, Match: notifier.Matcher{Topics: []string{"Jalan"}}, By: "Rina", Reason: "truk lewat jalan lain", End: tenForty.Add(20 * time.Minute)}},
		Spent: []notifier.Spent{{ID: 44, N: 5, More: true}, {ID: 42, N: 3}},
		Owed:  notifier.Owed{Late: 2, Soon: 3},
		Noisy: []notifier.Noisy{{Rule: "Jalan", False: 4, Of: 9}},
		Watch: []notifier.Card{card(51, "Umum", rules.Info, nothing)},
		Open: []notifier.Card{
			card(44, "Keselamatan", rules.Critical, func(in *incident.Incident) { in.State, in.Owner = incident.Acknowledged, "Sari" }),
			card(42, "Debu", rules.Warning, nothing),
		},
	}
	for id := range incident.ID(6) {
		d.Closed = append(d.Closed, card(30+id, "Air", rules.Warning, func(in *incident.Incident) {
			in.State, in.Reason = incident.Resolved, incident.ComplaintHandled
		}))
	}
	return d
}

func TestADigestReadsWell(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		l := speak(t, code)
		var b strings.Builder
		for _, d := range []notifier.Digest{aDay(t), {At: tenForty, Sources: 2}} {
			m := notifier.Message{Dest: group, Kind: notifier.KindNote, Why: notifier.DigestDue, Digest: &d, Card: notifier.Card{Zone: zone(t, "Asia/Jakarta")}}
			for _, block := range l.Layout(m) {
				fmt.Fprintf(&b, "%2d  %s\n", block.Drop, block.Text)
			}
			b.WriteString("\n")
		}
		golden.Check(t, "testdata/digest."+code+".golden", b.String())
	}
}

func TestADigestIsToldWhenItIsAskedFor(t *testing.T) {
	w := newWorld(t, "id")
	var asked notifier.Dest
	w.talk.Digest = func(_ context.Context, d notifier.Dest) (notifier.Digest, error) {
		asked = d
		return notifier.Digest{At: tenForty, Sources: 2}, nil
	}
	ans := w.says(group, sari, "/ringkasan")
	if asked != group || !strings.Contains(ans.Text, "Tidak ada isu yang terbuka") || !strings.Contains(ans.Text, "2 sumber") {
		t.Errorf("asked for %s, told %q", asked, ans.Text)
	}
}
