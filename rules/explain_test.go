package rules

import (
	"fmt"
	"slices"
	"testing"

	"github.com/siaga-id/siaga/source"
)

func TestNearMissesComeBeforeWhatIsFarOff(t *testing.T) {
	var book Book
	for _, q := range []string{
		"kiln asap", "debu abu pabrik", "debu pabrik", "debu kiln", "debu NEAR/0 pabrik", `debu NOT jalan`, "kind:news", `"pabrik debu" kiln`,
	} {
		book.Rules = append(book.Rules, Rule{Name: q, Query: q})
	}
	s, problems := Compile(book)
	if problems != nil {
		t.Fatal(problems)
	}
	all := s.Explain(&source.Post{Text: "debu di jalan pabrik"})
	slices.SortStableFunc(all, ByNearness)
	var got []string
	for _, e := range all {
		got = append(got, fmt.Sprintf("%s %.2f", e.Rule.Name, e.Near))
	}
	want := []string{
		"debu pabrik 1.00", "debu NEAR/0 pabrik 1.00", "debu NOT jalan 1.00", "debu abu pabrik 0.67", "debu kiln 0.50",
		`"pabrik debu" kiln 0.25`, "kiln asap 0.00", "kind:news 0.00",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
