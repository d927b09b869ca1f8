package hostile

import (
	"time"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

// Messages returns a message of every kind with s in every place that holds
// what somebody wrote: posts, names, notes, rules and facts. The first is a
// card; the pings do not say to what they reply.
func Messages(dest notifier.Dest, s string) []notifier.Message {
	at := time.Date(2025, 11, 4, 3, 40, 0, 0, time.UTC)
	open := card(s, at)
	taken := open
	taken.Incident.State, taken.Incident.AckAt = incident.Acknowledged, at
	taken.Incident.Grievance, taken.Answer = true, facts.Answer{Acknowledge: true}
	done := taken
	done.Incident.State, done.Incident.Reason, done.Incident.ResolvedAt = incident.Resolved, incident.DiedDown, at
	shadow := open
	shadow.Incident.Shadow = true

	var all []notifier.Message
	for _, c := range []notifier.Card{open, taken, done, shadow} {
		m := notifier.Message{Dest: dest, Kind: notifier.KindCard, Why: notifier.FirstCard, Card: c, Nonce: "ISU-42/1"}
		again, plain := m, m
		again.Again, plain.Plain = true, true
		all = append(all, m, again, plain)
	}
	entry := incident.Entry{At: at, Who: s, Via: "slack", Verb: incident.Note, Text: s, Grown: &taken.Incident.Alarms[0]}
	for _, why := range []notifier.Why{
		notifier.LevelRose, notifier.GotLouder, notifier.WasTaken, notifier.WasReleased, notifier.WasNoted, notifier.WasResolved,
		notifier.WasReopened, notifier.WasFlagged, notifier.WasVerified, notifier.WasDrafted, notifier.WasEdited, notifier.WasApproved,
		notifier.WasRejected, notifier.WasPublished, notifier.WasVoided, notifier.WasPromised, notifier.WasKept,
	} {
		all = append(all, notifier.Message{Dest: dest, Kind: notifier.KindPing, Why: why, Card: taken, Entry: entry})
	}
	for _, why := range []notifier.Why{notifier.RuleAsked, notifier.ConfigRefused, notifier.WentSilent} {
		note := notifier.Note{Why: why, At: at, Args: map[string]string{"who": s, "rule": s}, Lines: []string{s, s}, More: 3}
		if why == notifier.WentSilent {
			note.Quiet = &notifier.Quiet{Rule: s, Source: s, Since: at.Add(-time.Hour)}
		}
		all = append(all, notifier.Message{Dest: dest, Kind: notifier.KindNote, Card: open, Note: note})
	}
	for _, why := range []notifier.Why{notifier.FactProposed, notifier.FactRejected, notifier.FactDied} {
		f := notifier.OfFact{
			Fact:     facts.Fact{ID: s, Text: s, Date: s, ProvesNot: s, Owner: s, Source: facts.Source{Name: s}, ValidUntil: at},
			Replaces: s, Why: s, Uses: []facts.Use{{Where: s, At: at}},
		}
		note := notifier.Note{Why: why, At: at, Args: map[string]string{"who": s, "via": "slack"}, Fact: &f}
		all = append(all, notifier.Message{Dest: dest, Kind: notifier.KindNote, Why: why, Card: open, Note: note, Call: []notifier.Contact{{Name: "Sari", Telegram: 7}}})
	}
	return all
}

func card(s string, at time.Time) notifier.Card {
	quote := incident.Excerpt{
		Post: s, Story: s, Text: s, Kind: "social", Outlet: s, URL: "https://contoh.id/" + s, Published: at, Fetched: at,
		Found: []incident.Found{{Rule: s, Words: []string{s}}},
	}
	place := incident.Alarm{Rule: s, When: rules.When{New: "place"}, Measure: rules.Measure{Place: s, Sites: []string{s, "kupang"}}}
	return notifier.Card{
		TopicName: s, SiteName: s, Sites: map[string]string{"kupang": s}, Zone: time.UTC,
		Incident: incident.Incident{
			ID: 42, Topic: s, Site: s, Severity: rules.Critical, State: incident.Open, Rev: 8, StateRev: 7, Rule: s, Summary: s, Owner: s,
			Rules: []string{s, "Debu"}, First: at.Add(-time.Hour), Last: at, Trend: incident.Rising,
			Excerpts: []incident.Excerpt{quote, quote, quote}, Alarms: []incident.Alarm{place},
		},
		Answer: facts.Answer{Facts: []facts.Fact{{ID: s, Text: s, Date: s, Tier: 1, Source: facts.Source{Name: s}}}},
		Blind:  []notifier.Blind{{Source: s, Since: at}},
	}
}
