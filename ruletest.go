package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/trial"
)

// setup is a trial of what a configuration would do.
func setup(c *config.Config) trial.Setup {
	return trial.Setup{Rules: c.Rules, Plan: c.Plan, Places: source.NewGazetteer(c.Places), Sources: c.Sources, Complains: complaints(c).Credible}
}

// testRules is `siaga test`.
func testRules(ctx context.Context, file string, args []string, o outside) error {
	flags := flag.NewFlagSet("test", flag.ContinueOnError)
	only := flags.String("run", "", "run only the tests whose names match this regular expression")
	loud := flags.Bool("v", false, "tell of every test what the rules did")
	files, err := options(flags, args, o, "test [-run REGEXP] [-v] FILE...")
	if err != nil {
		return err
	}
	chosen, err := regexp.Compile(*only)
	if err != nil {
		return fmt.Errorf("-run: %w", err)
	}
	var sum verdict
	for _, name := range files {
		if err := testFile(ctx, name, file, chosen, *loud, o, &sum); err != nil {
			return err
		}
	}
	return sum.result(o.out)
}

// verdict counts tests.
type verdict struct{ passed, failed int }

func (v verdict) result(out io.Writer) error {
	switch {
	case v.failed > 0:
		return fmt.Errorf("%s passed, %d failed", trial.Count(v.passed, "test"), v.failed)
	case v.passed == 0:
		return errors.New("no test was run")
	}
	_, err := fmt.Fprintln(out, trial.Count(v.passed, "test"), "passed")
	return err
}

func testFile(ctx context.Context, name, file string, chosen *regexp.Regexp, loud bool, o outside, sum *verdict) error {
	tests, err := config.LoadTests(name, file, config.Options{Env: o.env})
	if err != nil {
		return err
	}
	for _, c := range tests.Cases {
		if !chosen.MatchString(c.Name) {
			continue
		}
		r, err := trial.Play(ctx, setup(tests.Config), c)
		if err != nil {
			return err
		}
		if len(r.Failures) > 0 {
			sum.failed++
		} else {
			sum.passed++
		}
		printTest(o.out, r, loud)
	}
	return nil
}

// printTest tells of a failed test what was expected and what happened, and
// of others, if that is asked for, what the rules did.
func printTest(out io.Writer, r trial.Report, loud bool) {
	failed := len(r.Failures) > 0
	switch {
	case failed:
		fmt.Fprintf(out, "FAIL  %s\n", r.Case.Name)
	case loud:
		fmt.Fprintf(out, "ok    %s\n", r.Case.Name)
	}
	if loud {
		for _, line := range r.Lines() {
			fmt.Fprintln(out, "     ", line)
		}
	}
	for _, f := range r.Failures {
		fmt.Fprintf(out, "  %s: expected %s\n", f.Place, f.Want)
		for _, got := range f.Got {
			fmt.Fprintln(out, "     ", got)
		}
	}
}
