package notifier

import (
	"slices"
	"time"

	"github.com/siaga-id/siaga/escalation"
	"github.com/siaga-id/siaga/evidence"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/strategy"
)

// Plan is what the admin configured: names, chats and facts. It is immutable;
// a reload swaps it whole.
type Plan struct {
	Topics    map[string]string         // key to name
	Counsel   map[string]strategy.Topic // by key of topic; none: the zero one
	Sites     map[string]Place          // key to place
	Receivers map[string]Receiver       // by name
	Admins    []string                  // receivers that are the admins' chats
	Facts     *facts.Library            // set with Index by Know
	Index     *evidence.Index           // of Facts; nil: no fact is suggested
	Zone      *time.Location            // where no site is known
	DigestAt  []time.Duration           // times of day of the digests, since midnight; empty: none
	Sources   int                       // how many are configured

	Escalation *escalation.Policy // nil: time calls nobody
	Duty       map[string]Roster  // by key of site; "": of sites that have none
	People     map[string]Contact // by name
}

// Dests returns the chats that hear of a cell, in a fixed order: those of its
// site, or all where the site is unknown or has none.
func (p *Plan) Dests(site string) []Dest {
	names := p.Sites[site].Receivers
	if len(names) == 0 {
		for name := range p.Receivers {
			names = append(names, name)
		}
	}
	var out []Dest
	for _, name := range names {
		out = append(out, p.Receivers[name].Dests...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// AllDests returns every configured chat once, in a fixed order.
func (p *Plan) AllDests() []Dest { return p.Dests("") }
