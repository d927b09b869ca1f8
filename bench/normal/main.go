// Command normal shows what the normaliser makes of words: for each line of its
// input, a word as people write it, it prints the line, a tab, and all that the
// word may have meant, best first, separated by bars.
//
//	printf 'parahhh\nhati2\n' | go run ./bench/normal
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/text"
)

func main() {
	if err := spell(os.Stdout, os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "normal:", err)
		os.Exit(1)
	}
}

func spell(w io.Writer, r io.Reader) error {
	out := bufio.NewWriter(w)
	var speller text.Speller
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		fmt.Fprintf(out, "%s\t%s\n", lines.Text(), strings.Join(meant(&speller, lines.Text()), "|"))
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read words: %w", err)
	}
	return out.Flush()
}

func meant(speller *text.Speller, token string) []string {
	all := text.Unfold(nil, token)
	for _, t := range text.Tokenize(nil, token) {
		for _, spelling := range speller.Of([]byte(t.Word)) {
			if !slices.Contains(all, string(spelling)) {
				all = append(all, string(spelling))
			}
		}
	}
	return all
}
