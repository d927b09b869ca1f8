package config

import (
	"cmp"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// What holds when config.yaml says nothing.
const (
	defaultZone      = "Asia/Jakarta"
	defaultStore     = "siaga.db"
	defaultMaxAlerts = 20               // three a day: what a team still looks at one by one
	defaultListen    = "127.0.0.1:8095" // loopback: nobody else sees the metrics unless the admin says so
)

func (c *checker) checkBasics() {
	zone := c.doc.Timezone
	if !zone.set() { // without time zones, neither the machine's nor the program's, even this one is unknown
		zone = at[string]{defaultZone, c.root, true}
	}
	c.cfg.Timezone = c.zone(zone, time.UTC)
	c.plan.Zone = c.cfg.Timezone
	c.cfg.Language = cmp.Or(c.doc.Language.Value, "id")
	c.oneOf("language", c.doc.Language, languages())
	c.checkStore()
	c.checkWeb()
	c.checkContact()
	c.checkMaxAlerts()
	for _, a := range c.doc.AllowHosts {
		if a.ok {
			c.allow(a)
		}
	}
}

// zone loads a time zone, or returns what holds when none is named.
func (c *checker) zone(a at[string], otherwise *time.Location) *time.Location {
	if !a.ok {
		return otherwise
	}
	loc, err := time.LoadLocation(a.Value)
	if err == nil && a.Value != "" && a.Value != "Local" { // Local is another on every machine
		return loc
	}
	hint := "such as Asia/Jakarta (WIB), Asia/Makassar (WITA) or Asia/Jayapura (WIT)"
	c.refuse(a.place, fmt.Sprintf("unknown time zone %q", shorten(a.Value)), hint)
	return otherwise
}

func (c *checker) checkStore() {
	a := c.doc.Store
	c.cfg.Store = c.path(cmp.Or(a.Value, defaultStore))
	switch {
	case !a.ok:
	case a.Value == "":
		c.refuse(a.place, "store: names no file", "leave it out for "+defaultStore)
	case strings.Contains(a.Value, "://"):
		c.refuse(a.place, "a server as the store is not available in this version", "name a file such as "+defaultStore)
	}
}

func (c *checker) checkWeb() {
	a := c.doc.Web.Listen
	switch {
	case !a.ok:
		c.cfg.Listen = defaultListen
	case a.Value != "off":
		c.cfg.Listen = a.Value
		_, port, err := net.SplitHostPort(a.Value)
		if _, number := strconv.ParseUint(port, 10, 16); err != nil || number != nil {
			c.refuse(a.place, fmt.Sprintf("want host:port, got %q", shorten(a.Value)), "such as "+defaultListen+", or off")
		}
	}
}

// maxContact keeps the User-Agent, which carries the contact, a short line.
const maxContact = 200

func (c *checker) checkContact() {
	a := c.doc.Contact
	c.cfg.Contact = a.Value
	strange := func(r rune) bool { return r < ' ' || r > '~' }
	if len(a.Value) > maxContact || strings.ContainsFunc(a.Value, strange) {
		c.refuse(a.place, "contact: goes into a header of requests", fmt.Sprintf("write one address or URL of at most %d plain characters", maxContact))
	}
}

func (c *checker) checkMaxAlerts() {
	a := c.doc.MaxAlerts
	if c.cfg.MaxAlerts = a.Value; !a.set() {
		c.cfg.MaxAlerts = defaultMaxAlerts
	}
	if a.ok && a.Value < 0 {
		c.refuse(a.place, fmt.Sprintf("max_alerts_per_week: is 0 or more, got %d", a.Value), "0 is for no warnings at all")
	}
}

// allow takes one range of addresses, or one address.
func (c *checker) allow(a at[string]) {
	p, err := netip.ParsePrefix(a.Value)
	if addr, single := netip.ParseAddr(a.Value); single == nil && addr.Zone() == "" {
		p, err = netip.PrefixFrom(addr, addr.BitLen()), nil
	}
	switch {
	case err != nil:
		c.refuse(a.place, fmt.Sprintf("want addresses such as 10.0.0.0/8, got %q", shorten(a.Value)), "")
	case p.Bits() == 0:
		c.refuse(a.place, "this would let a feed reach every machine", "name the ranges of your own servers")
	case p.Masked() != p:
		c.refuse(a.place, fmt.Sprintf("%s is an address inside a range", p), fmt.Sprintf("for the range, write %s", p.Masked()))
	default:
		c.cfg.Allow = append(c.cfg.Allow, p)
	}
}
