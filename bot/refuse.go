package bot

import (
	"errors"

	"github.com/siaga-id/siaga/incident"
)

// denied tells a person without the role who has it.
func (t *turn) denied(role Role) (Answer, bool) {
	if t.who.Has(role) {
		return Answer{}, false
	}
	t.logRefusal(forRole)
	site := t.in.Site
	names := t.people.who(func(p Person) bool { return p.Has(role) && (t.in.ID == 0 || p.Covers(site)) })
	if len(names) == 0 {
		return t.private(refuseNobody, "role", t.Lang.role(role)), true
	}
	return t.private(refuseRole, "role", t.Lang.role(role), "names", t.Lang.names(names)), true
}

// deniedHere tells whoever may not do the verb to the incident of this turn
// who may. Looking is free everywhere: one network of sites.
func (t *turn) deniedHere() (Answer, bool) {
	v := t.verb
	if v.role == Viewer {
		return Answer{}, false
	}
	if ans, denied := t.denied(v.role); denied {
		return ans, true
	}
	if !t.who.Covers(t.in.Site) {
		return t.deniedSite(), true
	}
	if v.does == incident.Resolve && t.in.State == incident.Open && !t.who.Has(Lead) {
		t.logRefusal(forUntaken)
		return t.private(refuseUntaken, "id", t.in.ID.String(), "example", t.example(exampleAck, t.in.ID)), true
	}
	return Answer{}, false
}

func (t *turn) deniedSite() Answer {
	t.logRefusal(forSite)
	names := t.people.who(func(p Person) bool { return p.Has(t.verb.role) && p.Covers(t.in.Site) })
	card := t.card(t.in)
	switch {
	case len(names) == 0:
		return t.private(refuseNobody, "role", t.Lang.role(t.verb.role))
	case card.SiteName == "":
		return t.private(refuseSiteless, "names", t.Lang.names(names))
	}
	return t.private(refuseSite, "site", one(card.SiteName, placeRunes), "names", t.Lang.names(names))
}

// Why somebody was refused, as the timeline and the log have it.
const (
	forRole    = "role"
	forSite    = "site"
	forOwner   = "owner"
	forUntaken = "untaken"
	forLength  = "length"
	forShadow  = "shadow"
	forAuthor  = "author" // of the draft
)

func (t *turn) logRefusal(why string) {
	t.refused = why
	t.Log.Info("refused", "why", why, "verb", t.verb.names[0], "incident", t.in.ID, "person", t.who.Name, "chat", t.dest)
}

// failed says in a person's words what was wrong with a command. Errors that
// are none of package incident are the store's, and are returned.
func (t *turn) failed(err error, cmd incident.Command, now incident.Incident) (Answer, error) {
	switch {
	case errors.Is(err, incident.ErrNotFound):
		return t.private(refuseNotFound, "id", cmd.ID.String(), "example", t.example(exampleIssues, 0)), nil
	case cmd.Verb == incident.Ack && now.State == incident.Acknowledged:
		return t.private(refuseFirst, "who", one(now.Owner, placeRunes), "at", t.Lang.clock(now.AckAt, t.at, t.card(now).Zone)), nil
	case errors.Is(err, incident.ErrTooLong):
		return t.tooLong(), nil
	case errors.Is(err, incident.ErrStale):
		return t.private(refuseStale, "state", t.state(now)), nil
	case errors.Is(err, incident.ErrWrongState):
		return t.private(refuseState, "id", now.ID.String(), "state", t.state(now)), nil
	case errors.Is(err, incident.ErrNotOwner):
		leads := t.people.who(func(p Person) bool { return p.Has(Lead) && p.Covers(now.Site) })
		return t.notOwner(now.Owner, leads), nil
	case errors.Is(err, incident.ErrCellTaken):
		card := t.example(exampleIssues, 0) + " " + number(now.ID)
		return t.private(refuseCell, "cell", t.Lang.cell(t.card(now)), "other", now.ID.String(), "example", card), nil
	}
	return Answer{}, err
}

func (t *turn) notOwner(owner string, leads []string) Answer {
	t.logRefusal(forOwner)
	owner = one(owner, placeRunes)
	if len(leads) == 0 {
		return t.private(refuseOwnerOnly, "owner", owner)
	}
	return t.private(refuseOwner, "owner", owner, "names", t.Lang.names(leads))
}

// state says where an incident stands: "diambil Sari 10:44 WIB".
func (t *turn) state(in incident.Incident) string {
	l, zone := t.Lang, t.card(in).Zone
	var said string
	switch in.State {
	case incident.Open:
		said = l.say(stateOpen)
	case incident.Acknowledged:
		said = l.say(stateTaken, "who", one(in.Owner, placeRunes), "at", l.clock(in.AckAt, t.at, zone))
	case incident.Resolved:
		said = l.say(stateResolved, "reason", l.reason(in.Reason), "at", l.clock(in.ResolvedAt, t.at, zone))
	}
	if in.Grievance && in.State != incident.Resolved {
		said = l.say(stateGrievance, "state", said)
	}
	return said
}
