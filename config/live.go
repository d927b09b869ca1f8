package config

import (
	"reflect"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/draft"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
)

// Live is the configuration in force. The pointers are what other rooms hold
// on to; they are never nil, and a Reload swaps them.
type Live struct {
	Rules  atomic.Pointer[rules.Set]
	Plan   atomic.Pointer[notifier.Plan]
	People atomic.Pointer[bot.People]
	Forms  atomic.Pointer[draft.Book]

	path    string
	opt     Options
	reload  sync.Mutex
	join    func(*facts.Library) *facts.Library // see Join; nil: the facts of the files are all
	started *Config                             // what the other rooms were built of
	config  atomic.Pointer[Config]
	last    atomic.Pointer[checker] // the last attempt, in force or refused
	refused atomic.Bool
}

// NewLive loads the configuration at path. The error is that of Load.
func NewLive(path string, opt Options) (*Live, error) {
	l := &Live{path: path, opt: opt}
	if _, err := l.Reload(); err != nil {
		return nil, err
	}
	return l, nil
}

// Config returns what the files said when they were last good. Where it
// differs from what the rooms were built of, it holds after a restart.
func (l *Live) Config() *Config { return l.config.Load() }

// Refused reports whether the files were refused when they were last looked
// at, so that an earlier configuration is in force.
func (l *Live) Refused() bool { return l.refused.Load() }

// Files returns the files of the last attempt, and those that have appeared
// since in the folders it names, for Watch. A refused file is among them, as
// mending it is what matters.
func (l *Live) Files() []string {
	c := l.last.Load()
	files := slices.Clone(c.files)
	for _, pattern := range c.globs {
		found, err := match(c.opt.disk, pattern)
		if err == nil { // the pattern was good when it was loaded
			files = append(files, found...)
		}
	}
	slices.Sort(files)
	return slices.Compact(files)
}

// Report is what the files say differently, in the words of config.yaml.
type Report struct {
	Changed []string // since the last Reload, and in force now
	Restart []string // since the start, and in force after a restart
}

// Reload loads the files anew and swaps everything that may be swapped, or
// changes nothing and returns the error of Load. The chats stay those of the
// start: nobody sends to new ones yet, and the old ones must not fall silent.
func (l *Live) Reload() (Report, error) {
	l.reload.Lock()
	defer l.reload.Unlock()
	attempt := check(l.path, l.opt)
	l.last.Store(attempt)
	next, err := attempt.result()
	l.refused.Store(err != nil)
	if err != nil {
		return Report{}, err
	}
	if l.started == nil {
		l.started = next
		l.config.Store(next)
	}
	report := Report{Changed: differences(l.Config(), next, true), Restart: differences(l.started, next, false)}
	plan := *next.Plan
	plan.Receivers = l.started.Plan.Receivers
	plan.Sites = reach(plan.Sites, plan.Receivers)
	plan.Admins = among(plan.Receivers, plan.Admins)
	l.know(&plan, next)
	l.Rules.Store(next.Rules)
	l.Plan.Store(&plan)
	l.People.Store(next.People)
	l.Forms.Store(next.Forms)
	l.config.Store(next)
	return report, nil
}

// Join says what other facts are in force beside those of the files, now and
// after each Reload, and swaps them in. What with returns depends on something
// else too: when that changes, Join is called again.
func (l *Live) Join(with func(files *facts.Library) *facts.Library) {
	l.reload.Lock()
	defer l.reload.Unlock()
	l.join = with
	plan := *l.Plan.Load()
	l.know(&plan, l.Config())
	l.Plan.Store(&plan)
}

// know gives a plan the facts in force.
func (l *Live) know(plan *notifier.Plan, c *Config) {
	plan.Facts, plan.Index = c.Plan.Facts, c.Plan.Index
	if l.join == nil {
		return
	}
	if all := l.join(c.Plan.Facts); all != c.Plan.Facts { // else the index of the files is that of all
		plan.Know(all, c.Places)
	}
}

// parts lists what is compared, under the name it has in config.yaml, and
// whether a running program takes it.
func parts() []part {
	return []part{
		{"rules", true, func(c *Config) any { return written(c.book) }},
		{"facts", true, func(c *Config) any { return c.facts }},
		{"drafts", true, func(c *Config) any { return []any{c.forms, c.voice} }},
		{"duty", true, func(c *Config) any { return c.Plan.Duty }},
		{"digest", true, func(c *Config) any { return c.Plan.DigestAt }},
		{"escalation", true, func(c *Config) any { return c.Plan.Escalation }},
		{"people", true, func(c *Config) any { return c.people }},
		{"topics", true, func(c *Config) any { return []any{c.Plan.Topics, c.Plan.Counsel} }},
		{"sites", true, func(c *Config) any { return c.Plan.Sites }},
		{"admin_receivers", true, func(c *Config) any { return c.Plan.Admins }},
		{"timezone", true, func(c *Config) any { return c.Timezone.String() }},
		{"receivers", false, func(c *Config) any { return c.Plan.Receivers }},
		{"places", false, func(c *Config) any { return c.Places }},
		{"sources", false, func(c *Config) any { return []any{withoutFuncs(c.Sources), c.hooks} }},
		{"allow_hosts", false, func(c *Config) any { return c.Allow }},
		{"contact", false, func(c *Config) any { return c.Contact }},
		{"drafts: model", false, func(c *Config) any { return c.Model }},
		{"heartbeat", false, func(c *Config) any { return c.Beat }},
		{"store", false, func(c *Config) any { return c.Store }},
		{"web", false, func(c *Config) any { return c.Listen }},
		{"language", false, func(c *Config) any { return c.Language }},
		{"telegram", false, func(c *Config) any { return c.Telegram }},
		{"slack", false, func(c *Config) any { return []Secret{c.SlackBot, c.SlackApp} }},
	}
}

type part struct {
	name string
	live bool
	of   func(*Config) any
}

// differences names the parts that differ, of those that a running program
// takes or of those that it does not.
func differences(before, after *Config, live bool) []string {
	var names []string
	for _, p := range parts() {
		if p.live == live && !reflect.DeepEqual(p.of(before), p.of(after)) {
			names = append(names, p.name)
		}
	}
	return names
}

// written is what a book holds of the files: its language is another part.
func written(b rules.Book) rules.Book {
	b.Span = nil
	return b
}

// withoutFuncs makes specs comparable: two functions never are equal.
func withoutFuncs(specs []source.Spec) []source.Spec {
	specs = slices.Clone(specs)
	for i := range specs {
		specs[i].Secret = nil
	}
	return specs
}
