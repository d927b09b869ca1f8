package draft

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
)

// Kind is what a draft is for. The list is closed.
type Kind string

// The kinds.
const (
	Holding     Kind = "holding"       // we know of it, and look: what is certain until then
	Clarify     Kind = "clarification" // fact first (Debunking Handbook 2020)
	Acknowledge Kind = "acknowledge"   // empathy, what is done, what to do, whom to ask, when we speak again
)

// Kinds lists the kinds in the order in which they are offered.
func Kinds() []Kind { return []Kind{Holding, Clarify, Acknowledge} }

// Style is how a draft is written.
type Style string

// The styles.
const (
	Formal  Style = "formal"  // Indonesian, as to the press
	Plain   Style = "plain"   // Indonesian, as to neighbours
	English Style = "english" // as to the press
)

// Styles lists the styles, the usual one first.
func Styles() []Style { return []Style{Formal, Plain, English} }

// End is why a draft is no draft any more.
type End string

// The ends.
const (
	Rejected End = "rejected"
	Void     End = "void" // what it was made of does not hold any more
)

// Source is a fact that a draft was made of, as it was then.
type Source struct {
	Fact  string `json:"fact"`  // its id
	Print string `json:"print"` // of what it said
}

// Vote is an approval of the text that has this hash, and of no other.
type Vote struct {
	By   string    `json:"by"`
	At   time.Time `json:"at"`
	Hash string    `json:"hash"`
}

// Place is where a person published a text.
type Place struct {
	By    string    `json:"by"`
	At    time.Time `json:"at"`
	Where string    `json:"where"`
	Hash  string    `json:"hash"` // of the text, as it was approved
	Text  string    `json:"text"`
}

// Draft is one suggestion for what to say about an incident. It is a plain
// value; the functions of this package make changed ones of it.
type Draft struct {
	Incident incident.ID `json:"incident"`
	N        int         `json:"n"` // from 1 within the incident: ISU-42's second is 42.2
	Kind     Kind        `json:"kind"`
	Style    Style       `json:"style"`
	Denies   bool        `json:"denies,omitempty"` // it says that a claim is wrong
	Claim    string      `json:"claim,omitempty"`
	Text     string      `json:"text"`
	Model    bool        `json:"model,omitempty"` // a language model chose the words
	Safe     []string    `json:"safe,omitempty"`  // the sentences of its form
	Next     string      `json:"next,omitempty"`  // when the next news comes, as the text says it
	NextAt   time.Time   `json:"nextAt,omitzero"`
	Sources  []Source    `json:"sources,omitempty"`
	Authors  []string    `json:"authors"` // who had a hand in any of its texts
	At       time.Time   `json:"at"`
	Rev      int         `json:"rev"` // from 1; each text is another one
	Hash     string      `json:"hash"`
	Votes    []Vote      `json:"votes,omitempty"`
	Ended    End         `json:"ended,omitempty"`
	Why      string      `json:"why,omitempty"` // of the end: a person's words, or a Why
	Public   []Place     `json:"public,omitempty"`
}

// sealed returns d with the hash of all that an approval is about.
func (d Draft) sealed() Draft {
	said, _ := json.Marshal([]any{d.Incident, d.N, d.Kind, d.Denies, d.Rev, d.Text, d.Sources}) // plain values only
	sum := sha256.Sum256(said)
	d.Hash = hex.EncodeToString(sum[:])
	return d
}

// Need is how many people have to approve a draft (chat.md 4): two for what is
// critical, one for anything else.
func Need(level rules.Severity) int {
	if level >= rules.Critical {
		return 2
	}
	return 1
}

// Approvers returns who approved the text as it is now.
func (d Draft) Approvers() []string {
	var names []string
	for _, v := range d.Votes {
		if v.Hash == d.Hash && !contains(d.Authors, v.By) && !contains(names, v.By) {
			names = append(names, v.By)
		}
	}
	return names
}

// Approved reports whether a draft may be handed over for an incident of a
// level.
func (d Draft) Approved(level rules.Severity) bool {
	return d.Ended == "" && len(d.Approvers()) >= Need(level)
}

// IsPublic reports whether the text as it is now was published.
func (d Draft) IsPublic() bool {
	return slices.ContainsFunc(d.Public, func(p Place) bool { return p.Hash == d.Hash })
}

// Facts returns the ids of what it was made of.
func (d Draft) Facts() []string {
	ids := make([]string, len(d.Sources))
	for i, s := range d.Sources {
		ids[i] = s.Fact
	}
	return ids
}

// sourcesOf notes what a draft is made of.
func sourcesOf(list []facts.Fact) []Source {
	var out []Source
	for _, f := range list {
		out = append(out, Source{Fact: f.ID, Print: printOf(f)})
	}
	return out
}

// printOf is what a fact says and by whose word: another print is another fact.
func printOf(f facts.Fact) string {
	said, _ := json.Marshal([]any{f.Text, f.Number, f.Unit, f.Date, f.Source, f.Tier, f.ProvesNot}) // plain values only
	sum := sha256.Sum256(said)
	return hex.EncodeToString(sum[:8])
}

// contains looks for the name of a person, in which capitals do not count
// (bot.NewPeople).
func contains(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}
