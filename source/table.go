package source

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// row is one record of a file and the line it begins on, or why it is none.
type row struct {
	line   int
	record record
	err    error
}

// errNoText says that a table has no column that could make a post.
var errNoText = errors.New("the header has neither a column title nor a column text")

// readJSONL reads one JSON object a line; blank lines are let be.
func readJSONL(data []byte) ([]row, error) {
	var rows []row
	line := 0
	for text := range bytes.Lines(data) {
		line++
		if text = bytes.TrimSpace(text); len(text) == 0 {
			continue
		}
		r := row{line: line}
		r.err = json.Unmarshal(text, &r.record)
		rows = append(rows, r)
	}
	return rows, nil
}

// readCSV reads a table whose first line names its columns, separated by comma,
// semicolon (as spreadsheets write where the comma is the decimal sign) or tab.
func readCSV(data []byte) ([]row, error) {
	first, _, _ := bytes.Cut(data, []byte("\n"))
	t := table{rest: data, comma: separator(first)}
	header, err := t.next()
	if err != nil {
		return nil, fmt.Errorf("read header: %w", err)
	}
	for i := range header {
		header[i] = strings.ToLower(strings.TrimSpace(header[i]))
	}
	if !slices.Contains(header, "text") && !slices.Contains(header, "title") {
		return nil, errNoText
	}
	var rows []row
	for {
		cells, err := t.next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		r := row{line: t.line, record: record{}, err: err}
		for i, cell := range cells[:min(len(cells), len(header))] {
			r.record[header[i]] = strings.TrimSpace(cell)
		}
		rows = append(rows, r)
	}
}

func separator(header []byte) rune {
	best := ','
	for _, c := range ";\t" {
		if bytes.Count(header, []byte(string(c))) > bytes.Count(header, []byte(string(best))) {
			best = c
		}
	}
	return best
}

// table reads a CSV file record by record. After a broken quote it goes on in
// the line after the one where the record began; csv.Reader would go on where
// the next quote happens to be, and swallow good lines.
type table struct {
	rest  []byte // where reader began
	comma rune

	reader *csv.Reader
	before int // lines before rest
	line   int // of the last record
}

func (t *table) next() ([]string, error) {
	if t.reader == nil {
		t.reader = csv.NewReader(bytes.NewReader(t.rest))
		t.reader.Comma = t.comma
		t.reader.FieldsPerRecord = -1
	}
	cells, err := t.reader.Read()
	var broken *csv.ParseError
	if errors.As(err, &broken) {
		t.line = t.before + broken.StartLine
		for range broken.StartLine {
			_, t.rest, _ = bytes.Cut(t.rest, []byte("\n"))
		}
		t.before, t.reader = t.line, nil
		return nil, broken.Err
	}
	if err == nil {
		line, _ := t.reader.FieldPos(0)
		t.line = t.before + line
	}
	return cells, err
}
