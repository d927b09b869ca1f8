package notifier

import (
	"cmp"
	"slices"
	"time"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// Quiet is the silence that a note is about.
type Quiet struct {
	Rule   string    `json:"rule"`
	Source string    `json:"source,omitempty"` // empty: it is about what the rule matches, from whatever source
	Site   string    `json:"site,omitempty"`   // key; empty: everywhere
	Since  time.Time `json:"since"`            // the last post before it
	Usual  float64   `json:"usual,omitempty"`  // posts that were to be expected since; 0: not known
}

// Silence tells the admins what a rule says about a silence: that it began,
// and that it is over. It is theirs to mend and nobody's crisis, so it makes
// no incident.
func (o *Outbox) Silence(tx store.Tx, f rules.Firing) error {
	why := map[rules.Phase]Why{rules.Began: WentSilent, rules.Ceased: SpeaksAgain}[f.Phase]
	if why == "" {
		return nil
	}
	since := f.Measure.Since
	if since.IsZero() {
		since = f.At.Add(-f.When.Silent)
	}
	return o.Note(tx, Note{Why: why, At: f.At, Quiet: &Quiet{
		Rule: f.Rule, Source: f.Source, Site: f.Site, Since: since, Usual: f.Measure.Usual,
	}})
}

// note is the message of a note, with the name and the time zone of the site
// that it is about.
func (p *Plan) note(d Dest, n Note) Message {
	card := Card{Zone: p.Zone}
	if n.Quiet != nil {
		site := p.Sites[n.Quiet.Site]
		card.SiteName, card.Zone = cmp.Or(site.Name, n.Quiet.Site), cmp.Or(site.Zone, p.Zone)
	}
	if n.Silence != nil {
		s := *n.Silence
		card.Zone, s.Match = p.zoneOf(s.Match.Sites), p.Named(s.Match)
		n.Silence = &s
	}
	if n.Fact != nil {
		card.Zone = p.zoneOf(n.Fact.Fact.Sites)
	}
	silent := n.Silence != nil || slices.Contains([]Why{FactAccepted, FactRejected, FactDied}, n.Why) // facts die at midnight
	return Message{Dest: d, Kind: KindNote, Why: n.Why, Note: n, Card: card, Call: p.contacts(n.Call), Silent: silent}
}
