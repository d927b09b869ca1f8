package slack

import (
	"context"
	"maps"
	"slices"
	"time"
)

const (
	// lookupTime bounds the question whether somebody is a guest: a person is
	// waiting for what comes after it.
	lookupTime = 3 * time.Second
	// knownFor is how long the answer holds, and unknownFor its absence.
	knownFor   = time.Hour
	unknownFor = time.Minute
)

// guest is what is known of one person.
type guest struct {
	refused bool
	until   time.Time
}

// welcome reports whether the person of a turn may speak to us: no bot, nobody
// of another workspace, no guest (chat.md 4). Whether it is a guest who only
// opens a form is asked when it comes back: the form cannot wait for the answer.
func (l *listener) welcome(ctx context.Context, t turn) bool {
	teams := slices.DeleteFunc(slices.Clone(t.teams), func(team string) bool { return team == "" })
	foreign := len(teams) == 0 || slices.ContainsFunc(teams, func(team string) bool { return team != l.me.team })
	if foreign || t.user == "" || t.user == l.me.user || !t.asks && l.isGuest(ctx, t.user) {
		l.cfg.Log.Info("slack: refused to hear a guest, a bot or another workspace", "user", t.user, "teams", teams)
		return false
	}
	return true
}

// isGuest asks Slack, and remembers. Somebody of whom Slack does not tell is
// let in: a role needs the person's id in the configuration, and a slow
// users.info must not keep the duty officer from a crisis.
func (l *listener) isGuest(ctx context.Context, user string) bool {
	now := time.Now()
	maps.DeleteFunc(l.people, func(_ string, g guest) bool { return now.After(g.until) })
	g, known := l.people[user]
	if !known {
		g = l.lookUp(ctx, user, now)
		l.people[user] = g
	}
	return g.refused
}

func (l *listener) lookUp(ctx context.Context, user string, now time.Time) guest {
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	g := guest{until: now.Add(knownFor)}
	err := l.call(ctx, "users.info", "", func() error {
		u, err := l.api.GetUserInfoContext(ctx, user)
		if err != nil {
			return err
		}
		g.refused = u.IsRestricted || u.IsUltraRestricted || u.IsStranger || u.IsBot || u.Deleted ||
			u.TeamID != "" && u.TeamID != l.me.team
		return nil
	})
	if err != nil {
		l.cfg.Log.Warn("slack: is this a guest?", "user", user, "err", err)
		g.until = now.Add(unknownFor)
	}
	return g
}
