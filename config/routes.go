package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/notifier"
)

// Route says who hears of one site, and why. What holds is Plan.Dests; a Route
// adds the lines of the files that made it so.
type Route struct {
	Site  string // key; empty: what has no site
	Name  string // as people say it
	Why   string // "site rembang -> receivers: of config.yaml:23"
	Stops []Stop
}

// Stop is one receiver on a Route.
type Stop struct {
	Receiver string
	Where    string // "config.yaml:40"; empty: the terminal that stands in for receivers
	Chats    []notifier.Dest
	Muted    []Mute // its chats that hear nothing
}

// Mute is a chat that hears nothing.
type Mute struct {
	Chat        notifier.Dest
	Why, Remedy string
	Where       string // "config.yaml:40"
}

type muted struct {
	receiver string
	Mute
}

// routes follows Plan.Dests from the files: the receivers of a site, or all.
func (c *checker) routes() []Route {
	var out []Route
	for _, s := range c.doc.Sites {
		key := s.Key.Value
		r := Route{Site: key, Name: c.plan.Sites[key].Name}
		r.Why, r.Stops = c.stops(s.Value, key)
		out = append(out, r)
	}
	return append(out, Route{Why: "an alert without a site goes to all receivers: its posts name no place, or its rule has no by: [site]", Stops: c.allStops()})
}

func (c *checker) stops(e siteEntry, key string) (why string, stops []Stop) {
	if len(e.Receivers) == 0 {
		return fmt.Sprintf("site %s names no receivers, so all hear of it", key), c.allStops()
	}
	list := fmt.Sprintf("site %s -> receivers: of %s", key, e.Receivers[0].where())
	if len(c.plan.Sites[key].Receivers) > 0 {
		for _, name := range values(e.Receivers) {
			stops = append(stops, c.stop(name))
		}
		return list, stops
	}
	if len(c.doc.Receivers) == 0 {
		return list + ", which do not exist yet", c.allStops()
	}
	return fmt.Sprintf("%s, of which no chat is connected, so all hear of it (%s)", list, strings.Join(values(e.Receivers), ", ")), c.allStops()
}

// allStops are those of the file, and the terminal if it stands in for them.
func (c *checker) allStops() []Stop {
	var stops []Stop
	ours := map[string]bool{}
	for _, r := range c.doc.Receivers {
		ours[r.Value.Name.Value] = true
		stops = append(stops, c.stop(r.Value.Name.Value))
	}
	for _, name := range slices.Sorted(maps.Keys(c.plan.Receivers)) {
		if !ours[name] {
			stops = append(stops, c.stop(name))
		}
	}
	return stops
}

func (c *checker) stop(receiver string) Stop {
	s := Stop{Receiver: receiver, Chats: c.plan.Receivers[receiver].Dests}
	if i := slices.IndexFunc(c.doc.Receivers, func(r at[receiverEntry]) bool { return r.Value.Name.Value == receiver }); i >= 0 {
		s.Where = c.doc.Receivers[i].where()
	}
	for _, m := range c.muted {
		if m.receiver == receiver {
			s.Muted = append(s.Muted, m.Mute)
		}
	}
	return s
}
