package draft

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/siaga-id/siaga/facts"
)

// MaxUnits bounds the text of a draft in UTF-16 units, in which Telegram counts:
// with its sources and what stands around it, it fits into one message of 3,500.
const MaxUnits = 1800

// nextAfter is in how long the next news is promised, at first: what a person
// can keep, and change (crisis.md, the clock: an hour makes a rumour reality).
const nextAfter = 2 * time.Hour

// content is what a form can say.
type content struct {
	Company, Contact string
	Topic, Site      string // Site may be empty
	Facts            []quote
	Claim            string // may be empty
	Deny             bool
	Safety           string // may be empty
	Next             string // when the next news comes: "pukul 17.00 WIB"
}

// quote is a fact as a form can say it.
type quote struct {
	ID, Text, Source, URL, Date, ProvesNot string // Date may be empty
}

func (b *Book) content(m Matter, d Draft, chosen []facts.Fact, now time.Time) content {
	english := d.Style == English
	c := content{
		Company: b.voice.Company, Contact: b.voice.Contact, Topic: strings.ToLower(m.Topic), Site: m.Site,
		Claim: d.Claim, Deny: d.Denies, Safety: m.Safety, Next: next(now, m.Zone, english),
	}
	c.Company = cmp.Or(c.Company, pick(english, "Kami", "We"))
	c.Contact = cmp.Or(c.Contact, pick(english, "kantor humas kami", "our public relations office"))
	for _, f := range chosen {
		c.Facts = append(c.Facts, quote{
			ID: f.ID, Text: f.Text, Source: f.Source.Name, URL: f.Source.URL, Date: day(f.Date, english),
			ProvesNot: inside(f.ProvesNot),
		})
	}
	return c
}

// sentences returns the sentences of a text.
func sentences(text string) []string {
	var out []string
	for p := range strings.SplitSeq(text, "\n") {
		from := 0
		for i, r := range p {
			rest := p[i+utf8.RuneLen(r):]
			next, size := utf8.DecodeRuneInString(rest)
			after, _ := utf8.DecodeRuneInString(rest[min(size, len(rest)):])
			if strings.ContainsRune(".!?", r) && unicode.IsSpace(next) && !unicode.IsLower(after) {
				out = append(out, strings.TrimSpace(p[from:i+1]))
				from = i + 1
			}
		}
		out = append(out, strings.TrimSpace(p[from:]))
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

// inside returns a sentence as it stands within another one.
func inside(s string) string {
	s = strings.TrimSuffix(s, ".")
	first, size := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[size:]); unicode.IsLower(second) { // and no PM10
		s = string(unicode.ToLower(first)) + s[size:]
	}
	return s
}

// safe returns what stands in a draft and is no statement about the matter.
func (c content) safe() []string {
	safe := []string{c.Company, c.Contact, c.Next, c.Safety, c.Site, c.Topic}
	for _, q := range c.Facts {
		safe = append(safe, q.Source, q.Date, q.ProvesNot, q.ID)
	}
	return safe
}

func pick(english bool, id, en string) string {
	if english {
		return en
	}
	return id
}

// nextAt is when the next news is promised, at first.
func nextAt(now time.Time, zone *time.Location) time.Time {
	return now.In(zone).Add(nextAfter + 29*time.Minute + 59*time.Second).Truncate(30 * time.Minute)
}

// next is a half hour that people can remember.
func next(now time.Time, zone *time.Location, english bool) string {
	at := nextAt(now, zone)
	clock := at.Format("15.04 MST")
	if english {
		clock = at.Format("15:04 MST")
	}
	if at.YearDay() != now.In(zone).YearDay() {
		return pick(english, "besok pukul ", "tomorrow at ") + clock
	}
	return pick(english, "hari ini pukul ", "today at ") + clock
}

// day says a date of a fact as people write it.
func day(date string, english bool) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return ""
	}
	if english {
		return t.Format("2 January 2006")
	}
	months := strings.Fields("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember")
	return t.Format("2 ") + months[t.Month()-1] + t.Format(" 2006")
}
