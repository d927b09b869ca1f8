package bot

import (
	"context"
	"strings"
)

// Reloaded is what came of looking at the configuration files again.
type Reloaded struct {
	Changed []string // the parts of config.yaml that are new, and in force now
	Restart []string // the parts that differ from the start, and wait for a restart
	Config  string   // hash of the configuration in force
	// Wrong is every mistake, as file:line:column: message, in the order of
	// the files. When it is not empty nothing was changed.
	Wrong []string
}

const (
	// maxWrong bounds the mistakes that one answer shows: who mends five asks again.
	maxWrong = 5
	// wrongRunes bounds one mistake, in an answer or a note; the log has all of it.
	wrongRunes = 300
)

// reload has the files checked and swapped. What is new is news for everybody
// in the chat; mistakes are for the one who made them.
func (t *turn) reload(ctx context.Context, _ string) (Answer, error) {
	r, err := t.Reload(ctx, t.who.Name)
	if err != nil {
		return Answer{}, err
	}
	return Answer{Text: t.Lang.reloaded(r), Private: len(r.Wrong) > 0 || len(r.Changed) == 0}, nil
}

func (l *Lang) reloaded(r Reloaded) string {
	if len(r.Wrong) > 0 {
		return l.mistakes(r)
	}
	said := l.say(reloadSame, "config", r.Config)
	if len(r.Changed) > 0 {
		said = l.say(reloadDone, "parts", strings.Join(r.Changed, ", "), "config", r.Config)
	}
	if len(r.Restart) > 0 {
		said += " " + l.say(reloadRestart, "parts", strings.Join(r.Restart, ", "))
	}
	return said
}

func (l *Lang) mistakes(r Reloaded) string {
	lines := []string{l.say(reloadRefused, "config", r.Config)}
	for _, w := range r.Wrong[:min(len(r.Wrong), maxWrong)] {
		lines = append(lines, one(w, wrongRunes))
	}
	if rest := len(r.Wrong) - maxWrong; rest > 0 {
		lines = append(lines, l.More(rest))
	}
	return strings.Join(lines, "\n")
}
