package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/source"
)

// explained is one text whose rules are to be explained.
type explained struct {
	post  source.Post
	place string // the words that name its site; empty: none do
	from  string // the source or the file that brought it
	typed bool   // by the one who asks: nothing is known of it but the text
}

// reader reads what is to be explained, and finds the sites of it.
type reader struct {
	*config.Config
	places *source.Gazetteer
}

func newReader(c *config.Config) reader { return reader{c, source.NewGazetteer(c.Places)} }

// maxTyped bounds what is read as one text.
const maxTyped = 1 << 20

// explain says why texts match the rules or do not. It fetches nothing: an
// address is looked up among the posts that were read and are kept.
func explain(ctx context.Context, file string, args []string, o outside) error {
	if strings.TrimSpace(strings.Join(args, "")) == "" || isOption(args[0]) {
		return errUsage
	}
	c, err := config.Load(file, config.Options{Env: o.env})
	if err != nil {
		return err
	}
	items, bad, err := newReader(c).all(ctx, args, o.in)
	for _, b := range bad {
		fmt.Fprintln(o.err, "left out:", b)
	}
	if err != nil {
		return fmt.Errorf("explain: %w", err)
	}
	english, err := bot.NewLang("en")
	if err != nil {
		return err
	}
	s := teller{Config: c, lang: english, out: o.out}
	for i, item := range items {
		if len(items) > 1 {
			fmt.Fprintf(o.out, "%s--- %d of %d\n", strings.Repeat("\n", min(i, 1)), i+1, len(items))
		}
		s.tell(item)
	}
	return nil
}

// all reads the arguments: each an address, a file or "-", or else all
// together a text.
func (r reader) all(ctx context.Context, args []string, in io.Reader) (items []explained, bad []error, err error) {
	if slices.ContainsFunc(args, func(arg string) bool { return !isAddress(arg) && !isFile(arg) }) {
		if len(args) == 1 && isRecords(args[0]) && !strings.Contains(args[0], " ") {
			_, err = os.Stat(args[0])
			return nil, nil, err
		}
		return []explained{r.typed(strings.Join(args, " "))}, nil, nil
	}
	for _, arg := range args {
		var more []explained
		switch {
		case isAddress(arg):
			more, err = r.keptAt(ctx, arg)
		case isRecords(arg):
			var wrong []error
			more, wrong, err = r.recorded(arg)
			bad = append(bad, wrong...)
		default:
			more, err = r.written(arg, in)
		}
		if err != nil {
			return nil, bad, err
		}
		items = append(items, more...)
	}
	return items, bad, nil
}

func isAddress(arg string) bool {
	return !strings.ContainsAny(arg, " \n") && (strings.HasPrefix(arg, "https://") || strings.HasPrefix(arg, "http://"))
}

// isOption reports whether an argument asks for help, or for what explain does
// not have; nobody writes such a text. "-" is the standard input.
func isOption(arg string) bool {
	return len(arg) > 1 && arg[0] == '-' && !strings.Contains(arg, " ")
}

func isFile(arg string) bool {
	info, err := os.Stat(arg)
	return arg == "-" || err == nil && info.Mode().IsRegular()
}

// isRecords reports whether a file holds one post a line, and not one as a whole.
func isRecords(arg string) bool {
	return slices.Contains([]string{".jsonl", ".ndjson", ".csv", ".tsv"}, strings.ToLower(filepath.Ext(arg)))
}

func (r reader) typed(s string) explained {
	e := explained{post: source.Post{Text: s, Kind: source.Social}, typed: true}
	e.place = r.locate(&e.post)
	return e
}

// written is a text in a file of its own, or on the standard input.
func (r reader) written(name string, in io.Reader) ([]explained, error) {
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, maxTyped+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", name, err)
	case len(data) > maxTyped:
		return nil, fmt.Errorf("%s is longer than %d MiB; records of posts belong in a .jsonl file", name, maxTyped>>20)
	case strings.TrimSpace(string(data)) == "":
		return nil, fmt.Errorf("%s is empty", name)
	}
	return []explained{r.typed(strings.TrimSpace(strings.ToValidUTF8(string(data), "�")))}, nil
}

func (r reader) recorded(name string) (items []explained, bad []error, err error) {
	posts, bad, err := source.PostsIn(name, time.Now())
	for _, p := range posts {
		e := explained{post: p, from: name}
		e.place = r.locate(&e.post)
		items = append(items, e)
	}
	if err == nil && len(items) == 0 {
		err = fmt.Errorf("there is no post in %s", name)
	}
	return items, bad, err
}

// locate sets the site of a post as source.Intake would, and returns the
// words of the text that name it.
func (r reader) locate(p *source.Post) (place string) {
	site, start, end := r.places.Look(p.Text)
	if site != "" {
		p.Site = site
		return p.Text[start:end]
	}
	if _, known := r.Plan.Sites[p.Site]; !known {
		p.Site = ""
	}
	return ""
}
