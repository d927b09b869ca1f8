package bot

import (
	"cmp"
	"context"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

// TalkConfig is what Talk needs. Every field but Operator is required.
type TalkConfig struct {
	DB   store.DB // for the marks of what changed no incident
	Desk Desk
	// Operator gives whoever types at the machine every role. That is right
	// only while no messenger is connected, where people have names.
	Operator bool
	People   func() *People // those of the configuration in force
	Lang     *Lang
	// Knows reports whether a chat is in the configuration.
	Knows func(notifier.Dest) bool
	// Repost has the card of an incident posted again in a chat.
	Repost func(context.Context, notifier.Dest, incident.ID) error
	Status func(context.Context) (Status, error)
	// Explain says rule by rule what becomes of a post, given its address, or
	// of a text.
	Explain func(ctx context.Context, what string) (Explained, error)
	// Signs returns the words by which a text reads as a complaint.
	Signs   func(text string) []string
	Shadows Shadows
	// Name returns how people call a topic and a site, and the site's zone;
	// for the site "" an empty name and the zone of the configuration.
	Name func(topic, site string) (topicName, siteName string, zone *time.Location)
	// Reload has the configuration files looked at for the person called by.
	Reload func(ctx context.Context, by string) (Reloaded, error)
	// Spoken returns what a chat was told of an incident.
	Spoken func(context.Context, notifier.Dest, incident.ID) (notifier.Spoken, error)
	// Seat returns what is known of a chat that Knows.
	Seat func(context.Context, notifier.Dest) (Seat, error)
	// TryRule runs a rule over the posts that are kept, or returns ErrTrying.
	TryRule func(ctx context.Context, rule string) (Tried, error)
	// Digest returns how everything stands that a chat hears of.
	Digest  func(context.Context, notifier.Dest) (notifier.Digest, error)
	Stories Stories
	// Sites returns the keys of all sites, in the order in which people read
	// of them.
	Sites func() []string
	// Duty returns who is called for an incident at a site, "" for one that has
	// none, in the order of the calls; nil: the leads are.
	Duty  func(site string) []Turn
	Mutes Mutes
	// Drafts makes and keeps what may be said in public.
	Drafts Drafts
	// Evidence finds the facts that answer an incident.
	Evidence Evidence
	Bank     Bank
	// Promises is the book of what was promised to people.
	Promises Promises
	// Labels returns the names of topics and of sites by their keys.
	Labels func() (topics, sites map[string]string)
	Log    *slog.Logger
}

// Talk hears what people say and press in the chats of all transports, and
// answers. It may be used by all of them at once.
type Talk struct {
	TalkConfig
	slips   throttle
	guesses throttle // of codes
}

// NewTalk returns a Talk.
func NewTalk(c TalkConfig) *Talk { return &Talk{TalkConfig: c} }

// turn is one saying or press while it is being answered.
type turn struct {
	*Talk
	dest   notifier.Dest
	user   string
	who    Person // without a name: nobody we know, a viewer
	people *People
	at     time.Time
	press  bool
	form   bool // the chat can show a Form
	mark   func(store.Tx) error
	marked bool // mark is committed

	verb    verb
	english bool              // the verb was called by its English name
	on      incident.ID       // of the card that was replied to
	in      incident.Incident // what the verb is about, zero for none
	n       int               // the draft of it, 0 for none
	rev     uint64            // the state a button was drawn for
	refused string            // why they may not, for the timeline
}

// Hear answers a line of text. When the error is not nil the store has failed
// and Mark was not committed: show the answer and hear the line again later.
// Otherwise Mark was committed exactly once, together with what was changed.
func (t *Talk) Hear(ctx context.Context, s Saying) (Answer, error) {
	tn := t.turn(s.Dest, s.User, s.At, s.Mark)
	tn.on = s.On
	return tn.finish(ctx, func() (Answer, error) { return tn.hear(ctx, s.Text) })
}

// Press answers a tap on a button, always with a text. Errors are those of Hear.
func (t *Talk) Press(ctx context.Context, p Press) (Answer, error) {
	tn := t.turn(p.Dest, p.User, p.At, p.Mark)
	tn.press, tn.form = true, p.Form
	return tn.finish(ctx, func() (Answer, error) { return tn.tap(ctx, p.Data, p.Text) })
}

func (t *Talk) turn(dest notifier.Dest, user string, at time.Time, mark func(store.Tx) error) *turn {
	tn := &turn{Talk: t, dest: dest, user: user, people: t.People(), at: at, mark: mark}
	if tn.who, _ = tn.people.Find(user); user == terminalUser && !t.Operator {
		tn.who = Person{}
	}
	return tn
}

// finish runs one turn, sees to it that it is marked as read, and makes a
// panic or a broken store something that can be said in a chat.
func (t *turn) finish(ctx context.Context, answer func() (Answer, error)) (Answer, error) {
	ans, err := t.guard(answer)
	if err == nil && !t.marked && (t.mark != nil || t.refused != "") {
		err = t.DB.Update(ctx, t.settle)
	}
	if err != nil {
		ans = t.private(sorryStore)
	}
	ans.Brief = toast(ans.Text)
	return ans, err
}

// settle marks a turn as read that changed no incident. What was refused is on
// the incident's timeline: who tried is part of what happened.
func (t *turn) settle(tx store.Tx) error {
	if t.refused != "" && t.in.ID != 0 && t.verb.does != "" {
		if err := incident.Refused(tx, t.in.ID, t.actor(), t.verb.does, t.refused, t.at); err != nil {
			return err
		}
	}
	if t.mark == nil {
		return nil
	}
	return t.mark(tx)
}

// actor is whoever speaks, as the timeline names them.
func (t *turn) actor() incident.Actor {
	return incident.Actor{
		Name: cmp.Or(t.who.Name, t.user), Via: t.dest.Transport(), Chat: string(t.dest), Lead: t.who.Has(Lead),
	}
}

// guard turns a panic into an apology: one line that we cannot handle must not
// come back for ever and keep all later ones waiting.
func (t *turn) guard(answer func() (Answer, error)) (ans Answer, err error) {
	defer func() {
		if p := recover(); p != nil {
			t.Log.Error("panic in a chat command", "panic", p, "verb", t.verb.names[0],
				"incident", t.in.ID, "stack", string(debug.Stack()))
			ans, err = t.private(sorryPanic), nil
		}
	}()
	return answer()
}

// toastUnits is how long the text of Telegram's answerCallbackQuery may be,
// counted in the largest unit it could mean.
const toastUnits = 200

func toast(s string) string {
	units := 0
	end := 0 // where the ellipsis would go
	for i, r := range s {
		if units < toastUnits {
			end = i
		}
		if units += utf16.RuneLen(r); units > toastUnits {
			return s[:end] + "…"
		}
	}
	return s
}

// private is an answer for the one who asked.
func (t *turn) private(key phrase, args ...string) Answer {
	return Answer{Text: t.Lang.say(key, args...), Private: true}
}

// sampleRule stands in examples, where any rule would do.
const sampleRule = "Debu"

// example is a command to type, in the form that the chat takes: Slack has
// one command with the verb behind it.
func (t *turn) example(key phrase, id incident.ID) string {
	if id == 0 {
		id = 42
	}
	return t.slash(t.Lang.say(key, "n", number(id), "rule", sampleRule))
}

func (t *turn) slash(command string) string { return t.Lang.slash(t.dest, command) }

func (l *Lang) slash(dest notifier.Dest, command string) string {
	if dest.Transport() != "slack" {
		return "/" + command
	}
	if first, rest := cutWord(command); isUmbrella(first) {
		command = rest
	}
	return strings.TrimSpace("/" + l.pick([2]string{"isu", "issue"}) + " " + command)
}

// card is the incident of the turn with the names that people know.
func (t *turn) card(in incident.Incident) notifier.Card {
	topic, site, zone := t.Name(in.Topic, in.Site)
	card := notifier.Card{Incident: in, TopicName: topic, SiteName: site, Zone: zone, Sites: map[string]string{}}
	for _, a := range append(slices.Clone(in.Alarms), in.Latest()) {
		t.sites(card.Sites, a)
	}
	return card
}

// sites adds the names of the sites over which an alarm has spread.
func (t *turn) sites(to map[string]string, a incident.Alarm) {
	for _, key := range a.Measure.Sites {
		_, to[key], _ = t.Name("", key)
	}
}
