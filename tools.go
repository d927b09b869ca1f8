package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/text"
)

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

func help(_ context.Context, _ string, args []string, o outside) error {
	if len(args) > 0 {
		return errUsage
	}
	usage(o.out)
	return nil
}

var errNoConfig = errors.New("siaga: -config names no file")

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
