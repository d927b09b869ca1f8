package notifier

import (
	"cmp"
	"time"

	"github.com/siaga-id/siaga/incident"
)

// Heard names the reason for which a chat that an incident concerns hears of
// a change: FirstCard for its card, where it does not show it yet, and any
// other for a ping under it. Empty: the change is at most an edit of the card.
func Heard(c incident.Change, shown bool) Why {
	switch why := reason(c); {
	case shown && why != FirstCard:
		return why
	case shown, !due(c.After):
		return ""
	default:
		return FirstCard
	}
}

// shared returns the names of the sites over which an incident has spread.
func (p *Plan) shared(in incident.Incident) map[string]string {
	var names map[string]string
	for _, a := range append(in.Alarms[:len(in.Alarms):len(in.Alarms)], in.Latest()) {
		for _, key := range a.Measure.Sites {
			if names == nil {
				names = map[string]string{}
			}
			names[key] = cmp.Or(p.Sites[key].Name, key)
		}
	}
	return names
}

// Card draws an incident from everything known now.
func (p *Plan) Card(in incident.Incident, blind []Blind, now time.Time) Card {
	site := p.Sites[in.Site]
	card := Card{
		Incident: in, TopicName: cmp.Or(p.Topics[in.Topic], in.Topic), SiteName: cmp.Or(site.Name, in.Site),
		Sites: p.shared(in), Zone: cmp.Or(site.Zone, p.Zone), Blind: blind,
		Call: p.called(in),
	}
	if n := p.Next(in, now); n != nil && n.Verb != incident.Ask { // which moves with each sign of the owner
		card.Next = n
	}
	if !in.Shadow { // nobody is to answer a shadow incident
		card.Answer = p.Facts.Answer(in.Topic, in.Site, in.Grievance, now)
	}
	return card
}
