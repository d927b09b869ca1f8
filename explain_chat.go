package main

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// explain says the same in a chat: of a post that is kept, or of a text.
func (a *app) explain(ctx context.Context, what string) (bot.Explained, error) {
	c := a.live.Config()
	r := newReader(c)
	e := r.typed(what)
	address, given := addressIn(c, what)
	out := bot.Explained{Known: true, Typed: !given}
	set, now := a.live.Rules.Load(), time.Now()
	var standings []rules.Standing
	err := a.db.View(ctx, func(tx store.Tx) (err error) {
		if standings, err = set.Standings(tx, now); err != nil || !given {
			return err
		}
		if e.post, out.Known, err = source.ByURL(tx, address); err == nil && !out.Known {
			out.Blind, err = a.blind(tx, now)
		}
		return err
	})
	if err != nil {
		return bot.Explained{}, err
	}
	if given {
		e.place = r.namedBy(&e.post)
	}
	for _, spec := range c.Sources {
		out.Sources = append(out.Sources, spec.Name)
	}
	p := &e.post
	out.Outlet, out.Kind, out.Published, out.Backlog = p.Outlet, string(p.Kind), p.Published, p.Backlog
	out.Site, out.Place, out.Text = p.Site, e.place, p.Text
	out.Rules = set.Explain(p)
	for i, st := range standings { // which may differ from what its file says
		out.Rules[i].Rule.Shadow = st.Shadow
	}
	return out, nil
}

// addressIn returns the address or the id of a post that is all somebody
// wrote. People leave out the scheme; a word with a dot and a slash is no
// Indonesian.
func addressIn(c *config.Config, what string) (string, bool) {
	if strings.ContainsFunc(what, unicode.IsSpace) {
		return "", false
	}
	if scheme, rest, ok := strings.Cut(what, "://"); ok {
		return strings.ToLower(scheme) + "://" + rest, true
	}
	before, id, ok := strings.Cut(what, ":")
	if ok && id != "" && slices.ContainsFunc(c.Sources, func(s source.Spec) bool { return s.Name == before }) {
		return what, true
	}
	if host, _, ok := strings.Cut(what, "/"); ok && strings.Contains(host, ".") {
		return "https://" + what, true
	}
	return "", false
}
