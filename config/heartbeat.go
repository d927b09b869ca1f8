package config

import (
	"net/url"
	"time"
)

// Heartbeat is how a service outside learns that Siaga is alive.
type Heartbeat struct {
	URL   Secret // http or https; whoever knows it can feign life. Not set: there is none
	Every time.Duration
}

const (
	heartbeatEnv = "SIAGA_HEARTBEAT_URL"
	// defaultBeat is the shortest period that healthchecks.io can be set to.
	defaultBeat = time.Minute
	minBeat     = 30 * time.Second // it is somebody else's server
)

func (c *checker) checkHeartbeat() {
	e := c.doc.Heartbeat.Value
	c.cfg.Beat = Heartbeat{URL: c.token("url", "the heartbeat stays off", e.URLEnv, e.URLFile, heartbeatEnv), Every: time.Duration(e.Every.Value)}
	switch {
	case !e.Every.set():
		c.cfg.Beat.Every = defaultBeat
	case e.Every.ok && c.cfg.Beat.Every < minBeat:
		c.refuse(e.Every.place, "every: is at least 30s for a heartbeat", "it is somebody else's server")
	}
	named := c.root
	for _, a := range []at[string]{e.URLEnv, e.URLFile} {
		if a.set() {
			named = a.place
		}
	}
	address := c.cfg.Beat.URL
	switch {
	case address.Set() && !c.opt.rehearse && !isAddress(address.Reveal()):
		c.refuse(named, "heartbeat: what the secret holds is no address of http or https", "such as https://hc-ping.com/ and an id; without user name")
	case !address.Set() && c.doc.Heartbeat.set() && !e.URLEnv.set() && !e.URLFile.set():
		c.warn(c.doc.Heartbeat.place, heartbeatEnv+" is not set", "the heartbeat stays off")
	}
}

// isAddress is what source.NewClient will take.
func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil
}
