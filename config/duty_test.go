package config

import (
	"fmt"
	"testing"

	"github.com/siaga-id/siaga/escalation"
)

func TestWhoeverHasTheRoleIsCalledWhereNobodyIsNamed(t *testing.T) {
	const people = `sites: {rembang: {places: [rembang]}, kupang: {places: [kupang]}}
people:
  - {name: Sari, telegram: 111, slack: U01, roles: [lead], sites: [rembang]}
  - {name: Budi, telegram: 222, roles: [lead]}
  - {name: Rina, telegram: 333, roles: [responder]}
`
	for name, tt := range map[string]struct {
		duty                   string
		rembang, kupang, other string // the duty leads
	}{
		"no duty at all":  {"", "[Sari Budi]", "[Budi]", "[Budi]"},
		"a duty officer":  {"duty: {default: {duty: [Rina]}, kupang: {duty: [Sari]}}", "[Sari Budi]", "[Budi]", "[Budi]"},
		"a lead of one":   {"duty: {kupang: {lead: [Rina]}}", "[Sari Budi]", "[Rina]", "[Budi]"},
		"a lead of all":   {"duty: {default: {lead: [Rina]}}", "[Rina]", "[Rina]", "[Rina]"},
		"all but one":     {"duty: {default: {lead: [Rina]}, kupang: {lead: [Budi]}}", "[Rina]", "[Budi]", "[Rina]"},
		"an empty roster": {"duty: {default: {lead: []}}", "[Sari Budi]", "[Budi]", "[Budi]"},
	} {
		c, err := one(t, people+tt.duty+"\n")
		if err != nil {
			t.Fatal(err)
		}
		leads := func(site string) string {
			var names []string
			for _, p := range c.Plan.OnDuty(site, escalation.Lead) {
				names = append(names, p.Name)
			}
			return fmt.Sprint(names)
		}
		if a, b, o := leads("rembang"), leads("kupang"), leads(""); a != tt.rembang || b != tt.kupang || o != tt.other {
			t.Errorf("%s: %s %s %s", name, a, b, o)
		}
		if sari := c.Plan.People["Sari"]; sari.Telegram != 111 || sari.Slack != "U01" {
			t.Errorf("%s: Sari is %+v", name, sari)
		}
	}
}
