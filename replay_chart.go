package main

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/trial"
)

// chart writes how rules went as a table for spreadsheets, row by row.
type chart struct {
	file  *os.File
	table *csv.Writer
	zone  *time.Location
	rules []string
}

// openChart makes a file that does not exist yet. It is about the rules that
// are named, separated by commas; without names, about all that last.
func openChart(path, names string, c *config.Config) (*chart, error) {
	rules, err := charted(names, c)
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil, fmt.Errorf("-chart: %s exists already and was left as it is; name another file, or remove it", path)
	}
	if err != nil {
		return nil, fmt.Errorf("-chart: %w", err)
	}
	t := &chart{file: f, table: csv.NewWriter(f), zone: c.Timezone, rules: rules}
	return t, t.table.Write([]string{"time", "rule", "site", "posts", "stories", "voices", "usual", "score", "alert"})
}

func charted(names string, c *config.Config) (out []string, err error) {
	var known []string
	for _, r := range c.Rules.Rules() {
		known = append(known, r.Name)
		if names == "" && r.When.Lasts() {
			out = append(out, r.Name)
		}
	}
	if names == "" {
		return out, nil
	}
	for name := range strings.SplitSeq(names, ",") {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("-rule: there is no rule %q (known: %s)", name, cmp.Or(strings.Join(known, ", "), "none"))
		}
		out = append(out, name)
	}
	return out, nil
}

// row writes one.
func (t *chart) row(p trial.Point) error {
	site := p.Site
	if p.Source != "" {
		site = "source:" + p.Source
	}
	return t.table.Write([]string{
		p.At.In(t.zone).Format(time.RFC3339), cell(p.Rule), cell(site),
		strconv.Itoa(p.Counts.Posts), strconv.Itoa(p.Counts.Stories), strconv.Itoa(p.Counts.Voices),
		hundredths(p.Usual), hundredths(p.Measure.Score), p.Alert,
	})
}

// cell is a text that no spreadsheet takes for a formula, as it would with one
// that begins like this (owasp.org, CSV injection).
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}

// hundredths is a number cut to two decimals, so that only what is met is 1;
// nothing where there is none.
func hundredths(x float64) string {
	if x <= 0 {
		return ""
	}
	return strconv.FormatFloat(float64(int64(x*100))/100, 'f', -1, 64)
}

// close ends the table. Of a replay that failed nothing is left.
func (t *chart) close(failed error) error {
	t.table.Flush()
	err := errors.Join(t.table.Error(), t.file.Close())
	if err != nil {
		err = fmt.Errorf("-chart: %w", err)
	}
	if failed != nil || err != nil {
		return errors.Join(failed, err, os.Remove(t.file.Name()))
	}
	return nil
}
