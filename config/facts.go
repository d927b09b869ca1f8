package config

import (
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/siaga-id/siaga/facts"
)

func (c *checker) checkFacts() {
	for _, f := range c.facts {
		c.cfg.facts = append(c.cfg.facts, c.fact(f.Value))
	}
	library, problems := facts.NewLibrary(c.cfg.facts)
	if library != nil {
		c.plan.Know(library, c.cfg.Places)
	}
	for _, p := range problems {
		where, found := c.facts[p.Fact].field(p.Field)
		e := where.problem(p.Msg, p.Hint)
		if !found || !c.errs.says(e) {
			c.errs = append(c.errs, e)
		}
	}
}

func (c *checker) fact(e factEntry) facts.Fact {
	for _, t := range e.Topics {
		c.oneOf("topic", t, c.topics)
	}
	for _, s := range e.Sites {
		c.oneOf("site", s, c.sites)
	}
	if sum := e.Source.SHA256; sum.ok && !isSHA256(sum.Value) {
		c.refuse(sum.place, "sha256 is 64 hex digits in lower case", "sha256sum prints them")
	}
	f := facts.Fact{
		ID: e.ID.Value, Text: e.Text, Number: figure(e.Number, e.Text), Unit: e.Unit, Date: e.Date.Value,
		Source: facts.Source{Name: e.Source.Name, URL: e.Source.URL, SHA256: e.Source.SHA256.Value},
		Tier:   e.Tier, Independent: e.Independent, ProvesNot: e.ProvesNot, Topics: values(e.Topics), Sites: values(e.Sites),
		Owner: e.Owner, Approver: e.Approver, SupersededBy: e.SupersededBy,
	}
	c.day(e.Date)
	if last, ok := c.day(e.ValidUntil); ok {
		f.ValidUntil = last.AddDate(0, 0, 1)
	}
	return f
}

// day reads a date as the midnight with which it begins.
func (c *checker) day(a at[string]) (time.Time, bool) {
	if !a.ok {
		return time.Time{}, false
	}
	t, err := time.ParseInLocation(time.DateOnly, a.Value, c.cfg.Timezone)
	if err != nil {
		c.refuse(a.place, fmt.Sprintf("want a date such as 2026-11-03, got %q", shorten(a.Value)), "")
	}
	return t, err == nil
}

func isSHA256(s string) bool {
	sum, err := hex.DecodeString(s)
	return err == nil && len(sum) == 32 && s == strings.ToLower(s)
}

// figure returns a number as it stands in the text, which may be Indonesian:
// YAML and spreadsheets write 3.1 for 3,1.
func figure(number, text string) string {
	if local := strings.Replace(number, ".", ",", 1); !strings.Contains(text, number) && strings.Contains(text, local) {
		return local
	}
	return number
}
