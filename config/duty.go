package config

import (
	"maps"
	"slices"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/escalation"
	"github.com/siaga-id/siaga/notifier"
)

// dutyEntry says who has which turn of duty at a site.
type dutyEntry struct {
	Duty []at[string] `yaml:"duty"`
	Lead []at[string] `yaml:"lead"`
	Head []at[string] `yaml:"head"`
}

// everySite is the key of duty: for the sites that are not named there.
const everySite = "default"

// checkDuty puts into the plan who is called, and by which ids.
func (c *checker) checkDuty() {
	c.plan.People, c.plan.Duty = map[string]notifier.Contact{}, map[string]notifier.Roster{}
	for _, p := range c.cfg.people {
		c.plan.People[p.Name] = notifier.Contact{Name: p.Name, Telegram: p.Telegram, Slack: p.Slack}
	}
	names := slices.Sorted(maps.Keys(c.plan.People))
	for _, d := range c.doc.Duty {
		key := d.Key
		if key.Value != everySite {
			c.oneOf("site", key, append(slices.Clone(c.sites), everySite))
		}
		r := notifier.Roster{}
		for role, list := range map[escalation.Role][]at[string]{
			escalation.Duty: d.Value.Duty, escalation.Lead: d.Value.Lead, escalation.Head: d.Value.Head,
		} {
			for _, name := range list {
				c.oneOf("person", name, names)
			}
			if len(list) > 0 {
				r[role] = values(list)
			}
		}
		if key.Value == everySite {
			key.Value = ""
		}
		c.plan.Duty[key.Value] = r
	}
	c.standInLeads()
}

// standInLeads lets those be called as the duty lead of a site, where the
// configuration names nobody, who have the role and look after it.
func (c *checker) standInLeads() {
	if len(c.plan.Duty[""][escalation.Lead]) > 0 {
		return
	}
	for _, site := range append([]string{""}, c.sites...) {
		var leads []string
		for _, p := range c.cfg.people {
			if p.Has(bot.Lead) && p.Covers(site) {
				leads = append(leads, p.Name)
			}
		}
		r := c.plan.Duty[site]
		if len(leads) == 0 || len(r[escalation.Lead]) > 0 {
			continue
		}
		if r == nil {
			r = notifier.Roster{}
		}
		r[escalation.Lead] = leads
		c.plan.Duty[site] = r
	}
}

// dutyNotes are what an editor shows of duty:, escalation:, quiet_hours: and digest:.
func dutyNotes() map[string]schema {
	clockNote := func(text string) schema { return about(text).formed(clockPattern) }
	step := about("Steps for a level, each later than the one before it. Left out: those of docs/config.md. []: nobody is called.")
	repeat := about("Reminders after the last step.")
	return map[string]schema{
		"document.duty":               about("Who is called, by site; " + everySite + ": for the sites that are not named."),
		"document.escalation":         about("When people are called for an incident that nobody has taken. Left out: as docs/config.md says."),
		"document.quiet_hours":        about("Named stretches of the day in which messages about warnings wait. Sites name theirs under quiet:.").keyed(namePattern()),
		"document.digest":             about("When every chat is told how everything stands. Left out: at 07:30 and 16:30."),
		"digestEntry.at":              about("Times of day by the clocks of the sites that a chat hears of. []: no digest.").each(schema{}.formed(clockPattern)),
		"siteEntry.quiet":             about("The names of its quiet hours, in its own zone. Left out: none."),
		"dutyEntry.duty":              about("Names of the duty officers."),
		"dutyEntry.lead":              about("Names of the duty leads. Left out: the people with the role lead."),
		"dutyEntry.head":              about("Names of the head of communications and the corporate secretary."),
		"escalationEntry.warning":     step,
		"escalationEntry.critical":    step,
		"escalationEntry.repeat":      about("How often people are reminded after the last step."),
		"escalationEntry.ack_timeout": about("How long an owner may be silent."),
		"stepEntry.after":             about("How long nobody has taken it."),
		"stepEntry.call":              about("Whose turn it is.").each(schema{}.oneOf(dutyRoles()...)),
		"stepEntry.receivers":         about("Receivers that also get the card from this step on, such as a crisis room."),
		"repeatsEntry.warning":        repeat,
		"repeatsEntry.critical":       repeat,
		"repeatEntry.every":           about("The first pause. 0s: no reminders."),
		"repeatEntry.times":           about("How often with this pause. After that it doubles each time.").from(1).otherwise(1),
		"repeatEntry.up_to":           about("The longest pause. Left out: 24h."),
		"ackEntry.warning":            about("Silence before the owner is asked. 0s: nobody is asked."),
		"ackEntry.critical":           about("Silence before the owner is asked. 0s: nobody is asked."),
		"ackEntry.answer":             about("Silence after the question, before the incident waits for somebody again."),
		"quietEntry.from":             clockNote("When they begin, such as 21:00."),
		"quietEntry.to":               clockNote("When they end, such as 05:30; before from: on the next day."),
		"quietEntry.days":             about("The days on which they begin. Left out: every day.").each(schema{}.oneOf(weekdays()...)),
	}
}

func dutyRoles() []string {
	var names []string
	for _, r := range escalation.Roles() {
		names = append(names, string(r))
	}
	return names
}
