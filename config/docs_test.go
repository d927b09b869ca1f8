package config

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/rules"
)

const reference = "../docs/config.md"

// TestTheExamplesOfTheReferenceAreGood loads the blocks of docs/config.md as
// the files that their first lines name.
func TestTheExamplesOfTheReferenceAreGood(t *testing.T) {
	files := map[string]string{}
	for _, block := range regexp.MustCompile("(?s)```yaml (\\S+)\n(.*?)```").FindAllStringSubmatch(contents(t, reference), -1) {
		files[block[1]] = block[2]
	}
	opt := inFolder(t.TempDir())
	opt.Env = env(map[string]string{"SIAGA_HOOK_SECRET": "s", telegramEnv: "t", slackBotEnv: "b", slackAppEnv: "a"})
	opt.disk = folder{inMemory(files)}
	c, err := Load("config.yaml", opt)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Warnings) > 0 {
		t.Error(c.Warnings)
	}
	if len(files) != 3 || c.Rules.Len() != 1 || c.Plan.Facts.Len() != 1 || len(c.Plan.Receivers) != 2 {
		t.Errorf("not every example was tried: %d files, %d rules, %d facts", len(files), c.Rules.Len(), c.Plan.Facts.Len())
	}
}

func TestTheReferenceNamesEveryField(t *testing.T) {
	text := contents(t, reference)
	for _, doc := range []any{document{}, ruleDocument{}, factDocument{}} {
		for _, name := range everyField(reflect.TypeOf(doc)) {
			if !regexp.MustCompile("`[^`\n]*\\b" + name + "\\b[^`\n]*`").MatchString(strings.ReplaceAll(text, "```", "")) {
				t.Errorf("%s is not explained", name)
			}
		}
	}
}

// TestEveryConditionOfTheReferenceIsTaken reads what docs/config.md shows in
// its table of conditions, and misses none that there is.
func TestEveryConditionOfTheReferenceIsTaken(t *testing.T) {
	var config strings.Builder
	config.WriteString("topics: {debu: {}}\nsites: {rembang: {places: [rembang]}, kupang: {places: [kupang]}}\ngroups:\n  - name: g\n    rules:\n")
	shown := regexp.MustCompile(`(?m)^\| .(\{\w+: .*\}). \|`).FindAllStringSubmatch(contents(t, reference), -1)
	kinds := map[rules.Kind]bool{}
	for i, s := range shown {
		fmt.Fprintf(&config, "      - {alert: A%d, query: debu, labels: {topic: debu, severity: info}, when: %s}\n", i, s[1])
	}
	c, err := one(t, config.String())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range c.Rules.Rules() {
		kinds[r.When.Kind()] = true
	}
	for _, kind := range []rules.Kind{rules.Count, rules.Ratio, rules.Spike, rules.Silence, rules.New, rules.Spread} {
		if !kinds[kind] {
			t.Errorf("no example of %s", kind)
		}
	}
}

// everyField returns the names of the fields of all entries below a type.
func everyField(of reflect.Type) []string {
	var names []string
	if of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	if of.Kind() != reflect.Struct || of == reflect.TypeFor[place]() {
		return nil
	}
	for i := range of.NumField() {
		name, _, _ := strings.Cut(of.Field(i).Tag.Get("yaml"), ",")
		if name != "" {
			names = append(names, name)
		}
		names = append(names, everyField(of.Field(i).Type)...)
	}
	return names
}
