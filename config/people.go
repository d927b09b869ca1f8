package config

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/siaga-id/siaga/bot"
)

func (c *checker) checkPeople() {
	before := len(c.errs)
	for _, p := range c.doc.People {
		e := p.Value
		person := e.person()
		for _, r := range e.Roles {
			if c.oneOf("role", r, roles()) {
				person.Roles = append(person.Roles, bot.Role(r.Value))
			}
		}
		for _, s := range e.Sites {
			c.oneOf("site", s, c.sites)
		}
		c.checkIDs(e)
		if _, err := bot.NewPeople([]bot.Person{person}); err != nil && p.ok {
			c.refuse(p.place, err.Error(), "")
		}
		if p.ok && person.Telegram == 0 && person.Slack == "" {
			c.warn(p.place, fmt.Sprintf("%s is in no chat", person.Name), "give telegram: or slack:, or nobody is known by this name")
		}
		c.cfg.people = append(c.cfg.people, person)
	}
	var err error
	if c.cfg.People, err = bot.NewPeople(c.cfg.people); err != nil && len(c.errs) == before {
		c.refuse(c.doc.People[0].place, err.Error(), "") // nobody is let in whom bot does not take
	}
}

func (e personEntry) person() bot.Person {
	return bot.Person{Name: e.Name.Value, Telegram: e.Telegram.Value, Slack: e.Slack.Value, Sites: values(e.Sites)}
}

// checkIDs checks what a person is known by.
func (c *checker) checkIDs(e personEntry) {
	name := e.Name
	name.Value = strings.ToLower(name.Value)
	c.once("person", name)
	id := at[string]{strconv.FormatInt(e.Telegram.Value, 10), e.Telegram.place, e.Telegram.ok}
	if id.ok && e.Telegram.Value <= 0 {
		c.refuse(id.place, "the Telegram id of a person is a positive number", "the number, since a name such as @sari can become somebody else's")
		id.ok = false
	}
	c.once("Telegram id", id)
	if e.Slack.ok && !isSlackID(e.Slack.Value, "UW") {
		c.refuse(e.Slack.place, fmt.Sprintf("%q is no id of a Slack user", shorten(e.Slack.Value)), "it begins with U or W, such as U01ABCDEF; a display name can be changed by anybody")
		return
	}
	c.once("Slack id", e.Slack)
}
