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
	chart   *chart // nil: none is asked for
	out     io.Writer
	look    terminal.Options
}

// wishes are the options of a replay.
type wishes struct {
	against, as, start, chart, rules string
	cards                            int
}

func (w *wishes) flags() *flag.FlagSet {
	flags := flag.NewFlagSet("replay", flag.ContinueOnError)
	flags.StringVar(&w.against, "against", "", "another configuration, or a rule file, to compare with")
	flags.StringVar(&w.as, "as", "", "the source as which the posts come, for rules with source: (default: the file source of that path)")
	flags.StringVar(&w.start, "start", "", "when times such as -45m begin to count, as 2026-11-24 10:00 (default: now)")
	flags.IntVar(&w.cards, "cards", 3, "how many cards to show")
	flags.StringVar(&w.chart, "chart", "", "a new CSV file for what rules counted in every five minutes")
	flags.StringVar(&w.rules, "rule", "", "the rules of -chart, with commas in between (default: all whose condition lasts)")
	return flags
}

func (w *wishes) fit() error {
	switch {
	case w.rules != "" && w.chart == "":
		return errors.New("-rule: it says which rules -chart is about; name a file with -chart")
	case w.chart != "" && w.against != "":
		return errors.New("-chart: not together with -against; write one chart with each configuration")
	}
	return nil
}

// replay is `siaga replay`.
func replay(ctx context.Context, file string, args []string, o outside) error {
	var w wishes
	files, err := options(w.flags(), args, o, "replay [-against FILE] [-cards N] [-as SOURCE] [-chart FILE.csv [-rule NAMES]] [-start TIME] FILE...")
	if err != nil {
		return err
	}
	if err := w.fit(); err != nil {
		return err
	}
	opt := config.Options{Env: o.env}
	r := replayed{out: o.out, look: o.look, cards: w.cards}
	if r.config, err = config.Rehearse(file, opt); err != nil {
		return err
	}
	base, err := begin(w.start, r.config.Timezone)
	if err != nil {
		return err
	}
	spec, err := sourceOf(r.config, w.as, files)
	if err != nil {
		return err
	}
	archive, err := trial.OpenArchive(files, source.NewRecords(spec, source.NewVoices(nil), base))
	if err != nil {
		return err
	}
	switch {
	case w.chart != "":
		err = r.charting(ctx, w.chart, w.rules, archive)
	default:
		r.outcome, err = r.play(ctx, r.config, archive)
	}
	if err == nil && w.against != "" {
		err = r.compare(ctx, file, w.against, opt, archive)
	} else if err == nil {
		err = r.print()
	}
	return errors.Join(err, archive.Close())
}

// charting plays an archive and writes the chart of some rules meanwhile.
func (r *replayed) charting(ctx context.Context, path, names string, a *trial.Archive) (err error) {
	if r.chart, err = openChart(path, names, r.config); err != nil {
		return err
	}
	r.outcome, err = r.play(ctx, r.config, a)
	return r.chart.close(err)
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
	if r.chart != nil {
		s.Charts, s.Chart = r.chart.rules, r.chart.row
	}
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
