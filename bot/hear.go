package bot

import (
	"context"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/text"
)

// Telegram's own accounts, by the ids that core.telegram.org/bots/api gives
// them in "from" where there is no person.
const (
	anonymousAdmin = "telegram:1087968824" // a group admin who posts as the group
	channelPost    = "telegram:777000"     // a channel's post in its linked group
	channelSender  = "telegram:136817688"  // someone who posts as a channel
)

// hear answers a line: free talk with nothing at all.
func (t *turn) hear(ctx context.Context, line string) (Answer, error) {
	o, ok := parse(line)
	switch {
	case t.user == channelPost, t.user == channelSender:
		return Answer{}, nil
	case !ok && t.dest.Transport() == terminalUser && line != "":
		return t.private(askHint, "help", t.example(exampleHelp, 0)), nil
	case !ok:
		return Answer{}, nil
	case t.user == anonymousAdmin:
		return t.once(t.private(refuseAnonymous)), nil
	}
	if err := t.linked(ctx); err != nil {
		return Answer{}, err
	}
	if !t.Knows(t.dest) && !t.mayHere(o.name) {
		return t.once(t.outside()), nil
	}
	if key, why, refused := refusal(o.name); refused {
		return t.refuseFor(ctx, o.name, key, why)
	}
	v, known := find(o.name)
	if !known && o.under {
		if ans, err := t.about(ctx, o.typed+" "+o.rest); ans.Text != "" || err != nil {
			return ans, err
		}
	}
	if !known {
		return t.once(t.unknown(o)), nil
	}
	t.verb, t.english = v, o.name != v.names[0] && o.name == v.names[1]
	return t.obey(ctx, o.rest)
}

// mayHere reports whether a command may be said in a chat that is not
// configured: people we know may ask for help, and whoever writes to the bot
// alone for that and for a code.
func (t *turn) mayHere(name string) bool {
	v, known := find(name)
	return known && v.anywhere && (t.alone() || t.who.Name != "" && v.example == exampleHelp)
}

// outside says that nothing is done to incidents in this chat.
func (t *turn) outside() Answer {
	if t.alone() {
		return t.private(refusePrivate, "help", t.example(exampleHelp, 0), "link", t.slash(t.Lang.pick([2]string{"tautkan", "link"})))
	}
	return t.private(refuseChat, "chat", string(t.dest))
}

// unknown answers a word that is no verb with the nearest one.
func (t *turn) unknown(o order) Answer {
	word := one(o.typed, placeRunes)
	v, name, ok := nearest(o.name)
	if !ok && o.under {
		about := one(o.typed+" "+o.rest, placeRunes)
		return t.private(listNoneAbout, "word", about, "issues", t.example(exampleIssues, 0), "help", t.example(exampleHelp, 0))
	}
	if !ok {
		return t.private(askHelp, "word", word, "help", t.example(exampleHelp, 0))
	}
	return t.private(askNearest, "word", word, "nearest", t.slash(name), "example", t.example(v.example, t.on))
}

// obey finds what the verb is about, authorises and runs it.
func (t *turn) obey(ctx context.Context, rest string) (Answer, error) {
	v := t.verb
	if v.about == noIncident {
		if ans, denied := t.denied(v.role); denied {
			return ans, nil
		}
		return v.run(t, ctx, rest)
	}
	if v.items {
		t.n, rest = cutItem(rest)
	}
	id, rest, found := subject(rest, t.on, v.does == incident.Note || v.does == incident.Edited || v.does == incident.Promised)
	if !found && v.about == maybeIncident {
		return v.run(t, ctx, rest)
	}
	if !found {
		if ans, denied := t.denied(v.role); denied {
			return ans, nil
		}
		return t.once(t.private(askID, "example", t.example(v.example, 0))), nil
	}
	if ans, err := t.find(ctx, id); t.in.ID == 0 {
		return ans, err
	}
	if ans, denied := t.deniedHere(); denied {
		return ans, nil
	}
	return v.run(t, ctx, rest)
}

// find reads the incident of this turn; the answer says that there is none.
func (t *turn) find(ctx context.Context, id incident.ID) (Answer, error) {
	in, err := t.Desk.Get(ctx, id)
	if err != nil {
		return t.failed(err, incident.Command{ID: id}, in)
	}
	if in.Shadow && !t.told() {
		t.logRefusal(forShadow)
		return t.private(refuseShadow, "id", id.String()), nil
	}
	t.in = in
	return Answer{}, nil
}

// tap answers a press: what it carries is a hint, so it goes the way of a
// typed command, with the state that the button was drawn for.
func (t *turn) tap(ctx context.Context, data, words string) (Answer, error) {
	d, err := ParseData(data)
	if err != nil {
		t.Log.Info("press refused", "err", err, "chat", t.dest)
		return t.private(refuseButton), nil
	}
	if err := t.linked(ctx); err != nil {
		return Answer{}, err
	}
	if !t.Knows(t.dest) {
		return t.outside(), nil
	}
	if d == testPress() {
		return t.tested(ctx)
	}
	if d.Verb == muteVerb {
		return t.agreed(ctx, d)
	}
	if d.Verb == factVerb {
		t.verb, _ = find("fakta-usul")
		return t.obey(ctx, text.Clean(words))
	}
	t.verb, _ = find(d.command())
	t.rev = d.StateRev
	return t.obey(ctx, number(d.ID)+" "+d.Arg+" "+text.Clean(words))
}
