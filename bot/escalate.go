package bot

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/text"
)

// Turn is one turn of duty at a site: who has it, and when they are called for
// an incident that nobody takes.
type Turn struct {
	Role  string   // duty, lead or head
	Names []string // as in people; none: the chats are called without a name
	After map[rules.Severity]time.Duration
}

// turns returns the turns of duty at a site. Where no duty is configured, the
// leads are called.
func (t *turn) turns(site string) []Turn {
	if t.Duty != nil {
		return t.Duty(site)
	}
	leads := t.people.who(func(p Person) bool { return p.Has(Lead) && p.Covers(site) })
	return []Turn{{Role: string(Lead), Names: leads}}
}

// escalate calls the next people now, or one person by name.
func (t *turn) escalate(ctx context.Context, rest string) (Answer, error) {
	if t.in.Shadow {
		return t.private(refuseShadowCall, "id", t.in.ID.String()), nil
	}
	cmd := incident.Command{Verb: incident.Escalate}
	if rest != "" {
		p, left, ok := t.person(rest)
		if !ok || left != "" {
			return t.nobody(rest), nil
		}
		cmd.Call = p.Name
	}
	return t.change(ctx, cmd)
}

// calledNow says whom an escalation has called.
func (t *turn) calledNow(cmd incident.Command, in incident.Incident) string {
	id := in.ID.String()
	if cmd.Call != "" {
		return t.Lang.say(doneCalled, "id", id, "who", one(cmd.Call, placeRunes))
	}
	turns := slices.DeleteFunc(slices.Clone(t.turns(in.Site)), func(x Turn) bool {
		_, called := x.After[in.Severity]
		return x.After != nil && !called
	})
	if len(turns) == 0 {
		return t.Lang.say(doneEscalate, "id", id)
	}
	next := turns[min(max(in.Calling.Rung, 1), len(turns))-1]
	if len(next.Names) == 0 {
		return t.Lang.say(doneEscalate, "id", id)
	}
	return t.Lang.say(doneCalled, "id", id, "who", t.Lang.duty(next.Role)+" "+t.Lang.names(next.Names))
}

// duty names a turn of duty.
func (l *Lang) duty(role string) string {
	key := map[string]phrase{"duty": dutyDuty, "lead": dutyLead, "head": dutyHead}[role]
	return cmp.Or(l.say(key), one(role, placeRunes))
}

// person finds one of people at the start of what was said, by the name or as
// the messenger mentions them: "Sari", "@sari", "@U01SARI". It returns what follows.
func (t *turn) person(said string) (p Person, rest string, ok bool) {
	words := strings.Fields(said)
	for n := len(words); n > 0; n-- {
		name := strings.TrimPrefix(strings.Join(words[:n], " "), "@")
		for _, row := range t.people.rows {
			if strings.EqualFold(row.Name, name) || t.dest.Transport() == "slack" && row.Slack != "" && row.Slack == name {
				return row, strings.Join(words[n:], " "), true
			}
		}
	}
	return Person{}, said, false
}

// nobody says that a name is none of people, and which one is most like it.
func (t *turn) nobody(said string) Answer {
	names := t.people.who(func(Person) bool { return true })
	said = one(strings.TrimPrefix(said, "@"), placeRunes)
	if near, ok := text.Nearest(said, names); ok {
		return t.private(refuseNearPerson, "who", said, "near", one(near, placeRunes))
	}
	if len(names) == 0 {
		return t.private(refuseNoPeople, "who", said)
	}
	return t.private(refuseNoPerson, "who", said, "names", t.Lang.names(names))
}
