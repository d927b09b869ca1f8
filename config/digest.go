package config

import (
	"slices"
	"time"
)

// digestEntry says when the chats are told how everything stands.
type digestEntry struct {
	At []at[clock] `yaml:"at,required"`
}

// digestAt are the times of the digests where the configuration names none
// (chat.md 6).
func digestAt() []time.Duration {
	return []time.Duration{7*time.Hour + 30*time.Minute, 16*time.Hour + 30*time.Minute}
}

// checkDigest puts the times of the digests into the plan.
func (c *checker) checkDigest() {
	c.plan.DigestAt, c.plan.Sources = digestAt(), len(c.doc.Sources)
	if !c.doc.Digest.ok {
		return
	}
	c.plan.DigestAt = nil
	for _, t := range c.doc.Digest.Value.At {
		clock := time.Duration(t.Value)
		if slices.Contains(c.plan.DigestAt, clock) {
			c.refuse(t.place, "the time is there twice", "once a day is enough")
		}
		c.plan.DigestAt = append(c.plan.DigestAt, clock)
	}
}
