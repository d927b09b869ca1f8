package config

import (
	"crypto/sha256"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/siaga-id/siaga/trial"
)

// The files of rule tests as admins write them. docs/rule-tests.md explains
// every field.

type testDocument struct {
	RuleFiles []at[string]    `yaml:"rule_files"`
	Tests     []at[testEntry] `yaml:"tests,required"`
}

type testEntry struct {
	Name       at[string]            `yaml:"name,required"`
	Start      at[moment]            `yaml:"start"`
	Background []at[backgroundEntry] `yaml:"background"`
	Posts      []at[lotEntry]        `yaml:"posts"`
	Expect     []at[expectEntry]     `yaml:"expect"`
	Never      []at[neverEntry]      `yaml:"never"`
	Routes     table[[]at[string]]   `yaml:"routes"`
}

// backgroundEntry is what is usual before the test begins.
type backgroundEntry struct {
	For    at[duration] `yaml:"for,required"`
	Every  at[duration] `yaml:"every,required"`
	Text   at[string]   `yaml:"text"`
	Title  at[string]   `yaml:"title"`
	Kind   at[string]   `yaml:"kind"`
	Site   at[string]   `yaml:"site"`
	Source at[string]   `yaml:"source"`
}

type lotEntry struct {
	At      at[moment]   `yaml:"at"`
	Count   at[int]      `yaml:"count"`
	Every   at[duration] `yaml:"every"`
	File    at[string]   `yaml:"file"`
	Source  at[string]   `yaml:"source"`
	Text    at[string]   `yaml:"text"`
	Title   at[string]   `yaml:"title"`
	Author  at[string]   `yaml:"author"`
	Kind    at[string]   `yaml:"kind"`
	Site    at[string]   `yaml:"site"`
	Outlet  at[string]   `yaml:"outlet"`
	Tier    at[string]   `yaml:"tier"`
	URL     at[string]   `yaml:"url"`
	Lang    at[string]   `yaml:"lang"`
	Reach   at[string]   `yaml:"reach"`
	ID      at[string]   `yaml:"id"`
	Repost  at[string]   `yaml:"repost"`
	Deleted at[bool]     `yaml:"deleted"`
}

type expectEntry struct {
	At        at[moment]       `yaml:"at,required"`
	Alert     at[string]       `yaml:"alert"`
	Ceased    at[string]       `yaml:"ceased"`
	Silent    at[string]       `yaml:"silent"`
	Site      at[string]       `yaml:"site"`
	Severity  at[string]       `yaml:"severity"`
	Posts     at[int]          `yaml:"posts"`
	Stories   at[int]          `yaml:"stories"`
	Voices    at[int]          `yaml:"voices"`
	Summary   at[string]       `yaml:"summary"`
	Receivers at[[]at[string]] `yaml:"receivers"`
}

// neverEntry is the name of an alert, or an alert at one site.
type neverEntry struct {
	Alert at[string] `yaml:"alert,required"`
	Site  at[string] `yaml:"site"`
}

func (e *neverEntry) fit(d *decoder, n *yaml.Node) {
	if n.Kind == yaml.ScalarNode {
		e.Alert.fit(d, n)
		return
	}
	type plain neverEntry // without this method
	d.fields(reflect.ValueOf((*plain)(e)).Elem(), n)
}

// moment is a time: so long after the start of the test, or before it, or a
// date with a time of day.
type moment struct {
	after time.Duration
	date  string // empty: after
}

const momentForm = "a time such as 16m, -5m or 2026-11-24 10:16"

func (m *moment) fit(d *decoder, n *yaml.Node) {
	length, err := parseDuration(strings.TrimLeft(n.Value, "+-"))
	switch {
	case n.Kind != yaml.ScalarNode || n.Value == "":
		d.want(n, momentForm)
	case err == nil && strings.HasPrefix(n.Value, "-"):
		m.after = -length
	case err == nil:
		m.after = length
	case strings.Count(n.Value, "-") == 2:
		m.date = n.Value
	default:
		d.want(n, momentForm)
	}
}

// Tests is a file of rule tests, and the configuration that it is about.
type Tests struct {
	Config *Config
	Cases  []trial.Case
}

// LoadTests reads a file of rule tests, and rehearses the configuration at
// path, with the rule_files of the tests in place of its rules if there are any.
// The error is an Errors. What is wrong with the configuration comes before
// what tests say about it.
func LoadTests(file, path string, opt Options) (*Tests, error) {
	t := &tester{checker: checker{
		opt: opt.withDefaults(), dir: filepath.Dir(file), sum: sha256.New(), seen: map[string]place{},
	}}
	root := t.open(file, place{}, &t.doc)
	if t.doc.RuleFiles != nil {
		opt.rules = append([]at[string]{}, t.expand(t.doc.RuleFiles)...)
	}
	opt.rehearse = true
	t.about = check(path, opt)
	c, err := t.about.result()
	if err != nil || !root.set() {
		t.errs = append(t.errs, t.about.errs...)
		t.errs.sort()
		return nil, t.errs
	}
	return t.result(c)
}

// tester checks what a file of tests says against the configuration it is about.
type tester struct {
	checker
	doc                  testDocument
	about                *checker
	alerts, known, heard []string // names of alerts, sources and receivers
	cases                []trial.Case
}
