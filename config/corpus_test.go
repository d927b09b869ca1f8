package config

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	_ "time/tzdata" // as in main: tests pass on machines without zone files

	"github.com/siaga-id/siaga/internal/golden"
)

// folder is a disk below one directory.
type folder struct{ fs.FS }

func (f folder) ReadFile(name string) ([]byte, error)  { return fs.ReadFile(f.FS, name) }
func (f folder) Glob(pattern string) ([]string, error) { return fs.Glob(f.FS, pattern) }

func env(set map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) { v, ok := set[name]; return v, ok }
}

// inMemory is a folder that holds texts.
func inMemory(files map[string]string) fs.FS {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

// inFolder are the options of a test: no environment, and a day on which the
// facts of the tests live.
func inFolder(dir string) Options {
	return Options{
		Env:  env(map[string]string{"HOOK_SECRET": "do-not-repeat-me"}),
		Now:  time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC),
		disk: folder{os.DirFS(dir)},
	}
}

func corpus(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", dir, "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	return files
}

func TestEveryMistakeIsNamedWithItsPlace(t *testing.T) {
	for _, file := range corpus(t, "bad") {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		t.Run(name, func(t *testing.T) {
			_, err := Load(name+".yaml", inFolder("testdata/bad"))
			if err == nil {
				t.Fatal("the mistake was not found")
			}
			golden.Check(t, filepath.Join("testdata", "bad", name+".golden"), err.Error()+"\n")
		})
	}
}

func TestNoErrorRepeatsASecret(t *testing.T) {
	for _, dir := range []string{"bad", "good"} {
		for _, file := range corpus(t, dir) {
			said := contents(t, strings.TrimSuffix(file, ".yaml")+".golden")
			if strings.Contains(said, "do-not-repeat-me") {
				t.Errorf("%s: %s", file, said)
			}
		}
	}
}
