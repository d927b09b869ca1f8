package config

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/siaga-id/siaga/internal/golden"
)

func TestEveryWarningIsToldOnceAndWithItsPlace(t *testing.T) {
	for _, file := range corpus(t, "warn") {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		t.Run(name, func(t *testing.T) {
			c, err := Load(name+".yaml", inFolder("testdata/warn"))
			if err != nil {
				t.Fatal(err)
			}
			golden.Check(t, filepath.Join("testdata", "warn", name+".golden"), c.Warnings.Error()+"\n")
			for _, w := range c.Warnings {
				if w.Line == 0 || w.Column == 0 || w.Hint == "" {
					t.Errorf("%v does not say where, or what to do", w)
				}
			}
			if strings.Contains(strings.Join(c.Files, " "), "posts.jsonl") {
				t.Error("a file of posts is watched as if it were configuration")
			}
		})
	}
}

func TestTheSampleIsBounded(t *testing.T) {
	const post = `{"text":"cemaran"}` + "\n"
	files := fstest.MapFS{}
	var sources strings.Builder
	for i := range 4 {
		name := fmt.Sprintf("p%d.jsonl", i)
		files[name] = &fstest.MapFile{Data: []byte(strings.Repeat(post, maxFile/len(post)+100))}
		fmt.Fprintf(&sources, "  - {name: p%d, type: file, path: %s}\n", i, name)
	}
	files["config.yaml"] = &fstest.MapFile{Data: []byte("topics: {air: {}}\nsources:\n" + sources.String() +
		"groups: [{name: g, rules: [{alert: A, query: cemar*, labels: {topic: air, severity: info, kind: grievance}}]}]\n")}
	opt := inFolder(t.TempDir())
	opt.disk = folder{files}
	c, err := Load("config.yaml", opt)
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("cemar* catches cemaran (%d)", 2*(maxFile/len(post)))
	if !strings.Contains(c.Warnings.Error(), want) {
		t.Errorf("want %s, got %v", want, c.Warnings)
	}
}
