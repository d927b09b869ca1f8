package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/siaga-id/siaga/bot/terminal"
	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/trial"
)

// replayed is the report of a replay.
type replayed struct {
	config  *config.Config
	outcome trial.Outcome
	cards   int
	out     io.Writer
	look    terminal.Options
}

// replay is `siaga replay`.
func replay(ctx context.Context, file string, args []string, o outside) error {
	flags := flag.NewFlagSet("replay", flag.ContinueOnError)
	r := replayed{out: o.out, look: o.look}
	against := flags.String("against", "", "another configuration, or a rule file, to compare with")
	as := flags.String("as", "", "the source as which the posts come, for rules with source: (default: the file source of that path)")
	start := flags.String("start", "", "when times such as -45m begin to count, as 2026-11-24 10:00 (default: now)")
	flags.IntVar(&r.cards, "cards", 3, "how many cards to show")
	files, err := options(flags, args, o, "replay [-against FILE] [-cards N] [-as SOURCE] [-start TIME] FILE...")
	if err != nil {
		return err
	}
	opt := config.Options{Env: o.env}
	if r.config, err = config.Rehearse(file, opt); err != nil {
		return err
	}
	base, err := begin(*start, r.config.Timezone)
	if err != nil {
		return err
	}
	spec, err := sourceOf(r.config, *as, files)
	if err != nil {
		return err
	}
	archive, err := trial.OpenArchive(files, source.NewRecords(spec, source.NewVoices(nil), base))
	if err != nil {
		return err
	}
	if r.outcome, err = r.play(ctx, r.config, archive); err == nil && *against != "" {
		err = r.compare(ctx, file, *against, opt, archive)
	} else if err == nil {
		err = r.print()
	}
	return errors.Join(err, archive.Close())
}

// begin reads when relative times begin to count.
func begin(s string, zone *time.Location) (time.Time, error) {
	if s == "" {
		return time.Now().Truncate(time.Minute), nil
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
	if err != nil {
		return at, fmt.Errorf("-start: want a time such as 2026-11-24 10:00, got %q", s)
	}
	return at, nil
}

// sourceOf returns the source as which files are read: the one that is named,
// or the one that reads the first of them. As another, no rule with source:
// would ever match.
func sourceOf(c *config.Config, name string, files []string) (source.Spec, error) {
	var known []string
	for _, s := range c.Sources {
		if s.Name == name || name == "" && s.Path != "" && samePath(s.Path, files[0]) {
			return s, nil
		}
		known = append(known, s.Name)
	}
	if name != "" {
		return source.Spec{}, fmt.Errorf("-as: there is no source %q (known: %s)", name, cmp.Or(strings.Join(known, ", "), "none"))
	}
	return source.Spec{Name: "replay", Location: c.Timezone}, nil
}

func samePath(a, b string) bool {
	x, errX := filepath.Abs(a)
	y, errY := filepath.Abs(b)
	return errX == nil && errY == nil && x == y
}

func (r *replayed) play(ctx context.Context, c *config.Config, a *trial.Archive) (trial.Outcome, error) {
	s := setup(c)
	s.Cards = r.cards
	return trial.Run(ctx, s, a.Events())
}

func (r *replayed) compare(ctx context.Context, file, other string, opt config.Options, a *trial.Archive) error {
	c, err := config.RehearseAgainst(file, other, opt)
	if err != nil {
		return err
	}
	o, err := r.play(ctx, c, a)
	if err != nil {
		return err
	}
	return r.printDifference(file, other, trial.Compare(r.outcome, o))
}
