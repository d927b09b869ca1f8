package trial

import (
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
)

var (
	wib  = time.FixedZone("WIB", 7*60*60)
	noon = time.Date(2026, 11, 24, 12, 0, 0, 0, wib)
)

// dust alerts when three voices speak within half an hour, and for half an
// hour after.
func dust() rules.Rule {
	return rules.Rule{
		Name: "Debu", Query: "debu", By: []string{"site"}, Topic: "debu", Severity: rules.Warning, Summary: "{{ .Voices }} suara",
		When: rules.When{Unit: rules.Voices, N: 3, Within: 30 * time.Minute}, KeepFiring: 30 * time.Minute,
	}
}

// hurt alerts with every story.
func hurt() rules.Rule {
	return rules.Rule{Name: "Celaka", Query: "terluka", By: []string{"site"}, Topic: "celaka", Severity: rules.Critical}
}

// arrange is a Setup with two sites that have a receiver each, and a third
// that hears only of what names no site.
func arrange(t *testing.T, list ...rules.Rule) Setup {
	t.Helper()
	set, problems := rules.Compile(rules.Book{Rules: list})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	library, wrong := facts.NewLibrary(nil)
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	plan := &notifier.Plan{
		Sites:     map[string]notifier.Place{"rembang": {Receivers: []string{"utara"}}, "kupang": {Receivers: []string{"timur"}}},
		Receivers: map[string]notifier.Receiver{},
		Facts:     library,
		Zone:      wib,
	}
	for _, name := range []string{"pusat", "timur", "utara"} {
		plan.Receivers[name] = notifier.Receiver{Name: name, Dests: []notifier.Dest{notifier.Dest("x:" + name), notifier.Dest("y:" + name)}}
	}
	return Setup{Rules: set, Plan: plan, Places: source.NewGazetteer(map[string][]string{"rembang": {"gunem"}, "kupang": {"alak"}})}
}

// said is a post with an id and a voice of its own, so long after noon.
func said(id, words string, after time.Duration) source.Event {
	at := noon.Add(after)
	return source.Event{Post: source.Post{ID: "x:" + id, Source: "x", Kind: source.Social, Voice: "v-" + id, Text: words, Published: at, Fetched: at}}
}

// voices3 are three posts about dust in Gunem, a minute apart.
func voices3(id string, after time.Duration) []source.Event {
	var out []source.Event
	for n := range 3 {
		out = append(out, said(fmt.Sprint(id, n), fmt.Sprint("debu di gunem ", id, n), after+time.Duration(n)*time.Minute))
	}
	return out
}

func run(t *testing.T, s Setup, events ...source.Event) Outcome {
	t.Helper()
	out, err := Run(t.Context(), s, Events(events))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// alerts writes down the alerts of a rule: "rembang 2m0s-1h0m0s".
func alerts(o Outcome, rule int) string {
	var out []string
	for _, a := range o.Rules[rule].Alerts {
		end := "on"
		if !a.Ceased.IsZero() {
			end = a.Ceased.Sub(noon).String()
		}
		out = append(out, fmt.Sprintf("%s %v-%s", a.Site, a.Began.Sub(noon), end))
	}
	return strings.Join(out, "; ")
}

func heard(o Outcome) string {
	var out []string
	for _, r := range o.Receivers {
		out = append(out, fmt.Sprintf("%s %d+%d", r.Name, r.Cards, r.Pings))
	}
	return strings.Join(out, ", ")
}

func failing(err error) iter.Seq2[source.Event, error] {
	return func(yield func(source.Event, error) bool) {
		_ = yield(said("a", "debu di gunem", 0), nil) && yield(source.Event{}, err)
	}
}
