package config

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/internal/golden"
	"github.com/siaga-id/siaga/trial"
)

const testsDir = "testdata/tests"

func TestEveryMistakeInARuleTestIsNamedWithItsPlace(t *testing.T) {
	for _, file := range corpus(t, "tests/bad") {
		name := filepath.Base(file)
		t.Run(name, func(t *testing.T) {
			_, err := LoadTests("bad/"+name, "config.yaml", inFolder(testsDir))
			if err == nil {
				t.Fatal("the mistake was not found")
			}
			golden.Check(t, strings.TrimSuffix(file, ".yaml")+".golden", err.Error()+"\n")
		})
	}
}

func TestWhatATestFileSaysBecomesTheseValues(t *testing.T) {
	tests, err := LoadTests("good.test.yaml", "config.yaml", inFolder(testsDir))
	if err != nil {
		t.Fatal(err)
	}
	if rules := tests.Config.Rules.Rules(); len(rules) != 1 || rules[0].Name != "Asap" {
		t.Errorf("rule_files: of the tests do not hold: %+v", rules)
	}
	golden.Check(t, testsDir+"/good.test.golden", outlineOf(tests.Cases))
}

// outlineOf writes down tests, one value a line.
func outlineOf(cases []trial.Case) string {
	var b strings.Builder
	site := func(s *string) string {
		if s == nil {
			return "any"
		}
		return fmt.Sprintf("%q", *s)
	}
	for _, c := range cases {
		fmt.Fprintf(&b, "test %s: %s, from %s\n", c.Place, c.Name, c.Start)
		for _, l := range c.Lots {
			fmt.Fprintf(&b, "posts %s: %d from %s every %s as %s, file %q, %v\n", l.Place, l.Count, l.At, l.Every, l.Source, l.File, l.Fields)
		}
		for _, e := range c.Expect {
			fmt.Fprintf(&b, "expect %s: at %s %s %s at %s, %v %v %#v\n", e.Place, e.At, e.Verb, e.Rule, site(e.Site), e.Severity, e.Counts, e.Receivers)
		}
		for _, n := range c.Never {
			fmt.Fprintf(&b, "never %s: %s at %s\n", n.Place, n.Rule, site(n.Site))
		}
		for _, r := range c.Routes {
			fmt.Fprintf(&b, "route %s: %s at %q to %q\n", r.Place, r.Rule, r.Site, r.Receivers)
		}
	}
	return b.String()
}

func TestARehearsalNeedsNoSecretsAndReachesEverybody(t *testing.T) {
	opt := inFolder(testsDir)
	if _, err := Load("config.yaml", opt); err == nil {
		t.Fatal("without secrets the configuration is good anyway, so this shows nothing")
	}
	c, err := Rehearse("config.yaml", opt)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Plan.Dests("rembang"); len(got) != 1 || got[0] != "telegram:-100123:0" {
		t.Errorf("rembang reaches %q", got)
	}
}

func TestWithoutReceiversThoseThatSitesNameStandIn(t *testing.T) {
	opt := inFolder(t.TempDir())
	opt.disk = folder{inMemory(map[string]string{"config.yaml": "sites: {rembang: {receivers: [humas, pusat]}, aceh: {receivers: [humas]}, kupang: {}}\n"})}
	c, err := Rehearse("config.yaml", opt)
	if err != nil {
		t.Fatal(err)
	}
	for site, want := range map[string]string{
		"rembang": "[rehearsal:humas rehearsal:pusat]", "aceh": "[rehearsal:humas]", "kupang": "[rehearsal:humas rehearsal:pusat]",
	} {
		if got := fmt.Sprint(c.Plan.Dests(site)); got != want {
			t.Errorf("%s reaches %s, want %s", site, got, want)
		}
	}
}

func TestARuleFileStandsForAllRulesAndAConfigurationForItself(t *testing.T) {
	opt := inFolder(testsDir)
	for other, want := range map[string]string{"other-rules.yaml": "Asap", "config.yaml": "Debu"} {
		c, err := RehearseAgainst("config.yaml", other, opt)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Rules.Rules(); len(got) != 1 || got[0].Name != want {
			t.Errorf("%s: %+v", other, got)
		}
	}
	if _, err := RehearseAgainst("config.yaml", "nowhere.yaml", opt); err == nil || !strings.Contains(err.Error(), "nowhere.yaml") {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestTheReferenceOfRuleTestsNamesEveryField(t *testing.T) {
	text := contents(t, "../docs/rule-tests.md")
	for _, name := range everyField(reflect.TypeFor[testDocument]()) {
		if !regexp.MustCompile("`[^`\n]*\\b" + name + "\\b[^`\n]*`").MatchString(strings.ReplaceAll(text, "```", "")) {
			t.Errorf("%s is not explained", name)
		}
	}
}

// FuzzLoadTests looks for test files that stop or hang a program.
func FuzzLoadTests(f *testing.F) {
	files, _ := filepath.Glob(testsDir + "/*/*.test.yaml")
	for _, name := range append(files, testsDir+"/good.test.yaml", "../rules.d/tests/semen-contoh.test.yaml") {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	config, err := os.ReadFile(testsDir + "/config.yaml")
	if err != nil {
		f.Fatal(err)
	}
	rules, err := os.ReadFile(testsDir + "/rules.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		opt := Options{disk: folder{inMemory(map[string]string{"a.test.yaml": text, "config.yaml": string(config), "rules.yaml": string(rules)})}}
		tests, err := LoadTests("a.test.yaml", "config.yaml", opt)
		if (tests == nil) == (err == nil) {
			t.Errorf("tests %v and error %v", tests, err)
		}
		if tests == nil {
			return
		}
		for _, c := range tests.Cases {
			for _, e := range c.Expect {
				if e.Verb == "" || e.Rule == "" {
					t.Errorf("an expectation of nothing: %+v", e)
				}
			}
		}
	})
}
