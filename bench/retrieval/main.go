// Retrieval ranks claims for queries, as package evidence ranks facts for the
// stories of an incident, and writes a TREC run.
//
//	go run ./bench/retrieval CLAIMS.jsonl QUERIES.jsonl >RUN
//
// A line of CLAIMS is {"id", "claim", "title"}, of which the title may be
// missing; one of QUERIES is {"id", "text"}. A line of the run is
//
//	query Q0 claim rank score siaga
//
// with 64 claims at most for a query. The scores of different queries can be
// compared: evidence.Threshold is the one from which a fact is suggested. A
// query that shares nothing with any claim has no line.
//
//	go run ./bench/retrieval -threshold QRELS CLAIMS.jsonl QUERIES.jsonl
//
// prints instead the score that only 5 % of the queries reach if the claim that
// answers them is taken away, and how many then get the right one: what
// evidence.Threshold was set by.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/siaga-id/siaga/evidence"
)

var errUsage = errors.New("usage: retrieval [-threshold QRELS] CLAIMS.jsonl QUERIES.jsonl")

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "retrieval:", err)
		os.Exit(1)
	}
}

// A record is a claim or a query.
type record struct {
	ID    string `json:"id"`
	Claim string `json:"claim"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("retrieval", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	qrels := flags.String("threshold", "", "")
	if err := flags.Parse(args); err != nil || flags.NArg() != 2 {
		return errUsage
	}
	claims, err := read(flags.Arg(0))
	if err != nil {
		return err
	}
	queries, err := read(flags.Arg(1))
	if err != nil {
		return err
	}
	if *qrels != "" {
		return threshold(out, claims, queries, *qrels)
	}
	w := bufio.NewWriterSize(out, 1<<16)
	rank(w, claims, queries)
	return w.Flush()
}

func rank(w io.Writer, claims, queries []record) {
	r := evidence.NewRank(texts(claims))
	for _, q := range queries {
		places, scores := r.Near(q.Text)
		for i, place := range places {
			fmt.Fprintf(w, "%s Q0 %s %d %.6f siaga\n", q.ID, claims[place].ID, i+1, scores[i])
		}
	}
}

func texts(claims []record) []string {
	list := make([]string, len(claims))
	for i, c := range claims {
		list[i] = strings.Trim(c.Claim+". "+c.Title, ". ")
	}
	return list
}

// read returns the records of a file, of which each has an id of one word that
// no other has.
func read(path string) ([]record, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var list []record
	known := map[string]bool{}
	lines := bufio.NewScanner(file)
	lines.Buffer(make([]byte, 0, 1<<16), 1<<22)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var r record
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		if len(strings.Fields(r.ID)) != 1 || known[r.ID] {
			return nil, fmt.Errorf("%s:%d: id %q is empty, has spaces or was there before", path, n, r.ID)
		}
		known[r.ID] = true
		list = append(list, r)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return list, nil
}
