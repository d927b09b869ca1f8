package trial

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/source"
)

// archive lays down files and reads them as an archive.
func archive(t *testing.T, texts ...string) (ids []string, bad []string) {
	t.Helper()
	var paths []string
	for i, text := range texts {
		path := filepath.Join(t.TempDir(), string(rune('a'+i))+".jsonl")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	a, err := OpenArchive(paths, source.NewRecords(source.Spec{Name: "x"}, voices(), noon))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for e, err := range a.Events() {
		if one, ok := errors.AsType[*source.BadRecord](err); ok {
			bad = append(bad, filepath.Base(one.Error()))
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, strings.TrimPrefix(e.Post.ID, "x:"))
	}
	return ids, bad
}

const (
	early  = `{"id": "early", "at": "-2h", "text": "debu"}`
	middle = `{"id": "middle", "at": "2026-11-24 12:00", "text": "debu"}`
	late   = `{"id": "late", "at": "+1h", "text": "debu"}`
)

func TestAnArchiveIsPlayedInTheOrderOfTime(t *testing.T) {
	same := strings.ReplaceAll(middle, "middle", "second")
	for name, files := range map[string][]string{
		"sorted":             {early + "\n" + middle + "\n" + same + "\n" + late},
		"newest first":       {late + "\n" + middle + "\n" + same + "\n" + early + "\n"},
		"several files":      {late + "\n" + middle, same + "\n\n" + early},
		"as Windows has it":  {"\ufeff" + early + "\r\n" + middle + "\r\n\r\n" + same + "\r\n" + late + "\r\n"},
		"two marks of order": {"\ufeff" + early, "\ufeff" + middle + "\n" + same + "\n" + late},
	} {
		t.Run(name, func(t *testing.T) {
			ids, bad := archive(t, files...)
			if want := []string{"early", "middle", "second", "late"}; !slices.Equal(ids, want) || len(bad) > 0 {
				t.Errorf("%q, bad %q", ids, bad)
			}
		})
	}
}

func TestARecordOfAMistypedYearDoesNotMoveTheOthers(t *testing.T) {
	typo := `{"id": "typo", "at": "9026-11-24 12:00", "text": "debu"}`
	if ids, bad := archive(t, typo, late, early); !slices.Equal(ids, []string{"early", "late", "typo"}) {
		t.Errorf("%q, bad %q", ids, bad)
	}
}

func TestABadLineIsNamedAndTheOthersArePlayed(t *testing.T) {
	long := `{"id": "long", "text": "` + strings.Repeat("debu ", maxLine/4) + `"}`
	ids, bad := archive(t, early+"\nno json\n"+long+"\n"+`{"at": "gestern", "text": "debu"}`+"\n"+`{"id": "empty"}`+"\n"+late)
	if want := []string{"early", "late"}; !slices.Equal(ids, want) {
		t.Errorf("%q", ids)
	}
	for i, want := range []string{"a.jsonl:2: not one JSON object", "a.jsonl:3: the line is longer than 1 MiB", "a.jsonl:4: at:", "a.jsonl:5: neither title nor text"} {
		if len(bad) != 4 || !strings.HasPrefix(bad[i], want) {
			t.Errorf("%q, want %s", bad, want)
		}
	}
}

func TestOfManyBadLinesAllAreCountedAndTheFirstNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(path, []byte(strings.Repeat("debu\n", 5000)+early), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := OpenArchive([]string{path}, source.NewRecords(source.Spec{Name: "x"}, voices(), noon))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for range 2 { // an archive may be played again
		o, err := Run(t.Context(), arrange(t, dust()), a.Events())
		if err != nil || o.Bad != 5000 || len(o.BadOnes) != maxBad || o.Read != 1 {
			t.Errorf("%d bad, %d kept, %d read, %v", o.Bad, len(o.BadOnes), o.Read, err)
		}
	}
}

func TestAnArchiveThatIsNoneIsRefused(t *testing.T) {
	dir := t.TempDir()
	table := filepath.Join(dir, "a.csv")
	if err := os.WriteFile(table, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(dir, "folder.jsonl")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{table, folder, filepath.Join(dir, "nowhere.jsonl")} {
		if _, err := OpenArchive([]string{path}, source.NewRecords(source.Spec{Name: "x"}, voices(), noon)); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
