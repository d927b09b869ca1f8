// Spikes gives each row of five-minute counts a score, as the live detector
// would have, and looks at no later row.
//
//	go run ./bench/spikes -out DIR FILE.csv [FILE.csv ...]
//
// Each FILE holds "timestamp,value", five-minute counts; DIR gets a file of the
// same name that holds "timestamp,anomaly_score", one row for each. A score of
// 1 and more is a row at which the shipped level "balanced" calls.
//
// Rows should be in order of time. What is missing counts as nought, as it does
// live. Rows of one bucket add up; the same timestamp again replaces the count.
// A row up to 6 h late is judged with what had been read; one that is later
// still fills the history and scores 0.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

var errUsage = errors.New("usage: spikes -out DIR FILE.csv [FILE.csv ...]")

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "spikes:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	flags := flag.NewFlagSet("spikes", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	out := flags.String("out", "", "")
	if err := flags.Parse(args); err != nil || *out == "" || flags.NArg() == 0 {
		return errUsage
	}
	if err := os.MkdirAll(*out, 0o750); err != nil {
		return err
	}
	taken := map[string]string{}
	for _, path := range flags.Args() {
		base := filepath.Base(path)
		if other, twice := taken[base]; twice {
			return fmt.Errorf("%s and %s would both be written to %s", other, path, filepath.Join(*out, base))
		}
		taken[base] = path
		if err := scoreFile(path, filepath.Join(*out, base)); err != nil {
			return err
		}
	}
	return nil
}

// scoreFile writes beside the place and moves there what is whole.
func scoreFile(path, to string) error {
	in, err := os.Open(path) // #nosec G304 -- named by the caller
	if err != nil {
		return err
	}
	defer in.Close()
	part, err := os.CreateTemp(filepath.Dir(to), ".spikes-*")
	if err != nil {
		return err
	}
	defer os.Remove(part.Name()) //nolint:errcheck // it is not there once it was moved
	defer part.Close()
	w := bufio.NewWriterSize(part, 1<<16)
	if err := score(path, in, w); err != nil {
		return err
	}
	if err := errors.Join(w.Flush(), part.Sync(), part.Chmod(0o644)); err != nil {
		return fmt.Errorf("write %s: %w", to, err)
	}
	return os.Rename(part.Name(), to)
}
