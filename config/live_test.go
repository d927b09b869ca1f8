package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/facts"
)

// desk is a folder with a configuration that is in force.
type desk struct {
	t    *testing.T
	dir  string
	live *Live
}

const atFirst = `language: id
topics: {debu: {}}
quiet_hours: {malam: {from: "21:00", to: "05:30"}}
sites: {rembang: {places: [rembang], receivers: [humas]}}
sources: [{name: pantauan, type: webhook, secret_env: HOOK_SECRET}]
rule_files: [rules.d/*.yaml]
receivers: [{name: humas, telegram: {chat: -1001}}]
people: [{name: Sari, telegram: 111}]
`

const oneRule = "groups: [{name: g, rules: [{alert: Debu, query: debu, labels: {topic: debu, severity: warning}}]}]\n"

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, dir: t.TempDir()}
	d.write("config.yaml", atFirst)
	d.write("rules.d/debu.yaml", oneRule)
	live, err := NewLive(filepath.Join(d.dir, "config.yaml"), Options{Env: env(map[string]string{telegramEnv: "t", slackBotEnv: "b", slackAppEnv: "a", "HOOK_SECRET": "s", "OTHER": "s", "BEAT": "https://hc.example/s"})})
	if err != nil {
		t.Fatal(err)
	}
	d.live = live
	return d
}

func (d *desk) write(name, text string) { write(d.t, filepath.Join(d.dir, name), text) }

func (d *desk) reload() Report {
	d.t.Helper()
	r, err := d.live.Reload()
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}

func TestAReloadSaysWhatItChangedAndWhatWaitsForARestart(t *testing.T) {
	for name, tt := range map[string]struct {
		from, to         string
		changed, restart []string
	}{
		"nothing":       {"language: id", "language: id # yes", nil, nil},
		"a person":      {"name: Sari", "name: Budi", []string{"people"}, nil},
		"a turn":        {"language: id", "language: id\nduty: {default: {duty: [Sari]}}", []string{"duty"}, nil},
		"a step":        {"language: id", "language: id\nescalation: {critical: []}", []string{"escalation"}, nil},
		"a digest":      {"language: id", "language: id\ndigest: {at: []}", []string{"digest"}, nil},
		"quiet hours":   {"places: [rembang]", "places: [rembang], quiet: [malam]", []string{"sites"}, nil},
		"a topic":       {"{debu: {}}", "{debu: {name: Debu}}", []string{"topics"}, nil},
		"its hazard":    {"{debu: {}}", "{debu: {hazard: true}}", []string{"topics"}, nil},
		"a place":       {"places: [rembang]", "places: [rembang, gunem]", nil, []string{"places"}},
		"a site's name": {"places: [rembang]", "name: R, places: [rembang]", []string{"rules", "sites"}, nil},
		"a chat":        {"chat: -1001", "chat: -1002", nil, []string{"receivers"}},
		"a secret":      {"HOOK_SECRET", "OTHER", nil, []string{"sources"}},
		"the language":  {"language: id", "language: en", nil, []string{"language"}},
		"the zone":      {"language: id", "timezone: Asia/Makassar", []string{"sites", "timezone"}, []string{"sources"}},
		"the store":     {"language: id", "store: other.db", nil, []string{"store"}},
		"the web":       {"language: id", "web: {listen: off}", nil, []string{"web"}},
		"a token":       {"language: id", "telegram: {token_env: OTHER}", nil, []string{"telegram"}},
		"Slack's token": {"language: id", "slack: {bot_token_env: OTHER}", nil, []string{"slack"}},
		"hosts":         {"language: id", "allow_hosts: [10.0.0.0/8]", nil, []string{"allow_hosts"}},
		"the heartbeat": {"language: id", "heartbeat: {url_env: BEAT}", nil, []string{"heartbeat"}},
		"its rhythm":    {"language: id", "heartbeat: {every: 5m}", nil, []string{"heartbeat"}},
		"the admins":    {"language: id", "admin_receivers: [humas]", []string{"admin_receivers"}, nil},
		"the contact":   {"language: id", "contact: humas@example.co.id", nil, []string{"contact"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.write("config.yaml", strings.Replace(atFirst, tt.from, tt.to, 1))
			got := d.reload()
			if !slices.Equal(got.Changed, tt.changed) || !slices.Equal(got.Restart, tt.restart) {
				t.Errorf("changed %q, after a restart %q", got.Changed, got.Restart)
			}
			if again := d.reload(); len(again.Changed) > 0 || !slices.Equal(again.Restart, tt.restart) {
				t.Errorf("the next reload changed %q and waits for a restart with %q", again.Changed, again.Restart)
			}
			d.write("config.yaml", atFirst)
			if back := d.reload(); len(back.Restart) > 0 || !slices.Equal(back.Changed, tt.changed) {
				t.Errorf("the way back changed %q and waits for a restart with %q", back.Changed, back.Restart)
			}
		})
	}
}

func TestAReloadSwapsRulesAndFacts(t *testing.T) {
	d := newDesk(t)
	d.write("rules.d/asap.yaml", strings.ReplaceAll(oneRule, "Debu", "Asap"))
	d.write("facts.yaml", contents(t, "testdata/good/with/facts.yaml"))
	d.write("config.yaml", strings.Replace(atFirst, "{debu: {}}", "{debu: {}, air: {}}\nfact_files: [facts.yaml]", 1))
	if got := d.reload().Changed; !slices.Equal(got, []string{"rules", "facts", "topics"}) {
		t.Errorf("changed %q", got)
	}
	if d.live.Rules.Load().Len() != 2 || d.live.Plan.Load().Facts.Len() != 1 {
		t.Error("what was loaded is not in force")
	}
}

// What stands beside the facts of the files stays beside them, over a reload
// and whenever it is joined anew.
func TestFactsThatAreJoinedAreInForceOverAReload(t *testing.T) {
	d := newDesk(t)
	more := 1
	with := func(files *facts.Library) *facts.Library {
		list := slices.Collect(files.All())
		for i := range more {
			list = append(list, facts.Fact{
				ID: fmt.Sprint("CHAT-", i), Text: "Debu 61.", Source: facts.Source{Name: "DLH", URL: "https://dlh.example"}, Tier: 1,
				ProvesNot: "-", Topics: []string{"debu"}, ValidUntil: time.Now(), Owner: "Rina", Approver: "Budi",
			})
		}
		joined, wrong := facts.NewLibrary(list)
		if wrong != nil {
			t.Fatal(wrong)
		}
		return joined
	}
	inForce := func() int { return d.live.Plan.Load().Facts.Len() }
	d.live.Join(with)
	if inForce() != 1 || d.live.Config().Plan.Facts.Len() != 0 {
		t.Errorf("%d facts at first", inForce())
	}
	before := d.live.Plan.Load().AllDests()
	d.write("facts.yaml", contents(t, "testdata/good/with/facts.yaml"))
	d.write("config.yaml", strings.Replace(atFirst, "{debu: {}}", "{debu: {}, air: {}}\nfact_files: [facts.yaml]", 1))
	if got := d.reload().Changed; !slices.Equal(got, []string{"facts", "topics"}) || inForce() != 2 {
		t.Errorf("changed %q, %d facts", got, inForce())
	}
	more = 2
	d.live.Join(with)
	if inForce() != 3 || !slices.Equal(before, d.live.Plan.Load().AllDests()) {
		t.Errorf("%d facts after another", inForce())
	}
}

func TestARefusedReloadChangesNothing(t *testing.T) {
	d := newDesk(t)
	rules, plan, people, config := d.live.Rules.Load(), d.live.Plan.Load(), d.live.People.Load(), d.live.Config()
	d.write("config.yaml", strings.ReplaceAll(atFirst, "Sari", "Budi"))
	d.write("rules.d/debu.yaml", strings.Replace(oneRule, "query: debu", "query: debu AND", 1))
	_, err := d.live.Reload()
	if list, ok := errors.AsType[Errors](err); !ok || len(list) != 1 || list[0].File != filepath.Join(d.dir, "rules.d", "debu.yaml") {
		t.Fatal(err)
	}
	if d.live.Rules.Load() != rules || d.live.Plan.Load() != plan || d.live.People.Load() != people || d.live.Config() != config {
		t.Error("something was swapped")
	}
	if !d.live.Refused() {
		t.Error("nobody is told")
	}
	d.write("rules.d/debu.yaml", oneRule)
	if r := d.reload(); !slices.Equal(r.Changed, []string{"people"}) || d.live.Refused() {
		t.Errorf("mended: changed %q, refused: %v", r.Changed, d.live.Refused())
	}
}

func TestAChatThatNobodySendsToYetIsNotSpokenTo(t *testing.T) {
	d := newDesk(t)
	before := d.live.Plan.Load().AllDests()
	d.write("config.yaml", strings.NewReplacer("humas, telegram: {chat: -1001}", "baru, slack: {channel: C01}", "[humas]", "[baru]").Replace(atFirst))
	d.reload()
	plan := d.live.Plan.Load()
	if got := plan.Dests("rembang"); !slices.Equal(got, before) || !slices.Equal(plan.AllDests(), before) {
		t.Errorf("%v hears of Rembang, %v of all, want %v", got, plan.AllDests(), before)
	}
}

func TestTheAdminsAreThoseOfTheFilesAmongTheChatsOfTheStart(t *testing.T) {
	d := newDesk(t)
	d.write("config.yaml", strings.NewReplacer(
		"language: id", "admin_receivers: [baru, humas]", "receivers: [{name", "receivers: [{name: baru, telegram: {chat: -1009}}, {name",
	).Replace(atFirst))
	d.reload()
	plan := d.live.Plan.Load()
	if got := plan.AdminDests(); !slices.Equal(plan.Admins, []string{"humas"}) || !slices.Equal(got, plan.AllDests()) {
		t.Errorf("the admins are %q in %v", plan.Admins, got)
	}
}

func TestFilesThatMayMendTheConfigurationAreWatched(t *testing.T) {
	d := newDesk(t)
	watched := func(name string) bool { return slices.Contains(d.live.Files(), filepath.Join(d.dir, name)) }
	if !watched("config.yaml") || !watched("rules.d/debu.yaml") || watched("rules.d/asap.yaml") {
		t.Errorf("watched at first: %q", d.live.Files())
	}
	d.write("rules.d/asap.yaml", "groups: [\n")
	if !watched("rules.d/asap.yaml") {
		t.Error("a new file of a pattern is not watched")
	}
	d.write("config.yaml", strings.Replace(atFirst, "rules.d/*.yaml", "rules.d/debu.yaml, later.yaml", 1))
	if _, err := d.live.Reload(); err == nil {
		t.Fatal("a missing file was taken")
	}
	if !watched("later.yaml") || watched("rules.d/asap.yaml") {
		t.Errorf("watched after a refusal: %q", d.live.Files())
	}
}

func TestAProgramDoesNotStartWithARefusedConfiguration(t *testing.T) {
	file := filepath.Join(t.TempDir(), "config.yaml")
	write(t, file, "recievers: []\n")
	if live, err := NewLive(file, Options{}); live != nil || err == nil {
		t.Errorf("got %v, %v", live, err)
	}
}

func TestRulesThatVanishStayInForce(t *testing.T) {
	d := newDesk(t)
	if err := os.Remove(filepath.Join(d.dir, "rules.d", "debu.yaml")); err != nil {
		t.Fatal(err)
	}
	_, err := d.live.Reload()
	if err == nil || !strings.Contains(err.Error(), `no file matches "rules.d/*.yaml"`) || !d.live.Refused() {
		t.Errorf("reload without its rules: %v", err)
	}
	if n := d.live.Rules.Load().Len(); n != 1 {
		t.Errorf("%d rules in force, want the 1 of before", n)
	}
}
