// Forms prints, for each word of the standard input, of which roots it is a form.
//
//	go run ./bench/forms ROOTS.txt <TOKENS.txt
//
// ROOTS.txt holds one root a line. Each line of the output is the word as it
// was given, a tab, and its roots joined by "|"; nothing after the tab where
// there is none.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/siaga-id/siaga/forms"
)

var errUsage = errors.New("usage: forms ROOTS.txt <TOKENS.txt")

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "forms:", err)
		os.Exit(1)
	}
}

func run(args []string, in io.Reader, out io.Writer) error {
	if len(args) != 1 {
		return errUsage
	}
	file, err := os.Open(args[0])
	if err != nil {
		return err
	}
	defer file.Close()
	var roots []string
	err = eachLine(file, args[0], func(line string) error {
		roots = append(roots, strings.ToLower(strings.TrimSpace(line)))
		return nil
	})
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(out, 1<<16)
	if err := answer(forms.NewFamily(roots), in, w); err != nil {
		return err
	}
	return w.Flush()
}

func answer(f *forms.Family, in io.Reader, out *bufio.Writer) error {
	var found []string
	var line []byte
	return eachLine(in, "standard input", func(token string) error {
		found = f.Roots(found[:0], strings.ToLower(token))
		line = append(append(line[:0], token...), '\t')
		for i, r := range found {
			if i > 0 {
				line = append(line, '|')
			}
			line = append(line, r...)
		}
		_, err := out.Write(append(line, '\n'))
		return err
	})
}

// eachLine calls yield with each line, without its end.
func eachLine(r io.Reader, name string, yield func(string) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 0, 1<<16), 1<<20)
	n := 0
	for s.Scan() {
		n++
		if err := yield(s.Text()); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("%s:%d: %w", name, n+1, err)
	}
	return nil
}
