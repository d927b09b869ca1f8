package bot

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

// clock says when t was, to a reader at now: "14:00 WIB" for the same day,
// "Sel 14:00 WIB" within six days of it, else "3 Nov 14:00 WIB".
func (l *Lang) clock(t, now time.Time, zone *time.Location) string {
	if zone == nil {
		zone = time.UTC
	}
	t, now = t.In(zone), now.In(zone)
	at := t.Format("15:04 MST")
	const near = 6 * 24 * time.Hour // less than a week, so that a weekday names one day
	switch {
	case t.Year() == now.Year() && t.YearDay() == now.YearDay():
		return at
	case now.Sub(t).Abs() < near:
		return strings.Fields(l.say(timeWeekdays))[t.Weekday()] + " " + at
	}
	return l.date(t, now) + " " + at
}

// date says "3 Nov", or "3 Nov 2025" in another year than now.
func (l *Lang) date(t, now time.Time) string {
	day := strconv.Itoa(t.Day()) + " " + strings.Fields(l.say(timeMonths))[t.Month()-1]
	if t.Year() != now.Year() {
		day += " " + strconv.Itoa(t.Year())
	}
	return day
}

// Span says how long: "4 mnt", "2 jam", "1 jam 30 mnt", "3 hari".
func (l *Lang) Span(d time.Duration) string {
	minutes := int(d.Round(time.Minute) / time.Minute)
	hours := minutes / 60
	h, m := strconv.Itoa(hours), strconv.Itoa(minutes%60)
	switch {
	case minutes < 1:
		return l.say(spanNone)
	case hours < 1:
		return l.say(spanMinutes, "m", m)
	case hours >= 48:
		return l.say(spanDays, "d", strconv.Itoa(hours/24))
	case minutes%60 == 0 || hours >= 10: // nobody needs the minutes of a long time
		return l.say(spanHours, "h", h)
	}
	return l.say(spanMixed, "h", h, "m", m)
}

func (l *Lang) level(s rules.Severity) string {
	switch s {
	case rules.Critical:
		return l.say(levelCritical)
	case rules.Warning:
		return l.say(levelWarning)
	default:
		return l.say(levelInfo)
	}
}

// parseLevel reads a level in either language.
func parseLevel(word string) (rules.Severity, bool) {
	switch strings.ToLower(word) {
	case "pantau", "info":
		return rules.Info, true
	case "waspada", "warning":
		return rules.Warning, true
	case "siaga", "critical":
		return rules.Critical, true
	}
	return 0, false
}

func (l *Lang) trend(in incident.Incident) string {
	switch {
	case in.Calm:
		return l.say(trendCalm)
	case in.Trend == incident.Rising:
		return l.say(trendRising)
	case in.Trend == incident.Falling:
		return l.say(trendFalling)
	}
	return l.say(trendSteady)
}

// placeRunes bounds the names of topics, sites and outlets on a card.
const placeRunes = 40

func (l *Lang) cell(c notifier.Card) string {
	topic := one(c.TopicName, placeRunes)
	switch {
	case c.SiteName == "" && c.Incident.Wide:
		return l.say(cellWide, "topic", topic)
	case c.SiteName == "":
		return l.say(cellNowhere, "topic", topic)
	}
	return l.say(cellSite, "topic", topic, "site", one(c.SiteName, placeRunes))
}

func (l *Lang) reason(r incident.Reason) string {
	switch r {
	case incident.FactsGiven:
		return l.say(reasonFacts)
	case incident.ComplaintHandled:
		return l.say(reasonHandled)
	case incident.FalseAlarm:
		return l.say(reasonFalse)
	case incident.Duplicate:
		return l.say(reasonDuplicate)
	case incident.DiedDown:
		return l.say(reasonDiedDown)
	case incident.ShadowOver:
		return l.say(reasonShadowOver)
	}
	return one(string(r), placeRunes)
}

// cutReason takes the reason from the start of a line: written out as people
// see it, or as one word.
func (l *Lang) cutReason(rest string) (reason incident.Reason, note string, ok bool) {
	for _, r := range incident.Reasons() {
		label := l.reason(r)
		if len(rest) < len(label) || !strings.EqualFold(rest[:len(label)], label) {
			continue
		}
		if note := rest[len(label):]; note == "" || note[0] == ' ' {
			return r, strings.TrimSpace(note), true
		}
	}
	word, note := cutWord(rest)
	reason, ok = l.parseReason(word)
	return reason, note, ok
}

// parseReason finds the reason of which word is a unique prefix, by its own
// name or by the one that this language gives it.
func (l *Lang) parseReason(word string) (incident.Reason, bool) {
	if r, ok := incident.ParseReason(word); ok || word == "" {
		return r, ok
	}
	found := slices.DeleteFunc(incident.Reasons(), func(r incident.Reason) bool {
		label := strings.ReplaceAll(l.reason(r), " ", "-")
		return !strings.HasPrefix(label, strings.ToLower(word))
	})
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}

func (l *Lang) role(r Role) string {
	switch r {
	case Responder:
		return l.say(roleResponder)
	case Lead:
		return l.say(roleLead)
	case Approver:
		return l.say(roleApprover)
	case Admin:
		return l.say(roleAdmin)
	default:
		return l.say(roleViewer)
	}
}

// via names a person and the messenger they used: "Sari (Telegram)".
func (l *Lang) via(who, transport string) string {
	who = one(who, placeRunes)
	if transport == "" {
		return who
	}
	return l.say(personVia, "who", who, "via", upper(transport))
}

// maxNames bounds how many people one line names.
const maxNames = 5

func (l *Lang) names(all []string) string {
	shown := slices.Clone(all[:min(len(all), maxNames)])
	for i := range shown {
		shown[i] = one(shown[i], placeRunes)
	}
	list := strings.Join(shown, ", ")
	if rest := len(all) - len(shown); rest > 0 {
		list += " " + l.More(rest)
	}
	return list
}
