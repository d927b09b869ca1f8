package config

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/siaga-id/siaga/rules"
)

func TestTheShippedConfigurationIsWithoutErrorsAndWarnings(t *testing.T) {
	c, err := Load("../config.yaml", Options{Env: env(nil), Now: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Warnings) > 0 {
		t.Error(c.Warnings)
	}
	if got := c.Plan.AllDests(); !slices.Equal(got, c.Plan.Dests("kupang")) || len(got) != 1 || got[0] != terminal {
		t.Errorf("without an account, %v is spoken to", got)
	}
	if c.Rules.Len() != 6 || c.Plan.Facts.Len() != 10 || len(c.Sources) != 2 {
		t.Errorf("%d rules, %d facts, %d sources", c.Rules.Len(), c.Plan.Facts.Len(), len(c.Sources))
	}
	for _, s := range c.Sources {
		if _, err := os.Stat(s.Path); s.Type == "file" && err != nil {
			t.Error(err)
		}
	}
}

// TestTheCommentedExamplesAreGood takes the marks off the examples of the
// shipped file, so that an admin who does the same is not disappointed.
func TestTheCommentedExamplesAreGood(t *testing.T) {
	var b strings.Builder
	for line := range strings.Lines(contents(t, "../config.yaml")) {
		example := strings.TrimLeft(line, " ")
		indent := line[:len(line)-len(example)]
		for _, begin := range []string{"# - {", "#   - {", "# receivers:", "# people:", "# contact:", "# lahan", "# budaya", "# tenaga-kerja", "# hukum"} {
			if strings.HasPrefix(example, begin) {
				line = indent + strings.TrimPrefix(example, "# ")
			}
		}
		b.WriteString(line)
	}
	opt := inFolder(t.TempDir())
	opt.Env = env(map[string]string{"SIAGA_HOOK_SECRET": "s", telegramEnv: "t", slackBotEnv: "b", slackAppEnv: "a"})
	opt.disk = folder{inMemory(map[string]string{
		"config.yaml":             b.String(),
		"rules.d/contoh.yaml":     contents(t, "../rules.d/semen-contoh.yaml"),
		"facts.d/contoh.yaml":     contents(t, "../facts.d/semen-contoh.yaml"),
		"facts.d/.#contoh.yaml":   "an editor's lock",
		"rules.d/contoh.yaml.bak": "no: rules",
	})}
	c, err := Load("config.yaml", opt)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Plan.Receivers) != 3 || len(c.people) != 3 || len(c.Sources) != 5 || len(c.Plan.Topics) != 9 {
		t.Errorf("not every example was tried: %d receivers, %d people, %d sources, %d topics",
			len(c.Plan.Receivers), len(c.people), len(c.Sources), len(c.Plan.Topics))
	}
	if slices.Contains(c.Plan.AllDests(), terminal) {
		t.Error("the terminal speaks although there are chats")
	}
}

func TestTheCommentedRuleIsGood(t *testing.T) {
	const begin = "\n  # - name: pantauan"
	shipped := contents(t, "../rules.d/semen-contoh.yaml")
	at := strings.Index(shipped, begin)
	if at < 0 {
		t.Fatal("there is none")
	}
	opt := inFolder(t.TempDir())
	opt.disk = folder{inMemory(map[string]string{
		"config.yaml":         contents(t, "../config.yaml"),
		"rules.d/contoh.yaml": shipped[:at] + strings.ReplaceAll(shipped[at:], "\n  # ", "\n  "),
		"facts.d/contoh.yaml": contents(t, "../facts.d/semen-contoh.yaml"),
	})}
	c, err := Load("config.yaml", opt)
	if err != nil {
		t.Fatal(err)
	}
	if last := c.book.Rules[len(c.book.Rules)-1]; last.When.Kind() != rules.Silence || len(c.Warnings) > 0 {
		t.Errorf("%+v, %v", last, c.Warnings)
	}
}

func TestWhatIsNoUsualFileIsRefused(t *testing.T) {
	dir := t.TempDir()
	large, folder, nowhere := filepath.Join(dir, "large.yaml"), filepath.Join(dir, "folder.yaml"), filepath.Join(dir, "nowhere.yaml")
	write(t, large, strings.Repeat("# 2026\n", maxFile/7+1))
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		large:      "the file is larger than 1 MiB",
		folder:     "cannot be read: it is no file",
		os.DevNull: "cannot be read: it is no file",
		nowhere:    "cannot be read: no such file",
	} {
		if _, err := Load(name, Options{}); err == nil || !strings.HasPrefix(err.Error(), name+": "+want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPathsStartAtTheFolderOfTheConfiguration(t *testing.T) {
	dir := t.TempDir()
	elsewhere := filepath.Join(t.TempDir(), "rules.yaml")
	write(t, elsewhere, "words: {}\n")
	write(t, filepath.Join(dir, "token"), "t\n")
	write(t, filepath.Join(dir, "rules.d", "a.yaml"), "words: {}\n")
	write(t, filepath.Join(dir, "siaga.yaml"), "sources: [{name: contoh, type: file, path: hari.jsonl}]\nrule_files: [rules.d/*.yaml, "+elsewhere+"]\ntelegram: {token_file: token}\n")
	c, err := Load(filepath.Join(dir, "siaga.yaml"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{filepath.Join(dir, "siaga.yaml"), filepath.Join(dir, "rules.d", "a.yaml"), elsewhere, filepath.Join(dir, "token")}
	if !slices.Equal(c.Files, want) {
		t.Errorf("read %q, want %q", c.Files, want)
	}
	if c.Store != filepath.Join(dir, "siaga.db") || c.Sources[0].Path != filepath.Join(dir, "hari.jsonl") || c.Telegram.Reveal() != "t" {
		t.Errorf("store %s, source %s, token %q", c.Store, c.Sources[0].Path, c.Telegram.Reveal())
	}
}

type panicking struct{}

func (panicking) Read([]byte) (int, error) { panic("internal error (please report)") }

func TestAPanicOfTheLibraryIsAnError(t *testing.T) {
	var n yaml.Node
	err := decodeNode(yaml.NewDecoder(panicking{}), &n)
	if err == nil || !strings.Contains(err.Error(), "cannot be read: internal error") {
		t.Error(err)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
