// Match finds patterns in posts with package lexicon and says how fast, so that
// the engine can be set beside others on the same input:
//
//	go run ./bench/match PATTERNS.txt POSTS.txt
//
// A pattern is a line with one literal word or phrase, a post is a line. Case
// does not matter, and only whole words count.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/siaga-id/siaga/lexicon"
	"github.com/siaga-id/siaga/text"
)

const (
	maxLine = 1 << 20 // bytes
	learnt  = 2_000   // posts from which the engine learns how rare words are
	atLeast = 2 * time.Second
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "match:", err)
		os.Exit(1)
	}
}

func run(args []string, w io.Writer) error {
	if len(args) != 2 {
		return errors.New("usage: go run ./bench/match PATTERNS.txt POSTS.txt")
	}
	patterns, err := lines(args[0])
	if err != nil {
		return err
	}
	posts, err := lines(args[1])
	if err != nil {
		return err
	}
	e := build(patterns, posts[:min(learnt, len(posts))])
	if len(e.wordless) > 0 {
		fmt.Fprintf(w, "%-14s %d, first in line %d\n", "without words", len(e.wordless), e.wordless[0]+1)
	}
	report(w, e, posts)
	return nil
}

// lines reads a file; empty lines are left out.
func lines(name string) ([]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []string
	s := bufio.NewScanner(f)
	s.Buffer(make([]byte, 0, 1<<16), maxLine)
	for s.Scan() {
		if line := strings.TrimRight(s.Text(), "\r"); line != "" {
			out = append(out, line)
		}
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("read %s, line %d: %w", name, len(out)+1, err)
	}
	return out, nil
}

// engine is a lexicon with the patterns that it was made of.
type engine struct {
	*lexicon.Lexicon
	patterns []pattern
	wordless []int // lines that hold no word
	took     time.Duration
	heap     int64 // bytes

	reading text.Reading
	matches []lexicon.Match
}

// pattern is what has to stand in the text literally, and where in it the
// first word begins and the last ends.
type pattern struct {
	text       string
	first, end int
	spaced     bool // nothing but words, with one space between
}

func build(patterns, seen []string) *engine {
	e := &engine{patterns: make([]pattern, len(patterns))}
	before, start := heap(), time.Now()
	keyer := text.NewKeyer()
	b := lexicon.NewBuilder(keyer)
	var keys []text.Key
	for id, p := range patterns {
		p = strings.TrimSpace(p)
		e.reading.ReadLiterally(keyer, p)
		words := e.reading.Words
		if len(words) == 0 {
			e.wordless = append(e.wordless, id)
			continue
		}
		keys = keys[:0]
		for _, w := range words {
			keys = append(keys, w.Key)
		}
		b.Phrase(uint32(id), keys...)
		e.patterns[id] = pattern{p, int(words[0].Start), int(words[len(words)-1].End), false}
		e.patterns[id].spaced = e.patterns[id].end-e.patterns[id].first == len(p) && spaced(p, words)
	}
	census := b.Census()
	for _, s := range seen {
		e.reading.ReadLiterally(keyer, s)
		census.Count(&e.reading)
	}
	e.Lexicon = b.Build(census)
	e.took = time.Since(start)
	e.heap = heap() - before
	runtime.KeepAlive(patterns)
	return e
}

// heap returns the bytes in use.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// count returns how often the patterns stand in a post.
func (e *engine) count(post string) (n int) {
	e.reading.ReadLiterally(e.Keyer(), post)
	e.matches = e.Find(e.matches[:0], &e.reading)
	for _, m := range e.matches {
		if e.patterns[m.ID].stands(post, e.reading.Words[m.From:m.To]) {
			n++
		}
	}
	return n
}

// stands confirms a match: the signs between the words and around them have to
// be those of the pattern.
func (p *pattern) stands(post string, words []text.WordAt) bool {
	if p.spaced {
		return len(words) == 1 || spaced(post, words)
	}
	start, end := int(words[0].Start)-p.first, int(words[len(words)-1].End)+len(p.text)-p.end
	return start >= 0 && end <= len(post) && strings.EqualFold(post[start:end], p.text)
}

func spaced(s string, words []text.WordAt) bool {
	for i := 1; i < len(words); i++ {
		if at := words[i-1].End; words[i].Start != at+1 || s[at] != ' ' {
			return false
		}
	}
	return true
}

// report counts all posts again and again, and takes the fastest round: the
// machine may have had other things to do in the others.
func report(w io.Writer, e *engine, posts []string) {
	var before, after runtime.MemStats
	size, matches, rounds := 0, 0, 0
	for _, p := range posts {
		size += len(p)
		e.count(p)
	}
	fastest, began := time.Duration(1<<62), time.Now()
	runtime.ReadMemStats(&before)
	for ; rounds == 0 || time.Since(began) < atLeast; rounds++ {
		start := time.Now()
		matches = 0
		for _, p := range posts {
			matches += e.count(p)
		}
		fastest = min(fastest, time.Since(start))
	}
	runtime.ReadMemStats(&after)
	n := float64(max(len(posts), 1))
	fmt.Fprintf(w, "%-14s %d\n", "patterns", len(e.patterns)-len(e.wordless))
	fmt.Fprintf(w, "%-14s %d (%.1f MB)\n", "posts", len(posts), float64(size)/1e6)
	fmt.Fprintf(w, "%-14s %d\n", "matches", matches)
	fmt.Fprintf(w, "%-14s %.1f\n", "ns/post", float64(fastest.Nanoseconds())/n)
	fmt.Fprintf(w, "%-14s %.1f\n", "MB/s", float64(size)/1e6/max(fastest.Seconds(), 1e-9))
	fmt.Fprintf(w, "%-14s %.2f\n", "build ms", e.took.Seconds()*1e3)
	fmt.Fprintf(w, "%-14s %.2f MB, %.1f B/pattern; of it the table %.1f B/pattern\n", "heap", float64(e.heap)/1e6,
		float64(e.heap)/float64(max(len(e.patterns), 1)), float64(e.Size())/float64(max(len(e.patterns), 1)))
	fmt.Fprintf(w, "%-14s %.4f\n", "allocs/post", float64(after.Mallocs-before.Mallocs)/n/float64(max(rounds, 1)))
}
