package query

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/source"
)

// docExample is one fenced block of docs/query.md.
type docExample struct {
	query       string
	match, veto []string
	problem     string
}

// examplesIn reads the blocks marked query: the query, then texts that it
// matches (+) or does not (-), or a part of its error (!).
func examplesIn(doc string) []docExample {
	var out []docExample
	for i, block := range strings.Split(doc, "```") {
		body, ok := strings.CutPrefix(block, "query\n")
		if i%2 == 0 || !ok {
			continue
		}
		var ex docExample
		for line := range strings.Lines(body) {
			mark, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
			switch mark {
			case "+":
				ex.match = append(ex.match, rest)
			case "-":
				ex.veto = append(ex.veto, rest)
			case "!":
				ex.problem = rest
			default:
				ex.query = strings.TrimSpace(line)
			}
		}
		out = append(out, ex)
	}
	return out
}

func TestExamplesOfTheQueryGuideAreTrue(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join("..", "docs", "query.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(doc), guideWordsInYAML) {
		t.Error("the guide defines other words than the test")
	}
	examples := examplesIn(string(doc))
	if len(examples) < 20 {
		t.Fatalf("only %d examples", len(examples))
	}
	for _, ex := range examples {
		t.Run(ex.query, func(t *testing.T) { checkExample(t, ex) })
	}
}

const guideWordsInYAML = `debu: [debu, abu, asap, "polusi udara", also: [bledug, lebu]]`

// guideWords are the sets that docs/query.md defines.
func guideWords() map[string]Words {
	return map[string]Words{"debu": {Roots: []string{"debu", "abu", "asap", "polusi udara"}, Also: []string{"bledug", "lebu"}}}
}

func checkExample(t *testing.T, ex docExample) {
	t.Helper()
	q, err := Compile(ex.query, Options{Words: guideWords()})
	if ex.problem != "" {
		if err == nil || !strings.Contains(err.Error(), ex.problem) {
			t.Errorf("error %v, want %q", err, ex.problem)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if len(q.hints) > 0 {
		t.Errorf("hints %v", q.hints)
	}
	if len(ex.match)+len(ex.veto) == 0 {
		t.Error("nothing is shown to match")
	}
	for _, text := range ex.match {
		if _, ok := q.match(newTestDoc(source.Post{Text: text}, q)); !ok {
			t.Errorf("does not match %q", text)
		}
	}
	for _, text := range ex.veto {
		if _, ok := q.match(newTestDoc(source.Post{Text: text}, q)); ok {
			t.Errorf("matches %q", text)
		}
	}
}
