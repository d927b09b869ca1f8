package source

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Deps is what all sources of a process share.
type Deps struct {
	Client *http.Client // from NewClient
	Hash   Voices       // from NewVoices
}

type constructor func(Spec, Deps) (any, error)

// types is the register: one line for each type of source.
func types() map[string]constructor {
	return map[string]constructor{
		"feed":    made(newFeed),
		"file":    made(newFile),
		"webhook": made(newPush),
	}
}

func made[T any](build func(Spec, Deps) (T, error)) constructor {
	return func(spec Spec, deps Deps) (any, error) { return build(spec, deps) }
}

// New returns the source that spec describes: a Poller, or a Pusher for type
// webhook. It reads neither network nor disk; the error names the source and
// the field that is wrong.
func New(spec Spec, deps Deps) (any, error) {
	build, ok := types()[spec.Type]
	if !ok {
		return nil, fmt.Errorf("source %s: unknown type %q (known: %s)", spec.Name, spec.Type, strings.Join(KnownTypes(), ", "))
	}
	made, err := build(spec.withDefaults(), deps)
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", spec.Name, err)
	}
	return made, nil
}

// KnownTypes returns the values that Spec.Type may have, sorted.
func KnownTypes() []string { return slices.Sorted(maps.Keys(types())) }

func (s Spec) withDefaults() Spec {
	if s.Kind == "" {
		s.Kind = Social
		if s.Type == "feed" {
			s.Kind = News
		}
	}
	if s.Location == nil {
		s.Location = time.FixedZone("WIB", 7*60*60)
	}
	return s
}
