package bot

import (
	"context"
	"errors"

	"github.com/siaga-id/siaga/incident"
)

// change runs one command at the desk, in one transaction with the mark.
func (t *turn) change(ctx context.Context, cmd incident.Command) (Answer, error) {
	cmd.ID, cmd.At, cmd.StateRev = t.in.ID, t.at, t.rev
	cmd.Actor = t.actor()
	if cmd.Verb == incident.Resolve && cmd.StateRev == 0 {
		// What was authorised is closing it in this state: a lead may do so
		// where nobody took it, others only when it is theirs.
		cmd.StateRev = t.in.StateRev
	}
	change, err := t.Desk.Do(ctx, cmd, t.mark)
	if err != nil && !errors.Is(err, incident.ErrNothing) {
		return t.failed(err, cmd, change.After)
	}
	t.marked = err == nil
	return t.done(cmd, change.After), nil
}

// simply runs a verb that needs no more than its incident.
func (t *turn) simply(ctx context.Context, rest string) (Answer, error) {
	return t.change(ctx, incident.Command{Verb: t.verb.does, Text: one(rest, noteRunes)})
}

// resolve asks for the reason where none is given.
func (t *turn) resolve(ctx context.Context, rest string) (Answer, error) {
	reason, note, ok := t.Lang.cutReason(rest)
	if ok {
		return t.change(ctx, incident.Command{Verb: incident.Resolve, Reason: reason, Text: one(note, noteRunes)})
	}
	switch {
	case t.rev != 0 && t.rev != t.in.StateRev:
		return t.failed(incident.ErrStale, incident.Command{}, t.in)
	case t.in.State == incident.Resolved:
		return t.failed(incident.ErrWrongState, incident.Command{}, t.in)
	}
	if t.form {
		return Answer{Form: t.resolveForm()}, nil
	}
	ans := t.private(askReason, "id", t.in.ID.String(), "example", t.example(exampleResolve, t.in.ID))
	ans.Choices = t.Lang.reasons(t.in)
	return ans, nil
}

func (t *turn) note(ctx context.Context, rest string) (Answer, error) {
	note := one(rest, noteRunes)
	switch {
	case note == "" && t.form:
		return Answer{Form: t.noteForm()}, nil
	case note == "" && t.press:
		ans := t.private(askReply, "id", t.in.ID.String())
		ans.Reply = true
		return ans, nil
	case note == "":
		return t.once(t.private(askNote, "example", t.example(exampleNote, t.in.ID))), nil
	}
	return t.change(ctx, incident.Command{Verb: incident.Note, Text: note})
}

func (t *turn) level(ctx context.Context, rest string) (Answer, error) {
	word, note := cutWord(rest)
	level, ok := parseLevel(word)
	if !ok {
		return t.once(t.private(askLevel, "example", t.example(exampleLevel, t.in.ID))), nil
	}
	// The timeline says which level it was set to.
	note = one(t.Lang.level(level)+" "+note, noteRunes)
	return t.change(ctx, incident.Command{Verb: incident.SetLevel, Severity: level, Text: note})
}

// flag sets the grievance flag; only a lead takes it away again.
func (t *turn) flag(ctx context.Context, rest string) (Answer, error) {
	word, note := cutWord(rest)
	switch fold(word) {
	case "":
		return t.change(ctx, incident.Command{Verb: incident.Grieve})
	case "batal", "undo":
		if ans, denied := t.denied(Lead); denied {
			return ans, nil
		}
		return t.change(ctx, incident.Command{Verb: incident.Ungrieve, Text: one(note, noteRunes)})
	}
	flag := t.example(exampleFlag, t.in.ID)
	undo := flag + " " + t.Lang.pick([2]string{"batal", "undo"})
	return t.once(t.private(askFlag, "example", flag, "undo", undo)), nil
}

// done says that a command was carried out. What was typed is answered for all
// to see, since Slack shows a command to nobody else; a tap is seen on the card.
func (t *turn) done(cmd incident.Command, after incident.Incident) Answer {
	key := map[incident.Verb]phrase{
		incident.Ack:      doneAck,
		incident.Release:  doneRelease,
		incident.Resolve:  doneResolve,
		incident.Reopen:   doneReopen,
		incident.Note:     doneNote,
		incident.SetLevel: doneLevel,
		incident.Grieve:   doneFlag,
		incident.Ungrieve: doneUnflag,
		incident.Snooze:   doneSnooze,
		incident.Wake:     doneWake,
		incident.Escalate: doneEscalate,
		incident.Confirm:  doneStill,
		incident.Verify:   doneVerify,
	}[cmd.Verb]
	ans := t.private(key, "id", cmd.ID.String(), "who", one(cmd.Actor.Name, placeRunes),
		"reason", t.Lang.reason(cmd.Reason), "level", t.Lang.level(cmd.Severity), "text", one(cmd.Text, maxQuote), "finding", t.Lang.finding(cmd.Finding),
		"until", t.Lang.clock(cmd.Until, t.at, t.card(after).Zone))
	if cmd.Verb == incident.Escalate {
		ans.Text = t.calledNow(cmd, after)
	}
	ans.Private = t.press
	return ans
}
