package bot

import (
	"context"
	"slices"
	"strings"
)

// testPress is what the button of a test carries. It is about no incident.
func testPress() Data { return Data{Verb: "test"} }

// tryChat tests a chat as far as one answer can: that it is reached, what it
// hears, who asks, and with a button that presses come back.
func (t *turn) tryChat(ctx context.Context) (Answer, error) {
	said, err := t.seated(ctx)
	if err != nil {
		return Answer{}, err
	}
	if t.dest.Transport() == terminalUser {
		return Answer{Text: said + "\n" + t.Lang.say(seatKeyboard), Private: true}, nil
	}
	test := Button{Label: t.Lang.say(buttonTest), Data: testPress().String()}
	return Answer{Text: said + "\n" + t.Lang.say(seatButton), Private: true, Choices: []Button{test}}, nil
}

// tested answers the press of a test's button, which changes nothing.
// Messengers take a button's message away when it was pressed, so the test is
// said once more.
func (t *turn) tested(ctx context.Context) (Answer, error) {
	if !t.who.Has(Admin) {
		return t.private(doneTest), nil
	}
	said, err := t.seated(ctx)
	return Answer{Text: t.Lang.say(doneTest) + "\n" + said}, err
}

// seated says what is known of the chat and of the one who asks.
func (t *turn) seated(ctx context.Context) (string, error) {
	s, err := t.Seat(ctx, t.dest)
	if err != nil {
		return "", err
	}
	lines := []string{t.Lang.say(seatReached), t.address(s), t.hears(s), t.asker(), t.queue(s)}
	switch s.Lookup {
	case LookupUntried:
		lines = append(lines, t.Lang.say(seatUntried))
	case LookupGranted:
		lines = append(lines, t.Lang.say(seatGranted))
	case LookupRefused:
		lines = append(lines, t.Lang.say(seatRefused))
	case LookupNone:
	}
	return strings.Join(lines, "\n"), nil
}

// address says where the cards of this chat go, and whether that is here.
func (t *turn) address(s Seat) string {
	if s.Dest == t.dest {
		return t.Lang.say(seatHere, "chat", string(t.dest))
	}
	return t.Lang.say(seatElsewhere, "chat", string(s.Dest), "here", string(t.dest))
}

// hears says of which sites a chat is told. Every chat hears of every topic,
// and of what has no site.
func (t *turn) hears(s Seat) string {
	var names []string
	for _, key := range s.Sites {
		_, name, _ := t.Name("", key)
		names = append(names, name)
	}
	if len(names) == 0 {
		return t.Lang.say(seatNoSite)
	}
	return t.Lang.say(seatSites, "sites", t.Lang.names(names))
}

// asker says who asked, as people in the configuration has them.
func (t *turn) asker() string {
	var roles []string
	for _, r := range Roles() {
		if slices.Contains(t.who.Roles, r) {
			roles = append(roles, t.Lang.role(r))
		}
	}
	var sites []string
	for _, key := range t.who.Sites {
		_, name, _ := t.Name("", key)
		sites = append(sites, name)
	}
	where := t.Lang.say(seatEverywhere)
	if len(sites) > 0 {
		where = t.Lang.names(sites)
	}
	return t.Lang.say(seatAsker, "who", one(t.who.Name, placeRunes), "roles", strings.Join(roles, ", "), "sites", where)
}

func (t *turn) queue(s Seat) string {
	switch {
	case s.Waiting == 0:
		return t.Lang.say(seatIdle)
	case s.Err == "":
		return t.Lang.say(seatWaiting, "cards", t.Lang.count(countCards, s.Waiting))
	}
	return t.Lang.say(seatFailing, "cards", t.Lang.count(countCards, s.Waiting), "error", one(s.Err, errorRunes))
}
