package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// arrows lists what each room may know: the rooms upstream of it. Whatever is
// not listed is forbidden. Rooms below a room (bot/telegram) may also know it.
var arrows = map[string][]string{
	"store":      nil,
	"text":       nil,
	"source":     {"store", "text"},
	"forms":      nil,
	"lexicon":    {"text"},
	"grievance":  {"forms", "lexicon", "text"},
	"query":      {"forms", "lexicon", "source", "text"},
	"volume":     nil,
	"rules":      {"query", "source", "store", "volume"},
	"incident":   {"rules", "store", "text"},
	"facts":      {"store"},
	"evidence":   {"facts", "forms", "store", "text"},
	"strategy":   {"facts", "incident", "rules"},
	"health":     {"source", "store"},
	"guard":      {"facts", "forms", "text"},
	"model":      {"facts", "guard", "text"},
	"draft":      {"facts", "guard", "incident", "rules", "store", "text"},
	"promise":    {"incident", "store"},
	"escalation": {"incident", "rules"},
	"notifier":   {"escalation", "evidence", "facts", "incident", "promise", "rules", "store", "strategy"},
	"bot":        {"draft", "escalation", "evidence", "facts", "guard", "incident", "notifier", "promise", "query", "rules", "store", "strategy", "text"},
	"watcher":    {"incident", "rules", "source", "store"},
	"trial":      {"incident", "notifier", "rules", "source", "store", "watcher"},
	"web":        nil,
	"config":     {"bot", "draft", "escalation", "facts", "notifier", "query", "rules", "source", "strategy", "text", "trial", "volume"},
}

// onlyIn lists the libraries that one room keeps to itself.
var onlyIn = map[string]string{
	"go.etcd.io/bbolt":          "store",
	"gopkg.in/telebot.v3":       "bot/telegram",
	"github.com/slack-go/slack": "bot/slack",
	"github.com/robfig/cron/v3": "watcher",
}

const module = "github.com/siaga-id/siaga/"

// TestArrows keeps the rooms in the order in which a post walks through them.
func TestArrows(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		dir := filepath.ToSlash(filepath.Dir(path))
		for _, imported := range imports(t, path) {
			checkLibrary(t, path, dir, imported)
			if !strings.HasSuffix(path, "_test.go") {
				checkRoom(t, path, dir, imported)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func imports(t *testing.T, path string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, spec := range f.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	return out
}

func checkRoom(t *testing.T, path, dir, imported string) {
	t.Helper()
	target, ours := strings.CutPrefix(imported, module)
	room := firstPart(dir)
	if !ours || dir == "." || room == "internal" || room == "bench" {
		return
	}
	allowed, known := arrows[room]
	if !known {
		t.Errorf("%s: room %q is not in the table of arrows", path, room)
	}
	if target != room && !slices.Contains(allowed, target) {
		t.Errorf("%s: %s must not know %s", path, room, target)
	}
}

func checkLibrary(t *testing.T, path, dir, imported string) {
	t.Helper()
	for library, room := range onlyIn {
		inside := dir == room || strings.HasPrefix(dir, "internal/fake")
		if (imported == library || strings.HasPrefix(imported, library+"/")) && !inside {
			t.Errorf("%s: only %s may know %s", path, room, library)
		}
	}
}

func firstPart(dir string) string {
	first, _, _ := strings.Cut(dir, "/")
	return first
}

// TestEveryShelfIsDrawn keeps the picture in store's package comment true.
func TestEveryShelfIsDrawn(t *testing.T) {
	drawing, err := os.ReadFile("store/doc.go")
	if err != nil {
		t.Fatal(err)
	}
	declared := regexp.MustCompile(`store\.(Shelf|Daily|Counter|DailyCounter)(\[.*\])?\s*=\s*"([a-z]+)"`)
	found := 0
	err = filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || firstPart(filepath.ToSlash(path)) == "store" {
			return err
		}
		code, err := os.ReadFile(path)
		for _, m := range declared.FindAllStringSubmatch(string(code), -1) {
			found++
			drawn := regexp.MustCompile(`(?m)^//\t  ` + m[3] + `(@day)? `)
			if !drawn.Match(drawing) {
				t.Errorf("%s: shelf %q is not drawn in store/doc.go", path, m[3])
			}
		}
		return err
	})
	if err != nil || found < 15 {
		t.Fatalf("%d shelves found, %v", found, err)
	}
}
