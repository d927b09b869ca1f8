// Siaga hears of a crisis early, calls the people together who can answer it,
// and gives them facts that hold.
//
// This package connects the rooms in the order in which a post walks through
// them; README.md has the picture.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"syscall"
	_ "time/tzdata" // sites have zones, and small machines have no zone files

	"github.com/siaga-id/siaga/bot/terminal"
	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/health"
	"github.com/siaga-id/siaga/source"
)

// outside is everything that the program touches and a test may replace.
type outside struct {
	in       io.Reader
	out, err io.Writer
	env      func(string) (string, bool)
	hangup   <-chan os.Signal
	look     terminal.Options

	open      func(path string) (disk, error) // nil: the real one
	listen    func(network, address string) (net.Listener, error)
	feeds     func(*config.Config) *http.Client
	space     func(path string) (health.Disk, error) // around the data file; nil: the real one
	telegram  http.RoundTripper                      // nil: the real one
	slack     *http.Client                           // nil: the real one
	slackAPI  string
	slackDial func(ctx context.Context, network, address string) (net.Conn, error)
}

func main() {
	look, ends, hangup := terminal.Detect(os.Stdout), []os.Signal{os.Interrupt, syscall.SIGTERM}, make(chan os.Signal, 1)
	if look.Width > 0 { // its window was closed: nobody would see what goes on
		ends = append(ends, syscall.SIGHUP)
	} else {
		signal.Notify(hangup, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), ends...)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends it at once
	code := run(ctx, os.Args[1:], outside{
		in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.LookupEnv, hangup: hangup,
		look: look, listen: net.Listen, feeds: guarded,
	})
	stop()
	os.Exit(code) //nolint:gocritic // stop has been called
}

// guarded is the one client for everything that is fetched.
func guarded(c *config.Config) *http.Client { return source.NewClient(c.Allow, c.Contact) }

// serve is the main job.
func serve(ctx context.Context, file string, args []string, o outside) error {
	if len(args) > 0 {
		return errUsage
	}
	live, err := config.NewLive(file, config.Options{Env: o.env})
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(o.err, &slog.HandlerOptions{Level: logLevel(o, live.Config())}))
	warn(log, live.Config())
	a, err := build(ctx, live, o, log)
	if err != nil {
		return err
	}
	if a.greet != nil {
		if err := a.greet(ctx); err != nil {
			return errors.Join(err, a.db.Close())
		}
	}
	return errors.Join(lifecycle(ctx, log, a.parts()), a.db.Close())
}

// warn logs what is legal in a configuration and hardly meant.
func warn(log *slog.Logger, c *config.Config) {
	for _, w := range c.Warnings {
		log.Warn("configuration", "warning", w)
	}
}

// logLevel is SIAGA_LOG (debug, info, warn, error), by default info; beside a
// chat in the terminal warn, as nobody should talk into it.
func logLevel(o outside, c *config.Config) slog.Level {
	level := slog.LevelInfo
	if slices.Contains(c.Plan.AllDests(), terminalDest) {
		level = slog.LevelWarn
	}
	if s, ok := o.env("SIAGA_LOG"); ok {
		_ = level.UnmarshalText([]byte(s)) // an unknown word leaves the default
	}
	return level
}

// version is the module's version, or the revision it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) > 12 {
			return info.Main.Version + " (" + s.Value[:12] + ")"
		}
	}
	return info.Main.Version
}

func printVersion(_ context.Context, _ string, _ []string, o outside) error {
	_, err := fmt.Fprintln(o.out, "siaga", version())
	return err
}
