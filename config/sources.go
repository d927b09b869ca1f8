package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/source"
)

// How often sources are read. Feeds are other people's servers, to whom two
// minutes are polite (sources.md); a file is our own.
const (
	defaultFeedEvery = 2 * time.Minute
	defaultFileEvery = time.Second
	minFeedEvery     = time.Minute
	minFileEvery     = time.Second // the grain of the watcher's schedule
)

func (c *checker) checkSources() {
	for _, s := range c.doc.Sources {
		e := s.Value
		c.identifier(e.Name)
		c.once("source", e.Name)
		before := len(c.errs)
		spec := c.spec(s)
		if c.oneOf("type of source", e.Type, source.KnownTypes()) && !c.misplaced(e) && s.ok && !c.homeless(s) && len(c.errs) == before {
			c.try(s, spec)
		}
		c.cfg.Sources = append(c.cfg.Sources, spec)
		c.cfg.hooks = append(c.cfg.hooks, e.SecretEnv.Value+" "+e.SecretFile.Value)
	}
}

// spec checks what all types have in common.
func (c *checker) spec(s at[sourceEntry]) source.Spec {
	e := s.Value
	c.oneOf("kind", e.Kind, sourceKinds())
	c.oneOf("site", e.Site, c.sites)
	if e.Tier.ok && (e.Tier.Value < 1 || e.Tier.Value > 3) {
		c.refuse(e.Tier.place, "tier must be 1, 2 or 3", "1 national, 2 regional, 3 local; leave it out if unknown")
	}
	if e.Lang.ok && !isLanguage(e.Lang.Value) {
		c.refuse(e.Lang.place, fmt.Sprintf("%q is no language tag", shorten(e.Lang.Value)), "such as id, jv or en")
	}
	spec := source.Spec{
		Name: e.Name.Value, Type: e.Type.Value, URL: e.URL.Value, Every: c.every(e), Kind: source.Kind(e.Kind.Value), Outlet: e.Outlet.Value,
		Tier: e.Tier.Value, Site: e.Site.Value, Lang: e.Lang.Value, Location: c.zone(e.Timezone, c.cfg.Timezone),
	}
	if e.Path.ok {
		spec.Path = c.path(e.Path.Value)
	}
	if e.Type.Value == "webhook" {
		spec.Secret = c.hookSecret(s)
	}
	return spec
}

// isLanguage checks the form of a BCP 47 tag.
func isLanguage(s string) bool {
	for i, part := range strings.Split(s, "-") {
		stray := func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') }
		if len(part) > 8 || len(part) < 1 || i == 0 && (len(part) < 2 || len(part) > 3) || strings.ContainsFunc(part, stray) {
			return false
		}
	}
	return true
}

func (c *checker) every(e sourceEntry) time.Duration {
	given := time.Duration(e.Every.Value)
	feed, file := e.Type.Value == "feed", e.Type.Value == "file"
	switch {
	case e.Every.ok && feed && given < minFeedEvery:
		c.refuse(e.Every.place, "every: is at least 1m for a feed", "it is somebody else's server")
	case e.Every.ok && file && given < minFileEvery:
		c.refuse(e.Every.place, "every: is at least 1s for a file", "")
	case e.Every.ok:
		return given
	case feed:
		return defaultFeedEvery
	case file:
		return defaultFileEvery
	}
	return 0 // a webhook is told
}

// misplaced refuses the fields that the type does not have.
func (c *checker) misplaced(e sourceEntry) bool {
	before := len(c.errs)
	for _, f := range []struct {
		name  string
		given place
		types string
	}{
		{"url", e.URL.place, "feed"},
		{"path", e.Path.place, "file"},
		{"every", e.Every.place, "feed file"},
		{"secret_env", e.SecretEnv.place, "webhook"},
		{"secret_file", e.SecretFile.place, "webhook"},
	} {
		if f.given.set() && !slices.Contains(strings.Fields(f.types), e.Type.Value) {
			c.refuse(f.given, fmt.Sprintf("a source of type %s has no %s", e.Type.Value, f.name), "")
		}
	}
	return len(c.errs) > before
}

// homeless refuses a source that does not say where it is.
func (c *checker) homeless(s at[sourceEntry]) bool {
	switch {
	case s.Value.Type.Value == "feed" && !s.Value.URL.set():
		c.refuse(s.place, "a feed needs a url", "the address of its RSS, Atom or JSON Feed")
	case s.Value.Type.Value == "file" && !s.Value.Path.set():
		c.refuse(s.place, "a file needs a path", "one that ends in .jsonl, .ndjson, .csv or .tsv")
	default:
		return false
	}
	return true
}

// hookSecret returns how to read the secret of a webhook, after reading it once.
func (c *checker) hookSecret(s at[sourceEntry]) func() (string, error) {
	const why = "without one anybody could raise an alarm"
	named := s.Value.SecretEnv.place
	if s.Value.SecretFile.set() {
		named = s.Value.SecretFile.place
	}
	if !named.set() {
		c.refuse(s.place, "a webhook needs a secret", "give it secret_env or secret_file; "+why)
	}
	read := c.secret("secret", s.Value.SecretEnv, s.Value.SecretFile)
	if read == nil {
		return nil
	}
	if _, err := read(); err != nil {
		c.refuse(named, err.Error(), why)
	}
	return read
}

// try has the source itself say what is wrong: it knows its address best.
func (c *checker) try(s at[sourceEntry], spec source.Spec) {
	_, err := source.New(spec, source.Deps{})
	if err == nil {
		return
	}
	if inner := errors.Unwrap(err); inner != nil {
		err = inner // without the name of the source
	}
	where := s.place
	for _, address := range []place{s.Value.URL.place, s.Value.Path.place} {
		if address.set() {
			where = address
		}
	}
	c.refuse(where, err.Error(), "")
}
