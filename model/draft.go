package model

import (
	"context"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/text"
)

// Why is why the words of a model are not taken. The list is closed; what people
// read is in the catalogue of package bot.
type Why string

// The reasons.
const (
	Grievance   Why = "grievance"   // people complain: a model is not asked
	NoFact      Why = "no-fact"     // nothing lives that it could say: not asked
	Commands    Why = "commands"    // a fact gives orders to a machine: not asked
	NoAnswer    Why = "no-answer"   // Part: the error, without what the server said
	Long        Why = "long"        // over MaxRunes
	Signs       Why = "signs"       // what plain text does not have: markup, hidden characters, other scripts
	Address     Why = "address"     // one that is no fact's
	Misquoted   Why = "misquoted"   // brackets that are no citation, or one within a word
	Unknown     Why = "unknown"     // a citation of no fact that was given
	Dead        Why = "dead"        // a citation of a fact that does not live
	Uncited     Why = "uncited"     // a sentence without a citation, and no courtesy
	Name        Why = "name"        // a name, a place or an abbreviation that the cited facts do not have
	Verdict     Why = "verdict"     // it says good, bad, above, below or not, and the cited facts do not
	Unsupported Why = "unsupported" // most of its words are none of the cited facts
	Guarded     Why = "guarded"     // Kind: of the phrase guard's fault
)

// Reason is one thing for which the words of a model are not taken.
type Reason struct {
	Why  Why
	Kind string // Guarded: a guard.Kind
	Part string // of the text, cleaned and cut; may be empty
}

// MaxRunes bounds what a model may write: the forms' own texts are shorter.
const MaxRunes = 1500

// maxPart is how much of a text a reason shows, in runes.
const maxPart = 80

func reason(why Why, part string) Reason {
	return Reason{Why: why, Part: text.Excerpt(part, 0, 0, maxPart)}
}

// acknowledge is the kind of draft that answers a complaint: draft.Acknowledge.
const acknowledge = "acknowledge"

// Draft returns the words of the model without their citations, and the ids of
// the facts that they cite; or the request's own Template and why it stayed.
func (c *Client) Draft(ctx context.Context, r Request) (words string, cited []string, stayed []Reason) {
	switch live := r.live(); {
	case r.Kind == acknowledge:
		return r.Template, nil, []Reason{{Why: Grievance}}
	case len(live) == 0:
		return r.Template, nil, []Reason{{Why: NoFact}}
	case slices.ContainsFunc(live, commands):
		return r.Template, nil, []Reason{{Why: Commands}}
	}
	answer, err := c.Write(ctx, r)
	if err != nil {
		return r.Template, nil, []Reason{{Why: NoAnswer, Part: err.Error()}}
	}
	if reasons := Accept(answer, r); len(reasons) > 0 {
		return r.Template, nil, reasons
	}
	for _, s := range sentences(answer, r) {
		cited = append(cited, s.ids...)
	}
	return Plain(answer), cited, nil
}

// Plain returns a text without its citations, as people read it: the sources are
// named below a draft.
func Plain(cited string) string {
	return strings.TrimSpace(citation.ReplaceAllString(cited, ""))
}
