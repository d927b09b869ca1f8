package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// maxFile bounds one file. The words and rules of a national company are
// some tens of KiB.
const maxFile = 1 << 20

// file is one file of YAML, read.
type file struct {
	name  string
	text  string // without byte order mark
	lines []int  // where each line begins
	root  *yaml.Node
}

// parse reads one document of YAML. Of the errors in syntax it finds the first.
func parse(name string, data []byte) (*file, *Error) {
	if len(data) > maxFile {
		return nil, &Error{File: name, Msg: fmt.Sprintf("the file is larger than %d MiB", maxFile>>20), Hint: "split it, and name the parts in rule_files or fact_files"}
	}
	f := &file{name: name, text: string(bytes.TrimPrefix(data, []byte("\uFEFF"))), lines: []int{0}}
	for i := range len(f.text) {
		if f.text[i] == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
	if err := f.checkRunes(); err != nil {
		return nil, err
	}
	return f, f.parse()
}

func (f *file) parse() *Error {
	dec := yaml.NewDecoder(strings.NewReader(f.text))
	var doc, second yaml.Node
	switch err := decodeNode(dec, &doc); {
	case errors.Is(err, io.EOF), err == nil && isNull(doc.Content[0]):
		return &Error{File: f.name, Line: 1, Column: 1, Msg: "the file is empty"}
	case err != nil:
		return f.syntaxError(err)
	}
	switch err := decodeNode(dec, &second); {
	case err == nil:
		return f.errorAt(f.offset(second.Line, second.Column), "a second document begins here", "remove the --- and what follows, or join the two")
	case !errors.Is(err, io.EOF):
		return f.syntaxError(err)
	}
	f.root = doc.Content[0]
	return nil
}

// decodeNode reads the next document. The library panics in states that it
// takes for impossible ("internal error"), and a file that is being edited must
// never stop a program that watches.
func decodeNode(dec *yaml.Decoder, into *yaml.Node) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("yaml: the file cannot be read: %v", p)
		}
	}()
	return dec.Decode(into)
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// checkRunes refuses what YAML refuses without saying where, and the line ends
// that would make us and an editor count lines differently.
func (f *file) checkRunes() *Error {
	for i, r := range f.text {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(f.text[i:], "\uFFFD"):
			return f.errorAt(i, "this is not UTF-8", "save the file as UTF-8")
		case r == '\r' && !strings.HasPrefix(f.text[i:], "\r\n"), r == '\u0085', r == '\u2028', r == '\u2029':
			return f.errorAt(i, fmt.Sprintf("a line ends with %U here", r), "lines end with LF or CR LF")
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == 0x7F, 0x80 <= r && r < 0xA0, r == '\uFEFF', r == '\uFFFE', r == '\uFFFF':
			return f.errorAt(i, fmt.Sprintf("there is a character here that cannot be seen: %U", r), "remove it")
		}
	}
	return nil
}

// syntaxError finds the place of an error of the library, which names a line
// at or before it at best.
func (f *file) syntaxError(err error) *Error {
	line, msg := splitError(err)
	if anchor, ok := strings.CutPrefix(msg, "unknown anchor '"); ok {
		name := strings.TrimSuffix(anchor, "' referenced")
		return f.errorAt(max(0, strings.Index(f.text, "*"+name)), fmt.Sprintf("there is no anchor &%s above", name),
			"in text, a word that begins with * needs quotation marks")
	}
	line = f.culprit(min(line, len(f.lines)))
	if at, ok := f.tab(line); ok {
		return f.errorAt(at, "a tab indents this line", "indent with spaces")
	}
	if e := f.quotation(line); e != nil {
		return e
	}
	return &Error{File: f.name, Line: line, Msg: msg, Hint: syntaxHint(msg)}
}

// splitError takes "yaml: line 3: message" apart. Without a number the library
// means the first line.
func splitError(err error) (line int, msg string) {
	msg = strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(msg, "line "); ok {
		if number, after, ok := strings.Cut(rest, ": "); ok {
			if n, err := strconv.Atoi(number); err == nil {
				return max(1, n), after
			}
		}
	}
	return 1, msg
}

func syntaxHint(msg string) string {
	switch {
	case strings.HasPrefix(msg, "mapping values are not allowed"):
		return "text with a colon and a space in it needs quotation marks"
	case strings.Contains(msg, "cannot start any token"), strings.Contains(msg, "alphabetic or numeric"):
		return "text that begins with a sign needs quotation marks"
	case strings.Contains(msg, "unexpected end of stream"):
		return "a quotation mark is never closed"
	}
	return "look at the indentation, the quotation marks and the brackets"
}

// maxSearch bounds the search for a line, in bytes read again: some thousand
// lines of a usual file.
const maxSearch = 32 << 20

// culprit returns the line, from the given one on, with which the file stops
// being YAML: all whole lines before it can be read, and no more than those.
func (f *file) culprit(line int) int {
	read := 0
	for next := line + 1; next <= len(f.lines) && read < maxSearch; next++ {
		head := f.text[:f.lines[next-1]]
		read += len(head)
		if readable(head) {
			line = next
		}
	}
	return line
}

func readable(text string) bool {
	dec := yaml.NewDecoder(strings.NewReader(text))
	for {
		var n yaml.Node
		if err := decodeNode(dec, &n); err != nil {
			return errors.Is(err, io.EOF)
		}
	}
}

// tab returns the first tab that indents a line.
func (f *file) tab(line int) (int, bool) {
	start := f.lines[line-1]
	rest := f.text[start:]
	i := strings.IndexByte(rest[:len(rest)-len(strings.TrimLeft(rest, " \t"))], '\t')
	return start + i, i >= 0
}

func (f *file) errorAt(offset int, msg, hint string) *Error {
	line, column := f.position(offset)
	return &Error{File: f.name, Line: line, Column: column, Msg: msg, Hint: hint}
}

// position returns line and column, in characters, of a byte of the file.
func (f *file) position(offset int) (line, column int) {
	offset = min(offset, len(f.text))
	line, found := slices.BinarySearch(f.lines, offset)
	if found {
		line++
	}
	return line, utf8.RuneCountInString(f.text[f.lines[line-1]:offset]) + 1
}

// offset returns the byte of the file at a line and column.
func (f *file) offset(line, column int) int {
	if line < 1 || line > len(f.lines) {
		return len(f.text)
	}
	at := f.lines[line-1]
	for i := range f.text[at:] {
		if column--; column <= 0 {
			return at + i
		}
	}
	return len(f.text)
}
