package config

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/siaga-id/siaga/notifier"
)

// TestARouteSaysWhatThePlanDoes compares what is told of a site with what the
// notifier will do.
func TestARouteSaysWhatThePlanDoes(t *testing.T) {
	opt := inFolder("testdata/good")
	opt.Env = env(map[string]string{"HOOK_SECRET": "x", "TG": "x"})
	for _, file := range corpus(t, "good") {
		c, err := Load(filepath.Base(file), opt)
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Routes) != len(c.Plan.Sites)+1 {
			t.Errorf("%s: %d routes for %d sites", file, len(c.Routes), len(c.Plan.Sites))
		}
		for _, r := range c.Routes {
			var told []notifier.Dest
			for _, s := range r.Stops {
				told = append(told, s.Chats...)
			}
			slices.Sort(told)
			if want := c.Plan.Dests(r.Site); !slices.Equal(slices.Compact(told), want) {
				t.Errorf("%s, site %q: told %v, will do %v", file, r.Site, told, want)
			}
		}
	}
}
