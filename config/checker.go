package config

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/escalation"
	"github.com/siaga-id/siaga/notifier"
)

// checker turns what the files say into a Config, in the order of the fields
// of document: what a check refers to has been checked before.
type checker struct {
	opt      Options
	dir      string // that of config.yaml; all paths start there
	errs     Errors
	warnings Errors
	sum      hash.Hash
	files    []string // read, or meant to be
	globs    []string // patterns that may match more later

	root                     place // of config.yaml
	doc                      document
	facts                    []at[factEntry]
	forms                    map[string]string // of drafts, by path
	seen                     map[string]place  // what once has met
	receivers, topics, sites []string          // their names
	plan                     notifier.Plan
	cfg                      *Config

	muted  []muted // chats without tokens
	quiet  map[string]escalation.Quiet
	quiets []string // their names
}

// check reads and checks everything that config.yaml at path leads to.
func check(path string, opt Options) *checker {
	c := &checker{opt: opt.withDefaults(), dir: filepath.Dir(path), sum: sha256.New(), cfg: &Config{}, seen: map[string]place{}, forms: map[string]string{}}
	c.root = c.open(path, place{}, &c.doc)
	whole := c.root.set()
	for _, name := range c.ruleFiles() {
		var more ruleDocument
		whole = c.open(name.Value, name.place, &more).set() && whole
		c.doc.Words = append(c.doc.Words, more.Words...)
		c.doc.Groups = append(c.doc.Groups, more.Groups...)
	}
	for _, name := range c.expand(c.doc.FactFiles) {
		var more factDocument
		whole = c.open(name.Value, name.place, &more).set() && whole
		c.facts = append(c.facts, more.Facts...)
	}
	c.readForms()
	if whole {
		c.checkAll()
	}
	return c
}

func (c *checker) checkAll() {
	c.checkBasics()
	c.checkTokens()
	c.checkHeartbeat()
	c.checkReceivers()
	c.checkTopics()
	c.checkQuiet()
	c.checkSites()
	c.checkSources()
	c.checkPeople()
	c.checkDuty()
	c.checkEscalation()
	c.checkDigest()
	c.checkRules()
	c.checkFacts()
	c.checkDrafts()
	c.connect()
	c.checkUse()
}

// result returns the Config, or everything that is wrong with it.
func (c *checker) result() (*Config, error) {
	if len(c.errs) > 0 {
		c.errs.sort()
		return nil, c.errs
	}
	c.warnings.sort()
	c.cfg.Plan = &c.plan
	c.cfg.Warnings = c.warnings
	c.cfg.Files = slices.Clone(c.files)
	c.cfg.Hash = hex.EncodeToString(c.sum.Sum(nil))[:12]
	return c.cfg, nil
}

// open reads one file into doc and returns the place of the whole, or nowhere
// if the file is no YAML. from is where the file is named.
func (c *checker) open(name string, from place, doc any) place {
	c.files = append(c.files, name)
	data, err := c.opt.disk.ReadFile(name)
	if err != nil {
		e := &Error{File: name, Msg: fmt.Sprintf("cannot be read: %v", cause(err))}
		if from.set() {
			e = from.problem(name+" "+e.Msg, "")
		}
		c.errs = append(c.errs, e)
		return place{}
	}
	fmt.Fprintf(c.sum, "%s\x00%d\x00%s", name, len(data), data)
	f, problem := parse(name, data)
	if problem != nil {
		c.errs = append(c.errs, problem)
		return place{}
	}
	d := &decoder{file: f, errs: &c.errs}
	d.into(reflect.ValueOf(doc).Elem(), f.root)
	return place{f, f.root}
}

// expand returns the files that patterns stand for, each once, with the place
// of its pattern. A name without wildcards is a file that must be there.
func (c *checker) expand(patterns []at[string]) []at[string] {
	var names []at[string]
	for _, p := range patterns {
		if !p.ok {
			continue
		}
		found := []string{c.path(p.Value)}
		if hasWildcard(p.Value) {
			c.globs = append(c.globs, found[0])
			var err error
			if found, err = match(c.opt.disk, found[0]); err != nil {
				c.refuse(p.place, fmt.Sprintf("%q is no pattern of file names: %v", p.Value, err), "")
			} else if len(found) == 0 { // rules that are gone must not be gone in silence
				c.refuse(p.place, fmt.Sprintf("no file matches %q", p.Value), "put one there, or take the pattern out")
			}
		}
		for _, name := range found {
			if !slices.Contains(c.files, name) && !slices.ContainsFunc(names, func(a at[string]) bool { return a.Value == name }) {
				names = append(names, at[string]{name, p.place, true})
			}
		}
	}
	return names
}

// path makes a path of the configuration one of the working directory.
func (c *checker) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(c.dir, name)
}

func (c *checker) refuse(p place, msg, hint string) {
	c.errs = append(c.errs, p.problem(msg, hint))
}

func (c *checker) warn(p place, msg, hint string) {
	c.warnings = append(c.warnings, p.problem(msg, hint))
}

// maxName is the longest name of a site, topic, source, receiver or set of
// words, in characters. They are parts of keys in the store and of addresses.
const maxName = 40

// identifier checks the form of a name that others refer to.
func (c *checker) identifier(a at[string]) { c.name(a, "-") }

func (c *checker) name(a at[string], signs string) {
	stray := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune(signs, r)
	}
	if a.ok && (a.Value == "" || len(a.Value) > maxName || strings.IndexByte(signs, a.Value[0]) >= 0 || strings.ContainsFunc(a.Value, stray)) {
		c.refuse(a.place, fmt.Sprintf("%q is no name", shorten(a.Value)),
			fmt.Sprintf("a name is 1 to %d of a-z, 0-9 and %s, and begins with a letter or digit", maxName, strings.Join(strings.Split(signs, ""), " and ")))
	}
}

// oneOf checks that a value is one of those that exist.
func (c *checker) oneOf(kind string, a at[string], among []string) bool {
	if !a.ok || slices.Contains(among, a.Value) {
		return a.ok
	}
	c.refuse(a.place, fmt.Sprintf("unknown %s %q", kind, shorten(a.Value)), nearest(a.Value, among))
	return false
}

// once checks that a name or number is given to one thing of a kind only.
func (c *checker) once(kind string, a at[string]) {
	if !a.ok {
		return
	}
	key := kind + " " + a.Value
	if first, twice := c.seen[key]; twice {
		c.refuse(a.place, fmt.Sprintf("%s %q exists already", kind, shorten(a.Value)), "the first is in "+first.where())
		return
	}
	c.seen[key] = a.place
}
