package config

import (
	"net/netip"
	"os"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/draft"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
)

// Config is a whole configuration in the values that the other rooms take.
// Paths are relative to the working directory, as os.Open takes them.
type Config struct {
	Timezone *time.Location
	Language string // id or en
	Store    string // path of the data file
	Listen   string // host:port for web; empty: off
	Contact  string // shown to the sites that are fetched from; may be empty
	Allow    []netip.Prefix
	Sources  []source.Spec
	Places   map[string][]string // site to place names, for source.NewGazetteer
	Rules    *rules.Set
	Plan     *notifier.Plan // only chats whose transport has its tokens; at least one
	People   *bot.People
	Forms    *draft.Book // of drafts
	Telegram Secret      // the bot's token; the zero Secret: Telegram is off
	SlackBot Secret      // xoxb-; Slack is on with both
	SlackApp Secret      // xapp-, for Socket Mode
	Beat     Heartbeat
	Model    Model // off, unless it has a URL
	// MaxAlerts is how often in a week a rule may fire before siaga check warns
	// of it; 0: as often as it likes.
	MaxAlerts int
	Warnings  Errors   // what is legal and hardly meant
	Hash      string   // 12 hex digits over all files but those of secrets
	Files     []string // all that was read

	// Routes says who hears of each site, in the order of the file, and last
	// of what has none.
	Routes []Route

	// What Report compares: the values above, before they were compiled.
	book   rules.Book
	facts  []facts.Fact
	people []bot.Person
	forms  map[string]string
	voice  draft.Voice
	hooks  []string // where the webhooks' secrets come from

	alerts map[string]*Error // where each rule has its name, with nothing said about it
}

// AtRule says something about a rule of this configuration, at the place of
// its name.
func (c *Config) AtRule(name, msg, hint string) *Error {
	e := &Error{Msg: msg, Hint: hint}
	if at := c.alerts[name]; at != nil {
		e.File, e.Line, e.Column = at.File, at.Line, at.Column
	}
	return e
}

// Options is what Load takes from its surroundings. The zero value is right
// for a program.
type Options struct {
	Env func(name string) (string, bool) // nil: os.LookupEnv
	Now time.Time                        // for warnings about facts that have ended; zero: the time of the call

	disk      disk // nil: the machine's
	rehearsal      // see Rehearse
}

func (o Options) withDefaults() Options {
	if o.Env == nil {
		o.Env = os.LookupEnv
	}
	if o.Now.IsZero() {
		o.Now = time.Now()
	}
	if o.disk == nil {
		o.disk = machine{}
	}
	return o
}

// Load reads the configuration at path and all that it names. The error is an
// Errors: everything that is wrong at once. Only when a file is no YAML at all
// are the checks across files left for the next time, as they would blame
// what is right.
func Load(path string, opt Options) (*Config, error) {
	return check(path, opt).result()
}
