package query_test

import (
	"fmt"

	"github.com/siaga-id/siaga/query"
	"github.com/siaga-id/siaga/source"
)

func ExampleIndex() {
	words := map[string]query.Words{"debu": {Roots: []string{"debu", "asap"}}}
	var queries []*query.Query
	for _, src := range []string{"$debu NEAR/3 pabrik", "sumur keruh", "pabrik NOT lowongan"} {
		q, err := query.Compile(src, query.Options{Words: words})
		if err != nil {
			fmt.Println(err)
			return
		}
		queries = append(queries, q)
	}
	d := query.NewIndex(queries).Borrow()
	defer d.GiveBack()
	p := source.Post{Text: "Pabriknya berasap lagi"}
	for i, spans := range d.Matches(&p) {
		fmt.Print(i)
		for _, s := range spans {
			fmt.Print(" ", p.Text[s.Start:s.End])
		}
		fmt.Println()
	}
	// Unordered output:
	// 0 Pabriknya berasap
	// 2 Pabriknya
}

func ExampleIndex_Explain() {
	q, _ := query.Compile("debu NEAR/1 pabrik", query.Options{})
	p := source.Post{Text: "debu turun di halaman pabrik"}
	for _, e := range query.NewIndex([]*query.Query{q}).Explain(&p) {
		for _, c := range e.Clauses {
			fmt.Printf("%s: %s, %d words between and %d allowed\n", c.Query, c.Why.Cause, c.Why.Between, c.Why.Allowed)
		}
	}
	// Output: debu NEAR/1 pabrik: apart, 3 words between and 1 allowed
}

func ExampleCompile() {
	_, err := query.Compile("debu near/3 pabrik", query.Options{})
	fmt.Println(err)
	// Output: column 6: near/3 is no operator in lower case (write NEAR/3)
}
