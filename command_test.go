package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// command runs one command over the world's configuration.
func (w *world) command(args ...string) (code int) {
	w.t.Helper()
	return run(w.t.Context(), append([]string{"-config", filepath.Join(w.dir, "config.yaml")}, args...), w.outside(nil))
}

// routed is a configuration with every way for an alert to go.
const routed = `sites:
  rembang: {name: Rembang, places: [rembang], receivers: [humas-rembang]}
  kupang: {name: Kupang, places: [kupang], receivers: [humas-kupang, pusat]}
  lebak: {name: Lebak, places: [lebak], receivers: [pusat]}
  aceh: {name: Aceh, places: [aceh]}
topics:
  debu: {name: Debu}
receivers:
  - {name: humas-rembang, telegram: {chat: -1001, thread: 7}, terminal: true}
  - {name: humas-kupang, telegram: {chat: -1002}}
  - {name: pusat, slack: {channel: C02}}
`

func TestRouteSaysWhereAnAlertGoesAndWhy(t *testing.T) {
	for name, c := range map[string]struct {
		config string // empty: the shipped one
		args   []string
		code   int
	}{
		"route-shipped":       {args: []string{}},
		"route-all":           {config: routed, args: []string{}},
		"route-site":          {config: routed, args: []string{"site=rembang", "topic=debu", "severity=critical"}},
		"route-partly-mute":   {config: routed, args: []string{"site=kupang"}},
		"route-mute":          {config: routed, args: []string{"site=lebak", "severity=waspada"}},
		"route-no-site":       {config: routed, args: []string{"topic=debu"}},
		"route-info":          {config: routed, args: []string{"site=aceh", "severity=pantau"}},
		"route-unknown-site":  {config: routed, args: []string{"site=rembag"}, code: 1},
		"route-unknown-topic": {config: routed, args: []string{"topic=longsor"}, code: 1},
		"route-unknown-field": {config: routed, args: []string{"sight=rembang"}, code: 1},
		"route-no-field":      {config: routed, args: []string{"rembang"}, code: 1},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, "")
			if c.config != "" {
				w.write(c.config)
				w.env = map[string]string{"TELEGRAM_BOT_TOKEN": tgToken}
			}
			if code := w.command(append([]string{"route"}, c.args...)...); code != c.code {
				t.Errorf("exit %d", code)
			}
			goldenCommand(t, w, name)
		})
	}
}

func TestSchemaPrintsWhatEditorsRead(t *testing.T) {
	for _, args := range [][]string{{"schema"}, {"schema", "config"}, {"schema", "rules"}, {"schema", "facts"}} {
		w := newWorld(t, "")
		if code := w.command(args...); code != 0 || !json.Valid([]byte(w.out.String())) {
			t.Errorf("%v: exit %d, %s", args, code, w.err.String())
		}
	}
	w := newWorld(t, "")
	if code := w.command("schema", "fact"); code != 1 || !strings.Contains(w.err.String(), `did you mean "facts"`) {
		t.Errorf("exit %d: %s", code, w.err.String())
	}
	if code := w.command("schema", "facts", "rules"); code != 2 {
		t.Errorf("two kinds at once: exit %d", code)
	}
}

func TestHelpIsNoMistake(t *testing.T) {
	w := newWorld(t, "")
	if code := w.command("help"); code != 0 || !strings.Contains(w.out.String(), "usage: siaga") || w.err.String() != "" {
		t.Errorf("exit %d: %s", code, w.err.String())
	}
	for _, c := range commands() {
		if !strings.Contains(w.out.String(), "\n  "+c.name+" ") {
			t.Errorf("help does not name %s", c.name)
		}
	}
	if code := w.command("chek"); code != 2 || !strings.Contains(w.err.String(), "did you mean check?") {
		t.Errorf("exit %d: %s", code, w.err.String())
	}
}

func TestTheConfigurationMayBeNamedAfterTheVerb(t *testing.T) {
	w := newWorld(t, "")
	other := filepath.Join(w.dir, "other.yaml")
	if err := os.Rename(filepath.Join(w.dir, "config.yaml"), other); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"check", "-config", other},
		{"check", "--config=" + other},
		{"-config", "nowhere.yaml", "check", "-config", other},
		{"route", "-config", other, "site=rembang"},
	} {
		if code := run(t.Context(), args, w.outside(nil)); code != 0 {
			t.Errorf("%v: exit %d, %s", args, code, w.err.String())
		}
	}
	if code := run(t.Context(), []string{"check", "-config"}, w.outside(nil)); code != 1 || !strings.Contains(w.err.String(), "-config names no file") {
		t.Errorf("exit %d: %s", code, w.err.String())
	}
	file, rest, err := takeConfig("a.yaml", []string{"x", "--", "-config", "b.yaml"})
	if err != nil || file != "a.yaml" || len(rest) != 4 {
		t.Errorf("what follows -- is not left alone: %s %q %v", file, rest, err)
	}
}

func TestCheckCountsItsWarningsAndStillSaysGood(t *testing.T) {
	w := newWorld(t, "")
	w.write(routed)
	if code := w.command("check"); code != 0 {
		t.Errorf("exit %d", code)
	}
	goldenCommand(t, w, "check-warnings")
}

func TestCheckCountsTheRulesInShadow(t *testing.T) {
	w := newWorld(t, "")
	w.editRules("- alert: Debu\n", "- alert: Debu\n        status: shadow\n")
	if code := w.command("check"); code != 0 || !strings.Contains(w.out.String(), "rules (1 in shadow), ") {
		t.Errorf("exit %d: %s", code, w.out.String())
	}
}
