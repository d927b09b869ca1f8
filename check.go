package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/trial"
)

// What whoever writes the files asks of them.

// check says whether the files will do, and which rules have been too loud.
func check(ctx context.Context, file string, args []string, o outside) error {
	if len(args) > 0 {
		return errUsage
	}
	c, err := config.Load(file, config.Options{Env: o.env})
	if err != nil {
		return err
	}
	loud, note := noisy(ctx, c, time.Now(), noisyWithin)
	warnings := slices.Concat(c.Warnings, loud)
	for _, w := range warnings {
		fmt.Fprintln(o.out, "warning:", w)
	}
	if note != "" {
		fmt.Fprintln(o.out, "note:", note)
	}
	verdict := "all good"
	if n := len(warnings); n > 0 {
		verdict = "good, with " + trial.Count(n, "warning")
	}
	fmt.Fprintf(o.out, "%s: %d rules%s, %d facts, %d sources: %s\n", file, c.Rules.Len(), shadowOf(c.Rules), c.Plan.Facts.Len(), len(c.Sources), verdict)
	return nil
}

// shadowOf says how many rules their files hold in shadow, if any.
func shadowOf(set *rules.Set) string {
	n := 0
	for _, r := range set.Rules() {
		if r.Shadow {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" (%d in shadow)", n)
}

// printSchema prints the JSON Schema of one kind of file, for editors.
func printSchema(_ context.Context, _ string, args []string, o outside) error {
	kind := config.SchemaKinds()[0]
	switch len(args) {
	case 0:
	case 1:
		kind = args[0]
	default:
		return errUsage
	}
	doc, err := config.Schema(kind)
	if err != nil {
		return err
	}
	_, err = o.out.Write(doc)
	return err
}
