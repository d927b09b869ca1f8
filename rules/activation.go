package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/siaga-id/siaga/query"
	"github.com/siaga-id/siaga/store"
)

const activations store.Shelf[activation] = "activation"

// AskValid is how long the first of two admins waits for the second.
const AskValid = 24 * time.Hour

// activation is what admins said about a rule in shadow. It holds for the rule
// as it was then: Print is its fingerprint.
type activation struct {
	Print string    `json:"print"`
	Asked string    `json:"asked"` // who asked for it
	AskAt time.Time `json:"askAt"`
	By    string    `json:"by,omitempty"` // the second admin; empty: still awaited
	At    time.Time `json:"at,omitzero"`
}

// Standing is where a rule stands between its file and the admins.
type Standing struct {
	Rule   string
	ByChat bool      // its file says status: shadow, so that admins decide in the chat
	Shadow bool      // it fires to admins only
	Asked  string    // who asked for its activation, while that is valid
	AskAt  time.Time //
	By     string    // who agreed, and so made it active
	At     time.Time //
}

// What can be wrong with a decision about a rule. The texts are for logs.
var (
	// ErrNoRule: no rule has this name.
	ErrNoRule = errors.New("no such rule")
	// ErrByFile: the file of the rule says that it is active; chats do not
	// decide about it.
	ErrByFile = errors.New("active by its file")
	// ErrAsked: the same admin asked before, and a second one is needed.
	ErrAsked = errors.New("a second admin is needed")
	// ErrAlready: the rule is what was asked for.
	ErrAlready = errors.New("the rule is that already")
)

// Decision is what one admin says about one rule.
type Decision struct {
	Rule string
	By   string // the person: the same name in every chat
	At   time.Time
	// Admin reports who is an admin now: what somebody asked for who is none
	// any more counts for nothing.
	Admin func(name string) bool
}

// Activate takes the word of one admin for a rule in shadow: the first asks,
// the second within AskValid makes it active. The Standing is the one after
// that, with an error the one that was found.
func (s *Set) Activate(tx store.Tx, d Decision) (Standing, error) {
	c, a, err := s.decided(tx, d)
	now := c.standing(a, d.At)
	switch {
	case err != nil:
		return now, err
	case !now.Shadow:
		return now, ErrAlready
	case now.Asked == d.By:
		return now, ErrAsked
	case now.Asked != "" && d.Admin(now.Asked):
		a.By, a.At = d.By, d.At
	default:
		a = activation{Print: c.print, Asked: d.By, AskAt: d.At}
	}
	if err := activations.Put(tx, store.Key(c.Name), a); err != nil {
		return now, fmt.Errorf("keep activation of %s: %w", c.Name, err)
	}
	return c.standing(a, d.At), nil
}

// Suspend sends an active rule back to shadow, or takes back what was asked
// for; one admin is enough. The Standing is the one that was found.
func (s *Set) Suspend(tx store.Tx, d Decision) (Standing, error) {
	c, a, err := s.decided(tx, d)
	found := c.standing(a, d.At)
	switch {
	case err != nil:
		return found, err
	case found.Shadow && found.Asked == "":
		return found, ErrAlready
	}
	if err := activations.Delete(tx, store.Key(c.Name)); err != nil {
		return found, fmt.Errorf("forget activation of %s: %w", c.Name, err)
	}
	return found, nil
}

// decided returns the rule of a decision and what was said about it before.
func (s *Set) decided(tx store.Tx, d Decision) (*compiled, activation, error) {
	i, known := s.byName[d.Rule]
	if !known {
		return &compiled{Rule: Rule{Name: d.Rule}}, activation{}, ErrNoRule
	}
	c := &s.rules[i]
	if !c.Shadow {
		return c, activation{}, ErrByFile
	}
	a, err := c.activation(tx)
	return c, a, err
}

// activation returns what admins said about the rule as it is now; nothing,
// if it has changed since.
func (c *compiled) activation(tx store.Tx) (activation, error) {
	a, _, err := activations.Get(tx, store.Key(c.Name))
	if err != nil {
		return activation{}, fmt.Errorf("read activation of %s: %w", c.Name, err)
	}
	if a.Print != c.print {
		a = activation{}
	}
	return a, nil
}

func (c *compiled) standing(a activation, now time.Time) Standing {
	s := Standing{Rule: c.Name, ByChat: c.Shadow, Shadow: c.Shadow && a.By == ""}
	if a.By != "" || now.Sub(a.AskAt) < AskValid {
		s.Asked, s.AskAt, s.By, s.At = a.Asked, a.AskAt, a.By, a.At
	}
	return s
}

// inShadow reports whether the rule fires to admins only.
func (c *compiled) inShadow(tx store.Tx) (bool, error) {
	if !c.Shadow {
		return false, nil
	}
	a, err := c.activation(tx)
	return a.By == "", err
}

// Standings returns where every rule stands, in the order of the files.
func (s *Set) Standings(tx store.Tx, now time.Time) ([]Standing, error) {
	out := make([]Standing, 0, len(s.rules))
	for i := range s.rules {
		c := &s.rules[i]
		var a activation
		var err error
		if c.Shadow {
			a, err = c.activation(tx)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, c.standing(a, now))
	}
	return out, nil
}

// Review forgets what was said about rules that are gone or have changed, and
// what nobody agreed to in time. It returns the rules that thereby fire to
// admins only again.
func (s *Set) Review(tx store.Tx, now time.Time) ([]string, error) {
	var back []string
	_, err := activations.Sweep(tx, "", func(k store.Key, a activation) bool {
		i, known := s.byName[string(k)]
		holds := known && s.rules[i].Shadow && s.rules[i].print == a.Print
		switch {
		case !holds && known && s.rules[i].Shadow && a.By != "":
			back = append(back, string(k))
			return true
		default:
			return !holds || a.By == "" && now.Sub(a.AskAt) >= AskValid
		}
	})
	if err != nil {
		return nil, fmt.Errorf("review activations: %w", err)
	}
	return back, nil
}

// fingerprint tells a rule from what it was: everything that decides when it
// fires and what becomes of that. Examples and the summary do not, nor does
// where a line of the query ends. The fields are listed, so that a field which
// a new version adds, empty in old rules, sends no rule back to shadow.
func fingerprint(r Rule, words map[string]query.Words) string {
	used := map[string][2][]string{}
	for _, name := range query.SetsIn(r.Query) {
		set := words[name]
		used["$"+name] = [2][]string{set.Roots, set.Also}
	}
	sum := sha256.New()
	if k := r.When.Kind(); k != EachStory && k != Count {
		_ = json.NewEncoder(sum).Encode(r.When)
	}
	_ = json.NewEncoder(sum).Encode(struct { // plain values into a hash: nothing that fails
		Query                   string
		Words                   map[string][2][]string
		By                      []string
		Unit                    Unit
		N                       int
		Within, For, KeepFiring time.Duration
		Topic                   string
		Severity                Severity
		Grievance, Colloquial   bool
	}{
		strings.Join(strings.Fields(r.Query), " "), used, r.By, r.When.Unit, r.When.N, r.When.Within,
		r.For, r.KeepFiring, r.Topic, r.Severity, r.Grievance, r.Colloquial,
	})
	return hex.EncodeToString(sum.Sum(nil)[:16])
}
