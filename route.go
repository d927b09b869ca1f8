package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/text"
	"github.com/siaga-id/siaga/trial"
)

// route says where an alert would go and why, or shows it for all sites.
func route(_ context.Context, file string, args []string, o outside) error {
	c, err := config.Load(file, config.Options{Env: o.env})
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return showRoutes(o.out, c)
	}
	q, err := readAlert(c, args)
	if err != nil {
		return err
	}
	return q.show(o.out, c)
}

// alert is what one asks the way of.
type alert struct{ topic, site, severity string }

// readAlert reads words such as site=rembang, in any order.
func readAlert(c *config.Config, args []string) (alert, error) {
	var q alert
	fields := map[string]struct {
		into  *string
		known []string
	}{
		"topic":    {&q.topic, slices.Sorted(maps.Keys(c.Plan.Topics))},
		"site":     {&q.site, slices.Sorted(maps.Keys(c.Plan.Sites))},
		"severity": {&q.severity, config.Severities()},
	}
	for _, arg := range args {
		name, value, ok := strings.Cut(arg, "=")
		f, known := fields[name]
		switch {
		case !ok:
			return q, fmt.Errorf("route: %q is not of the form site=rembang", arg)
		case !known:
			return q, unknown("field", name, []string{"topic", "site", "severity"})
		case !slices.Contains(f.known, value):
			return q, unknown(name, value, f.known)
		}
		*f.into = value
	}
	return q, nil
}

func unknown(kind, word string, among []string) error {
	if near, ok := text.Nearest(word, among); ok {
		return fmt.Errorf("route: there is no %s %q (did you mean %s?)", kind, word, near)
	}
	if len(among) == 0 {
		return fmt.Errorf("route: there is no %s %q, nor any other", kind, word)
	}
	return fmt.Errorf("route: there is no %s %q (known: %s)", kind, word, strings.Join(among, ", "))
}

func (q alert) show(w io.Writer, c *config.Config) error {
	i := slices.IndexFunc(c.Routes, func(r config.Route) bool { return r.Site == q.site })
	r := c.Routes[i]
	chats := c.Plan.Dests(q.site)
	fmt.Fprintf(w, "%s\n", q.sentence(c, r, len(chats)))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, s := range r.Stops {
		stop(t, "  ", s)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "Why: %s.\n", r.Why)
	if q.topic != "" {
		fmt.Fprintln(w, "The topic does not decide who hears; it decides which facts a card may show.")
	}
	return nil
}

// sentence says what happens, before the chats are listed.
func (q alert) sentence(c *config.Config, r config.Route, chats int) string {
	var b strings.Builder
	b.WriteString("An alert")
	if q.topic != "" {
		fmt.Fprintf(&b, " on %s", c.Plan.Topics[q.topic])
	}
	if q.site == "" {
		b.WriteString(" whose site is unknown")
	} else {
		fmt.Fprintf(&b, " at %s", r.Name)
	}
	switch q.severity {
	case "info", "pantau":
		return fmt.Sprintf("%s of severity %s sends no card. Should it rise, it goes to %s:", b.String(), q.severity, trial.Count(chats, "chat"))
	case "":
		return fmt.Sprintf("%s goes to %s (of severity info, to none until it rises):", b.String(), trial.Count(chats, "chat"))
	default:
		return fmt.Sprintf("%s of severity %s goes to %s:", b.String(), q.severity, trial.Count(chats, "chat"))
	}
}

// showRoutes is the table of all sites and their receivers.
func showRoutes(w io.Writer, c *config.Config) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "SITE\tRECEIVER\tCHAT\tWHERE")
	for _, r := range c.Routes {
		site := cmp.Or(r.Site, "(site unknown)")
		for _, s := range r.Stops {
			stop(t, site+"\t", s)
			site = ""
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(w, "\nWhy:")
	for _, r := range c.Routes {
		fmt.Fprintf(w, "  %s\n", r.Why)
	}
	fmt.Fprintf(w, "  rules in shadow and refused files are for the admins alone: %s\n", adminsOf(c.Plan))
	return nil
}

func adminsOf(p *notifier.Plan) string {
	var chats []string
	for _, d := range p.AdminDests() {
		chats = append(chats, inWords(d))
	}
	return cmp.Or(strings.Join(chats, ", "), "none of their chats is named under admin_receivers")
}

// stop writes one line for each chat of a receiver. Only the first says what
// leads to it.
func stop(w io.Writer, lead string, s config.Stop) {
	line := func(chat notifier.Dest, note string) {
		fmt.Fprintf(w, "%s%s\t%s\t%s\n", lead, s.Receiver, inWords(chat), note)
		lead, s.Receiver = strings.Repeat("\t", strings.Count(lead, "\t")), ""
	}
	for _, d := range s.Chats {
		line(d, cmp.Or(s.Where, "stands in while no receiver has a connected chat"))
	}
	for _, m := range s.Muted {
		line(m.Chat, fmt.Sprintf("%s: HEARS NOTHING, %s (%s)", m.Where, m.Why, m.Remedy))
	}
}

// inWords writes a chat as an admin knows it.
func inWords(d notifier.Dest) string {
	switch d.Transport() {
	case "telegram":
		group, thread, _ := strings.Cut(d.Address(), ":")
		if thread == "0" {
			return "Telegram " + group
		}
		return "Telegram " + group + ", topic " + thread
	case "slack":
		return "Slack " + d.Address()
	default:
		return "the terminal"
	}
}
