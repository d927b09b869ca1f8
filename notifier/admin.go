package notifier

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// AdminDests returns the chats of the admins, in a fixed order: those that are
// named, or else the terminal where it is a chat.
func (p *Plan) AdminDests() []Dest {
	var out []Dest
	for _, name := range p.Admins {
		out = append(out, p.Receivers[name].Dests...)
	}
	if len(out) == 0 {
		out = slices.DeleteFunc(p.AllDests(), func(d Dest) bool { return d.Transport() != "terminal" })
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Concerned returns the chats that hear of an incident.
func (p *Plan) Concerned(in incident.Incident) []Dest {
	if in.Shadow {
		return p.AdminDests()
	}
	called := p.summoned(in)
	if called == nil {
		return p.Dests(in.Site)
	}
	out := append(called, p.Dests(in.Site)...)
	slices.Sort(out)
	return slices.Compact(out)
}

// due reports whether an incident is worth a card: below a warning it is for
// the digest only, until it rises. A shadow incident is looked at whatever its level.
func due(in incident.Incident) bool { return in.Shadow || in.Severity > rules.Info }

// The reasons for notes. Each has its sentence in bot/lang, as note.<reason>.
const (
	RuleAsked     Why = "rule-asked"     // an admin asked for the activation of {rule}
	RuleActivated Why = "rule-activated" // the second one agreed
	RuleSuspended Why = "rule-suspended" // an admin sent it back to shadow
	RuleWithdrawn Why = "rule-withdrawn" // an admin took back what was asked for
	RuleChanged   Why = "rule-changed"   // its file did, so that it is in shadow again
	ConfigRefused Why = "config-refused" // with its mistakes as lines
	ConfigGood    Why = "config-good"    // after it was refused
	WentSilent    Why = "went-silent"    // what usually speaks does not: Quiet
	SpeaksAgain   Why = "speaks-again"   // after Quiet
	DigestDue     Why = "digest"         // at a set time, in every chat
	DiskFailed    Why = "disk-failed"    // nothing can be kept any more, and so Siaga stops

	Unread      Why = "unread"       // no source was fetched for a quarter of an hour
	ReadAgain   Why = "read-again"   // after Unread
	Stalled     Why = "stalled"      // rules are not evaluated, or posts not taken in
	RunsAgain   Why = "runs-again"   // after Stalled
	DiskFull    Why = "disk-full"    // nearly
	DiskGrowing Why = "disk-growing" // full within days
	DiskRoom    Why = "disk-room"    // after DiskFull or DiskGrowing

	ChatMoved    Why = "chat-moved"    // it has a new address: Way
	TopicGone    Why = "topic-gone"    // what was meant for it goes to its group
	Unreachable  Why = "unreachable"   // a messenger, for more than a minute
	ReachedAgain Why = "reached-again" // after Unreachable
	ChatClosed   Why = "chat-closed"   // it does not let us in
	ChatOpened   Why = "chat-opened"   // after ChatClosed
	TokenShared  Why = "token-shared"  // two processes listen with one token
	TokenAlone   Why = "token-alone"   // after TokenShared

	MuteBegan  Why = "mute-began"  // Silence, in the chats concerned, as the two that follow
	MuteEnding Why = "mute-ending" // soon
	MuteLifted Why = "mute-lifted" // by {who}, before its time

	FactProposed Why = "fact-proposed" // by {who}: Fact; Call are those who may accept it
	FactAccepted Why = "fact-accepted" // by {who}, in the chats of its sites, as the three that follow
	FactRejected Why = "fact-rejected" // by {who}, for Fact.Why
	FactEnding   Why = "fact-ending"   // soon; Call is its owner
	FactDied     Why = "fact-died"     // for Fact.Cause; Call is its owner
)

// Notes lists the reasons for notes.
func Notes() []Why {
	return []Why{
		RuleAsked, RuleActivated, RuleSuspended, RuleWithdrawn, RuleChanged, ConfigRefused, ConfigGood, WentSilent, SpeaksAgain,
		DiskFailed, Unread, ReadAgain, Stalled, RunsAgain, DiskFull, DiskGrowing, DiskRoom,
		ChatMoved, TopicGone, Unreachable, ReachedAgain, ChatClosed, ChatOpened, TokenShared, TokenAlone,
		MuteBegan, MuteEnding, MuteLifted, FactProposed, FactAccepted, FactRejected, FactEnding, FactDied,
	}
}

// Note is something to say that is about no incident, to the admins or, of a
// silence or a fact, to the chats that hear of what it holds.
type Note struct {
	Why   Why               `json:"why"`             // names the sentence
	At    time.Time         `json:"at"`              // {at} in it
	Args  map[string]string `json:"args,omitempty"`  // what else is filled in
	Lines []string          `json:"lines,omitempty"` // stand below it as they are
	More  int               `json:"more,omitempty"`  // how many lines were left out
	Said  Dest              `json:"said,omitempty"`  // the chat in which it happened, which knows
	Quiet *Quiet            `json:"quiet,omitempty"` // WentSilent and SpeaksAgain
	Since time.Time         `json:"since,omitzero"`  // DigestDue: of the digest before; of a trouble of Siaga itself: it began
	Way   *Way              `json:"way,omitempty"`   // what is about the way to chats

	Silence *Silence `json:"silence,omitempty"` // MuteBegan, MuteEnding and MuteLifted
	Fact    *OfFact  `json:"fact,omitempty"`    // what is about a fact
	Call    []string `json:"call,omitempty"`    // names of the people whom it mentions
}

// Note writes down what the chats of the admins should be told. It belongs in
// the transaction of what it tells of, and is delivered as a ping is. The same
// note at the same time is told once. Where there is no such chat, nobody hears.
func (o *Outbox) Note(tx store.Tx, n Note) error {
	return o.note(tx, o.Current().AdminDests(), n)
}

// note writes down what some chats should be told.
func (o *Outbox) note(tx store.Tx, to []Dest, n Note) error {
	for _, d := range to {
		if d == n.Said {
			continue
		}
		p := Ping{Dest: d, Why: n.Why, Note: &n}
		p.Entry.Seq = n.sum()
		if err := pings.Put(tx, pingKey(n.At, p), p); err != nil {
			return fmt.Errorf("note %s for %s: %w", n.Why, d, err)
		}
		tx.OnCommit(func() { o.ring(d) })
	}
	return nil
}

// sum tells two notes of the same time apart.
func (n Note) sum() uint64 {
	sum := sha256.New()
	_ = json.NewEncoder(sum).Encode(n) // plain values into a hash: nothing that fails
	return binary.BigEndian.Uint64(sum.Sum(nil))
}

// bars reports whether a card may not be shown in a chat: it is of a shadow incident, and
// the chat is none of the admins', or none any more. Every message is asked
// right before it is sent, so that whoever wanted it need not know.
func (o *Outbox) bars(d Dest, c Card) bool {
	return c.Incident.Shadow && !slices.Contains(o.Current().AdminDests(), d)
}

// withdraw forgets a job that is barred.
func (o *Outbox) withdraw(ctx context.Context, j job) error {
	if j.ping != nil {
		return o.dropPing(ctx, j)
	}
	return o.DB.Update(context.WithoutCancel(ctx), func(tx store.Tx) error { return wanted.Delete(tx, j.key) })
}
