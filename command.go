package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/siaga-id/siaga/text"
)

// How a command line is read.

// command is one verb of the binary.
type command struct {
	name, args, help string
	run              func(ctx context.Context, file string, args []string, o outside) error
}

func commands() []command {
	return []command{
		{"run", "", "watch, alert and listen until stopped (the default)", serve},
		{"check", "", "check the configuration, its rules, examples and facts", check},
		{"explain", "TEXT|URL|FILE...", "say why a text, a post that was read, or the posts of a file match the rules or not", explain},
		{"test", "FILE...", "play the posts of rule tests and check what comes of them", testRules},
		{"replay", "FILE...", "say what the rules would have sent over archives of posts", replay},
		{"backup", "FILE", "copy the store to FILE, also while siaga is running", backup},
		{"route", "[site=X topic=Y severity=Z]", "say which chats hear of a site, and why", route},
		{"schema", "[config|rules|facts]", "print the JSON Schema of a file, for editors", printSchema},
		{"version", "", "print the version", printVersion},
		{"help", "", "print this", help},
	}
}

// What can be wrong with a command line.
var (
	// errUsage: it was not understood; its author is shown how it should be.
	errUsage = errors.New("usage")
	// errTold: it was not understood, and its author knows why.
	errTold = errors.New("see above")
	// errNoConfig: nothing follows -config.
	errNoConfig = errors.New("siaga: -config names no file")
)

// run is the whole program; it returns the exit code.
func run(ctx context.Context, args []string, o outside) int {
	flags := flag.NewFlagSet("siaga", flag.ContinueOnError)
	flags.SetOutput(o.err)
	flags.Usage = func() { usage(o.err) }
	file := flags.String("config", "config.yaml", "the configuration")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	name := "run"
	if flags.NArg() > 0 {
		name = flags.Arg(0)
	}
	path, rest, err := takeConfig(*file, flags.Args()[min(1, flags.NArg()):])
	if err != nil {
		return report(o, err)
	}
	for _, c := range commands() {
		if c.name == name {
			return report(o, c.run(ctx, path, rest, o))
		}
	}
	fmt.Fprintln(o.err, unknownCommand(name))
	usage(o.err)
	return 2
}

func report(o outside, err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errUsage):
		usage(o.err)
		return 2
	case errors.Is(err, errTold):
		return 2
	default:
		fmt.Fprintln(o.err, err)
		return 1
	}
}

func usage(w io.Writer) {
	fmt.Fprintln(w, "usage: siaga [-config config.yaml] [command]")
	width := 0
	for _, c := range commands() {
		width = max(width, len(c.name+" "+c.args))
	}
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-*s  %s\n", width, c.name+" "+c.args, c.help)
	}
}

func help(_ context.Context, _ string, args []string, o outside) error {
	if len(args) > 0 {
		return errUsage
	}
	usage(o.out)
	return nil
}

// takeConfig takes -config out of what follows a verb, where people write it
// too. What comes after -- is left alone.
func takeConfig(file string, args []string) (string, []string, error) {
	var rest []string
	for i := 0; i < len(args); i++ {
		name, value, joined := strings.Cut(args[i], "=")
		switch {
		case args[i] == "--":
			return file, append(rest, args[i:]...), nil
		case name != "-config" && name != "--config":
			rest = append(rest, args[i])
			continue
		case !joined && i+1 < len(args):
			i++
			value = args[i]
		}
		if value == "" {
			return "", nil, errNoConfig
		}
		file = value
	}
	return file, rest, nil
}

// unknownCommand names the command that was meant.
func unknownCommand(name string) string {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	if near, ok := text.Nearest(name, names); ok {
		return fmt.Sprintf("siaga: unknown command %q (did you mean %s?)", name, near)
	}
	return fmt.Sprintf("siaga: unknown command %q", name)
}

// options reads the options of a command, which may stand before and behind
// its files, and returns the files. The error is told already.
func options(flags *flag.FlagSet, args []string, o outside, form string) ([]string, error) {
	flags.SetOutput(o.err)
	flags.Usage = func() {
		fmt.Fprintf(o.err, "usage: siaga [-config config.yaml] %s\n", form)
		flags.PrintDefaults()
	}
	var files []string
	for {
		if err := flags.Parse(args); err != nil {
			return nil, errTold
		}
		if flags.NArg() == 0 {
			break
		}
		files, args = append(files, flags.Arg(0)), flags.Args()[1:]
	}
	if len(files) == 0 {
		flags.Usage()
		return nil, errTold
	}
	return files, nil
}
