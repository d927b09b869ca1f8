package bot

import "strings"

// The forms of chats that can show one: what a button asks for before it does
// anything. What is filled in comes back as a press of the same button.

// naps are what the form of a snooze offers, as people type it; the first is
// what one tap would do.
//
//nolint:gochecknoglobals // a table that nothing writes to
var naps = []string{"2j", "1j", "4j", "1d"}

func (t *turn) blank(title phrase, d Data) *Form {
	return &Form{
		Title:  t.Lang.say(title, "id", t.in.ID.String()),
		Submit: t.Lang.say(formSubmit), Cancel: t.Lang.say(formCancel), Data: d.String(),
	}
}

// asked is what the button carried that opened the form.
func (t *turn) asked(verb string) Data { return Data{Verb: verb, ID: t.in.ID, StateRev: t.in.StateRev} }

func (t *turn) resolveForm() *Form {
	f := t.blank(formResolveTitle, t.asked("resolve"))
	f.Label, f.Choices, f.Words = t.Lang.say(formReason), t.Lang.reasons(t.in), t.Lang.say(formNoteWords)
	return f
}

func (t *turn) noteForm() *Form {
	f := t.blank(formNoteTitle, t.asked("note"))
	f.Words, f.Needed = t.Lang.say(formNoteWords), true
	return f
}

func (t *turn) snoozeForm() *Form {
	f := t.blank(formSnoozeTitle, t.asked("snooze"))
	f.Label, f.Words = t.Lang.say(formUntil), t.Lang.say(formReason)
	labels := strings.Split(t.Lang.say(formNaps), " | ")
	for i, nap := range naps {
		d := t.asked("snooze")
		d.Arg = nap
		f.Choices = append(f.Choices, Button{Label: labels[i], Data: d.String()})
	}
	return f
}

// Replied returns the command that a reply to one of our messages stands for:
// a note or a promise, where the message asked for one (Answer.Reply). ok is
// false for other messages and for replies that are commands by themselves.
func (l *Lang) Replied(to, line string) (command string, ok bool) {
	if _, isCommand := parse(line); isCommand || strings.TrimSpace(line) == "" {
		return "", false
	}
	if id, ok := l.questioned(askReply, to); ok {
		return "/catat " + id + " " + line, true
	}
	if id, ok := l.questioned(askPromiseReply, to); ok {
		return "/janji " + id + " " + line, true
	}
	return "", false
}

// questioned returns the id in a message that ends with one of our questions.
func (l *Lang) questioned(question phrase, to string) (id string, ok bool) {
	before, after, _ := strings.Cut(l.say(question, "id", "\x00"), "\x00")
	_, rest, found := strings.Cut(to, before)
	id, tail, _ := strings.Cut(rest, after)
	return id, found && tail == "" && isID(id) && strings.HasSuffix(to, after)
}
