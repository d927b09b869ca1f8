package config

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/escalation"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/internal/golden"
	"github.com/siaga-id/siaga/strategy"
)

// outline writes down what a configuration came to, one value a line.
func outline(c *Config) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("zone %v, language %s, store %s, listen %q, contact %q, allow %v", c.Timezone, c.Language, c.Store, c.Listen, c.Contact, c.Allow)
	line("telegram %v, slack %v %v", c.Telegram, c.SlackBot, c.SlackApp)
	if c.Beat.URL.Set() {
		line("heartbeat %v every %v", c.Beat.URL, c.Beat.Every)
	}
	for _, s := range c.Sources {
		line("source %s %s %s%s every %v, kind %q, outlet %q, tier %d, site %q, lang %q, zone %v, secret %v",
			s.Name, s.Type, s.URL, s.Path, s.Every, s.Kind, s.Outlet, s.Tier, s.Site, s.Lang, s.Location, s.Secret != nil)
	}
	for _, key := range slices.Sorted(maps.Keys(c.Plan.Topics)) {
		line("topic %s: %s", key, c.Plan.Topics[key])
		if told := c.Plan.Counsel[key]; told != (strategy.Topic{}) {
			line("counsel %s: %+v", key, told)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(c.Plan.Sites)) {
		site := c.Plan.Sites[key]
		line("site %s: %s, zone %v, places %q, heard in %v", key, site.Name, site.Zone, c.Places[key], c.Plan.Dests(key))
	}
	line("all chats: %v", c.Plan.AllDests())
	if len(c.Plan.Admins) > 0 {
		line("admins %q: %v", c.Plan.Admins, c.Plan.AdminDests())
	}
	for _, r := range c.book.Rules {
		line("rule %+v", r)
	}
	for _, name := range slices.Sorted(maps.Keys(c.book.Words)) {
		line("words %s: %+v", name, c.book.Words[name])
	}
	for _, f := range c.facts {
		line("fact %+v", f)
	}
	for _, p := range c.people {
		line("person %+v", p)
	}
	for _, key := range slices.Sorted(maps.Keys(c.Plan.Duty)) {
		line("duty %q: %v", key, c.Plan.Duty[key])
	}
	for _, key := range slices.Sorted(maps.Keys(c.Plan.Sites)) {
		if quiet := c.Plan.Sites[key].Quiet; quiet != nil {
			line("quiet at %s: %+v", key, quiet)
		}
	}
	if !slices.Equal(c.Plan.DigestAt, digestAt()) {
		line("digest at %v", c.Plan.DigestAt)
	}
	if !reflect.DeepEqual(c.Plan.Escalation, escalation.Default()) {
		line("escalation %+v", *c.Plan.Escalation)
	}
	line("files %q", c.Files)
	for _, w := range c.Warnings {
		line("warning %v", w)
	}
	return b.String()
}

func TestWhatIsGoodBecomesTheseValues(t *testing.T) {
	opt := inFolder("testdata/good")
	opt.Env = env(map[string]string{"HOOK_SECRET": "do-not-repeat-me", "TG": " 123:do-not-repeat-me\n", "SLACK_APP": "xapp-do-not-repeat-me", "BEAT": " https://hc.example/do-not-repeat-me\n"})
	for _, file := range corpus(t, "good") {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		t.Run(name, func(t *testing.T) {
			c, err := Load(name+".yaml", opt)
			if err != nil {
				t.Fatal(err)
			}
			golden.Check(t, filepath.Join("testdata", "good", name+".golden"), outline(c))
		})
	}
}

// one loads a configuration that is a text.
func one(t *testing.T, text string) (*Config, error) {
	t.Helper()
	opt := inFolder(t.TempDir())
	opt.disk = folder{inMemory(map[string]string{"config.yaml": text})}
	return Load("config.yaml", opt)
}

func TestAFactLivesThroughItsLastDayWhereItIsConfigured(t *testing.T) {
	fact := func(zone string) facts.Fact {
		c, err := Load("config.yaml", Options{Env: env(nil), disk: folder{inMemory(map[string]string{
			"config.yaml": "timezone: " + zone + "\ntopics: {debu: {}, air: {}}\nsites: {rembang: {places: [rembang]}}\nfact_files: [facts.yaml]\n",
			"facts.yaml":  contents(t, "testdata/good/with/facts.yaml"),
		})}})
		if err != nil {
			t.Fatal(err)
		}
		return c.facts[0]
	}
	for zone, end := range map[string]string{
		"Asia/Jakarta":  "2026-11-24T17:00:00Z",
		"Asia/Makassar": "2026-11-24T16:00:00Z",
		"Asia/Jayapura": "2026-11-24T15:00:00Z",
	} {
		last, err := time.Parse(time.RFC3339, end)
		if err != nil {
			t.Fatal(err)
		}
		if f := fact(zone); !f.Live(last.Add(-time.Second)) || f.Live(last) {
			t.Errorf("%s: the fact ends %v, want %v", zone, f.ValidUntil, last)
		}
	}
}

func TestAFigureStandsInItsTextInEitherNotation(t *testing.T) {
	for _, tt := range []struct{ number, text, want string }{
		{"3.1", "sebesar 3,1 NTU", "3,1"},
		{"3.1", "3.1 NTU", "3.1"},
		{"61", "61 mikrogram", "61"},
		{"62", "61 mikrogram", "62"},
	} {
		if got := figure(tt.number, tt.text); got != tt.want {
			t.Errorf("%q in %q: got %q", tt.number, tt.text, got)
		}
	}
}

func TestASecretOfAWebhookIsReadAtUse(t *testing.T) {
	set := map[string]string{"HOOK_SECRET": "one"}
	opt := inFolder(t.TempDir())
	opt.Env = env(set)
	opt.disk = folder{inMemory(map[string]string{"config.yaml": "sources: [{name: p, type: webhook, secret_env: HOOK_SECRET}]\n"})}
	c, err := Load("config.yaml", opt)
	if err != nil {
		t.Fatal(err)
	}
	set["HOOK_SECRET"] = "two"
	if got, err := c.Sources[0].Secret(); got != "two" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	delete(set, "HOOK_SECRET")
	if got, err := c.Sources[0].Secret(); err == nil {
		t.Errorf("got %q although it is gone", got)
	}
}

func TestPeopleAreKnownByTheirIDsInEveryChat(t *testing.T) {
	c, err := one(t, "people: [{name: Sari, telegram: 111, slack: U01, roles: [lead]}]\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, user := range []string{"telegram:111", "slack:T01:U01"} {
		if p, ok := c.People.Find(user); !ok || p.Name != "Sari" || !p.Has(bot.Lead) {
			t.Errorf("%s is %+v", user, p)
		}
	}
}

func TestTheHashIsThatOfWhatStandsInTheFiles(t *testing.T) {
	hash := func(config, rules, token string) string {
		c, err := Load("config.yaml", Options{Env: env(nil), disk: folder{inMemory(map[string]string{
			"config.yaml": "rule_files: [rules.yaml]\ntelegram: {token_file: token}\n" + config, "rules.yaml": "words: {}\n" + rules, "token": token,
		})}})
		if err != nil {
			t.Fatal(err)
		}
		return c.Hash
	}
	base := hash("", "", "secret")
	if len(base) != 12 || hash("", "", "secret") != base {
		t.Errorf("hash %q is not stable", base)
	}
	if hash("# x\n", "", "secret") == base || hash("", "# x\n", "secret") == base {
		t.Error("a change does not show in the hash")
	}
	if hash("", "", "other") != base {
		t.Error("a secret shows in the hash")
	}
}

func contents(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
