package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"
)

// stopWithin is how long one part may take to end.
const stopWithin = 20 * time.Second

// part is something that runs until its context ends.
type part struct {
	name string
	run  func(context.Context) error
}

// lifecycle starts the parts in order and stops them in reverse order, each
// before the one it relies on, once ctx ends or one of them fails. It returns
// the failure that ended it.
func lifecycle(ctx context.Context, log *slog.Logger, parts []part) error {
	failed := make(chan error, len(parts))
	stops := make([]func(), 0, len(parts))
	for _, p := range parts {
		stops = append(stops, start(ctx, log, p, failed))
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	for i := len(stops) - 1; i >= 0; i-- {
		stops[i]()
	}
	return err
}

// start runs a part and returns what stops it.
func start(ctx context.Context, log *slog.Logger, p part, failed chan<- error) func() {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := p.run(ctx); err != nil {
			failed <- fmt.Errorf("%s: %w", p.name, err)
		}
	}()
	return func() {
		cancel()
		timeout := time.NewTimer(stopWithin)
		defer timeout.Stop()
		select {
		case <-done:
		case <-timeout.C:
			log.Error("does not stop, leaving it behind", "part", p.name)
		}
	}
}
