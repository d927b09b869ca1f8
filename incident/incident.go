package incident

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// ID numbers incidents from 1 within one store.
type ID uint64

// String returns the form in which people say it: ISU-42.
func (id ID) String() string { return "ISU-" + strconv.FormatUint(uint64(id), 10) }

// ParseID reads the forms in which people write an id: 42, #42, ISU-42, isu_42
// and ISU42, in any case and with a stop or comma after it.
func ParseID(s string) (ID, error) {
	digits := strings.TrimRight(strings.TrimPrefix(s, "#"), ".,;:!")
	if len(digits) > 3 && strings.EqualFold(digits[:3], "ISU") {
		digits = digits[3:]
		if digits[0] == '-' || digits[0] == '_' {
			digits = digits[1:]
		}
	}
	n, err := strconv.ParseUint(digits, 10, 32)
	if err != nil || n == 0 {
		return 0, fmt.Errorf("incident id %q: want a number such as 42 or ISU-42", s)
	}
	return ID(n), nil
}

// State is where an incident stands in its life.
type State string

// The states.
const (
	Open         State = "open"
	Acknowledged State = "acknowledged"
	Resolved     State = "resolved"
)

// Reason is why an incident was resolved. The list is closed, so that reports
// can count.
type Reason string

// The reasons.
const (
	FactsGiven       Reason = "fakta-disampaikan"
	ComplaintHandled Reason = "keluhan-ditindaklanjuti"
	FalseAlarm       Reason = "salah-deteksi"
	Duplicate        Reason = "duplikat"
	DiedDown         Reason = "mereda"

	// ShadowOver is the machine's, for shadow incidents: their rule is active
	// now, or gone. Nobody is offered it.
	ShadowOver Reason = "uji-coba-selesai"
)

// Reasons lists the reasons of people in the order in which they are offered.
func Reasons() []Reason {
	return []Reason{FactsGiven, ComplaintHandled, FalseAlarm, Duplicate, DiedDown}
}

// ParseReason finds the reason of which s is a unique prefix.
func ParseReason(s string) (Reason, bool) {
	var found []Reason
	for _, r := range Reasons() {
		if strings.HasPrefix(string(r), strings.ToLower(s)) {
			found = append(found, r)
		}
	}
	if s == "" || len(found) != 1 {
		return "", false
	}
	return found[0], true
}

// Finding is what people found in the field of what is claimed: the claim is
// true, false, or true in part. The zero Finding: nobody has looked.
type Finding string

// The findings.
const (
	Unchecked Finding = ""
	True      Finding = "true"
	False     Finding = "false"
	Partly    Finding = "partly"
)

// Trend is the arrow of an incident: how its count moved between the last two
// looks that differ.
type Trend int

// The trends.
const (
	Falling Trend = iota - 1
	Steady
	Rising
)

// Excerpt is the part of a post that a card shows. Private authors have no
// name here: Outlet is empty for them.
type Excerpt struct {
	Post      string    `json:"post"` // ID of the post
	Story     string    `json:"story"`
	Text      string    `json:"text"` // at most 160 runes around the match
	Kind      string    `json:"kind"`
	Outlet    string    `json:"outlet,omitempty"`
	URL       string    `json:"url,omitempty"`
	Published time.Time `json:"published"`
	Fetched   time.Time `json:"fetched"`
	Found     []Found   `json:"found,omitempty"` // what the rules read in it, the latest last
}

// maxExcerpts bounds what a card quotes: one phone screen (chat.md 2).
const maxExcerpts = 3

// Incident is one crisis in one cell (topic x site) from its first firing on.
// It is a plain value; only Step makes a changed one.
type Incident struct {
	ID         ID             `json:"id"`
	Topic      string         `json:"topic"`
	Site       string         `json:"site,omitempty"`   // empty: no site named
	Wide       bool           `json:"wide,omitempty"`   // no site, because its rules look at all of them together
	Shadow     bool           `json:"shadow,omitempty"` // what a rule in shadow says: for admins only
	Severity   rules.Severity `json:"severity"`
	State      State          `json:"state"`
	Rev        uint64         `json:"rev"`      // counts every change; drives rendering
	StateRev   uint64         `json:"stateRev"` // Rev of the last change of state, owner or flag; buttons carry it
	Owner      string         `json:"owner,omitempty"`
	AckAt      time.Time      `json:"ackAt,omitzero"`
	Grievance  bool           `json:"grievance,omitempty"`
	Complaint  string         `json:"complaint,omitempty"` // the post whose words set Grievance; empty: a rule or a person did
	Finding    Finding        `json:"finding,omitempty"`
	Reason     Reason         `json:"reason,omitempty"`
	ResolvedAt time.Time      `json:"resolvedAt,omitzero"`
	Reopened   int            `json:"reopened,omitempty"`

	Snoozed time.Time `json:"snoozed,omitzero"` // nobody is called until then; zero: it is not snoozed
	Calling Calling   `json:"calling,omitzero"`

	// What a person decided stands against the rules: the level until a rule
	// that is louder begins, the missing flag until a person sets it again.
	SetLevel  rules.Severity `json:"setLevel,omitempty"`
	Unflagged bool           `json:"unflagged,omitempty"`

	Rule     string        `json:"rule"` // of the latest firing
	Rules    []string      `json:"rules"`
	Alarms   []Alarm       `json:"alarms,omitempty"` // one for each of Rules; none for what was kept before they were noted
	Summary  string        `json:"summary"`
	Counts   rules.Counts  `json:"counts"` // of the latest firing
	When     rules.When    `json:"when"`
	Measure  rules.Measure `json:"measure,omitzero"`
	Trend    Trend         `json:"trend"`
	Calm     bool          `json:"calm,omitempty"`     // no rule is firing any more
	AtClose  int           `json:"atClose,omitempty"`  // posts in the window when it was resolved
	Louder   int           `json:"louder,omitempty"`   // how often people were to be called again because it grew
	CalledAt time.Time     `json:"calledAt,omitzero"`  // when a firing last called people: it opened, woke, rose or grew
	Excerpts []Excerpt     `json:"excerpts,omitempty"` // newest first, one per story
	First    time.Time     `json:"first"`              // first firing
	Last     time.Time     `json:"last"`               // latest firing
}

// Gated reports whether the grievance gate is closed: somebody complains, and
// either nobody has looked yet or the complaint is true. No counter-message is
// made then (crisis.md).
func (in Incident) Gated() bool {
	return in.Grievance && (in.Finding == Unchecked || in.Finding == True)
}

// Label is the cell as one word, for keys and logs: debu/rembang. A shadow
// incident has a cell of its rule's own: bayangan~Debu/rembang.
func (in Incident) Label() string {
	if in.Shadow {
		return cellKey(shadowCells+in.Rule, in.Site)
	}
	return cellKey(in.Topic, in.Site)
}

// shadowCells begins the cells of shadow incidents; no topic has a "~".
const shadowCells = "bayangan~"

// cellOf is the cell that a firing belongs to.
func cellOf(f rules.Firing) store.Key {
	return store.Key(Incident{Topic: f.Topic, Site: f.Site, Shadow: f.Shadow, Rule: f.Rule}.Label())
}

func cellKey(topic, site string) string {
	if site == "" {
		site = "-"
	}
	return topic + "/" + site
}

// clone returns a copy that shares no slice with in.
func (in Incident) clone() Incident {
	in.Rules = slices.Clone(in.Rules)
	in.Excerpts = slices.Clone(in.Excerpts)
	in.Alarms = slices.Clone(in.Alarms)
	return in
}
