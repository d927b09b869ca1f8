package incident

import (
	"slices"
	"time"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/text"
)

// ReopenWithin is how long after a resolve a firing in the same cell reopens
// the incident instead of opening a new one (chat.md 3).
const ReopenWithin = 24 * time.Hour

// Step returns the incident that cmd makes of in, or one of the errors of
// this package, in which case in stands. It is the only place where an
// incident changes. The zero Incident stands for a cell without one.
func Step(in Incident, cmd Command) (Incident, error) {
	if cmd.Verb == Fire {
		return fire(in, cmd)
	}
	if in.ID == 0 {
		return in, ErrNotFound
	}
	if done(in, cmd) {
		return in, ErrNothing
	}
	if cmd.StateRev != 0 && cmd.StateRev != in.StateRev {
		return in, ErrStale
	}
	if !slices.Contains(allowed[in.State], cmd.Verb) || cmd.Verb == Reopen && in.Reason == ShadowOver {
		return in, ErrWrongState
	}
	if owners[cmd.Verb] && in.State == Acknowledged && in.Owner != cmd.Actor.Name && !cmd.Actor.Lead {
		return in, ErrNotOwner
	}
	if cmd.Verb == Snooze && !snoozable(cmd) {
		return in, ErrTooLong
	}
	return act(in.clone(), cmd), nil
}

// allowed lists what people can do in each state. A lead may resolve an open
// incident that nobody took; Step's caller grants the verb by role.
//
//nolint:gochecknoglobals // a table that nothing writes to
var allowed = map[State][]Verb{
	Open: {
		Ack, Resolve, Note, SetLevel, Grieve, Ungrieve, Split, Join, Snooze, Wake, Escalate, Remind, Skip, Unsaid, Unmuted,
		Verify, Unfit, Fits, Drafted, Edited, Approved, Rejected, Published, Voided, Promised, Kept, Moved, Nudge,
	},
	Acknowledged: {
		Ack, Release, Resolve, Note, SetLevel, Grieve, Ungrieve, Split, Join, Snooze, Wake, Escalate, Ask, Confirm, Skip, Unsaid, Unmuted,
		Verify, Unfit, Fits, Drafted, Edited, Approved, Rejected, Published, Voided, Promised, Kept, Moved, Nudge,
	},
	Resolved: {Reopen, Note, Split, Join, Skip, Unsaid, Fits, Published, Voided, Promised, Kept, Moved, Nudge},
}

// beside are the verbs that do not change what a button under the card would
// do: a tap on a card drawn before them is as good as ever.
//
//nolint:gochecknoglobals // a table that nothing writes to
var beside = []Verb{
	Note, SetLevel, Split, Join, Escalate, Remind, Ask, Confirm, Skip, Unsaid, Unmuted,
	Unfit, Fits, Drafted, Edited, Approved, Rejected, Published, Voided, Promised, Kept, Moved, Nudge,
}

// owners are the verbs that belong to the owner of a taken incident, or a
// lead. Taking it over is one of them: of two who type /ambil at once, one wins.
//
//nolint:gochecknoglobals // a table that nothing writes to
var owners = map[Verb]bool{Ack: true, Release: true, Resolve: true, Confirm: true}

// done reports whether the incident already is what cmd asks for, so that a
// second tap by the same person is a success, whatever revision it carries.
func done(in Incident, cmd Command) bool {
	switch cmd.Verb {
	case Ack:
		return in.State == Acknowledged && in.Owner == cmd.Actor.Name
	case Reopen:
		return in.State == Open
	case Resolve:
		return in.State == Resolved && in.Reason == cmd.Reason && cmd.Text == "" // a note would be lost
	case SetLevel:
		return in.Severity == cmd.Severity
	case Grieve:
		return in.Grievance
	case Ungrieve:
		return !in.Grievance
	case Snooze:
		return in.Snoozed.Equal(cmd.Until)
	case Wake:
		return in.Snoozed.IsZero()
	case Verify:
		return in.Finding == cmd.Finding && cmd.Text == "" // who says so would be lost
	default:
		return false
	}
}

// act carries out what a person asked for.
func act(in Incident, cmd Command) Incident {
	in.Rev++
	if !slices.Contains(beside, cmd.Verb) {
		in.StateRev = in.Rev
	}
	in.Calling, in.Snoozed = calling(in, cmd), snoozed(in, cmd)
	switch cmd.Verb {
	case Ack:
		in.State, in.Owner, in.AckAt = Acknowledged, cmd.Actor.Name, cmd.At
	case Release:
		in.State, in.Owner, in.AckAt = Open, "", time.Time{}
	case Resolve:
		in.State, in.Reason, in.ResolvedAt = Resolved, cmd.Reason, cmd.At
		in.AtClose = in.Counts.Posts
	case Reopen:
		in = reopened(in)
	case SetLevel:
		in.Severity, in.SetLevel = cmd.Severity, cmd.Severity
	case Grieve:
		in.Grievance, in.Unflagged, in.Finding = true, false, Unchecked
	case Ungrieve:
		in.Grievance, in.Unflagged, in.Complaint = false, true, ""
	case Verify:
		in.Finding = cmd.Finding
	default: // the others are on the timeline and in Calling only; a firing never comes here
	}
	return in
}

func reopened(in Incident) Incident {
	in.State, in.Owner, in.AckAt = Open, "", time.Time{}
	in.Reason, in.ResolvedAt, in.AtClose = "", time.Time{}, 0
	in.SetLevel, in.Unflagged, in.Finding = 0, false, Unchecked // what is said now may be another thing
	in.Reopened++
	return in
}

// fire folds a firing into the cell's incident: it opens one, wakes a resolved
// one or brings the numbers of a running one up to date.
func fire(in Incident, cmd Command) (Incident, error) {
	f := cmd.Firing
	switch {
	case in.ID == 0, in.State == Resolved && f.At.Sub(in.ResolvedAt) > ReopenWithin:
		if f.Phase == rules.Ceased {
			return in, ErrNothing
		}
		out := opened(cmd)
		out.Earlier = earlier(in)
		return out, nil
	case in.State == Resolved && !wakes(in, f):
		return in, ErrNothing
	}
	out := in.clone()
	out.Rev++
	switch {
	case in.State == Resolved:
		out = reopened(out)
		out.StateRev, out.CalledAt, out.Calling = out.Rev, f.At, Calling{Since: f.At}
	case callsAgain(in, f):
		out.Louder++
		out.CalledAt = f.At
	}
	return roused(in, absorb(out, cmd)), nil
}

// roused ends the snooze of an incident that is worse than when it was put to
// sleep, and begins the calling anew where its level rose.
func roused(before, after Incident) Incident {
	rose := after.Severity > before.Severity
	if rose {
		after.Calling = Calling{Since: after.Last}
	}
	if !after.Snoozed.IsZero() && (rose || after.Louder > before.Louder) {
		after.Snoozed, after.StateRev = time.Time{}, after.Rev
		after.Calling = Calling{Since: after.Last}
	}
	return after
}

// wakes reports whether a firing concerns people again after they resolved
// the incident: a condition that was met anew, or twice the posts.
func wakes(in Incident, f *rules.Firing) bool {
	return f.Phase == rules.Began || f.Phase == rules.Grew && in.AtClose > 0 && f.Counts.Posts >= 2*in.AtClose
}

// earlier returns how many incidents a cell had when in, the last of them, is
// over. A false alarm, a duplicate and a rumour are no history of crises.
func earlier(in Incident) int {
	n := in.Earlier
	if in.ID != 0 && in.Reason != FalseAlarm && in.Reason != Duplicate && in.Finding != False {
		n++
	}
	return n
}

func opened(cmd Command) Incident {
	f := cmd.Firing
	in := Incident{
		ID: cmd.ID, Topic: f.Topic, Site: f.Site, Shadow: f.Shadow, State: Open,
		Rev: 1, StateRev: 1, Severity: f.Severity, First: f.At, CalledAt: f.At, Calling: Calling{Since: f.At},
	}
	return absorb(in, cmd)
}

// absorb takes over what a firing says.
func absorb(in Incident, cmd Command) Incident {
	f := cmd.Firing
	in.Trend = trend(in, f)
	in.Calm = f.Phase == rules.Ceased
	in.Wide = f.Wide && (in.Wide || len(in.Rules) == 0)
	in.Last = f.At
	in.Rule, in.Counts, in.When, in.Measure = f.Rule, f.Counts, f.When, f.Measure
	if f.Summary != "" {
		in.Summary = f.Summary
	}
	in = raise(in, f, cmd.Complain)
	if !slices.Contains(in.Rules, f.Rule) {
		in.Rules = append(in.Rules, f.Rule)
	}
	if in.Alarms = sounded(in.Alarms, f, cmd.Version); in.CalledAt.Equal(f.At) {
		in.Alarms = called(in.Alarms)
	}
	in.Excerpts = quote(in.Excerpts, f)
	return in
}

// raise lets a firing raise the level and set the flag, where no person has
// decided otherwise. The flag comes of the rule, or of a post that complains.
func raise(in Incident, f *rules.Firing, complaint string) Incident {
	if f.Severity > in.Severity && (in.SetLevel == 0 || f.Phase == rules.Began) {
		in.Severity, in.SetLevel, in.CalledAt = f.Severity, 0, f.At
	}
	if (f.Grievance || complaint != "") && !in.Grievance && !in.Unflagged {
		in.Grievance, in.Finding = true, Unchecked // what was found was found of something else
		in.StateRev = in.Rev
		if !f.Grievance {
			in.Complaint = complaint
		}
	}
	return in
}

func trend(in Incident, f *rules.Firing) Trend {
	if f.Phase == rules.Ceased {
		return Falling
	}
	if in.Rule != f.Rule {
		return Rising
	}
	switch before, after := in.Counts.Posts, f.Counts.Posts; {
	case after > before:
		return Rising
	case after < before:
		return Falling
	default:
		return in.Trend
	}
}

// quote puts the newest posts first, one a story, and keeps maxExcerpts.
func quote(old []Excerpt, f *rules.Firing) []Excerpt {
	out := slices.Clone(old)
	for _, e := range f.New {
		x := Quote(e)
		read := found(f.Rule, e)
		x.Found = []Found{read}
		if i := slices.IndexFunc(out, func(o Excerpt) bool { return o.Post == x.Post }); i >= 0 {
			x.Found = alsoFound(out[i].Found, read)
		}
		out = slices.DeleteFunc(out, func(o Excerpt) bool { return o.Story == x.Story })
		out = slices.Insert(out, 0, x)
	}
	return out[:min(len(out), maxExcerpts)]
}

// excerptRunes is the longest quote on a card: about three lines on a phone.
const excerptRunes = 140

// Quote returns the part of a post that is shown: about what was matched.
func Quote(e rules.Evidence) Excerpt {
	p := e.Post
	var start, end int
	if len(e.Spans) > 0 {
		start, end = e.Spans[0].Start, e.Spans[0].End
	}
	return Excerpt{
		Post: p.ID, Story: p.Story, Text: text.Excerpt(p.Text, start, end, excerptRunes),
		Kind: string(p.Kind), Outlet: p.Outlet, URL: p.URL, Published: p.Published, Fetched: p.Fetched,
	}
}

// forget removes what a card quotes from posts that their source deleted.
func forget(in Incident, posts map[string]bool) (Incident, bool) {
	deleted := func(x Excerpt) bool { return posts[x.Post] }
	if !slices.ContainsFunc(in.Excerpts, deleted) {
		return in, false
	}
	out := in.clone()
	out.Excerpts = slices.DeleteFunc(out.Excerpts, deleted)
	out.Rev++
	return out, true
}

// moved reports whether a firing did more to an incident than move its counts.
func moved(before, after Incident) bool {
	return before.ID == 0 || before.State != after.State || before.Severity != after.Severity ||
		before.Grievance != after.Grievance || before.Calm != after.Calm || len(before.Rules) != len(after.Rules) ||
		before.Louder != after.Louder || !before.Snoozed.Equal(after.Snoozed)
}
