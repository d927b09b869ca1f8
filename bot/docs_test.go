package bot

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/internal/golden"
)

// commandTable is the command table as docs/commands.md has it.
func commandTable(t *testing.T) string {
	t.Helper()
	id, en := speak(t, "id"), speak(t, "en")
	cell := func(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
	var b strings.Builder
	b.WriteString("| command | in English | who | what it does |\n|---|---|---|---|\n")
	for _, v := range verbs() {
		who := string(v.role)
		if v.role == Viewer {
			who = "everyone"
		}
		fmt.Fprintf(&b, "| `/%s` | `/%s` | %s | %s |\n", cell(id.say(v.form)), cell(en.say(v.form)), who, cell(en.say(v.help)))
	}
	return b.String()
}

func TestEveryCommandIsDocumentedAsItIs(t *testing.T) {
	const file, end = "../docs/commands.md", "<!-- end of commands -->"
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begun := strings.Cut(string(page), "-update` -->\n")
	table, after, ended := strings.Cut(rest, end)
	if !begun || !ended {
		t.Fatalf("%s has no place for the table", file)
	}
	want := commandTable(t)
	if golden.Updating() {
		page := before + "-update` -->\n" + want + end + after
		if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if table != want {
		t.Errorf("%s has\n%s\nand the bot has\n%s", file, table, want)
	}
}
